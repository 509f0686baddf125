"""Moving figures between vintages, with what had to be estimated said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from regional_analytics.codes.nuts.changes import WEIGHTS, Flow, pieces, successors
from regional_analytics.codes.nuts.errors import UnknownRegion
from regional_analytics.codes.nuts.lists import exists, vintages_of

Weight = Literal["population_2021", "population_2011", "area", "built_up"]
Masked: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.float64]]"


@dataclass(frozen=True)
class Conversion:
    """Figures moved to another vintage.

    codes         regions of the new vintage, sorted
    values        their figures; masked where a part is unknown
    apportioned   the part of each figure that had to be divided by weights, 0-1: 0 means nothing was estimated
    low, high     the figure by the weight that gives least and most: how much the choice of weight matters
    lost          codes whose land is in no region of the new vintage; their figures are in none
    """

    codes: tuple[str, ...]
    values: Masked
    apportioned: npt.NDArray[np.float64]
    low: Masked
    high: Masked
    lost: tuple[str, ...]


def convert(
    codes: Sequence[str],
    values: npt.ArrayLike,
    *,
    from_: int,
    to: int,
    weight: Weight = "population_2021",
    kind: Literal["stock", "rate"] = "stock",
) -> Conversion:
    """Move figures from the regions of one vintage to those of another.

        stock   Y[j] = Σ_i X[i] · w[i, j] / Σ_k w[i, k]       what is divided; the sum of all regions stays
        rate    Y[j] = Σ_i X[i] · w[i, j] / Σ_k w[k, j]       what is averaged, weighted by the parts

    codes    regions of vintage from_, each once
    values   (regions,), masked where unknown; an unknown part makes the whole unknown
    Raises UnknownRegion, UnknownVintage, ValueError for a code given twice or an unknown weight or kind.
    Source of the weights: JRC NUTS converter (population 2011 and 2021, area, built-up surface).

    >>> new = convert(["HR03", "HR04"], [100.0, 1000.0], from_=2013, to=2021)
    >>> new.codes, bool(abs(new.values.sum() - 1100.0) < 1e-9)
    (('HR02', 'HR03', 'HR05', 'HR06'), True)
    """
    if weight not in WEIGHTS or kind not in ("stock", "rate"):
        raise ValueError(f"Weights are {', '.join(WEIGHTS)}; kinds are stock and rate.")
    if len(set(codes)) != len(codes):
        raise ValueError("A code stands more than once; add its figures up first.")
    for code in codes:
        if not exists(code, from_):
            raise UnknownRegion(code, from_, vintages_of(code))
    data = np.ma.masked_invalid(np.ma.asarray(values, dtype=np.float64))
    targets = {code: successors(code, from_=from_, to=to) for code in codes}
    new = tuple(sorted({target.code for related in targets.values() for target in related}))
    by_weight = {one: _apply(codes, data, targets, new, from_, to, one, kind) for one in WEIGHTS}
    chosen = by_weight[weight]
    stacked = np.ma.stack(list(by_weight.values()))
    lost = tuple(code for code in codes if not targets[code])
    return Conversion(new, chosen, _apportioned(codes, data, targets, new, weight), stacked.min(axis=0), stacked.max(axis=0), lost)


def _apply(
    codes: Sequence[str],
    data: Masked,
    targets: dict[str, tuple[Flow, ...]],
    new: tuple[str, ...],
    from_: int,
    to: int,
    weight: str,
    kind: str,
) -> Masked:
    place = {code: index for index, code in enumerate(new)}
    sums, weights = np.zeros(len(new)), np.zeros(len(new))
    unknown = np.zeros(len(new), dtype=np.bool_)
    for row, code in enumerate(codes):
        for target in targets[code]:
            column = place[target.code]
            if np.ma.getmaskarray(data)[row]:
                unknown[column] = True
                continue
            part = target.shares[weight] if kind == "stock" else _amount(code, target.code, from_, to, weight)
            sums[column] += float(data[row]) * part
            weights[column] += part
    if kind == "rate":
        unknown |= weights == 0
        sums = sums / np.where(weights == 0, 1.0, weights)
    return np.ma.MaskedArray(sums, mask=unknown)


def _amount(code: str, target: str, from_: int, to: int, weight: str) -> float:
    """The piece the two have in common, in people or land; 1 where nothing changed."""
    found = [piece.amounts[weight] for piece in pieces(from_, to) if (piece.source, piece.target) == (code, target)]
    return found[0] if found else 1.0


def _apportioned(
    codes: Sequence[str],
    data: Masked,
    targets: dict[str, tuple[Flow, ...]],
    new: tuple[str, ...],
    weight: str,
) -> npt.NDArray[np.float64]:
    """How much of each new figure comes from regions that were divided."""
    place = {code: index for index, code in enumerate(new)}
    divided, whole = np.zeros(len(new)), np.zeros(len(new))
    for row, code in enumerate(codes):
        if np.ma.getmaskarray(data)[row]:
            continue
        for target in targets[code]:
            amount = abs(float(data[row])) * target.shares[weight]
            whole[place[target.code]] += amount
            divided[place[target.code]] += amount if len(targets[code]) > 1 else 0.0
    return np.divide(divided, whole, out=np.zeros(len(new)), where=whole > 0)


def convert_table(
    table: pl.DataFrame,
    *,
    from_: int,
    to: int,
    region: str = "region",
    value: str = "value",
    weight: Weight = "population_2021",
    kind: Literal["stock", "rate"] = "stock",
) -> pl.DataFrame:
    """convert() for every other column's combination of a tidy table; adds the columns apportioned, low and high.

    >>> table = pl.DataFrame({"region": ["HU10", "HU21"], "year": [2015, 2015], "value": [100.0, 10.0]})
    >>> convert_table(table, from_=2013, to=2016)["region"].to_list()
    ['HU11', 'HU12', 'HU21']
    """
    others = [name for name in table.columns if name not in (region, value)]
    parts = []
    for key, group in table.group_by(others, maintain_order=True) if others else [((), table)]:
        values = np.ma.masked_invalid(group[value].cast(pl.Float64).to_numpy())
        moved = convert(group[region].to_list(), values, from_=from_, to=to, weight=weight, kind=kind)
        columns = {
            region: list(moved.codes),
            **{name: [part] * len(moved.codes) for name, part in zip(others, key, strict=True)},
            value: _filled(moved.values),
            "apportioned": moved.apportioned.tolist(),
            "low": _filled(moved.low),
            "high": _filled(moved.high),
        }
        parts.append(pl.DataFrame(columns, schema_overrides={value: pl.Float64, "low": pl.Float64, "high": pl.Float64}))
    return pl.concat(parts) if parts else table


def _filled(values: Masked) -> list[float | None]:
    return [None if hidden else float(one) for one, hidden in zip(values.data, np.ma.getmaskarray(values), strict=True)]
