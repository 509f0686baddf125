"""Who may be named for whom: all others, only those abroad, only those at home; and who then comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput, WrongShape, masked

MaskedPositions: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"
PAIRS = ("region", "other")


def candidates(groups: Sequence[object], which: Literal["outside", "inside"] = "outside") -> Flags:
    """Which regions may be named for which, by country or any other group.

        "outside"   C[r, s] = 1  where  group[s] ≠ group[r]
        "inside"    C[r, s] = 1  where  group[s] = group[r]  and  s ≠ r

    groups   (regions,), a label each: "BG", "EL", "RO"
    Returns (regions, regions), true where s may be named for r. Hand it on as candidates=, or combine several with &.
    Raises RefusedInput for a name that does not exist.

    >>> candidates(["BG", "BG", "RO"]).tolist()
    [[False, False, True], [False, False, True], [True, True, False]]
    """
    if which not in ("outside", "inside"):
        raise RefusedInput(f"There is no “{which}” of a group", remedy="Choose outside or inside.")
    numbers = {label: at for at, label in enumerate(dict.fromkeys(groups))}
    group = np.array([numbers[label] for label in groups], dtype=np.int64)
    same: Flags = group[:, None] == group
    return ~same if which == "outside" else same & ~np.eye(group.size, dtype=np.bool_)


def read_candidates(given: npt.ArrayLike | None, regions: int) -> Flags:
    """Take who may be named for whom; by default everybody, and never a region for itself."""
    others = ~np.eye(regions, dtype=np.bool_)
    if given is None:
        return others
    allowed = np.asarray(given)
    if allowed.shape != others.shape or allowed.dtype != np.bool_:
        raise WrongShape(
            f"Candidates are {allowed.dtype} of the shape {allowed.shape} instead of true or false of {others.shape}",
            remedy="Give (regions, regions), or make them with candidates().",
        )
    chosen: Flags = allowed & others
    return chosen


def first_of_each_row(
    values: Floats, allowed: Flags, wanted: int, *, largest: bool = False
) -> tuple[MaskedPositions, Masked]:
    """The smallest (or largest) allowed values of each row, in order; equal ones in the order of their positions."""
    if wanted < 1:
        raise RefusedInput(f"{wanted} regions cannot be named", remedy="Ask for 1 or more.")
    wanted = min(wanted, max(values.shape[1] - 1, 1))  # nobody is named for itself
    there = allowed & ~np.isnan(values)
    ranked = np.where(there, -values if largest else values, np.inf)
    order = np.argsort(ranked, axis=1, kind="stable")[:, :wanted]
    found = np.take_along_axis(there, order, axis=1)
    positions = np.ma.MaskedArray(np.where(found, order, -1), mask=~found)
    return positions, masked(np.take_along_axis(values, order, axis=1), found)
