"""Deeds on accounts in words, for the list of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.deeds import Thing, Words


def role_in_words(details: Mapping[str, Any]) -> str:
    """“region editor: BG31”; the plain name where the role has gone since."""
    name = str(details.get("role", ""))
    role = str(Role(name).label) if name in Role.values else name
    key = str(details.get("scope_key", ""))
    return f"{role}: {key}" if key else role


def sessions_in_words(details: Mapping[str, Any]) -> str:
    return _("sessions: %(count)s") % {"count": details.get("count", "")}


def people_by_key(keys: list[str]) -> Mapping[str, Thing]:
    """Key of an account → its e-mail address; one query."""
    found = User.objects.filter(pk__in=keys).values_list("pk", "email")
    return {str(key): Thing(email) for key, email in found}


DEEDS = {
    "granted_role": Words(gettext_lazy("gave a role"), details=role_in_words),
    "withdrew_role": Words(gettext_lazy("took a role back"), details=role_in_words),
    "created_account": Words(gettext_lazy("created an account")),
    "joined_through_provider": Words(
        gettext_lazy("joined through a sign-in service"), details=lambda told: str(told.get("provider", ""))
    ),
    "closed_account": Words(gettext_lazy("closed an account")),
    "reopened_account": Words(gettext_lazy("opened an account again")),
    "confirmed_email": Words(gettext_lazy("confirmed an e-mail address")),
    "updated_profile": Words(gettext_lazy("changed name or language")),
    "added_second_factor": Words(gettext_lazy("added a second factor")),
    "removed_second_factor": Words(gettext_lazy("removed a second factor")),
    "removed_second_factors": Words(gettext_lazy("removed the second factors of somebody")),
    "ended_sessions": Words(gettext_lazy("signed out on other devices"), details=sessions_in_words),
}
