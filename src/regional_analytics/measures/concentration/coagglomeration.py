"""Whether activities sit in the same regions more than chance would have it: in people, and in plants."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    positions_of,
    ratio,
    read_jobs,
)
from regional_analytics.measures.totals import region_totals_of
from regional_analytics.notes import Notes

RegionSize = Literal["jobs", "mean_share"]
Among = Literal["pair", "all"]
ACTIVITIES = ("activity",)


def coagglomeration(
    employment: npt.ArrayLike,
    *,
    region_size: RegionSize = "jobs",
    region_totals: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Masked:
    """Whether two activities are large in the same regions: beyond the size of regions, pair by pair.

        γ[a, b] = Σ_r (s[r, a] − x[r]) (s[r, b] − x[r]) / (1 − Σ_r x[r]²)        s[r, a] = E[r, a] / Σ_q E[q, a]

    employment      (regions, activities), people
    region_size     x: "jobs", the region's part of all jobs, as in Ellison & Glaeser (1997); "mean_share", the mean of
                    s over the activities, as in Ellison, Glaeser & Kerr (2010): every activity counts the same
    region_totals   (regions,), people in all activities, for "jobs"; by default the sum of a region's known cells
    Returns (activities, activities), symmetric; above 0 the two sit in the same regions, below 0 they avoid each other.
    The diagonal is an activity with itself, before plants are taken into account: G/(1 − X) of ellison_glaeser. For two
    activities the plants cancel, so none are needed. Over the regions where no cell is unknown: the others are left out
    (note "left_out"). All masked where none is left; NaN and a note "undefined" where nobody works in an activity.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another region_size.
    Source: Ellison, Glaeser & Kerr (2010), American Economic Review 100(3); Ellison & Glaeser (1997), Journal of
    Political Economy 105(5).

    >>> together = coagglomeration([[30.0, 30.0, 0.0], [10.0, 10.0, 40.0]], region_totals=[50.0, 50.0])
    >>> together[0].tolist()      # (0.25² + 0.25²)/0.5, and 0.25 · (−0.5) twice, over 0.5
    [0.25, 0.25, -0.5]
    """
    cells = read_jobs(employment, "Employment")
    apart = _deviations(cells, region_size, region_totals, Notes() if notes is None else notes)
    known = np.full((cells.values.shape[1],) * 2, apart.regions.any())
    return masked(apart.deviation.T @ apart.deviation / apart.scale, known)


def group_coagglomeration(
    employment: npt.ArrayLike,
    *,
    members: npt.ArrayLike | None = None,
    region_size: RegionSize = "jobs",
    region_totals: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> float:
    """Whether a whole group of activities sits together, beyond what each of them does alone.

        γ = [ G/(1 − X) − H − Σ_a γ[a] w[a]² (1 − H[a]) ] / (1 − Σ_a w[a]²)
          = Σ_{a ≠ b} w[a] w[b] γ[a, b] / (1 − Σ_a w[a]²)

        w the activities' parts of the group's people, G of the group's spread, H = Σ w² H[a], γ[a] ellison_glaeser()

    employment                    (regions, activities), people
    members                       (activities,), true for those in the group; by default all
    region_size, region_totals    as in coagglomeration; regions are sized by all activities given
    Returns a number: 0 as by chance, 1 if they gained as much from each other as from themselves and clung together. The
    two lines above are the same: what is taken away for plants drops out, so no plants are asked for. Regions with an
    unknown cell are left out (note "left_out"). NaN and a note "undefined" where fewer than two members have people.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another region_size or fewer than two members.
    Source: Ellison & Glaeser (1997), Journal of Political Economy 105(5).

    >>> jobs = [[30.0, 30.0, 0.0], [10.0, 10.0, 40.0]]
    >>> group_coagglomeration(jobs, members=[True, True, False], region_totals=[50.0, 50.0])      # two: their pair
    0.25
    >>> round(group_coagglomeration(jobs, region_totals=[50.0, 50.0]), 6)      # (0.25 − 0.5 − 0.5)/3
    -0.25
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    inside = np.ones(cells.values.shape[1], np.bool_) if members is None else np.asarray(members, np.bool_)
    if inside.shape != cells.values.shape[1:] or inside.sum() < 2:
        raise RefusedInput(
            "A group has at least two activities", remedy="Give true or false for each activity given."
        )
    apart = _deviations(cells, region_size, region_totals, notes)
    jobs = cells.values[np.ix_(apart.regions, inside)].sum(axis=0)
    there = jobs > 0
    if there.sum() < 2:
        notes.add("undefined", "fewer than two members have people", count=1)
        return float("nan")
    weight = jobs[there] / jobs.sum()
    own = apart.deviation[:, inside][:, there]
    together = own @ weight
    alone = (own**2 @ weight**2).sum()
    return float((together @ together - alone) / apart.scale / (1.0 - (weight**2).sum()))


