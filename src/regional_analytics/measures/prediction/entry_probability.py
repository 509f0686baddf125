"""From a score to a chance: of a hundred such options, how many came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, Masked, RefusedInput, masked
from regional_analytics.measures.prediction.at_risk import at_risk_of_entry
from regional_analytics.measures.prediction.calibration import Calibration, refuse_level, steps_of, table_of
from regional_analytics.measures.prediction.validation import axes_of, read_scores
from regional_analytics.measures.presence import Counts
from regional_analytics.notes import Notes

EntryMethod = Literal["isotonic", "bins"]


@dataclass(frozen=True, eq=False)
class EntryProbability:
    """What came in of options with such a score, step by step from the lowest; a table and a way to read it.

    steps    lowest and highest score, counts, events, share and its interval; see Calibration
    method   the convention
    level    of the intervals
    """

    steps: Calibration
    method: EntryMethod
    level: float

    def step_of(self, scores: npt.ArrayLike) -> np.ma.MaskedArray[tuple[int, ...], np.dtype[np.int64]]:
        """The step of each score; below the lowest the first, above the highest the last. No score: masked."""
        shape = np.shape(scores)
        given = read_scores(scores, axes_of(len(shape)), shape)
        at = np.maximum(np.searchsorted(self.steps.lowest, given.values, side="right") - 1, 0)
        return np.ma.MaskedArray(at, mask=~given.known)

    def of(self, scores: npt.ArrayLike) -> Masked:
        """The chance of each score: the share of its step; beyond the scores seen, of the outermost step."""
        at = self.step_of(scores)
        return masked(self.steps.share[at.filled(0)], ~np.ma.getmaskarray(at))


def entry_probability(
    scores: npt.ArrayLike,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    method: EntryMethod = "isotonic",
    least: int = 30,
    bins: int = 10,
    level: float = 0.95,
    notes: Notes | None = None,
) -> EntryProbability:
    """How many of a hundred options with such a score came in between two years.

        "isotonic"   the steps that fit best among all that never fall as the score rises (neighbours that
                     would are pooled)
        "bins"       steps of about equally many options, each with the share it has

    scores          (regions, activities), made from what was known at the start. Masked and NaN: no score
    before, after   (regions, activities), presences at the start and the end
    least           "isotonic": smaller steps are joined with their neighbours, so that none rests on a few
                    lucky ones
    bins            "bins": how many steps at most
    level           of Wilson's intervals
    Only absent activities with a score and a known outcome are counted; notes "left_out" and
    "outcome_unknown" as in back_test. An interval speaks of chance inside its step. It does not know that
    options of a region share its luck, nor that steps of "isotonic" were drawn where shares differ: the truth
    is wider.
    Returns an EntryProbability; its of() gives the chance of new scores, made the same way. It holds for the
    next such span of years if the world stays as it was.
    Raises OneYearOnly, NothingToTest; NotAPresence, NotFinite, WrongShape; RefusedInput for another method,
    fewer than one option or step, a level outside 0 to 1.
    Source: Zadrozny & Elkan (2002), Proceedings of the 8th ACM SIGKDD Conference; pooling: Ayer, Brunk,
    Ewing, Reid & Silverman (1955), Annals of Mathematical Statistics 26(4).

    >>> score, before, after = [[0.1, 0.2, 0.3, 0.4]], [[0, 0, 0, 0]], [[0, 1, 0, 1]]
    >>> found = entry_probability(score, before, after, least=1)     # 1, then 0: pooled to a half
    >>> found.steps.share.tolist(), found.steps.counts.tolist(), found.of([0.25, 0.9]).tolist()
    ([0.0, 0.5, 1.0], [1, 2, 1], [0.5, 1.0])
    """
    notes = Notes() if notes is None else notes
    refuse_level(level)
    if method not in ("isotonic", "bins"):
        raise RefusedInput(f"There is no method “{method}”", remedy="Choose isotonic or bins.")
    for name, asked in (("least", least), ("bins", bins)):
        if asked < 1:
            raise RefusedInput(f"{name} is {asked}", remedy="Ask for one or more.")
    cells = at_risk_of_entry(scores, before, after, notes)
    found, came = cells.scores[cells.judged], cells.came[cells.judged]
    order = np.argsort(found, kind="stable")
    found, came = found[order], came[order]
    starts = steps_of(found, bins, "count") if method == "bins" else _never_falling(found, came, least)
    return EntryProbability(table_of(found, came, starts, level), method, level)


def _never_falling(ordered: Floats, came: npt.NDArray[np.bool_], least: int) -> Counts:
    """Where steps begin: neighbours pooled until shares never fall, then joined until large enough."""
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    counts = np.diff(np.append(begins, ordered.size)).astype(np.float64)
    events = np.add.reduceat(came.astype(np.float64), begins)
    from scipy.optimize import isotonic_regression  # takes longer to load than all the rest

    pooled = isotonic_regression(events / counts, weights=counts)
    blocks = pooled.blocks[:-1]
    # Neighbouring blocks of one share are one step.
    rises = np.append(True, np.diff(pooled.x[blocks]) > 0)
    return _large_enough(begins[blocks[rises]].astype(np.int64), ordered.size, least)


def _large_enough(starts: Counts, size: int, least: int) -> Counts:
    """Join steps from below until each holds enough; what is left at the top joins the last."""
    kept = [0]
    for at in starts[1:].tolist():
        if at - kept[-1] >= least and size - at >= least:
            kept.append(at)
    return np.asarray(kept, dtype=np.int64)
