"""Deeds on data in words, for the list of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.shell.history.deeds import Words


def version_in_words(details: Mapping[str, Any]) -> str:
    """“lfst_r_lfe2en2, version 3 → 2, employment.tsv”: what of it the event remembers."""
    table, number = str(details.get("table", "")), details.get("number")
    if number is None:
        return table
    told = _("%(table)s, version %(number)s") % {"table": table, "number": number}
    if "to" in details:
        told = f"{told} → {details['to']}"
    return f"{told}, {details['file']}" if details.get("file") else told


def version_address(details: Mapping[str, Any]) -> str:
    """The page of the version, or of the dataset."""
    try:
        if details.get("number") is not None:
            return reverse("evidence:data_version", args=[details.get("table", ""), details["number"]])
        return reverse("evidence:data_set", args=[details.get("table", "")])
    except NoReverseMatch:
        return ""


def _on_data(label: Any) -> Words:
    return Words(label, details=version_in_words, link=version_address, is_about_data=True)


DEEDS = {
    "imported": _on_data(gettext_lazy("imported a file")),
    "accepted": _on_data(gettext_lazy("accepted a version")),
    "rejected": _on_data(gettext_lazy("rejected a version")),
    "rolled-back": _on_data(gettext_lazy("rolled back to an earlier version")),
    "described": _on_data(gettext_lazy("described a dataset in the catalogue")),
    "cited": Words(gettext_lazy("cited a figure")),
}
