"""The door: what happens to every request before and after its operation."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.access import PUBLIC
from clusterpolisee.shell.accounts.permissions import NotAllowed, require
from clusterpolisee.shell.api.answers import REVALIDATE, NotModified
from clusterpolisee.shell.api.formats import wanted_format
from clusterpolisee.shell.api.parameters import check_names, language_of
from clusterpolisee.shell.api.problems import Problem, problem_answer
from clusterpolisee.shell.api.readers import Reader, reader_of
from clusterpolisee.shell.api.resource import Declared

logger = logging.getLogger(__name__)
METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse]


def door(view: View, operation: Declared | None) -> View:
    """The view behind the door. Without an operation (an unknown address) only the manners are kept."""

    @wraps(view)
    def answered(request: HttpRequest, **given: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = _answered(request, view, operation, given)
        response["Content-Language"] = language
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
        return _without_body(response) if request.META["REQUEST_METHOD"] == "HEAD" else response

    answered.access = operation.access if operation else PUBLIC  # type: ignore[attr-defined]
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _answered(
    request: HttpRequest, view: View, operation: Declared | None, given: dict[str, Any]
) -> HttpResponse:
    reader: Reader | None = None
    try:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            raise Problem(405, _("The API only reads: use GET or HEAD."), headers={"Allow": METHODS})
        reader = reader_of(request)
        if operation is not None:
            if operation.access != PUBLIC:
                require(reader.user, operation.access)
            check_names(request, known=operation.parameters, lists=operation.lists)
            if "format" not in operation.parameters:
                wanted_format(request, operation.formats)
        request.method = "GET"  # HEAD is GET without its body
        response = view(request, **given)
    except NotModified as known:
        response = HttpResponse(status=304)
        del response["Content-Type"]
        response["ETag"], response["Cache-Control"] = known.etag, REVALIDATE
    except Exception as mistake:
        response = problem_answer(request, _problem(mistake))
    if reader is not None:
        for name, value in reader.budget.headers().items():
            response[name] = value
        _keep_apart(response, is_known=reader.user.is_authenticated)
    return response


def _problem(mistake: Exception) -> Problem:
    """Whatever stopped an operation, as a problem; what nobody foresaw is logged and told without its innards."""
    if isinstance(mistake, Problem):
        return mistake
    if isinstance(mistake, NotAllowed):
        return Problem(403, str(mistake))
    if isinstance(mistake, SuspiciousOperation):
        return Problem(400, _("The request cannot be read."))
    if settings.DEBUG:
        raise mistake
    logger.error("The API broke", exc_info=mistake)
    got_request_exception.send(sender=door, request=None)
    return Problem(
        500, _("Something broke while the answer was made. The people who run this platform can see it.")
    )


def _preflight() -> HttpResponse:
    """A browser asks whether a script of another site may ask: yes, with a token of its own, never with cookies."""
    response = HttpResponse(status=204)
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Authorization, Accept, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _keep_apart(response: HttpResponse, *, is_known: bool) -> None:
    """What a token's owner got may be kept by their program, not by a cache shared with others."""
    kept = response.headers.get("Cache-Control", "")
    if kept and kept != "no-store":
        response["Cache-Control"] = f"{'private' if is_known else 'public'}, {kept}"


def _without_body(response: HttpResponse) -> HttpResponse:
    if response.status_code not in (204, 304):
        response["Content-Length"] = str(len(response.content))
    response.content = b""
    return response
