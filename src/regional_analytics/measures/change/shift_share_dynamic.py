"""Shift-share year by year: the terms of each step, added up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.shift_share import (
    AbsentFromArea,
    Method,
    NothingToCompare,
    ShiftShare,
    shift_share,
)
from regional_analytics.measures.inputs import Cells, Flags, Masked, RefusedInput, positions_of, read_jobs
from regional_analytics.notes import Notes

BY_YEAR = ("year", "activity")


@dataclass(frozen=True, eq=False)
class DynamicShiftShare:
    """The terms of a region's change, step by step and added up, in people; activities left out are masked.

    steps        one ShiftShare for each pair of neighbouring years
    left_out     positions of the activities that are unknown in some year, here or in the area
    change, national, mix, regional, allocation   (activities,), sums over the steps
    …_total      their sums over the activities compared
    """

    steps: tuple[ShiftShare, ...]
    left_out: tuple[int, ...]

    def _summed(self, term: str) -> Masked:
        found: Masked = np.ma.sum(np.ma.stack([getattr(step, term) for step in self.steps]), axis=0)
        return found

    @property
    def change(self) -> Masked:
        return self._summed("change")

    @property
    def national(self) -> Masked:
        return self._summed("national")

    @property
    def mix(self) -> Masked:
        return self._summed("mix")

    @property
    def regional(self) -> Masked:
        return self._summed("regional")

    @property
    def allocation(self) -> Masked:
        return self._summed("allocation")

    @property
    def change_total(self) -> float:
        return sum(step.change_total for step in self.steps)

    @property
    def national_total(self) -> float:
        return sum(step.national_total for step in self.steps)

    @property
    def mix_total(self) -> float:
        return sum(step.mix_total for step in self.steps)

    @property
    def regional_total(self) -> float:
        return sum(step.regional_total for step in self.steps)

    @property
    def allocation_total(self) -> float:
        return sum(step.allocation_total for step in self.steps)


def dynamic_shift_share(
    region: npt.ArrayLike,
    area: npt.ArrayLike,
    *,
    area_totals: npt.ArrayLike | None = None,
    method: Method = "dunn",
    notes: Notes | None = None,
) -> DynamicShiftShare:
    """Take a region's growth apart year by year, and add the terms up.

        term[a] = Σ_t term of shift_share from year t to year t + 1

    Over many years the mix of a region and the rates of its area change. With two years far apart
    shift_share() gives every later year the mix of the first; year by year each has its own. The terms add up
    to the same change.

    region, area   (years, activities), people, in the order of time; two years or more, the area with the
                   region in it
    area_totals    (years,), people in the area, for its overall rates; by default the sums over the
                   activities compared
    method         "dunn" or "esteban-marquillas", as in shift_share
    An activity unknown in any year, here or in the area, is left out of all of them and named in left_out, so
    that the steps add up; note "left_out". A note "no_regional_rate" as in shift_share, with the year its
    step begins in.
    Returns a DynamicShiftShare.
    Raises AbsentFromArea, NegativeEmployment, NotFinite, WrongShape; NothingToCompare; RefusedInput for a
    single year.
    Source: Barff & Knight (1988), Growth and Change 19(2).

    >>> region = [[100.0, 100.0], [130.0, 100.0], [130.0, 80.0]]      # wine and steel in three years
    >>> area = [[500.0, 500.0], [600.0, 500.0], [600.0, 500.0]]
    >>> parts = dynamic_shift_share(region, area)
    >>> parts.national_total, parts.mix_total, parts.regional_total   # all of the 20 in the first step
    (20.0, 0.0, -10.0)
    >>> [step.regional_total for step in parts.steps]
    [10.0, -20.0]
    """
    notes = Notes() if notes is None else notes
    here = read_jobs(region, "The region", BY_YEAR)
    there = read_jobs(area, "The area", BY_YEAR, shape=here.values.shape)
    kept: Flags = np.logical_and.reduce(here.known & there.known, axis=0)
    _refuse_what_cannot_be_compared(here, there, kept)
    notes.add("left_out", "unknown in some year", axes=("activity",), positions=np.argwhere(~kept))
    totals = _totals_of(area_totals, len(here.values))
    known = np.ma.MaskedArray(
        np.stack([here.values, there.values]), mask=np.broadcast_to(~kept, (2, *here.known.shape))
    )
    steps = []
    for year, (one, next_one) in enumerate(pairwise(range(len(here.values)))):
        within = Notes()
        given = (known[0, one], known[0, next_one], known[1, one], known[1, next_one])
        rate_of = None if totals is None else (totals[one], totals[next_one])
        steps.append(shift_share(*given, area_totals=rate_of, method=method, notes=within))
        for note in within.of_kind("no_regional_rate"):
            places = [(year, *position) for position in note.positions]
            notes.add(note.kind, note.meaning, count=note.count, axes=BY_YEAR, positions=places)
    return DynamicShiftShare(tuple(steps), tuple(int(at) for at in np.flatnonzero(~kept)))


def _totals_of(given: npt.ArrayLike | None, years: int) -> list[float] | None:
    if given is None:
        return None
    cells = read_jobs(given, "The area's totals", ("year",), shape=(years,))
    unusable = ~cells.known | (cells.values == 0)
    if unusable.any():
        raise RefusedInput(
            "The area's totals must be known and above 0",
            ("year",),
            positions_of(unusable),
            "Leave them out: then the activities compared are added up.",
        )
    return [float(total) for total in cells.values]


def _refuse_what_cannot_be_compared(here: Cells, there: Cells, kept: Flags) -> None:
    if len(here.values) < 2:
        raise RefusedInput("Change needs two years or more", remedy="Give (years, activities).")
    # What the last year lacks is no base for any step.
    impossible = kept & (there.values == 0) & (here.values > 0)
    if impossible[:-1].any():
        raise AbsentFromArea(
            "People work here in an activity the area has nobody in",
            BY_YEAR,
            positions_of(impossible[:-1]),
            "Choose an area that contains the region.",
        )
    empty = ~(there.values[:-1, kept].sum(axis=1) > 0)
    if empty.any():
        raise NothingToCompare(
            "No activity is known in the region and the area in all years, with people in it",
            ("year",),
            positions_of(empty),
            "Choose other years, or a coarser table.",
        )
