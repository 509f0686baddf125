"""Fitness of regions and complexity of activities: an activity is as complex as the weakest that manage it allow."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.complexity.economic_complexity import read_complexity
from regional_analytics.measures.inputs import Flags, Floats, RefusedInput, one_of
from regional_analytics.measures.presence import whole_presence
from regional_analytics.notes import Notes

FitnessVariant = Literal["original", "extremal", "stable"]

_SMALLEST = 1e-300  # below this a fitness that falls for ever is 0
_WRITABLE = 600.0  # exp(−600) is a number, exp(−800) is 0


class Fitness(NamedTuple):
    """Where the walk ended.

    regions      (regions,), fitness, of mean 1; NaN for a region with nothing
    activities   (activities,), complexity, of mean 1; NaN for an activity nobody has
    steps        how many were taken
    converged    whether the last one changed no logarithm by more than the tolerance
    """

    regions: Floats
    activities: Floats
    steps: int
    converged: bool


def fitness(
    presence: npt.ArrayLike,
    *,
    variant: FitnessVariant = "original",
    extremality: float = 1.0,
    offset: float = 1e-3,
    tolerance: float = 1e-8,
    most_steps: int = 2000,
    notes: Notes | None = None,
) -> Fitness:
    """How fit a region is: what it has, weighed by complexity; and how complex an activity: as its least fit owners are not.

        "original"   F[r] = Σ_a M[r, a] Q[a]          Q[a] = 1 / Σ_r M[r, a] / F[r]                  both divided by their mean
        "extremal"   F as above                       Q[a] = ( Σ_r M[r, a] F[r]^−α )^(−1/α)          likewise; α above 1 is harsher
        "stable"     F[r] = δ + Σ_a M[r, a] Q[a]      Q[a] = 1 / ( 1 + Σ_r M[r, a] / F[r] )          divided by their mean at the end

    presence      (regions, activities), 0 and 1; masked counts as absent (note "unknown_as_absent")
    extremality   α, above 0, of "extremal"
    offset        δ, above 0, of "stable"; its ranks do not depend on it while it is small
    tolerance     the largest change of a logarithm in a step at which it has converged
    most_steps    where it stops otherwise
    Both sides are taken from the step before (synchronous). The original can fall towards 0 for ever for regions that have
    only what everybody has: then it is not converged (note "not_converged"), or has reached 0 as far as numbers go. The
    stable variant always converges, and takes regions that share nothing.
    Returns a Fitness. NaN and a note "undefined" for regions and activities that have, or are had by, nobody.
    Raises RefusedInput for α or δ not above 0; NotAPresence, NotFinite, WrongShape.
    Source: Tacchella, Cristelli, Caldarelli, Gabrielli & Pietronero (2012), Scientific Reports 2:723; Mariani, Vidmer, Medo &
    Zhang (2015), The European Physical Journal B 88:293; Servedio, Buttà, Mazzolini & Patelli (2018), Entropy 20(10).

    >>> found = fitness([[1, 1], [1, 0]], variant="stable")
    >>> bool(found.regions[0] > found.regions[1]), bool(found.activities[1] > found.activities[0]), found.converged
    (True, True, True)
    """
    notes = Notes() if notes is None else notes
    _refuse(variant, extremality, offset)
    whole = whole_presence(presence, notes)
    rows: Flags = np.logical_or.reduce(whole > 0, axis=1)
    columns: Flags = np.logical_or.reduce(whole > 0, axis=0)
    for axis, kept, what in (("region", rows, "has no activity"), ("activity", columns, "is in no region")):
        notes.add("undefined", f"fitness of what {what}", axes=(axis,), positions=np.argwhere(~kept))
    part = whole[np.ix_(rows, columns)]
    fit, complex_ = np.ones(part.shape[0]), np.ones(part.shape[1])
    steps, change = 0, np.inf if part.size else 0.0
    while change > tolerance and steps < most_steps:
        new = _step(part, fit, complex_, variant, extremality, offset)
        change = max(_moved(fit, new[0]), _moved(complex_, new[1]))
        fit, complex_, steps = *new, steps + 1
    if change > tolerance:
        notes.add("not_converged", f"fitness still moved after {steps} steps", count=1)
    return Fitness(_placed(fit, rows), _placed(complex_, columns), steps, bool(change <= tolerance))


def basket_fitness(
    presence: npt.ArrayLike, activity_complexity: npt.ArrayLike, *, notes: Notes | None = None
) -> Floats:
    """The fitness of what a region has, with activities judged elsewhere: by the world, say.

        F[r] = Σ_a M[r, a] Q[a]

    presence              (regions, activities), 0 and 1; masked counts as absent
    activity_complexity   (activities,), 0 or more; masked and NaN ones are left out (note "left_out")
    Returns (regions,), a sum in that scale; 0 for a region with nothing.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Operti, Pugliese, Andrade, Pietronero & Gabrielli (2018), PLoS ONE 13(6).

    >>> basket_fitness([[1, 1, 0], [0, 1, 1]], [2.0, 1.0, 0.5]).tolist()
    [3.0, 1.5]
    """
    notes = Notes() if notes is None else notes
    whole = whole_presence(presence, notes)
    given = read_complexity(activity_complexity, whole.shape[1])
    notes.add("left_out", "without a complexity", axes=("activity",), positions=np.argwhere(~given.known))
    total: Floats = whole @ given.values
    return total


def _step(
    part: Floats, fit: Floats, complex_: Floats, variant: FitnessVariant, alpha: float, offset: float
) -> tuple[Floats, Floats]:
    earlier = np.maximum(fit, _SMALLEST)
    if variant == "stable":
        return offset + part @ complex_, 1.0 / (1.0 + part.T @ (1.0 / earlier))
    harder = _hardness(part, earlier, alpha if variant == "extremal" else 1.0)
    fitter: Floats = part @ complex_
    return fitter / fitter.mean(), harder / harder.mean()


def _hardness(part: Floats, fit: Floats, power: float) -> Floats:
    """( Σ_r M[r, a] F[r]^−α )^(−1/α) up to a factor; in logarithms, since powers of a small number are soon 0 or endless."""
    above = np.log(fit / fit.min())
    if power * above.max() < _WRITABLE:
        hardness = -np.log(part.T @ np.exp(-power * above)) / power
    else:  # each activity next to its own least fit region
        owners = np.where(part > 0, above[:, None], np.inf)
        least = owners.min(axis=0)
        hardness = least - np.log(np.exp(-power * (owners - least)).sum(axis=0)) / power
    found: Floats = np.exp(hardness - hardness.max())
    return found


def _moved(before: Floats, after: Floats) -> float:
    """The largest change of a logarithm among those that are not 0 as far as numbers go."""
    above: Flags = (before > _SMALLEST) & (after > _SMALLEST)
    return float(np.abs(np.log(after[above] / before[above])).max(initial=0.0))


def _placed(values: Floats, kept: Flags) -> Floats:
    placed = np.full(kept.size, np.nan)
    placed[kept] = values / values.mean() if values.size else values
    return placed


def _refuse(variant: str, extremality: float, offset: float) -> None:
    one_of(variant, "fitness", ("original", "extremal", "stable"))
    for name, given in (("extremality", extremality), ("offset", offset)):
        if not 0 < given < np.inf:
            raise RefusedInput(f"The {name} of fitness is {given:g}", remedy="Give a number above 0.")
