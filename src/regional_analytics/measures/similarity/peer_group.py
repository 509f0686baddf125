"""How a region does among those that are like it: figures of performance inside a group of similar regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput, WrongShape, masked, ratio
from regional_analytics.measures.similarity.candidates import MaskedPositions
from regional_analytics.measures.similarity.scaling import MAD_TO_DEVIATION, read_variables
from regional_analytics.measures.standing import standing
from regional_analytics.notes import Notes

Best = Literal["highest", "lowest"]
INDICATORS = ("region", "indicator")
Counts: TypeAlias = npt.NDArray[np.int64]
MaskedCounts: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True, eq=False)
class PeerPerformance:
    """One region inside its group, indicator by indicator; (indicators,) each.

    value              the region's own; masked where unknown
    rank               1 is the best of the group; masked where the own value is unknown
    known, unknown     how many of the group are known and not, the region included
    median, lower_quartile, upper_quartile   of the known values of the group, the region included
    gap_to_median      above 0 is better than the median, whichever way is good
    gap_to_best_quarter   the same to the quartile at the good end
    deviations_to_median, deviations_to_best_quarter   both gaps in robust standard deviations of the group
    best_performers    (indicators, top), positions of the best, best first; masked where there are no more
    group              positions of the group, the region first
    best               which way is good, one an indicator
    """

    value: Masked
    rank: MaskedCounts
    known: Counts
    unknown: Counts
    median: Masked
    lower_quartile: Masked
    upper_quartile: Masked
    gap_to_median: Masked
    gap_to_best_quarter: Masked
    deviations_to_median: Masked
    deviations_to_best_quarter: Masked
    best_performers: MaskedPositions
    group: tuple[int, ...]
    best: tuple[Best, ...]


def peer_performance(
    indicators: npt.ArrayLike,
    region: int,
    peers: npt.ArrayLike,
    *,
    best: Best | Sequence[Best] = "highest",
    top: int = 3,
    notes: Notes | None = None,
) -> PeerPerformance:
    """How a region does in what can be changed, among those that are like it in what cannot.

        gap_to_median          = ±(x[r] − median)           + where "highest" is best, − where "lowest" is
        gap_to_best_quarter    = ±(x[r] − the upper quartile, or the lower where "lowest" is best)
        deviations_to_…        = gap / (1.4826 · median of |x − median|)

    indicators   (regions, indicators), any unit; masked is unknown, NaN undefined
    region       position of the region
    peers        positions of its peers, as in nearest_regions().positions[region]; masked ones and the region itself
                 are left out. The group is the region and its peers
    best         "highest" or "lowest", one for all or one an indicator
    top          how many best performers are named
    Rank, median and quartiles are those of standing(), over the known values of the group.
    Returns a PeerPerformance. Masked where the region's value is unknown, or nobody's is known. NaN and a note
    "undefined" where most of the group have the same value, so that there is no robust spread; a note
    "ranked_among_known" counts the unknown.
    Raises WrongShape, NotFinite; RefusedInput where there are no peers, or a position or name does not exist.
    Source: the two steps of Navarro et al. (2014), JRC S3 Working Paper 03/2014: who is comparable by structure, then
    who does better. The robust deviation: Hampel (1974), J. American Statistical Association 69(346).

    >>> unemployment = [[9.0], [5.0], [6.0], [7.0], [8.0]]
    >>> found = peer_performance(unemployment, 0, [1, 2, 3, 4], best="lowest", top=1)
    >>> found.rank.tolist(), found.gap_to_median.tolist(), found.best_performers.tolist()
    ([5], [-2.0], [[1]])
    """
    notes = Notes() if notes is None else notes
    cells = read_variables(indicators, "The indicators", INDICATORS)
    group = _group(region, peers, len(cells.values))
    known = cells.known[list(group)]
    values = np.where(known, cells.values[list(group)], np.nan)
    good = _good_ends(best, values.shape[1])
    if top < 1:
        raise RefusedInput(f"{top} regions cannot be named", remedy="Ask for 1 or more.")
    notes.add(
        "ranked_among_known",
        "unknown, so that the others are ranked among fewer",
        axes=INDICATORS,
        positions=[(group[row], column) for row, column in np.argwhere(~known)],
    )
    spread = np.array([_spread(values[known[:, at], at]) for at in range(len(good))])
    lower, median, upper = _quartiles(values, known)
    some: Flags = np.logical_or.reduce(known, axis=0)
    own = known[0]
    sign = np.array([1.0 if end == "highest" else -1.0 for end in good])
    to_median = sign * (values[0] - median)
    to_quarter = sign * (values[0] - np.where(sign > 0, upper, lower))
    notes.add(
        "undefined",
        "0/0: most of the group have the same value, so that there is no robust spread",
        axes=("indicator",),
        positions=np.argwhere(own & (spread == 0)),
    )
    return PeerPerformance(
        value=masked(values[0], own),
        rank=np.ma.MaskedArray(_ranks(values, known, good), mask=~own),
        known=known.sum(axis=0),
        unknown=(~known).sum(axis=0),
        median=masked(median, some),
        lower_quartile=masked(lower, some),
        upper_quartile=masked(upper, some),
        gap_to_median=masked(to_median, own),
        gap_to_best_quarter=masked(to_quarter, own),
        deviations_to_median=masked(ratio(to_median, spread), own),
        deviations_to_best_quarter=masked(ratio(to_quarter, spread), own),
        best_performers=_best_performers(values * sign, np.array(group), top),
        group=group,
        best=good,
    )


def _group(region: int, peers: npt.ArrayLike, regions: int) -> tuple[int, ...]:
    named: list[int] = np.ma.asarray(peers).compressed().tolist()
    others = [int(peer) for peer in dict.fromkeys(named) if peer != region]
    wrong = [(peer,) for peer in (region, *others) if not 0 <= peer < regions]
    if wrong:
        raise WrongShape(
            "There is no such region", ("region",), wrong, f"Give positions from 0 to {regions - 1}."
        )
    if not others:
        raise RefusedInput("There are no peers", remedy="Give at least one region besides the region itself.")
    return (region, *others)


def _good_ends(best: Best | Sequence[Best], indicators: int) -> tuple[Best, ...]:
    ends: tuple[Best, ...] = (best,) * indicators if isinstance(best, str) else tuple(best)
    if len(ends) != indicators or not set(ends) <= {"highest", "lowest"}:
        raise RefusedInput(
            f"What is best is not said for each of {indicators} indicators",
            remedy="Give highest or lowest, one for all or one for each.",
        )
    return ends


def _quartiles(values: Floats, known: Flags) -> tuple[Floats, Floats, Floats]:
    found = np.full((3, values.shape[1]), np.nan)
    for at in np.flatnonzero(known.any(axis=0)):
        stands = standing(values[:, at], int(known[:, at].argmax()))
        found[:, at] = stands.lower_quartile, stands.median, stands.upper_quartile
    return found[0], found[1], found[2]


def _ranks(values: Floats, known: Flags, good: Sequence[Best]) -> Counts:
    return np.array(
        [standing(values[:, at], 0, best=end).rank if known[0, at] else 0 for at, end in enumerate(good)],
        dtype=np.int64,
    )


def _spread(known: Floats) -> float:
    """A standard deviation that a few far values do not move."""
    return MAD_TO_DEVIATION * float(np.median(np.abs(known - np.median(known)))) if known.size else np.nan


def _best_performers(goodness: Floats, group: Counts, top: int) -> MaskedPositions:
    """Equal ones in the order of the group; unknown ones last, and masked."""
    order = np.argsort(-goodness, axis=0, kind="stable")[:top]
    there = ~np.isnan(np.take_along_axis(goodness, order, axis=0))
    return np.ma.MaskedArray(np.where(there, group[order], -1).T, mask=~there.T)
