"""Derived indicators computed: from a plan to figures of a whole level.

Plan ──table_of──▶ DerivedTable: values of all regions of a level in all years, with reasons
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from clusterpolisee.evidence import store
from clusterpolisee.evidence.derived_plans import Plan, Reading
from clusterpolisee.evidence.structure.series import of_level, same_territory
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


@dataclass(frozen=True)
class DerivedTable:
    """All regions of a level in all years. Arrays are (years, regions); flags and estimated speak of what was read.

    Flag b stands only where the values themselves start anew: a change read from an earlier year is no new break.
    """

    formula: formulas.Formula
    years: tuple[int, ...]
    regions: tuple[str, ...]
    read: Mapping[str, Grid]
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

    def missing(self, row: int, column: int) -> tuple[tuple[str, int, str], ...]:
        """What is unknown behind a value: (name, year, reason) for each part of a composite, else each cell read."""
        year = self.years[row]
        if self.result.components:
            cells = [(name, year, one, row) for name, one in self.result.components.items()]
        else:
            found = formulas.readings(self.formula, year)
            rows = {at: place for place, at in enumerate(self.years)}
            cells = [(key, at, self.read[key], rows.get(at, -1)) for key, at in found]
        return tuple(
            (name, at, "not_published" if place < 0 else formulas.REASONS[int(one.reasons[place, column])])
            for name, at, one, place in cells
            if place < 0 or not one.known[place, column]
        )

    @property
    def years_with_values(self) -> tuple[int, ...]:
        known = self.result.value.known.any(axis=1)
        return tuple(year for year, any_known in zip(self.years, known, strict=True) if any_known)


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
    flags = np.where(result.value.breaks, np.char.add("b", flags), flags)
    read = {key: one.grid for key, one in laid.items()}
    return DerivedTable(formula, years, regions, read, result, flags, estimated)


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
    """The flags of every cell a value was made of but b, together; and whether one of them was an estimate."""
    shape = (len(years), len(regions))
    flags, estimated = np.full(shape, "", dtype="<U16"), np.zeros(shape, bool)
    rows = {year: row for row, year in enumerate(years)}
    for row, year in enumerate(years):
        cells = [(key, rows[read]) for key, read in formulas.readings(formula, year) if read in rows]
        estimated[row] = np.logical_or.reduce([parts[key].estimated[at] for key, at in cells])
        letters = [parts[key].flags[at] for key, at in cells]
        flags[row] = ["".join(sorted(set("".join(column)) - {"b"})) for column in zip(*letters, strict=True)]
    return flags, estimated
