"""What suppressed cells can be at least and at most, and so the quotients they can have.

A cell that is not published is not anything at all: published totals leave so much for it and no more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    ratio,
    read_jobs,
    read_total,
)
from regional_analytics.notes import Notes

ROUNDS = 100
SETTLED = 1e-9  # of the largest figure: what still moves is rounding


class CellBounds(NamedTuple):
    """What each cell is at least and at most; the same twice where it is published.

    lowest, highest   (regions, activities), people
    """

    lowest: Masked
    highest: Masked


class QuotientBounds(NamedTuple):
    """What each location quotient is at least and at most, and the cells that make it so.

    lowest, highest   (regions, activities)
    cells             the people they rest on
    """

    lowest: Masked
    highest: Masked
    cells: CellBounds


def cell_bounds(
    employment: npt.ArrayLike,
    *,
    region_totals: npt.ArrayLike,
    area: npt.ArrayLike | None = None,
    complete: bool = True,
    rounding: float = 0.0,
    notes: Notes | None = None,
) -> CellBounds:
    """Between which figures each suppressed cell lies, from what the published totals leave for it.

        highest[r, a] = T[r] − Σ_{b ≠ a} lowest[r, b]      and  A[a] − Σ_{q ≠ r} lowest[q, a]
        lowest[r, a]  = T[r] − Σ_{b ≠ a} highest[r, b]     and  A[a] − Σ_{q ≠ r} highest[q, a], never below 0
        again and again until nothing moves; the smaller highest and the larger lowest hold

    employment      (regions, activities), people; masked where suppressed
    region_totals   (regions,), T, as published
    area            (activities,), A, as published; without it the totals of regions alone are used
    complete        the activities given are all of a region, and the regions all of the area. False where they are a
                    part: then totals say how much a cell can be at most, and nothing of the least
    rounding        by how many people a published total may differ from the sum of its cells
    Returns CellBounds; published cells are their own bounds. They hold for each cell by itself, not for all at their highest
    at once, and a table of several rows and columns may allow less than they say, never more. Masked where no known
    total holds the cell. A note "given_away" names suppressed cells that totals let one compute: do not publish these. NaN
    and a note "contradiction" where totals leave less than nothing.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a rounding below 0.
    Source: Buzzigoli & Giusti (1999), An algorithm to calculate the lower and upper bounds of the elements of an array
    given its marginals, Statistical Data Protection '98, Eurostat.

    >>> jobs = np.ma.masked_equal([[30.0, -1.0, -1.0], [10.0, 30.0, -1.0]], -1.0)
    >>> found = cell_bounds(jobs, region_totals=[50.0, 45.0])
    >>> found.lowest.tolist(), found.highest.tolist()      # 20 for two cells of A; 5 for the one of B
    ([[30.0, 0.0, 0.0], [10.0, 30.0, 5.0]], [[30.0, 20.0, 20.0], [10.0, 30.0, 5.0]])
    """
    notes = Notes() if notes is None else notes
    if not 0 <= rounding < np.inf:
        raise RefusedInput(f"A rounding of {rounding:g}", remedy="It is 0 or more people.")
    cells = read_jobs(employment, "Employment")
    shape = cells.values.shape
    rows = read_jobs(region_totals, "The total of a region", ("region",), shape=shape[:1])
    columns = Cells(np.zeros(shape[1]), np.zeros(shape[1], dtype=np.bool_))
    if area is not None:
        columns = read_jobs(area, "The area", ("activity",), shape=shape[1:])
    low, high = _shuttle(cells, rows, columns, complete, rounding)
    largest = max(float(cells.values.max(initial=0.0)), float(rows.values.max(initial=0.0)), 1.0)
    hidden = ~cells.known
    contradiction = hidden & (high < low - SETTLED * largest)
    notes.add(
        "contradiction",
        "the published totals leave less than nothing",
        axes=MATRIX,
        positions=np.argwhere(contradiction),
    )
    given_away = hidden & ~contradiction & (high - low <= SETTLED * largest)
    notes.add(
        "given_away",
        "suppressed, and yet to be computed from the totals",
        axes=MATRIX,
        positions=np.argwhere(given_away),
    )
    high = np.where(contradiction, np.nan, np.maximum(high, low))
    known = ~np.isposinf(high)
    return CellBounds(masked(np.where(contradiction, np.nan, low), known), masked(high, known))


def quotient_bounds(
    employment: npt.ArrayLike,
    *,
    region_totals: npt.ArrayLike,
    area: npt.ArrayLike | None = None,
    area_total: float | None = None,
    complete: bool = True,
    rounding: float = 0.0,
    notes: Notes | None = None,
) -> QuotientBounds:
    """Between which values a location quotient lies, whatever the suppressed cells hide.

        lowest = (lowest E[r, a] / T[r]) / (A[a] / N)      highest = (highest E[r, a] / T[r]) / (A[a] / N)

        where the area is the sum of the regions, A[a] itself is not known:
        lowest  = N/T[r] · e / (e + Σ_{q ≠ r} highest E[q, a])      e = lowest E[r, a]
        highest = N/T[r] · e / (e + Σ_{q ≠ r} lowest E[q, a])       e = highest E[r, a]

    employment, region_totals, area, complete, rounding   as in cell_bounds
    area_total      N, people in the area; by default the sum of area, or of region_totals where there is no area
    Returns QuotientBounds. These are limits and no interval of chance: nothing outside them is possible, and within them
    nothing is likelier than another. Published cells have two bounds as well where their area is a sum with suppressed
    cells. Masked where a bound has no known total; NaN, and a note "undefined", where the region or the activity has
    nobody for certain.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a rounding below 0.

    >>> jobs = np.ma.masked_equal([[30.0, -1.0, -1.0], [10.0, 30.0, -1.0]], -1.0)
    >>> found = quotient_bounds(jobs, region_totals=[50.0, 50.0], area=[40.0, 40.0, 20.0])
    >>> found.lowest.tolist(), found.highest.tolist()      # 10 of steel in A are what B leaves of 40
    ([[1.5, 0.5, 1.0], [0.5, 1.5, 1.0]], [[1.5, 0.5, 1.0], [0.5, 1.5, 1.0]])
    """
    notes = Notes() if notes is None else notes
    cells = cell_bounds(
        employment,
        region_totals=region_totals,
        area=area,
        complete=complete,
        rounding=rounding,
        notes=notes,
    )
    low, high = cells.lowest.filled(np.nan), cells.highest.filled(np.nan)
    rows = read_jobs(region_totals, "The total of a region", ("region",), shape=low.shape[:1])
    known = ~np.ma.getmaskarray(cells.highest) & rows.known[:, None]
    if area is not None:
        columns = read_jobs(area, "The area", ("activity",), shape=low.shape[1:])
        below = above = columns.values
        known &= columns.known
        whole = float(columns.values.sum()) if columns.known.all() else float("nan")
    else:
        # What the other regions hold at most makes the quotient least, and the other way round.
        below, above = low + _others(high), high + _others(low)
        known &= np.logical_and.reduce(~np.ma.getmaskarray(cells.highest), axis=0)
        whole = float(rows.values.sum()) if rows.known.all() else float("nan")
    if area_total is not None:
        whole = read_total(area_total, "The area's total")
    size = ratio(rows.values, np.asarray(whole))[:, None]
    lowest, highest = ratio(ratio(low, below), size), ratio(ratio(high, above), size)
    nobody_but_others = (high == 0) & (below > 0)
    highest = np.where(nobody_but_others & (size > 0), 0.0, highest)
    lowest = np.where((low == 0) & (below == 0) & (above > 0) & (size > 0), 0.0, lowest)
    known &= ~np.isnan(whole)
    notes.add(
        "undefined",
        "0/0: nobody works in the region or the activity",
        axes=MATRIX,
        positions=np.argwhere(known & np.isnan(highest) & ~np.isnan(high)),
    )
    return QuotientBounds(masked(lowest, known), masked(highest, known), cells)


def _shuttle(
    cells: Cells, rows: Cells, columns: Cells, complete: bool, rounding: float
) -> tuple[Floats, Floats]:
    """Lower the highest and raise the lowest, along rows and columns in turn, until nothing moves."""
    hidden = ~cells.known
    low, high = cells.values.copy(), np.where(hidden, np.inf, cells.values)
    limits = [
        (np.where(rows.known, rows.values, np.nan)[:, None], 1),
        (np.where(columns.known, columns.values, np.nan)[None, :], 0),
    ]
    slack = SETTLED * max(float(rows.values.max(initial=0.0)), 1.0)
    for _ in range(ROUNDS):
        before_low, before_high = low, high
        for total, axis in limits:
            most = total + rounding - (low.sum(axis=axis, keepdims=True) - low)
            high = np.where(hidden, np.fmin(high, most), high)
            if complete:
                least = total - rounding - _others(high, axis)
                low = np.where(hidden, np.fmax(low, least), low)
        still = hidden & (high > low - slack)
        if not _moved(before_low, low, still, slack) and not _moved(before_high, high, still, slack):
            break
    return low, high


def _others(values: Floats, axis: int = 0) -> Floats:
    """The sum of the other cells along the axis; infinite where one of them is."""
    endless = np.isinf(values)
    finite = np.where(endless, 0.0, values)
    rest: Floats = finite.sum(axis=axis, keepdims=True) - finite
    return np.where(endless.sum(axis=axis, keepdims=True) - endless > 0, np.inf, rest)


def _moved(before: Floats, after: Floats, where: Flags, slack: float) -> bool:
    with np.errstate(invalid="ignore"):
        change = np.abs(after - before)
    return bool((where & (change > slack)).any())
