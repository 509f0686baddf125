"""Every kind of page: whole, without barriers, in both languages, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from playwright.sync_api import Page

from journeys.page_types import NOT_OPENED_HERE, OWN_PAGE_TYPES, PAGE_TYPES
from journeys.reader import ADMINISTRATOR, NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
LANGUAGES = ("en", "bg")


def expect_a_good_page(page: Page, address: str, language: str) -> None:
    response = page.goto(address, wait_until="load")
    expected = 404 if "no-such-page" in address else 200
    assert response is not None and response.status == expected
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert barriers(page) == []
    assert not overflows(page)


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_page_has_no_barrier_and_fits_the_window(
    reader: Reader, kind: str, language: str, width: int
) -> None:
    expect_a_good_page(reader(language, width=width), PAGE_TYPES[kind].format(language=language), language)


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_page_has_no_barrier_in_the_dark(reader: Reader, kind: str) -> None:
    expect_a_good_page(reader("bg", dark=True), PAGE_TYPES[kind].format(language="bg"), "bg")


def test_ones_own_pages_have_no_barrier_in_the_dark(reader: Reader) -> None:
    page = reader("bg", dark=True)
    sign_in(page, "bg", ADMINISTRATOR)
    for address in OWN_PAGE_TYPES.values():
        expect_a_good_page(page, address.format(language="bg"), "bg")


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_pages_have_no_barrier(reader: Reader, language: str, width: int) -> None:
    page = reader(language, width=width)
    sign_in(page, language, ADMINISTRATOR)
    for address in OWN_PAGE_TYPES.values():
        expect_a_good_page(page, address.format(language=language), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["home", "region with figures", "figure", "data", "methods"])
def test_a_page_can_be_read_without_scripts(reader: Reader, kind: str, language: str) -> None:
    """With scripts off, every sentence, cell and picture is there, and numbers still lead to their origin."""
    address = PAGE_TYPES[kind].format(language=language)
    without, with_scripts = reader(language, javascript=False), reader(language)
    without.goto(address)
    with_scripts.goto(address)
    assert told(without) == told(with_scripts)
    assert (
        without.locator("main figure.picture svg").count()
        == with_scripts.locator("main figure.picture").count()
    )
    for link in without.locator("main a.fig").all()[:3]:
        assert str(link.get_attribute("href")).startswith(f"/{language}/figures/")


def test_every_address_of_the_platform_is_opened_by_a_journey_or_named_with_a_reason() -> None:
    opened = {
        name_of(address.format(language="en")) for address in [*PAGE_TYPES.values(), *OWN_PAGE_TYPES.values()]
    }
    named = {pattern.name for pattern in every_pattern(get_resolver().url_patterns)}
    assert named - opened - set(NOT_OPENED_HERE) == set()


def name_of(address: str) -> str | None:
    try:
        return resolve(address.partition("?")[0]).url_name
    except Resolver404:
        return None


def every_pattern(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from every_pattern(pattern.url_patterns)


def told(page: Page) -> list[str]:
    """What the page says outside its pictures."""
    return [text.strip() for text in page.locator("main :is(h1, h2, p, th, td, li, dd)").all_text_contents()]
