"""Cluster stars as the European Cluster Observatory gave them: size, specialisation, focus.

The thresholds are data: a scheme has a name and a version, is handed in, and comes back with the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Cells, Flags, Floats, MaskedFlags, RefusedInput, read_jobs
from regional_analytics.measures.specialisation.location_quotient import location_quotient, share_in_region
from regional_analytics.notes import Notes

MaskedCounts: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True)
class StarScheme:
    """What earns a star, by name and version.

    size_top_percent            size: among this top per cent of regions by people in the activity
    specialisation_threshold    specialisation: a location quotient of at least this
    focus_top_percent           focus: among this top per cent of regions by the activity's share in the region
    minimum_employment          no star below this many people
    """

    name: str
    version: str
    size_top_percent: float
    specialisation_threshold: float
    focus_top_percent: float
    minimum_employment: float

    def __post_init__(self) -> None:
        for field in ("size_top_percent", "focus_top_percent"):
            if not 0 < getattr(self, field) <= 100:
                raise RefusedInput(
                    f"{field} of “{self.name}” is {getattr(self, field):g}",
                    remedy="It lies above 0, up to 100.",
                )
        for field in ("specialisation_threshold", "minimum_employment"):
            if not 0 <= getattr(self, field) < np.inf:
                raise RefusedInput(
                    f"{field} of “{self.name}” is {getattr(self, field):g}", remedy="It is 0 or more."
                )


class StarThresholds(NamedTuple):
    """What a region needed.

    size                 (activities,), people of the last region inside the top per cent; NaN: no region is
    specialisation       the location quotient demanded of every activity
    focus                (activities,), share in the region of the last region inside; NaN: no region is
    minimum_employment   people demanded of every cell
    """

    size: Floats
    specialisation: float
    focus: Floats
    minimum_employment: float


@dataclass(frozen=True, eq=False)
class Stars:
    """Which cells earn which stars, (regions, activities) each, masked where that cannot be known."""

    size: MaskedFlags
    specialisation: MaskedFlags
    focus: MaskedFlags
    count: MaskedCounts
    thresholds: StarThresholds
    scheme: StarScheme


def cluster_stars(
    employment: npt.ArrayLike,
    *,
    scheme: StarScheme,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Stars:
    """Give each cell its stars for size, specialisation and focus, 0 to 3.

        size             rank of E[r, a] among the regions known in a  ≤  p/100 · number of them
        specialisation   LQ[r, a] ≥ threshold
        focus            rank of E[r, a]/E[r, ·] among them            ≤  p/100 · number of them
        none of them where E[r, a] < minimum employment, or is 0

    employment      (regions, activities), people; ranks run over these regions and no others
    area, region_totals, area_total   as in location_quotient
    Known regions with nobody in the activity count among them; a region with nobody at all has no share, so it
    is missing in focus. Equal values share the better rank, so a tie at the edge lets all in. With nine regions
    there is no top 10 %.
    Unknown regions do not compete: a rank among few known ones is generous (note "ranked_among_known").
    Masked where the cell, or what its measure needs, is unknown; count where one of the three is.
    Raises NegativeEmployment, NotFinite, WrongShape; StarScheme refuses thresholds that make no sense.
    Source: European Cluster Observatory, evaluation of regional cluster strength. The idea of three stars, there
    with absolute thresholds: Sölvell, Ketels & Lindqvist (2008), Competitiveness Review 18(1/2).

    >>> scheme = StarScheme("example", "1", 50, 1.2, 50, minimum_employment=20)
    >>> jobs = np.array([[30.0, 10.0],
    ...                  [10.0, 30.0]])
    >>> cluster_stars(jobs, scheme=scheme).count.tolist()
    [[3, 0], [0, 3]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    quotient = location_quotient(
        employment, area=area, region_totals=region_totals, area_total=area_total, notes=notes
    )
    share = share_in_region(employment, region_totals=region_totals)
    shares = Cells(share.filled(np.nan), ~np.ma.getmaskarray(share))
    partly = cells.any_known(axis=0) & ~cells.known.all(axis=0)
    notes.add(
        "ranked_among_known",
        "without a rank, so that the others are ranked among fewer regions",
        count=int((~cells.known[:, partly]).sum()),
        axes=("activity",),
        positions=np.argwhere(partly),
    )
    enough = (cells.values >= scheme.minimum_employment) & (cells.values > 0)
    large, size = _top(cells, scheme.size_top_percent)
    focused, focus = _top(shares, scheme.focus_top_percent)
    special = quotient.filled(np.nan) >= scheme.specialisation_threshold
    given = [
        np.ma.MaskedArray(earned & enough, mask=unknown)
        for earned, unknown in (
            (large, ~cells.known),
            (special, np.ma.getmaskarray(quotient)),
            (focused, ~shares.known),
        )
    ]
    unknown = np.logical_or.reduce([np.ma.getmaskarray(star) for star in given])
    count = np.ma.MaskedArray(sum(np.ma.getdata(star).astype(np.int64) for star in given), mask=unknown)
    thresholds = StarThresholds(size, scheme.specialisation_threshold, focus, scheme.minimum_employment)
    return Stars(given[0], given[1], given[2], count, thresholds, scheme)


def _top(cells: Cells, percent: float) -> tuple[Flags, Floats]:
    """Which cells are in the top per cent of their column, and the value of the last one inside."""
    competing = cells.known & ~np.isnan(cells.values)
    ordered = -np.sort(-np.where(competing, cells.values, -np.inf), axis=0)
    # How many ranks lie inside: multiplied, not divided, so that 10 % of 270 is 27 and not 26.999…
    inside = np.floor(competing.sum(axis=0) * percent / 100 + 1e-9).astype(np.int64)
    columns = np.arange(cells.values.shape[1])
    last = np.full(columns.shape, np.nan)
    some = inside > 0
    last[some] = ordered[inside[some] - 1, columns[some]]
    return competing & (cells.values >= last), last
