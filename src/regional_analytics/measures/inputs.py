"""What a measure accepts, and the words in which it refuses.

Every measure takes NumPy arrays or masked arrays (masked = unknown), never writes into them, and turns them into
Cells first: plain values with 0 where nothing is known, and a mask of what is known. Formulas then need no masked
arithmetic, which would quietly hide a division by zero behind "unknown".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.notes import NAMES_SHOWN, PLACES_KEPT, at_places, named_place, numbered_place

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Masked: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.float64]]"
MaskedFlags: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.bool_]]"

MATRIX = ("region", "activity")


class RefusedInput(ValueError):
    """An input no measure may work with: what is wrong, where, and what to do about it.

    axes and positions say where, by integers; a Panel gives them names through labelled().

    >>> str(RefusedInput("Too hot: 99", ("region",), [(1,)], "Cool it down."))
    'Too hot: 99, at region 1. Cool it down.'
    """

    def __init__(
        self,
        problem: str,
        axes: tuple[str, ...] = (),
        positions: Sequence[tuple[int, ...]] = (),
        remedy: str = "",
        places: Sequence[str] = (),
    ) -> None:
        self.problem, self.axes, self.positions, self.remedy = problem, axes, tuple(positions), remedy
        self.places = tuple(places) or tuple(numbered_place(axes, position) for position in self.positions)
        super().__init__(f"{problem}{at_places(self.places)}. {remedy}".strip())

    def labelled(self, names: Mapping[str, Sequence[str]], **fixed: str) -> Self:
        """The same refusal, with the names of its positions."""
        places = [
            " ".join(name for name in named_place(self.axes, position, names, fixed) if name)
            for position in self.positions
        ]
        return type(self)(self.problem, self.axes, self.positions, self.remedy, places)


class NegativeEmployment(RefusedInput):
    """Fewer than zero people work somewhere."""


class NotFinite(RefusedInput):
    """NaN or infinity stands where a figure was announced as known."""


class WrongShape(RefusedInput):
    """The dimensions of two inputs do not fit, or one has too many or too few."""


class Cells(NamedTuple):
    """Figures and what is known of them: values are 0 where known is False. Both are new arrays."""

    values: Floats
    known: Flags

    def any_known(self, axis: int) -> Flags:
        """Where at least one cell along the axis is known."""
        found: Flags = np.logical_or.reduce(self.known, axis=axis)
        return found


def read_cells(
    given: npt.ArrayLike, what: str, axes: tuple[str, ...], *, shape: tuple[int, ...] = ()
) -> Cells:
    """Take an array or masked array of finite figures with these axes, and this shape where one is demanded."""
    try:
        data = np.asarray(np.ma.getdata(given), dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise RefusedInput(f"{what} must be numbers ({error})") from error
    if data.ndim != len(axes):
        raise WrongShape(
            f"{what} has {data.ndim} dimensions instead of {len(axes)}",
            remedy=f"Give it as ({', '.join(axes)}).",
        )
    if shape and data.shape != shape:
        raise WrongShape(
            f"{what} has the shape {data.shape} instead of {shape}",
            remedy=f"Its axes are ({', '.join(axes)}) in the order of the employment given.",
        )
    known = ~np.ma.getmaskarray(given)  # type: ignore[arg-type]  # NumPy types this for arrays only
    broken = known & ~np.isfinite(data)
    if broken.any():
        raise NotFinite(
            f"{what} is not a finite number: {_examples(data, broken)}",
            axes,
            positions_of(broken),
            "Mask what is unknown (numpy.ma), so that it is not taken for a figure.",
        )
    return Cells(np.where(known, data, 0.0), known)


def read_jobs(
    given: npt.ArrayLike, what: str, axes: tuple[str, ...] = MATRIX, *, shape: tuple[int, ...] = ()
) -> Cells:
    """Take counts of people: finite and not negative where known."""
    cells = read_cells(given, what, axes, shape=shape)
    negative = cells.values < 0
    if negative.any():
        raise NegativeEmployment(
            f"{what} cannot be negative: {_examples(cells.values, negative)}",
            axes,
            positions_of(negative),
            "Correct the figure, or mask it if it is unknown.",
        )
    return cells


def read_total(given: float, what: str) -> float:
    """Take one total, finite and not negative; NaN when it is masked (unknown)."""
    cells = read_jobs(given, what, axes=())
    return float(cells.values) if cells.known else float("nan")


def one_of(given: object, what: str, allowed: tuple[object, ...]) -> None:
    """Refuse a convention that nobody knows, and name those there are."""
    if given not in allowed:
        names = ", ".join(f"“{name}”" if isinstance(name, str) else f"{name:g}" for name in allowed)
        raise RefusedInput(f"There is no {what} “{given}”", remedy=f"Choose one of {names}.")


def masked(values: Floats, known: Flags) -> Masked:
    """Results with what is unknown masked out, and no number left underneath."""
    return np.ma.MaskedArray(np.where(known, values, np.nan), mask=~known)


def ratio(part: Floats, whole: Floats) -> Floats:
    """part / whole, NaN wherever the whole is 0."""
    empty = whole == 0
    divided: Floats = np.divide(part, np.where(empty, 1.0, whole))
    return np.where(empty, np.nan, divided)


def positions_of(where: Flags) -> list[tuple[int, ...]]:
    return [tuple(int(at) for at in position) for position in np.argwhere(where)[:PLACES_KEPT]]


def _examples(values: Floats, where: Flags) -> str:
    found = values[where]
    shown = ", ".join(f"{value:g}" for value in found[:NAMES_SHOWN])
    return shown if found.size <= NAMES_SHOWN else f"{shown}, …"
