"""The people of the platform, for administrators: find them, give and take roles, close and open accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterpolisee.shell.accounts import actions, scopes
from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.forms import FindPeopleForm, GiveRoleForm, HeldRoleForm
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.queries import find_people
from clusterpolisee.shell.accounts.roles import PLATFORM, Role
from clusterpolisee.shell.history.deeds import told
from clusterpolisee.shell.history.queries import events_of

OBSTACLES = (
    actions.LastAdministrator,
    actions.AccountClosed,
    actions.OwnAccount,
    scopes.ScopeNotForRole,
)
SHOWN_EVENTS = 10


@allow("accounts.manage_people")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, with their roles; each name leads to the page where roles are given."""
    form = FindPeopleForm(request.GET)
    form.is_valid()
    given = {**{"q": "", "role": "", "state": ""}, **form.cleaned_data}
    found = find_people(text=given["q"], role=given["role"], state=given["state"])
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    held = {one: list(one.role_assignments.all()) for one in page}
    names = scopes.names_of(role.scope for roles in held.values() for role in roles)
    rows = [(one, [(role, names[role.scope]) for role in roles]) for one, roles in held.items()]
    return render(request, "accounts/people.html", {"page": page, "rows": rows, "form": form})


@allow("accounts.manage_people")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One person: who gave which role when, and every deed an administrator can do to the account."""
    user = get_object_or_404(User.objects.people(), pk=key)
    forms = {kind: GiveRoleForm(kind=kind) for kind in _kinds()}
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        if deed.startswith("give-") and (kind := deed.removeprefix("give-")) in forms:
            forms[kind] = GiveRoleForm(request.POST, kind=kind)
            if forms[kind].is_valid() and _give(request, user, forms[kind]):
                return redirect("account_person", key)
        else:
            _do(request, user, deed)
            return redirect("account_person", key)
    return render(request, "accounts/person.html", _person_context(user, forms))


def _person_context(user: User, forms: dict[str, GiveRoleForm]) -> dict[str, Any]:
    held = list(user.role_assignments.select_related("granted_by"))
    names = scopes.names_of(one.scope for one in held)
    return {
        "person": user,
        "held": [(one, names[one.scope]) for one in held],
        "forms": [(kind, scopes.kind_label(kind), form) for kind, form in forms.items()],
        "has_second_factor": user.has_second_factor,
        "address": EmailAddress.objects.filter(user=user, email=user.email).first(),
        "events": told(list(events_of(user)[:SHOWN_EVENTS])),
    }


def _kinds() -> list[str]:
    """Over what a role can be given today: the platform, and the kinds that upper floors have plugged in."""
    return [PLATFORM, *(kind.name for kind in scopes.kinds() if scopes.roles_over(kind.name))]


def _give(request: HttpRequest, user: User, form: GiveRoleForm) -> bool:
    role, scope = Role(form.cleaned_data["role"]), form.cleaned_data["scope"]
    try:
        actions.grant_role(actor=request.user, user=user, role=role, scope=scope)  # type: ignore[arg-type]
    except OBSTACLES as obstacle:
        form.add_error(None, str(obstacle))
        return False
    over = scopes.names_of([scope])[scope]
    messages.success(
        request,
        _("%(person)s is now: %(role)s (%(scope)s).") % {"person": user, "role": role.label, "scope": over},
    )
    return True


def _do(request: HttpRequest, user: User, deed: str) -> None:
    """The deeds that need nothing but a button; obstacles are told on the page."""
    actor: User = request.user  # type: ignore[assignment]
    try:
        if deed == "withdraw":
            _withdraw(request, actor, user)
        elif deed == "close":
            actions.close_account(actor=actor, user=user)
            messages.success(request, _("The account is closed. Its roles and deeds are kept."))
        elif deed == "reopen":
            actions.reopen_account(actor=actor, user=user)
            messages.success(request, _("The account is open again."))
        elif deed == "remove-second-factors":
            actions.remove_second_factors(actor=actor, user=user)
            messages.success(request, _("The second factors are removed: the password is enough now."))
        else:
            messages.error(request, _("Nothing was done: the page did not say what. Try again."))
    except OBSTACLES as obstacle:
        messages.error(request, str(obstacle))


def _withdraw(request: HttpRequest, actor: User, user: User) -> None:
    form = HeldRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was taken back: there is no such role."))
        return
    role, scope = form.held
    actions.withdraw_role(actor=actor, user=user, role=role, scope=scope)
    messages.success(request, _("The role is taken back: %(role)s.") % {"role": role.label})
