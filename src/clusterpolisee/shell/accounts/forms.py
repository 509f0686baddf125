"""What people say about themselves, and what administrators say about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.accounts import scopes
from clusterpolisee.shell.accounts.roles import PLATFORM, Role
from clusterpolisee.shell.accounts.scopes import Scope, ScopeKind
from clusterpolisee.shell.history.deeds import Words
from clusterpolisee.shell.languages import COMPLETE_LANGUAGES


def own_names() -> list[tuple[str, str]]:
    """Every language under the name its speakers give it: whoever looks for theirs need not read another."""
    return [(language.code, language.own_name) for language in COMPLETE_LANGUAGES]


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("Shown beside what you cite.")
    )
    preferred_language = forms.ChoiceField(label=_("Language of e-mails"), choices=own_names)


class GiveRoleForm(forms.Form):
    """One role over one kind of thing; each kind has its own form, so that what is asked fits."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, prefix=kind, **options)
        self.kind = kind
        self.fields["role"].choices = [(str(role), role.label) for role in scopes.roles_over(kind)]  # type: ignore[attr-defined]
        if known := next((one for one in scopes.kinds() if one.name == kind), None):
            self.fields["key"] = _key_field(known)
            self.suggestions = known.choices() if known.is_searched else []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "role" in given and (self.kind == PLATFORM or "key" in given):
            try:
                given["scope"] = scopes.scope_of(Role(given["role"]), self.kind, given.get("key", ""))
            except scopes.UnknownScope as obstacle:
                self.add_error("key", str(obstacle))
        return given


def _key_field(kind: ScopeKind) -> forms.CharField | forms.ChoiceField:
    if kind.is_searched:
        widget = forms.TextInput(attrs={"list": f"known-{kind.name}", "autocomplete": "off"})
        return forms.CharField(
            label=capfirst(kind.label), max_length=120, widget=widget, help_text=kind.help_text
        )
    return forms.ChoiceField(label=capfirst(kind.label), choices=kind.choices, help_text=kind.help_text)


class HeldRoleForm(forms.Form):
    """Which of somebody's roles is meant; what nobody holds does no harm."""

    role = forms.ChoiceField(choices=Role.choices)
    scope_kind = forms.CharField(max_length=30)
    scope_key = forms.CharField(max_length=120, required=False)

    @property
    def held(self) -> tuple[Role, Scope]:
        given = self.cleaned_data
        return Role(given["role"]), Scope(given["scope_kind"], given["scope_key"])


class FindPeopleForm(forms.Form):
    STATES = [("", _("all")), ("open", _("open")), ("closed", _("closed"))]

    q = forms.CharField(label=_("Name or e-mail"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("all")), *Role.choices], required=False)
    state = forms.ChoiceField(label=_("Account"), choices=STATES, required=False)


class DeedsForm(forms.Form):
    """Whose deeds, of which kind, from when to when."""

    person = forms.CharField(label=_("Person: name or e-mail"), max_length=80, required=False)
    deed = forms.ChoiceField(label=_("What was done"), required=False)
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, deeds: list[tuple[str, str, Words]], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(f"{app}.{verb}", said.label) for app, verb, said in deeds]
        self.fields["deed"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error(
                "last", _("This day is before the first one. Write a later day, or change “From”.")
            )
        return given
