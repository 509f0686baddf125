"""Long answers in pages: by place where a list is short and known, by cursor where it is long and read once."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem

MOST_PLACES = 500
LAST_PLACE = 100_000


class Paged(Reading):
    """Parameters of a list that is read by place."""

    limit: int = Field(
        100, ge=1, le=MOST_PLACES, description=gettext_lazy("How many entries a page has at most.")
    )
    offset: int = Field(
        0, ge=0, le=LAST_PLACE, description=gettext_lazy("How many entries are skipped before the page.")
    )


def page_of(request: HttpRequest, found: Sequence[Any], query: Paged) -> tuple[list[Any], dict[str, str]]:
    """The entries of one page, and the links to this page and its neighbours."""
    count, limit, offset = len(found), query.limit, query.offset
    links = {"self": here(request), "first": here(request, offset=None)}
    if offset > 0:
        links["prev"] = here(request, offset=max(0, offset - limit) or None)
    if offset + limit < count:
        links["next"] = here(request, offset=offset + limit)
    return list(found[offset : offset + limit]), links


def here(request: HttpRequest, **changes: object) -> str:
    """The absolute address of this request with some parameters changed; None takes one out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    told = query.urlencode()
    return settings.SITE_ADDRESS + request.path + (f"?{told}" if told else "")


def absolute(path: str) -> str:
    """An address of this platform as others can use it."""
    return settings.SITE_ADDRESS + path


def write_cursor(place: Sequence[str | int]) -> str:
    """Where a page ended, as a word that goes into an address."""
    told = json.dumps(list(place), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def read_cursor(text: str, shape: Sequence[type]) -> list[Any]:
    """The place a cursor names; raises the problem 422 for what is none."""
    try:
        place = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        place = None
    if (
        not isinstance(place, list)
        or len(place) != len(shape)
        or any(type(part) is not kind for part, kind in zip(place, shape, strict=True))
        or any(isinstance(part, int) and not 0 <= part < 2**15 for part in place)
    ):
        raise Problem.with_parameter(
            "cursor", _("This cursor leads nowhere. Follow the link “next” of the page before.")
        )
    return place
