"""Relatedness from what moves between activities: goods and services, or people who change their job.

Both measures return what every other relatedness is: (activities, activities), the same both ways, 0 where there is no
relation and on the diagonal.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, RefusedInput, one_of, positions_of, ratio, read_jobs
from regional_analytics.measures.relations.co_occurrence import note_unrelated, read_relatedness
from regional_analytics.notes import Notes

Shares = Literal["mean", "largest", "inputs"]
Scale = Literal["symmetric", "ratio"]


def flow_relatedness(
    flows: npt.ArrayLike,
    *,
    method: Shares = "mean",
    outputs: npt.ArrayLike | None = None,
    inputs: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Floats:
    """How much two activities buy from each other and sell to each other.

        sold[i, j] = F[i, j] / x[i]       bought[i, j] = F[i, j] / y[j]       the part of i's output, of j's input

        "mean"      (sold[i, j] + sold[j, i] + bought[i, j] + bought[j, i]) / 4
        "largest"   the largest of the four
        "inputs"    (bought[i, j] + bought[j, i]) / 2

    flows     (activities, activities), not negative: what goes from i to j, as the intermediate part of an input-output
              table. What is masked counts as no flow (note "unknown_as_unrelated")
    outputs   (activities,), x; by default the sum of a row, own use included
    inputs    (activities,), y; by default the sum of a column, own use included. Give an activity's total output to get
              the coefficients of Fan & Lang
    Returns (activities, activities), symmetric, from 0 to 1 with the default totals; 0 on the diagonal: what an
    activity sells to itself is no relation between two. One without any flow is related to nothing (0, note
    "related_to_nothing").
    Raises NegativeRelatedness, NegativeEmployment for a negative total, NotFinite, WrongShape; RefusedInput for another
    method, or a total of 0 where there are flows.
    Source: "largest" Ellison, Glaeser & Kerr (2010), American Economic Review 100(3), and Delgado, Porter & Stern
    (2016), J. Economic Geography 16(1); "inputs" Fan & Lang (2000), The Journal of Business 73(4); "mean" takes the
    four shares of the first together.

    >>> flow_relatedness([[0.0, 30.0], [10.0, 10.0]]).tolist()      # (30/30 + 10/20 + 30/40 + 10/10) / 4
    [[0.0, 0.8125], [0.8125, 0.0]]
    >>> flow_relatedness([[0.0, 30.0], [10.0, 10.0]], inputs=[100.0, 100.0], method="inputs")[0].tolist()
    [0.0, 0.2]
    """
    notes = Notes() if notes is None else notes
    one_of(method, "method", ("mean", "largest", "inputs"))
    sent = read_relatedness(flows, "The flows", symmetric=False, negative="refused", notes=notes)
    sells, buys = sent.sum(axis=1), sent.sum(axis=0)
    note_unrelated((sells == 0) & (buys == 0), "buys and sells nothing", notes)
    made, used = _totals(outputs, sells, "outputs"), _totals(inputs, buys, "inputs")
    sold = np.nan_to_num(ratio(sent, made[:, None]))
    bought = np.nan_to_num(ratio(sent, used[None, :]))
    if method == "mean":
        one_way = (sold + bought) / 2
        related = (one_way + one_way.T) / 2
    elif method == "largest":
        one_way = np.maximum(sold, bought)
        related = np.maximum(one_way, one_way.T)
    else:
        related = (bought + bought.T) / 2
    np.fill_diagonal(related, 0.0)
    return related


def skill_relatedness(
    flows: npt.ArrayLike, *, scale: Scale = "symmetric", notes: Notes | None = None
) -> Floats:
    """How much more often people change between two activities than the size of their comings and goings explains.

        R[i, j] = F[i, j] · F / (F[i, ·] · F[·, j])      over i ≠ j
        "ratio"       (R[i, j] + R[j, i]) / 2                            1 is chance
        "symmetric"   (ρ[i, j] + ρ[j, i]) / 2,  ρ = (R − 1) / (R + 1)    from −1 (never) over 0 (chance) to 1

    flows   (activities, activities), not negative: people who went from i to j; who stays in an activity is left out.
            What is masked counts as nobody (note "unknown_as_unrelated"), though small flows are often withheld
    scale   "symmetric" (default) or "ratio"
    Returns (activities, activities), symmetric, 0 on the diagonal. Where nobody leaves i or nobody comes to j, that way
    says nothing and the other stands alone; an activity nobody leaves or enters is related to nothing (0, note
    "related_to_nothing"). A density counts what is below 0 as unrelated.
    Raises NegativeRelatedness, NotFinite, WrongShape; RefusedInput for another scale.
    Source: the idea Neffke & Henning (2013), Strategic Management Journal 34(3), who predict the expected flow by a
    regression; this ratio and its scale Neffke, Otto & Weyh (2017), J. Economic Behavior & Organization 142.

    >>> people = [[90.0, 6.0, 2.0], [6.0, 80.0, 2.0], [2.0, 2.0, 70.0]]
    >>> skill_relatedness(people, scale="ratio")[0].tolist()       # 6 · 20 / (8 · 8) and 2 · 20 / (8 · 4)
    [0.0, 1.875, 1.25]
    """
    notes = Notes() if notes is None else notes
    one_of(scale, "scale", ("symmetric", "ratio"))
    moved = read_relatedness(flows, "The flows", symmetric=False, negative="refused", notes=notes).copy()
    np.fill_diagonal(moved, 0.0)
    leaving, coming = moved.sum(axis=1), moved.sum(axis=0)
    note_unrelated((leaving == 0) & (coming == 0), "nobody comes or leaves", notes)
    above = ratio(moved * leaving.sum(), leaving[:, None] * coming[None, :])
    if scale == "symmetric":
        above = (above - 1.0) / (above + 1.0)
    told = ~np.isnan(above)
    ways = np.maximum(told.astype(np.float64) + told.T, 1.0)
    above = np.nan_to_num(above)
    related: Floats = (above + above.T) / ways
    np.fill_diagonal(related, 0.0)
    return related


def _totals(given: npt.ArrayLike | None, sums: Floats, what: str) -> Floats:
    if given is None:
        return sums
    totals = read_jobs(given, f"The {what}", ("activity",), shape=sums.shape).values
    missing = (totals == 0) & (sums > 0)
    if missing.any():
        raise RefusedInput(
            f"The {what} are 0 or unknown where there are flows",
            ("activity",),
            positions_of(missing),
            "Give the totals the flows are a part of, or none.",
        )
    return totals
