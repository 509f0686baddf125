"""How much of a cluster category is known, in sentences: which parts are published, and what a lower bound is."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.evidence import structure
from clusterpolisee.shell.languages import format_number


def of_parts(table: structure.CategoryTable, cell: structure.CategoryCell, names: Mapping[str, str]) -> str:
    """2 of 3 parts are published. Confidential: drinks (C11). So there is no total, only a lower bound: …"""
    every = table.parts_in_all
    if cell.is_complete:
        text = ngettext("Its %(count)s part is published.", "All its %(count)s parts are published.", every)
        return text % {"count": every}
    said = [_("%(known)s of %(all)s parts are published.") % {"known": cell.parts_known, "all": every}]
    lacking: dict[str, list[str]] = {}
    for part in table.parts_of(cell.region):
        if part.jobs is None:
            lacking.setdefault(part.state, []).append(
                f"{names.get(part.activity, part.activity)} ({part.activity})"
            )
    for state, parts in sorted(lacking.items()):
        text = _("Confidential: %(parts)s.") if state == "confidential" else _("Not published: %(parts)s.")
        said.append(text % {"parts": ", ".join(parts)})
    if cell.at_least is not None:
        said.append(
            _("So there is no total, only a lower bound: at least %(number)s jobs in the published parts.")
            % {"number": format_number(cell.at_least, decimals=0)}
        )
    return " ".join(said)


def of_region(table: structure.CategoryTable, cell: structure.CategoryCell, names: Mapping[str, str]) -> str:
    """Of the parts, and of everything the region is divided by."""
    known, everything = table.table.coverage(table.table.regions.index(cell.region))
    said = [
        of_parts(table, cell, names),
        _("%(known)s of %(all)s activities of the region are published.")
        % {"known": known, "all": everything},
    ]
    if cell.is_complete and cell.quotient is None:
        said.append(
            _("No country of the table publishes all its parts, so there is no average to compare with.")
        )
    return " ".join(said)


def of_stars(table: structure.CategoryTable, cell: structure.CategoryCell, names: Mapping[str, str]) -> str:
    scheme = table.table.scheme
    told = _("Scheme: %(name)s. Fewer than %(minimum)s jobs earn no star.") % {
        "name": scheme,
        "minimum": int(scheme.minimum_employment),
    }
    return f"{of_parts(table, cell, names)} {told}"


def of_countries(counted: Collection[str], every: Collection[str], names: Mapping[str, str]) -> str:
    """Which countries a sum leaves out, since not all their parts are published in all years."""
    text = ngettext(
        "%(count)s of %(all)s country is counted: where every part is published in every year.",
        "%(count)s of %(all)s countries are counted: those where every part is published in every year.",
        len(every),
    )
    said = text % {"count": len(counted), "all": len(every)}
    if left_out := [f"{names[code]} ({code})" for code in every if code not in counted]:
        said += " " + _("Not counted: %(names)s.") % {"names": ", ".join(left_out)}
    return said
