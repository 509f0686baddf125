"""The space of activities: who has what, how near activities are to each other, how complex they are.

The table is the one region pages take their quotients from, at NUTS 2, with the same countries to compare with; so “has” means
a quotient of at least 1 as the region page shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import polars as pl

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.structure import Specialisation, same_territory, specialisation
from clusterpolisee.evidence.structure.series import Folder
from clusterpolisee.regions.models import Region
from regional_analytics import measures, notes

EMPLOYMENT = "persons_employed"
ANCHOR = "gdp_per_inhabitant_pps"  # complex regions earn more: this tells which end of the scale is up
LEVEL = 2
THRESHOLD = 1.0


@dataclass(frozen=True, eq=False)
class Anchor:
    """What tells which end is complex: an indicator in a year, for as many of the regions as it has."""

    indicator: Indicator
    version: DatasetVersion
    year: int
    values: np.ma.MaskedArray

    @property
    def regions(self) -> int:
        return int(self.values.count())


@dataclass(frozen=True, eq=False)
class ActivitySpace:
    """One table in one year. Arrays are (regions, activities) or (activities, activities), in the order of the table.

    presence     masked where it is not published whether the region has the activity
    proximity    φ, from which density and outlook are made
    """

    version: DatasetVersion
    indicator: Indicator
    table: Specialisation
    anchor: Anchor | None
    presence: np.ma.MaskedArray
    proximity: np.ndarray
    complexity: measures.Complexity
    outlook: measures.Outlook
    notes: tuple[notes.Note, ...]

    @property
    def year(self) -> int:
        return self.table.year

    @property
    def regions(self) -> tuple[str, ...]:
        return self.table.regions

    @property
    def activities(self) -> tuple[str, ...]:
        return self.table.activities

    @property
    def versions(self) -> list[DatasetVersion]:
        """The tables it is made from."""
        return [self.version, *([self.anchor.version] if self.anchor else [])]

    @cached_property
    def made_from(self) -> str:
        """Names all figures the space is made from: what is kept of it is kept under this."""
        return " ".join([*(version.observations_sha256 for version in self.versions), str(self.year)])

    @cached_property
    def has(self) -> np.ndarray:
        """Presence with the unknown counted as absent, as every measure of whole matrices does."""
        return self.presence.filled(False)

    @cached_property
    def known(self) -> np.ndarray:
        return ~np.ma.getmaskarray(self.presence)

    def row(self, region: Region) -> int | None:
        """Where a region stands in the table; None where the table has it not, or with other borders."""
        if region.code not in self.regions:
            return None
        if not same_territory(region.code, self.table.nuts_vintage, region.vintage):
            return None
        row = self.regions.index(region.code)
        return row if self.known[row].any() else None

    def coverage(self, row: int) -> tuple[int, int]:
        """Of how many activities it is known whether the region has them, and of how many not."""
        known = int(self.known[row].sum())
        return known, len(self.activities)


def activity_space(year: int | None = None) -> ActivitySpace | None:
    """The space of a year of the table in use, the newest unless given; None where there is no table to make one from."""
    indicator = queries.indicators_by_code().get(EMPLOYMENT)
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None or not version.years:
        return None
    year = max(version.years) if year is None else year
    anchor = queries.indicators_by_code().get(ANCHOR)
    held = anchor.dataset.current if anchor else None
    return _space(
        Folder(version), _Plain(indicator), year, _Plain(anchor) if anchor and held else None, _folder(held)
    )


def other_years(space: ActivitySpace) -> list[int]:
    """Years before that of the space in the same table: with none, nothing can be tested by what came of it."""
    return sorted(year for year in space.version.years if year < space.year)


@dataclass(frozen=True)
class _Plain:
    """An indicator as a key that is equal for what the space depends on."""

    indicator: Indicator

    def __hash__(self) -> int:
        return hash((self.indicator.code, self.indicator.series))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Plain) and (self.indicator.code, self.indicator.series) == (
            other.indicator.code,
            other.indicator.series,
        )


def _folder(version: DatasetVersion | None) -> Folder | None:
    return Folder(version) if version else None


@lru_cache(maxsize=4)
def _space(
    folder: Folder, employment: _Plain, year: int, anchor: _Plain | None, anchored: Folder | None
) -> ActivitySpace | None:
    indicator = employment.indicator
    version = indicator.dataset.current
    assert version is not None
    table = specialisation(version, indicator, year, level=LEVEL)
    if table is None or min(table.employment.shape) < 2:
        return None
    held = _anchor(anchor.indicator, anchored, table) if anchor and anchored else None
    remarks = notes.Notes()
    presence = measures.presence(table.employment, threshold=THRESHOLD, area=table.area_shares, notes=remarks)
    complexity = measures.economic_complexity(presence, anchor=held.values if held else None, notes=remarks)
    return ActivitySpace(
        version=version,
        indicator=indicator,
        table=table,
        anchor=held,
        presence=presence,
        proximity=measures.proximity(presence),
        complexity=complexity,
        outlook=measures.outlook(presence, complexity.activities),
        notes=tuple(remarks),
    )


def _anchor(indicator: Indicator, folder: Folder, table: Specialisation) -> Anchor | None:
    """Values of the same year, or of the nearest before or after it."""
    version = indicator.dataset.current
    if version is None or not version.years:
        return None
    year = min(version.years, key=lambda one: (abs(one - table.year), one))
    rows = store.observations(folder, series=[indicator.series], years=[year])
    rows = rows.filter(pl.col("activity") == indicator.activity) if indicator.activity else rows
    found = {
        region: value
        for region, nuts, value in rows.select("region", "nuts", "value").iter_rows()
        if value is not None and same_territory(region, nuts, table.nuts_vintage)
    }
    values = np.ma.masked_invalid([found.get(code, np.nan) for code in table.regions])
    return Anchor(indicator, version, year, values) if values.count() > 2 else None
