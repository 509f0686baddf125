"""The columns of the table of likeness: each variable for all regions, each figure with its year.

A column has a common year, the newest with figures for half as many regions as ever have one. A region without a figure of that year
stands with its newest one, if that is no older than the variable's window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from clusterpolisee.evidence import structure
from clusterpolisee.evidence.figure_refs import FigureRef
from clusterpolisee.evidence.indicator_figures import IndicatorFigures
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.similar.weightings import Variable
from clusterpolisee.regions.types import KINDS_OF, TypeKind

SETTLEMENT = {kind.value: float(place) for place, kind in enumerate(KINDS_OF[TypeKind.SETTLEMENT])}


@dataclass(frozen=True, eq=False)
class Column:
    """One variable. years: of each region, 0 where there is no figure; year: the common one, 0 for a type.

    figures is None for the type of a region, which no table of figures has.
    """

    variable: Variable
    figures: IndicatorFigures | None
    values: np.ma.MaskedArray = field(repr=False)
    years: tuple[int, ...]
    year: int

    @property
    def key(self) -> str:
        return self.variable.key

    @property
    def dimension(self) -> str:
        return self.variable.dimension

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return self.figures.versions if self.figures else ()

    def value(self, row: int) -> float | None:
        found = self.values[row]
        return None if found is np.ma.masked else float(found)

    def ref(self, code: str, row: int, vintage: int) -> FigureRef | None:
        """The figure behind a cell; None for a type, and where there is none."""
        if self.figures is None or not self.years[row]:
            return None
        year, indicator = self.years[row], self.figures.indicator
        if self.variable.kind == "change":
            base = year - self.variable.years
            return FigureRef("growth", indicator.code, code, vintage, year, indicator.activity, base)
        return self.figures.ref(code, vintage, year, indicator.activity)


def column_of(
    variable: Variable, figures: IndicatorFigures, codes: Sequence[str], vintage: int
) -> Column | None:
    """The figures of a variable; None where no region has any."""
    many = figures.many(codes, vintage, figures.indicator.activity)
    known = {code: _known(variable, many, code) for code in codes}
    year = common_year(known)
    if year is None:
        return None
    kept = [_newest(known[code], year, variable.window) for code in codes]
    values = np.ma.masked_invalid([np.nan if one is None else one[1] for one in kept])
    return Column(variable, figures, values, tuple(0 if one is None else one[0] for one in kept), year)


def settlement_column(
    variable: Variable, codes: Sequence[str], types: Mapping[str, frozenset[str]]
) -> Column:
    """Town 0, between 1, country 2: those between are half-way from one to the other."""
    found = [
        next((SETTLEMENT[one] for one in types.get(code, ()) if one in SETTLEMENT), np.nan) for code in codes
    ]
    return Column(variable, None, np.ma.masked_invalid(found), (0,) * len(codes), 0)


def common_year(known: Mapping[str, Mapping[int, float]]) -> int | None:
    """The newest year that has at least half as many regions as the best one."""
    counts: dict[int, int] = {}
    for years in known.values():
        for year in years:
            counts[year] = counts.get(year, 0) + 1
    return max((year for year, count in counts.items() if 2 * count >= max(counts.values())), default=None)


def _newest(years: Mapping[int, float], common: int, window: int) -> tuple[int, float] | None:
    there = [year for year in years if common - window <= year <= common]
    return (max(there), years[max(there)]) if there else None


def _known(variable: Variable, many: structure.ManyRegions, code: str) -> dict[int, float]:
    """Year → figure of one region; a change only where no break lies between its ends."""
    series = many.series(code)
    levels = {year: cell.value for year, cell in series.pairs if cell.value is not None}
    if variable.kind != "change":
        return levels
    found = {}
    for year in levels:
        start = year - variable.years
        if many.comparable_span(code, start, year):
            change = structure.growth(levels.get(start), levels[year])
            if change is not None:
                found[year] = change
    return found
