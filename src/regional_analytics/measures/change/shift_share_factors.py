"""Shift-share as factors: how many times as well as its area a region did, through its mix and itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.change.shift_share import compare
from regional_analytics.measures.inputs import ratio
from regional_analytics.notes import Notes


class ShiftShareFactors(NamedTuple):
    """Factors around 1; total = mix · regional.

    total         the region's growth next to the area's: 1.02 is two per cent better
    mix           what its mix of activities made of it
    regional      what is left: the region next to its activities elsewhere
    area_growth   the area's overall rate, as a share (0.02 is 2 %)
    left_out      positions of the activities that are unknown in one of the four inputs
    coverage      part of the area's known people at the start who work in the activities compared
    """

    total: float
    mix: float
    regional: float
    area_growth: float
    left_out: tuple[int, ...]
    coverage: float


def shift_share_factors(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    area_start: npt.ArrayLike,
    area_end: npt.ArrayLike,
    *,
    notes: Notes | None = None,
) -> ShiftShareFactors:
    """How many times as well as its area a region did, and how much of that came with its mix of activities.

        e, e′ the region at start and end, A, A′ the area;  x[a] = e[a] · A′[a] / A[a], the region had each of
        its activities gone as in the area

        mix = (Σx / Σe) / (ΣA′ / ΣA)      regional = Σe′ / Σx      total = mix · regional

    The index method of Gerfin, called structural, location and regional factor there. It says the same as
    shift_share() with method "dunn", in ratios instead of people: regions of any size can be compared.

    start, end, area_start, area_end   (activities,), people, the area with the region in it
    An activity unknown in one of the four is left out of everything and named in left_out; note "left_out".
    Returns ShiftShareFactors. A factor that is something next to nothing is NaN, with a note "undefined":
    nobody in the region at the start, nobody left in the area or in the region's activities at the end.
    Raises AbsentFromArea, NegativeEmployment, NotFinite, WrongShape; NothingToCompare.
    Source: Gerfin (1964), Kyklos 17(4); in the form of the R package REAT.

    >>> found = shift_share_factors([100.0, 100.0], [150.0, 90.0], [500.0, 1500.0], [1000.0, 1500.0])
    >>> found.mix, found.regional, found.total      # 1.5 next to 1.25, 240 of 300, 1.2 next to 1.25
    (1.2, 0.8, 0.96)
    """
    notes = Notes() if notes is None else notes
    e, e_end, a, a_end, kept, coverage = compare(start, end, area_start, area_end, notes)
    here, here_end, there, there_end = (float(year.sum()) for year in (e, e_end, a, a_end))
    # Where the area had nobody, neither had the region.
    as_in_area = float((e * np.nan_to_num(ratio(a_end, a))).sum())
    area_factor = there_end / there
    mix = _next_to(_next_to(as_in_area, here), area_factor)
    regional = _next_to(here_end, as_in_area)
    total = _next_to(_next_to(here_end, here), area_factor)
    notes.add(
        "undefined",
        "next to nothing: nobody in the region at the start, or left in its activities or the area",
        count=int(np.isnan([mix, regional, total]).sum()),
    )
    return ShiftShareFactors(
        total, mix, regional, area_factor - 1.0, tuple(int(at) for at in np.flatnonzero(~kept)), coverage
    )


def _next_to(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
