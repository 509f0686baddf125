"""Whole pages for readers without an account, kept by what they were made from.

A page is the same for everyone who is not signed in, until the data behind it change: `stamp` says which data.
Nothing has to be forgotten; a new stamp simply asks for another page.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

LONGEST_QUERY = 200
KEPT_SECONDS = 24 * 3600
View = Callable[..., HttpResponse]


def reader_cache(*, stamp: Callable[[], str]) -> Callable[[View], View]:
    """Keep the whole page for readers without a session; others get it made afresh."""

    def keep(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _is_plain_reader(request):
                return view(request, *args, **kwargs)
            key = _key(request, stamp())
            found = cache.get(key)
            if found is None:
                response = view(request, *args, **kwargs)
                if not _is_for_everybody(request, response):
                    return response
                mark = hashlib.sha256(response.content).hexdigest()[:24]
                found = (gzip.compress(response.content, 6, mtime=0), response["Content-Type"], mark)
                cache.set(key, found, KEPT_SECONDS)
            return _answer(request, *found)

        return kept

    return keep


def _is_plain_reader(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and not request.headers.get("HX-Request")
    )


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether nothing of this one reader is in the page: no cookie, no mark of a form, nothing of a session."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not (session is not None and session.modified)
    )


def _key(request: HttpRequest, stamp: str) -> str:
    query = sorted(request.META.get("QUERY_STRING", "").split("&"))
    named = (request.get_host(), request.path, query, get_language(), stamp)
    return f"page:{hashlib.sha256(repr(named).encode()).hexdigest()}"


def _answer(request: HttpRequest, packed: bytes, kind: str, mark: str) -> HttpResponse:
    """Pages are kept packed, which is how nearly every browser wants them."""
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_packed else gzip.decompress(packed), content_type=kind)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = f'W/"{mark}"'
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language", "Accept-Encoding"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
