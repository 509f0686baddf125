"""What a committee does before its meeting: lay regions side by side, ask who catches up, keep what it found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]

WORDS = {
    "en": {"add": "Add", "show": "Show", "keep": "Keep", "central": "Central Macedonia"},
    "bg": {"add": "Добави", "show": "Покажи", "keep": "Запази", "central": "Централна Македония"},
}


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("bg", NARROW)])
def test_committee_lays_regions_side_by_side_and_keeps_the_comparison(
    reader: Reader, language: str, width: int
) -> None:
    words = WORDS[language]
    page = reader(language, width=width)
    sign_in(page, language)
    page.goto(f"/{language}/regions/BG31/")
    page.locator("nav.tabs a[href*='compare']").click()
    page.locator("#add").fill("Κεντρική Μακεδονία")
    page.get_by_role("button", name=words["add"], exact=True).click()
    page.wait_for_url("**/compare/?r=BG31&r=EL52")
    expect(page.locator("#indicators")).to_contain_text(words["central"])
    page.locator("#title").fill("For the monitoring committee")
    page.get_by_role("button", name=words["keep"], exact=True).click()
    page.wait_for_url(f"**/{language}/comparisons/*/")
    assert barriers(page) == []
    visitor = reader("en")
    visitor.goto(page.url.replace(f"/{language}/", "/en/"))
    expect(visitor.locator("h1")).to_have_text("For the monitoring committee")


@pytest.mark.parametrize("language", ["en", "bg"])
def test_analyst_asks_who_catches_up_among_rural_regions_without_javascript(
    reader: Reader, language: str
) -> None:
    page = reader(language, javascript=False)
    page.goto(f"/{language}/indicators/")
    page.locator("main a[href$='/indicators/gdp_per_inhabitant_eu27/']").click()
    page.locator("#f-type").select_option("rural")
    page.locator("#f-year").select_option("2019")
    page.get_by_role("button", name=WORDS[language]["show"], exact=True).click()
    page.wait_for_url("**type=rural*")
    expect(page.locator("#convergence")).to_be_visible()
    expect(page.locator("h2#h-ranking")).to_contain_text("2019")


def test_analyst_goes_from_an_activity_to_a_region_and_its_number(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/activities/C14/")
    page.locator("#ranking td a.fig").first.click()
    expect(page.get_by_text("sbs_r_nuts06_r2").last).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_committee_member_cites_a_figure_of_a_category_and_finds_it_in_her_basket(
    reader: Reader, width: int
) -> None:
    page = reader("bg", width=width)
    sign_in(page, "bg")
    page.goto("/bg/categories/")
    page.locator("main a[href$='/categories/tourism/']").click()
    page.locator(".answer a.fig").first.click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("0,5 × Ресторанти (I56)")
    expect(card).to_contain_text("редакция 1")
    assert barriers(page) == []
    card.locator("select[name=basket]").select_option("new")
    card.get_by_role("button", name="Цитирай", exact=True).click()
    page.wait_for_url("**/bg/citations/*/")
    statement = page.locator("h1.statement").inner_text()
    assert statement.startswith("Заети в клъстерната категория · Туризъм · Южен Егей (EL42) · 2015: 43")
    expect(page.locator("main")).to_contain_text("I55, I56:0.5, N79")
    assert barriers(page) == [] and not overflows(page)
    page.goto("/bg/baskets/")
    page.locator("main ul.list a").last.click()
    page.wait_for_url("**/baskets/*/")
    expect(page.locator("main li.card")).to_contain_text(statement)
    expect(page.locator("main li.card")).to_contain_text("дава същата стойност")


def test_reader_opens_a_lower_bound_and_one_of_its_parts_without_javascript(reader: Reader) -> None:
    page = reader("en", javascript=False)
    page.goto("/en/categories/food-and-drink/?region=EL30")
    page.locator("#parts tr:last-child a.fig").click()
    expect(page.locator(".figure-value")).to_have_text("not published as a whole; at least 2,052 persons")
    expect(page.locator("main")).to_contain_text("1 of 2 parts are published.")
    page.locator(".parts a.fig").last.click()
    page.wait_for_url("**/figures/observation/persons_employed/EL30/**")
