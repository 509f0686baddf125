"""Figures of all regions in all years, what is unknown among them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import RefusedInput, WrongShape

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Masked = np.ma.MaskedArray[Any, np.dtype[np.float64]]

# Why a value is not there; where two reasons meet, the later one of this list is told.
REASONS = ("known", "not_published", "confidential", "undefined", "break", "too_few_parts")
KNOWN, NOT_PUBLISHED, CONFIDENTIAL, UNDEFINED, BREAK, TOO_FEW_PARTS = range(6)


@dataclass(frozen=True)
class Grid:
    """One quantity, (years, regions): NaN exactly where `reasons` is not KNOWN.

    breaks   where a series starts anew: the figure of that year cannot be compared with the one before
    """

    values: Floats
    reasons: Codes
    breaks: Flags

    @property
    def known(self) -> Flags:
        return np.equal(self.reasons, KNOWN)

    @property
    def masked(self) -> Masked:
        """The values with what is unknown masked."""
        return np.ma.MaskedArray(self.values.copy(), mask=~self.known)


def grid(
    values: npt.ArrayLike, *, breaks: npt.ArrayLike | None = None, confidential: npt.ArrayLike | None = None
) -> Grid:
    """A quantity from an array whose unknown cells are masked or NaN.

        known[t, r] = not masked[t, r] and not NaN

    values         (years, regions), any unit; copied
    breaks         (years, regions), True where the source marks a break in series; none if left out
    confidential   (years, regions), True where an unknown cell is a kept secret; none if left out
    Returns a Grid. Raises WrongShape, and RefusedInput for an infinite value.

    >>> jobs = grid([[10.0, np.nan]], confidential=[[False, True]])
    >>> [REASONS[code] for code in jobs.reasons[0]]
    ['known', 'confidential']
    """
    data = np.asarray(np.ma.getdata(values), dtype=np.float64)
    if data.ndim != 2:
        raise WrongShape(
            f"A quantity has {data.ndim} dimensions instead of 2", remedy="Give it as (years, regions)."
        )
    unknown = np.ma.getmaskarray(values) | np.isnan(data)  # type: ignore[arg-type]  # typed for arrays only
    if np.isinf(data[~unknown]).any():
        raise RefusedInput(
            "An infinite value stands among the figures", remedy="Mask it, and say why it is unknown."
        )
    secret = _flags(confidential, data.shape, "confidential")
    reasons = np.where(unknown, np.where(secret, CONFIDENTIAL, NOT_PUBLISHED), KNOWN).astype(np.uint8)
    return Grid(np.where(unknown, np.nan, data), reasons, _flags(breaks, data.shape, "breaks"))


def same_everywhere(value: float, shape: tuple[int, ...]) -> Grid:
    """A plain number as a quantity that is known everywhere and never breaks."""
    return Grid(np.full(shape, value), np.zeros(shape, np.uint8), np.zeros(shape, np.bool_))


def settled(values: Floats, reasons: Codes, breaks: Flags) -> Grid:
    """A computed quantity: what came out infinite or NaN among known cells is undefined."""
    odd = (reasons == KNOWN) & ~np.isfinite(values)
    reasons = np.where(odd, UNDEFINED, reasons).astype(np.uint8)
    return Grid(np.where(reasons == KNOWN, values, np.nan), reasons, breaks)


def together(*quantities: Grid) -> tuple[Codes, Flags]:
    """What holds of a figure made of several: unknown where one is, a break where one breaks."""
    reasons = np.maximum.reduce([one.reasons for one in quantities])
    return reasons, np.logical_or.reduce([one.breaks for one in quantities])


def _flags(given: npt.ArrayLike | None, shape: tuple[int, ...], what: str) -> Flags:
    if given is None:
        return np.zeros(shape, np.bool_)
    flags = np.asarray(given, dtype=np.bool_).copy()
    if flags.shape != shape:
        raise WrongShape(
            f"{what} has the shape {flags.shape} instead of {shape}", remedy="One flag for each value."
        )
    return flags
