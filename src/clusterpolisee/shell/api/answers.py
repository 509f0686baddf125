"""Answers: bytes with a strong ETag.

What is read from a dataset version is known by that version: `known_as` makes the ETag from what determines the answer,
and whoever has it already is told so before anything is read. Everything else is known by its bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from clusterpolisee import __version__
from clusterpolisee.shell.api.formats import JSON, Format

REVALIDATE = "no-cache"
LASTING = "max-age=86400"  # what is frozen stays, but its labels may be put better tomorrow


class NotModified(Exception):
    """The reader has these very bytes."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def known_as(request: HttpRequest, form: Format, *facts: object) -> str:
    """The ETag of an answer that is determined by its address and these facts; raises NotModified.

    facts: whatever the answer is made from: the hash of a version's observations, its origin, a scheme.
    """
    made_from = (
        __version__,
        settings.SITE_ADDRESS,
        request.get_full_path(),
        form.key,
        get_language(),
        *facts,
    )
    etag = _etag(repr(made_from).encode())
    _stop_if_known(request, etag)
    return etag


def answer(
    request: HttpRequest,
    content: bytes,
    form: Format,
    *,
    etag: str = "",
    lasting: bool = False,
    links: dict[str, str] | None = None,
) -> HttpResponse:
    """The answer of an operation. lasting: it is about something that never changes."""
    if not etag:
        etag = _etag(content)
        _stop_if_known(request, etag)
    response = HttpResponse(content, content_type=form.content_type)
    response["ETag"] = etag
    response["Cache-Control"] = LASTING if lasting else REVALIDATE
    if links:
        response["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items())
    patch_vary_headers(response, ["Accept", "Authorization"])
    return response


def json_answer(request: HttpRequest, told: Any, **options: Any) -> HttpResponse:
    return answer(request, json_bytes(told), JSON, **options)


def json_bytes(told: Any) -> bytes:
    """Letters as they are, and never a NaN: a number that is not known is null with a state beside it."""
    return (json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def _etag(made_from: bytes) -> str:
    return f'"{hashlib.sha256(made_from).hexdigest()[:32]}"'


def _stop_if_known(request: HttpRequest, etag: str) -> None:
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in held or etag in (tag.removeprefix("W/") for tag in held):
        raise NotModified(etag)
