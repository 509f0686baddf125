"""Activities counted together: what a group of them employs, and how much of that is known."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Masked, RefusedInput, masked, read_cells, read_jobs


class GroupTotal(NamedTuple):
    """What a group of activities employs in each region.

    total         (regions,), people; masked where a part of the group is unknown
    at_least      (regions,), people in the known parts: a lower bound of the total; masked where no part is known
    parts_known   (regions,), how many parts of the group are known
    parts         how many parts the group has
    """

    total: Masked
    at_least: Masked
    parts_known: npt.NDArray[np.int64]
    parts: int


def group_total(employment: npt.ArrayLike, *, weights: npt.ArrayLike) -> GroupTotal:
    """How many people a group of activities employs, each activity counted with the share that belongs to it.

        total[r] = Σ_a w[a] · E[r, a]      over the activities with w[a] > 0, all of them known

    employment   (regions, activities), people
    weights      (activities,), from 0 (not in the group) to 1 (all of it)
    Returns a GroupTotal. A part that is unknown is not zero: the total is masked, and at_least says what the known
    parts add up to.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a weight outside 0 to 1, or an empty group.

    >>> jobs = np.ma.masked_equal([[30.0, 10.0, 5.0], [20.0, -1.0, 5.0]], -1.0)    # food, drink, steel
    >>> food_and_drink = group_total(jobs, weights=[1.0, 0.5, 0.0])
    >>> food_and_drink.total.tolist(), food_and_drink.at_least.tolist(), food_and_drink.parts_known.tolist()
    ([35.0, None], [35.0, 20.0], [2, 1])
    """
    cells = read_jobs(employment, "Employment")
    given = read_cells(weights, "Weights", ("activity",), shape=(cells.values.shape[1],))
    share = given.values
    if not given.known.all() or (share < 0).any() or (share > 1).any():
        raise RefusedInput(
            "A weight lies outside 0 to 1", remedy="0 leaves an activity out, 1 counts all of it."
        )
    parts = share > 0
    if not parts.any():
        raise RefusedInput("The group is empty", remedy="Give at least one activity a weight above 0.")
    known = (cells.known & parts).sum(axis=1, dtype=np.int64)
    people: np.ndarray[Any, np.dtype[np.float64]] = (cells.values * share).sum(axis=1)
    complete = known == int(parts.sum())
    return GroupTotal(masked(people, complete), masked(people, known > 0), known, int(parts.sum()))
