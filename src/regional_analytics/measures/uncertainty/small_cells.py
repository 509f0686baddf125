"""How far a location quotient of few people can be believed: an interval.

Statistics of employment are counts and no samples: nobody was left out. The interval answers another question. Had the
same forces worked again, with every job falling into an activity by itself, which quotients would chance alone have made
of the same inclination? Jobs do not fall one by one: they come in plants. draws_per_unit says how many independent draws
one unit of the figures stands for, and makes the interval as wide as it has to be.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    ratio,
    read_cells,
    read_jobs,
)
from regional_analytics.measures.specialisation.location_quotient import location_quotient
from regional_analytics.measures.totals import area_of, region_totals_of
from regional_analytics.notes import Notes

IntervalMethod = Literal["fieller", "log", "known_area"]
ROUNDING = 1e-9  # of the area's people: what is left of a rest that is nothing


class QuotientInterval(NamedTuple):
    """The quotients that chance could have turned into the one observed.

    low, high   (regions, activities)
    quotient    (regions, activities), the location quotient itself
    level       how often such an interval holds the quotient behind, as 0.95
    method      the convention
    """

    low: Masked
    high: Masked
    quotient: Masked
    level: float
    method: IntervalMethod


class Counted(NamedTuple):
    """A region's people and those it is compared with, as independent draws; (regions, activities) or (regions, 1)."""

    jobs: Floats
    region: Floats
    activity: Floats
    area: Floats
    known: Flags


def quotient_interval(
    employment: npt.ArrayLike,
    *,
    level: float = 0.95,
    method: IntervalMethod = "fieller",
    draws_per_unit: npt.ArrayLike = 1.0,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    region_in_area: bool = True,
    notes: Notes | None = None,
) -> QuotientInterval:
    """Between which values a location quotient would move by chance.

        p = E[r, a] / E[r, ·]     q = (E[·, a] − E[r, a]) / (E[·, ·] − E[r, ·])     w = E[r, ·] / E[·, ·]

        "fieller"     an interval for ρ = p/q from the Wilson intervals [l, u] of p and [m, v] of q:
                      low ρ  = l (2p − l) / (p q + √(p² q² − l v (2p − l) (2q − v)))
                      high ρ = (p q + √(p² q² − u m (2p − u) (2q − m))) / (m (2q − m))
        "log"         ρ exp(± z √(1/x − 1/n + 1/y − 1/k))      p = x/n, q = y/k in draws
        "known_area"  the Wilson interval of p, divided by the area's share as if that were exact

        and from ρ to the quotient, whose area holds the region itself: LQ = ρ / (w ρ + 1 − w)

    employment       (regions, activities), people
    level            how often the interval is to hold, between 0 and 1
    method           "fieller" holds its level for few people and for none; "log" is the textbook's and has no answer for
                     none; "known_area" is for an area that is a standard, or very much larger than the region
    draws_per_unit   how many independent draws one unit stands for, one figure or (activities,): 1 for people who choose
                     one by one; 1000 for thousands of them; 1/25 if they come in plants of 25; 1/200 if one in 200 was
                     interviewed
    area, region_totals, area_total   as in location_quotient
    region_in_area   false when the area given does not hold the regions, as Europe without the country
    Returns a QuotientInterval. A region that is the whole area has a quotient of 1 whatever happens. Masked and NaN where
    the quotient is; NaN and a note "part_above_whole" where the rest of the area would be less than nothing; "log" has
    NaN and a note "undefined" for a cell or a rest of nobody.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another level, method or draws.
    Source: Wilson (1927), J. American Statistical Association 22(158); the two put together after Fieller: Donner & Zou
    (2012), Statistical Methods in Medical Research 21(4); "log": Katz, Baptista, Azen & Pike (1978), Biometrics 34(3).
    Plants, and tests of the quotient: Guimarães, Figueiredo & Woodward (2009), Regional Science and Urban Economics 39(3).

    >>> jobs = [[6.0, 194.0], [300.0, 9500.0]]      # 6 winemakers in a village of 200
    >>> found = quotient_interval(jobs)
    >>> [round(float(figure[0, 0]), 2) for figure in (found.quotient, found.low, found.high)]
    [0.98, 0.45, 2.06]
    """
    notes = Notes() if notes is None else notes
    if not 0 < level < 1:
        raise RefusedInput(f"A level of {level:g}", remedy="It lies between 0 and 1, as 0.95.")
    if method not in ("fieller", "log", "known_area"):
        raise RefusedInput(f"There is no interval “{method}”", remedy="Choose fieller, log or known_area.")
    if area is None and not region_in_area:
        raise RefusedInput("The area is the sum of the regions, so they are in it", remedy="Give the area.")
    quotient = location_quotient(
        employment, area=area, region_totals=region_totals, area_total=area_total, notes=notes
    )
    counted = read_counts(employment, draws_per_unit, area, region_totals, area_total)
    z = float(ndtri(0.5 + level / 2.0))
    share = ratio(counted.jobs, counted.region)
    if method == "known_area":
        standard = ratio(counted.activity, counted.area)
        low, high = (ratio(end, standard) for end in _wilson(share, counted.region, z))
    else:
        low, high = _next_to_rest(counted, share, z, method, region_in_area, quotient, notes)
    observed = quotient.filled(np.nan)
    undefined = np.isnan(observed)
    known = ~np.ma.getmaskarray(quotient)
    return QuotientInterval(
        masked(np.where(undefined, np.nan, low), known),
        masked(np.where(undefined, np.nan, high), known),
        quotient,
        level,
        method,
    )


