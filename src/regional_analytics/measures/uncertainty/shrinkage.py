"""A location quotient one would bet on: that of few people is drawn towards the area's average."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, Masked, masked, ratio
from regional_analytics.measures.specialisation.location_quotient import location_quotient
from regional_analytics.measures.uncertainty.small_cells import ROUNDING, read_above_zero, read_counts
from regional_analytics.notes import Notes


class ShrunkenQuotient(NamedTuple):
    """Quotients drawn towards 1, the more the fewer people stand behind them.

    quotient       (regions, activities)
    weight         (regions, activities), from 0 to 1: what part of the way from 1 to the observed quotient is believed
    prior_people   (activities,), as many expected people as the area's average counts for: a cell that expects so many is
                   believed by half. Infinite where regions differ no more than chance would have it
    """

    quotient: Masked
    weight: Masked
    prior_people: Masked


def shrunken_quotient(
    employment: npt.ArrayLike,
    *,
    prior_people: npt.ArrayLike | None = None,
    draws_per_unit: npt.ArrayLike = 1.0,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    region_in_area: bool = True,
    notes: Notes | None = None,
) -> ShrunkenQuotient:
    """The quotient one would bet on: that of many people as it is, that of few drawn towards the area's average.

        B[r, a]  = E[r, ·] E[·, a] / E[·, ·]               people expected, so that LQ = E[r, a] / B[r, a]
        SLQ[r, a] = (E[r, a] + α[a]) / (B[r, a] + α[a])    = 1 + weight · (LQ − 1),   weight = B / (B + α)

        E[r, a] is Poisson with mean θ B[r, a], and θ comes from a gamma distribution of mean 1 and variance 1/α[a].
        The variance from the spread that is more than chance, activity by activity (method of moments):
        1/α = max(0, (Σ_r (E − B)²/B − Σ_r (1 − w)) / Σ_r B (1 − 2w + Σ_q w_q²))      w = E[r, ·] / E[·, ·]

    employment       (regions, activities), people
    prior_people     α, one figure or (activities,), when it is given instead of estimated; as "believe by half what
                     expects so many people"
    draws_per_unit   as in quotient_interval
    area, region_totals, area_total   as in location_quotient
    region_in_area   false takes the w above as 0
    Returns a ShrunkenQuotient. The two terms with w are there since the regions make the area they are compared with.
    Where regions differ no more than by chance all quotients are 1, with a note "no_spread". Over the cells that are
    known; masked and NaN where the quotient is.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for draws or prior_people that are not above 0.
    Source: Clayton & Kaldor (1987), Biometrics 43(3), for relative risks; the moments as in Marshall (1991), Applied
    Statistics 40(2).

    >>> village = [[12.0, 188.0], [294.0, 9506.0]]      # 12 winemakers where 6.12 are expected
    >>> round(float(location_quotient(village)[0, 0]), 2)
    1.96
    >>> round(float(shrunken_quotient(village, prior_people=6.12).quotient[0, 0]), 2)      # believed by half
    1.48
    """
    notes = Notes() if notes is None else notes
    quotient = location_quotient(
        employment, area=area, region_totals=region_totals, area_total=area_total, notes=notes
    )
    counted = read_counts(employment, draws_per_unit, area, region_totals, area_total)
    size = ratio(counted.region, counted.area)
    expected = size * counted.activity
    known = ~np.ma.getmaskarray(quotient)
    used = known & ~np.isnan(expected) & (expected > 0)
    expected = np.where(used, expected, 0.0)
    draws = read_above_zero(draws_per_unit, "The draws of a unit", quotient.shape[1])
    if prior_people is None:
        spread = _spread_beyond_chance(counted.jobs, expected, size if region_in_area else 0.0 * size, used)
    else:
        spread = 1.0 / (read_above_zero(prior_people, "The prior's people", quotient.shape[1]) * draws)
    some = np.logical_or.reduce(used, axis=0)
    notes.add(
        "no_spread",
        "regions differ no more than by chance: every quotient is drawn to 1",
        axes=("activity",),
        positions=np.argwhere(some & (spread == 0)),
    )
    weight = expected * spread / (1.0 + expected * spread)
    weight = np.where(used, weight, np.nan)
    prior = np.divide(1.0, spread * draws, out=np.full(spread.shape, np.inf), where=spread > 0)
    drawn = 1.0 + weight * (quotient.filled(np.nan) - 1.0)
    return ShrunkenQuotient(masked(drawn, known), masked(weight, known), masked(prior, some))


def _spread_beyond_chance(jobs: Floats, expected: Floats, size: Floats, used: Flags) -> Floats:
    """The variance of θ in each activity, 0 where chance explains all."""
    part = np.where(used, np.nan_to_num(size), 0.0)
    surprise = np.where(used, (jobs - expected) ** 2 / np.where(used, expected, 1.0), 0.0).sum(axis=0)
    by_chance: Floats = (used.astype(np.float64) - part).sum(axis=0)
    lever = (expected * (1.0 - 2.0 * part + (part**2).sum(axis=0))).sum(axis=0)
    spread = ratio(surprise - by_chance, np.where(lever > ROUNDING, lever, 0.0))
    return np.maximum(np.nan_to_num(spread), 0.0)
