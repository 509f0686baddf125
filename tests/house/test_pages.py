"""Every page says who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from clusterpolisee.shell.accounts.access import access_of, allow, public
from clusterpolisee.shell.accounts.permissions import DECLARED


def pages(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def undeclared(patterns: list[Any]) -> list[str]:
    """Addresses whose view names no permission, or one that no app has declared."""
    return [
        f"{address} says {access_of(view)!r}"
        for address, view in pages(patterns)
        if access_of(view) != "public" and access_of(view) not in DECLARED
    ]


def test_every_address_declares_who_may_open_it() -> None:
    patterns = get_resolver().url_patterns
    assert len(list(pages(patterns))) > 5
    assert undeclared(patterns) == []


def test_a_page_without_a_declaration_and_one_with_an_unknown_permission_are_caught() -> None:
    def silent(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    planted = [
        path("open/", public(lambda request: HttpResponse())),
        path("silent/", silent),
        path("unknown/", allow("planted.permission")(silent)),
    ]
    assert undeclared(planted) == ["silent/ says None", "unknown/ says 'planted.permission'"]