def read_counts(
    employment: npt.ArrayLike,
    draws_per_unit: npt.ArrayLike,
    area: npt.ArrayLike | None,
    region_totals: npt.ArrayLike | None,
    area_total: float | None,
) -> Counted:
    """The four counts a quotient is made of, as independent draws. Their notes are those of location_quotient."""
    cells = read_jobs(employment, "Employment")
    draws = read_above_zero(draws_per_unit, "The draws of a unit", cells.values.shape[1])
    totals = region_totals_of(cells, region_totals, Notes())
    reference = area_of(cells, area, area_total, Notes())
    known: Flags = cells.known & totals.known[:, None] & reference.activities.known
    return Counted(
        cells.values * draws,
        totals.values[:, None] * draws,
        reference.activities.values * draws,
        np.asarray(reference.total) * draws,
        known,
    )


def _next_to_rest(
    counted: Counted,
    share: Floats,
    z: float,
    method: IntervalMethod,
    region_in_area: bool,
    quotient: Masked,
    notes: Notes,
) -> tuple[Floats, Floats]:
    """The interval of the region next to the rest of the area, turned into one next to the whole of it."""
    held = 1.0 if region_in_area else 0.0
    slack = ROUNDING * counted.area
    rest_jobs = counted.activity - held * counted.jobs
    rest = counted.area - held * counted.region
    impossible = (rest_jobs < -slack) | (rest < -slack) | (rest_jobs > rest + slack)
    impossible |= counted.jobs > counted.region + slack
    impossible &= counted.known & ~np.isnan(quotient.filled(np.nan))
    notes.add(
        "part_above_whole",
        "the rest of the area would be less than nothing",
        axes=MATRIX,
        positions=np.argwhere(impossible),
    )
    rest = np.where(rest <= slack, 0.0, rest)
    rest_jobs = np.clip(rest_jobs, 0.0, rest)
    other = ratio(rest_jobs, rest)
    if method == "fieller":
        low, high = _fieller(share, other, counted.region, rest, z)
    else:
        low, high = _katz(share, other, counted.jobs, counted.region, rest_jobs, rest, z)
        nobody = counted.known & ((counted.jobs == 0) | (rest_jobs == 0)) & (rest > 0) & ~impossible
        notes.add("undefined", "0/0: no logarithm of nobody", axes=MATRIX, positions=np.argwhere(nobody))
    size = held * ratio(counted.region, counted.area) * np.ones_like(low)
    whole = size >= 1.0 - ROUNDING
    ends = []
    for end in (low, high):
        finite = np.isfinite(end)
        turned = ratio(np.where(finite, end, 1.0), size * np.where(finite, end, 1.0) + 1.0 - size)
        turned = np.where(
            end == np.inf, np.where(size > 0, 1.0 / np.where(size > 0, size, 1.0), np.inf), turned
        )
        turned = np.where(np.isnan(end), np.nan, turned)
        ends.append(np.where(impossible, np.nan, np.where(whole, 1.0, turned)))
    return ends[0], ends[1]


def _wilson(share: Floats, draws: Floats, z: float) -> tuple[Floats, Floats]:
    """The interval of a share; exactly 0 below nobody and 1 above everybody."""
    each = ratio(np.asarray(z * z), draws)
    middle = (share + each / 2.0) / (1.0 + each)
    half = np.sqrt(np.maximum(share * (1.0 - share) * each + each**2 / 4.0, 0.0)) / (1.0 + each)
    low = np.where(share <= 0.0, 0.0, np.maximum(middle - half, 0.0))
    high = np.where(share >= 1.0, 1.0, np.minimum(middle + half, 1.0))
    missing = np.isnan(share)
    return np.where(missing, np.nan, low), np.where(missing, np.nan, high)


def _fieller(p: Floats, q: Floats, n: Floats, k: Floats, z: float) -> tuple[Floats, Floats]:
    """Written so that nothing cancels: a rest of nobody has no upper end, a cell of nobody the lower end 0."""
    low_p, high_p = _wilson(p, n, z)
    low_q, high_q = _wilson(q, k, z)
    both = p * q
    below = np.maximum(both**2 - low_p * high_q * (2.0 * p - low_p) * (2.0 * q - high_q), 0.0)
    above = np.maximum(both**2 - high_p * low_q * (2.0 * p - high_p) * (2.0 * q - low_q), 0.0)
    numerator = low_p * (2.0 * p - low_p)
    low = np.where(numerator == 0, 0.0, ratio(numerator, both + np.sqrt(below)))
    denominator = low_q * (2.0 * q - low_q)
    open_end = denominator <= 0
    high = np.where(open_end, np.inf, ratio(both + np.sqrt(above), np.where(open_end, 1.0, denominator)))
    missing = np.isnan(both)
    return np.where(missing, np.nan, low), np.where(missing, np.nan, high)


def _katz(
    p: Floats, q: Floats, x: Floats, n: Floats, y: Floats, k: Floats, z: float
) -> tuple[Floats, Floats]:
    there = (x > 0) & (y > 0)
    one = np.ones_like(x)
    variance = ratio(one, x) - ratio(one, n) + ratio(one, y) - ratio(one, k)
    width = np.exp(z * np.sqrt(np.maximum(np.where(there, variance, 0.0), 0.0)))
    ratio_of_shares = np.where(there, ratio(p, q), np.nan)
    return ratio_of_shares / width, ratio_of_shares * width


def read_above_zero(given: npt.ArrayLike, what: str, activities: int) -> Floats:
    """One figure, or one for each activity."""
    if np.ndim(np.ma.getdata(given)) == 0:
        given = np.full(activities, given)
    read: Cells = read_cells(given, what, ("activity",), shape=(activities,))
    if not (read.known & (read.values > 0)).all():
        raise RefusedInput(f"{what} must be known and above 0", remedy="1 is a unit that is one person.")
    return read.values
