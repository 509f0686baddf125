"""An expert looks at what a region does and what lies near it, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.reader import NARROW, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_expert_goes_from_the_map_of_all_to_a_region_and_an_activity(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/")
    page.get_by_role("link", name="Пространството на дейностите").click()
    page.get_by_label("Гледано от").select_option("BG")
    page.get_by_role("button", name="Покажи").click()
    page.wait_for_url("**country=BG**")
    page.locator("#regions").get_by_role("link", name="Северозападен", exact=True).click()
    page.wait_for_url("**/BG31/space/")
    page.locator("#has td a.fig").first.click()
    page.get_by_role("dialog").get_by_text("sbs_r_nuts06_r2").first.wait_for()


def test_the_map_can_be_read_on_a_telephone_without_scripts(reader: Reader) -> None:
    page = reader("en", width=NARROW, javascript=False)
    page.goto("/en/regions/RO11/space/")
    page.get_by_text("The picture in words").click()
    page.locator("#space li").first.wait_for()
    assert not overflows(page)
    page.goto("/en/regions/industry-space/")
    assert not overflows(page)


@pytest.mark.parametrize("address", ["/en/regions/EL52/space/", "/en/regions/industry-space/"])
def test_the_opened_pages_have_no_barriers(reader: Reader, address: str) -> None:
    page = reader("en", dark=True)
    page.goto(address)
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert barriers(page) == []
