"""Cluster stars: which activities of a region are large, specialised and important at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    MaskedFlags,
    RefusedInput,
    masked,
    read_jobs,
)
from regional_analytics.measures.specialisation import location_quotient, share_in_region
from regional_analytics.notes import Notes

MaskedCounts: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True)
class StarScheme:
    """One way to give stars, named and versioned. The thresholds are data: nothing here knows “the right” ones."""

    name: str
    version: str
    size_top_percent: float
    specialisation_threshold: float
    focus_top_percent: float
    minimum_employment: float

    def __post_init__(self) -> None:
        for what, percent in (("size", self.size_top_percent), ("focus", self.focus_top_percent)):
            if not 0 < percent <= 100:
                raise RefusedInput(f"The best {percent:g} % for {what} is no share", remedy="Give more than 0, at most 100.")
        if self.specialisation_threshold < 0 or self.minimum_employment < 0:
            raise RefusedInput("A threshold of a star scheme cannot be negative")


class Thresholds(NamedTuple):
    """What a cell had to reach, per activity; NaN where no region is known."""

    size: Floats
    focus: Floats
    specialisation: float
    minimum_employment: float


class Stars(NamedTuple):
    """The stars of every cell, masked where the cell is unknown, with the thresholds they were given by."""

    size: MaskedFlags
    specialisation: MaskedFlags
    focus: MaskedFlags
    count: MaskedCounts
    thresholds: Thresholds
    scheme: StarScheme


def cluster_stars(
    employment: npt.ArrayLike,
    *,
    scheme: StarScheme,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Stars:
    """Give each region up to three stars for each activity.

        size             E[r, a] is among the best size_top_percent of regions in activity a
        specialisation   LQ[r, a] ≥ specialisation_threshold
        focus            E[r, a] / E[r, ·] is among the best focus_top_percent of regions in activity a
        no star          where E[r, a] < minimum_employment

    employment      (regions, activities), people
    area, region_totals   as in location_quotient
    “Among the best p percent” of n known regions means one of the best ⌈n·p/100⌉, ties included; regions where
    nobody works in the activity are counted among the n. The threshold returned is the value of the last of them.
    Returns (regions, activities) flags and counts, masked where the cell is unknown.
    Raises NegativeEmployment, NotFinite, WrongShape.
    Source: European Cluster Observatory, methodology of cluster stars (there on clusters of four-digit industries).

    >>> jobs = np.array([[5000.0, 100.0], [1000.0, 4000.0], [200.0, 3000.0]])
    >>> scheme = StarScheme("example", "1", 34, 1.5, 34, 1000)   # the best 34 % of three regions: two
    >>> cluster_stars(jobs, scheme=scheme).count.tolist()
    [[3, 0], [2, 2], [0, 3]]
    """
    notes = Notes() if notes is None else notes
    cells = read_jobs(employment, "Employment")
    quotients = location_quotient(employment, area=area, region_totals=region_totals, notes=notes)
    shares = share_in_region(employment, region_totals=region_totals)
    share_cells = Cells(np.nan_to_num(np.ma.getdata(shares)), ~np.ma.getmaskarray(shares) & ~np.isnan(np.ma.getdata(shares)))
    size_least = least_of_the_best(cells, scheme.size_top_percent)
    focus_least = least_of_the_best(share_cells, scheme.focus_top_percent)
    large_enough = cells.known & (cells.values >= scheme.minimum_employment) & (cells.values > 0)
    quotient_values = np.nan_to_num(np.ma.getdata(quotients), nan=-1.0)
    won = (
        large_enough & (cells.values >= size_least),
        large_enough & ~np.ma.getmaskarray(quotients) & (quotient_values >= scheme.specialisation_threshold),
        large_enough & share_cells.known & (share_cells.values >= focus_least),
    )
    flags = [_masked_flags(one, cells.known) for one in won]
    count = np.ma.MaskedArray(sum(one.astype(np.int64) for one in won), mask=~cells.known)
    thresholds = Thresholds(size_least, focus_least, scheme.specialisation_threshold, scheme.minimum_employment)
    return Stars(*flags, count=count, thresholds=thresholds, scheme=scheme)


def least_of_the_best(cells: Cells, percent: float) -> Floats:
    """The value that the last of the best p percent of known regions has, per activity; NaN without any.

    >>> least_of_the_best(Cells(np.array([[4.0], [3.0], [2.0], [1.0]]), np.ones((4, 1), bool)), 50).tolist()
    [3.0]
    """
    ordered = -np.sort(-np.where(cells.known, cells.values, -np.inf), axis=0)
    counted = cells.known.sum(axis=0)
    # 10 % of 30 is 3.0000000000000004 in binary fractions; a ceiling must not make four of it.
    best = np.ceil(counted * percent / 100 - 1e-9).astype(np.int64)
    position = np.clip(best - 1, 0, max(0, ordered.shape[0] - 1))
    least: Floats = np.take_along_axis(ordered, position[None, :], axis=0)[0]
    return np.where(counted > 0, least, np.nan)


def _masked_flags(won: Flags, known: Flags) -> MaskedFlags:
    return np.ma.MaskedArray(won, mask=~known)
