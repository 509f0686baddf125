"""Cluster categories: what a named group of activities employs in each region, and how special that is there.

Made from the table of specialisation (regions × activities): the category becomes one column beside everything else, and
the library measures it as it measures any activity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.structure.change import growth, unbroken_span
from clusterpolisee.evidence.structure.series import Cell, Series
from clusterpolisee.evidence.structure.specialisation import (
    Specialisation,
    StarAward,
    library_scheme,
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
        table = self.table
        weights = np.zeros(len(table.activities))
        weights[self._columns] = [self.weights[code] for code in self.parts]
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


@dataclass(frozen=True)
class CategoryTrend:
    """Jobs of a category over the years, in the countries that can be counted every year."""

    series: Series
    countries: tuple[str, ...]
    span: tuple[int, int] | None
    growth_percent: float | None


def category_trend(
    version: DatasetVersion, indicator: Indicator, weights: Mapping[str, float], countries: tuple[str, ...]
) -> CategoryTrend:
    """The sum over those of the countries whose every part is published every year, told over an unbroken span."""
    rows = store.observations(version, series=[indicator.series], regions=list(countries))
    known = {
        (year, region, activity): (value, flag)
        for year, region, activity, value, flag in rows.select(
            "year", "region", "activity", "value", "flag"
        ).iter_rows()
        if activity in weights
    }
    years = tuple(sorted({year for year, _region, _activity in known}))
    whole = tuple(
        country
        for country in countries
        if all(
            known.get((year, country, code), (None, ""))[0] is not None for year in years for code in weights
        )
    )
    if not whole:
        return CategoryTrend(Series((), ()), (), None, None)
    cells = [
        [(weight, *known[year, country, code]) for country in whole for code, weight in weights.items()]
        for year in years
    ]
    factor = indicator.dataset.multiplier
    series = Series(years, tuple(_sum(parts, factor) for parts in cells))
    span = unbroken_span(series)
    change = None
    if span is not None:
        start, end = (series.at(year) for year in span)
        change = growth(start.value, end.value) if start and end else None
    return CategoryTrend(series, whole, span, change)


def _sum(parts: list[tuple[float, float, str]], factor: float) -> Cell:
    """A break in one part breaks the sum."""
    total = sum(weight * value for weight, value, _flag in parts) * factor
    return Cell(total, "reported", "b" if any("b" in flag for _weight, _value, flag in parts) else "")


def _number(value: object) -> float | None:
    return None if value is np.ma.masked or np.isnan(value) else float(value)  # type: ignore[call-overload, arg-type]


def _won(value: object) -> bool:
    return value is not np.ma.masked and bool(value)
