"""My account: name and language, what I may do, where I am signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clusterpolisee.shell.accounts import actions, scopes
from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.devices import device_in_words
from clusterpolisee.shell.accounts.forms import ProfileForm
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.accounts.roles import Role


@allow("accounts.use_own")
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Name, language, roles and what they allow."""
    user: User = request.user  # type: ignore[assignment]
    initial = {"name": user.name, "preferred_language": user.preferred_language or request.LANGUAGE_CODE}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.update_profile(actor=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_mine")
    names = scopes.names_of(held.scope for held in user.held_roles)
    roles = sorted(((held.role, names[held.scope]) for held in user.held_roles), key=_in_order)
    is_administrator = RoleAssignment.objects.filter(user=user, role=Role.ADMINISTRATOR).exists()
    context = {
        "form": form,
        "roles": roles,
        "may_manage": may(user, "accounts.manage_people"),
        "may_read_deeds": may(user, "accounts.read_data_deeds"),
        "has_second_factor": user.has_second_factor,
        "second_factor_advised": is_administrator and not user.has_second_factor,
        "second_factor_required": settings.ADMINISTRATOR_SECOND_FACTOR == "required",
        "signs_in_elsewhere": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    return render(request, "accounts/mine.html", context)


@allow("accounts.use_own")
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Every device on which this person is signed in; each can be signed out, this one by its own button."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        return _end_sessions(request, user)
    here = request.session.session_key
    found = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)
    rows = [
        {"session": one, "device": device_in_words(one.user_agent), "is_this": one.session_key == here}
        for one in found
    ]
    rows.sort(key=lambda row: not row["is_this"])
    return render(request, "accounts/sessions.html", {"rows": rows, "has_others": len(rows) > 1})


def _end_sessions(request: HttpRequest, user: User) -> HttpResponse:
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    if "session" in request.POST:
        chosen = request.POST["session"]
        others = others.filter(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else others.none()
    ended = actions.end_sessions(actor=user, keys=list(others.values_list("pk", flat=True)))
    if ended:
        messages.success(
            request,
            ngettext("Signed out on %(count)s device.", "Signed out on %(count)s devices.", ended)
            % {"count": ended},
        )
    else:
        messages.info(request, _("Nothing to end: that session was over already."))
    return redirect("account_sessions")


def _in_order(held: tuple[Role, str]) -> tuple[int, str]:
    return list(Role).index(held[0]), held[1]
