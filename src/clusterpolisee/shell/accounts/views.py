"""My account, and the people of the platform."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.forms import ProfileForm, RoleForm
from clusterpolisee.shell.accounts.models import User
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
    roles = [Role(name) for name in sorted(user.role_names)]
    context = {"form": form, "roles": roles, "may_manage": may(user, "accounts.manage_people")}
    return render(request, "accounts/mine.html", context)


@allow("accounts.manage_people")
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account; roles are given and taken here."""
    if request.method == "POST":
        _change_role(request)
        return redirect(request.get_full_path())
    text = request.GET.get("q", "").strip()[:80]
    found = User.objects.people().prefetch_related("role_assignments")
    if text:
        found = found.filter(Q(email__icontains=text) | Q(name__icontains=text))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "text": text, "roles": list(Role)})


def _change_role(request: HttpRequest) -> None:
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a person and a role."))
        return
    user = get_object_or_404(User.objects.people(), pk=form.cleaned_data["user"])
    deed = actions.grant_role if form.cleaned_data["deed"] == "grant" else actions.withdraw_role
    try:
        deed(actor=request.user, user=user, role=Role(form.cleaned_data["role"]))  # type: ignore[arg-type]
    except actions.LastAdministrator as obstacle:
        messages.error(request, str(obstacle))
    else:
        messages.success(request, _("The roles of %(person)s are changed.") % {"person": user})
