"""Whether regions come nearer to each other: those behind grow faster (β), and the spread shrinks (σ)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput, masked, ratio, read_cells
from regional_analytics.notes import Notes

REGIONS = ("region",)
BY_YEAR = ("year", "region")
_CLOSED = 1e-9  # what remains of a distance that is closed altogether is rounding
_FEWEST = 3  # a line through two points fits always


class TooFewRegions(RefusedInput):
    """Convergence is a statement about many regions."""


class BetaConvergence(NamedTuple):
    """The line of yearly growth on the level at the start.

    slope, intercept   of (1/T) ln(end/start) on ln(start); a negative slope means that those behind catch up
    standard_error     of the slope, from the residuals, with n − 2 degrees of freedom
    r_squared          the part of the differences in growth that the start explains, 0 to 1
    speed              λ = −ln(1 + T·slope)/T, the part of the distance that is closed each year; NaN where 1 + T·slope is not above 0
    half_life          years until half the distance is closed, ln 2 / λ; NaN where regions do not converge
    regions            how many regions the line rests on
    """

    slope: float
    intercept: float
    standard_error: float
    r_squared: float
    speed: float
    half_life: float
    regions: int


class SigmaConvergence(NamedTuple):
    """The spread of each year, over the regions known in every year.

    variation   coefficient of variation: population standard deviation ÷ mean
    log_spread  population standard deviation of the natural logarithms; masked where a value is not above 0
    regions     how many regions were compared
    """

    variation: Masked
    log_spread: Masked
    regions: int


def beta_convergence(
    start: npt.ArrayLike, end: npt.ArrayLike, years: float, *, notes: Notes | None = None
) -> BetaConvergence:
    """Unconditional β-convergence between two years.

        (1/T) ln(y_T / y_0) = a + b ln(y_0) + e        λ = −ln(1 + T b) / T

    start, end   (regions,), one unit, above 0; masked is unknown and left out
    years        T, the years between them
    Returns the line, its uncertainty, and what follows from it; see BetaConvergence.
    Values of 0 or below have no logarithm: they are left out, with a note "not_positive".
    Source: Barro & Sala-i-Martin (1992), Journal of Political Economy 100(2).
    Raises TooFewRegions for fewer than three regions, or where all start alike; NotFinite, WrongShape, RefusedInput
    where years is not above 0.

    >>> round(beta_convergence([1.0, 2.0, 4.0], [4.0, 4.0, 4.0], 10.0).slope, 6)
    -0.1
    """
    notes = Notes() if notes is None else notes
    _, level, growth = level_and_growth(start, end, years, notes)
    if level.size < _FEWEST or np.ptp(level) == 0:
        raise TooFewRegions(
            f"Convergence cannot be told from {level.size} regions that differ at the start",
            remedy=f"Compare at least {_FEWEST} regions with different starts.",
        )
    return _line(level, growth, float(years))


def level_and_growth(
    start: npt.ArrayLike, end: npt.ArrayLike, years: float, notes: Notes
) -> tuple[Flags, Floats, Floats]:
    """Which regions have a logarithm in both years, and of those ln(start) and yearly growth of the logarithm."""
    if not years > 0:
        raise RefusedInput(f"Growth needs years between start and end, not {years:g}", remedy="Give T > 0.")
    before = read_cells(start, "The start", REGIONS)
    after = read_cells(end, "The end", REGIONS, shape=before.values.shape)
    known = before.known & after.known
    positive = (before.values > 0) & (after.values > 0)
    notes.add(
        "not_positive",
        "what is not above 0 has no logarithm",
        axes=REGIONS,
        positions=np.argwhere(known & ~positive),
    )
    used = known & positive
    level: Floats = np.log(before.values[used])
    return used, level, (np.log(after.values[used]) - level) / years


def speed_of(slope: float, years: float) -> tuple[float, float]:
    """λ, the part of the distance closed each year, and the years until half of it is; NaN where there is none."""
    kept = 1.0 + years * slope
    speed = -float(np.log(kept)) / years if kept > _CLOSED else float("nan")
    return speed, float(np.log(2.0)) / speed if speed > 0 else float("nan")


def _line(level: Floats, growth: Floats, years: float) -> BetaConvergence:
    """Least squares of growth on level."""
    centred, count = level - level.mean(), level.size
    spread = float(centred @ centred)
    slope = float(centred @ growth) / spread
    intercept = float(growth.mean() - slope * level.mean())
    residual = growth - intercept - slope * level
    unexplained, total = float(residual @ residual), float(((growth - growth.mean()) ** 2).sum())
    speed, half_life = speed_of(slope, years)
    return BetaConvergence(
        slope=slope,
        intercept=intercept,
        standard_error=float(np.sqrt(unexplained / (count - 2) / spread)),
        r_squared=1.0 - unexplained / total if total > 0 else float("nan"),
        speed=speed,
        half_life=half_life,
        regions=count,
    )


def sigma_convergence(values: npt.ArrayLike) -> SigmaConvergence:
    """The spread among the same regions, year by year.

        CV_t = σ_t / μ_t        σ over the regions known in every year, divided by n

    values   (years, regions), one unit; masked is unknown. A region unknown in any year is left out of all years, so that
             a change of the spread is never a change of who is compared.
    Returns the spread of each year; see SigmaConvergence.
    Source: Barro & Sala-i-Martin (1992), Journal of Political Economy 100(2).
    Raises TooFewRegions where fewer than two regions are known in every year; NotFinite, WrongShape.

    >>> sigma_convergence([[1.0, 3.0], [2.0, 2.0]]).variation.tolist()
    [0.5, 0.0]
    """
    cells = read_cells(values, "The values", BY_YEAR)
    whole: Flags = np.logical_and.reduce(cells.known, axis=0)
    if int(whole.sum()) < 2:
        raise TooFewRegions(
            f"Only {int(whole.sum())} regions are known in every year",
            remedy="Compare fewer years, or regions with whole series.",
        )
    kept = cells.values[:, whole]
    mean = kept.mean(axis=1)
    above: Flags = np.logical_and.reduce(kept > 0, axis=1)
    logs = np.log(np.where(above[:, None], kept, 1.0)).std(axis=1)
    return SigmaConvergence(
        variation=masked(ratio(kept.std(axis=1), mean), mean != 0),
        log_spread=masked(logs, above),
        regions=int(whole.sum()),
    )
