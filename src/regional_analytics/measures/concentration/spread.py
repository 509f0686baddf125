"""Where an activity sits, and how much a region leans on few activities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    Masked,
    masked,
    ratio,
    read_jobs,
)
from regional_analytics.measures.totals import area_of, note_parts_above_whole, region_totals_of
from regional_analytics.notes import Notes


def share_of_area(
    employment: npt.ArrayLike, *, area: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """What part of the area's people in an activity work in each region.

        c[r, a] = E[r, a] / E[·, a]

    employment   (regions, activities), people
    area         (activities,), people; by default the sum of the known cells of all regions
    Returns (regions, activities), a share; above 1 only next to an area that does not contain the region, with a
    note "part_above_whole". Masked where the cell or the area's activity is unknown; NaN and a note "undefined"
    where nobody in the area works in the activity.
    Raises NegativeEmployment, NotFinite, WrongShape.

    >>> jobs = np.array([[30.0, 10.0],
    ...                  [10.0, 30.0]])
    >>> share_of_area(jobs).tolist()
    [[0.75, 0.25], [0.25, 0.75]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    reference = area_of(cells, area, None, notes).activities
    known = cells.known & reference.known
    absent = reference.known & (reference.values == 0)
    notes.add(
        "undefined",
        "0/0: nobody in the area works in the activity",
        count=int((known & absent).sum()),
        axes=("activity",),
        positions=np.argwhere(absent),
    )
    note_parts_above_whole(cells, np.where(reference.known, reference.values, np.inf), "area", notes)
    return masked(ratio(cells.values, reference.values), known)


def herfindahl(employment: npt.ArrayLike, *, normalised: bool = False, notes: Notes | None = None) -> Masked:
    """How much a region leans on few activities: the chance that two people drawn with return share their activity.

        H[r] = Σ_a s[r, a]²              s[r, a] = E[r, a] / Σ_b E[r, b]     over the n[r] known activities
        H*[r] = (H − 1/n) / (1 − 1/n)    normalised=True: 0 is an even spread, 1 a single activity

    employment   (regions, activities), people
    Returns (regions,); H runs from 1/n to 1. Unknown cells are left out, so compare regions of similar coverage.
    Masked where no cell is known; NaN and a note "undefined" where nobody works in the region, or where H* has
    only one known activity to work with.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Herfindahl (1950), Concentration in the Steel Industry; Hirschman (1964), American Economic Review 54.

    >>> jobs = np.array([[30.0, 10.0],
    ...                  [20.0, 20.0]])
    >>> herfindahl(jobs).tolist(), herfindahl(jobs, normalised=True).tolist()
    ([0.625, 0.5], [0.25, 0.0])
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    shares = ratio(cells.values, cells.values.sum(axis=1, keepdims=True))
    index = (shares**2).sum(axis=1)
    counted = cells.known.sum(axis=1).astype(np.float64)
    if normalised:
        even = ratio(np.ones_like(counted), counted)
        index = ratio(index - even, 1.0 - even)
    known = counted > 0
    notes.add(
        "undefined",
        "0/0: nobody works in the region, or a single known activity cannot be spread",
        axes=("region",),
        positions=np.argwhere(known & np.isnan(index)),
    )
    return masked(index, known)


def krugman_concentration(
    employment: npt.ArrayLike, *, region_totals: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How far an activity's spread over the regions is from that of all jobs: the jobs that would have to move, twice.

        K[a] = Σ_r | E[r, a] / Σ_q E[q, a]  −  T[r] / Σ_q T[q] |      over the regions known in a, with a known total

    employment      (regions, activities), people
    region_totals   (regions,), T, people in all activities; by default the sum of a region's known cells
    Returns (activities,), from 0 (spread like all jobs) to 2 (only where nobody else works). Both spreads are taken over
    the same known regions. Masked where an activity has no known cell; NaN and a note "undefined" where one of the
    two sums is 0.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Krugman (1991), Geography and Trade, turned from regions to activities.

    >>> krugman_concentration([[30.0, 10.0], [10.0, 30.0]]).tolist()     # |0.75 − 0.5| + |0.25 − 0.5|
    [0.5, 0.5]
    >>> krugman_concentration([[30.0], [0.0]], region_totals=[50.0, 50.0]).tolist()
    [1.0]
    """
    spread = compared_spread(employment, region_totals, "The total of a region", notes)
    return masked(np.abs(spread.of_activity - spread.of_base).sum(axis=0), spread.known)


def hoover_index(
    employment: npt.ArrayLike, *, base: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """What part of an activity's people would have to move for it to be spread like the base.

        H[a] = ½ Σ_r | E[r, a] / Σ_q E[q, a]  −  B[r] / Σ_q B[q] |      over the regions known in a and in the base

    employment   (regions, activities), people; a single column of anything that adds up will do, as income
    base         (regions,), what it is compared with: inhabitants, square kilometres, all jobs. By default the sum of
                 each region's known cells
    Returns (activities,), a share from 0 to 1 (packages that give per cent give a hundred times this). Next to all
    jobs it is half of krugman_concentration. Masked where no region is known; NaN and a note "undefined" where one
    of the two sums is 0.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Hoover (1936), Review of Economics and Statistics 18(4). On incomes it is also called after Schutz
    (1951), American Economic Review 41(1), or Robin Hood.

    >>> hoover_index([[30.0], [10.0]], base=[50.0, 50.0]).tolist()      # ten of forty would have to move
    [0.25]
    """
    spread = compared_spread(employment, base, "The base", notes)
    return masked(0.5 * np.abs(spread.of_activity - spread.of_base).sum(axis=0), spread.known)


class Spread(NamedTuple):
    """How each activity and its base are spread over the regions known in both.

    of_activity, of_base   (regions, activities), shares that add up to 1 in each activity; 0 where not compared
    known                  (activities,), where there was something to compare
    """

    of_activity: Floats
    of_base: Floats
    known: Flags


def compared_spread(
    employment: npt.ArrayLike, base: npt.ArrayLike | None, what: str, notes: Notes | None
) -> Spread:
    """Take both spreads over the same regions, so that an unknown cell does not look like a difference."""
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    if base is None:
        below = region_totals_of(cells, None, notes)
    else:
        below = read_jobs(base, what, ("region",), shape=cells.values.shape[:1])
    compared = Cells(cells.values, cells.known & below.known[:, None])
    jobs = np.where(compared.known, cells.values, 0.0)
    of_base = np.where(compared.known, below.values[:, None], 0.0)
    jobs_sum, base_sum = jobs.sum(axis=0), of_base.sum(axis=0)
    known = compared.any_known(axis=0)
    notes.add(
        "undefined",
        "0/0: nobody works in the activity, or the base is 0, in the regions compared",
        axes=("activity",),
        positions=np.argwhere(known & ((jobs_sum == 0) | (base_sum == 0))),
    )
    return Spread(ratio(jobs, jobs_sum), ratio(of_base, base_sum), known)
