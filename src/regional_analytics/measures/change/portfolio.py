"""The portfolio of a region: its activities in four fields, by two lines."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.growth import growth_percent
from regional_analytics.measures.change.growth_matrix import growth_matrix
from regional_analytics.measures.inputs import MATRIX, Masked, RefusedInput, masked, read_jobs
from regional_analytics.measures.specialisation.location_quotient import location_quotient
from regional_analytics.notes import Notes

PortfolioRule = Literal["share-growth", "growth-growth"]
MaskedCounts: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"

FIELDS: dict[PortfolioRule, tuple[str, str, str, str]] = {
    "share-growth": (
        "strong and growing",
        "strong and not growing",
        "small and growing",
        "small and not growing",
    ),
    "growth-growth": (
        "growing with the area",
        "growing against the area",
        "not growing though the area is",
        "not growing, nor is the area",
    ),
}


class Portfolio(NamedTuple):
    """Where each activity of each region lies.

    fields   (regions, activities), 0 to 3: a position in names; masked where one of the two figures is
             unknown or undefined
    names    the four fields of the rule
    across   (regions, activities), the figure that tells 0 and 1 from 2 and 3
    up       (regions, activities), the figure that tells 0 and 2 from 1 and 3
    rule     the convention
    """

    fields: MaskedCounts
    names: tuple[str, str, str, str]
    across: Masked
    up: Masked
    rule: PortfolioRule


def portfolio(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    *,
    rule: PortfolioRule = "share-growth",
    area_start: npt.ArrayLike | None = None,
    area_end: npt.ArrayLike | None = None,
    share_line: float = 1.0,
    growth_line: float = 0.0,
    notes: Notes | None = None,
) -> Portfolio:
    """Put the activities of each region into four fields: is it strong here, and is it growing?

        field = 2 · (across is below its line) + 1 · (up is not above its line)

        "share-growth"    across = location quotient at the end      up = growth of the activity in the region
        "growth-growth"   across = growth of it in the region        up = growth of it in the area

    start, end             (regions, activities), people
    rule                   the convention. The first is the growth-share matrix of Henderson with the location
                           quotient for the market share: his star, cash cow, question mark and dog, in this
                           order. The second is that of Howard, as the R package REAT draws it
    area_start, area_end   (activities,), people in the area; by default sums of known cells, for growth of
                           the cells known in both years
    share_line             a quotient that meets it counts as strong, as in presence()
    growth_line            per cent; growth must be above it
    Lines are conventions: a field says on which side of them something lies, not how far.
    Returns a Portfolio, with the notes of location_quotient and growth_percent.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another rule, a line that is no number,
    or an area given for one year only.
    Source: Henderson (1973), The Experience Curve Reviewed IV: The Growth Share Matrix, Boston Consulting
    Group; Howard (2007), Journal of Economic and Social Policy 11(2).

    >>> found = portfolio([[20.0, 10.0], [10.0, 20.0]], [[30.0, 10.0], [10.0, 15.0]])
    >>> [[found.names[field] for field in row] for row in found.fields.tolist()][0]
    ['strong and growing', 'small and not growing']
    """
    notes = Notes() if notes is None else notes
    if rule not in FIELDS:
        raise RefusedInput(f"There is no rule “{rule}”", remedy=f"Choose {' or '.join(FIELDS)}.")
    if not (np.isfinite(share_line) and np.isfinite(growth_line)):
        raise RefusedInput(
            "A line must be a number", remedy="Give finite numbers for share_line and growth_line."
        )
    if (area_start is None) != (area_end is None):
        raise RefusedInput(
            "The area is given for one year only", remedy="Give area_start and area_end, or neither."
        )
    within = Notes()
    grown = growth_matrix(start, end, notes=within)
    used = (MATRIX, ("activity",)) if rule == "growth-growth" and area_start is None else (MATRIX,)
    for note in within:
        if note.axes in used:
            notes.add(note.kind, note.meaning, count=note.count, axes=note.axes, positions=note.positions)
    if rule == "share-growth":
        across, up = location_quotient(end, area=area_end, notes=notes), grown.cells
        strong = np.ma.getdata(across) >= share_line
    else:
        across = grown.cells
        up = _everywhere(_of_the_area(grown.activities, area_start, area_end, notes), across.shape)
        strong = np.ma.getdata(across) > growth_line
    rising = np.ma.getdata(up) > growth_line
    nowhere = np.isnan(across.filled(np.nan)) | np.isnan(up.filled(np.nan))
    fields = np.where(strong, 0, 2) + np.where(rising, 0, 1)
    return Portfolio(np.ma.MaskedArray(fields, mask=nowhere), FIELDS[rule], across, up, rule)


def _of_the_area(
    summed: Masked, start: npt.ArrayLike | None, end: npt.ArrayLike | None, notes: Notes
) -> Masked:
    """Growth of each activity in the area: of the figures given, or of the regions together."""
    if start is None or end is None:
        return summed
    before = read_jobs(start, "The area's start", ("activity",), shape=summed.shape)
    after = read_jobs(end, "The area's end", ("activity",), shape=summed.shape)
    return growth_percent(masked(before.values, before.known), masked(after.values, after.known), notes=notes)


def _everywhere(of_activities: Masked, shape: tuple[int, ...]) -> Masked:
    """The same figure of an activity in every region."""
    data, unknown = np.ma.getdata(of_activities), np.ma.getmaskarray(of_activities)
    return masked(np.broadcast_to(data, shape), ~np.broadcast_to(unknown, shape))
