"""A managing authority asks whether there is a place for all regions, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.reader import NARROW, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_somebody_finds_where_the_weakest_stand_and_opens_a_figure(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/")
    page.get_by_role("link", name="Място за всички региони").click()
    corner = page.locator(".corner.up-less")
    corner.get_by_role("link", name="Северозападен", exact=True).wait_for()
    page.get_by_label("Държава").select_option("BG")
    page.get_by_label("Кои са най-слаби").select_option("less-developed")
    page.get_by_role("button", name="Покажи").click()
    page.wait_for_url("**country=BG**weakest=less-developed**")
    page.locator("#weakest a.fig").first.click()
    page.get_by_role("dialog").get_by_text("nama_10r_2gdp").first.wait_for()


def test_the_page_can_be_read_on_a_telephone_without_scripts(reader: Reader) -> None:
    page = reader("en", width=NARROW, javascript=False)
    page.goto("/en/regions/place-for-all/?by=unemployment_rate")
    page.get_by_text("The same in sentences").click()
    page.locator("#matrix li").first.wait_for()
    assert page.locator("#missing").get_by_role("link", name="Ukraine").first.is_visible()
    assert not overflows(page)


def test_the_opened_page_has_no_barriers(reader: Reader) -> None:
    page = reader("en", dark=True)
    page.goto("/en/regions/place-for-all/?weakest=less-developed")
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert barriers(page) == []
