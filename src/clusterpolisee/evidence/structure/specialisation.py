"""Specialisation: shares, quotients and stars of all regions of a level, computed once per version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.models import DatasetVersion, Indicator, StarScheme
from clusterpolisee.evidence.structure.series import Folder, of_level
from regional_analytics import measures, tables
from regional_analytics.codes import nace


@dataclass(frozen=True)
class StarAward:
    """Which stars one cell earns, with what it was measured against."""

    count: int | None
    size: bool
    specialisation: bool
    focus: bool
    jobs: float | None
    quotient: float | None
    share: float | None
    size_threshold: float | None
    quotient_threshold: float
    share_threshold: float | None


@dataclass(frozen=True)
class Specialisation:
    """One table in one year at one level: employment, shares, quotients and stars of all regions."""

    year: int
    regions: tuple[str, ...]
    activities: tuple[str, ...]
    nuts_vintage: int
    reference_countries: tuple[str, ...]
    scheme: StarScheme
    employment: np.ma.MaskedArray
    states: np.ndarray
    flags: np.ndarray
    shares: np.ma.MaskedArray
    area_shares: np.ndarray
    area_total: float  # people, in the activities that some country publishes
    quotients: np.ma.MaskedArray
    stars: Any

    def place(self, region: str, activity: str) -> tuple[int, int] | None:
        if region not in self.regions or activity not in self.activities:
            return None
        return self.regions.index(region), self.activities.index(activity)

    def cell(self, row: int, column: int) -> tuple[float | None, str]:
        return _number(self.employment[row, column]), str(self.flags[row, column])

    def state(self, row: int, column: int) -> str:
        return tables.STATES[int(self.states[row, column])]

    def quotient(self, row: int, column: int) -> float | None:
        return _number(self.quotients[row, column])

    def share(self, row: int, column: int) -> float | None:
        """In percent."""
        value = _number(self.shares[row, column])
        return None if value is None else 100 * value

    def share_in_area(self, column: int) -> float | None:
        value = _number(self.area_shares[column])
        return None if value is None else 100 * value

    def region_total(self, row: int) -> float:
        return float(self.employment[row].sum())

    def coverage(self, row: int) -> tuple[int, int]:
        """Published activities of a region, and all."""
        return int(self.employment[row].count()), len(self.activities)

    def star_award(self, row: int, column: int) -> StarAward:
        def won(kind: Any) -> bool:
            return kind[row, column] is not np.ma.masked and bool(kind[row, column])

        count = _number(self.stars.count[row, column])
        return StarAward(
            count=None if count is None else int(count),
            size=won(self.stars.size),
            specialisation=won(self.stars.specialisation),
            focus=won(self.stars.focus),
            jobs=_number(self.employment[row, column]),
            quotient=self.quotient(row, column),
            share=self.share(row, column),
            size_threshold=_number(self.stars.thresholds.size[column]),
            quotient_threshold=float(self.scheme.specialisation_threshold),
            share_threshold=_percent(_number(self.stars.thresholds.focus[column])),
        )


def specialisation(
    version: DatasetVersion, indicator: Indicator, year: int, *, level: int
) -> Specialisation | None:
    """Quotients, shares and stars of every region of a level; computed once per version and scheme.

    None where the table has no region of that level, or no country to compare with.
    """
    return specialisation_by(
        Folder(version), indicator.series, indicator.dataset.multiplier, year, level, queries.star_scheme()
    )


def lacks_countries(version: DatasetVersion, indicator: Indicator, year: int, *, level: int) -> bool:
    """Whether a table has regions of a level and no country to compare them with: then nothing is a quotient."""
    return _lacks_countries(Folder(version), indicator.series, year, level)


@lru_cache(maxsize=64)
def _lacks_countries(folder: Folder, series: str, year: int, level: int) -> bool:
    rows, _declared = _rows_of(folder, series, year)
    return bool(of_level(rows, level).height) and not of_level(rows, 0).height


def _rows_of(folder: Folder, series: str, year: int) -> tuple[pl.DataFrame, int]:
    """The divisions in the vintage most rows are coded in, and that vintage."""
    rows = store.observations(folder, series=[series], years=[year])
    rows = rows.filter(pl.col("activity").is_in(_divisions(rows)))
    declared = int(rows["nuts"].mode().max() or 0) if rows.height else 0
    return rows.filter(pl.col("nuts") == declared), declared


@lru_cache(maxsize=16)
def specialisation_by(
    folder: Folder, series: str, multiplier: float, year: int, level: int, scheme: StarScheme
) -> Specialisation | None:
    """The same, by what it depends on."""
    rows, declared = _rows_of(folder, series, year)
    rows = rows.with_columns(pl.col("value") * multiplier)
    if not of_level(rows, level).height or not of_level(rows, 0).height:
        return None
    ours = tables.Panel.from_table(of_level(rows, level), state="state", flag="flag", absent="unknown")
    area = tables.Panel.from_table(of_level(rows, 0), state="state", flag="flag", absent="unknown")
    employment = ours.matrix(year)
    of_area = area.matrix(year)
    totals = np.ma.masked_all(len(ours.activities), dtype=float)
    for column, code in enumerate(ours.activities):
        if code in area.activities and of_area[:, area.activities.index(code)].count():
            totals[column] = of_area[:, area.activities.index(code)].sum()
    stars = measures.cluster_stars(employment, scheme=library_scheme(scheme), area=totals)
    return Specialisation(
        year=year,
        regions=ours.regions,
        activities=ours.activities,
        nuts_vintage=declared,
        reference_countries=area.regions,
        scheme=scheme,
        employment=employment,
        states=ours.states[ours.years.index(year)],
        flags=_flag_matrix(of_level(rows, level), ours),
        shares=measures.share_in_region(employment),
        area_shares=totals / totals.sum(),
        area_total=float(totals.sum()),
        quotients=measures.location_quotient(employment, area=totals),
        stars=stars,
    )


def library_scheme(scheme: StarScheme) -> measures.StarScheme:
    """The stored, editable scheme as the library takes it."""
    return measures.StarScheme(
        name=scheme.name,
        version=scheme.version,
        size_top_percent=float(scheme.size_top_percent),
        specialisation_threshold=float(scheme.specialisation_threshold),
        focus_top_percent=float(scheme.focus_top_percent),
        minimum_employment=float(scheme.minimum_employment),
    )


def _divisions(rows: pl.DataFrame) -> list[str]:
    return [code for code in rows["activity"].unique().to_list() if code and is_division(code)]


@lru_cache(maxsize=4096)
def is_division(code: str) -> bool:
    return nace.exists(code) and not nace.is_aggregate(code) and nace.parse(code).level == 2


def _flag_matrix(rows: pl.DataFrame, panel: tables.Panel) -> np.ndarray:
    flags = np.full((len(panel.regions), len(panel.activities)), "", dtype=object)
    flagged = rows.filter(pl.col("flag") != "")
    for region, activity, flag in flagged.select("region", "activity", "flag").iter_rows():
        flags[panel.regions.index(region), panel.activities.index(activity)] = flag
    return flags


def _number(value: Any) -> float | None:
    return None if value is np.ma.masked or np.isnan(value) else float(value)


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value
