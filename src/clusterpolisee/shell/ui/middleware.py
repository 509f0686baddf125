"""What is done to every request before a page sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

API = "/api/"


class WithoutNul:
    """No text a person types has a NUL in it, and PostgreSQL refuses to be asked for one: it is left out of the query.

    The API is not touched: it names the parameter that is wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query and not request.path.startswith(API):
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return self.get_response(request)
