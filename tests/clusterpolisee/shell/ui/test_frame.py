"""The frame around every page: the way to the other language, into the navigation, and for search engines."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from clusterpolisee.shell.ui.addresses import in_language
from clusterpolisee.shell.ui.context import Frame


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/bg/regions/BG31/?nuts=2013", "/en/regions/BG31/?nuts=2013"),
        ("/bg/", "/en/"),
        ("/bg", "/en"),
        ("/citations/abc/", "/en/"),
        ("/bgx/", "/en/"),
        ("/bg//evil.example/", "/en//evil.example/"),
        ("//evil.example/bg/", "/en/"),
    ],
)
def test_the_switch_leads_to_the_same_page_in_the_other_language(path: str, there: str) -> None:
    assert in_language(path, "en") == there


def frame(path: str, language: str = "bg", method: str = "get") -> Frame:
    with override(language):
        return Frame(getattr(RequestFactory(), method)(path))


def test_each_language_and_everybody_else_are_named_to_search_engines(settings) -> None:
    settings.SITE_ADDRESS = "https://example.org"
    one = frame("/bg/regions/BG31/?activity=C14")
    assert one.canonical_url == "https://example.org/bg/regions/BG31/"
    assert one.alternates == [
        ("bg", "https://example.org/bg/regions/BG31/"),
        ("en", "https://example.org/en/regions/BG31/"),
        ("x-default", "https://example.org/en/regions/BG31/"),
    ]


def test_an_address_without_a_language_claims_no_translation() -> None:
    assert frame("/citations/abc/").alternates == []


def test_the_navigation_knows_the_page_and_the_part_it_is_in() -> None:
    with override("en"):
        on_it = {
            entry.url: (entry.is_current, entry.is_page) for entry in frame("/en/regions/", "en").navigation
        }
        below = {
            entry.url: (entry.is_current, entry.is_page)
            for entry in frame("/en/regions/BG31/", "en").navigation
        }
    assert on_it["/en/regions/"] == (True, True)
    assert below["/en/regions/"] == (True, False)
    assert below["/en/data/"] == (False, False)


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/bg/regions/BG31/?nuts=2013", "/bg/regions/BG31/?nuts=2013"),
        ("/bg/account/login/", ""),
        ("/bg/regions/?q=" + "x" * 400, ""),
    ],
)
def test_signing_in_leads_back_to_where_one_was(path: str, back: str) -> None:
    with override("bg"):
        assert frame(path).return_to == back


def test_a_form_that_was_sent_is_no_place_to_come_back_to() -> None:
    with override("bg"):
        assert frame("/bg/regions/", method="post").return_to == ""
