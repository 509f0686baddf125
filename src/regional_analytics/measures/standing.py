"""Where one region stands among others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import RefusedInput, read_cells


class Standing(NamedTuple):
    """One region among those with a known figure.

    rank             1 is the highest value; equal values share the better place
    out_of           how many regions have a known figure
    median, lower_quartile, upper_quartile   of all of them, each region counting once
    percentile       share of the other regions with a lower value, in percent; ties count half
    """

    rank: int
    out_of: int
    median: float
    lower_quartile: float
    upper_quartile: float
    percentile: float


def standing(values: npt.ArrayLike, position: int) -> Standing:
    """Rank one region among all regions with a known figure.

        rank = 1 + #{ r : x[r] > x[position] }

    values     (regions,), any unit, masked where unknown
    position   which of them
    Quartiles are linear between the two nearest values (Hyndman and Fan's type 7, NumPy's default).
    Raises RefusedInput where that region's figure is unknown or the position is outside; NotFinite, WrongShape.
    Source: Hyndman and Fan (1996), The American Statistician 50(4).

    >>> standing([10.0, 30.0, 20.0, 20.0], 2)[:3]
    (2, 4, 20.0)
    """
    cells = read_cells(values, "The figures", ("region",))
    if not -len(cells.known) <= position < len(cells.known):
        raise RefusedInput(f"The position {position} lies outside {len(cells.known)} regions")
    if not cells.known[position]:
        raise RefusedInput("A region without a figure has no place", ("region",), [(position,)], "Leave it out.")
    known = cells.values[cells.known]
    ours = cells.values[position]
    lower, equal = int((known < ours).sum()), int((known == ours).sum())
    others = known.size - 1
    percentile = 100.0 * (lower + (equal - 1) / 2) / others if others else 50.0
    quartiles = np.percentile(known, [25, 50, 75])
    return Standing(
        rank=1 + int((known > ours).sum()),
        out_of=int(known.size),
        median=float(quartiles[1]),
        lower_quartile=float(quartiles[0]),
        upper_quartile=float(quartiles[2]),
        percentile=percentile,
    )
