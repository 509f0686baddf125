"""Where an activity sits, and how much a region leans on few activities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Masked, masked, ratio, read_jobs
from regional_analytics.measures.totals import area_of, note_parts_above_whole
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
