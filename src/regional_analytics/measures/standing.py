"""Where one region stands among all that are known."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import RefusedInput, WrongShape


class UnknownValue(RefusedInput):
    """What is unknown has no rank."""


class Standing(NamedTuple):
    """One value among the known ones.

    rank             1 is the best; equal values share the better rank (1, 2, 2, 4)
    out_of           how many values are known, this one included
    median, lower_quartile, upper_quartile   of the known values, in their unit
    percentile       per cent of the known values below this one, equal ones (itself included) counted by half
    """

    rank: int
    out_of: int
    median: float
    lower_quartile: float
    upper_quartile: float
    percentile: float


def standing(
    values: npt.ArrayLike, position: int, *, best: Literal["highest", "lowest"] = "highest"
) -> Standing:
    """The rank of one region, and the spread it is ranked in.

        rank = 1 + #{ better values }        percentile = 100 (#{ lower } + ½ #{ equal }) / #{ known }

    values     (regions,), any unit; masked and NaN values are unknown or undefined, and do not compete
    position   which region, from 0
    best       "highest", or "lowest" where little is good, as for unemployment; it moves the rank only
    Quartiles interpolate linearly between neighbours: type 7 of Hyndman & Fan (1996), The American
    Statistician 50(4). The percentile counts equal values by half, so that turning the scale round turns p into
    100 − p.
    Raises UnknownValue where the region's own value is unknown, NotFinite for an infinite value, WrongShape.

    >>> standing([40.0, 10.0, 20.0, 20.0], 2)
    Standing(rank=2, out_of=4, median=20.0, lower_quartile=17.5, upper_quartile=25.0, percentile=50.0)
    """
    data = np.asarray(np.ma.getdata(values), dtype=np.float64)
    if data.ndim != 1 or not 0 <= position < data.size:
        raise WrongShape(
            f"There is no position {position} in values of the shape {data.shape}",
            remedy="Give (regions,) and a position from 0.",
        )
    known = ~np.ma.getmaskarray(values) & ~np.isnan(data)  # type: ignore[arg-type]  # typed for arrays only
    infinite = known & np.isinf(data)
    if infinite.any():
        raise RefusedInput(
            "An infinite value cannot be ranked among figures",
            ("region",),
            [(int(at),) for at in np.flatnonzero(infinite)],
            "Mask it, and say why it is unknown.",
        )
    if not known[position]:
        raise UnknownValue(
            "The value to be ranked is unknown", ("region",), [(position,)], "Show the others without it."
        )
    field, own = data[known], data[position]
    lower, equal = int((field < own).sum()), int((field == own).sum())
    better = field.size - lower - equal if best == "highest" else lower
    quarter, half, three_quarters = np.quantile(field, [0.25, 0.5, 0.75]).tolist()
    percentile = 100.0 * (lower + equal / 2) / field.size
    return Standing(1 + better, int(field.size), half, quarter, three_quarters, percentile)
