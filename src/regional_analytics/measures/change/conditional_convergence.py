"""Whether regions come nearer to each other, among those that are alike in other things."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.convergence import TooFewRegions, level_and_growth, speed_of
from regional_analytics.measures.inputs import Flags, Floats, RefusedInput, WrongShape, read_cells
from regional_analytics.notes import Notes


class ConditionalConvergence(NamedTuple):
    """The plane of yearly growth on the level at the start and on the controls.

    slope, standard_error        of ln(start); a negative slope means that, controls being equal, those behind
                                 catch up
    controls, control_errors     (controls,), the same of each control
    intercept                    growth where ln(start) and all controls are 0
    r_squared                    the part of the differences in growth explained by all of them together
    speed, half_life             as in BetaConvergence
    regions                      how many regions it rests on
    """

    slope: float
    standard_error: float
    controls: Floats
    control_errors: Floats
    intercept: float
    r_squared: float
    speed: float
    half_life: float
    regions: int


def conditional_convergence(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    years: float,
    controls: npt.ArrayLike,
    *,
    notes: Notes | None = None,
) -> ConditionalConvergence:
    """β-convergence among regions that are alike in what the controls say.

        (1/T) ln(y_T / y_0) = a + b ln(y_0) + Σ_k c[k] x[k] + e        λ = −ln(1 + T b) / T

    Each region may be on its way to a level of its own; controls stand for what sets that level.

    start, end   (regions,), one unit, above 0; masked is unknown and left out
    years        T, the years between them
    controls     (regions, controls), figures of the start year; a region with an unknown control is left out,
                 with a note "left_out"
    Returns a ConditionalConvergence, by least squares. Without controls it is beta_convergence().
    Values of 0 or below have no logarithm: they are left out, with a note "not_positive".
    Raises TooFewRegions where there are not more regions than figures to estimate; RefusedInput where start
    or a control is a mixture of the others, or years is not above 0; NotFinite, WrongShape.
    Source: Barro & Sala-i-Martin (1992), Journal of Political Economy 100(2).

    >>> start, end, mark = [1.0, 2.0, 4.0, 1.0], [4.0, 4.0, 4.0, 2.0], [[0.0], [0.0], [0.0], [1.0]]
    >>> found = conditional_convergence(start, end, 10.0, mark)
    >>> round(found.slope, 6), found.controls.round(6).tolist()     # the fourth is on its way to half as much
    (-0.1, [-0.069315])
    """
    notes = Notes() if notes is None else notes
    used, level, growth = level_and_growth(start, end, years, notes)
    given = read_cells(controls, "The controls", ("region", "control"))
    if len(given.values) != used.size:
        raise WrongShape(
            f"There are controls of {len(given.values)} regions instead of {used.size}",
            remedy="Give (regions, controls) in the order of the start.",
        )
    whole: Flags = np.logical_and.reduce(given.known, axis=1)
    notes.add("left_out", "a control is unknown", axes=("region",), positions=np.argwhere(used & ~whole))
    kept = whole[used]
    level, growth, others = level[kept], growth[kept], given.values[used & whole]
    terms = np.column_stack([np.ones(level.size), level, others])
    if level.size <= terms.shape[1]:
        raise TooFewRegions(
            f"{level.size} regions cannot tell {terms.shape[1]} figures apart",
            remedy="Compare more regions, or give fewer controls.",
        )
    return _plane(terms, growth, float(years))


def _plane(terms: Floats, growth: Floats, years: float) -> ConditionalConvergence:
    """Least squares of growth on the terms: a constant, the level, the controls."""
    # Columns of one length: the unit of a control must not decide whether it is a mixture of the others.
    length = np.sqrt((terms**2).sum(axis=0))
    scaled = terms / np.where(length > 0, length, 1.0)
    left, sizes, right = np.linalg.svd(scaled, full_matrices=False)
    if sizes[-1] <= sizes[0] * len(terms) * np.finfo(np.float64).eps:
        raise RefusedInput(
            "The start or a control is a mixture of the others, or the same everywhere",
            remedy="Leave out a control that the others say already.",
        )
    found = (right.T @ ((left.T @ growth) / sizes)) / length
    residual = growth - terms @ found
    unexplained, total = float(residual @ residual), float(((growth - growth.mean()) ** 2).sum())
    spread = ((right.T / sizes) ** 2).sum(axis=1) / length**2
    errors = np.sqrt(unexplained / (len(terms) - terms.shape[1]) * spread)
    speed, half_life = speed_of(float(found[1]), years)
    return ConditionalConvergence(
        slope=float(found[1]),
        standard_error=float(errors[1]),
        controls=found[2:],
        control_errors=errors[2:],
        intercept=float(found[0]),
        r_squared=1.0 - unexplained / total if total > 0 else float("nan"),
        speed=speed,
        half_life=half_life,
        regions=len(terms),
    )
