"""How unlike the mixes of activities of two regions are, for all pairs of regions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Cells, Floats, Masked, RefusedInput, masked, ratio, read_jobs
from regional_analytics.measures.similarity.candidates import PAIRS
from regional_analytics.measures.similarity.distance import LEAST_COVERAGE, note_pairs
from regional_analytics.notes import Notes

MixMethod = Literal["overlap", "krugman", "cosine", "jensen_shannon"]


def mix_distance(
    employment: npt.ArrayLike,
    *,
    method: MixMethod = "overlap",
    least_coverage: float = LEAST_COVERAGE,
    notes: Notes | None = None,
) -> Masked:
    """How unlike two regions' mixes of activities are, for all pairs.

        p[a] = E[r, a] / Σ_b E[r, b]        q[a] = E[s, a] / Σ_b E[s, b]      over the activities known in both

        "overlap"          1 − Σ_a min(p[a], q[a])                       0 to 1: the jobs that would have to change
        "krugman"          Σ_a |p[a] − q[a]|                             0 to 2, twice the overlap's
        "cosine"           1 − Σ_a p[a] q[a] / √(Σ_a p[a]² · Σ_a q[a]²)  0 to 1, ruled by the largest activities
        "jensen_shannon"   √( (D(p‖m) + D(q‖m)) / 2 ),  m = (p + q)/2    0 to 1, with logarithms to base 2

    employment       (regions, activities), people
    least_coverage   below this part of the activities known in both a pair is masked, with a note
                     "too_little_in_common"
    Returns (regions, regions), symmetric, 0 on the diagonal; a block for structural_distance(). NaN and a note
    "undefined" where nobody works in what is compared of one of the two.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a method that does not exist or a least coverage
    outside 0 to 1.
    Source: Krugman (1991), Geography and Trade; Jensen–Shannon: Lin (1991), IEEE Transactions on Information Theory
    37(1), and its root as a distance: Endres & Schindelin (2003), ibid. 49(7).

    >>> jobs = [[30.0, 10.0],    # wine and steel in A
    ...         [10.0, 30.0]]    # wine and steel in B
    >>> float(mix_distance(jobs)[0, 1]), float(mix_distance(jobs, method="krugman")[0, 1])
    (0.5, 1.0)
    """
    notes = Notes() if notes is None else notes
    if method not in _APART:
        raise RefusedInput(f"There is no method “{method}”", remedy=f"Choose {', '.join(_APART)}.")
    if not 0 <= least_coverage <= 1:
        raise RefusedInput(f"A least coverage of {least_coverage:g} makes no sense", remedy="Give 0 to 1.")
    cells = read_jobs(employment, "Employment")
    known = cells.known.astype(np.float64)
    shared = known @ known.T
    enough = shared >= max(least_coverage * known.shape[1], 0.5)
    mixes = ratio(cells.values, cells.values.sum(axis=1, keepdims=True)) if cells.known.all() else None
    apart = np.zeros_like(shared)
    for region in range(len(apart)):
        apart[region, region:] = _APART[method](*_mixes_from(cells, mixes, region))
        apart[region:, region] = apart[region, region:]
    note_pairs("too_little_in_common", "too little is known of both regions", ~enough, notes)
    undefined = enough & np.isnan(apart)
    notes.add(
        "undefined",
        "0/0: nobody works in what is compared of one of the two",
        axes=PAIRS,
        positions=np.argwhere(np.triu(undefined)),
    )
    return masked(apart, enough)


def _mixes_from(cells: Cells, mixes: Floats | None, region: int) -> tuple[Floats, Floats]:
    """The mix of one region, and of itself and those after it, over what is known of both."""
    if mixes is not None:
        return np.broadcast_to(mixes[region], mixes[region:].shape), mixes[region:]
    both = cells.known[region:] & cells.known[region]
    here = np.where(both, cells.values[region], 0.0)
    there = np.where(both, cells.values[region:], 0.0)
    return ratio(here, here.sum(axis=1, keepdims=True)), ratio(there, there.sum(axis=1, keepdims=True))


def _krugman(p: Floats, q: Floats) -> Floats:
    distance: Floats = np.abs(p - q).sum(axis=1)
    return distance


def _cosine(p: Floats, q: Floats) -> Floats:
    lengths = np.sqrt((p * p).sum(axis=1) * (q * q).sum(axis=1))
    return np.clip(1.0 - ratio((p * q).sum(axis=1), lengths), 0.0, 1.0)


def _jensen_shannon(p: Floats, q: Floats) -> Floats:
    middle = (p + q) / 2.0
    divergence = (_gain(p, middle) + _gain(q, middle)) / 2.0
    return np.sqrt(np.clip(divergence, 0.0, 1.0))


def _gain(p: Floats, middle: Floats) -> Floats:
    """Σ p log2(p / middle), where 0 log 0 is 0."""
    there = p > 0
    quotient = np.divide(p, middle, out=np.ones_like(p), where=there)
    gained: Floats = (p * np.log2(quotient)).sum(axis=1)
    return gained


_APART: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "overlap": lambda p, q: _krugman(p, q) / 2.0,
    "krugman": _krugman,
    "cosine": _cosine,
    "jensen_shannon": _jensen_shannon,
}
