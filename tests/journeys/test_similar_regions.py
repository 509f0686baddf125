"""An officer looks for regions to learn from, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.reader import NARROW, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_officer_in_vidin_finds_whom_to_ask(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/BG31/")
    page.get_by_role("link", name="Подобни региони").click()
    page.get_by_text("Най-близки до Северозападен са").wait_for()
    page.locator(".answer").get_by_role("link", name="Южен Алфьолд").click()
    page.locator("#why-HU33 table").wait_for()  # it was closed
    page.locator("#performance a.fig").first.click()
    page.get_by_role("dialog").get_by_text("nama_10r_2gdp").first.wait_for()
    page.get_by_role("button", name="Затвори").click()
    page.get_by_label("Търсете региони").select_option("outside")
    page.get_by_label("Образование", exact=True).select_option("5")
    page.get_by_role("button", name="Покажи").click()
    page.wait_for_url("**among=outside**w_education=5**")
    page.get_by_text("Най-близки до Северозападен извън страната са").wait_for()
    page.get_by_role("link", name="Сравнете с петте най-близки").first.click()
    page.get_by_role("heading", name="Сравнение на региони").wait_for()


def test_officer_abroad_reads_it_on_a_telephone_without_scripts(reader: Reader) -> None:
    page = reader("en", width=NARROW, javascript=False)
    page.goto("/en/regions/RO11/similar/")
    page.get_by_text("Most like Nord-Vest are Centru").wait_for()
    assert not overflows(page)
    page.get_by_label("Look for regions").select_option("outside")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Most like Nord-Vest abroad are").wait_for()
    assert not overflows(page)


def test_somebody_in_prishtina_learns_what_is_missing(reader: Reader) -> None:
    page = reader("bg", width=NARROW)
    page.goto("/bg/regions/XK00/similar/")
    page.get_by_role("heading", name="Какво е нужно").wait_for()
    assert page.locator("#missing").get_by_role("link", name="tgs00109").is_visible()
    assert not overflows(page)


@pytest.mark.parametrize("query", ["", "?by=all-indicators&among=outside"])
def test_the_opened_page_has_no_barriers(reader: Reader, query: str) -> None:
    page = reader("en", dark=True)
    page.goto(f"/en/regions/EL52/similar/{query}")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    assert barriers(page) == []
