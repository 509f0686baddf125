"""What people fill in when they bring a file, and when they say that figures are missing."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.importing.conversion import WEIGHTS
from clusterpolisee.evidence.importing.mapping import MOST_HEADER_ROWS
from clusterpolisee.evidence.models import DataGap, Dataset
from regional_analytics.codes import nuts
from regional_analytics.sources import layout, tidy_csv

MOST_DIMENSIONS = 6
LICENCES = ("CC BY 4.0", "CC0 1.0", "ODbL 1.0", "EUPL-1.2")
# Headings the reader takes for something else than a dimension.
_TAKEN = {
    *tidy_csv.REGION, *tidy_csv.ACTIVITIES, *tidy_csv.YEAR, *tidy_csv.VALUE, *tidy_csv.FLAG, *tidy_csv.STATE,
    *layout.FREQUENCY, "line", "number", "series",
}  # fmt: skip
WEIGHT_NAMES = {
    "population_2021": _("people in 2021"),
    "population_2011": _("people in 2011"),
    "area": _("area"),
    "built_up": _("built-up area"),
}


CONVERSION_WORDS: dict[str, list[tuple[str, Any]]] = {
    "kind": [
        ("stock", _("counts and amounts: a region that was cut is divided, totals stay")),
        ("rate", _("rates and indices: parts are averaged")),
    ],
    "weight": [(one, WEIGHT_NAMES[one]) for one in WEIGHTS],
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        max_length=255,
        help_text=_("CSV, TSV, XLSX, JSON-stat or SDMX-CSV. What it is, is told by its content."),
    )


class TableForm(forms.Form):
    dataset = forms.ModelChoiceField(
        label=_("Table"),
        queryset=Dataset.objects.order_by("order", "code"),
        to_field_name="code",
        empty_label="–",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dataset"].label_from_instance = lambda table: f"{table.title} ({table.code})"  # type: ignore[attr-defined]


class NewTableForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits and underscores; it stands in addresses."),
    )
    publisher = forms.CharField(label=_("Publisher"), max_length=120)
    licence = forms.CharField(
        label=_("Licence"), max_length=120, help_text=_("As the publisher calls it: CC BY 4.0, CC0 1.0 …")
    )
    address = forms.URLField(
        label=_("Address of the table"), max_length=300, required=False, assume_scheme="https"
    )
    unit = forms.CharField(label=_("Unit"), max_length=60, help_text=_("Persons, million euro, percent …"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Dataset.Kind.choices)
    topic = forms.ChoiceField(label=_("Topic"), choices=Dataset.Topic.choices)
    nuts_vintage = forms.TypedChoiceField(
        label=_("NUTS vintage"), coerce=int, choices=[(one, f"NUTS {one}") for one in reversed(nuts.VINTAGES)]
    )
    has_activities = forms.BooleanField(
        label=_("It is broken down by activity (NACE Rev. 2)"), required=False
    )
    dimensions = forms.CharField(
        label=_("Other dimensions"),
        required=False,
        max_length=200,
        help_text=_("Their codes, separated by commas: sex, age. Leave it empty where there are none."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].lower()

    def clean_dimensions(self) -> tuple[str, ...]:
        said = [one.strip().lower() for one in self.cleaned_data["dimensions"].split(",") if one.strip()]
        for code in said:
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", code):
                raise ValidationError(
                    gettext("“%(code)s” is no code: write small letters, digits and underscores.")
                    % {"code": code}
                )
            if code in _TAKEN:
                raise ValidationError(
                    gettext("“%(code)s” is the name of another column. Choose another code.") % {"code": code}
                )
        if len(set(said)) < len(said) or len(said) > MOST_DIMENSIONS:
            raise ValidationError(gettext("Name each dimension once, at most six."))
        return tuple(said)


class SheetForm(forms.Form):
    """Which sheet; for a CSV there is none to choose."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)

    def __init__(self, *args: Any, sheets: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]


class HeaderForm(forms.Form):
    first = forms.IntegerField(label=_("First line of the header"), min_value=1, max_value=10_000)
    last = forms.IntegerField(label=_("Last line of the header"), min_value=1, max_value=10_000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not first <= last < first + MOST_HEADER_ROWS:
            raise ValidationError(gettext("A header has one to five lines, the first above the last."))
        return cleaned


class VintageForm(forms.Form):
    do = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            ("keep", _("keep the figures as they are coded; pages of the other vintage do not show them")),
            ("convert", _("carry the figures to the vintage of the table; they become derived figures")),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("What the figures are"), choices=CONVERSION_WORDS["kind"])
    weight = forms.ChoiceField(label=_("Divided by"), choices=CONVERSION_WORDS["weight"])


class SourceForm(forms.Form):
    url = forms.URLField(
        label=_("Address the file was fetched from"), max_length=500, required=False, assume_scheme="https"
    )
    retrieved_on = forms.DateField(
        label=_("Retrieved on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    licence = forms.CharField(label=_("Licence"), max_length=120, help_text=_("Shown with every figure."))
    note = forms.CharField(label=_("Note on the source"), max_length=500, required=False)
    why = forms.CharField(
        label=_("Why it is brought"),
        max_length=300,
        required=False,
        help_text=_("Kept in the history of the table."),
    )

    def clean_retrieved_on(self) -> Any:
        day = self.cleaned_data["retrieved_on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("This day has not come yet."))
        return day


class GapForm(forms.ModelForm):
    """What a member misses."""

    class Meta:
        model = DataGap
        fields = ["missing", "region", "dataset", "indicator", "first_year", "last_year", "why"]
        widgets = {"why": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "missing": gettext_lazy("What is missing, in one line"),
            "region": gettext_lazy("Region (code)"),
            "first_year": gettext_lazy("From year"),
            "last_year": gettext_lazy("To year"),
            "why": gettext_lazy("Why it matters: what could be decided or shown with it"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("dataset", "indicator"):
            self.fields[name].empty_label = "–"  # type: ignore[attr-defined]
        self.fields["dataset"].label_from_instance = lambda table: f"{table.title} ({table.code})"  # type: ignore[attr-defined]
        self.fields["indicator"].label_from_instance = lambda indicator: indicator.name  # type: ignore[attr-defined]
        for name in ("first_year", "last_year"):
            self.fields[name].min_value, self.fields[name].max_value = 1900, 2100  # type: ignore[attr-defined]

    def clean_region(self) -> str:
        code = nuts.normalise(self.cleaned_data["region"]) if self.cleaned_data["region"] else ""
        if code and not nuts.exists(code):
            raise ValidationError(gettext("No NUTS list has the region “%(code)s”.") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        for year in filter(None, (first, last)):
            if not 1900 <= year <= 2100:
                raise ValidationError(gettext("%(year)s is no year this can be about.") % {"year": year})
        if first and last and first > last:
            raise ValidationError(gettext("The first year comes after the last."))
        return cleaned


class DeedForm(forms.Form):
    """A deed on a version or a gap, with the reason for history."""

    why = forms.CharField(label=_("Why"), max_length=300, required=False)
