"""Whole pages are kept for readers without an account, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from clusterpolisee.shell.ui.page_cache import reader_cache


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


class Counting:
    """A page that counts how often it was made, over data that change."""

    def __init__(self, status: int = 200) -> None:
        self.made, self.stamp, self.status = 0, "a", status

        @reader_cache(stamp=lambda: self.stamp)
        def view(request: HttpRequest) -> HttpResponse:
            self.made += 1
            return HttpResponse(f"page {self.made}", status=self.status)

        self.view = view


def asked(path: str = "/en/", **extra: Any) -> HttpRequest:
    request = RequestFactory().get(path, **extra)
    return request


def test_the_second_reader_gets_the_kept_page() -> None:
    page = Counting()
    assert [page.view(asked()).content, page.view(asked()).content] == [b"page 1", b"page 1"]


def test_new_data_make_a_new_page() -> None:
    page = Counting()
    page.view(asked())
    page.stamp = "b"
    assert page.view(asked()).content == b"page 2"


def test_another_query_is_another_page_and_its_order_does_not_matter() -> None:
    page = Counting()
    contents = [page.view(asked(f"/en/?{query}")).content for query in ("a=1&b=2", "b=2&a=1", "a=2")]
    assert contents == [b"page 1", b"page 1", b"page 2"]


def test_a_session_gets_its_own_page() -> None:
    page = Counting()
    page.view(asked())
    request = asked()
    request.COOKIES["sessionid"] = "x"
    assert page.view(request).content == b"page 2"


def test_an_error_is_never_kept() -> None:
    page = Counting(status=404)
    assert [page.view(asked()).content, page.view(asked()).content] == [b"page 1", b"page 2"]


def test_a_reader_who_has_the_page_is_told_that_it_is_the_same() -> None:
    page = Counting()
    mark = page.view(asked())["ETag"]
    assert page.view(asked(HTTP_IF_NONE_MATCH=mark)).status_code == 304


def test_a_query_too_long_to_be_a_readers_is_not_kept() -> None:
    page = Counting()
    address = "/en/?q=" + "x" * 300
    assert [page.view(asked(address)).content, page.view(asked(address)).content] == [b"page 1", b"page 2"]


def test_another_address_of_the_instance_is_another_page() -> None:
    """Host names are checked before; a page made for one of them never answers for another."""
    page = Counting()
    hosts = ("localhost", "127.0.0.1", "localhost:8000")
    assert len({page.view(asked(headers={"Host": host})).content for host in hosts}) == 3


def test_no_header_or_cookie_of_one_reader_reaches_the_next() -> None:
    page = Counting()
    strange = {
        "X-Forwarded-Host": "evil.example",
        "X-Original-URL": "/en/other/",
        "X-HTTP-Method-Override": "POST",
        "Accept-Language": "bg",
        "Forwarded": "host=evil.example",
    }
    first = page.view(asked(headers={**strange, "Cookie": "theme=dark; django_language=bg"}))
    assert (first.content, page.view(asked()).content) == (b"page 1", b"page 1")
    assert {"Cookie", "Accept-Language"} <= {one.strip() for one in first["Vary"].split(",")}


@pytest.mark.parametrize("separator", ["|", "', '", "?"])
def test_no_address_passes_for_another_with_a_query(separator: str) -> None:
    page = Counting()
    page.view(asked("/en/regions/?a=1"))
    assert page.view(asked(f"/en/regions/{separator}a=1".replace("?", "%3F"))).content == b"page 2"


def test_a_page_with_the_mark_of_a_form_is_kept_for_nobody() -> None:
    """The mark belongs to one browser: given to another, no form of that page could be sent, or a stranger could send it."""

    @reader_cache(stamp=lambda: "a")
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    assert view(asked()).content != view(asked()).content


def test_a_page_that_began_a_session_is_kept_for_nobody() -> None:
    made = []

    @reader_cache(stamp=lambda: "a")
    def view(request: HttpRequest) -> HttpResponse:
        made.append(1)
        request.session["basket"] = len(made)
        return HttpResponse(f"page {len(made)}")

    for _reader in range(2):
        request = asked()
        request.session = SessionStore()
        view(request)
    assert len(made) == 2
