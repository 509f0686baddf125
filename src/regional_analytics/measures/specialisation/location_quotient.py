"""What a region does more of than others: shares, location quotients, Krugman's index, and how much is known.

Shapes everywhere: employment is (regions, activities); masked cells are unknown, and results are masked where an
unknown input enters. Nothing is rounded and no input is written into.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Cells, Flags, Floats, Masked, masked, ratio, read_jobs
from regional_analytics.measures.totals import (
    Area,
    area_of,
    note_absent_activities,
    note_empty_regions,
    note_parts_above_whole,
    region_totals_of,
)
from regional_analytics.notes import Notes


def share_in_region(
    employment: npt.ArrayLike, *, region_totals: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """What part of a region's people work in each activity.

        s[r, a] = E[r, a] / E[r, ·]

    employment      (regions, activities), people
    region_totals   (regions,), people; by default the sum of a region's known cells, which makes shares too
                    large where cells are unknown: give the published total when there is one
    Returns (regions, activities), a share from 0 to 1. Masked where the cell or the total is unknown; NaN and a
    note "undefined" where the region has nobody.
    Raises NegativeEmployment, NotFinite, WrongShape.

    >>> jobs = np.array([[30.0, 10.0],    # wine and steel in A
    ...                  [10.0, 30.0]])   # wine and steel in B
    >>> share_in_region(jobs).tolist()
    [[0.75, 0.25], [0.25, 0.75]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    totals = region_totals_of(cells, region_totals, notes)
    note_empty_regions(cells, totals, notes)
    note_parts_above_whole(cells, np.where(totals.known, totals.values, np.inf)[:, None], "region", notes)
    return masked(ratio(cells.values, totals.values[:, None]), cells.known & totals.known[:, None])


def location_quotient(
    employment: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How concentrated each activity is in each region, next to the whole area.

        LQ[r, a] = (E[r, a] / E[r, ·]) / (E[·, a] / E[·, ·])

    employment      (regions, activities), people
    area            (activities,), people in the reference area; by default the known cells of all regions
    region_totals   (regions,), people; by default the sum of a region's known cells
    area_total      people in the area; by default the sum of its known activities
    Returns (regions, activities); 1 is the area's average. Masked where the cell, its region's total or the
    area's activity is unknown. NaN where a share is 0/0 (nobody in the region, nobody in the activity: note
    "undefined") or where the area has nobody in an activity the region has (note "unbounded").
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Florence (1939), Report on the Location of Industry; Isserman (1977), J. American Institute of
    Planners 43(1). The same figure on exports is the revealed comparative advantage of Balassa (1965).

    >>> jobs = np.array([[30.0, 10.0],    # wine and steel in A
    ...                  [10.0, 30.0]])   # wine and steel in B
    >>> float(location_quotient(jobs)[0, 0])
    1.5
    >>> float(location_quotient(jobs, area=[10.0, 30.0])[0, 0])   # next to an area like B
    3.0
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    totals = region_totals_of(cells, region_totals, notes)
    reference = area_of(cells, area, area_total, notes)
    note_empty_regions(cells, totals, notes)
    note_absent_activities(cells, reference, totals, notes)
    note_parts_above_whole(cells, np.where(totals.known, totals.values, np.inf)[:, None], "region", notes)
    known = cells.known & totals.known[:, None] & reference.activities.known & ~np.isnan(reference.total)
    return masked(quotient_of(cells, totals, reference), known)


def quotient_of(cells: Cells, totals: Cells, reference: Area) -> Floats:
    """The same of figures that have been read already; NaN for 0/0."""
    in_region = ratio(cells.values, totals.values[:, None])
    in_area = ratio(reference.activities.values, np.asarray(reference.total))
    return ratio(in_region, in_area)


def krugman_specialisation(
    employment: npt.ArrayLike, *, area: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How far a region's mix of activities is from the area's: the jobs that would have to change, twice.

        K[r] = Σ_a | E[r, a] / Σ_b E[r, b]  −  A[a] / Σ_b A[b] |      over the activities known in r and in the area

    employment   (regions, activities), people
    area         (activities,), people; by default the known cells of all regions (the region itself included)
    Returns (regions,), from 0 (the same mix) to 2 (nothing in common). Both mixes are taken over the same known
    activities, so that an unknown cell does not look like a difference; look at coverage() beside it. Masked
    where a region has no known cell; NaN and a note "undefined" where one of the two sums is 0.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Krugman (1991), Geography and Trade.

    >>> jobs = np.array([[30.0, 10.0],
    ...                  [10.0, 30.0]])
    >>> krugman_specialisation(jobs).tolist()     # |0.75 − 0.5| + |0.25 − 0.5|
    [0.5, 0.5]
    """
    notes = Notes() if notes is None else notes
    mixes = compared_mixes(employment, area, notes)
    return masked(np.abs(mixes.here - mixes.there).sum(axis=1), mixes.known)


def specialisation_coefficient(
    employment: npt.ArrayLike, *, area: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """What part of a region's people would have to change their activity to have the area's mix.

        S[r] = ½ Σ_a | E[r, a] / Σ_b E[r, b]  −  A[a] / Σ_b A[b] |  =  K[r] / 2

    employment, area   as in krugman_specialisation, of which this is the half
    Returns (regions,), a share from 0 (the same mix) to 1 (nothing in common); masked and NaN as there.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Hoover (1936), Review of Economics and Statistics 18(4); Isard (1960), Methods of Regional Analysis.

    >>> specialisation_coefficient([[30.0, 10.0], [10.0, 30.0]]).tolist()     # ten of forty
    [0.25, 0.25]
    """
    return np.ma.divide(krugman_specialisation(employment, area=area, notes=notes), 2.0)  # type: ignore[no-any-return]


class Mixes(NamedTuple):
    """A region's mix of activities and the area's, over the activities known in both.

    here, there   (regions, activities), shares that add up to 1 in each region; 0 where not compared
    known         (regions,), where there was something to compare
    """

    here: Floats
    there: Floats
    known: Flags


def compared_mixes(employment: npt.ArrayLike, area: npt.ArrayLike | None, notes: Notes) -> Mixes:
    """Take both mixes over the same activities, so that an unknown cell does not look like a difference."""
    cells = read_jobs(employment, "Employment")
    reference = area_of(cells, area, None, notes).activities
    compared = Cells(cells.values, cells.known & reference.known)
    here = np.where(compared.known, cells.values, 0.0)
    there = np.where(compared.known, reference.values, 0.0)
    jobs_here, jobs_there = here.sum(axis=1, keepdims=True), there.sum(axis=1, keepdims=True)
    known = compared.any_known(axis=1)
    notes.add(
        "undefined",
        "0/0: nobody works in the activities compared",
        axes=("region",),
        positions=np.argwhere(known & ((jobs_here == 0) | (jobs_there == 0))[:, 0]),
    )
    return Mixes(ratio(here, jobs_here), ratio(there, jobs_there), known)


class Coverage(NamedTuple):
    """How much of each region is known.

    activities        (regions,), how many activities are known
    out_of            how many activities there are
    share_of_total    (regions,), the part of the region's published total that the known activities make up;
                      masked without a total
    """

    activities: npt.NDArray[np.int64]
    out_of: int
    share_of_total: Masked


def coverage(
    employment: npt.ArrayLike, *, region_totals: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Coverage:
    """How many activities of each region are known, and how much of the region they make up.

        share_of_total[r] = Σ_a E[r, a] / T[r]      over the known activities

    employment      (regions, activities), people
    region_totals   (regions,), people as published; without them the share is masked
    A total of 0 gives NaN and a note "undefined". A share a little above 1 is the source's rounding; it is kept.
    Raises NegativeEmployment, NotFinite, WrongShape.

    >>> jobs = np.ma.masked_equal([[30.0, -1.0], [10.0, 30.0]], -1.0)
    >>> known = coverage(jobs, region_totals=[40.0, 40.0])
    >>> known.activities.tolist(), known.out_of, known.share_of_total.tolist()
    ([1, 2], 2, [0.75, 1.0])
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    counted = cells.known.sum(axis=1, dtype=np.int64)
    out_of = cells.known.shape[1]
    if region_totals is None:
        nothing = np.zeros(counted.shape, dtype=np.bool_)
        return Coverage(counted, out_of, masked(np.full(counted.shape, np.nan), nothing))
    totals = region_totals_of(cells, region_totals, notes)
    empty = totals.known & (totals.values == 0)
    notes.add("undefined", "0/0: nobody works in the region", axes=("region",), positions=np.argwhere(empty))
    return Coverage(counted, out_of, masked(ratio(cells.values.sum(axis=1), totals.values), totals.known))
