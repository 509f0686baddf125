"""Change over time: growth, spans without a break, and why employment changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.structure.series import WHOLE, Cell, Folder, Series, region_rows, series_of
from regional_analytics import measures


def growth(start: float | None, end: float | None) -> float | None:
    """Percent change, or None where either end is unknown or the start is not above zero."""
    if start is None or end is None or start <= 0:
        return None
    return float(measures.growth_percent(np.array([start]), np.array([end]))[0])


def change_between(start: float | None, end: float | None, *, in_points: bool) -> float | None:
    """The difference where a figure counts in points, else growth in percent."""
    if start is None or end is None:
        return None
    return end - start if in_points else growth(start, end)


def change_over(series: Series, span: tuple[int, int] | None, *, in_points: bool) -> float | None:
    """The change between the ends of a span; None without one."""
    first, last = (series.at(year) for year in span) if span else (None, None)
    if first is None or last is None:
        return None
    return change_between(first.value, last.value, in_points=in_points)


def share_percent(part: float | None, whole: float | None) -> float | None:
    """Part of the whole in percent, or None where either is unknown or the whole is nothing."""
    return None if part is None or not whole else 100.0 * part / whole


def unbroken_span(series: Series) -> tuple[int, int] | None:
    """First and last year of the longest span with comparable values; None when fewer than two."""
    if sum(cell.value is not None for cell in series.cells) < 2:
        return None
    span = measures.longest_unbroken_span(np.ma.masked_invalid(series.values), series.breaks)
    return (
        None if span is None or span.start == span.end else (series.years[span.start], series.years[span.end])
    )


def breaks_between(series: Series, start: int, end: int) -> bool:
    """Is there a break after the first and up to the last year?"""
    return any("b" in cell.flag and start < year <= end for year, cell in series.pairs)


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
    whole = series_of(version, indicator, country, nuts_vintage, WHOLE)
    totals = [cell.value for year in (first, last) if _known(cell := whole.at(year)) and cell is not None]
    try:
        parts = measures.shift_share(*ends, area_totals=(totals[0], totals[1]) if len(totals) == 2 else None)  # type: ignore[arg-type]
    except measures.RefusedInput:
        return None  # an activity the country does not have cannot be compared with it
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
    rows = region_rows(Folder(version), indicator.series, country)
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
