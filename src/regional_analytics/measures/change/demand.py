"""How fast each activity grows elsewhere: demand that a region finds, and did not make."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import MATRIX, Flags, Floats, Masked, masked, ratio, read_jobs
from regional_analytics.notes import Notes


def activity_growth(start: npt.ArrayLike, end: npt.ArrayLike, *, notes: Notes | None = None) -> Masked:
    """How much each activity grew in all other regions, so that a region's own boom is no demand.

        B[r, a] = Σ_{q ≠ r} E₀[q, a]        F[r, a] = Σ_{q ≠ r} E₁[q, a]        g[r, a] = 100 (F − B) / B

    start, end   (regions, activities), people, of the same regions and activities
    The sums are over the regions known in both years; a cell known in one of them only counts in neither sum (note
    "left_out"). What the region has itself plays no part, known or not.
    Returns (regions, activities), per cent. Masked where no other region is known in both years; so a single region has
    no demand at all. NaN where nobody elsewhere worked in the activity at the start, with a note "undefined" if nobody
    does at the end either (0/0) and "unbounded" if it came from nothing.
    Raises NegativeEmployment, NotFinite, WrongShape.

    >>> activity_growth([[10.0], [40.0], [50.0]], [[90.0], [50.0], [50.0]]).round(2).tolist()    # 90 → 100, 60 → 140, 50 → 140
    [[11.11], [133.33], [180.0]]
    """
    notes = Notes() if notes is None else notes
    before = read_jobs(start, "The start")
    after = read_jobs(end, "The end", shape=before.values.shape)
    both = before.known & after.known
    notes.add(
        "left_out",
        "known in one of the two years only",
        axes=MATRIX,
        positions=np.argwhere(before.known ^ after.known),
    )
    was, became = elsewhere(before.values, both), elsewhere(after.values, both)
    known: Flags = both.sum(axis=0) - both > 0
    nothing = known & (was == 0)
    for kind, why, some in (
        ("undefined", "0/0: nobody elsewhere at the start and at the end", False),
        ("unbounded", "elsewhere it came from nothing", True),
    ):
        notes.add(kind, why, axes=MATRIX, positions=np.argwhere(nothing & ((became > 0) == some)))
    return masked(100.0 * ratio(became - was, was), known)


def elsewhere(people: Floats, counted: Flags) -> Floats:
    """Σ over the other regions; exactly 0 where none of them has anybody, whatever rounding would leave."""
    own = np.where(counted, people, 0.0)
    somewhere = own > 0
    others: Flags = somewhere.sum(axis=0) - somewhere > 0
    left: Floats = np.where(others, np.maximum(own.sum(axis=0) - own, 0.0), 0.0)
    return left
