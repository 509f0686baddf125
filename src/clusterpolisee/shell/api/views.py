"""Pages beside the API: what can be asked of it, and one's own tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.api import actions, queries
from clusterpolisee.shell.api.docs import guide
from clusterpolisee.shell.api.forms import NewTokenForm, RevokeForm
from clusterpolisee.shell.api.instance import ReadApi
from clusterpolisee.shell.api.parameters import language_of


def documentation(api: ReadApi) -> Callable[..., HttpResponse]:
    """The page on one API, in the language asked for or else in the reader's."""

    @public
    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        language = language_of(request) if "lang" in request.GET else get_language() or "en"
        with translation.override(language):
            answer = render(request, "api/docs.html", {"guide": guide(api, language)})
        answer["Content-Language"] = language
        return answer

    return docs


@allow("api.use_tokens")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens: make one (its secret is on the answer to that very request and nowhere else), revoke one."""
    user: Any = request.user
    form = NewTokenForm(request.POST if request.POST.get("deed") == "create" else None)
    context: dict[str, Any] = {}
    if request.method == "POST":
        if request.POST.get("deed") == "revoke":
            return _revoke(request, user)
        if form.is_valid():
            try:
                context["fresh"], context["secret"] = actions.create_token(
                    actor=user, name=form.cleaned_data["name"]
                )
                form = NewTokenForm()
            except actions.TooManyTokens as obstacle:
                form.add_error(None, str(obstacle))
    return render(request, "api/tokens.html", {"form": form, "tokens": queries.tokens_of(user), **context})


def _revoke(request: HttpRequest, user: Any) -> HttpResponse:
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the token to be revoked."))
        return redirect("api_tokens")
    token = get_object_or_404(queries.tokens_of(user), pk=form.cleaned_data["token"])
    actions.revoke_token(actor=user, token=token)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("api_tokens")
