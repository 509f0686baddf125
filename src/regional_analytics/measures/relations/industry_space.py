"""The industry space: activities and the relations between them as a network that can be looked at.

All relations together are a ball of wool. The strongest ones that still hold everything together are a tree; a few more
show where the space is dense.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, RefusedInput
from regional_analytics.measures.relations.co_occurrence import read_relatedness
from regional_analytics.notes import Notes

Positions: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class IndustrySpace:
    """A network of activities.

    activities   how many there are
    first        (links,), the lower position of a link's two activities
    second       (links,), the higher
    weight       (links,), how related they are, above 0
    in_tree      (links,), whether the link belongs to the tree
    component    (activities,), the part of the space an activity lies in; parts count from 0, the one with the most
                 activities first and, of equals, the one with the lowest position
    Links are sorted by position.
    """

    activities: int
    first: Positions
    second: Positions
    weight: Floats
    in_tree: Flags
    component: Positions

    @property
    def components(self) -> int:
        """How many parts there are that no link joins."""
        return int(self.component.max(initial=-1)) + 1

    def edges(self) -> list[tuple[int, int, float, bool]]:
        """The links as plain rows (i, j, weight, in_tree), for a file or a picture."""
        return list(
            zip(
                self.first.tolist(),
                self.second.tolist(),
                self.weight.tolist(),
                self.in_tree.tolist(),
                strict=True,
            )
        )


def industry_space(
    relatedness: npt.ArrayLike,
    *,
    threshold: float | None = None,
    strongest: float | None = None,
    notes: Notes | None = None,
) -> IndustrySpace:
    """The network of the strongest relations: a tree that holds everything together, and what is strong besides.

        tree = the links that join all activities with the largest Σ φ[i, j]
        links = tree + { φ[i, j] ≥ threshold }    or    tree + the strongest others, until links = strongest · n / 2

    relatedness   (activities, activities), symmetric; only pairs above 0 can be linked, and the diagonal plays no part.
                  Masked pairs count as unrelated (note "unknown_as_unrelated")
    threshold     every pair at least so related is linked; 0.55 in the paper. None: no further links
    strongest     how many links an activity has on average, tree included (each link counts at both ends). Of equals,
                  the pair with the lower positions comes first. One of the two, or neither for the tree alone
    Returns an IndustrySpace. Where the relations do not join everything there is a tree for each part, and a note
    "disconnected" names the activities outside the largest.
    Raises NotSymmetric, NotFinite, WrongShape; RefusedInput for both a threshold and a strongest, or one not above 0.
    Source: Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837); the tree is Prim's (1957), Bell System
    Technical Journal 36(6).

    >>> near = [[1.0, 0.8, 0.3], [0.8, 1.0, 0.6], [0.3, 0.6, 1.0]]
    >>> industry_space(near).edges()
    [(0, 1, 0.8, True), (1, 2, 0.6, True)]
    >>> industry_space(near, threshold=0.3).edges()[1]
    (0, 2, 0.3, False)
    """
    notes = Notes() if notes is None else notes
    _refuse_what_picks_nothing(threshold, strongest)
    weights = read_relatedness(relatedness, notes=notes)
    size = len(weights)
    first, second, component = _tree(weights)
    if threshold is not None:
        more = _at_least(weights, threshold)
    elif strongest is not None:
        more = _strongest(weights, (first, second), round(strongest * size / 2) - len(first))
    else:
        more = np.zeros(0, dtype=np.int64)
    tree = first * size + second
    links = np.union1d(tree, more)
    _note_parts(component, notes)
    return IndustrySpace(
        activities=size,
        first=links // max(size, 1),
        second=links % max(size, 1),
        weight=weights[links // max(size, 1), links % max(size, 1)],
        in_tree=np.isin(links, tree),
        component=component,
    )


def _tree(weights: Floats) -> tuple[Positions, Positions, Positions]:
    """Prim's tree of the largest weights: take in, again and again, the activity most related to those taken in."""
    size = len(weights)
    part = np.full(size, -1, dtype=np.int64)
    best = np.full(size, -np.inf)  # how related each activity is to those taken in; −∞ once it is
    partner = np.zeros(size, dtype=np.int64)
    waiting = np.ones(size, dtype=np.bool_)
    links: list[tuple[int, int]] = []
    parts = 0
    for _ in range(size):
        at = int(best.argmax())
        if best[at] > 0:
            links.append((int(partner[at]), at))
            part[at] = part[partner[at]]
        else:  # nothing joins the others to what is taken in: a new part begins at the first of them
            at = int(waiting.argmax())
            part[at], parts = parts, parts + 1
        waiting[at] = False
        nearer = waiting & (weights[at] > best)
        best[nearer] = weights[at][nearer]
        partner[nearer] = at
        best[at] = -np.inf
    ends = np.sort(np.array(links, dtype=np.int64).reshape(-1, 2), axis=1)
    return ends[:, 0], ends[:, 1], _largest_first(part, parts)


def _largest_first(part: Positions, parts: int) -> Positions:
    """Number the parts anew: the largest is 0; of equals, the one found first."""
    order = np.argsort(-np.bincount(part, minlength=parts), kind="stable")
    rank = np.empty(parts, dtype=np.int64)
    rank[order] = np.arange(parts)
    renumbered: Positions = rank[part]
    return renumbered


def _at_least(weights: Floats, threshold: float) -> Positions:
    """Pairs at least so related, as i · n + j with i < j."""
    found: Positions = np.flatnonzero(np.triu(weights >= threshold, 1)).astype(np.int64)
    return found


def _strongest(weights: Floats, tree: tuple[Positions, Positions], wanted: int) -> Positions:
    """The strongest pairs outside the tree, as i · n + j with i < j."""
    candidates = np.triu(weights, 1)
    candidates[tree] = 0.0
    where = np.flatnonzero(candidates > 0)
    if wanted <= 0:
        return where[:0].astype(np.int64)
    strength: np.ndarray[Any, np.dtype[np.float64]] = candidates.ravel()[where]
    if wanted < len(where):
        last = np.partition(strength, len(strength) - wanted)[len(strength) - wanted]
        where, strength = where[strength >= last], strength[strength >= last]
    picked: Positions = where[np.argsort(-strength, kind="stable")][:wanted].astype(np.int64)
    return picked


def _note_parts(component: Positions, notes: Notes) -> None:
    notes.add(
        "disconnected",
        "no relation joins it to the largest part of the space",
        axes=("activity",),
        positions=np.argwhere(component > 0),
    )


def _refuse_what_picks_nothing(threshold: float | None, strongest: float | None) -> None:
    if threshold is not None and strongest is not None:
        raise RefusedInput(
            "A threshold and a number of links cannot both decide", remedy="Give one of the two, or none."
        )
    for name, given in (("threshold", threshold), ("number of links", strongest)):
        if given is not None and not 0 < given < np.inf:
            raise RefusedInput(f"A {name} of {given:g} picks no links", remedy="Give one above 0.")
