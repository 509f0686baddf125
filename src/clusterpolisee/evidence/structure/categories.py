"""Cluster categories: what a named group of activities employs in each region, and how special that is there.

Made from the table of specialisation (regions × activities): the category becomes one column beside everything else, and
the library measures it as it measures any activity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.models import DatasetVersion, Indicator, StarScheme
from clusterpolisee.evidence.structure.change import growth, unbroken_span
from clusterpolisee.evidence.structure.series import Cell, Folder, Series
from clusterpolisee.evidence.structure.specialisation import (
    Specialisation,
    StarAward,
    is_division,
    library_scheme,
    specialisation_by,
)
from regional_analytics import measures


@dataclass(frozen=True)
class CategoryCell:
    """A category in one region. Where a part is not published, there is only a lower bound."""

    region: str
    jobs: float | None
    at_least: float | None
    parts_known: int
    share: float | None
    quotient: float | None
    stars: StarAward
    state: str
    flag: str

    @property
    def is_complete(self) -> bool:
        return self.jobs is not None


@dataclass(frozen=True)
class PartCell:
    """One part of a category in one region."""

    activity: str
    weight: float
    jobs: float | None
    state: str
    flag: str

    @property
    def counted(self) -> float | None:
        return None if self.jobs is None else self.weight * self.jobs


class CategoryTable:
    """One category in one year at one level: every region of the table."""

    def __init__(self, table: Specialisation, weights: Mapping[str, float]) -> None:
        self.table, self.weights = table, dict(weights)
        self.parts = tuple(code for code in weights if code in table.activities)
        self.absent = tuple(code for code in weights if code not in table.activities)
        self._columns = [table.activities.index(code) for code in self.parts]
        self.cells = self._cells() if self.parts else ()
        self._by_region = {cell.region: cell for cell in self.cells}

    @property
    def year(self) -> int:
        return self.table.year

    @property
    def parts_in_all(self) -> int:
        return len(self.weights)

    def of(self, region: str) -> CategoryCell | None:
        return self._by_region.get(region)

    @property
    def share_in_area(self) -> float | None:
        """Of the reference countries together, in percent."""
        inside, outside = self._area(self._weight_by_column())
        return None if inside is np.ma.masked else 100 * float(inside / (inside + outside))

    def parts_of(self, region: str) -> list[PartCell]:
        """What the figure of a region is made of, part by part, those the table does not have among them."""
        if region not in self.table.regions:
            return []
        row, found = self.table.regions.index(region), []
        for code, weight in self.weights.items():
            if code in self.parts:
                column = self.table.activities.index(code)
                jobs, flag = self.table.cell(row, column)
                found.append(PartCell(code, weight, jobs, self.table.state(row, column), flag))
            else:
                found.append(PartCell(code, weight, None, "not_published", ""))
        return found

    def _cells(self) -> tuple[CategoryCell, ...]:
        table, weights = self.table, self._weight_by_column()
        group = measures.group_total(table.employment, weights=weights)
        everything = table.employment.filled(0.0).sum(axis=1)
        known = group.at_least.filled(0.0)
        # A part the table does not have at all is unknown everywhere.
        total = group.total if not self.absent else np.ma.masked_all(len(table.regions), dtype=float)
        two = np.ma.column_stack([total, np.ma.masked_array(everything - known, mask=False)])
        area = self._area(weights)
        scheme = library_scheme(table.scheme)
        shares = measures.share_in_region(two)
        quotients = measures.location_quotient(two, area=area)
        stars = measures.cluster_stars(two, scheme=scheme, area=area)
        cells = []
        for row, region in enumerate(table.regions):
            jobs, share, quotient = (_number(one) for one in (total[row], shares[row, 0], quotients[row, 0]))
            count = _number(stars.count[row, 0])
            award = StarAward(
                count=None if count is None else int(count),
                size=_won(stars.size[row, 0]),
                specialisation=_won(stars.specialisation[row, 0]),
                focus=_won(stars.focus[row, 0]),
                jobs=jobs,
                quotient=quotient,
                share=None if share is None else 100 * share,
                size_threshold=_number(stars.thresholds.size[0]),
                quotient_threshold=float(table.scheme.specialisation_threshold),
                share_threshold=None
                if _number(stars.thresholds.focus[0]) is None
                else 100 * float(stars.thresholds.focus[0]),
            )
            parts_known = int(group.parts_known[row])
            cells.append(
                CategoryCell(
                    region=region,
                    jobs=jobs,
                    at_least=_number(group.at_least[row]) if parts_known else None,
                    parts_known=parts_known,
                    share=award.share,
                    quotient=quotient,
                    stars=award,
                    state=self._state(row, jobs, parts_known),
                    flag="".join(sorted(set("".join(str(table.flags[row, one]) for one in self._columns)))),
                )
            )
        return tuple(cells)

    def _weight_by_column(self) -> np.ndarray:
        weights = np.zeros(len(self.table.activities))
        weights[self._columns] = [self.weights[code] for code in self.parts]
        return weights

    def _area(self, weights: np.ndarray) -> np.ma.MaskedArray:
        """What the reference countries together employ in the category, and in everything else."""
        shares = np.ma.masked_array(self.table.area_shares)
        parts = shares[self._columns]
        if self.absent or parts.count() < len(self._columns):
            return np.ma.masked_array([np.nan, np.nan], mask=True)
        inside = float((shares.filled(0.0) * weights).sum())
        return np.ma.masked_array([inside, float(shares.filled(0.0).sum()) - inside])

    def _state(self, row: int, jobs: float | None, parts_known: int) -> str:
        states = {self.table.state(row, column) for column in self._columns}
        if jobs is not None:
            return "estimated" if "estimated" in states else "reported"
        return "confidential" if "confidential" in states and not self.absent else "not_published"


def category_table(
    version: DatasetVersion, indicator: Indicator, year: int, *, level: int, weights: Mapping[str, float]
) -> CategoryTable | None:
    """One category in every region of a level, kept for those who ask for one figure after the other.

    None where the table has no region of that level, or no country to compare with.
    """
    return _category_table(
        Folder(version),
        indicator.series,
        indicator.dataset.multiplier,
        year,
        level,
        queries.star_scheme(),
        tuple(weights.items()),
    )


@lru_cache(maxsize=64)
def _category_table(
    folder: Folder,
    series: str,
    multiplier: float,
    year: int,
    level: int,
    scheme: StarScheme,
    weights: tuple[tuple[str, float], ...],
) -> CategoryTable | None:
    whole = specialisation_by(folder, series, multiplier, year, level, scheme)
    return CategoryTable(whole, dict(weights)) if whole is not None else None


@dataclass(frozen=True)
class CategoryTrend:
    """Jobs of a category over the years, in the countries that can be counted every year."""

    series: Series
    countries: tuple[str, ...]
    span: tuple[int, int] | None
    growth_percent: float | None
    by_country: Mapping[str, Series] = field(default_factory=dict)

    def has_break(self, start: int, end: int) -> bool:
        """Is there a break after the first and up to the last year?"""
        return any("b" in cell.flag and start < year <= end for year, cell in self.series.pairs)


def category_trend(
    version: DatasetVersion, indicator: Indicator, weights: Mapping[str, float], countries: tuple[str, ...]
) -> CategoryTrend:
    """The sum over those of the countries whose every part is published every year, told over an unbroken span.

    Parts that are no divisions are unknown, as they are in a year's own table.
    """
    rows = store.observations(version, series=[indicator.series], regions=list(countries))
    factor = indicator.dataset.multiplier
    known = {
        (year, region, activity): Cell(None if value is None else value * factor, state, flag)
        for year, region, activity, value, state, flag in rows.select(
            "year", "region", "activity", "value", "state", "flag"
        ).iter_rows()
        if activity in weights and is_division(activity)
    }
    years = tuple(sorted({year for year, _region, _activity in known}))
    nothing = Cell(None, "not_published", "")
    by_country = {}
    for country in countries:
        cells = [[known.get((year, country, code), nothing) for code in weights] for year in years]
        if years and all(cell.value is not None for row in cells for cell in row):
            by_country[country] = Series(years, tuple(_sum(row, weights.values()) for row in cells))
    if not by_country:
        return CategoryTrend(Series((), ()), (), None, None)
    everywhere = zip(*(one.cells for one in by_country.values()), strict=True)
    series = Series(years, tuple(_sum(cells) for cells in everywhere))
    span = unbroken_span(series)
    change = None
    if span is not None:
        start, end = (series.at(year) for year in span)
        change = growth(start.value, end.value) if start and end else None
    return CategoryTrend(series, tuple(by_country), span, change, by_country)


def _sum(cells: Collection[Cell], weights: Iterable[float] | None = None) -> Cell:
    """Known cells together. A break in one breaks the sum; an estimate in one makes it one."""
    factors = [1.0] * len(cells) if weights is None else list(weights)
    total = sum(factor * (cell.value or 0.0) for factor, cell in zip(factors, cells, strict=True))
    state = "estimated" if any(cell.state == "estimated" for cell in cells) else "reported"
    return Cell(total, state, "".join(sorted(set("".join(cell.flag for cell in cells)))))


def _number(value: object) -> float | None:
    return None if value is np.ma.masked or np.isnan(value) else float(value)  # type: ignore[call-overload, arg-type]


def _won(value: object) -> bool:
    return value is not np.ma.masked and bool(value)
