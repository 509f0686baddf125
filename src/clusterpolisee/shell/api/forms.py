"""Naming a token, choosing one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NewTokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the token"),
        max_length=80,
        help_text=_("What will use it, such as “monthly report”. Only you see the name."),
    )


class RevokeForm(forms.Form):
    token = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
