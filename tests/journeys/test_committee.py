"""What a committee does before its meeting: lay regions side by side, ask who catches up, keep what it found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import NARROW, WIDE, barriers, sign_in

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
