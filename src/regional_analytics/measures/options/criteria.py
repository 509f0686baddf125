"""What options are judged by: figures of cells or of activities, more being better, and which cells are options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import MATRIX, Cells, Flags, Floats, WrongShape, read_cells
from regional_analytics.measures.presence import read_presence
from regional_analytics.notes import Notes

EQUAL = 12  # decimals


class Judged(NamedTuple):
    """What a choice is made among, and by what.

    values    of each criterion (regions, activities), 0 where there is no option
    options   (regions, activities), absent for certain, and every criterion known
    """

    values: dict[str, Floats]
    options: Flags


def read_options(criteria: Mapping[str, npt.ArrayLike], present: npt.ArrayLike, notes: Notes) -> Judged:
    """Read a presence and the criteria; name what cannot be an option for want of one of them.

    A criterion is (regions, activities), or (activities,) where it is the same for all regions. Masked is unknown, and so is
    NaN, as measures give it where something is undefined.
    """
    there = read_presence(present)
    absent: Flags = there.known & (there.values == 0)
    notes.add("left_out", "unknown whether it is there", axes=MATRIX, positions=np.argwhere(~there.known))
    values: dict[str, Floats] = {}
    options = absent.copy()
    for name, given in criteria.items():
        cells = read_criterion(given, name, absent.shape)
        unknown = absent & ~cells.known
        notes.add("left_out", f"{name} is unknown", axes=MATRIX, positions=np.argwhere(unknown))
        options &= cells.known
        values[name] = cells.values
    return Judged({name: np.where(options, found, 0.0) for name, found in values.items()}, options)


def read_criterion(
    given: npt.ArrayLike, name: str, shape: tuple[int, ...], axes: tuple[str, ...] = MATRIX
) -> Cells:
    """One criterion, or one figure a region or activity; NaN is none."""
    what = f"The criterion “{name}”"
    data: np.ma.MaskedArray[Any, Any] = np.ma.asarray(given)
    if data.dtype.kind == "f":
        bare = np.ma.getdata(data)
        data = np.ma.MaskedArray(bare, mask=np.ma.getmaskarray(data) | np.isnan(bare))
    if axes != MATRIX or data.ndim == 2:
        return read_cells(data, what, axes, shape=shape)
    if data.ndim != 1:
        raise WrongShape(
            f"{what} has {data.ndim} dimensions",
            remedy="Give one figure an activity, or one a region and activity.",
        )
    line = read_cells(data, what, ("activity",), shape=shape[1:])
    return Cells(np.broadcast_to(line.values, shape), np.broadcast_to(line.known, shape))


def without_noise(values: Floats) -> Floats:
    """The same for comparing: what differs by less than a trillionth of the largest is equal, and differs by rounding only."""
    largest = float(np.abs(values).max(initial=0.0))
    return np.asarray(np.round(values / largest, EQUAL)) if largest > 0 else values
