"""How the region does in what can be changed, among those it is like: one indicator after the other, all of the group in one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusterpolisee.evidence import structure
from clusterpolisee.evidence.figure_refs import FigureRef
from clusterpolisee.evidence.indicator_figures import IndicatorFigures
from clusterpolisee.evidence.models import DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.similar.columns import common_year
from clusterpolisee.regions.models import Region
from regional_analytics import measures

NOTHING = structure.Cell(None, "not_published", "")
LEADERS = 2


@dataclass(frozen=True)
class Member:
    """One region of the group in one indicator."""

    region: Region
    cell: structure.Cell
    ref: FigureRef


@dataclass(frozen=True)
class Performance:
    """One indicator over the group, the region first. What needs its own value is None where that is unknown.

    gap   above 0 is better than the median, in the unit of the indicator
    """

    figures: IndicatorFigures
    year: int
    members: tuple[Member, ...]
    rank: int | None
    known: int
    unknown: int
    lower_quartile: float
    median: float
    upper_quartile: float
    gap: float | None
    leaders: tuple[Member, ...]

    @property
    def indicator(self) -> Indicator | DerivedVersion:
        return self.figures.indicator

    @property
    def own(self) -> Member:
        return self.members[0]

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return self.figures.versions

    @property
    def lowest_is_best(self) -> bool:
        return self.indicator.direction < 0

    @property
    def is_leader(self) -> bool:
        return self.rank == 1


def performance(figures: IndicatorFigures, group: Sequence[Region], vintage: int) -> Performance | None:
    """None where fewer than two of the group have a figure in any year.

    The year is the newest one that the region and at least half as many of the group as ever have; where the region has none,
    that of the others.
    """
    activity = figures.indicator.activity
    many = figures.many([place.code for place in group], vintage, activity)
    levels = {
        place.code: {
            year: cell.value for year, cell in many.series(place.code).pairs if cell.value is not None
        }
        for place in group
    }
    own = levels[group[0].code]
    together = {
        code: {year: value for year, value in of.items() if year in own} for code, of in levels.items()
    }
    year = common_year(together) or common_year(levels)
    if year is None:
        return None
    cells = [many.at(year).get(place.code, NOTHING) for place in group]
    values = np.ma.masked_invalid([[np.nan if cell.value is None else cell.value] for cell in cells])
    if values.count() < 2:
        return None
    best = "lowest" if figures.indicator.direction < 0 else "highest"
    found = measures.peer_performance(values, 0, range(1, len(group)), best=best, top=LEADERS)  # type: ignore[arg-type]
    members = tuple(
        Member(place, cell, figures.ref(place.code, vintage, year, activity))
        for place, cell in zip(group, cells, strict=True)
    )
    is_known = found.rank[0] is not np.ma.masked
    return Performance(
        figures=figures,
        year=year,
        members=members,
        rank=int(found.rank[0]) if is_known else None,
        known=int(found.known[0]),
        unknown=int(found.unknown[0]),
        lower_quartile=float(found.lower_quartile[0]),
        median=float(found.median[0]),
        upper_quartile=float(found.upper_quartile[0]),
        gap=float(found.gap_to_median[0]) if is_known else None,
        leaders=tuple(members[at] for at in found.best_performers[0].compressed().tolist()),
    )
