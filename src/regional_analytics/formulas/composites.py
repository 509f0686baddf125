"""Several figures as one: normalised, weighted, averaged over the parts that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regional_analytics.formulas.grids import KNOWN, TOO_FEW_PARTS, Grid

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Composite:
    """A composite with what it owes its reader.

    value        (years, regions)
    components   each part after normalisation, by name
    weights      as used, by name
    parts_known  (years, regions): how many parts were known; below `minimum` the value is unknown
    """

    value: Grid
    components: Mapping[str, Grid]
    weights: Mapping[str, float]
    parts_known: Counts
    minimum: int


def composite(parts: Mapping[str, Grid], weights: Mapping[str, float], minimum: int) -> Composite:
    """The weighted mean of normalised parts, over those that are known.

        composite[t, r] = Σp w[p] · z[p, t, r] / Σp w[p]        p: the parts known of r in t

    parts     by name, (years, regions), normalised to one scale; what is unknown is masked
    weights   by the same names, each above 0; they need not add up to anything
    minimum   how many parts must be known; with fewer the value is unknown with the reason “too_few_parts”, never 0
    Returns a Composite. A missing part is neither 0 nor the average: the weights of the others are what counts.
    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008.

    >>> from regional_analytics.formulas import grid
    >>> skills, income = grid([[100.0, 0.0]]), grid([[40.0, np.nan]])
    >>> found = composite({"skills": skills, "income": income}, {"skills": 1, "income": 2}, minimum=1)
    >>> found.value.values.tolist(), found.parts_known.tolist()
    ([[60.0, 0.0]], [[2, 1]])
    """
    stack = list(parts.items())
    known = np.array([one.known for _name, one in stack])
    weight = np.array([float(weights[name]) for name, _one in stack])[:, np.newaxis, np.newaxis]
    values = np.array([np.where(one.known, one.values, 0.0) for _name, one in stack])
    total = (weight * known).sum(axis=0)
    counted: Counts = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (weight * values).sum(axis=0) / total
    worst = np.maximum.reduce([one.reasons for _name, one in stack])
    enough = counted >= minimum
    reasons = np.where(enough, KNOWN, np.where(counted > 0, TOO_FEW_PARTS, worst)).astype(np.uint8)
    breaks = np.logical_or.reduce([one.breaks for _name, one in stack])
    value = Grid(np.where(enough, mean, np.nan), reasons, breaks)
    return Composite(value, dict(stack), dict(weights), counted, minimum)
