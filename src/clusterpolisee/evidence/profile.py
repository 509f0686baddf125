"""The profile of a region: what its evidence says, gathered from the tables that are loaded, in no language yet.

`profile_of` asks the tables; wording is in `sentences`, drawing in `pictures`, layout in the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.derived_plans import Defined, NotComputable, published
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.indicator_figures import (
    Cover,
    DerivedFigures,
    IndicatorFigures,
    figures_of,
    indicator_in,
)
from clusterpolisee.evidence.models import DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.no_comparison import why_no_comparison
from clusterpolisee.regions.models import Region
from regional_analytics import measures

# The indicators that play a part of their own on the page; all others stand in the table of key indicators.
EMPLOYMENT = "employment"
ENTERPRISE_EMPLOYMENT = "persons_employed"
PROSPERITY = "gdp_per_inhabitant_eu27"


@dataclass(frozen=True)
class Trend:
    """Employment over the years, with the longest span that can be compared."""

    version: DatasetVersion
    indicator: Indicator
    series: structure.Series
    country: structure.Series | None
    span: tuple[int, int] | None
    latest: tuple[int, structure.Cell] | None
    growth_percent: float | None
    country_growth_percent: float | None
    observed: FigureRef
    growth: FigureRef | None

    @property
    def breaks(self) -> tuple[int, ...]:
        return tuple(y for y, c in zip(self.series.years, self.series.cells, strict=True) if "b" in c.flag)


@dataclass(frozen=True)
class ActivityRow:
    """One activity of the region, as a row of the ranked table."""

    code: str
    jobs: float | None
    share_percent: float | None
    quotient: float | None
    stars: structure.StarAward
    state: str
    flag: str
    ref: FigureRef

    def figure(self, measure: str) -> FigureRef:
        return replace(self.ref, measure=measure)


@dataclass(frozen=True)
class Activities:
    """What the region does, next to the reference countries."""

    version: DatasetVersion
    indicator: Indicator
    table: structure.Specialisation
    rows: tuple[ActivityRow, ...]
    known: int
    all: int

    @property
    def year(self) -> int:
        return self.table.year

    @property
    def strongest(self) -> ActivityRow | None:
        """The highest quotient among activities large enough to carry a statement."""
        least = self.table.scheme.minimum_employment
        ranked = [row for row in self.rows if row.quotient is not None]
        return next((row for row in ranked if (row.jobs or 0) >= least), ranked[0] if ranked else None)

    @property
    def unpublished(self) -> tuple[ActivityRow, ...]:
        return tuple(row for row in self.rows if row.jobs is None)


@dataclass(frozen=True)
class IndicatorRow:
    """One key indicator: the region, its country, all regions. cover is told by derived indicators."""

    figures: IndicatorFigures
    year: int
    cell: structure.Cell
    country: structure.Cell | None
    standing: measures.Standing | None
    series: structure.Series
    span: tuple[int, int] | None
    ref: FigureRef
    cover: Cover | None = None

    @property
    def indicator(self) -> Indicator | DerivedVersion:
        return self.figures.indicator

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return self.figures.versions

    def figure(self, measure: str) -> FigureRef:
        return replace(self.ref, measure=measure)

    @property
    def country_ref(self) -> FigureRef:
        return replace(self.ref, region=self.ref.region[:2])

    @property
    def change(self) -> float | None:
        """Change over the unbroken span: percent, or percentage points where the indicator is a percentage."""
        return structure.change_over(self.series, self.span, in_points=self.counts_in_points)

    @property
    def counts_in_points(self) -> bool:
        return self.indicator.counts_in_points

    @property
    def growth(self) -> FigureRef | None:
        return (
            None
            if self.span is None
            else replace(self.ref, measure="growth", base_year=self.span[0], year=self.span[1])
        )


@dataclass(frozen=True)
class Profile:
    """Everything the region page says, as values."""

    region: Region
    trend: Trend | None
    activities: Activities | None
    why_no_activities: SafeString | None  # where a table has regions but no country to compare them with
    growth: structure.GrowthParts | None
    growth_ref: FigureRef | None
    indicators: tuple[IndicatorRow, ...]
    absent_indicators: tuple[Indicator | DerivedVersion, ...]
    versions: tuple[DatasetVersion, ...]

    @property
    def has_evidence(self) -> bool:
        return bool(self.trend or self.activities or self.indicators)


@dataclass(frozen=True)
class Known:
    """The indicators there are, asked for once for a page of several regions."""

    by_code: Mapping[str, Indicator]
    derived: Mapping[str, Defined]

    @classmethod
    def now(cls) -> Known:
        """Two queries."""
        return cls(queries.indicators_by_code(), published())

    @property
    def key(self) -> list[Indicator | Defined]:
        """What the table of key indicators shows, in its order."""
        own = [
            indicator
            for indicator in self.by_code.values()
            if indicator.is_key and indicator.code not in (EMPLOYMENT, ENTERPRISE_EMPLOYMENT)
        ]
        return [*own, *(one for one in self.derived.values() if one.version.is_key)]


def profile_of(region: Region, known: Known | None = None) -> Profile:
    """Gather the profile of one region in one NUTS vintage from the current versions."""
    known = known or Known.now()
    trend = _trend(region, known.by_code.get(EMPLOYMENT))
    enterprises = known.by_code.get(ENTERPRISE_EMPLOYMENT)
    activities = _activities(region, enterprises)
    rows, absent = _indicator_rows(region, known)
    parts = (
        None
        if trend is None
        else structure.shift_share_of(trend.version, trend.indicator, region.code, region.vintage)
    )
    growth_ref = None
    if parts is not None and trend is not None:
        growth_ref = replace(trend.observed, measure="shift-share", base_year=parts.start, year=parts.end)
    used = [part.version for part in (trend, activities) if part]
    used += [version for row in rows for version in row.versions]
    return Profile(
        region=region,
        trend=trend,
        activities=activities,
        why_no_activities=None if activities else _why_no_activities(region, enterprises),
        growth=parts,
        growth_ref=growth_ref,
        indicators=rows,
        absent_indicators=absent,
        versions=tuple({version.pk: version for version in used}.values()),
    )


def _trend(region: Region, indicator: Indicator | None) -> Trend | None:
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None:
        return None
    series = structure.series_of(version, indicator, region.code, region.vintage, structure.WHOLE)
    if series.latest is None:
        return None
    span = structure.unbroken_span(series)
    country = None
    if region.level > 0:
        country = structure.series_of(version, indicator, region.country, region.vintage, structure.WHOLE)
    observed = FigureRef(
        measure="observation",
        indicator=indicator.code,
        region=region.code,
        nuts=region.vintage,
        year=series.latest[0],
        activity=structure.WHOLE,
    )
    return Trend(
        version=version,
        indicator=indicator,
        series=series,
        country=country,
        span=span,
        latest=series.latest,
        growth_percent=_growth_over(series, span),
        country_growth_percent=None if country is None else _growth_over(country, span),
        observed=observed,
        growth=None if span is None else replace(observed, measure="growth", base_year=span[0], year=span[1]),
    )


def _growth_over(series: structure.Series, span: tuple[int, int] | None) -> float | None:
    if span is None:
        return None
    start, end = series.at(span[0]), series.at(span[1])
    return None if start is None or end is None else structure.growth(start.value, end.value)


def _activities(region: Region, indicator: Indicator | None) -> Activities | None:
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None or not version.years:
        return None
    year = max(version.years)
    table = structure.specialisation(version, indicator, year, level=region.level)
    if table is None or region.code not in table.regions:
        return None
    if not structure.same_territory(region.code, table.nuts_vintage, region.vintage):
        return None
    row_number = table.regions.index(region.code)
    known, everything = table.coverage(row_number)
    if known == 0:
        return None
    rows = [_activity_row(region, indicator, table, row_number, column) for column in range(everything)]
    rows.sort(key=lambda row: (row.quotient is None, -(row.quotient or 0), row.code))
    return Activities(
        version=version, indicator=indicator, table=table, rows=tuple(rows), known=known, all=everything
    )


def _why_no_activities(region: Region, indicator: Indicator | None) -> SafeString | None:
    """The table has this very region, but nothing to compare it with."""
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None or not version.years:
        return None
    if not structure.has_region(version, indicator, region.code, region.vintage):
        return None
    return why_no_comparison(version, indicator, max(version.years), level=region.level)


def _activity_row(
    region: Region, indicator: Indicator, table: structure.Specialisation, row: int, column: int
) -> ActivityRow:
    jobs, flag = table.cell(row, column)
    return ActivityRow(
        code=table.activities[column],
        jobs=jobs,
        share_percent=table.share(row, column),
        quotient=table.quotient(row, column),
        stars=table.star_award(row, column),
        state=table.state(row, column),
        flag=flag,
        ref=FigureRef(
            measure="location-quotient",
            indicator=indicator.code,
            region=region.code,
            nuts=region.vintage,
            year=table.year,
            activity=table.activities[column],
        ),
    )


def _indicator_rows(
    region: Region, known: Known
) -> tuple[tuple[IndicatorRow, ...], tuple[Indicator | DerivedVersion, ...]]:
    rows, absent = [], []
    for found in known.key:
        row = _indicator_row(region, found, known)
        if row is None:
            absent.append(indicator_in(found))
        else:
            rows.append(row)
    return tuple(rows), tuple(absent)


def _indicator_row(region: Region, found: Indicator | Defined, known: Known) -> IndicatorRow | None:
    try:
        figures = figures_of(found, dict(known.derived))
    except NotComputable:
        return None
    place = (region.code, region.vintage)
    activity = figures.indicator.activity
    series = figures.series(*place, activity)
    if series.latest is None:
        return None
    year, cell = series.latest
    return IndicatorRow(
        figures=figures,
        year=year,
        cell=cell,
        country=figures.country(*place, activity, year) if region.level > 0 else None,
        standing=figures.standing(*place, activity, year),
        series=series,
        span=structure.unbroken_span(series) if figures.comparable.years else None,
        ref=figures.ref(*place, year, activity),
        cover=figures.cover(*place, year) if isinstance(figures, DerivedFigures) else None,
    )


def covered_regions() -> frozenset[str]:
    """The regions of level 2 that have employment by activity in the version in use."""
    indicator = queries.indicators_by_code().get(ENTERPRISE_EMPLOYMENT)
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None or not version.years:
        return frozenset()
    table = structure.specialisation(version, indicator, max(version.years), level=2)
    if table is None:
        return frozenset()
    return frozenset(code for row, code in enumerate(table.regions) if table.coverage(row)[0])
