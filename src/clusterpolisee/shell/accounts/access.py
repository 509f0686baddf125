"""What a view says about who may open it. Every view says so: a house test looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

from clusterpolisee.shell.accounts.permissions import NotAllowed, may_somewhere

PUBLIC = "public"
View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Everyone may open this page, with or without an account."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def allow(permission: str) -> Callable[[View], View]:
    """Only those with the permission may open this page; visitors are asked to sign in first.

    The action behind the page still asks for itself, with the object at hand: this only spares people forms they could
    not send anywhere.
    """

    def declare_on(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if may_somewhere(request.user, permission):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            raise NotAllowed(request.user, permission)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return declare_on


def declare_all(patterns: Iterable[Any], access: Callable[[str], str]) -> None:
    """Declare the pages of a library, which guards them by itself: `access` says for each name who may open it."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            declare_all(pattern.url_patterns, access)
        else:
            pattern.callback.access = access(pattern.name)


def access_of(view: View) -> str | None:
    """The permission a view declares, “public”, or None where it says nothing."""
    return getattr(view, "access", None)
