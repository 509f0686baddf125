"""Derived indicators in words and as single figures: formula, parts, what is missing of a value and why.

The way of the data: `models/derived.py` keeps definitions → `derived_plans.py` says from which dataset versions one is
computed → `derived_tables.py` computes a level → here a value becomes a figure with its parts → `figure_cards.py` shows
it, `citing.py` freezes it. Pages ask `indicator_figures.py`, as they do for every indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import structure
from clusterpolisee.evidence.derived_plans import Defined, NotComputable, defined, plan_over
from clusterpolisee.evidence.derived_tables import DerivedTable, table_of
from clusterpolisee.evidence.derived_words import (
    in_words,
    missing_in_words,
    names_of_composite,
    reason_in_words,
)
from clusterpolisee.evidence.figures import Figure, FigureNotFound, FigureRef, Part
from clusterpolisee.evidence.indicator_figures import Cover
from clusterpolisee.evidence.models import DerivedIndicator, DerivedPart, DerivedVersion
from clusterpolisee.shell.languages import format_number
from regional_analytics import formulas


def well_known_year(table: DerivedTable) -> int | None:
    """The newest year that is not only a few early figures."""
    counts = table.result.value.known.sum(axis=1)
    good = [
        year for year, count in zip(table.years, counts, strict=True) if count and 2 * count >= counts.max()
    ]
    return max(good, default=None)


# Figures -------------------------------------------------------------------------------------------------


def figure(ref: FigureRef, found: Defined | None = None) -> Figure:
    """One value with its parts, each with its own source; found: the definition, where it is at hand.

    Raises FigureNotFound with a sentence.
    """
    found = found or defined(ref.indicator)
    if found is None:
        raise FigureNotFound(absence_in_words(ref.indicator))
    try:
        plan, versions = plan_over(found.version, found.parts)
    except NotComputable as missing:
        raise FigureNotFound(str(missing)) from missing
    version, table = found.version, table_of(plan, len(ref.region) - 2, ref.nuts)
    place = table.place(ref.region, ref.year)
    if place is None:
        raise FigureNotFound(
            _("“%(indicator)s” has no value for %(region)s, %(year)s: none of its tables has this cell.")
            % {"indicator": version.name, "region": ref.region, "year": ref.year}
        )
    row, column = place
    value = table.value(row, column)
    return Figure(
        ref=ref,
        value=value,
        state=table.state(row, column),
        flag=str(table.flags[row, column]),
        unit=version.unit,
        decimals=version.decimals,
        version=versions[0],
        indicator=version,
        parts=tuple(_parts(found, table, ref, row, column)),
        coverage=_coverage(found, table, row, column),
        details=_details(found, ref.year),
        further_versions=versions[1:],
    )


def absence_in_words(code: str) -> str:
    """Why there is no published indicator with this code: it was withdrawn, or there never was one."""
    gone = derived_indicator(code)
    last = gone.last_withdrawn if gone else None
    if last is None:
        return _("There is no indicator “%(code)s”.") % {"code": code}
    return _("“%(indicator)s” was withdrawn. What was cited from it stays; its page keeps every version.") % {
        "indicator": last.name
    }


def _details(definition: Defined, year: int) -> dict[str, Any]:
    """What a citation keeps besides the numbers."""
    spoken, found = {}, definition.version
    for language, _name in settings.LANGUAGES:
        with override(language):
            spoken[language] = words_of(definition, year)
    return {
        "formula": found.formula,
        "words": spoken,
        "weights": found.weights,
        "weights_name": " ".join(filter(None, [found.weights_name, found.weights_version])),
        "minimum_parts": found.minimum_parts,
    }


def words_of(found: Defined, year: int | None = None, *, with_tables: bool = True) -> str:
    """The formula in words, each indicator with its table and year."""
    parts = {part.key: part for part in found.parts}

    def name_of(key: str, at: int | None) -> str:
        part = parts.get(key)
        if part is None:
            return key
        source = ", ".join(filter(None, [_source_code(part) if with_tables else "", str(at) if at else ""]))
        return f"{name_of_part(part)} ({source})" if source else name_of_part(part)

    return in_words(found.version.formula, name_of, year=year, weights=found.version.weights)


def names_of_parts(found: Defined) -> dict[str, str]:
    """What the parts that are counted are called: those of a composite, and every name in the formula."""
    own = {part.key: name_of_part(part) for part in found.parts}
    return own | names_of_composite(found.version.formula, own)


def missing_words(found: Defined, missing: Iterable[tuple[str, int, str]], year: int) -> str:
    """“Missing: spending on research (confidential)”; empty where nothing is."""
    return missing_in_words(missing, names_of_parts(found), year)


def remark_in_words(found: Defined, cover: Cover, year: int) -> str:
    """Why a value is missing, or what is missing of it; empty where all is known."""
    said = [reason_in_words(cover.reason) if cover.reason != "known" else ""]
    said.append(missing_words(found, cover.missing, year))
    return " ".join(filter(None, said))


def name_of_part(part: DerivedPart) -> str:
    """The indicator's name, with the activity where one is named."""
    if part.derived is not None:
        return part.derived.current.short_name if part.derived.current else part.derived.code
    assert part.indicator is not None
    if not part.activity:
        return part.indicator.short_name
    return f"{part.indicator.short_name}, {classifications.label(part.activity, _language(), short=True)}"


