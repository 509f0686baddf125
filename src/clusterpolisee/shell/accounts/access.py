"""What a view says about who may open it. Every view says so: a house test looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

from clusterpolisee.shell.accounts.permissions import NotAllowed, may

PUBLIC = "public"
View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Everyone may open this page, with or without an account."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def allow(permission: str) -> Callable[[View], View]:
    """Only those with the permission may open this page; visitors are asked to sign in first.

    The action behind the page still asks for itself: this only spares people forms they could not send.
    """

    def declare_on(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if may(request.user, permission):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            raise NotAllowed(request.user, permission)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return declare_on


def access_of(view: View) -> str | None:
    """The permission a view declares, “public”, or None where it says nothing."""
    return getattr(view, "access", None)
