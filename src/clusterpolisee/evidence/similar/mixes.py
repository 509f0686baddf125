"""Jobs by activity of all regions, and how unlike their mixes are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from clusterpolisee.evidence import structure
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.similar.weightings import Mix
from regional_analytics import measures

LEVEL = 2


@dataclass(frozen=True, eq=False)
class MixTable:
    """One table of jobs. Rows are the regions of the table of likeness, masked where they are not published.

    distance   (regions, regions), the part of the jobs that would have to be in another activity
    years      of each region, 0 where nothing is known
    nuts       the vintage the figures are coded in
    """

    mix: Mix
    indicator: Indicator
    version: DatasetVersion
    activities: tuple[str, ...]
    jobs: np.ma.MaskedArray = field(repr=False)
    distance: np.ma.MaskedArray = field(repr=False)
    years: tuple[int, ...]
    year: int
    nuts: int

    @property
    def key(self) -> str:
        return self.mix.key

    @property
    def dimension(self) -> str:
        return self.mix.dimension

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return (self.version,)

    def apart(self, row: int, other: int, most: int) -> list[tuple[str, float, float]]:
        """The activities in which two mixes differ most: code, share of one, share of the other."""
        known = ~(np.ma.getmaskarray(self.jobs)[row] | np.ma.getmaskarray(self.jobs)[other])
        here = np.where(known, self.jobs[row].filled(0.0), 0.0)
        there = np.where(known, self.jobs[other].filled(0.0), 0.0)
        if not here.sum() or not there.sum():
            return []
        p, q = here / here.sum(), there / there.sum()
        order = np.argsort(-np.abs(p - q), kind="stable")[:most]
        return [(self.activities[at], float(p[at]), float(q[at])) for at in order if p[at] != q[at]]

    def known(self, row: int) -> int:
        """How many activities of a region are published."""
        return int(self.jobs[row].count())


def mix_table(mix: Mix, indicator: Indicator, codes: Sequence[str], vintage: int) -> MixTable | None:
    """None where the table is not loaded or has none of the regions."""
    version = indicator.dataset.current
    if version is None or not version.years:
        return None
    version.dataset = indicator.dataset
    found = _divisions(mix, indicator, version, codes, vintage) or _branches(
        mix, indicator, version, codes, vintage
    )
    return found if found is not None and found.jobs.count() else None


def _divisions(
    mix: Mix, indicator: Indicator, version: DatasetVersion, codes: Sequence[str], vintage: int
) -> MixTable | None:
    """Where the table has NACE divisions: those of the newest year, as the region page shows them."""
    year = max(version.years)
    table = structure.specialisation(version, indicator, year, level=LEVEL)
    if table is None or len(table.activities) < 2:
        return None
    jobs = np.ma.masked_all((len(codes), len(table.activities)))
    for row, code in enumerate(codes):
        if code in table.regions and structure.same_territory(code, table.nuts_vintage, vintage):
            jobs[row] = table.employment[table.regions.index(code)]
    return _made(mix, indicator, version, table.activities, jobs, [year] * len(codes), table.nuts_vintage)


def _branches(
    mix: Mix, indicator: Indicator, version: DatasetVersion, codes: Sequence[str], vintage: int
) -> MixTable | None:
    """Where it has groups of activities: those of the newest year that most regions have, or of one in the window."""
    activities = structure.activities_of(version, indicator)
    many = [structure.many_regions(version, indicator, one, codes, vintage) for one in activities]
    known = {
        code: {
            year: sum(
                (cell := one.series(code).at(year)) is not None and cell.value is not None for one in many
            )
            for year in version.years
        }
        for code in codes
    }
    year = newest_full_year(known)
    if year is None or len(activities) < 2:
        return None
    jobs = np.ma.masked_all((len(codes), len(activities)))
    years = [0] * len(codes)
    for row, code in enumerate(codes):
        window = range(year, year - mix.window - 1, -1)
        years[row] = max(window, key=lambda one: known[code].get(one, 0))
        for column, one in enumerate(many):
            cell = one.series(code).at(years[row])
            if cell is not None and cell.value is not None:
                jobs[row, column] = cell.value
    return _made(mix, indicator, version, activities, jobs, years, vintage)


def newest_full_year(known: dict[str, dict[int, int]]) -> int | None:
    """The newest year in which at least half as much is published as in the best one."""
    totals: dict[int, int] = {}
    for years in known.values():
        for year, count in years.items():
            totals[year] = totals.get(year, 0) + count
    most = max(totals.values(), default=0)
    return max((year for year, total in totals.items() if most and 2 * total >= most), default=None)


def _made(
    mix: Mix,
    indicator: Indicator,
    version: DatasetVersion,
    activities: Sequence[str],
    jobs: np.ma.MaskedArray,
    years: Sequence[int],
    nuts: int,
) -> MixTable:
    there = ~np.ma.getmaskarray(jobs).all(axis=1)
    return MixTable(
        mix=mix,
        indicator=indicator,
        version=version,
        activities=tuple(activities),
        jobs=jobs,
        distance=measures.mix_distance(jobs),
        years=tuple(year if known else 0 for year, known in zip(years, there, strict=True)),
        year=max(years),
        nuts=nuts,
    )
