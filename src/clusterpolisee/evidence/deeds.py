"""Deeds on data in words, for the list of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.classifications.models import ClusterCategory
from clusterpolisee.evidence.models import DataGap, DerivedIndicator
from clusterpolisee.shell.history.deeds import Thing, Words


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


def categories_by_key(keys: list[str]) -> Mapping[str, Thing]:
    """Key of a cluster category → its name, and its page, which stands here; one query."""
    found = ClusterCategory.objects.filter(pk__in=keys)
    return {str(one.pk): Thing(str(one), reverse("evidence:category", args=[one.code])) for one in found}


def derived_by_key(keys: list[str]) -> Mapping[str, Thing]:
    """Key of a derived indicator → its code and page; one query."""
    found = DerivedIndicator.objects.filter(pk__in=keys)
    return {
        str(one.pk): Thing(one.code, reverse("evidence:derived_indicator", args=[one.code])) for one in found
    }


def gaps_by_key(keys: list[str]) -> Mapping[str, Thing]:
    """Key of a data gap → what is missing, and its page; one query."""
    found = DataGap.objects.filter(pk__in=keys)
    return {str(one.pk): Thing(one.missing, one.get_absolute_url()) for one in found}


# (app, kind) → who names such things.
NAMED = {
    ("classifications", "clustercategory"): categories_by_key,
    ("evidence", "derivedindicator"): derived_by_key,
    ("evidence", "datagap"): gaps_by_key,
}


def _on_data(label: Any) -> Words:
    return Words(label, details=version_in_words, link=version_address, is_about_data=True)


DEEDS = {
    "imported": _on_data(gettext_lazy("imported a file")),
    "accepted": _on_data(gettext_lazy("accepted a version")),
    "rejected": _on_data(gettext_lazy("rejected a version")),
    "rolled-back": _on_data(gettext_lazy("rolled back to an earlier version")),
    "described": _on_data(gettext_lazy("described a dataset in the catalogue")),
    "set-rules": _on_data(gettext_lazy("said who accepts new versions")),
    "began-import": Words(gettext_lazy("began to bring a file"), is_about_data=True),
    "brought": Words(gettext_lazy("brought a file"), is_about_data=True),
    "discarded": Words(gettext_lazy("threw a draft away"), is_about_data=True),
    "opened": Words(gettext_lazy("said that figures are missing"), is_about_data=True),
    "taken": Words(gettext_lazy("took on a data gap"), is_about_data=True),
    "released": Words(gettext_lazy("gave a data gap back"), is_about_data=True),
    "closed": Words(gettext_lazy("closed a data gap"), is_about_data=True),
    "reopened": Words(gettext_lazy("opened a data gap again"), is_about_data=True),
    "cited": Words(gettext_lazy("cited a figure")),
    "saved_comparison": Words(gettext_lazy("kept a comparison")),
    "withdrew_comparison": Words(gettext_lazy("took a comparison from the list")),
    "made": Words(gettext_lazy("made a basket")),
    "renamed": Words(gettext_lazy("renamed a basket")),
    "collected": Words(gettext_lazy("put a citation into a basket")),
    "noted": Words(gettext_lazy("wrote a note on a citation")),
    "ordered": Words(gettext_lazy("moved a citation in a basket")),
    "removed": Words(gettext_lazy("took something out of a basket")),
    "restored": Words(gettext_lazy("brought something back")),
    "published": Words(gettext_lazy("made public")),
    "taken-back": Words(gettext_lazy("took a publication back")),
    "started": Words(gettext_lazy("began a derived indicator")),
    "drafted": Words(gettext_lazy("drafted a formula")),
    "withdrew": Words(gettext_lazy("withdrew a derived indicator")),
    "put-on-region-pages": Words(gettext_lazy("put a derived indicator on region pages")),
    "took-off-region-pages": Words(gettext_lazy("took a derived indicator off region pages")),
}
