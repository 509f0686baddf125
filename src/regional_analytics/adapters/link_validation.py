"""How often regions and activities would meet by chance: null models of bicm, and what goes beyond them.

Big regions have much and common activities are everywhere, so they meet without being related. The null models keep how much
each region has and how common each activity is, and nothing else.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from regional_analytics.adapters.borrowed import borrowed, left_no_trace
from regional_analytics.adapters.neighbours import UnknownCell
from regional_analytics.measures.inputs import (
    MATRIX,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    one_of,
    positions_of,
    ratio,
    read_jobs,
)
from regional_analytics.measures.presence import note_unknown, read_presence
from regional_analytics.notes import Notes

Layer = Literal["activities", "regions"]
Correction = Literal["fdr", "bonferroni", "none"]
Tail = Literal["poisson", "exact"]
LeftOut = Literal["refuse", "leave_out_regions", "leave_out_activities"]
CLOSE_ENOUGH = 1e-3  # of a sum the model has to keep
REMEDY = "Trim thin rows and columns with core()."


class NotSolved(ArithmeticError):
    """The null model does not keep the sums it has to keep."""


class InferredAdvantage(NamedTuple):
    """How much more of an activity a region has than chance would give it.

    advantage   (regions, activities), 1 is what chance gives; masked where it is left out, NaN where it is 0/0
    expected    (regions, activities), in the unit of the employment
    """

    advantage: Masked
    expected: Masked


class ValidatedLinks(NamedTuple):
    """Which pairs are found together more often than chance explains.

    links       (n, n), true where the pair is kept; a pair with itself is never kept
    p           (n, n), the chance of as many or more together; 1 on the diagonal
    together    (n, n), how often they are found together; on the diagonal how common each is
    expected    (n, n), how often they would be by chance; the diagonal is that of together
    threshold   the largest p that is kept
    layer, level, correction, tail   the conventions
    """

    links: Flags
    p: Floats
    together: Floats
    expected: Floats
    threshold: float
    layer: Layer
    level: float
    correction: Correction
    tail: Tail


def inferred_advantage(
    employment: npt.ArrayLike, *, unknown: LeftOut = "refuse", notes: Notes | None = None
) -> InferredAdvantage:
    """How much larger an activity is in a region than chance would make it, given the size of both.

        ICA[r, a] = E[r, a] / ⟨E[r, a]⟩         ⟨E[r, a]⟩ = 1 / (θ[r] + θ[a]), which keeps all E[r, ·] and E[·, a]

    employment   (regions, activities), people
    unknown      "refuse" (default) masked cells, or leave out their regions or their activities (note "left_out")
    A location quotient expects the product of two shares; this is the expectation of the model of greatest entropy that keeps
    the same sums, which leaves more room at both ends.
    Returns an InferredAdvantage. NaN and a note "undefined" for a region or an activity of nobody.
    Raises NotInstalled; NegativeEmployment, NotFinite, WrongShape, UnknownCell; NotSolved; RefusedInput where fewer than two
    regions or activities are left.
    Source: Bruno, Mazzilli, Patelli, Squartini & Saracco (2023), Inferring comparative advantage via entropy maximization,
    J. Physics: Complexity 4(4). Computed by bicm.
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    rows, columns = _kept(cells.known, unknown, notes)
    somebody = cells.values * (rows[:, None] & columns)
    full_rows, full_columns = somebody.any(axis=1), somebody.any(axis=0)
    for axis, nobody in (("region", rows & ~full_rows), ("activity", columns & ~full_columns)):
        notes.add("undefined", "0/0: nobody works in it", axes=(axis,), positions=np.argwhere(nobody))
    part = np.ix_(full_rows, full_columns)
    expected = np.full(cells.values.shape, np.nan)
    expected[part] = _solved(cells.values[part], "biwcm_c")
    known: Flags = rows[:, None] & columns
    advantage = ratio(np.where(known, cells.values, 0.0), np.nan_to_num(expected))
    return InferredAdvantage(masked(advantage, known), masked(expected, known))


