"""Many regions at once: one indicator and activity, all years of a table, on the land the regions have in one vintage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polars as pl

from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.structure.change import unbroken_span
from clusterpolisee.evidence.structure.peers import whole_series
from clusterpolisee.evidence.structure.series import WHOLE, Cell, Folder, Series, same_territory
from regional_analytics.codes import nace


def activities_of(version: DatasetVersion, indicator: Indicator) -> tuple[str, ...]:
    """The activities a series is published for, without the whole and without those who gave no answer."""
    return _activities(Folder(version), indicator.series)


@lru_cache(maxsize=64)
def _activities(folder: Folder, series: str) -> tuple[str, ...]:
    codes = whole_series(folder, series)["activity"].unique().sort().to_list()
    return tuple(code for code in codes if code and code not in (WHOLE, nace.NO_ANSWER))


@dataclass(frozen=True)
class ManyRegions:
    """Cells by year and region. Where a table has no cell, the state is not_published and the value unknown."""

    years: tuple[int, ...]
    regions: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]  # [year][region]

    def at(self, year: int) -> dict[str, Cell]:
        """What the table has of one year."""
        if year not in self.years:
            return {}
        row = self.cells[self.years.index(year)]
        return {code: cell for code, cell in zip(self.regions, row, strict=True) if cell is not None}

    def series(self, code: str) -> Series:
        """All years of one region."""
        return self._series.get(code, Series((), ()))

    @cached_property
    def _series(self) -> dict[str, Series]:
        found = {}
        for place, code in enumerate(self.regions):
            kept = [
                (year, cell)
                for year, row in zip(self.years, self.cells, strict=True)
                if (cell := row[place]) is not None
            ]
            found[code] = Series(tuple(year for year, _cell in kept), tuple(cell for _year, cell in kept))
        return found

    def known_years(self, codes: Iterable[str]) -> tuple[int, ...]:
        """Years in which at least one of these regions has a figure."""
        wanted = set(codes)
        places = [place for place, code in enumerate(self.regions) if code in wanted]
        return tuple(
            year
            for year, row in zip(self.years, self.cells, strict=True)
            if any((cell := row[place]) is not None and cell.value is not None for place in places)
        )

    def only(self, codes: Iterable[str]) -> ManyRegions:
        """The same of some regions."""
        wanted = set(codes)
        places = [place for place, code in enumerate(self.regions) if code in wanted]
        return ManyRegions(
            self.years,
            tuple(self.regions[place] for place in places),
            tuple(tuple(row[place] for place in places) for row in self.cells),
        )

    def comparable_span(self, code: str, start: int, end: int) -> bool:
        """Whether a region has figures at both ends and no break between them."""
        series = self.series(code)
        first, last = series.at(start), series.at(end)
        if first is None or last is None or first.value is None or last.value is None:
            return False
        return not any(
            "b" in cell.flag and start < year <= end
            for year, cell in zip(series.years, series.cells, strict=True)
        )

    def span_of(self, code: str) -> tuple[int, int] | None:
        return unbroken_span(self.series(code))


def together(several: Iterable[ManyRegions]) -> ManyRegions:
    """Regions of several kinds beside each other, over the years of all of them."""
    kept = list(several)
    if len(kept) == 1:
        return kept[0]
    years = tuple(sorted({year for one in kept for year in one.years}))
    rows: list[tuple[Cell | None, ...]] = []
    for year in years:
        row: list[Cell | None] = []
        for one in kept:
            nothing = (None,) * len(one.regions)
            row += one.cells[one.years.index(year)] if year in one.years else nothing
        rows.append(tuple(row))
    return ManyRegions(years, tuple(code for one in kept for code in one.regions), tuple(rows))


def many_regions(
    version: DatasetVersion, indicator: Indicator, activity: str, codes: Iterable[str], vintage: int
) -> ManyRegions:
    """The cells of these regions; a code that meant other land in the table's vintage has none."""
    everything = _everywhere(
        Folder(version), indicator.series, indicator.dataset.multiplier, activity, vintage
    )
    return everything.only(codes)


@lru_cache(maxsize=64)
def _everywhere(folder: Folder, series: str, multiplier: float, activity: str, vintage: int) -> ManyRegions:
    rows = whole_series(folder, series).filter(pl.col("activity") == activity)
    pairs = rows.select("region", "nuts").unique().iter_rows()
    same = [pair for pair in pairs if same_territory(pair[0], pair[1], vintage)]
    kept = pl.DataFrame(same, schema={"region": pl.String, "nuts": pl.Int16}, orient="row")
    # A year can stand in two vintages of a code that kept its land: the newer one counts.
    rows = rows.join(kept, on=["region", "nuts"]).sort("year", "region", "nuts")
    rows = rows.unique(["year", "region"], keep="last", maintain_order=True)
    years = tuple(rows["year"].unique().sort().to_list())
    regions = tuple(rows["region"].unique().sort().to_list())
    row_of = {year: place for place, year in enumerate(years)}
    column_of = {region: place for place, region in enumerate(regions)}
    cells: list[list[Cell | None]] = [[None] * len(regions) for _year in years]
    for year, region, value, state, flag in rows.select(
        "year", "region", "value", "state", "flag"
    ).iter_rows():
        plain = value if value is None or multiplier == 1 else round(value * multiplier, 6)
        cells[row_of[year]][column_of[region]] = Cell(plain, state, flag)
    return ManyRegions(years, regions, tuple(tuple(row) for row in cells))
