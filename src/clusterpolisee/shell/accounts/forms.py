"""What people say about themselves, and what administrators say about people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.languages import COMPLETE_LANGUAGES


def own_names() -> list[tuple[str, str]]:
    """Every language under the name its speakers give it: whoever looks for theirs need not read another."""
    return [(language.code, language.own_name) for language in COMPLETE_LANGUAGES]


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=150, required=False, help_text=_("Shown beside what you cite.")
    )
    preferred_language = forms.ChoiceField(label=_("Language of e-mails"), choices=own_names)


class RoleForm(forms.Form):
    user = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    deed = forms.ChoiceField(choices=[("grant", ""), ("withdraw", "")], widget=forms.HiddenInput)
