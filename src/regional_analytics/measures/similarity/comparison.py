"""What a distance between regions is made from: a table on one scale, weights, and distances given as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, RefusedInput, WrongShape, positions_of
from regional_analytics.measures.similarity.candidates import PAIRS
from regional_analytics.measures.similarity.scaling import read_variables
from regional_analytics.measures.similarity.weighting import PartWeights, Weighting

DistanceMethod = Literal["squared_euclidean", "manhattan", "gower"]
ROUNDING = 1e-9  # covered weights and distances of both ways may differ by this much


class Comparison(NamedTuple):
    """Everything a distance is made from. values is 0 where known is False."""

    values: Floats
    known: Flags
    blocks: Floats
    blocks_known: Flags
    parts: PartWeights
    squared: bool

    def differences(self, region: int, start: int = 0) -> Floats:
        """(regions from `start` on, variables), how far each is from this one; 0 where one of the two is unknown."""
        apart: Floats = self.values[start:] - self.values[region]
        apart = apart * apart if self.squared else np.abs(apart)
        if not self.is_whole:
            apart[~(self.known[start:] & self.known[region])] = 0.0
        return apart

    @property
    def is_whole(self) -> bool:
        """Whether everything is known of all regions."""
        return bool(self.known.all() and self.blocks_known.all())


def read_comparison(
    table: npt.ArrayLike, weighting: Weighting, method: str, blocks: Mapping[str, npt.ArrayLike] | None
) -> Comparison:
    """Take a table, its weighting and its blocks; for Gower's method divide by the range of each variable."""
    if method not in ("squared_euclidean", "manhattan", "gower"):
        raise RefusedInput(
            f"There is no method “{method}” of distance",
            remedy="Choose squared_euclidean, manhattan or gower.",
        )
    cells = read_variables(table, "The table")
    values, (regions, variables) = cells.values, cells.values.shape
    if method == "gower" and regions:
        highest = np.where(cells.known, values, -np.inf).max(axis=0)
        lowest = np.where(cells.known, values, np.inf).min(axis=0)
        values = values / np.where(highest > lowest, highest - lowest, 1.0)
    named = blocks or {}
    read = [_read_block(block, name, regions) for name, block in named.items()]
    empty = np.zeros((0, regions, regions))
    return Comparison(
        values,
        cells.known,
        np.stack([values for values, _known in read]) if read else empty,
        np.stack([known for _values, known in read]) if read else empty.astype(np.bool_),
        weighting.of(variables, tuple(named)),
        squared=method == "squared_euclidean",
    )


def _read_block(given: npt.ArrayLike, name: str, regions: int) -> tuple[Floats, Flags]:
    cells = read_variables(given, f"The block “{name}”", PAIRS)
    if cells.values.shape != (regions, regions):
        raise WrongShape(
            f"The block “{name}” has the shape {cells.values.shape} instead of {(regions, regions)}",
            remedy="Give the distance of each pair of regions of the table.",
        )
    odd = (cells.values < 0) | (np.abs(cells.values - cells.values.T) > ROUNDING)
    odd |= cells.known != cells.known.T
    if odd.any():
        raise RefusedInput(
            f"The block “{name}” is negative, or not the same both ways",
            PAIRS,
            positions_of(odd),
            "Give a distance: 0 or more, the same from r to s as from s to r.",
        )
    return cells.values, cells.known
