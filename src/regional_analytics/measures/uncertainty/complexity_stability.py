"""How far ranks of complexity and lists of options hold, when the table might have been a little different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from regional_analytics.measures.inputs import (
    Cells,
    Floats,
    Masked,
    MaskedFlags,
    RefusedInput,
    masked,
    one_of,
    ratio,
    read_cells,
)
from regional_analytics.measures.options.criteria import read_criterion
from regional_analytics.measures.options.schemes import BALANCED, OptionScheme
from regional_analytics.measures.uncertainty.drawn_looks import Look, look_at
from regional_analytics.measures.uncertainty.redrawn import (
    Law,
    Redrawn,
    Sample,
    Table,
    Unknown,
    read_table,
)
from regional_analytics.measures.uncertainty.reliance import MaskedMarks
from regional_analytics.measures.uncertainty.stability_schemes import (
    STEADY,
    StabilityScheme,
    marks_of_options,
    marks_of_ranks,
)
from regional_analytics.notes import Notes

MaskedRanks: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"
HighEnd: TypeAlias = Literal["by_diversity", "as_in_the_table"]
OUTSIDE = ("growth", "size")


@dataclass(frozen=True, eq=False)
class ComplexityStability:
    """How firm the ranks of regions are, and their lists of options.

    complexity       (regions,), of the table itself; NaN for a region without activities
    rank             (regions,), 1 is the most complex; masked where there is no complexity
    lowest, median, highest   (regions,), the ranks between which `level` of the draws lie, and the middle one
    ranked_in        (regions,), the part of the draws in which the region had a rank
    rank_mark        (regions,), numbers of Mark
    agreement        (draws,), the rank correlation of each draw with the table itself, 1 to −1
    listed           (regions, activities), the options on the list of the table itself; masked where there is none
    share_listed     (regions, activities), in what part of the draws that judge the cell it is an option on the list; masked
                     where no draw does
    share_present    (regions, activities), in what part of them the region has the activity
    option_mark      (regions, activities), numbers of Mark for what is listed; masked elsewhere
    draws, seed, drawn, law, unknown, high_end, top, options, scheme   the conventions
    """

    complexity: Floats
    rank: MaskedRanks
    lowest: MaskedRanks
    median: MaskedRanks
    highest: MaskedRanks
    ranked_in: Floats
    rank_mark: MaskedMarks
    agreement: Floats
    listed: MaskedFlags
    share_listed: Masked
    share_present: Masked
    option_mark: MaskedMarks
    draws: int
    seed: int
    drawn: Redrawn
    law: Law
    unknown: Unknown
    high_end: HighEnd
    top: int
    options: OptionScheme
    scheme: StabilityScheme


def complexity_stability(
    employment: npt.ArrayLike,
    *,
    seed: int,
    draws: int = 500,
    drawn: Redrawn = "activities",
    law: Law = "poisson",
    draws_per_unit: npt.ArrayLike = 1.0,
    unknown: Unknown = "absent",
    high_end: HighEnd = "by_diversity",
    anchor: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area: npt.ArrayLike | None = None,
    given: Literal["employment", "presence"] = "employment",
    threshold: float = 1.0,
    options: OptionScheme = BALANCED,
    held: Mapping[str, npt.ArrayLike] | None = None,
    top: int = 10,
    scheme: StabilityScheme = STEADY,
    notes: Notes | None = None,
) -> ComplexityStability:
    """Which ranks of complexity would stay, and which options would still be on the list, in another draw of the table.

        "activities" (default)  as many activities drawn with replacement: had the classification held others. Presence stays;
                                regions are ranked by those drawn, and all options weighed by what is drawn around them
        "regions"               as many regions drawn: had others been compared. Activities are judged by those drawn, and
                                all regions ranked by k = D⁻¹ M q; lists only of regions drawn
        "counts"                every known cell E drawn anew with the mean E: had every job fallen into place once more.
                                Presence is made anew from the drawn sums
        "nothing"               all as it is, but for unknown cells between their bounds

    employment      (regions, activities), people; or 0 and 1 with given="presence", for "activities" and "regions"
    seed, draws     the same seed gives the same result; a share of one half from 500 draws is good to ±0.04
    law             of counts: "poisson" (default), whole draws; "gamma", the same mean and variance without steps
    draws_per_unit  how many independent draws one unit stands for, as in quotient_interval: 1/25 if people come in plants of 25
    unknown         "absent" (default): unknown cells count as absent and are no options (note "unknown_as_absent").
                    "between_bounds": drawn evenly between their cell_bounds, each by itself, in every draw; the table itself
                    has them halfway. Those without bounds count as absent
    high_end        which end of the index is high in a draw. "by_diversity" (default): the one of diverse regions, by the rule
                    of the table itself; where diversity hardly tells (note "weak_sign") whole rankings turn round, and
                    `agreement` falls below 0. "as_in_the_table": the one that agrees with the table, which shows what moves
                    apart from that
    anchor          (regions,), something that complex regions are known to have more of, as in economic_complexity: with it
                    the end that has more of it is high, in the table and in every draw, and high_end is not asked
    region_totals, area   as in cell_bounds, for these bounds only
    threshold       of presence(), for employment
    options         the scheme by which options are weighed, of density, complexity of the activity and COG; BALANCED by default
    held            "growth" and "size", if the scheme asks for them: as in weigh_options, the same in all draws
    top             how long the list of each region is; ties with the last are on it
    scheme          what is asked for a mark; STEADY by default
    Complexity and outlook are those of economic_complexity() and outlook() as they stand. A rank is out of the regions that
    have one in the draw. Chance is all there is here: no error of classification, no other threshold, no other
    convention, and people drawn one by one make ranks look firmer than plants would.
    Returns a ComplexityStability.
    Raises NegativeEmployment, NotAPresence, NotFinite, WrongShape; RefusedInput for a choice there is not, for drawing people of
    a presence, bounds without totals, or nothing.
    Source: bootstrap: Efron (1979), Annals of Statistics 7(1). Drawing activities, and the marks, are ours.

    >>> has = [[1, 1, 1, 1, 0], [1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 1]]
    >>> found = complexity_stability(has, given="presence", seed=1, draws=200, top=1)
    >>> found.rank.tolist(), found.lowest.tolist(), found.highest.tolist()      # four regions tell little
    ([1, 2, 3, 4], [1, 1, 1, 1], [4, 3, 3, 4])
    """
    notes = Notes() if notes is None else notes
    for name, number in {"draws": draws, "top": top}.items():
        if number < 1:
            raise RefusedInput(f"{name} is {number}", remedy="Give 1 or more.")
    one_of(high_end, "high end", ("by_diversity", "as_in_the_table"))
    table = read_table(
        employment,
        given=given,
        drawn=drawn,
        law=law,
        draws_per_unit=draws_per_unit,
        threshold=threshold,
        unknown=unknown,
        region_totals=region_totals,
        area=area,
        notes=notes,
    )
    asked = replace(options, most_options=top)
    outside = _held(held, asked, table.present.values.shape)
    like = None
    if anchor is not None:
        known = read_cells(anchor, "The anchor", ("region",), shape=table.present.values.shape[:1])
        like = np.where(known.known, known.values, np.nan)
    itself = look_at(Sample(table.present, None, None), asked, outside, notes, like=like)
    if like is None and high_end == "as_in_the_table":
        like = itself.complexity
    tally = _draw(table, asked, outside, draws, seed, like)
    return ComplexityStability(
        complexity=itself.complexity,
        **_told_of_ranks(itself.complexity, tally.complexity, scheme),
        **_told_of_options(itself, tally, scheme),
        draws=draws,
        seed=seed,
        drawn=drawn,
        law=law,
        unknown=unknown,
        high_end=high_end,
        top=top,
        options=options,
        scheme=scheme,
    )


class _Tally(NamedTuple):
    """All draws: (draws, regions) of complexity, and counts of draws."""

    complexity: Floats
    judged: Floats
    present: Floats
    listed: Floats


def _draw(
    table: Table, asked: OptionScheme, outside: dict[str, Cells], draws: int, seed: int, like: Floats | None
) -> _Tally:
    chance = np.random.default_rng(seed)
    shape = table.present.values.shape
    tally = _Tally(np.full((draws, shape[0]), np.nan), np.zeros(shape), np.zeros(shape), np.zeros(shape))
    with threadpool_limits(
        limits=1, user_api="blas"
    ):  # on small tables threads wait for each other, draw after draw
        for draw in range(draws):
            look = look_at(table.sample(chance), asked, outside, Notes(), like=like)
            tally.complexity[draw] = look.complexity
            for count, there in zip(tally[1:], (look.judged, look.present, look.listed), strict=True):
                count[look.regions] += there
    return tally


def _told_of_ranks(itself: Floats, drawn: Floats, scheme: StabilityScheme) -> dict[str, Any]:
    rank, ranks = _ranks(itself[None])[0], _ranks(drawn)
    had = ~np.isnan(rank)
    ranked_in = (~np.isnan(ranks)).mean(axis=0)
    known = had & (ranked_in > 0)
    ends = np.full((3, rank.size), np.nan)
    half = (1.0 - scheme.level) / 2.0
    if known.any():
        ends[:, known] = np.nanquantile(
            ranks[:, known], [half, 0.5, 1.0 - half], axis=0, method="inverted_cdf"
        )
    span = (ends[2] - ends[0]) / max(int(had.sum()) - 1, 1)
    lowest, median, highest = (_whole_numbers(end) for end in ends)
    return {
        "rank": _whole_numbers(rank),
        "lowest": lowest,
        "median": median,
        "highest": highest,
        "ranked_in": ranked_in,
        "rank_mark": marks_of_ranks(np.nan_to_num(span), known, scheme),
        "agreement": _correlations(rank, ranks),
    }


def _told_of_options(itself: Look, tally: _Tally, scheme: StabilityScheme) -> dict[str, Any]:
    known = tally.judged > 0
    share = ratio(tally.listed, tally.judged)
    marked = itself.listed & known
    return {
        "listed": np.ma.MaskedArray(itself.listed, mask=~itself.options),
        "share_listed": masked(share, known),
        "share_present": masked(ratio(tally.present, tally.judged), known),
        "option_mark": marks_of_options(np.nan_to_num(share), marked, scheme),
    }


def _ranks(complexity: Floats) -> Floats:
    """1 is the most complex in its row, equal ones share the better rank, NaN has none."""
    from scipy.stats import rankdata  # takes long to load

    unknown = np.isnan(complexity)
    ranked = rankdata(np.where(unknown, np.inf, -np.round(complexity, 12)), method="min", axis=1)
    return np.where(unknown, np.nan, ranked.astype(np.float64))


def _correlations(rank: Floats, ranks: Floats) -> Floats:
    """Of each row with the one, over what both rank; NaN where one of them does not differ."""
    both = ~np.isnan(ranks) & ~np.isnan(rank)
    many = np.maximum(both.sum(axis=1, keepdims=True), 1)
    one, other = (np.where(both, values, 0.0) for values in (ranks, np.broadcast_to(rank, ranks.shape)))
    one = np.where(both, one - one.sum(axis=1, keepdims=True) / many, 0.0)
    other = np.where(both, other - other.sum(axis=1, keepdims=True) / many, 0.0)
    return ratio((one * other).sum(axis=1), np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1)))


def _whole_numbers(values: Floats) -> MaskedRanks:
    unknown = np.isnan(values)
    return np.ma.MaskedArray(np.where(unknown, 0, values).astype(np.int64), mask=unknown)


def _held(
    held: Mapping[str, npt.ArrayLike] | None, asked: OptionScheme, shape: tuple[int, ...]
) -> dict[str, Cells]:
    """What the scheme asks for and no table of jobs can say."""
    given = {} if held is None else dict(held)
    wrong = [name for name in given if name not in OUTSIDE]
    missing = [name for name in OUTSIDE if name in asked.needed and name not in given]
    if wrong or missing:
        what = (
            f"“{wrong[0]}” cannot be held still" if wrong else f"“{asked.name}” needs {' and '.join(missing)}"
        )
        raise RefusedInput(what, remedy="Give growth and size in held=, where the scheme weighs them.")
    return {name: read_criterion(given[name], name, shape) for name in OUTSIDE if name in asked.needed}
