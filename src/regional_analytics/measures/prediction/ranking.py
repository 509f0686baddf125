"""Lists of the k best, one a region: what is in them when scores are equal, and how good they were.

Where equal scores reach across the last place of a list, an order by position would let the numbering of
activities decide. Here equal scores share the places left: every figure is the mean over all orders of what
is equal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import MATRIX, Flags, Floats, Masked, RefusedInput, masked, ratio
from regional_analytics.measures.prediction.validation import read_scores
from regional_analytics.measures.presence import read_presence
from regional_analytics.notes import Notes

_ROWS_AT_ONCE = 256  # sorted together; bounds the memory of wide tables


class RankingQuality(NamedTuple):
    """How good the list of each region was, (regions,).

    precision           the part of the list that came (precision@k)
    average_precision   the mean precision at the places of what came (AP@k); its mean over regions is MAP@k
    ndcg                what came, counted for less the lower it stands, next to the best possible list
                        (nDCG@k)
    top                 k
    """

    precision: Masked
    average_precision: Masked
    ndcg: Masked
    top: int

    @property
    def mean_precision(self) -> float:
        return _mean(self.precision)

    @property
    def mean_average_precision(self) -> float:
        return _mean(self.average_precision)

    @property
    def mean_ndcg(self) -> float:
        return _mean(self.ndcg)


def ranking_quality(
    scores: npt.ArrayLike, outcomes: npt.ArrayLike, *, top: int = 10, notes: Notes | None = None
) -> RankingQuality:
    """How good the list of the k best of each region was.

        P@k    = hits among the first k / k
        AP@k   = Σ_{p ≤ k} hit[p] · P@p / min(k, n_came)
        nDCG@k = Σ_{p ≤ k} hit[p] / log2(p + 1)  /  Σ_{p ≤ min(k, n_came)} 1 / log2(p + 1)

    scores     (regions, activities), any scale; higher stands higher. Masked and NaN: not on any list
    outcomes   (regions, activities), 0 and 1; masked: unknown, or could not happen. Left out, with a note
               "left_out"
    top        k. A region with fewer activities to rank has a list of those, and its precision is of those
    Equal scores share their places: the mean over all their orders. For one list of everything hand in a
    single row.
    Returns a RankingQuality. Masked where a region has nothing to rank; AP and nDCG are NaN, with a note
    "undefined", where nothing came. Means are over the regions that have the figure.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for a list of none.
    Source: Järvelin & Kekäläinen (2002), ACM Transactions on Information Systems 20(4); with ties McSherry &
    Najork (2008), Advances in Information Retrieval.

    >>> found = ranking_quality([[0.9, 0.5, 0.4, 0.1]], [[1, 0, 1, 0]], top=3)
    >>> found.precision.round(4).tolist(), found.average_precision.round(4).tolist()     # (1/1 + 2/3) / 2
    ([0.6667], [0.8333])
    """
    notes = Notes() if notes is None else notes
    refuse_no_list(top)
    happened = read_presence(outcomes, "Outcomes")
    given = read_scores(scores, MATRIX, happened.values.shape)
    used = given.known & happened.known
    notes.add("left_out", "without a score or an outcome", axes=MATRIX, positions=np.argwhere(~used))
    parts = [
        _quality(given.values[rows], happened.values[rows] == 1, used[rows], top)
        for start in range(0, max(len(used), 1), _ROWS_AT_ONCE)
        for rows in [slice(start, start + _ROWS_AT_ONCE)]
    ]
    precision, average, ndcg = (np.concatenate([part[at] for part in parts]) for at in range(3))
    known = np.logical_or.reduce(used, axis=1)
    notes.add(
        "undefined",
        "0/0: nothing came",
        axes=("region",),
        positions=np.argwhere(known & np.isnan(ndcg)),
    )
    return RankingQuality(masked(precision, known), masked(average, known), masked(ndcg, known), top)


def refuse_no_list(top: int) -> None:
    if top < 1:
        raise RefusedInput(f"A list of the {top} best holds nothing", remedy="Ask for one or more.")


def on_the_list(scores: Floats, candidates: Flags, top: int) -> Floats:
    """The part of each cell that is on its region's list: 1, 0, or between where equal scores share places.

    >>> on_the_list(np.array([[3.0, 1.0, 1.0, 0.0]]), np.ones((1, 4), dtype=bool), 2).tolist()
    [[1.0, 0.5, 0.5, 0.0]]
    """
    if scores.shape[1] <= top:
        return candidates.astype(np.float64)
    ranked = np.where(candidates, scores, -np.inf)
    last = np.partition(ranked, -top, axis=1)[:, -top][:, None]
    above, level = ranked > last, candidates & (ranked == last)
    left = top - above.sum(axis=1, keepdims=True)
    shared = np.minimum(
        ratio(left.astype(np.float64), level.sum(axis=1, keepdims=True).astype(np.float64)), 1.0
    )
    return np.where(above, 1.0, np.where(level, shared, 0.0))


def _quality(scores: Floats, came: Flags, used: Flags, top: int) -> tuple[Floats, Floats, Floats]:
    """Precision, average precision and nDCG of each row, as means over the orders of what is equal."""
    keyed = np.where(used, scores, -np.inf)
    order = np.argsort(-keyed, axis=1, kind="stable")
    ordered = np.take_along_axis(keyed, order, axis=1)
    hits = np.cumsum(np.take_along_axis(came & used, order, axis=1), axis=1, dtype=np.float64)
    first, last = _blocks(ordered)
    size = last - first + 1.0
    before = np.where(first > 0, np.take_along_axis(hits, np.maximum(first - 1, 0), axis=1), 0.0)
    inside = np.take_along_axis(hits, last, axis=1) - before
    place = np.arange(1.0, ordered.shape[1] + 1)
    listed = (place <= top) & np.isfinite(ordered)
    chance = np.where(listed, inside / size, 0.0)
    # Of the others equal to a hit, each stands before it with the same chance.
    earlier = (place - 1 - first) * (inside - 1) / np.maximum(size - 1, 1)
    precise = chance * (before + 1 + earlier) / place
    total = hits[:, -1] if hits.shape[1] else np.zeros(len(hits))
    ideal = np.append(0.0, np.cumsum(1 / np.log2(place + 1)))[np.minimum(total, top).astype(np.int64)]
    return (
        ratio(chance.sum(axis=1), listed.sum(axis=1).astype(np.float64)),
        ratio(precise.sum(axis=1), np.minimum(total, top)),
        ratio((chance / np.log2(place + 1)).sum(axis=1), ideal),
    )


def _blocks(ordered: Floats) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each place of sorted rows, the first and the last place with the same score."""
    place = np.broadcast_to(np.arange(ordered.shape[1]), ordered.shape)
    changes = ordered[:, 1:] != ordered[:, :-1]
    edge = np.ones((len(ordered), min(ordered.shape[1], 1)), dtype=np.bool_)
    begins, ends = np.hstack([edge, changes]), np.hstack([changes, edge])
    first = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
    last = np.minimum.accumulate(np.where(ends, place, ordered.shape[1])[:, ::-1], axis=1)[:, ::-1]
    return first, last


def _mean(values: Masked) -> float:
    found = values.compressed()
    found = found[~np.isnan(found)]
    return float(found.mean()) if found.size else float("nan")
