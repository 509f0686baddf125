"""Derived indicators as others ask for them: what is published, its values, its figures.

    from clusterpolisee.evidence import derived
    derived.values("gdp_per_person_employed", year=2015, level=2)     # every region of the level, masked, with coverage

The way of the data: `models/derived.py` keeps definitions → `derived_tables.py` computes a level from the dataset
versions in use → here a value becomes a figure with its parts → `figure_cards.py` shows it, `citing.py` freezes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import structure
from clusterpolisee.evidence.derived_tables import DerivedTable, NotComputable, plan_of, table_of
from clusterpolisee.evidence.derived_words import in_words, reason_in_words
from clusterpolisee.evidence.figures import Figure, FigureNotFound, FigureRef, Part
from clusterpolisee.evidence.models import DatasetVersion, DerivedIndicator, DerivedPart, DerivedVersion
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.languages import format_number
from regional_analytics import formulas


@dataclass(frozen=True)
class DerivedValues:
    """One derived indicator in one year, for every region of a level that any of its tables knows.

    values        masked where unknown; `states` says why, region by region
    parts_known   how many of `parts` are known of each region
    versions      the dataset versions it was computed from
    """

    definition: DerivedVersion
    year: int
    years: tuple[int, ...]
    regions: tuple[str, ...]
    values: np.ma.MaskedArray
    states: tuple[str, ...]
    flags: tuple[str, ...]
    parts: tuple[str, ...]
    parts_known: np.ndarray
    versions: tuple[DatasetVersion, ...]

    def at(self, region: str) -> tuple[float | None, str]:
        """Value and state of one region; what no table knows is not published."""
        if region not in self.regions:
            return None, "not_published"
        column = self.regions.index(region)
        value = self.values[column]
        return (None if value is np.ma.masked else float(value)), self.states[column]

    def ref(self, region: str, nuts: int | None = None) -> FigureRef:
        return FigureRef(
            "derived", self.definition.code, region, nuts or regions.current_vintage(), self.year
        )


def published() -> list[DerivedVersion]:
    """Every published definition, by its code."""
    found = DerivedVersion.objects.filter(state=DerivedVersion.State.PUBLISHED).select_related("derived")
    return list(found.order_by("derived__code"))


def definition(code: str) -> DerivedVersion | None:
    """The published definition with this code."""
    return (
        DerivedVersion.objects.filter(derived__code=code, state=DerivedVersion.State.PUBLISHED)
        .select_related("derived")
        .first()
    )


def values(
    code: str, year: int | None = None, level: int = 2, *, nuts: int | None = None
) -> DerivedValues | None:
    """All regions of a NUTS level in a year; without one, in the newest year with half as many values as the best.

    None where there is no such published indicator, a table behind it is not loaded, or no year has a value.
    """
    found = definition(code)
    if found is None:
        return None
    try:
        plan, versions = plan_of(found)
    except NotComputable:
        return None
    table = table_of(plan, level, nuts or regions.current_vintage())
    years = table.years_with_values
    chosen = year if year is not None else well_known_year(table)
    if chosen is None or chosen not in table.years:
        return None
    row = table.years.index(chosen)
    return DerivedValues(
        definition=found,
        year=chosen,
        years=years,
        regions=table.regions,
        values=table.result.value.masked[row],
        states=tuple(table.state(row, column) for column in range(len(table.regions))),
        flags=tuple(str(flag) for flag in table.flags[row]),
        parts=table.result.parts,
        parts_known=table.result.parts_known[row],
        versions=versions,
    )


def well_known_year(table: DerivedTable) -> int | None:
    """The newest year that is not only a few early figures."""
    counts = table.result.value.known.sum(axis=1)
    good = [
        year for year, count in zip(table.years, counts, strict=True) if count and 2 * count >= counts.max()
    ]
    return max(good, default=None)


def series_of(code: str, region: str, *, nuts: int | None = None) -> list[tuple[int, float | None, str]]:
    """All years of one region: (year, value, state)."""
    found = definition(code)
    if found is None:
        return []
    try:
        plan, _versions = plan_of(found)
    except NotComputable:
        return []
    table = table_of(plan, len(region) - 2, nuts or regions.current_vintage())
    if region not in table.regions:
        return []
    column = table.regions.index(region)
    return [
        (year, table.value(row, column), table.state(row, column)) for row, year in enumerate(table.years)
    ]


def ref_of(code: str, region: str, year: int, *, nuts: int | None = None) -> FigureRef:
    """The address of one value."""
    return FigureRef("derived", code, region, nuts or regions.current_vintage(), year)


# Figures -------------------------------------------------------------------------------------------------


def figure(ref: FigureRef) -> Figure:
    """One value with its parts, each with its own source. Raises FigureNotFound with a sentence."""
    found = definition(ref.indicator)
    if found is None:
        raise FigureNotFound(_("There is no indicator “%(code)s”.") % {"code": ref.indicator})
    try:
        plan, versions = plan_of(found)
    except NotComputable as missing:
        raise FigureNotFound(
            _("The table %(code)s has not been loaded yet. An analyst can import it.")
            % {"code": missing.code}
        ) from missing
    table = table_of(plan, len(ref.region) - 2, ref.nuts)
    place = table.place(ref.region, ref.year)
    if place is None:
        raise FigureNotFound(
            _("“%(indicator)s” has no value for %(region)s, %(year)s: none of its tables has this cell.")
            % {"indicator": found.name, "region": ref.region, "year": ref.year}
        )
    row, column = place
    value = table.value(row, column)
    return Figure(
        ref=ref,
        value=value,
        state=table.state(row, column),
        flag=str(table.flags[row, column]),
        unit=found.unit,
        decimals=found.decimals,
        version=versions[0],
        indicator=found,
        parts=tuple(_parts(found, table, ref, row, column)),
        coverage=_coverage(found, table, row, column),
        details=_details(found, ref.year),
        further_versions=versions[1:],
    )


def _details(found: DerivedVersion, year: int) -> dict[str, Any]:
    """What a citation keeps besides the numbers."""
    spoken = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            spoken[language] = words_of(found, year)
    return {
        "formula": found.formula,
        "words": spoken,
        "weights": found.weights,
        "weights_name": " ".join(filter(None, [found.weights_name, found.weights_version])),
        "minimum_parts": found.minimum_parts,
    }


def words_of(found: DerivedVersion, year: int | None = None) -> str:
    """The formula in words, each indicator with its table and year."""
    parts = {part.key: part for part in parts_of(found)}

    def name_of(key: str, at: int | None) -> str:
        part = parts.get(key)
        if part is None:
            return key
        source = ", ".join(filter(None, [_source_code(part), str(at) if at else ""]))
        return f"{name_of_part(part)} ({source})" if source else name_of_part(part)

    return in_words(found.formula, name_of, year=year, weights=found.weights)


def parts_of(found: DerivedVersion) -> list[DerivedPart]:
    return list(found.parts.select_related("indicator__dataset__current", "derived__current__derived"))


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


def _parts(found: DerivedVersion, table: DerivedTable, ref: FigureRef, row: int, column: int) -> list[Part]:
    """Each cell that was read, then each part of a composite on its common scale."""
    stored = {part.key: part for part in parts_of(found)}
    read = [
        _part(stored[key], ref, year)
        for key, year in formulas.readings(formulas.parse(found.formula), ref.year)
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


def _coverage(found: DerivedVersion, table: DerivedTable, row: int, column: int) -> str:
    said = [
        _("%(known)s of %(all)s parts are known.")
        % {"known": int(table.result.parts_known[row, column]), "all": len(table.result.parts)}
    ]
    if table.result.components and found.minimum_parts:
        said.append(_("At least %(minimum)s are needed.") % {"minimum": found.minimum_parts})
    said.append(reason_in_words(table.reason(row, column)))
    return " ".join(filter(None, said))


def drafts() -> Sequence[DerivedVersion]:
    """Definitions that are being written."""
    return (
        DerivedVersion.objects.filter(state=DerivedVersion.State.DRAFT)
        .select_related("derived__owner", "written_by")
        .order_by("derived__code")
    )


def derived_indicator(code: str) -> DerivedIndicator | None:
    return DerivedIndicator.objects.select_related("owner", "current").filter(code=code).first()


def _language() -> str:
    return get_language() or "en"
