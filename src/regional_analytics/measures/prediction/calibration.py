"""Whether a score means what it says: what part of those with it came, and how sure that part is."""

from __future__ import annotations

from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, RefusedInput, ratio, read_jobs
from regional_analytics.measures.prediction.validation import axes_of, judge
from regional_analytics.measures.presence import Counts
from regional_analytics.notes import Notes

BinsBy = Literal["count", "width"]


class Interval(NamedTuple):
    """From low to high, in the shape of what was asked."""

    low: Floats
    high: Floats


def wilson_interval(events: npt.ArrayLike, counts: npt.ArrayLike, *, level: float = 0.95) -> Interval:
    """Between which shares the true one may lie, when events of counts were seen.

        (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n)        p = events / n, z of the level

    events, counts   one shape; events of 0 to counts. Parts of events are allowed
    Returns an Interval inside 0 to 1, also where nothing or everything came; 0 to 1 of no cells.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for more events than counts or a level
    outside 0 to 1.
    Source: Wilson (1927), Journal of the American Statistical Association 22.

    >>> low, high = wilson_interval([12], [100])
    >>> low.round(3).tolist(), high.round(3).tolist()     # “12 of 100” may be 7 to 20 of 100
    ([0.07], [0.198])
    """
    refuse_level(level)
    axes = axes_of(np.ndim(counts))
    n = read_jobs(counts, "A count", axes).values
    seen = read_jobs(events, "A number of events", axes, shape=n.shape).values
    if (seen > n).any():
        raise RefusedInput("More events than could happen", remedy="Give events of 0 to counts.")
    z = NormalDist().inv_cdf((1 + level) / 2)
    some = np.where(n > 0, n, 1.0)
    share = np.where(n > 0, seen / some, 0.5)
    centre = share + z**2 / (2 * some)
    reach = z * np.sqrt(share * (1 - share) / some + (z / (2 * some)) ** 2)
    whole = 1 + z**2 / some
    low, high = np.where(n > 0, (centre - reach) / whole, 0.0), np.where(n > 0, (centre + reach) / whole, 1.0)
    # At the ends of the scale the formula gives them but for rounding.
    return Interval(
        np.where(seen == 0, 0.0, np.maximum(low, 0.0)), np.where(seen == n, 1.0, np.minimum(high, 1.0))
    )


class Calibration(NamedTuple):
    """What came of those with such a score, one line for each step of scores, from the lowest.

    lowest, highest   scores of the step
    mean_score        their mean
    counts            cells
    events            of them, how many came
    share             events / counts
    low, high         Wilson's interval for the share
    """

    lowest: Floats
    highest: Floats
    mean_score: Floats
    counts: Counts
    events: Counts
    share: Floats
    low: Floats
    high: Floats


def calibration(
    scores: npt.ArrayLike,
    outcomes: npt.ArrayLike,
    *,
    bins: int = 10,
    by: BinsBy = "count",
    level: float = 0.95,
    notes: Notes | None = None,
) -> Calibration:
    """What part of those with such a score came, step by step.

        share[b] = Σ outcomes in step b / cells in step b

    scores     any shape, any scale. Masked and NaN: no score
    outcomes   the same shape, 0 and 1; masked: unknown, or could not happen
    bins       how many steps at most
    by         "count": steps of about equally many cells; "width": steps of equal width between the lowest
               and the highest score. Equal scores are never torn apart, and steps without a cell are not in
               the table
    level      of the intervals
    Returns a Calibration. If scores are probabilities, share should be mean_score but for chance. Cells
    without score or outcome are left out; note "left_out". Without any cell the table is empty, with a note
    "undefined".
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for fewer than one step, another rule, a level
    outside 0 to 1.
    Source: Murphy & Winkler (1977), Applied Statistics 26(1), on reliability; Wilson (1927) on the interval.

    >>> found = calibration([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 0], bins=2)
    >>> found.counts.tolist(), found.events.tolist(), found.share.tolist()
    ([2, 2], [0, 1], [0.0, 0.5])
    """
    notes = Notes() if notes is None else notes
    refuse_level(level)
    if bins < 1:
        raise RefusedInput(f"{bins} steps hold nothing", remedy="Ask for one or more.")
    if by not in ("count", "width"):
        raise RefusedInput(f"There are no steps by “{by}”", remedy="Choose count or width.")
    found = judge(scores, outcomes, notes)
    if not found.scores.size:
        notes.add("undefined", "0/0: no cell has a score and an outcome", count=1)
    order = np.argsort(found.scores, kind="stable")
    return table_of(found.scores[order], found.came[order], steps_of(found.scores[order], bins, by), level)


def table_of(scores: Floats, came: npt.NDArray[np.bool_], starts: Counts, level: float) -> Calibration:
    """The table of sorted scores whose steps begin at these positions."""
    if not scores.size:
        none, nobody = np.empty(0), np.empty(0, dtype=np.int64)
        return Calibration(none, none, none, nobody, nobody, none, none, none)
    ends = np.append(starts[1:], scores.size)
    counts = (ends - starts).astype(np.int64)
    events = np.add.reduceat(came.astype(np.int64), starts)
    share = ratio(events.astype(np.float64), counts.astype(np.float64))
    low, high = wilson_interval(events, counts, level=level)
    mean = np.add.reduceat(scores, starts) / counts
    return Calibration(scores[starts], scores[ends - 1], mean, counts, events, share, low, high)


def refuse_level(level: float) -> None:
    if not 0 < level < 1:
        raise RefusedInput(f"A level of {level:g} makes no interval", remedy="Give one between 0 and 1.")


def steps_of(ordered: Floats, bins: int, by: BinsBy) -> Counts:
    """Where steps begin in sorted scores; a step begins with the first of equal scores."""
    if not ordered.size:
        return np.empty(0, dtype=np.int64)
    parts = np.arange(1, bins) / bins
    if by == "width":
        borders = ordered[0] + parts * (ordered[-1] - ordered[0])
        edges = np.searchsorted(ordered, borders, side="left")
    else:
        ideal = parts * ordered.size
        level = ordered[ideal.astype(np.int64)]
        below, above = (
            np.searchsorted(ordered, level, side="left"),
            np.searchsorted(ordered, level, side="right"),
        )
        edges = np.where(ideal - below <= above - ideal, below, above)
    starts = np.unique(np.append(0, edges))
    return starts[starts < ordered.size].astype(np.int64)
