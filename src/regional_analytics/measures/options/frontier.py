"""Which options of a region no other of its options beats: what is left to choose once everything worse is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, RefusedInput
from regional_analytics.measures.options.criteria import read_options, without_noise
from regional_analytics.notes import Notes

Positions: TypeAlias = npt.NDArray[np.int64]
MaskedDepths: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True, eq=False)
class Frontier:
    """Where each option of a region stands; (regions, activities) each, masked where there is no option.

    depth       1 on the frontier, 2 on the one that is left without those, and so on; 0 is deeper than was asked
    beaten_by   position of an option on the frontier that is nowhere worse and somewhere better; masked on the frontier
    deepest     how far was asked
    criteria    their names, in order
    """

    depth: MaskedDepths
    beaten_by: MaskedDepths
    deepest: int
    criteria: tuple[str, ...]


def opportunity_frontier(
    relatedness: npt.ArrayLike,
    complexity: npt.ArrayLike,
    *,
    growth: npt.ArrayLike | None = None,
    present: npt.ArrayLike,
    deepest: int = 3,
    notes: Notes | None = None,
) -> Frontier:
    """Which absent activities no other option of the region beats on every count.

        b beats a  =  b[i] ≥ a[i] on every criterion i, and b[i] > a[i] on at least one
        depth[r, a] = 1 + the most options of r that beat one another in a row, the last of them a

    relatedness   (regions, activities), how near each activity is to the region, as from relatedness_density()
    complexity    (activities,), of the activity, as from economic_complexity(); or (regions, activities), what it would
                  open up, as the gain of outlook()
    growth        (activities,) or (regions, activities), demand, as from activity_growth(); None (default) leaves it out
    present       (regions, activities), 0 and 1
    deepest       up to which depth options are told apart, at least 1
    More is better everywhere: hand in density and not distance. Units and scales play no part, only what is larger. Two
    options alike on every count (to twelve digits) do not beat each other: both are on the frontier. Every added criterion makes
    frontiers longer.
    An activity that is present, or not known to be absent, is no option; nor is one with a criterion that is masked or NaN
    (note "left_out" for what is not known).
    Returns a Frontier.
    Raises NotAPresence, NotFinite for an infinite criterion, WrongShape; RefusedInput for a depth below 1.
    Source: relatedness against complexity as the two sides of the choice: Balland, Boschma, Crespo & Rigby (2019), Regional
    Studies 53(9). Peeling frontier after frontier: Goldberg (1989), Genetic Algorithms in Search, Optimization and Machine
    Learning.

    >>> near = [[0.9, 0.6, 0.5, 0.2]]             # of the four, the third is less near than the second,
    >>> found = opportunity_frontier(near, [1.0, 3.0, 2.0, 4.0], present=[[0, 0, 0, 0]])     # and less complex
    >>> found.depth.tolist(), found.beaten_by.tolist()
    ([[1, 1, 2, 1]], [[None, None, 1, None]])
    """
    notes = Notes() if notes is None else notes
    if deepest < 1:
        raise RefusedInput(
            f"There is no depth {deepest}", remedy="The frontier itself is 1; ask for it or more."
        )
    criteria = {"relatedness": relatedness, "complexity": complexity}
    if growth is not None:
        criteria["growth"] = growth
    judged = read_options(criteria, present, notes)
    depth, beaten_by = _peel([without_noise(one) for one in judged.values.values()], judged.options, deepest)
    return Frontier(
        depth=np.ma.MaskedArray(depth, mask=~judged.options),
        beaten_by=np.ma.MaskedArray(beaten_by, mask=beaten_by < 0),
        deepest=deepest,
        criteria=tuple(criteria),
    )


def _peel(criteria: list[Floats], options: Flags, deepest: int) -> tuple[Positions, Positions]:
    """The depth of each option, and who beats it on the first frontier (−1: nobody)."""
    order = np.lexsort([-values for values in reversed(criteria)], axis=1)
    falling = [np.take_along_axis(values, order, axis=1) for values in criteria]
    left = np.take_along_axis(options, order, axis=1)
    depth, beaten_by = np.zeros_like(order), np.full_like(order, -1)
    for level in range(1, deepest + 1):
        by = _beaten_by(falling, left)
        unbeaten = left & (by < 0)
        depth[unbeaten] = level
        left &= ~unbeaten
        if level == 1:
            beaten_by = np.where(left, np.take_along_axis(order, np.maximum(by, 0), axis=1), -1)
    back = np.empty_like(order)
    np.put_along_axis(back, order, np.broadcast_to(np.arange(order.shape[1]), order.shape), axis=1)
    return np.take_along_axis(depth, back, axis=1), np.take_along_axis(beaten_by, back, axis=1)


def _beaten_by(falling: list[Floats], options: Flags) -> Positions:
    """Who beats each option, itself unbeaten (−1: nobody), in rows sorted by the first criterion, then the second, and so on.

    Whoever beats an option stands before it there. So the first one left is unbeaten; those alike leave with it, and all that
    it beats; then the next, in all regions at once. Rows grow shorter as they empty.
    """
    by = np.full(options.shape, -1, dtype=np.int64)
    place = np.broadcast_to(np.arange(options.shape[1]), options.shape)
    left, values = options.copy(), falling
    while most := int(left.sum(axis=1).max(initial=0)):
        if 2 * most <= left.shape[1]:
            first_ones = np.argsort(~left, axis=1, kind="stable")[:, :most]
            place = np.take_along_axis(place, first_ones, axis=1)
            left = np.take_along_axis(left, first_ones, axis=1)
            values = [np.take_along_axis(one, first_ones, axis=1) for one in values]
        best = left.argmax(axis=1)[:, None]
        no_better, alike = left.copy(), left.copy()
        for one in values:
            own = np.take_along_axis(one, best, axis=1)
            no_better &= one <= own
            alike &= one == own
        row, column = np.nonzero(no_better & ~alike)
        by[row, place[row, column]] = place[row, best[row, 0]]
        left &= ~no_better
    return by
