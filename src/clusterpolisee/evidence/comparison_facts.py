"""What is known of up to six regions side by side: the same rows, the same years. In no language yet.

regions → profiles (profile_of) → indicator rows in a common year, strengths, the span of employment
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import structure
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.indicator_figures import Cover, DerivedFigures, IndicatorFigures
from clusterpolisee.evidence.models import DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.profile import ActivityRow, IndicatorRow, Known, Profile, profile_of
from clusterpolisee.regions.models import Region

MOST = 6
STRENGTHS_OF_EACH = 5
SPECIALISED_FROM = 1.5


@dataclass(frozen=True)
class ComparedCell:
    """One region in one row. is_best and is_worst mark the ends, where more or less is better and not all are alike."""

    region: Region
    cell: structure.Cell | None
    year: int
    ref: FigureRef
    cover: Cover | None = None
    is_best: bool = False
    is_worst: bool = False


@dataclass(frozen=True)
class ComparedIndicator:
    """One indicator over the regions: in a year that all have where there is one, else each in its newest."""

    figures: IndicatorFigures
    year: int | None
    cells: tuple[ComparedCell, ...]

    @property
    def indicator(self) -> Indicator | DerivedVersion:
        return self.figures.indicator

    @property
    def known(self) -> list[ComparedCell]:
        return [one for one in self.cells if one.cell is not None and one.cell.value is not None]

    @property
    def ratio(self) -> float | None:
        """The highest as a multiple of the lowest; None where that says nothing."""
        values = [one.cell.value for one in self.known if one.cell and one.cell.value]
        return max(values) / min(values) if len(values) > 1 and min(values) > 0 else None


@dataclass(frozen=True)
class ComparedActivity:
    """One activity over the regions."""

    code: str
    rows: tuple[ActivityRow | None, ...]


class ComparisonFacts:
    """Regions side by side. Everything is computed when it is asked for, once."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self.regions = tuple(regions)

    @property
    def language(self) -> str:
        return get_language() or "en"

    @property
    def names(self) -> str:
        return ", ".join(self.name_of(region) for region in self.regions)

    def name_of(self, region: Region) -> str:
        return region.name(self.language)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        known = Known.now()
        return tuple(profile_of(region, known) for region in self.regions)

    @cached_property
    def versions(self) -> list[DatasetVersion]:
        found = {version.pk: version for profile in self.profiles for version in profile.versions}
        return sorted(found.values(), key=lambda version: version.dataset.code)

    @cached_property
    def _short_names(self) -> dict[str, str]:
        return classifications.short_names(self.language)

    def activity_name(self, code: str) -> str:
        return self._short_names.get(code, code)

    # Indicators

    @cached_property
    def indicators(self) -> list[ComparedIndicator]:
        rows: dict[str, list[IndicatorRow | None]] = {}
        for place, profile in enumerate(self.profiles):
            for row in profile.indicators:
                rows.setdefault(row.indicator.code, [None] * len(self.profiles))[place] = row
        order = {code: min(row.indicator.order for row in found if row) for code, found in rows.items()}
        ordered = sorted(rows, key=lambda code: (order[code], code))
        return [self._compared(rows[code]) for code in ordered if self._fit_together(rows[code])]

    def _fit_together(self, rows: Sequence[IndicatorRow | None]) -> bool:
        """Positions among regions of one level say nothing beside those of another."""
        known = [row for row in rows if row is not None]
        levels = {len(row.ref.region) for row in known}
        return len(levels) == 1 or all(row.figures.comparable.years for row in known)

    def _compared(self, rows: Sequence[IndicatorRow | None]) -> ComparedIndicator:
        first = next(row for row in rows if row is not None)
        year = _common_year(rows)
        direction = first.indicator.direction if first.figures.comparable.regions else 0
        cells = []
        for region, row in zip(self.regions, rows, strict=True):
            own = year if year is not None else row.year if row else first.year
            cell = row.series.at(own) if row else None
            ref = replace(first.ref, region=region.code, nuts=region.vintage, year=own)
            cells.append(ComparedCell(region, cell, own, ref, self._cover(row, own)))
        return ComparedIndicator(first.figures, year, _marked(cells, direction, year))

    def _cover(self, row: IndicatorRow | None, year: int) -> Cover | None:
        if row is None or not isinstance(row.figures, DerivedFigures):
            return None
        return row.figures.cover(row.ref.region, row.ref.nuts, year)

    # Activities

    @cached_property
    def strengths(self) -> list[ComparedActivity]:
        """The strongest activities of each region, together; those in which several are specialised first."""
        by_region = [
            {row.code: row for row in profile.activities.rows} if profile.activities else {}
            for profile in self.profiles
        ]
        codes: dict[str, None] = {}
        for profile in self.profiles:
            if profile.activities is None:
                continue
            least = profile.activities.table.scheme.minimum_employment
            strong = [row for row in profile.activities.rows if row.quotient and (row.jobs or 0) >= least]
            codes.update(dict.fromkeys(row.code for row in strong[:STRENGTHS_OF_EACH]))
        found = [ComparedActivity(code, tuple(rows.get(code) for rows in by_region)) for code in codes]
        return sorted(found, key=lambda one: (-_specialised(one), -_highest(one), one.code))

    @property
    def why_no_comparison(self) -> SafeString | None:
        """What is missing where a table in use has one of these regions, but no country."""
        return next((one.why_no_activities for one in self.profiles if one.why_no_activities), None)

    @property
    def shared(self) -> list[ComparedActivity]:
        """Activities in which at least two of them are specialised."""
        return [one for one in self.strengths if _specialised(one) > 1]

    @property
    def without_activities(self) -> list[Region]:
        """Regions of which no figure by activity is loaded: they are not in the picture of strengths."""
        return self._those_without("activities")

    @property
    def activity_year(self) -> int | None:
        years = {profile.activities.year for profile in self.profiles if profile.activities}
        return max(years) if years else None

    @property
    def activity_version(self) -> DatasetVersion | None:
        return next((profile.activities.version for profile in self.profiles if profile.activities), None)

    # Employment

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """The years in which the employment of all can be compared."""
        spans = [profile.trend.span for profile in self.profiles if profile.trend and profile.trend.span]
        if len(spans) < 1:
            return None
        start, end = max(span[0] for span in spans), min(span[1] for span in spans)
        return (start, end) if start < end else None

    @property
    def without_trend(self) -> list[Region]:
        """Regions whose employment is not in the picture, since the loaded table does not have it."""
        return self._those_without("trend")

    def _those_without(self, part: str) -> list[Region]:
        pairs = zip(self.regions, self.profiles, strict=True)
        return [region for region, profile in pairs if getattr(profile, part) is None]

    @property
    def trend_version(self) -> DatasetVersion | None:
        return next((profile.trend.version for profile in self.profiles if profile.trend), None)


def _common_year(rows: Sequence[IndicatorRow | None]) -> int | None:
    """The newest year in which every region that has the indicator has a figure."""
    years = [
        {year for year, cell in row.series.pairs if cell.value is not None} for row in rows if row is not None
    ]
    common = set.intersection(*years) if years else set()
    return max(common) if common else None


def _marked(cells: list[ComparedCell], direction: int, year: int | None) -> tuple[ComparedCell, ...]:
    """Best and worst, where there is a better and all stand in one year."""
    values = [one.cell.value for one in cells if one.cell is not None and one.cell.value is not None]
    if not direction or year is None or len(set(values)) < 2:
        return tuple(cells)
    best, worst = (max(values), min(values)) if direction > 0 else (min(values), max(values))
    return tuple(
        replace(
            one,
            is_best=one.cell is not None and one.cell.value == best,
            is_worst=one.cell is not None and one.cell.value == worst,
        )
        for one in cells
    )


def _specialised(one: ComparedActivity) -> int:
    return sum(row is not None and (row.quotient or 0) >= SPECIALISED_FROM for row in one.rows)


def _highest(one: ComparedActivity) -> float:
    return max((row.quotient or 0 for row in one.rows if row is not None), default=0.0)
