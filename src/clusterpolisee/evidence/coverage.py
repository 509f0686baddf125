"""How full a dataset is: regions by year, by country or one by one. No figure is not a zero, and no cell is neither."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region

RAMP = 6


@dataclass(frozen=True)
class CoverageCell:
    """One year of one row: how many of how many have a figure. state: why none has, where none has."""

    year: int
    known: int
    of: int
    state: str = ""

    @property
    def step(self) -> int:
        """1 to 6 on the ramp of quantities; 0 where there is no figure at all."""
        return 0 if not self.known or not self.of else max(1, round(RAMP * self.known / self.of))


@dataclass(frozen=True)
class CoverageRow:
    """A country with all its regions of a level, or one region with all its cells."""

    code: str
    name: str
    is_country: bool
    cells: tuple[CoverageCell, ...]

    @property
    def is_empty(self) -> bool:
        return not any(cell.known for cell in self.cells)


@dataclass(frozen=True)
class CoverageMap:
    """A version seen from above, in the NUTS vintage it is coded in."""

    level: int
    levels: tuple[int, ...]
    country: str
    vintage: int
    years: tuple[int, ...]
    rows: tuple[CoverageRow, ...]

    @property
    def known(self) -> int:
        return sum(cell.known for row in self.rows for cell in row.cells)

    @property
    def all(self) -> int:
        return sum(cell.of for row in self.rows for cell in row.cells)


def coverage_map(
    version: DatasetVersion, language: str, *, level: int | None = None, country: str = ""
) -> CoverageMap:
    """Countries by year; with a country, its regions by year."""
    counted = _counted(version.folder, version.nuts_declared)
    levels = tuple(sorted({len(code) - 2 for code in counted["region"].unique() if 2 <= len(code) <= 5}))
    # The level that most tables are about, else the finest there is.
    chosen = level if level in levels else 2 if 2 in levels else max(levels, default=0)
    years = tuple(sorted(counted["year"].unique().to_list()))
    found = {
        (region, year): (known, cells, secret) for region, year, known, cells, secret in counted.iter_rows()
    }
    places = regions.regions_of(country or None, chosen, version.nuts_declared)
    by_country: dict[str, list[Region]] = {}
    for place in places:
        by_country.setdefault(place.country, []).append(place)
    if country:
        rows = tuple(_region_row(place, years, found, language) for place in places)
    else:
        names = {place.code: place.name(language) for place in regions.countries()}
        rows = tuple(
            _country_row(code, names.get(code, code), inside, years, found)
            for code, inside in by_country.items()
        )
    return CoverageMap(chosen, levels, country, version.nuts_declared, years, rows)


Found = dict[tuple[str, int], tuple[int, int, int]]


def _country_row(
    code: str, name: str, inside: list[Region], years: tuple[int, ...], found: Found
) -> CoverageRow:
    cells = tuple(
        CoverageCell(
            year, sum(found.get((place.code, year), (0, 0, 0))[0] > 0 for place in inside), len(inside)
        )
        for year in years
    )
    return CoverageRow(code, name, True, cells)


def _region_row(place: Region, years: tuple[int, ...], found: Found, language: str) -> CoverageRow:
    cells = []
    for year in years:
        known, of, secret = found.get((place.code, year), (0, 0, 0))
        state = "" if known else "confidential" if secret else "not_published" if of else "absent"
        cells.append(CoverageCell(year, known, of, state))
    return CoverageRow(place.code, place.name(language), False, tuple(cells))


@lru_cache(maxsize=16)
def _counted(folder: str, vintage: int) -> pl.DataFrame:
    """region, year, cells with a figure, cells, confidential cells. A version never changes, so it is counted once."""
    return (
        pl.scan_parquet(store.root() / folder / store.OBSERVATIONS, glob=False)
        .filter(pl.col("nuts") == vintage)
        .group_by("region", "year")
        .agg(known=pl.col("value").count(), cells=pl.len(), secret=(pl.col("state") == "confidential").sum())
        .collect()
    )
