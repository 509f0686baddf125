"""Whole pages are kept for readers without an account, and for nobody else."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
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


def asked(path: str = "/en/", **extra: str) -> HttpRequest:
    request = RequestFactory().get(path, **extra)  # type: ignore[arg-type]
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