def validated_links(
    presence: npt.ArrayLike,
    *,
    layer: Layer = "activities",
    level: float = 0.05,
    correction: Correction = "fdr",
    tail: Tail = "poisson",
    unknown: Literal["refuse", "as_absent"] = "refuse",
    notes: Notes | None = None,
) -> ValidatedLinks:
    """Which activities (or regions) are found together more often than their number explains.

        P[r, a] = x[r] y[a] / (1 + x[r] y[a]), which keeps on average all diversities and ubiquities
        p[i, j] = chance of V[i, j] or more         V = MᵀM,   on average Σ_r P[r, i] P[r, j]

    presence     (regions, activities), 0 and 1
    layer        "activities" (default) found in the same regions, or "regions" with the same activities
    level        of the whole list of pairs, between 0 and 1
    correction   "fdr" (default): of the pairs kept, at most this part by chance, after Benjamini & Hochberg. "bonferroni":
                 hardly any pair by chance at all; "none": each pair by itself, so that of all pairs this part is by chance
    tail         "poisson" (default): quick, and a little too strict; "exact": the Poisson-binomial distribution itself
    unknown      "refuse" (default) masked cells, or count them "as_absent" (note "unknown_as_absent")
    A pair that is not kept may be related none the less: few regions prove little.
    Returns ValidatedLinks.
    Raises NotInstalled; NotAPresence, NotFinite, WrongShape, UnknownCell; NotSolved; RefusedInput for another name or level, or
    fewer than two to pair.
    Source: Saracco, Straka, Di Clemente, Gabrielli, Caldarelli & Squartini (2017), New J. Physics 19(5); Benjamini &
    Hochberg (1995), J. Royal Statistical Society B 57(1). The model is solved by bicm.
    """
    notes = Notes() if notes is None else notes
    for given, what, allowed in (
        (layer, "layer", ("activities", "regions")),
        (correction, "correction", ("fdr", "bonferroni", "none")),
        (tail, "tail", ("poisson", "exact")),
        (unknown, "way with the unknown", ("refuse", "as_absent")),
    ):
        one_of(given, what, allowed)
    if not 0 < level < 1:
        raise RefusedInput(f"A level of {level:g}", remedy="It lies between 0 and 1, as 0.05.")
    cells = read_presence(presence)
    if unknown == "refuse":
        _refuse_unknown(cells.known, "Count it as absent with unknown=“as_absent”, or fill it.")
    note_unknown(cells, notes)
    has = cells.values if layer == "activities" else cells.values.T
    if has.shape[1] < 2 or not has.any():
        raise RefusedInput(f"There are no two {layer} to pair", remedy="Give a larger presence.")
    chance = _solved(cells.values, "bicm")
    chance = np.clip(chance if layer == "activities" else chance.T, 0.0, 1.0)
    together, expected = has.T @ has, chance.T @ chance
    np.fill_diagonal(expected, together.diagonal())
    p = stats.poisson.sf(together - 1.0, expected) if tail == "poisson" else _exact(together, chance)
    p = np.where((expected == 0) | (together == 0), 1.0, p)
    np.fill_diagonal(p, 1.0)
    pairs = p[np.triu_indices_from(p, k=1)]
    threshold = _threshold(pairs, level, correction)
    links: Flags = p <= threshold
    np.fill_diagonal(links, False)
    return ValidatedLinks(links, p, together, expected, threshold, layer, level, correction, tail)


def _threshold(pairs: Floats, level: float, correction: Correction) -> float:
    """The largest p that is kept; pairs holds each pair once."""
    if correction == "none":
        return level
    if correction == "bonferroni":
        return level / pairs.size
    ordered = np.sort(pairs)
    bounds = level * np.arange(1, pairs.size + 1) / pairs.size
    below = np.flatnonzero(ordered <= bounds)
    return float(bounds[below[-1]]) if below.size else level / pairs.size


def _solved(table: Floats, model: Literal["bicm", "biwcm_c"]) -> Floats:
    """What the null model expects in each cell, after a look whether it keeps the sums."""
    if min(table.shape) < 2:
        raise RefusedInput(
            f"A table of {table.shape[0]} regions and {table.shape[1]} activities leaves chance no room",
            remedy="Give two or more of each.",
        )
    bicm = borrowed("bicm", "validation")
    # bicm takes figures of up to 1 for a presence, whatever model is asked for; the weighted model keeps any unit.
    unit = 2.0 / table.max() if model == "biwcm_c" else 1.0
    given = table * unit if model == "biwcm_c" else table.astype(np.int64)
    try:
        with left_no_trace():
            graph = bicm.BipartiteGraph()
            graph.set_biadjacency_matrix(given)
            graph.solve_tool(print_error=False, model=model)
            expected: Floats = np.asarray(graph.get_bicm_matrix(), dtype=np.float64) / unit
    except np.linalg.LinAlgError as error:
        raise NotSolved(f"bicm found no null model ({error}). {REMEDY}") from error
    off = 0.0
    for axis in (0, 1):
        wanted = table.sum(axis=axis)
        least = np.where(wanted > 0, wanted, 1.0)
        off = max(off, float((np.abs(expected.sum(axis=axis) - wanted) / least).max()))
    if not off < CLOSE_ENOUGH:
        raise NotSolved(f"bicm found no null model: a sum is off by {off:.2g} of it. {REMEDY}")
    return expected


def _exact(together: Floats, chance: Floats) -> Floats:
    """The chance of as many or more together, each pair a sum of unequal coins; pairs of the same two columns once."""
    distinct, of = np.unique(chance.T, axis=0, return_inverse=True)
    often = together.astype(np.int64)
    found = np.empty_like(together)
    for one, column in enumerate(distinct):
        # Coin by coin: the chance of k heads so far becomes that of k with tails, and of k + 1 with heads.
        heads = np.zeros((len(distinct), len(chance) + 1))
        heads[:, 0] = 1.0
        for coin in (distinct * column).T:
            heads[:, 1:] = heads[:, 1:] * (1.0 - coin[:, None]) + heads[:, :-1] * coin[:, None]
            heads[:, 0] *= 1.0 - coin
        as_many_or_more = heads[:, ::-1].cumsum(axis=1)[:, ::-1]
        for pair in np.flatnonzero(of == one):
            found[pair] = as_many_or_more[of, often[pair]]
    return np.clip(found, 0.0, 1.0)


def _kept(known: Flags, unknown: LeftOut, notes: Notes) -> tuple[Flags, Flags]:
    one_of(unknown, "way with the unknown", ("refuse", "leave_out_regions", "leave_out_activities"))
    rows, columns = np.ones(known.shape[0], dtype=np.bool_), np.ones(known.shape[1], dtype=np.bool_)
    if unknown == "refuse":
        _refuse_unknown(known, "Fill it, or leave out regions or activities with unknown=.")
    elif unknown == "leave_out_regions":
        rows = np.logical_and.reduce(known, axis=1)
    else:
        columns = np.logical_and.reduce(known, axis=0)
    for axis, kept in (("region", rows), ("activity", columns)):
        notes.add("left_out", "with an unknown cell", axes=(axis,), positions=np.argwhere(~kept))
    return rows, columns


def _refuse_unknown(known: Flags, remedy: str) -> None:
    if not known.all():
        raise UnknownCell("A cell is unknown", MATRIX, positions_of(~known), remedy)
