"""How unevenly an activity is spread: Gini coefficients next to all jobs, to people, and of location quotients."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.concentration.curves import beyond_diagonal
from regional_analytics.measures.concentration.spread import compared_spread
from regional_analytics.measures.inputs import Masked, RefusedInput, masked, ratio
from regional_analytics.measures.specialisation.location_quotient import location_quotient
from regional_analytics.notes import Notes

Along = Literal["regions", "activities"]


def locational_gini(
    employment: npt.ArrayLike, *, region_totals: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How unevenly an activity is spread next to all jobs: the area between its curve and the diagonal.

        G[a] = ½ − ½ Σ_i (c_i + c_{i−1}) (t_i − t_{i−1})      regions sorted by c/t; c, t cumulated shares of the
                                                              activity and of all jobs

    employment      (regions, activities), people
    region_totals   (regions,), people in all activities; by default the sum of a region's known cells
    Returns (activities,), from 0 (spread like all jobs) to below 0.5, Krugman's scale: half of hoover_gini next to all
    jobs. Over the regions known in the activity. Masked where none is; NaN and a note "undefined" where nobody works
    in the activity.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Krugman (1991), Geography and Trade, chapter 2.

    >>> locational_gini([[30.0, 10.0], [10.0, 30.0]]).tolist()
    [0.125, 0.125]
    """
    spread = compared_spread(employment, region_totals, "The total of a region", notes)
    return masked(0.5 * beyond_diagonal(spread.of_activity, spread.of_base), spread.known)


def hoover_gini(
    employment: npt.ArrayLike, *, base: npt.ArrayLike | None = None, notes: Notes | None = None
) -> Masked:
    """How unevenly an activity is spread next to a base, as inhabitants: the area at the curve, in triangles.

        G[a] = 1 − Σ_i (c_i + c_{i−1}) (b_i − b_{i−1})      regions sorted by c/b; c, b cumulated shares of the
                                                            activity and of the base

    employment   (regions, activities), people
    base         (regions,), inhabitants, square kilometres, all jobs; by default the sum of a region's known cells
    Returns (activities,), from 0 (spread like the base) to below 1; 1 where all work in regions with nothing of the
    base. Over the regions known in both. Masked where none is; NaN and a note "undefined" where one of the two sums
    is 0.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: Hoover (1936), Review of Economics and Statistics 18(4); Gini (1921), The Economic Journal 31(121).

    >>> hoover_gini([[30.0], [10.0]], base=[50.0, 50.0]).tolist()
    [0.25]
    >>> hoover_gini([[30.0], [10.0]], base=[75.0, 25.0]).tolist()      # spread like the base
    [0.0]
    """
    spread = compared_spread(employment, base, "The base", notes)
    return masked(beyond_diagonal(spread.of_activity, spread.of_base), spread.known)


def gini_of_quotients(
    employment: npt.ArrayLike,
    *,
    along: Along = "regions",
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> Masked:
    """How unequal location quotients are: of one activity over the regions, or of one region over its activities.

        G = 2 Σ_i i (q_i − q̄) / (n² q̄)        q_1 ≤ q_2 ≤ … ≤ q_n the quotients, q̄ their mean

    employment   (regions, activities), people
    along        "regions": over the regions, one figure for each activity (its concentration);
                 "activities": over the activities, one for each region (its specialisation)
    area, region_totals, area_total   as in location_quotient
    Returns (activities,) or (regions,), from 0 (all quotients alike) to (n − 1)/n. Every quotient counts the same,
    that of a small region like that of a large one: locational_gini weighs regions by their jobs instead. Over the
    quotients that are known and defined. Masked where none is; NaN and a note "undefined" where all are 0.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another along.
    Source: Farhauer & Kröll (2014), Standorttheorien, Springer Gabler.

    >>> gini_of_quotients([[30.0, 10.0], [10.0, 30.0]]).tolist()      # of 1.5 and 0.5
    [0.25, 0.25]
    >>> gini_of_quotients([[30.0, 10.0, 0.0], [30.0, 10.0, 40.0]], along="activities").round(6).tolist()
    [0.333333, 0.166667]
    """
    notes = Notes() if notes is None else notes
    if along not in ("regions", "activities"):
        raise RefusedInput(f"There is no Gini along “{along}”", remedy="Choose regions or activities.")
    quotient = location_quotient(
        employment, area=area, region_totals=region_totals, area_total=area_total, notes=notes
    )
    values = quotient.filled(np.nan) if along == "regions" else quotient.filled(np.nan).T
    there = ~np.isnan(values)
    counted = np.where(there, values, 0.0)
    share = ratio(counted, counted.sum(axis=0))
    even = ratio(there.astype(np.float64), there.sum(axis=0).astype(np.float64))
    known = np.logical_or.reduce(there, axis=0)
    notes.add(
        "undefined",
        "0/0: all quotients are 0",
        axes=("activity" if along == "regions" else "region",),
        positions=np.argwhere(known & (counted.sum(axis=0) == 0)),
    )
    return masked(beyond_diagonal(share, even), known)
