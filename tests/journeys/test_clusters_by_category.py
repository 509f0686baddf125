"""An officer asks where tourism weighs most, follows the number to its source, and an analyst changes a weight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import NARROW, WIDE, barriers, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
ANALYST = "analyst@demo.example"


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_officer_finds_her_region_among_those_of_a_category(reader: Reader, width: int) -> None:
    page = reader("bg", width=width)
    page.goto("/bg/clusters/")
    page.locator("main a[href$='/categories/']").click()
    page.locator("a[href$='/categories/textiles-and-clothing/']").click()
    expect(page.locator(".answer")).to_contain_text("Северозападен")
    page.locator("#f-country").select_option("BG")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**country=BG**")
    page.locator("#ranking").get_by_role("link", name="Северен централен").click()
    page.wait_for_url("**region=BG32**")
    part = page.locator("#parts a.fig").first
    part.click()
    expect(page.get_by_role("dialog")).to_contain_text("sbs_r_nuts06_r2")


def test_category_page_reads_without_scripts(reader: Reader) -> None:
    page = reader("en", javascript=False)
    page.goto("/en/categories/tourism/")
    expect(page.locator(".answer")).to_contain_text("South Aegean")
    assert page.locator("#map svg").count() == 1
    assert page.locator("#ranking tbody tr").count() > 50


def test_analyst_makes_a_category_and_reads_its_figures_at_once(reader: Reader) -> None:
    page = reader("en")
    sign_in(page, "en", ANALYST)
    page.goto("/en/categories/new/")
    for name, text in (
        ("code", "wine-journey"),
        ("label_bg", "Вино"),
        ("label_en", "Wine"),
        ("parts", "C11, X99"),
    ):
        page.locator(f"[name={name}]").fill(text)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".errorlist")).to_contain_text("NACE Rev. 2 has no “X99”")
    assert barriers(page) == []
    page.locator("[name=parts]").fill("C11")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/categories/wine-journey/")
    expect(page.locator(".answer a.fig").first).to_be_visible()
