"""Where stored observations meet the library: panels of a dataset version and what is computed from them.

Versions are immutable, so everything here is computed once per process and kept by version number; nothing
has to be forgotten when data change, since a new version has a new number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import polars as pl

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.models import DatasetVersion, Indicator, StarScheme
from regional_analytics import measures, tables
from regional_analytics.codes import nace, nuts

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
def _region_rows(folder: _Folder, series: str, region: str) -> pl.DataFrame:
    return store.observations(folder, regions=[region], series=[series])


class _Folder:
    """A version as the store needs it, comparable so that it can be part of a cache key."""

    def __init__(self, version: DatasetVersion) -> None:
        self.folder = version.folder

    def __hash__(self) -> int:
        return hash(self.folder)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Folder) and other.folder == self.folder


def series_of(
    version: DatasetVersion, indicator: Indicator, region: str, nuts_vintage: int, activity: str
) -> Series:
    """All years of one region and activity, on the territory the region has in the vintage asked for."""
    rows = _region_rows(_Folder(version), indicator.series, region)
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


def _plain(value: float | None, factor: float) -> float | None:
    """Thousands become persons; the ninth digit of the product is noise of binary fractions, not information."""
    return None if value is None else round(value * factor, 6) if factor != 1 else value


# Change over time ----------------------------------------------------------------------------------------


def growth(start: float | None, end: float | None) -> float | None:
    """Percent change, or None where either end is unknown or the start is zero."""
    if start is None or end is None or start == 0:
        return None
    return float(measures.growth_percent(np.array([start]), np.array([end]))[0])


def unbroken_span(series: Series) -> tuple[int, int] | None:
    """First and last year of the longest span with comparable values; None when fewer than two."""
    if sum(cell.value is not None for cell in series.cells) < 2:
        return None
    span = measures.longest_unbroken_span(np.ma.masked_invalid(series.values), series.breaks)
    return (
        None if span is None or span.start == span.end else (series.years[span.start], series.years[span.end])
    )


def has_break(
    version: DatasetVersion,
    indicator: Indicator,
    region: str,
    nuts_vintage: int,
    activity: str,
    start: int,
    end: int,
) -> bool:
    """Is there a break after the first and up to the last year?"""
    series = series_of(version, indicator, region, nuts_vintage, activity)
    return any(
        "b" in cell.flag and start < year <= end
        for year, cell in zip(series.years, series.cells, strict=True)
    )


@dataclass(frozen=True)
class GrowthParts:
    """Shift-share of a region against its country over one span, in persons."""

    start: int
    end: int
    activities: tuple[str, ...]
    national: tuple[float, ...]
    mix: tuple[float, ...]
    regional: tuple[float, ...]
    changes: tuple[float, ...]
    groups: int

    @property
    def groups_used(self) -> int:
        return len(self.activities)

    @property
    def national_total(self) -> float:
        return float(sum(self.national))

    @property
    def mix_total(self) -> float:
        return float(sum(self.mix))

    @property
    def regional_total(self) -> float:
        return float(sum(self.regional))

    @property
    def change(self) -> float:
        return float(sum(self.changes))


def shift_share_of(
    version: DatasetVersion,
    indicator: Indicator,
    region: str,
    nuts_vintage: int,
    start: int | None = None,
    end: int | None = None,
) -> GrowthParts | None:
    """Take growth apart over the years given, or over the longest span no break of region or country cuts."""
    country = region[:2]
    if country == region:
        return None
    groups = _groups(version, indicator, country)
    ours = {group: series_of(version, indicator, region, nuts_vintage, group) for group in groups}
    theirs = {group: series_of(version, indicator, country, nuts_vintage, group) for group in groups}
    span = _common_span([*ours.values(), *theirs.values()])
    if span is None or (start is not None and end is not None and not span[0] <= start < end <= span[1]):
        return None
    first, last = (start, end) if start is not None and end is not None else span
    used = [
        group
        for group in groups
        if all(_known(series.at(year)) for series in (ours[group], theirs[group]) for year in (first, last))
    ]
    if not used:
        return None
    ends = [
        np.array([series[group].at(year).value for group in used])  # type: ignore[union-attr]
        for series in (ours, theirs)
        for year in (first, last)
    ]
    parts = measures.shift_share(*ends)
    return GrowthParts(
        start=first,
        end=last,
        activities=tuple(used),
        national=tuple(float(x) for x in parts.national),
        mix=tuple(float(x) for x in parts.mix),
        regional=tuple(float(x) for x in parts.regional),
        changes=tuple(float(x) for x in ends[1] - ends[0]),
        groups=len(groups),
    )


def _known(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None


def _groups(version: DatasetVersion, indicator: Indicator, country: str) -> tuple[str, ...]:
    """The activity groups that together make the whole: all but the whole itself."""
    rows = _region_rows(_Folder(version), indicator.series, country)
    return tuple(code for code in sorted(rows["activity"].unique().to_list()) if code not in (WHOLE, ""))


def _common_span(series: Sequence[Series]) -> tuple[int, int] | None:
    """The longest span that no series breaks and that most series cover at both ends."""
    years = sorted({year for one in series for year in one.years})
    if len(years) < 2:
        return None
    breaks = np.array([any("b" in c.flag for one in series if (c := one.at(year))) for year in years])
    covered = np.array([sum(_known(one.at(year)) for one in series) for year in years], dtype=float)
    usable = np.ma.masked_where(covered < 0.5 * len(series), covered)
    if usable.count() < 2:
        return None
    span = measures.longest_unbroken_span(usable, breaks)
    return None if span is None or span.start == span.end else (years[span.start], years[span.end])


# Specialisation ------------------------------------------------------------------------------------------


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


def specialisation(version: DatasetVersion, indicator: Indicator, year: int, *, level: int) -> Specialisation | None:
    """Quotients, shares and stars of every region of a level; computed once per version and scheme.

    None where the table has no region of that level.
    """
    return _specialisation(
        _Folder(version), indicator.series, indicator.dataset.multiplier, year, level, queries.star_scheme()
    )


@lru_cache(maxsize=16)
def _specialisation(
    folder: _Folder, series: str, multiplier: float, year: int, level: int, scheme: StarScheme
) -> Specialisation | None:
    rows = store.observations(folder, series=[series], years=[year])
    rows = rows.filter(pl.col("activity").is_in(_divisions(rows)))
    declared = int(rows["nuts"].mode().max() or 0) if rows.height else 0
    rows = rows.filter(pl.col("nuts") == declared).with_columns(pl.col("value") * multiplier)
    if not _of_level(rows, level).height:
        return None
    ours = tables.Panel.from_table(_of_level(rows, level), state="state", flag="flag", absent="unknown")
    area = tables.Panel.from_table(_of_level(rows, 0), state="state", flag="flag", absent="unknown")
    employment = ours.matrix(year)
    of_area = area.matrix(year)
    totals = np.array(
        [
            of_area[:, area.activities.index(code)].sum() if code in area.activities else 0.0
            for code in ours.activities
        ],
        dtype=float,
    )
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
        flags=_flag_matrix(_of_level(rows, level), ours),
        shares=measures.share_in_region(employment),
        area_shares=totals / totals.sum(),
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
    return [code for code in rows["activity"].unique().to_list() if code and _is_division(code)]


@lru_cache(maxsize=4096)
def _is_division(code: str) -> bool:
    return nace.exists(code) and not nace.is_aggregate(code) and nace.parse(code).level == 2


def _of_level(rows: pl.DataFrame, level: int) -> pl.DataFrame:
    return rows.filter(
        (pl.col("region").str.len_chars() == level + 2)
        & ~pl.col("region").map_elements(_is_not_a_place, return_dtype=pl.Boolean)
    )


@lru_cache(maxsize=8192)
def _is_not_a_place(code: str) -> bool:
    return nuts.is_extra_regio(code) or nuts.is_aggregate(code)


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


# Position among regions ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Peers:
    """All regions of one level with a value in one year."""

    regions: tuple[str, ...]
    values: np.ndarray


def peers_of(version: DatasetVersion, indicator: Indicator, activity: str, year: int, level: int) -> Peers:
    return _peers(_Folder(version), indicator.series, indicator.dataset.multiplier, activity, year, level)


@lru_cache(maxsize=512)
def _peers(folder: _Folder, series: str, multiplier: float, activity: str, year: int, level: int) -> Peers:
    rows = _whole_series(folder, series).filter(
        (pl.col("activity") == activity) & (pl.col("year") == year) & pl.col("value").is_not_null()
    )
    rows = _of_level(rows, level)
    # A code can stand in two vintages (HR03 before and after a change): each place counts once, newest first.
    newest = rows["nuts"].max()
    rows = rows.filter(pl.col("nuts") == newest) if newest is not None else rows
    return Peers(tuple(rows["region"].to_list()), rows["value"].to_numpy() * multiplier)


@lru_cache(maxsize=16)
def _whole_series(folder: _Folder, series: str) -> pl.DataFrame:
    return store.observations(folder, series=[series])


def standing_of(
    version: DatasetVersion, indicator: Indicator, region: str, nuts_vintage: int, activity: str, year: int
) -> measures.Standing | None:
    """Rank, median and quartiles of a region among all regions of its level with a value."""
    peers = peers_of(version, indicator, activity, year, len(region) - 2)
    if region not in peers.regions:
        return None
    best: Literal["highest", "lowest"] = "lowest" if indicator.direction < 0 else "highest"
    return measures.standing(peers.values, peers.regions.index(region), best=best)
