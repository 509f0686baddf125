"""The functions of the language, on grids (years, regions). Nothing is rounded; unknown stays unknown, never 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from regional_analytics.formulas.grids import (
    BREAK,
    KNOWN,
    NOT_PUBLISHED,
    UNDEFINED,
    Floats,
    Grid,
    settled,
    together,
)


def negative(x: Grid) -> Grid:
    """−x, in the unit of x."""
    return Grid(-x.values, x.reasons, x.breaks)


def combined(sign: str, left: Grid, right: Grid) -> Grid:
    """left + right, −, ×, or left ÷ right; a division by a figure that is 0 is undefined there, not infinite.

    >>> from regional_analytics.formulas import grid
    >>> combined("/", grid([[6.0, 6.0]]), grid([[3.0, 0.0]])).values.tolist()
    [[2.0, nan]]
    """
    if sign == "/":
        return ratio(left, right)
    compute = {"+": np.add, "-": np.subtract, "*": np.multiply}[sign]
    with np.errstate(over="ignore", invalid="ignore"):
        return settled(compute(left.values, right.values), *together(left, right))


def ratio(part: Grid, whole: Grid) -> Grid:
    """How many times the one is contained in the other.

        ratio[t, r] = part[t, r] / whole[t, r]

    part, whole   (years, regions), in any unit; the result is in the one per the other
    Returns a Grid; undefined where whole is 0. Raises nothing: both are grids of the same shape.

    >>> from regional_analytics.formulas import grid
    >>> ratio(grid([[30.0]]), grid([[60.0]])).values.tolist()
    [[0.5]]
    """
    return per(part, whole)


def per(counted: Grid, base: Grid, each: float = 1.0) -> Grid:
    """How many there are for each so many others: jobs per 1,000 inhabitants.

        per[t, r] = each · counted[t, r] / base[t, r]

    counted, base   (years, regions); each: a number above 0
    Returns a Grid, in the unit of `counted` per `each` of `base`; undefined where base is 0.

    >>> from regional_analytics.formulas import grid
    >>> per(grid([[30.0]]), grid([[60.0]]), 1000).values.tolist()
    [[500.0]]
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return settled(each * counted.values / base.values, *together(counted, base))


def share(part: Grid, whole: Grid) -> Grid:
    """How much of a whole a part is, in percent.

        share[t, r] = 100 · part[t, r] / whole[t, r]

    part, whole   (years, regions), in the same unit
    Returns a Grid in percent; undefined where whole is 0. A part larger than its whole gives more than 100: it is told,
    not cut off.

    >>> from regional_analytics.formulas import grid
    >>> share(grid([[30.0]]), grid([[120.0]])).values.tolist()
    [[25.0]]
    """
    return per(part, whole, 100.0)


def index(x: Grid, base: int, years: Sequence[int]) -> Grid:
    """A series with one of its years set to 100, so that regions of different size can be compared.

        index[t, r] = 100 · x[t, r] / x[base, r]

    x       (years, regions); base: one of the years
    years   the years of the rows, ascending
    Returns a Grid; undefined where the base is not above 0. Across a break in series nothing is stated: such years
    are unknown with the reason “break”. Years outside the table are not published.

    >>> from regional_analytics.formulas import grid
    >>> index(grid([[50.0], [60.0]]), 2014, [2014, 2015]).values.tolist()
    [[100.0], [120.0]]
    """
    if base not in years:
        return _nowhere(x)
    start = np.full(len(years), list(years).index(base))
    return _against(x, start, np.ones(len(years), np.bool_), lambda now, then: 100 * now / then)


def change(x: Grid, span: int, years: Sequence[int]) -> Grid:
    """How much a figure grew over a number of years, in percent.

        change[t, r] = 100 · (x[t, r] − x[t − span, r]) / x[t − span, r]

    x       (years, regions); span: years, from 1
    years   the years of the rows, ascending; a year need not follow the one before
    Returns a Grid; undefined where the earlier figure is not above 0, unknown where one of the two is, or where the
    table does not have the earlier year. Across a break in series nothing is stated (reason “break”).

    >>> from regional_analytics.formulas import grid
    >>> change(grid([[50.0], [60.0]]), 1, [2014, 2015]).values.tolist()
    [[nan], [20.0]]
    """
    start, there = _earlier(span, years)
    return _against(x, start, there, lambda now, then: 100 * (now - then) / then)


def difference(x: Grid, span: int, years: Sequence[int]) -> Grid:
    """How much a figure grew over a number of years, in its own unit: points, where it is a rate.

        difference[t, r] = x[t, r] − x[t − span, r]

    As `change`, but the earlier figure may be 0 or less.

    >>> from regional_analytics.formulas import grid
    >>> difference(grid([[9.0], [7.5]]), 1, [2014, 2015]).values.tolist()
    [[nan], [-1.5]]
    """
    start, there = _earlier(span, years)
    return _against(x, start, there, lambda now, then: now - then, above_zero=False)


