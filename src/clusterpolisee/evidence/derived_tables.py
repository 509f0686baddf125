"""Derived indicators computed: from a definition and the dataset versions in use to figures of a whole level.

    DerivedVersion ──plan_of──▶ Plan (formula, and for each name the folder it is read from)
                     Plan ──table_of──▶ DerivedTable: values of all regions of a level in all years, with reasons

A plan holds everything the figures depend on and nothing else, so that it is the key they are kept by: a new dataset
version or a new definition is another plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.models import (
    DatasetVersion,
    DerivedIndicator,
    DerivedPart,
    DerivedVersion,
    Indicator,
)
from clusterpolisee.evidence.structure.series import Folder, of_level, same_territory
from regional_analytics import formulas
from regional_analytics.formulas import Grid, grid

# What a reader is told of a value that is missing, by the reason the library gives.
STATE_OF_REASON = {
    "known": "reported",
    "not_published": "not_published",
    "confidential": "confidential",
    "undefined": "not_applicable",
    "break": "not_applicable",
    "too_few_parts": "not_published",
}


class NotComputable(LookupError):
    """A part of the definition has no figures here; `code` names its table or indicator."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"“{code}” has no figures here yet.")


@dataclass(frozen=True)
class Reading:
    """One series of one dataset version."""

    folder: Folder
    series: str
    activity: str
    multiplier: float


@dataclass(frozen=True)
class Plan:
    """A formula with everything it reads."""

    formula: str
    weights: tuple[tuple[str, float], ...]
    minimum: int | None
    parts: tuple[tuple[str, Reading | Plan], ...]


@dataclass(frozen=True)
class DerivedTable:
    """All regions of a level in all years. Arrays are (years, regions); flags and estimated speak of what was read."""

    years: tuple[int, ...]
    regions: tuple[str, ...]
    result: formulas.Result
    flags: np.ndarray
    estimated: np.ndarray

    def place(self, region: str, year: int) -> tuple[int, int] | None:
        if region not in self.regions or year not in self.years:
            return None
        return self.years.index(year), self.regions.index(region)

    def value(self, row: int, column: int) -> float | None:
        number = float(self.result.value.values[row, column])
        return None if np.isnan(number) else number

    def reason(self, row: int, column: int) -> str:
        return formulas.REASONS[int(self.result.value.reasons[row, column])]

    def state(self, row: int, column: int) -> str:
        found = STATE_OF_REASON[self.reason(row, column)]
        return "estimated" if found == "reported" and self.estimated[row, column] else found

    @property
    def years_with_values(self) -> tuple[int, ...]:
        known = self.result.value.known.any(axis=1)
        return tuple(year for year, any_known in zip(self.years, known, strict=True) if any_known)


# From rows of the database to a plan ---------------------------------------------------------------------


def part_of(code: str) -> Indicator | DerivedIndicator | None:
    """What a name in a formula stands for: an indicator of a table, or a derived one that is published."""
    found = queries.indicator(code)
    if found is not None:
        return found
    return DerivedIndicator.objects.select_related("current").filter(code=code, current__isnull=False).first()


def plan_of(definition: DerivedVersion) -> tuple[Plan, tuple[DatasetVersion, ...]]:
    """How a stored definition is computed today, and the dataset versions that takes, each once.

    Raises NotComputable where a table behind it has not been loaded.
    """
    versions: dict[int, DatasetVersion] = {}
    parts = DerivedPart.objects.filter(version=definition).select_related(
        "indicator__dataset__current", "derived__current"
    )
    return _plan(definition, list(parts), versions), tuple(versions.values())


def plan_of_draft(
    definition: DerivedVersion, parts: list[DerivedPart]
) -> tuple[Plan, tuple[DatasetVersion, ...]]:
    """The same for a definition that is not stored yet."""
    versions: dict[int, DatasetVersion] = {}
    return _plan(definition, parts, versions), tuple(versions.values())


def _plan(definition: DerivedVersion, parts: list[DerivedPart], versions: dict[int, DatasetVersion]) -> Plan:
    return Plan(
        formula=definition.formula,
        weights=tuple(sorted((name, float(weight)) for name, weight in definition.weights.items())),
        minimum=definition.minimum_parts,
        parts=tuple((part.key, _source(part, versions)) for part in parts),
    )


def _source(part: DerivedPart, versions: dict[int, DatasetVersion]) -> Reading | Plan:
    if part.derived is not None:
        if part.derived.current is None:
            raise NotComputable(part.derived.code)
        plan, further = plan_of(part.derived.current)
        versions.update({version.pk: version for version in further})
        return plan
    assert part.indicator is not None
    table = part.indicator.dataset
    if table.current is None:
        raise NotComputable(table.code)
    table.current.dataset = table
    versions.setdefault(table.current.pk, table.current)
    return Reading(
        Folder(table.current),
        part.indicator.series,
        part.activity or part.indicator.activity,
        table.multiplier,
    )


