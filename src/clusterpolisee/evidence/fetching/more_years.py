"""Asking for more years of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.fetching.source import EARLIEST
from clusterpolisee.evidence.models import Dataset


class MoreYears(forms.Form):
    """Which table and which years; a single table needs no choosing."""

    table = forms.ChoiceField(label=_("Table"))
    first = forms.IntegerField(label=_("From"), min_value=EARLIEST)
    last = forms.IntegerField(label=_("To"), min_value=EARLIEST)

    def __init__(self, tables: Sequence[Dataset], this_year: int, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        chosen = self.fields["table"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(table.code, f"{table.title} ({table.code})") for table in tables]
        if len(tables) == 1:
            chosen.widget = forms.HiddenInput()
            chosen.initial = tables[0].code
        first, last = offered_years(tables[0], this_year) if tables else (None, None)
        self.fields["first"].initial, self.fields["last"].initial = first, last
        for name in ("first", "last"):
            self.fields[name].widget.attrs |= {"max": this_year, "inputmode": "numeric"}

    @property
    def years(self) -> tuple[int, int]:
        return self.cleaned_data["first"], self.cleaned_data["last"]


def offered_years(table: Dataset, this_year: int) -> tuple[int, int]:
    """The years after those in use where there can be any, else all there can be."""
    first, last = table.source.get("first_year", EARLIEST), table.source.get("last_year") or this_year - 1
    current = table.current
    if current is None or not current.years or current.years[-1] >= last:
        return first, last
    return current.years[-1] + 1, last
