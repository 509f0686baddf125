"""One region and activity over the years of a table, on the land the region has today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from regional_analytics.codes import nuts

WHOLE = "TOTAL"


@dataclass(frozen=True)
class Cell:
    """One observation in plain units (persons, not thousands)."""

    value: float | None
    state: str
    flag: str


@dataclass(frozen=True)
class Series:
    """One region and activity over the years of a table, gaps included."""

    years: tuple[int, ...]
    cells: tuple[Cell, ...]

    @property
    def pairs(self) -> list[tuple[int, Cell]]:
        """Year and cell, in order."""
        return list(zip(self.years, self.cells, strict=True))

    @property
    def values(self) -> np.ndarray:
        return np.array([np.nan if cell.value is None else cell.value for cell in self.cells])

    @property
    def breaks(self) -> np.ndarray:
        return np.array(["b" in cell.flag for cell in self.cells], dtype=bool)

    def at(self, year: int) -> Cell | None:
        return self.cells[self.years.index(year)] if year in self.years else None

    @property
    def latest(self) -> tuple[int, Cell] | None:
        """The newest year with a value."""
        known = [
            (year, cell) for year, cell in zip(self.years, self.cells, strict=True) if cell.value is not None
        ]
        return known[-1] if known else None


def same_territory(code: str, one: int, other: int) -> bool:
    """Does the code mean the same land in both NUTS vintages? Codes outside NUTS do not change."""
    return one == other or _same_territory(code, one, other)


@lru_cache(maxsize=8192)
def _same_territory(code: str, one: int, other: int) -> bool:
    if not (nuts.exists(code, one) and nuts.exists(code, other)):
        return False
    return not nuts.boundaries_changed(code, one, other)


@lru_cache(maxsize=256)
def region_rows(folder: Folder, series: str, region: str) -> pl.DataFrame:
    return store.observations(folder, regions=[region], series=[series])


class Folder:
    """A version as the store needs it, comparable so that it can be part of a cache key."""

    def __init__(self, version: DatasetVersion) -> None:
        self.folder = version.folder

    def __repr__(self) -> str:
        return self.folder

    def __hash__(self) -> int:
        return hash(self.folder)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folder) and other.folder == self.folder


def series_of(
    version: DatasetVersion, indicator: Indicator, region: str, nuts_vintage: int, activity: str
) -> Series:
    """All years of one region and activity, on the territory the region has in the vintage asked for."""
    rows = region_rows(Folder(version), indicator.series, region)
    return _series_in(rows, indicator, region, nuts_vintage, activity)


def series_of_regions(
    version: DatasetVersion, indicator: Indicator, regions: Sequence[str], nuts_vintage: int, activity: str
) -> dict[str, Series]:
    """The series of several regions, read at once; a region the table does not have has an empty one."""
    rows = store.observations(
        Folder(version), regions=regions, series=[indicator.series], activities=[activity]
    )
    parts = {part["region"][0]: part for part in rows.partition_by("region")}
    nothing = rows.clear()
    return {
        region: _series_in(parts.get(region, nothing), indicator, region, nuts_vintage, activity)
        for region in regions
    }


def _series_in(
    rows: pl.DataFrame, indicator: Indicator, region: str, nuts_vintage: int, activity: str
) -> Series:
    rows = rows.filter(pl.col("activity") == activity)
    kept = [
        row
        for row in rows.select("nuts", "year", "value", "state", "flag").iter_rows()
        if same_territory(region, row[0], nuts_vintage)
    ]
    kept.sort(key=lambda row: row[1])
    factor = indicator.dataset.multiplier
    cells = tuple(Cell(_plain(value, factor), state, flag) for _, _, value, state, flag in kept)
    return Series(tuple(row[1] for row in kept), cells)


def cell(
    version: DatasetVersion, indicator: Indicator, region: str, nuts_vintage: int, activity: str, year: int
) -> Cell | None:
    return series_of(version, indicator, region, nuts_vintage, activity).at(year)


def has_region(version: DatasetVersion, indicator: Indicator, region: str, nuts_vintage: int) -> bool:
    """Whether the table has any row of this very land."""
    vintages = region_rows(Folder(version), indicator.series, region)["nuts"].unique().to_list()
    return any(same_territory(region, vintage, nuts_vintage) for vintage in vintages)


def _plain(value: float | None, factor: float) -> float | None:
    """Thousands become persons; the ninth digit of the product is noise of binary fractions, not information."""
    return None if value is None else round(value * factor, 6) if factor != 1 else value


def of_level(rows: pl.DataFrame, level: int) -> pl.DataFrame:
    return rows.filter(
        (pl.col("region").str.len_chars() == level + 2)
        & ~pl.col("region").map_elements(_is_not_a_place, return_dtype=pl.Boolean)
    )


@lru_cache(maxsize=8192)
def _is_not_a_place(code: str) -> bool:
    return nuts.is_extra_regio(code) or nuts.is_aggregate(code)
