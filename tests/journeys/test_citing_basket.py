"""An officer collects figures for a chapter, an analyst writes an indicator, and another site shows a figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.reader import ADMINISTRATOR, NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]

JOBS = "/{}/figures/observation/employment/BG31/TOTAL/2015/"
OUTPUT = "/{}/figures/derived/gdp_per_person_employed/BG31/-/2015/"


def cite(page: Page, address: str, basket: str) -> None:
    page.goto(address)
    page.locator("select[name=basket]").select_option(basket)
    page.locator("form[action*='cite'] button").click()
    page.wait_for_url("**/citations/*/")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("bg", NARROW)])
def test_officer_collects_two_figures_orders_them_and_hands_the_address_round(
    reader: Reader, language: str, width: int, javascript: bool
) -> None:
    page = reader(language, width=width, javascript=javascript)
    sign_in(page, language)
    cite(page, JOBS.format(language), "new")
    cite(page, OUTPUT.format(language), "new")
    page.goto(f"/{language}/baskets/")
    page.locator("main ul.list a").last.click()
    page.wait_for_url("**/baskets/*/")
    address = page.url
    page.locator("input[name=note]").first.fill("Глава 2")
    page.locator("button[value=note]").first.click()
    expect(page.locator("input[name=note]").first).to_have_value("Глава 2")
    page.locator("button[value=publish]").click()
    expect(page.locator("button[value=take-back]")).to_be_visible()
    if javascript:
        assert barriers(page) == []
    assert not overflows(page)
    visitor = reader(language, width=width)
    visitor.goto(address)
    expect(visitor.locator("main")).to_contain_text("Глава 2")
    assert visitor.locator("main form").count() == 0 and barriers(visitor) == []
    page.locator("button[value=remove]").first.click()
    expect(page.locator("button[value=restore]").first).to_be_visible()
    page.locator("button[value=restore]").first.click()
    expect(page.locator("input[name=note]").first).to_have_value("Глава 2")


def test_officer_copies_a_reference_with_one_click(reader: Reader) -> None:
    page = reader("en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "en")
    cite(page, OUTPUT.format("en"), "none")
    page.get_by_role("button", name="Copy: APA").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#q-figure-apa").input_value() and copied.startswith("Eurostat. (")
    assert barriers(page) == []


@pytest.mark.parametrize("language", ["en", "bg"])
def test_analyst_writes_a_formula_and_is_told_what_it_says_while_typing(
    reader: Reader, language: str
) -> None:
    page = reader(language)
    sign_in(page, language, ADMINISTRATOR)
    page.goto(f"/{language}/indicators/derived/new/")
    page.locator("textarea[name=formula]").fill("per(gdp_million_eur, populatoin)")
    expect(page.locator("[data-formula-preview] mark")).to_have_text("populatoin")
    page.locator("textarea[name=formula]").fill("per(1000000 * gdp_million_eur, population)")
    expect(page.locator("[data-formula-preview] table")).to_be_visible()
    assert barriers(page) == []
    code = f"journey_{language}"
    page.locator("input[name=code]").fill(code)
    for name in ("name_en", "name_bg"):
        page.locator(f"input[name={name}]").fill("Produced by each")
    page.locator("button[value=save]").click()
    page.wait_for_url(f"**/{code}/edit/")
    page.locator("form[action$='/publish/'] button").click()
    page.wait_for_url(f"**/indicators/{code}/")
    page.locator("main td a.fig").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("nama_10r_2gdp")


# Another site ---------------------------------------------------------------------------------------------


def test_another_site_shows_a_figure_in_a_frame_and_as_a_picture_and_its_link_opens_here(
    browser: Browser, site: str, reader: Reader, other_site: tuple[str, Path]
) -> None:
    own = reader("en")
    sign_in(own, "en")
    cite(own, JOBS.format("en"), "none")
    own.locator("a[href*='/embed/citations/']").click()
    own.wait_for_url("**/how/")
    assert barriers(own) == []
    html = own.locator("#frame-html").input_value() + own.locator("#picture-html").input_value()
    newspaper, folder = other_site
    (folder / "index.html").write_text(f"<!doctype html><title>News</title>{html}", encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(newspaper, wait_until="networkidle")
    page.locator("iframe").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe")
    expect(frame.locator("main")).to_contain_text("280,400 persons")
    expect(frame.locator(".src")).to_contain_text("lfst_r_lfe2en2")
    assert page.locator("img").evaluate("image => image.complete && image.naturalWidth") == 720
    assert context.cookies() == []
    with context.expect_page() as opened:
        frame.locator(".src a").last.click()
    opened.value.wait_for_url(f"{site}/en/citations/*/")
    context.close()
