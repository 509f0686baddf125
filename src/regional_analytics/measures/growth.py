"""How a figure changes over the years, and over which years a change is a fact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Masked, RefusedInput, WrongShape, masked, ratio, read_cells
from regional_analytics.notes import Notes


class Span(NamedTuple):
    """Positions of the first and the last figure of a span, both included and both known."""

    start: int
    end: int


class TooFewFigures(RefusedInput):
    """Fewer than two comparable figures: there is no change to speak of."""


def growth_percent(start: npt.ArrayLike, end: npt.ArrayLike, *, notes: Notes | None = None) -> Masked:
    """The change from start to end, in percent of start.

        g = 100 · (x₂ − x₁) / x₁

    start, end   arrays of one shape, any unit
    Returns the same shape; masked where either is unknown; NaN and a note "undefined" where start is 0.
    Raises NotFinite, WrongShape.

    >>> growth_percent([200.0, 50.0], [210.0, 40.0]).tolist()
    [5.0, -20.0]
    """
    notes = Notes() if notes is None else notes
    axes = tuple(f"axis {number}" for number in range(np.ndim(start)))
    first = read_cells(start, "The start", axes)
    last = read_cells(end, "The end", axes, shape=first.values.shape)
    known = first.known & last.known
    notes.add(
        "undefined", "a change from 0 has no percentage", axes=axes, positions=np.argwhere(known & (first.values == 0))
    )
    return masked(100 * ratio(last.values - first.values, first.values), known)


def index_series(values: npt.ArrayLike, *, base: int = 0, notes: Notes | None = None) -> Masked:
    """A series as an index of one of its figures.

        I[t] = 100 · x[t] / x[base]

    values   (years,), any unit
    base     the position that becomes 100; negative positions count from the end
    Returns (years,), masked where unknown. NaN everywhere and a note "undefined" where the base is 0.
    Raises NotFinite, WrongShape; RefusedInput where the base is unknown or outside the series.

    >>> index_series([50.0, 60.0, 45.0]).tolist()
    [100.0, 120.0, 90.0]
    """
    notes = Notes() if notes is None else notes
    cells = read_cells(values, "The series", ("year",))
    count = cells.values.shape[0]
    if not -count <= base < count:
        raise RefusedInput(f"The base {base} lies outside a series of {count} years")
    if not cells.known[base]:
        raise RefusedInput("The base of an index must be known", ("year",), [(base % count,)], "Choose another year.")
    if cells.values[base] == 0:
        notes.add("undefined", "an index of 0", axes=("year",), positions=[(base % count,)])
    return masked(100 * ratio(cells.values, np.full_like(cells.values, cells.values[base])), cells.known)


def longest_unbroken_span(values: npt.ArrayLike, breaks: npt.ArrayLike) -> Span | None:
    """The longest run of figures that can be compared with each other.

    values   (years,), masked where unknown
    breaks   (years,), true where the source flags a break: this figure can be compared with later ones, not with
             earlier ones, so a flagged figure starts a new span
    Returns positions of the first and last known figure of the span. Unknown years inside a span are allowed;
    its ends are known. Of spans of the same length the later one is taken, since it says more about today. None
    where nothing is known; start equals end where no two figures can be compared.
    Raises NotFinite, WrongShape.

    >>> longest_unbroken_span([9.0, 8.0, 7.0, 6.0, 5.0], [True, False, True, False, False])
    Span(start=2, end=4)
    """
    cells = read_cells(values, "The series", ("year",))
    flagged = np.asarray(breaks, dtype=np.bool_)
    if flagged.shape != cells.known.shape:
        raise WrongShape(f"The breaks have the shape {flagged.shape} instead of {cells.known.shape}")
    best: Span | None = None
    start: int | None = None
    for position in range(cells.known.shape[0]):
        if flagged[position]:
            start = None  # even where the flagged figure itself is unknown, what follows differs from what came before
        if not cells.known[position]:
            continue
        start = position if start is None else start
        if best is None or position - start >= best.end - best.start:
            best = Span(start, position)
    return best


def growth_over_span(values: npt.ArrayLike, span: Span, *, notes: Notes | None = None) -> float:
    """The change over a span, in percent of its first figure.

        g = 100 · (x[end] − x[start]) / x[start]

    values   (years,), any unit
    Raises TooFewFigures where the span is a single figure; NotFinite, WrongShape.

    >>> growth_over_span([80.0, 100.0, 90.0, 96.0], Span(1, 3))
    -4.0
    """
    cells = read_cells(values, "The series", ("year",))
    if span.start == span.end:
        raise TooFewFigures("One figure alone has not changed", ("year",), [(span.start,)])
    change = growth_percent(cells.values[[span.start]], cells.values[[span.end]], notes=notes)
    return float(change[0])
