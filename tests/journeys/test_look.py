"""The small scripts beside the pages: cards above the page, pictures to explore, light or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import barriers

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_a_card_closes_with_escape_and_the_reader_is_back_on_the_number(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    number = page.locator("a.fig").first
    number.click()
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(number).to_be_focused()


def test_a_click_that_asks_for_another_tab_gets_one(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    with page.context.expect_page() as opened:
        page.locator("a.fig").first.click(modifiers=["Control"])
    expect(opened.value.locator("h1")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_picture_can_be_explored_and_put_back(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/BG31/")
    picture = page.locator("#map figure.picture")
    picture.locator("[data-explore]").click()
    live = picture.locator("[data-live] svg.marks")
    expect(live).to_be_visible()
    expect(picture.locator("[data-still]")).to_be_hidden()
    expect(picture.locator("[data-back]")).to_be_focused()
    region = live.locator('path[fill^="#"]').first
    region.hover(force=True)
    expect(picture.locator("[data-tip]")).to_be_visible()
    picture.locator("[data-back]").click()
    expect(picture.locator("[data-still]")).to_be_visible()
    expect(picture.locator("[data-explore]")).to_be_focused()


def test_what_is_not_published_stays_hatched_in_an_explored_picture(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    page.locator("#map [data-explore]").click()
    expect(page.locator('#map [data-live] path[fill="url(#no-data)"]').first).to_be_attached()
    expect(page.locator("svg.patterns #no-data")).to_be_attached()


def test_a_reader_chooses_dark_and_it_stays_dark(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(paper) != light
    page.goto("/en/regions/")
    assert page.evaluate(paper) != light
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="As the device").click()
    assert page.evaluate(paper) == light