def _source_code(part: DerivedPart) -> str:
    return part.indicator.dataset.code if part.indicator else ""


def _parts(found: Defined, table: DerivedTable, ref: FigureRef, row: int, column: int) -> list[Part]:
    """Each cell that was read, then each part of a composite on its common scale."""
    stored = {part.key: part for part in found.parts}
    read = [
        _part(stored[key], ref, year)
        for key, year in formulas.readings(table.formula, ref.year)
        if key in stored
    ]
    scaled = []
    for name, one in table.result.components.items():
        number = float(one.values[row, column])
        weight = format_number(table.result.weights[name])
        label = _("“%(part)s” on the common scale, weight %(weight)s") % {"part": name, "weight": weight}
        scaled.append(Part(label, None if np.isnan(number) else number, "", 1))
    return read + scaled


def _part(part: DerivedPart, ref: FigureRef, year: int) -> Part:
    name = f"{name_of_part(part)}, {year}"
    if part.derived is not None:
        own = FigureRef("derived", part.derived.code, ref.region, ref.nuts, year)
        try:
            inner = figure(own)
        except FigureNotFound:
            return Part(name, None, "", 1)
        return Part(name, inner.value, inner.unit, inner.decimals, own, _("derived, see there"))
    indicator = part.indicator
    assert indicator is not None
    version = indicator.dataset.current
    if version is None:
        return Part(name, None, indicator.unit, indicator.decimals)
    version.dataset = indicator.dataset
    activity = part.activity or indicator.activity
    cell = structure.cell(version, indicator, ref.region, ref.nuts, activity, year)
    own = FigureRef("observation", indicator.code, ref.region, ref.nuts, year, activity)
    return Part(
        name,
        cell.value if cell else None,
        indicator.unit,
        indicator.decimals,
        own if cell else None,
        _("%(publisher)s %(table)s, version %(number)s")
        % {
            "publisher": version.dataset.publisher_name,
            "table": version.dataset.code,
            "number": version.number,
        },
    )


def _coverage(found: Defined, table: DerivedTable, row: int, column: int) -> str:
    said = [
        _("%(known)s of %(all)s parts are known.")
        % {"known": int(table.result.parts_known[row, column]), "all": len(table.result.parts)}
    ]
    if table.result.components and found.version.minimum_parts:
        said.append(_("At least %(minimum)s are needed.") % {"minimum": found.version.minimum_parts})
    said.append(reason_in_words(table.reason(row, column)))
    said.append(missing_words(found, table.missing(row, column), table.years[row]))
    return " ".join(filter(None, said))


def drafts() -> Sequence[DerivedVersion]:
    """Definitions that are being written."""
    return (
        DerivedVersion.objects.filter(state=DerivedVersion.State.DRAFT)
        .select_related("derived__owner", "written_by")
        .order_by("derived__code")
    )


def withdrawn() -> list[DerivedVersion]:
    """The last definitions of indicators that nothing replaced."""
    found = DerivedVersion.objects.filter(
        state=DerivedVersion.State.WITHDRAWN, derived__current__isnull=True
    ).select_related("derived")
    newest: dict[str, DerivedVersion] = {}
    for version in found.order_by("derived__code", "number"):
        newest[version.code] = version
    return list(newest.values())


def derived_indicator(code: str) -> DerivedIndicator | None:
    return DerivedIndicator.objects.select_related("owner", "current").filter(code=code).first()


def _language() -> str:
    return get_language() or "en"
