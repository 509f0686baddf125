"""How long what came in stays: survival, from runs of years that may begin or end unseen."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.entry_exit import read_years
from regional_analytics.measures.inputs import Cells, Floats, Masked, RefusedInput, masked, ratio
from regional_analytics.measures.presence import Counts
from regional_analytics.notes import Notes


class Survival(NamedTuple):
    """What is still there n years after it came in, n = 0, 1, 2 …

    still_there       (n,), the estimated share; from the first n nobody could be followed to, masked
    low, high         (n,), its interval
    at_risk           (n,), runs that were seen in their n-th year, whether still there or just gone
    gone              (n,), runs that ended in that year
    half_gone         the first n at which half or less is still there; None where more always stayed
    runs              how many runs were followed from their beginning
    censored          of them, how many were still there when last seen
    began_unseen      runs that were there from the first year, or after an unknown one; they are not followed
    """

    still_there: Masked
    low: Masked
    high: Masked
    at_risk: Counts
    gone: Counts
    half_gone: int | None
    runs: int
    censored: int
    began_unseen: int


def specialisation_survival(
    presences: npt.ArrayLike, *, level: float = 0.95, notes: Notes | None = None
) -> Survival:
    """Of the specialisations that came in, what part is still there after n years.

        S(n) = Π_{j ≤ n} (1 − gone[j] / at_risk[j])            Kaplan & Meier's estimate

    presences   (years, regions, activities), 0 and 1, in the order of time and evenly spaced; masked is
                unknown. For one region or one activity hand in that part
    level       of the interval, by Greenwood's variance of log(−log S)
    A run begins with a year present after a year known to be absent. A run that is still there in the last
    year, or before an unknown one, counts for as long as it was seen (note "end_unseen"). A run that was
    there from the first year, or came out of an unknown one, has an unknown age and is left out (note
    "beginning_unseen").
    Returns a Survival over n = 0 … years − 1. The interval is masked for n = 0, where nobody is gone, and
    where nobody is left.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for fewer than two years or a wrong level.
    Source: Kaplan & Meier (1958), Journal of the American Statistical Association 53; Greenwood (1926), The
    natural duration of cancer; the interval of Kalbfleisch & Prentice (1980), The Statistical Analysis of
    Failure Time Data.

    >>> years = [[[0, 0]], [[1, 1]], [[1, 0]], [[1, 0]]]        # one stays, one is gone after a year
    >>> found = specialisation_survival(years)
    >>> found.still_there.tolist(), found.at_risk.tolist(), found.gone.tolist()
    ([1.0, 0.5, 0.5, None], [2, 2, 1, 0], [0, 1, 0, 0])
    """
    notes = Notes() if notes is None else notes
    if not 0 < level < 1:
        raise RefusedInput(f"A level of {level:g} makes no interval", remedy="Give one between 0 and 1.")
    cells = read_years(presences)
    at_risk, gone, began_unseen = _follow(cells)
    runs = int(at_risk[0])
    censored = runs - int(gone.sum())
    notes.add(
        "end_unseen", "runs still there when last seen; counted as long as they were seen", count=censored
    )
    notes.add("beginning_unseen", "runs whose beginning nobody saw; left out", count=began_unseen)
    followed = at_risk > 0
    lost = np.nan_to_num(ratio(gone.astype(np.float64), at_risk.astype(np.float64)))
    share = np.cumprod(1.0 - lost).astype(np.float64)
    low, high, bounded = _interval(share, at_risk, gone, level)
    halves = np.flatnonzero(followed & (share <= 0.5))
    return Survival(
        still_there=masked(share, followed),
        low=masked(low, followed & bounded),
        high=masked(high, followed & bounded),
        at_risk=at_risk,
        gone=gone,
        half_gone=int(halves[0]) if halves.size else None,
        runs=runs,
        censored=censored,
        began_unseen=began_unseen,
    )


def _follow(cells: Cells) -> tuple[Counts, Counts, int]:
    """Walk through the years with the age of every run: who was seen at it, and whose run ended there."""
    present, absent = cells.known & (cells.values == 1), cells.known & (cells.values == 0)
    years = len(present)
    at_risk, gone = np.zeros(years, dtype=np.int64), np.zeros(years, dtype=np.int64)
    age = np.full(present.shape[1:], -1, dtype=np.int64)  # −1: no run, or one of unknown beginning
    began_unseen = int(present[0].sum())
    for year in range(1, years):
        began_unseen += int((present[year] & ~cells.known[year - 1]).sum())
        running = age >= 0
        age += running
        at_risk += np.bincount(age[running & cells.known[year]], minlength=years)
        gone += np.bincount(age[running & absent[year]], minlength=years)
        age[~present[year]] = -1
        begins = present[year] & absent[year - 1]
        age[begins] = 0
        at_risk[0] += int(begins.sum())
    return at_risk, gone, began_unseen


def _interval(
    share: Floats, at_risk: Counts, gone: Counts, level: float
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """S^exp(± z se), se of log(−log S); it stays between 0 and 1, and has no answer at 0 and 1."""
    bounded = (share > 0) & (share < 1)
    left = (at_risk - gone).astype(np.float64)
    step = ratio(gone.astype(np.float64), at_risk * left)
    logs = np.log(np.where(bounded, share, 0.5))
    spread = np.sqrt(np.cumsum(np.nan_to_num(step))) / np.abs(logs)
    reach = np.exp(NormalDist().inv_cdf((1 + level) / 2) * spread)
    return np.exp(logs * reach), np.exp(logs / reach), bounded
