"""Pages about the pages: who can use them, and what they are made of."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.languages import LANGUAGES_OF_THE_PLATFORM


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use the platform, what is not good yet, and whom to tell."""
    return render(request, "ui/accessibility.html", {"contact": getattr(settings, "CONTACT_EMAIL", "")})


@public
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component at once, for eyes and for the machine that looks for barriers."""
    faulty = SampleForm({"name": "", "how": "b"})
    faulty.is_valid()
    context = {
        "form": SampleForm(),
        "faulty": faulty,
        "page": Paginator(range(30), 10).get_page(2),
        "states": ("not_published", "confidential", "estimated", "not_applicable"),
        "languages": LANGUAGES_OF_THE_PLATFORM,
        "ramp": range(1, 7),
        "quotients": (("C14", 16.0, True), ("C31", 4.1, False), ("C10", 2.4, False), ("C26", 0.0, False)),
    }
    return render(request, "ui/design.html", context)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("Shown beside what you cite."))
    role = forms.ChoiceField(label=_("Role"), choices=[("a", _("member")), ("b", _("analyst"))])
    how = forms.ChoiceField(
        label=_("Colours"), choices=[("a", _("Light")), ("b", _("Dark"))], widget=forms.RadioSelect
    )
    remember = forms.BooleanField(label=_("Remember me on this device"), required=False)
