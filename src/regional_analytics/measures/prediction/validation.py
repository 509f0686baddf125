"""How good a score foretold what came: measures of many guesses against what happened.

Scores and outcomes have one shape, (regions, activities) or a plain list. A cell without a score (masked or
NaN) or without an outcome (masked) is left out and counted: hand in outcomes of entries(), which masks what
could not happen.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Flags,
    Floats,
    RefusedInput,
    WrongShape,
    positions_of,
    read_cells,
)
from regional_analytics.measures.presence import read_presence
from regional_analytics.notes import Notes


class NotAProbability(RefusedInput):
    """A probability lies between 0 and 1."""


class Judged(NamedTuple):
    """Scores and what happened, of the cells that have both.

    scores   of the cells used, in the order of the arrays
    came     whether it happened
    used     in the shape of the arrays, which cells those are
    """

    scores: Floats
    came: Flags
    used: Flags


def roc_auc(scores: npt.ArrayLike, outcomes: npt.ArrayLike, *, notes: Notes | None = None) -> float:
    """How often what came had the higher score, of all pairs of one that came and one that did not.

        AUC = (#{ s[came] > s[not] } + ½ #{ s[came] = s[not] }) / (n_came · n_not)

    scores     any shape, any scale; higher is likelier. Masked and NaN: no score
    outcomes   the same shape, 0 and 1; masked: unknown, or could not happen
    Returns a share: ½ is a guess, 1 is perfect, below ½ is the wrong way round. NaN and a note "undefined"
    where nothing came or nothing stayed away. Cells without score or outcome are left out; note "left_out".
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Hanley & McNeil (1982), Radiology 143(1).

    >>> roc_auc([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0])     # of four pairs three are right and one is a tie
    0.875
    """
    notes = Notes() if notes is None else notes
    found = judge(scores, outcomes, notes)
    return area_of_pairs(found.scores[found.came], found.scores[~found.came], notes)


def average_precision(scores: npt.ArrayLike, outcomes: npt.ArrayLike, *, notes: Notes | None = None) -> float:
    """How much of a list is right, on average over the places where something right comes in (PR-AUC).

        AP = Σ_n (R[n] − R[n − 1]) · P[n]      over the distinct scores from the top

        P[n] the part of the cells with at least that score that came, R[n] the part of what came that is
        among them

    scores, outcomes   as in roc_auc
    Returns a share. A random order has the share of what came, not ½: compare with that. NaN and a note
    "undefined" where nothing came. Equal scores count as one step, without interpolation between steps.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Davis & Goadrich (2006), Proceedings of the 23rd International Conference on Machine Learning, on
    the curve.

    >>> average_precision([0.9, 0.5, 0.4, 0.1], [1, 0, 1, 0])     # ½ · 1/1 + ½ · 2/3
    0.8333333333333333
    """
    notes = Notes() if notes is None else notes
    found = judge(scores, outcomes, notes)
    hits, named, _ = _from_the_top(found)
    if not found.came.any():
        return _nothing_came(notes)
    gained = np.diff(hits, prepend=0.0)
    return float((gained * hits / named).sum() / hits[-1])


class BestF1(NamedTuple):
    """The line at which hits and misses balance best.

    f1          harmonic mean of precision and recall
    threshold   what has at least this score is named
    precision   the part of what is named that came
    recall      the part of what came that is named
    """

    f1: float
    threshold: float
    precision: float
    recall: float


def best_f1(scores: npt.ArrayLike, outcomes: npt.ArrayLike, *, notes: Notes | None = None) -> BestF1:
    """The threshold at which the list of all with at least that score is best, by the F1 score.

        F1 = 2 P R / (P + R) = 2 hits / (named + n_came)

    scores, outcomes   as in roc_auc
    Returns a BestF1; of equally good thresholds the highest, which names fewest. It is chosen with the
    outcomes known: on new figures it does worse. NaN and a note "undefined" where nothing came.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: van Rijsbergen (1979), Information Retrieval.

    >>> best_f1([0.9, 0.5, 0.4, 0.1], [1, 0, 1, 0])
    BestF1(f1=0.8, threshold=0.4, precision=0.6666666666666666, recall=1.0)
    """
    notes = Notes() if notes is None else notes
    found = judge(scores, outcomes, notes)
    if not found.came.any():
        return BestF1(*[_nothing_came(notes)] * 4)
    hits, named, thresholds = _from_the_top(found)
    f1 = 2 * hits / (named + hits[-1])
    best = int(np.argmax(f1))
    return BestF1(
        float(f1[best]),
        float(thresholds[best]),
        float(hits[best] / named[best]),
        float(hits[best] / hits[-1]),
    )


def brier_score(
    probabilities: npt.ArrayLike, outcomes: npt.ArrayLike, *, notes: Notes | None = None
) -> float:
    """How far probabilities were from what happened, squared.

        B = mean of (p − o)²

    probabilities   any shape, 0 to 1. Masked and NaN: none
    outcomes        the same shape, 0 and 1; masked: unknown, or could not happen
    Returns 0 (certain and right) to 1 (certain and wrong); who always says the share q of what came gets q (1
    − q). NaN and a note "undefined" where no cell has both.
    Raises NotAProbability, NotAPresence, NotFinite, WrongShape.
    Source: Brier (1950), Monthly Weather Review 78(1).

    >>> brier_score([1.0, 0.5], [1, 0])
    0.125
    """
    notes = Notes() if notes is None else notes
    found = judge(probabilities, outcomes, notes)
    odd = (found.scores < 0) | (found.scores > 1)
    if odd.any():
        where = np.zeros(found.used.shape, dtype=np.bool_)
        where[found.used] = odd
        raise NotAProbability(
            f"A probability lies between 0 and 1, and not at {found.scores[odd][0]:g}",
            axes_of(where.ndim),
            positions_of(where),
            "Make probabilities from scores with entry_probability().",
        )
    if not found.scores.size:
        notes.add("undefined", "0/0: no cell has a probability and an outcome", count=1)
        return float("nan")
    return float(((found.scores - found.came) ** 2).mean())


def judge(scores: npt.ArrayLike, outcomes: npt.ArrayLike, notes: Notes) -> Judged:
    """Take scores and outcomes of one shape, and leave out the cells that lack one of them."""
    axes = axes_of(np.ndim(outcomes))
    happened = read_presence(outcomes, "Outcomes", axes)
    given = read_scores(scores, axes, happened.values.shape)
    used = given.known & happened.known
    notes.add("left_out", "without a score or an outcome", axes=axes, positions=np.argwhere(~used))
    return Judged(given.values[used], happened.values[used] == 1, used)


def read_scores(given: npt.ArrayLike, axes: tuple[str, ...], shape: tuple[int, ...]) -> Cells:
    """Take scores; NaN is what a measure gives where it is undefined, and is no score."""
    try:
        data = np.asarray(np.ma.getdata(given), dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise RefusedInput(f"Scores must be numbers ({error})") from error
    if data.shape != shape:
        raise WrongShape(
            f"Scores have the shape {data.shape} instead of {shape}",
            remedy="Give one for each region and activity of the presence or the outcomes.",
        )
    without = np.ma.getmaskarray(given) | np.isnan(data)  # type: ignore[arg-type]  # NumPy types this for arrays only
    return read_cells(np.ma.MaskedArray(data, mask=without), "A score", axes)


def axes_of(dimensions: int) -> tuple[str, ...]:
    """Names for the axes of a list of guesses, or of a matrix."""
    return MATRIX if dimensions == 2 else tuple(f"axis {number}" for number in range(dimensions))


def area_of_pairs(came: Floats, stayed: Floats, notes: Notes) -> float:
    """The part of pairs in which what came has the higher score, ties by half."""
    if not (came.size and stayed.size):
        notes.add("undefined", "no pairs: nothing came, or nothing stayed away", count=1)
        return float("nan")
    return pairs_won(came, stayed) / (came.size * stayed.size)


def pairs_won(came: Floats, stayed: Floats) -> float:
    """How many pairs what came wins, ties by half."""
    ordered = np.sort(stayed)
    below = np.searchsorted(ordered, came, side="left")
    up_to = np.searchsorted(ordered, came, side="right")
    return float((below + up_to).sum() / 2)


def _from_the_top(found: Judged) -> tuple[Floats, Floats, Floats]:
    """For each distinct score from the top: hits and cells named with at least that score, and the score."""
    order = np.argsort(-found.scores, kind="stable")
    ordered = found.scores[order]
    last = np.append(ordered[1:] != ordered[:-1], True)[: ordered.size]
    named = (np.flatnonzero(last) + 1).astype(np.float64)
    hits = np.cumsum(found.came[order]).astype(np.float64)
    return hits[last], named, ordered[last]


def _nothing_came(notes: Notes) -> float:
    notes.add("undefined", "0/0: nothing came", count=1)
    return float("nan")