# From a plan to figures ----------------------------------------------------------------------------------


@lru_cache(maxsize=128)
def table_of(plan: Plan, level: int, nuts: int) -> DerivedTable:
    """Every region of a level in every year, on the territory the regions have in a NUTS vintage."""
    parts = {key: _figures(source, level, nuts) for key, source in plan.parts}
    years = tuple(sorted({year for one in parts.values() for year in one.years}))
    regions = tuple(sorted({code for one in parts.values() for code in one.regions}))
    laid = {key: _laid_out(one, years, regions) for key, one in parts.items()}
    formula = formulas.parse(plan.formula)
    result = formulas.evaluate(
        formula,
        {key: one.grid for key, one in laid.items()},
        years,
        weights=dict(plan.weights),
        minimum=plan.minimum,
    )
    flags, estimated = _remarks(formula, laid, years, regions)
    return DerivedTable(years, regions, result, flags, estimated)


@dataclass(frozen=True)
class _Figures:
    """One part: a grid with its labels, its flags and what is estimated in it."""

    years: tuple[int, ...]
    regions: tuple[str, ...]
    grid: Grid
    flags: np.ndarray
    estimated: np.ndarray


def _figures(source: Reading | Plan, level: int, nuts: int) -> _Figures:
    if isinstance(source, Reading):
        return _read(source, level, nuts)
    table = table_of(source, level, nuts)
    return _Figures(table.years, table.regions, table.result.value, table.flags, table.estimated)


@lru_cache(maxsize=64)
def _read(reading: Reading, level: int, nuts: int) -> _Figures:
    rows = store.observations(reading.folder, series=[reading.series], activities=[reading.activity])
    rows = of_level(rows, level)
    pairs = rows.select("region", "nuts").unique()
    same = [same_territory(region, own, nuts) for region, own in pairs.iter_rows()]
    rows = rows.join(pairs.filter(pl.Series(same, dtype=pl.Boolean)), on=["region", "nuts"], how="semi")
    rows = rows.sort("nuts").unique(["region", "year"], keep="last", maintain_order=True)
    years, regions = tuple(sorted(rows["year"].unique())), tuple(sorted(rows["region"].unique()))
    shape = (len(years), len(regions))
    at = {year: row for row, year in enumerate(years)}, {code: column for column, code in enumerate(regions)}
    values, flags = np.full(shape, np.nan), np.full(shape, "", dtype="<U16")
    secret, estimated = np.zeros(shape, bool), np.zeros(shape, bool)
    for region, year, value, state, flag in rows.select(
        "region", "year", "value", "state", "flag"
    ).iter_rows():
        cell = at[0][year], at[1][region]
        if value is not None:
            values[cell] = round(value * reading.multiplier, 6) if reading.multiplier != 1 else value
        flags[cell], secret[cell], estimated[cell] = flag, state == "confidential", state == "estimated"
    breaks = np.char.find(flags, "b") >= 0 if flags.size else np.zeros(shape, bool)
    return _Figures(years, regions, grid(values, breaks=breaks, confidential=secret), flags, estimated)


def _laid_out(one: _Figures, years: tuple[int, ...], regions: tuple[str, ...]) -> _Figures:
    """The same figures among all years and regions of the formula; what a part lacks is not published."""
    shape = (len(years), len(regions))
    rows = np.array([years.index(year) for year in one.years], dtype=int)
    where = np.ix_(rows, np.array([regions.index(code) for code in one.regions], dtype=int))
    not_published = formulas.REASONS.index("not_published")
    values, reasons = np.full(shape, np.nan), np.full(shape, not_published, np.uint8)
    breaks, estimated = np.zeros(shape, bool), np.zeros(shape, bool)
    flags = np.full(shape, "", dtype="<U16")
    for whole, part in (
        (values, one.grid.values),
        (reasons, one.grid.reasons),
        (breaks, one.grid.breaks),
        (flags, one.flags),
        (estimated, one.estimated),
    ):
        whole[where] = part
    return _Figures(years, regions, Grid(values, reasons, breaks), flags, estimated)


def _remarks(
    formula: formulas.Formula, parts: Mapping[str, _Figures], years: tuple[int, ...], regions: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """The flags of every cell a value was made of, together; and whether one of them was an estimate."""
    shape = (len(years), len(regions))
    flags, estimated = np.full(shape, "", dtype="<U16"), np.zeros(shape, bool)
    rows = {year: row for row, year in enumerate(years)}
    for row, year in enumerate(years):
        cells = [(key, rows[read]) for key, read in formulas.readings(formula, year) if read in rows]
        estimated[row] = np.logical_or.reduce([parts[key].estimated[at] for key, at in cells])
        letters = [parts[key].flags[at] for key, at in cells]
        flags[row] = ["".join(sorted(set("".join(column)))) for column in zip(*letters, strict=True)]
    return flags, estimated
