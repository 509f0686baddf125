"""Who has what: from figures to yes or no, the matrix that relatedness and complexity are made from.

A presence is (regions, activities): 1 where the region has the activity in more than its share, 0 where not, masked
where that is unknown. Diversity counts along a region, ubiquity along an activity.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Cells,
    Flags,
    Floats,
    MaskedFlags,
    RefusedInput,
    one_of,
    positions_of,
    read_cells,
    read_jobs,
)
from regional_analytics.measures.totals import (
    Area,
    area_of,
    note_absent_activities,
    note_empty_regions,
    region_totals_of,
)
from regional_analytics.notes import Notes

PresenceRule = Literal["rca", "per_head", "both"]
Counts: TypeAlias = npt.NDArray[np.int64]


class NotAPresence(RefusedInput):
    """Something other than 0 and 1 stands in a presence."""


class NothingLeft(RefusedInput):
    """No region or no activity is left to measure."""


def presence(
    employment: npt.ArrayLike,
    *,
    threshold: float = 1.0,
    rule: PresenceRule = "rca",
    population: npt.ArrayLike | None = None,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    notes: Notes | None = None,
) -> MaskedFlags:
    """Which activities a region has in more than its share.

        "rca"        M[r, a] = 1  where  E[r, a] · E  ≥  θ · E[r, ·] · E[·, a]       and E[r, a] > 0
        "per_head"   M[r, a] = 1  where  E[r, a] · P  ≥  θ · P[r] · E[·, a]          and E[r, a] > 0
        "both"       where both hold

    employment      (regions, activities), counts
    threshold       θ, above 0; a cell that meets it exactly counts
    population      (regions,), people; needed by "per_head" and "both". P is their sum
    area, region_totals, area_total   as in location_quotient
    Compared as products, so that one rounding decides ties and not four. A region or an activity with nobody has
    nothing: 0/0 is no presence (note "undefined").
    Returns (regions, activities), true or false; masked where the cell or what it is compared with is unknown.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for a threshold that is not above 0 or a rule
    without its population.
    Source: Balassa (1965), The Manchester School 33(2); Hidalgo & Hausmann (2009), PNAS 106(26); against
    population: Bustos, Gomez, Hausmann & Hidalgo (2012), PLoS ONE 7(11).

    >>> jobs = np.array([[30.0, 10.0],    # wine and steel in A
    ...                  [10.0, 30.0]])   # wine and steel in B
    >>> presence(jobs).tolist()
    [[True, False], [False, True]]
    """
    notes = Notes() if notes is None else notes
    if not 0 < threshold < np.inf:
        raise RefusedInput(f"A threshold of {threshold:g} makes no presence", remedy="Give one above 0.")
    one_of(rule, "rule", ("rca", "per_head", "both"))
    cells = read_jobs(employment, "Employment")
    reference = area_of(cells, area, area_total, notes)
    totals = region_totals_of(cells, region_totals, notes) if rule != "per_head" else None
    people = _population(population, cells, rule) if rule != "rca" else None
    if totals is not None:
        note_empty_regions(cells, totals, notes)
        note_absent_activities(cells, reference, totals, notes)
    found = presence_of(cells, reference, threshold, totals=totals, population=people)
    return np.ma.MaskedArray(found.values, mask=~found.known)


class Present(NamedTuple):
    """Yes or no, and what is known of it; values are False where it is not."""

    values: Flags
    known: Flags


def presence_of(
    cells: Cells, reference: Area, threshold: float, *, totals: Cells | None, population: Cells | None
) -> Present:
    """The same of figures that have been read already: beside the totals of regions, their people, or both."""
    present: Flags = cells.values > 0
    known = cells.known & reference.activities.known & ~np.isnan(reference.total)
    if totals is not None:
        present &= _in_more_than_its_share(cells, totals, reference, reference.total, threshold)
        known &= totals.known[:, None]
    if population is not None:
        # With a region's people unknown the area's are too: all heads, or none.
        heads = float(population.values.sum()) if population.known.all() else float("nan")
        present &= _in_more_than_its_share(cells, population, reference, heads, threshold)
        known &= ~np.isnan(heads)
    present &= known
    return Present(present, known)


def diversity(presence: npt.ArrayLike) -> Counts:
    """How many activities each region has.

        d[r] = Σ_a M[r, a]

    presence   (regions, activities), 0 and 1; what is masked is not counted
    Returns (regions,), a count.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Hidalgo & Hausmann (2009), PNAS 106(26).

    >>> diversity([[1, 1, 1], [0, 1, 0]]).tolist()
    [3, 1]
    """
    counted: Counts = read_presence(presence).values.sum(axis=1).astype(np.int64)
    return counted


def ubiquity(presence: npt.ArrayLike) -> Counts:
    """How many regions have each activity.

        u[a] = Σ_r M[r, a]

    presence   (regions, activities), 0 and 1; what is masked is not counted
    Returns (activities,), a count.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Hidalgo & Hausmann (2009), PNAS 106(26).

    >>> ubiquity([[1, 1, 1], [0, 1, 0]]).tolist()
    [1, 2, 1]
    """
    counted: Counts = read_presence(presence).values.sum(axis=0).astype(np.int64)
    return counted


class Core(NamedTuple):
    """What is left when thin rows and columns are taken away.

    regions, activities   positions kept, ascending
    presence              (regions kept, activities kept)
    rounds                how often something had to be taken away
    """

    regions: Counts
    activities: Counts
    presence: MaskedFlags
    rounds: int


def core(
    employment: npt.ArrayLike,
    *,
    least_diversity: int = 1,
    least_ubiquity: int = 1,
    threshold: float = 1.0,
    notes: Notes | None = None,
) -> Core:
    """Take away regions with too few activities and activities in too few regions, until none is left that is.

        repeat:  M from what is left;  drop r with d[r] < least_diversity, a with u[a] < least_ubiquity

    employment   (regions, activities), counts. Presence is made anew each round from what is left, since totals change.
    Returns a Core. A note "trimmed" names what was taken away.
    Raises NothingLeft where nothing is left; as presence() otherwise.
    Source: Hidalgo & Hausmann (2009), supplementary material; the practice of the Observatory of Economic Complexity.

    >>> jobs = np.array([[9.0, 0.0, 1.0], [0.0, 8.0, 1.0], [8.0, 0.0, 0.0]])    # wine, steel, glass
    >>> left = core(jobs, least_ubiquity=2)
    >>> left.activities.tolist(), left.rounds     # steel is in one region only; without it glass becomes so too
    ([0], 3)
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    rows, columns = (np.arange(length) for length in cells.values.shape)
    rounds = 0
    while True:
        if not (rows.size and columns.size):
            raise NothingLeft(
                f"Nothing has {least_diversity} activities in {least_ubiquity} regions",
                remedy="Ask for less diversity or ubiquity, or bring more figures.",
            )
        part = np.ix_(rows, columns)
        left = presence(np.ma.MaskedArray(cells.values[part], mask=~cells.known[part]), threshold=threshold)
        there = left.filled(False)
        wide, common = there.sum(axis=1) >= least_diversity, there.sum(axis=0) >= least_ubiquity
        if wide.all() and common.all():
            break
        rows, columns, rounds = rows[wide], columns[common], rounds + 1
    for axis, kept, length in (("region", rows, 0), ("activity", columns, 1)):
        gone = np.setdiff1d(np.arange(cells.values.shape[length]), kept)
        notes.add("trimmed", f"taken away: too thin a {axis}", axes=(axis,), positions=gone[:, None])
    return Core(rows, columns, left, rounds)


