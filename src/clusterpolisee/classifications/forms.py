"""The form of a cluster category: names, descriptions, and its parts as codes with weights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.classifications import queries
from clusterpolisee.classifications.category_words import LANGUAGES, CategoryFacts

_BETWEEN = re.compile(r"[,;\s]+")
DIVISION, GROUP = 2, 3


class CategoryForm(forms.Form):
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=60,
        help_text=gettext_lazy(
            "Part of its address: small Latin letters, digits and hyphens. It stays as it is."
        ),
    )
    label_bg = forms.CharField(label=gettext_lazy("Name in Bulgarian"), max_length=120)
    label_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)
    description_bg = forms.CharField(
        label=gettext_lazy("Description in Bulgarian"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description_en = forms.CharField(
        label=gettext_lazy("Description in English"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    parts = forms.CharField(
        label=gettext_lazy("NACE codes"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        max_length=2000,
        help_text=gettext_lazy(
            "Divisions or groups, separated by commas. Where only a part belongs here, its weight follows: C10, I56:0.5"
        ),
        error_messages={"required": gettext_lazy("A category needs at least one NACE code, such as C10.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, is_new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_new:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code != code.lower() or "_" in code or code == "new":
            raise ValidationError(
                _(
                    "A code has small Latin letters, digits and hyphens, such as food-and-drink; “new” is taken."
                )
            )
        return code

    def clean_parts(self) -> dict[str, float]:
        weights, problems = read_parts(self.cleaned_data["parts"], queries.activity_levels())
        if problems:
            raise ValidationError(problems)
        return weights

    def facts(self, *, kept: CategoryFacts | None = None) -> CategoryFacts:
        """What the person said; names in languages the form does not offer stay as they were."""
        labels = dict(kept.labels) if kept else {}
        descriptions = dict(kept.descriptions) if kept else {}
        for language in LANGUAGES:
            labels[language] = self.cleaned_data[f"label_{language}"].strip()
            descriptions[language] = self.cleaned_data[f"description_{language}"].strip()
        return CategoryFacts(labels, descriptions, self.cleaned_data["parts"])


def read_parts(text: str, levels: Mapping[str, int]) -> tuple[dict[str, float], list[str]]:
    """Codes with weights, and a sentence for everything that cannot be taken."""
    weights: dict[str, float] = {}
    problems: list[str] = []
    for word in filter(None, _BETWEEN.split(text.strip())):
        code, colon, given = word.upper().partition(":")
        shown = {"code": code[:20]}
        weight = _weight(given) if colon else 1.0
        if code not in levels:
            problems.append(_("NACE Rev. 2 has no “%(code)s”. Codes look like C10 or J62.") % shown)
        elif levels[code] not in (DIVISION, GROUP):
            problems.append(_("“%(code)s” is too wide: name its divisions, such as C10.") % shown)
        elif code in weights:
            problems.append(_("“%(code)s” stands here twice. Leave one.") % shown)
        elif weight is None:
            problems.append(
                _(
                    "The weight of “%(code)s” must be above 0 and at most 1, with a decimal point: %(code)s:0.5"
                )
                % shown
            )
        else:
            weights[code] = weight
    problems += [
        _("“%(part)s” lies inside “%(whole)s”, so it would count twice. Leave one.")
        % {"part": part, "whole": whole}
        for part in weights
        for whole in weights
        if part != whole and part.startswith(whole)
    ]
    if not weights and not problems:
        problems.append(_("A category needs at least one NACE code, such as C10."))
    return weights, problems


def _weight(text: str) -> float | None:
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if 0 < weight <= 1 else None
