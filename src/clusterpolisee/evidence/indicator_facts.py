"""What is known of an indicator over many regions: its rows in one year, their spread, who catches up. In no language yet.

figures of an indicator + selection → cells of many regions → rows, spread, catching up
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils.translation import get_language

from clusterpolisee.evidence import structure
from clusterpolisee.evidence.catching_up import CatchingUp, Mover, catching_up
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.indicator_figures import Cover, DerivedFigures, IndicatorFigures
from clusterpolisee.evidence.models import DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region

LEAD_ROWS = 10
MOVERS = 5


@dataclass(frozen=True)
class RankedRow:
    """One region in the year shown. rank is None where nothing was published; cover is told by derived indicators."""

    region: Region
    cell: structure.Cell
    rank: int | None
    span: tuple[int, int] | None
    change: float | None
    ref: FigureRef
    cover: Cover | None = None


@dataclass(frozen=True)
class Spread:
    """The regions shown, summed up for one year."""

    known: int
    all: int
    lowest: float
    quarter: float
    median: float
    three_quarters: float
    highest: float


class IndicatorFacts:
    """One indicator over the regions selected. Everything is computed when it is asked for, once."""

    def __init__(self, figures: IndicatorFigures, selection: Selection) -> None:
        self.figures = figures
        self.selection = selection
        self.vintage = regions.current_vintage()

    @property
    def indicator(self) -> Indicator | DerivedVersion:
        return self.figures.indicator

    @property
    def language(self) -> str:
        return get_language() or "en"

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return self.figures.versions

    @property
    def activity(self) -> str:
        """Which activity the rows are of: the indicator's own, else the whole economy."""
        own = self.indicator
        if own.activity or isinstance(own, DerivedVersion) or not own.dataset.activity_scheme:
            return own.activity
        return structure.WHOLE

    @cached_property
    def everywhere(self) -> structure.ManyRegions:
        codes = [place.code for place in self.selection.everywhere]
        return self.figures.many(codes, self.vintage, self.activity)

    @cached_property
    def shown(self) -> structure.ManyRegions:
        return self.everywhere.only(place.code for place in self.selection.shown)

    @cached_property
    def years(self) -> tuple[int, ...]:
        return self.everywhere.known_years(self.everywhere.regions)

    @cached_property
    def year(self) -> int | None:
        """The year asked for where it has figures; else the newest in which at least half as many regions as ever do."""
        if self.selection.year in self.years:
            return self.selection.year
        known = {
            year: sum(cell.value is not None for cell in self.everywhere.at(year).values())
            for year in self.years
        }
        full = [year for year, count in known.items() if 2 * count >= max(known.values())]
        return max(full) if full else None

    def ref(self, code: str, year: int | None = None) -> FigureRef:
        return self.figures.ref(code, self.vintage, year or self.year or 0, self.activity)

    # Rows

    @cached_property
    def rows(self) -> list[RankedRow]:
        """Best first (highest, or lowest where little is good); unknown regions last, by code."""
        cells = self.shown.at(self.year or 0)
        nothing = structure.Cell(None, "not_published", "")
        best = -1 if self.indicator.direction >= 0 else 1
        values = sorted(best * cell.value for cell in cells.values() if cell.value is not None)
        rows = []
        for place in self.selection.shown:
            cell = cells.get(place.code, nothing)
            span = self.shown.span_of(place.code) if self.figures.comparable.years else None
            rows.append(
                RankedRow(
                    region=place,
                    cell=cell,
                    rank=None if cell.value is None else 1 + values.index(best * cell.value),
                    span=span,
                    change=structure.change_over(
                        self.shown.series(place.code), span, in_points=self.indicator.counts_in_points
                    ),
                    ref=self.ref(place.code),
                    cover=self._cover(place.code),
                )
            )
        return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.region.code))

    def _cover(self, code: str) -> Cover | None:
        if not isinstance(self.figures, DerivedFigures) or self.year is None:
            return None
        return self.figures.cover_in_ranking(code, self.vintage, self.year)

    @property
    def known_rows(self) -> list[RankedRow]:
        return [row for row in self.rows if row.rank is not None]

    @property
    def lead_rows(self) -> list[RankedRow]:
        return self.known_rows[:LEAD_ROWS]

    @property
    def other_rows(self) -> list[RankedRow]:
        return self.rows[len(self.lead_rows) :]

    @cached_property
    def spread(self) -> Spread | None:
        values = [row.cell.value for row in self.rows if row.cell.value is not None]
        if not values:
            return None
        low, quarter, half, three_quarters, high = np.quantile(values, [0, 0.25, 0.5, 0.75, 1]).tolist()
        return Spread(len(values), len(self.rows), low, quarter, half, three_quarters, high)

    @cached_property
    def catching_up(self) -> CatchingUp | None:
        """Who comes nearer and who falls behind; None where levels say nothing or too few years can be compared."""
        if not self.figures.comparable.multiples or self.year is None:
            return None
        return catching_up(self.shown, self.year, self.indicator)

    @property
    def movers(self) -> list[tuple[Mover | None, Region | None]]:
        """The first five and the last five of those who moved, with a gap between where some are left out."""
        if self.catching_up is None:
            return []
        found: list[Mover | None] = list(self.catching_up.movers)
        if len(found) > 2 * MOVERS:
            found = [*found[:MOVERS], None, *found[-MOVERS:]]
        names = {place.code: place for place in self.selection.shown}
        return [(mover, names[mover.code] if mover else None) for mover in found]
