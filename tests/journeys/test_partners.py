"""An officer in Vidin looks for somebody to team up with across the border, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.reader import NARROW, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_officer_in_vidin_finds_a_partner_across_the_danube(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/BG31/")
    page.get_by_role("link", name="Партньори", exact=True).click()
    page.get_by_label("Какво да се развие").select_option("J62")
    page.get_by_label("Къде да се търси").select_option("near")
    page.get_by_role("button", name="Покажи").click()
    page.wait_for_url("**for=J62**where=near**")
    first = page.locator("#why-RO32")
    first.get_by_role("link", name="Букурещ – Илфов").wait_for()
    first.locator("summary").click()
    first.locator("td a.fig").first.click()
    page.get_by_role("dialog").get_by_text("sbs_r_nuts06_r2").first.wait_for()


def test_officer_in_zlatibor_learns_what_is_needed(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/RS21/")
    page.get_by_role("link", name="Partners", exact=True).click()
    page.get_by_role("link", name="This is how figures are brought here.").click()
    page.wait_for_url("**/data/bring/")


def test_the_partners_can_be_read_on_a_telephone_without_scripts(reader: Reader) -> None:
    page = reader("bg", width=NARROW, javascript=False)
    page.goto("/bg/regions/EL52/partners/?by=minimum")
    page.locator("#partners li summary").first.click()
    page.locator("#partners li table").first.wait_for()
    assert not overflows(page)


def test_the_opened_partners_have_no_barriers(reader: Reader) -> None:
    page = reader("en", dark=True)
    page.goto("/en/regions/RO11/partners/?for=J62")
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert barriers(page) == []