def colocation(
    plants: npt.ArrayLike, *, excess: bool = False, among: Among = "pair", notes: Notes | None = None
) -> Masked:
    """How often a plant of one activity and a plant of another share a region, and how much more often than by chance.

        CL[a, b] = Σ_r N[r, a] N[r, b] / (N[a] N[b])                    a ≠ b
        CL[a, a] = Σ_r N[r, a] (N[r, a] − 1) / (N[a] (N[a] − 1))        two different plants
        by chance, where plants keep their sites and draw their activities anew:
        Σ_r m[r] (m[r] − 1) / (m (m − 1))        m the plants of the two activities ("pair"), or of all ("all")

    plants   (regions, activities), how many plants
    excess   takes the chance away; the expectation is exact, where others draw samples
    among    whose activities are drawn anew: "pair" keeps the two activities' own sites, "all" takes those of all plants
    Returns (activities, activities), symmetric, 0 to 1; with excess from −1 to 1. Every plant counts the same: for people
    see coagglomeration. With "pair" an activity has no excess over itself: 0. Masked for activities with an unknown
    cell, and everything with excess among "all" then. NaN and a note "undefined" for activities without a plant, and
    with themselves of one plant.
    Raises NegativeEmployment (fewer than 0 plants), NotFinite, WrongShape; RefusedInput for another among, or a number
    of plants that is not whole.
    Source: Howard, Newman & Tarp (2016), Journal of Economic Geography 16(5).

    >>> plants = [[2, 2], [1, 1]]      # A and B have two each in X, one each in Y
    >>> colocation(plants).round(6).tolist()      # 5 of 9 pairs; with themselves 1 of 3
    [[0.333333, 0.555556], [0.555556, 0.333333]]
    >>> round(float(colocation(plants, excess=True)[0, 1]), 6)      # 5/9 − (4 · 3 + 2 · 1)/(6 · 5)
    0.088889
    """
    notes = Notes() if notes is None else notes
    if among not in ("pair", "all"):
        raise RefusedInput(f"Plants cannot be drawn among “{among}”", remedy="Choose pair or all.")
    sites = _whole_plants(plants)
    counts = sites.values
    total = counts.sum(axis=0)
    shared = counts.T @ counts
    own = np.diag(shared).copy()
    pairs = np.outer(total, total)
    np.fill_diagonal(shared, own - total)
    np.fill_diagonal(pairs, total * (total - 1.0))
    found = ratio(shared, pairs)
    known = np.logical_and.outer(sites.known.all(axis=0), sites.known.all(axis=0))
    alone = sites.known.all(axis=0) & (total <= 1)
    notes.add(
        "undefined", "0/0: fewer than two plants to pair", axes=ACTIVITIES, positions=np.argwhere(alone)
    )
    if not excess:
        return masked(found, known)
    if among == "all":
        here, every = counts.sum(axis=1), counts.sum()
        chance = ratio(np.asarray((here * (here - 1.0)).sum()), np.asarray(every * (every - 1.0)))
        return masked(found - chance, known & bool(sites.known.all()))
    return masked(found - _chance_of_pair(own, total, counts.T @ counts, found), known)


def _chance_of_pair(own: Floats, total: Floats, shared: Floats, found: Floats) -> Floats:
    """Two of a pair's plants, drawn without return from the sites of both."""
    squares = own[:, None] + own[None, :] + 2.0 * shared
    both = total[:, None] + total[None, :]
    chance = ratio(squares - both, both * (both - 1.0))
    np.fill_diagonal(chance, np.diag(found))
    return chance


def _whole_plants(given: npt.ArrayLike) -> Cells:
    sites = read_jobs(given, "The number of plants")
    broken = sites.values != np.floor(sites.values)
    if broken.any():
        raise RefusedInput(
            "A number of plants is whole", MATRIX, positions_of(broken), "Count plants, not people."
        )
    return sites


class _Deviations(NamedTuple):
    deviation: Floats  # (regions kept, activities), share of the activity less size of the region
    scale: float  # 1 − Σ x²
    regions: Flags  # (regions,), which are kept


def _deviations(
    cells: Cells, region_size: RegionSize, region_totals: npt.ArrayLike | None, notes: Notes
) -> _Deviations:
    """How far each activity's share in each region is from the region's size."""
    if region_size not in ("jobs", "mean_share"):
        raise RefusedInput(f"There is no region size “{region_size}”", remedy="Choose jobs or mean_share.")
    # Sums of regions that are left out do not enter, so their note about unknown cells is not for the reader.
    totals = region_totals_of(cells, region_totals, Notes())
    kept = cells.known.all(axis=1) & totals.known
    notes.add(
        "left_out", "some cell unknown, region left out", axes=("region",), positions=np.argwhere(~kept)
    )
    jobs = cells.values[kept]
    share = ratio(jobs, jobs.sum(axis=0))
    nobody = (jobs.sum(axis=0) == 0) & kept.any()
    notes.add(
        "undefined", "0/0: nobody works in the activity", axes=ACTIVITIES, positions=np.argwhere(nobody)
    )
    if region_size == "jobs":
        size = ratio(totals.values[kept], totals.values[kept].sum())
    else:
        size = ratio(share[:, ~nobody].sum(axis=1), np.asarray(float((~nobody).sum())))
    scale = 1.0 - float((size**2).sum())
    if not scale > 0:
        notes.add("undefined", "0/0: a single region has all jobs, or nobody has one", count=1)
        scale = float("nan")
    return _Deviations(share - size[:, None], scale, kept)
