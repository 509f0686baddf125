"""How much something grew, and over which years that may be asked at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Masked,
    RefusedInput,
    WrongShape,
    masked,
    ratio,
    read_cells,
)
from regional_analytics.notes import Notes

SERIES = ("year",)


class NoBase(RefusedInput):
    """An index, or growth, needs a known base that is not zero."""


class Span(NamedTuple):
    """A stretch of comparable years: the positions of its first and last value, both included and both known."""

    start: int
    end: int


def growth_percent(start: npt.ArrayLike, end: npt.ArrayLike, *, notes: Notes | None = None) -> Masked:
    """Growth from start to end, in per cent of start.

        g = 100 (end − start) / start

    start, end   arrays of one shape, or single figures, in the same unit
    Returns that shape, per cent. Masked where either is unknown. NaN where start is 0, with a note "undefined" if
    end is 0 too (0/0) and "unbounded" if something came from nothing. NaN and a note "negative_start" where
    start is below 0: a loss that halves would count as −50 %; show the difference instead.
    Raises NotFinite, WrongShape.

    >>> growth_percent([200.0, 50.0], [190.0, 60.0]).tolist()
    [-5.0, 20.0]
    """
    notes = Notes() if notes is None else notes
    axes = tuple(f"axis {number}" for number in range(np.ndim(start)))
    before = read_cells(start, "The start", axes)
    after = read_cells(end, "The end", axes, shape=before.values.shape)
    known = before.known & after.known
    from_nothing = known & (before.values == 0)
    still_nothing = from_nothing & (after.values == 0)
    notes.add(
        "undefined",
        "0/0: nothing at the start and at the end",
        axes=axes,
        positions=np.argwhere(still_nothing),
    )
    notes.add(
        "unbounded",
        "something came from nothing",
        axes=axes,
        positions=np.argwhere(from_nothing & ~still_nothing),
    )
    negative = before.values < 0
    notes.add(
        "negative_start",
        "growth from below 0 has no meaning",
        axes=axes,
        positions=np.argwhere(known & negative),
    )
    percent = 100.0 * ratio(after.values - before.values, before.values)
    return masked(np.where(negative, np.nan, percent), known)


def index_series(values: npt.ArrayLike, base: int = 0) -> Masked:
    """A series with one of its values set to 100.

        I[t] = 100 x[t] / x[base]

    values   (years,), any unit; masked where unknown
    base     position of the value that becomes 100, from 0
    Returns (years,), masked where the value is unknown.
    Raises NoBase where the base is unknown, zero, negative or outside the series; NotFinite, WrongShape.

    >>> index_series([50.0, 60.0, 40.0]).tolist()
    [100.0, 120.0, 80.0]
    """
    series = read_cells(values, "The series", SERIES)
    if not 0 <= base < series.values.size:
        raise NoBase(
            f"The base {base} is outside a series of {series.values.size} values",
            remedy=f"Choose a position from 0 to {series.values.size - 1}.",
        )
    if not series.known[base] or series.values[base] <= 0:
        state = f"is {series.values[base]:g}" if series.known[base] else "is unknown"
        raise NoBase(f"The base {state}", SERIES, [(base,)], "Choose a position with a value above 0.")
    return masked(100.0 * series.values / series.values[base], series.known)


def longest_unbroken_span(
    values: npt.ArrayLike, breaks: npt.ArrayLike, *, years: Sequence[int] | None = None
) -> Span | None:
    """The longest stretch of a series whose ends may be compared.

    values   (years,), masked where unknown
    breaks   (years,), True where the source flags a break in series; the flagged value starts a new stretch, and
             is comparable with those after it, whether or not it is known itself
    years    (years,), ascending; by default one after another. Length is counted in years, from end to end.

    Both ends are known. Gaps inside are allowed: an unknown year between two comparable ones hides nothing
    about the ends. Of two equally long stretches the later one is taken, as it says more about today.
    None where no stretch has two known values.
    Raises NotFinite, WrongShape.

    >>> longest_unbroken_span([10.0, 9.0, 8.0, 7.0, 6.0], [False, False, True, False, False])
    Span(start=2, end=4)
    """
    series = read_cells(values, "The series", SERIES)
    broken = np.asarray(breaks, dtype=np.bool_)
    when = np.arange(series.values.size) if years is None else np.asarray(years, dtype=np.int64)
    for what, given in (("Breaks", broken), ("Years", when)):
        if given.shape != series.values.shape:
            raise WrongShape(
                f"{what} have the shape {given.shape} next to a series of {series.values.shape}",
                remedy="Give one for each value.",
            )
    if (np.diff(when) <= 0).any():
        raise RefusedInput("The years are not in ascending order", remedy="Sort the series by year.")
    best: Span | None = None
    edges = sorted({0, *(int(at) for at in np.flatnonzero(broken)), broken.size})
    for first, beyond in pairwise(edges):
        known = np.flatnonzero(series.known[first:beyond]) + first
        if known.size < 2:
            continue
        span = Span(int(known[0]), int(known[-1]))
        if best is None or when[span.end] - when[span.start] >= when[best.end] - when[best.start]:
            best = span
    return best


def growth_over(values: npt.ArrayLike, span: Span) -> float:
    """Growth of a series over a span, in per cent of its first value.

        g = 100 (x[span.end] − x[span.start]) / x[span.start]

    values   (years,), any unit, masked where unknown
    span     as longest_unbroken_span() finds it
    Returns per cent.
    Raises NoBase where one of its ends is unknown or outside the series, or the first is 0 or negative;
    NotFinite, WrongShape.

    >>> growth_over([300.0, 200.0, 250.0, 190.0], Span(1, 3))
    -5.0
    """
    series = read_cells(values, "The series", SERIES)
    outside = [at for at in span if not 0 <= at < series.values.size]
    if outside:
        raise NoBase(f"The span {tuple(span)} leaves a series of {series.values.size} values")
    unknown = [(at,) for at in span if not series.known[at]]
    if unknown:
        raise NoBase(
            "The span ends on an unknown value", SERIES, unknown, "Find it with longest_unbroken_span."
        )
    start, end = float(series.values[span.start]), float(series.values[span.end])
    if start <= 0:
        raise NoBase(
            f"The span starts from {start:g}", SERIES, [(span.start,)], "Show the difference instead."
        )
    return 100.0 * (end - start) / start
