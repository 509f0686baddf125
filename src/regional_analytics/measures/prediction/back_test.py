"""What a list of options would have said years ago, and what of it came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    ratio,
)
from regional_analytics.measures.prediction.at_risk import AtRisk, at_risk_of_entry
from regional_analytics.measures.prediction.calibration import refuse_level
from regional_analytics.measures.prediction.ranking import on_the_list, refuse_no_list
from regional_analytics.measures.prediction.validation import pairs_won
from regional_analytics.measures.presence import Counts, ubiquity
from regional_analytics.notes import Notes


class Factor(NamedTuple):
    """How many times as many, with its interval; NaN where there is nothing to compare with."""

    value: float
    low: float
    high: float


class ListResult(NamedTuple):
    """What one way of making lists would have got right.

    hits       (regions,), how many on the list came in; parts where equal scores share the last places
    listed     (regions,), how many were on the list, of those whose outcome is known
    share      (regions,), hits / listed; masked where a region had no list
    hit_rate   the same over all regions
    lift       hit_rate next to the base rate: 2 is twice as many as among all options
    """

    hits: Floats
    listed: Floats
    share: Masked
    hit_rate: float
    lift: Factor


@dataclass(frozen=True, eq=False)
class BackTest:
    """A list of options against what happened.

    options          (regions, top), positions of the activities listed, best first; masked where a list is
                     shorter. Equal scores stand here in the order of activities
    came             (regions, top), whether each came in; masked where its outcome is unknown
    by_score         the lists made with the scores
    by_chance        lists drawn at random: what is to be expected of them
    by_ubiquity      lists of the absent activities that most regions had at the start
    next_to_chance, next_to_ubiquity   hit rate of the lists by score next to theirs, both taken over the same
                                       regions
    at_risk          (regions,), absent activities with a score and a known outcome
    entered          (regions,), of them, how many came in
    base_rate        entered / at_risk over all regions
    auc              of pairs of one that came and one that did not, anywhere, how often the first had the
                     higher score
    auc_within       the same, of pairs inside a region only: whether the order of a region's own list holds
    top, level, resamples, seed        as asked
    """

    options: np.ma.MaskedArray[tuple[int, ...], np.dtype[np.int64]]
    came: np.ma.MaskedArray[tuple[int, ...], np.dtype[np.bool_]]
    by_score: ListResult
    by_chance: ListResult
    by_ubiquity: ListResult
    next_to_chance: Factor
    next_to_ubiquity: Factor
    at_risk: Counts
    entered: Counts
    base_rate: float
    auc: float
    auc_within: float
    top: int
    level: float
    resamples: int
    seed: int


def back_test(
    scores: npt.ArrayLike,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    top: int = 10,
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
    notes: Notes | None = None,
) -> BackTest:
    """What a list of the k best absent activities of each region would have said, and how many came in.

        hit rate  = Σ_r hits[r] / Σ_r listed[r]          hits: on the list of r, and there at the end
        base rate = Σ_r entered[r] / Σ_r at risk[r]      of all absent activities with a score
        lift      = hit rate / base rate
        by chance   hits[r] = listed[r] · entered[r] / at risk[r], what a random list is to be expected to hit

    scores          (regions, activities), made from what was known at the start; higher is better. Masked and
                    NaN: no score
    before, after   (regions, activities), presences at the start and the end
    top             k
    level           of the intervals: bootstrap over regions, resamples times, the middle part of them
    seed            of the bootstrap, so that the same figures give the same interval
    Lists are made from what was known at the start: absent, with a score. What is on a list and unknown at
    the end counts neither as hit nor as miss (note "outcome_unknown"); absent activities without a score are
    on no list (note "left_out"). Equal scores share the last places of a list. Give scores that used no
    figure of a later year, or the test flatters.
    Returns a BackTest. NaN and a note "undefined" where nothing came in, so that there is no lift, or where
    regions give no pairs for an AUC.
    Raises OneYearOnly where before or after is unknown altogether, NothingToTest where no cell can be judged;
    NotAPresence, NotFinite, WrongShape; RefusedInput for a list of none, fewer than one resample, a level
    outside 0 to 1.
    Source: the question is asked of density by Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317; the
    bootstrap is that of Efron (1979), Annals of Statistics 7(1), with regions as what is drawn.

    >>> score = [[0.9, 0.5, 0.1, 0.0], [0.8, 0.0, 0.2, 0.1]]
    >>> before, after = [[0, 0, 0, 1], [0, 1, 0, 0]], [[1, 0, 0, 1], [1, 1, 0, 0]]
    >>> found = back_test(score, before, after, top=1)
    >>> found.by_score.hit_rate, found.base_rate, found.by_score.lift.value     # 2 of 2 listed, 2 of 6 in all
    (1.0, 0.3333333333333333, 3.0)
    >>> found.options[:, 0].tolist(), found.came[:, 0].tolist()
    ([0, 0], [True, True])
    """
    notes = Notes() if notes is None else notes
    refuse_no_list(top)
    refuse_level(level)
    if resamples < 1:
        raise RefusedInput(f"{resamples} resamples make no interval", remedy="Ask for one or more.")
    cells = at_risk_of_entry(scores, before, after, notes)
    at_risk, entered = cells.judged.sum(axis=1), (cells.judged & cells.came).sum(axis=1)
    commonness = np.broadcast_to(ubiquity(before).astype(np.float64), cells.scores.shape)
    listed, hits = {}, {}
    for name, ranked in (("score", cells.scores), ("ubiquity", commonness)):
        part = on_the_list(ranked, cells.candidates, top) * cells.judged
        listed[name], hits[name] = part.sum(axis=1), (part * cells.came).sum(axis=1)
    listed["chance"] = listed["score"]
    hits["chance"] = np.nan_to_num(ratio(listed["score"] * entered, at_risk.astype(np.float64)))
    draws = _draws(at_risk > 0, resamples, seed)
    base = _Rate(entered.astype(np.float64), at_risk.astype(np.float64))
    rates = {name: _Rate(hits[name], listed[name]) for name in listed}
    lists = {
        name: ListResult(
            hits[name],
            listed[name],
            masked(ratio(hits[name], listed[name]), listed[name] > 0),
            rates[name].value,
            _next_to(rates[name], base, draws, level),
        )
        for name in rates
    }
    if not entered.any():
        notes.add("undefined", "0/0: nothing came in, there is no lift", count=1)
    pooled, within = _aucs(cells, notes)
    options, came = _as_listed(cells, top)
    return BackTest(
        options=options,
        came=came,
        by_score=lists["score"],
        by_chance=lists["chance"],
        by_ubiquity=lists["ubiquity"],
        next_to_chance=_next_to(rates["score"], rates["chance"], draws, level),
        next_to_ubiquity=_next_to(rates["score"], rates["ubiquity"], draws, level),
        at_risk=at_risk.astype(np.int64),
        entered=entered.astype(np.int64),
        base_rate=base.value,
        auc=pooled,
        auc_within=within,
        top=top,
        level=level,
        resamples=resamples,
        seed=seed,
    )


class _Rate(NamedTuple):
    """Sums over regions, one next to the other."""

    parts: Floats
    wholes: Floats

    @property
    def value(self) -> float:
        return float(ratio(self.parts.sum(), self.wholes.sum()))


def _draws(regions: Flags, resamples: int, seed: int) -> Floats:
    """How often each region is drawn in each resample; regions with nothing at risk cannot be drawn."""
    chance = regions / regions.sum()
    drawn = np.random.default_rng(seed).multinomial(int(regions.sum()), chance, size=resamples)
    return drawn.astype(np.float64)


def _next_to(one: _Rate, other: _Rate, draws: Floats, level: float) -> Factor:
    """A rate next to another, both over the same regions, and the middle part of the resamples."""
    value = float(ratio(np.asarray(one.value), np.asarray(other.value)))
    over, under = (ratio(draws @ rate.parts, draws @ rate.wholes) for rate in (one, other))
    found = ratio(over, under)
    found = found[~np.isnan(found)]
    if not found.size:
        return Factor(value, float("nan"), float("nan"))
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Factor(value, float(low), float(high))


def _aucs(cells: AtRisk, notes: Notes) -> tuple[float, float]:
    """Pairs won of all pairs, anywhere and inside regions."""
    came, stayed = cells.judged & cells.came, cells.judged & ~cells.came
    won, pairs = 0.0, 0
    for r in np.flatnonzero(came.any(axis=1) & stayed.any(axis=1)):
        won += pairs_won(cells.scores[r, came[r]], cells.scores[r, stayed[r]])
        pairs += int(came[r].sum()) * int(stayed[r].sum())
    everywhere = int(came.sum()) * int(stayed.sum())
    notes.add(
        "undefined", "no pairs of one that came in and one that did not", count=(not everywhere) + (not pairs)
    )
    nothing = float("nan")
    return (
        pairs_won(cells.scores[came], cells.scores[stayed]) / everywhere if everywhere else nothing,
        won / pairs if pairs else nothing,
    )


def _as_listed(
    cells: AtRisk, top: int
) -> tuple[
    np.ma.MaskedArray[tuple[int, ...], np.dtype[np.int64]],
    np.ma.MaskedArray[tuple[int, ...], np.dtype[np.bool_]],
]:
    """The first k of each region, as a page would have shown them, and what became of them."""
    ranked = np.where(cells.candidates, -cells.scores, np.inf)
    order = np.argsort(ranked, axis=1, kind="stable")[:, :top]
    on_it, known, came = (
        np.take_along_axis(flags, order, axis=1) for flags in (cells.candidates, cells.judged, cells.came)
    )
    return np.ma.MaskedArray(order, mask=~on_it), np.ma.MaskedArray(came & known, mask=~known)
