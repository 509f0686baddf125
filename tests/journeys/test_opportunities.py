"""An officer in Vidin looks for what the region could become good at, wide and narrow, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from journeys.reader import NARROW, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_officer_in_vidin_finds_what_lies_near_and_why(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/BG31/")
    page.get_by_role("link", name="Възможности", exact=True).click()
    page.get_by_role("heading", name="Какво може да развие Северозападен?").wait_for()
    page.locator("#list summary").first.click()
    page.get_by_text("Най-свързани с нея от това, което регионът има").first.wait_for()
    page.get_by_role("link", name="Дълги скокове").click()
    page.wait_for_url("**by=long-jumps**")
    page.locator("#list a.fig[href*='location-quotient']").first.click()
    page.get_by_role("dialog").get_by_text("sbs_r_nuts06_r2").first.wait_for()


def test_expert_on_a_telephone_reads_it_without_scripts(reader: Reader) -> None:
    page = reader("en", width=NARROW, javascript=False)
    page.goto("/en/regions/EL52/opportunities/?by=few-steps")
    page.get_by_text("steps would lead past").wait_for()
    page.locator("#all summary").click()
    assert page.locator("#all tbody tr").count() > 30
    assert not overflows(page)


def test_mayor_in_kragujevac_is_told_what_is_needed(reader: Reader) -> None:
    page = reader("bg", width=NARROW)
    page.goto("/bg/regions/RS21/opportunities/")
    page.get_by_text("липсва").first.wait_for()
    page.get_by_role("link", name="Внесете данни").click()
    page.wait_for_url("**/data/bring/")


def test_the_opened_page_has_no_barriers(reader: Reader) -> None:
    page = reader("bg", dark=True)
    page.goto("/bg/regions/RO11/opportunities/?by=balanced")
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert barriers(page) == []