def read_presence(given: npt.ArrayLike, what: str = "Presence", axes: tuple[str, ...] = MATRIX) -> Cells:
    """Take 0 and 1, true and false; what is unknown is 0 and not known."""
    cells = read_cells(given, what, axes)
    odd = (cells.values != 0) & (cells.values != 1)
    if odd.any():
        example = float(cells.values[odd][0])
        raise NotAPresence(
            f"{what} is 0 or 1, and not {example:g}",
            axes,
            positions_of(odd),
            "Make it from figures with presence().",
        )
    return cells


def whole_presence(given: npt.ArrayLike, notes: Notes, what: str = "Presence") -> Floats:
    """A presence for methods that need every cell: what is unknown counts as absent, and a note says how much."""
    cells = read_presence(given, what)
    note_unknown(cells, notes)
    return cells.values


def note_unknown(cells: Cells, notes: Notes) -> None:
    """Say how much of a presence is unknown and counts as absent."""
    notes.add(
        "unknown_as_absent",
        "unknown, counted as absent",
        axes=MATRIX,
        positions=np.argwhere(~cells.known),
    )


def _in_more_than_its_share(
    cells: Cells, totals: Cells, reference: Area, whole: float, threshold: float
) -> Any:
    return cells.values * whole >= (threshold * totals.values)[:, None] * reference.activities.values


def _population(given: npt.ArrayLike | None, cells: Cells, rule: str) -> Cells:
    if given is None:
        raise RefusedInput(
            f"The rule “{rule}” compares with people, and no population is given",
            remedy="Give population=, one figure a region, or choose the rule rca.",
        )
    return read_jobs(given, "Population", ("region",), shape=cells.values.shape[:1])
