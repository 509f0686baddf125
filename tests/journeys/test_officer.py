"""What an officer of a region does with the platform, from the first question to a figure in her paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import NARROW, WIDE, barriers, fill_in_sign_in, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]

SPELLINGS = [("bg", "Северозападен"), ("en", "Severozapaden"), ("en", "bg31"), ("bg", "северозап")]


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(("language", "spelling"), SPELLINGS)
def test_officer_finds_her_region_by_the_name_she_knows(
    reader: Reader, language: str, spelling: str, width: int
) -> None:
    page = reader(language, width=width)
    page.goto(f"/{language}/")
    field = page.get_by_role("searchbox").first
    field.fill(spelling)
    field.press("Enter")
    page.wait_for_load_state()
    if not page.url.endswith("/regions/BG31/"):
        page.locator("main a[href$='/regions/BG31/']").first.click()
    expect(page.locator("h1")).to_contain_text("Северозападен" if language == "bg" else "Severozapaden")


@pytest.mark.parametrize("language", ["en", "bg"])
def test_officer_reads_the_answer_and_follows_a_number_to_its_origin(reader: Reader, language: str) -> None:
    page = reader(language)
    page.goto(f"/{language}/regions/BG31/")
    jobs = page.locator(".answer a.fig").first
    assert re.sub(r"\s", " ", jobs.inner_text()) == {"en": "280,400", "bg": "280 400"}[language]
    page.goto(str(jobs.get_attribute("href")))
    card = page.locator("main")
    expect(card).to_contain_text("lfst_r_lfe2en2")
    expect(card).to_contain_text("NUTS")
    expect(card).to_contain_text("CC BY 4.0")


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_officer_clicks_a_number_and_the_card_opens_where_she_is(reader: Reader, width: int) -> None:
    page = reader("bg", width=width)
    page.goto("/bg/regions/BG31/", wait_until="networkidle")
    page.locator(".answer a.fig").first.click()
    expect(page.get_by_text("lfst_r_lfe2en2").first).to_be_visible()


def test_officer_switches_the_language_on_the_page_she_is_on(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/?activity=C14")
    page.locator("a[hreflang=bg]").first.click()
    page.wait_for_url("**/bg/regions/BG31/?activity=C14")
    expect(page.locator("html")).to_have_attribute("lang", "bg")
    page.locator("a[hreflang=en]").first.click()
    page.wait_for_url("**/en/regions/BG31/?activity=C14")


@pytest.mark.parametrize("language", ["en", "bg"])
def test_officer_cites_a_figure_and_finds_it_again_at_its_permanent_address(
    reader: Reader, language: str
) -> None:
    page = reader(language)
    sign_in(page, language)
    page.goto(f"/{language}/figures/observation/employment/BG31/TOTAL/2015/")
    page.locator("form[action*='cite'] button").click()
    page.wait_for_url("**/citations/*/")
    assert barriers(page) == []
    permanent = page.locator("a[href*='/citations/']").filter(has_text="/citations/").first
    address = str(permanent.get_attribute("href"))
    visitor = reader("en")
    visitor.goto(address)
    expect(visitor.locator("main")).to_contain_text("280,400")
    expect(visitor.locator("main")).to_contain_text("lfst_r_lfe2en2")


def test_officer_takes_the_table_along_in_three_formats_with_its_origin(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    for form, sign in (("csv", b"sbs_r_nuts06_r2"), ("json", b"sbs_r_nuts06_r2"), ("xlsx", b"PK")):
        link = page.locator(f"a[href*='/tables/activities.{form}']").first
        answer = page.request.get(str(link.get_attribute("href")))
        assert answer.status == 200
        assert sign in answer.body()


def test_officer_of_a_region_without_activity_data_learns_what_is_known_and_how_to_bring_more(
    reader: Reader,
) -> None:
    page = reader("en")
    page.goto("/en/regions/RS21/")
    expect(page.locator("#missing")).to_be_visible()
    expect(page.locator("main a[href*='/data/bring/']").first).to_be_visible()


def test_visitor_who_wants_to_cite_is_asked_to_sign_in_and_comes_back(reader: Reader) -> None:
    page = reader("en")
    figure = "/en/figures/observation/employment/BG31/TOTAL/2015/"
    page.goto(figure)
    page.locator("a[href*='login']").filter(has_text="Sign in to cite").click()
    fill_in_sign_in(page)
    page.wait_for_url(f"**{figure}*")
    expect(page.locator("form[action*='cite'] button")).to_be_visible()