def rank(x: Grid, best: str = "highest") -> Grid:
    """The place of each region among those whose figure is known in that year.

        rank[t, r] = 1 + #{ better values of year t }

    x      (years, regions); best: "highest" or "lowest"
    Returns a Grid; equal values share the better place (1, 2, 2, 4), as in `standing`.

    >>> from regional_analytics.formulas import grid
    >>> rank(grid([[40.0, 10.0, np.nan]])).values.tolist()
    [[1.0, 2.0, nan]]
    """
    sign = -1.0 if best == "highest" else 1.0
    return _by_year(x, lambda known: 1.0 + np.searchsorted(np.sort(sign * known), sign * known, side="left"))


def percentile(x: Grid) -> Grid:
    """Which part of the regions lies below each, in percent; equal ones are counted by half.

        percentile[t, r] = 100 · (#{ lower } + ½ #{ equal, itself included }) / #{ known }

    x   (years, regions)
    Returns a Grid from 0 to 100. Among one region it is 50.

    >>> from regional_analytics.formulas import grid
    >>> percentile(grid([[40.0, 10.0, 20.0, 20.0]])).values.tolist()
    [[87.5, 12.5, 50.0, 50.0]]
    """

    def of_one_year(known: Floats) -> Floats:
        ordered = np.sort(known)
        below = np.searchsorted(ordered, known, side="left")
        up_to = np.searchsorted(ordered, known, side="right")
        return np.asarray(100.0 * (below + up_to) / 2 / known.size, dtype=np.float64)

    return _by_year(x, of_one_year)


def zscore(x: Grid) -> Grid:
    """How many standard deviations each region lies above the mean of the regions known in that year.

        zscore[t, r] = (x[t, r] − mean(x[t, ·])) / sd(x[t, ·])

    x   (years, regions); the deviation is that of the whole population: divided by n
    Returns a Grid; undefined where all known regions are equal, one region alone included.

    >>> from regional_analytics.formulas import grid
    >>> zscore(grid([[10.0, 20.0, 30.0]])).values.round(3).tolist()
    [[-1.225, 0.0, 1.225]]
    """
    return _by_year(x, lambda known: (known - known.mean()) / known.std(), needs_spread=True)


def minmax(x: Grid) -> Grid:
    """Where each region lies between the lowest (0) and the highest (100) of that year.

        minmax[t, r] = 100 · (x[t, r] − min(x[t, ·])) / (max(x[t, ·]) − min(x[t, ·]))

    x   (years, regions)
    Returns a Grid from 0 to 100; undefined where all known regions are equal, one region alone included.

    >>> from regional_analytics.formulas import grid
    >>> minmax(grid([[10.0, 20.0, 30.0]])).values.tolist()
    [[0.0, 50.0, 100.0]]
    """
    return _by_year(
        x, lambda known: 100.0 * (known - known.min()) / (known.max() - known.min()), needs_spread=True
    )


def _by_year(
    x: Grid, compute: Callable[[Floats], npt.NDArray[np.floating[Any]]], *, needs_spread: bool = False
) -> Grid:
    values, reasons = np.full(x.values.shape, np.nan), x.reasons.copy()
    for row, known in enumerate(x.known):
        if not known.any():
            continue
        own = x.values[row, known]
        if needs_spread and own.min() == own.max():
            reasons[row, known] = UNDEFINED
        else:
            with np.errstate(over="ignore", invalid="ignore"):
                values[row, known] = compute(own)
    return settled(values, reasons, x.breaks)


def _earlier(span: int, years: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """For each row the row of the year `span` before, and whether there is one."""
    rows = {year: row for row, year in enumerate(years)}
    start = [rows.get(year - span, -1) for year in years]
    rows_then = np.array([max(row, 0) for row in start], dtype=np.intp)
    return rows_then, np.array([row >= 0 for row in start], dtype=np.bool_)


def _against(
    x: Grid,
    start: np.ndarray,
    there: np.ndarray,
    compute: Callable[[Floats, Floats], Floats],
    *,
    above_zero: bool = True,
) -> Grid:
    """Each year against an earlier or later one: unknown without both, refused where a break lies between."""
    then = x.values[start]
    reasons = np.maximum(x.reasons, x.reasons[start])
    reasons[~there] = np.maximum(reasons[~there], NOT_PUBLISHED)
    breaks_so_far = np.cumsum(x.breaks, axis=0)
    cut = (breaks_so_far != breaks_so_far[start]) & there[:, np.newaxis]
    reasons = np.where((reasons == KNOWN) & cut, BREAK, reasons)
    if above_zero:
        reasons = np.where((reasons == KNOWN) & (then <= 0), UNDEFINED, reasons)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return settled(compute(x.values, then), reasons.astype(np.uint8), x.breaks)


def _nowhere(x: Grid) -> Grid:
    reasons = np.maximum(x.reasons, NOT_PUBLISHED).astype(np.uint8)
    return Grid(np.full(x.values.shape, np.nan), reasons, x.breaks)
