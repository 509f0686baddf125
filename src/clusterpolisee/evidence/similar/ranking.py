"""The neighbours of one region: how far, how surely, and by what. Pure arrays over the table of likeness.

    distance[r, s] = Σ_k w[k] · apart[k, r, s]          apart is 1 where one of the two is unknown: neither alike nor unlike

One region costs some milliseconds, since ranks are drawn for it alone; the last few hundred answers are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from clusterpolisee.evidence.similar.asked import Among, Asked
from clusterpolisee.evidence.similar.table import LikenessTable
from clusterpolisee.evidence.similar.weightings import Scheme, rules
from regional_analytics import measures

NOTHING = "nothing"  # the library wants a table; this one has a column that counts nothing
USUAL = 1.0
ROUNDING = 1e-9


@dataclass(frozen=True)
class Neighbour:
    """One region by its position, nearest first. Ranks are None where no weights could be drawn.

    distance   0 is alike, 1 as unlike as two regions usually are
    coverage   the part of the weight that is known of both
    lowest, median, highest   the ranks that 5, 50 and 95 % of the draws reach or better
    share_first   in what part of the draws it is among the first few
    """

    row: int
    rank: int
    distance: float
    coverage: float
    lowest: int | None = None
    median: int | None = None
    highest: int | None = None
    share_first: float | None = None


@dataclass(frozen=True, eq=False)
class Ranking:
    """own_coverage: the part of the weight that is known of the region; allowed: how many regions could be named.

    weights   (parts,), adding up to 1, in the order of the parts of the table
    usual     how far the nearest region usually is
    """

    neighbours: tuple[Neighbour, ...]
    own_coverage: float
    allowed: int
    weights: np.ndarray
    usual: float | None

    @property
    def has_draws(self) -> bool:
        return any(one.median is not None for one in self.neighbours)


def ranking(table: LikenessTable, code: str, asked: Asked) -> Ranking | None:
    """None where nothing that counts is loaded here, or the region is not one of those compared."""
    weights = {key: asked.weights.get(key, 0) for key in table.dimensions}
    if not any(weights.values()) or table.row(code) is None:
        return None
    return _kept(_Keyed(table), code, asked.scheme.key, asked.among, tuple(sorted(weights.items())))


class _Keyed:
    """A table that is equal to another one made from the same."""

    def __init__(self, table: LikenessTable) -> None:
        self.table = table

    def __hash__(self) -> int:
        return hash(self.table.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.table.key == other.table.key


@lru_cache(maxsize=512)
def _kept(
    keyed: _Keyed, code: str, scheme: str, among: Among, weights: tuple[tuple[str, int], ...]
) -> Ranking:
    return ranked(keyed.table, code, rules().scheme(scheme), among, dict(weights))


def ranked(
    table: LikenessTable, code: str, scheme: Scheme, among: Among, weights: Mapping[str, int]
) -> Ranking:
    """The same by what it depends on."""
    row, by = table.codes.index(code), rules()
    shares = table.weights(weights)
    coverage = np.tensordot(shares, ~np.ma.getmaskarray(table.apart), axes=1)
    enough = coverage >= by.least_coverage - ROUNDING
    named = _named(table, row, among)
    candidates = np.zeros_like(enough)
    candidates[row] = named & enough[row]
    blocks, across = _blocks(table, weights)
    weighting = measures.Weighting(
        dimensions=(NOTHING,),
        dimension_weights={NOTHING: 0.0, **across},
        name=scheme.key,
        version=scheme.version,
    )
    found = measures.structural_distance(
        _no_table(table), weighting=weighting, method="manhattan", blocks=blocks
    )
    order = measures.nearest_regions(found.distance, len(table.codes), candidates=candidates).positions[row]
    ranks = _ranks(table, row, weighting, blocks, candidates)
    everybody = enough & ~np.eye(len(enough), dtype=np.bool_)
    nearest = measures.nearest_regions(found.distance, 1, candidates=everybody).distances.compressed()
    return Ranking(
        neighbours=tuple(
            Neighbour(
                row=other,
                rank=rank,
                distance=float(found.distance[row, other]),
                coverage=float(coverage[row, other]),
                **ranks.get(other, {}),  # type: ignore[arg-type]
            )
            for rank, other in enumerate(order.compressed().tolist(), start=1)
        ),
        own_coverage=float(coverage[row, row]),
        allowed=int(named.sum()),
        weights=shares,
        usual=float(np.median(nearest)) if nearest.size else None,
    )


def _named(table: LikenessTable, row: int, among: Among) -> np.ndarray:
    """(regions,), who may be named for the region."""
    named = np.ones(len(table.codes), dtype=np.bool_)
    if among is not Among.EVERYWHERE:
        which = "outside" if among is Among.OUTSIDE else "inside"
        named = measures.candidates([code[:2] for code in table.codes], which)[row].copy()
    named[row] = False
    return named


def _blocks(
    table: LikenessTable, weights: Mapping[str, int]
) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """What weights are drawn for, and those weights: the dimensions that count; the parts of one that counts alone."""
    whole = np.stack([_whole(one) for one in table.apart])
    counting = {key: weight for key, weight in weights.items() if weight}
    places = {key: [at for at, part in enumerate(table.parts) if part.dimension == key] for key in counting}
    if len(counting) == 1:
        alone = next(iter(places.values()))
        return {table.parts[at].key: whole[at] for at in alone}, {table.parts[at].key: 1.0 for at in alone}
    blocks = {key: whole[found].mean(axis=0) for key, found in places.items()}
    return blocks, {key: float(weight) for key, weight in counting.items()}


def _whole(apart: np.ma.MaskedArray) -> np.ndarray:
    """What is unknown counts as usual; a region is like itself all the same."""
    filled: np.ndarray = apart.filled(USUAL)
    np.fill_diagonal(filled, 0.0)
    return filled


def _no_table(table: LikenessTable) -> np.ndarray:
    return np.zeros((len(table.codes), 1))


def _ranks(
    table: LikenessTable,
    row: int,
    weighting: measures.Weighting,
    blocks: Mapping[str, np.ndarray],
    candidates: np.ndarray,
) -> dict[int, dict[str, int | float | None]]:
    """By position of the neighbour, its ranks under other weights; nothing where there is one weight, which cannot move."""
    if len(blocks) < 2 or not candidates.any():
        return {}
    by = rules()
    drawn = measures.neighbour_stability(
        _no_table(table),
        seed=by.seed,
        draws=by.draws,
        concentration=by.concentration,
        neighbours=len(table.codes),
        top=by.first,
        ranked_to=max(len(table.codes), by.first),
        weighting=weighting,
        method="manhattan",
        blocks=blocks,
        candidates=candidates,
    )

    def number(values: np.ma.MaskedArray, at: int) -> int | None:
        return None if values[row, at] is np.ma.masked else int(values[row, at])

    return {
        other: {
            "lowest": number(drawn.lowest, at),
            "median": number(drawn.median, at),
            "highest": number(drawn.highest, at),
            "share_first": float(drawn.share_in_top[row, at]),
        }
        for at, other in enumerate(drawn.neighbours[row].compressed().tolist())
    }
