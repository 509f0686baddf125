"""Errors, as sentences with a way on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "ui/400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason is shown when it was written for the reader, as a refused permission is."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(request, "ui/403.html", 403, reason=reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The reason is shown when a view wrote it for the reader; Django's own is for developers."""
    reason = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, "ui/404.html", 404, reason=reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: the page asks neither the database nor the session, which may be what broke."""
    return HttpResponse(render_to_string("ui/500.html"), status=500)


def _page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    return HttpResponse(render_to_string(template, context, request=request), status=status)
