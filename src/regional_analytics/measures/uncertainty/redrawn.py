"""Tables as they might have been: jobs drawn anew, activities or regions drawn as a sample, unknown cells between their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import MATRIX, Cells, Flags, Floats, RefusedInput, one_of, read_jobs
from regional_analytics.measures.presence import Present, note_unknown, presence_of, read_presence
from regional_analytics.measures.totals import Area
from regional_analytics.measures.uncertainty.small_cells import read_above_zero
from regional_analytics.measures.uncertainty.suppressed_cells import cell_bounds
from regional_analytics.notes import Notes

Redrawn: TypeAlias = Literal["activities", "regions", "counts", "nothing"]
Law: TypeAlias = Literal["poisson", "gamma"]
Unknown: TypeAlias = Literal["absent", "between_bounds"]
Positions: TypeAlias = npt.NDArray[np.int64]
MOST = 1e18  # people in a cell: above it no whole number is drawn


class Sample(NamedTuple):
    """One table drawn: who has what, and which regions or activities were drawn, some of them more than once (None: all)."""

    present: Present
    regions: Positions | None
    activities: Positions | None


@dataclass(frozen=True, eq=False)
class Table:
    """What tables are drawn from.

    present   who has what in the table itself, with unknown cells halfway between their bounds if they are drawn
    people    None where a presence was given
    gap       how far the unknown cells with bounds reach above the lowest; 0 elsewhere
    """

    present: Present
    people: Cells | None
    gap: Floats | None
    draws_of: Floats
    threshold: float
    drawn: Redrawn
    law: Law

    def sample(self, chance: np.random.Generator) -> Sample:
        """One of the tables it might have been."""
        regions, activities = self.present.values.shape
        if self.drawn == "activities":
            return Sample(self._anew(chance), None, chance.integers(0, activities, (activities,)))
        if self.drawn == "regions":
            return Sample(self._anew(chance), chance.integers(0, regions, (regions,)), None)
        return Sample(self._anew(chance), None, None)

    def _anew(self, chance: np.random.Generator) -> Present:
        if self.people is None or (self.gap is None and self.drawn != "counts"):
            return self.present
        values = self.people.values
        if self.drawn == "counts":
            draw = chance.poisson if self.law == "poisson" else chance.standard_gamma
            values = draw(values * self.draws_of) / self.draws_of
        if self.gap is not None:
            lowest = np.where(self.gap > 0, self.people.values, values)
            values = lowest + self.gap * chance.random(values.shape)
        return presence_among(Cells(values, self.people.known), self.threshold)


def presence_among(cells: Cells, threshold: float) -> Present:
    """Who has more than its share of the sums of what is known."""
    area = Area(Cells(cells.values.sum(axis=0), cells.any_known(axis=0)), float(cells.values.sum()))
    totals = Cells(cells.values.sum(axis=1), cells.any_known(axis=1))
    return presence_of(cells, area, threshold, totals=totals, population=None)


def read_table(
    employment: npt.ArrayLike,
    *,
    given: Literal["employment", "presence"],
    drawn: Redrawn,
    law: Law,
    draws_per_unit: npt.ArrayLike,
    threshold: float,
    unknown: Unknown,
    region_totals: npt.ArrayLike | None,
    area: npt.ArrayLike | None,
    notes: Notes,
) -> Table:
    """Read what tables are drawn from, and refuse what cannot be drawn."""
    one_of(given, "kind of table", ("employment", "presence"))
    one_of(drawn, "drawing", ("activities", "regions", "counts", "nothing"))
    one_of(law, "law", ("poisson", "gamma"))
    one_of(unknown, "way with the unknown", ("absent", "between_bounds"))
    if drawn == "nothing" and unknown == "absent":
        raise RefusedInput(
            "Nothing is drawn, so that all draws are alike", remedy="Draw counts, activities or regions."
        )
    if given == "presence":
        if drawn in ("counts", "nothing") or unknown == "between_bounds":
            raise RefusedInput(
                "A presence has no people to draw", remedy="Give employment, or draw activities or regions."
            )
        read = read_presence(employment)
        note_unknown(read, notes)
        return Table(Present(read.values > 0, read.known), None, None, np.ones(1), threshold, drawn, law)
    if not 0 < threshold < np.inf:
        raise RefusedInput(f"A threshold of {threshold:g} makes no presence", remedy="Give one above 0.")
    cells = read_jobs(employment, "Employment")
    draws_of = read_above_zero(draws_per_unit, "The draws of a unit", cells.values.shape[1])
    too_many = cells.values * draws_of > MOST
    if too_many.any():
        raise RefusedInput(
            "Too many people to draw",
            MATRIX,
            [tuple(np.argwhere(too_many)[0].tolist())],
            "Use a larger unit.",
        )
    gap = None
    middle = cells
    if unknown == "between_bounds":
        cells, gap = _between_bounds(employment, cells, region_totals, area, notes)
        middle = Cells(cells.values + gap / 2.0, cells.known)
    note_unknown(cells, notes)
    return Table(presence_among(middle, threshold), cells, gap, draws_of, threshold, drawn, law)


def _between_bounds(
    employment: npt.ArrayLike,
    cells: Cells,
    region_totals: npt.ArrayLike | None,
    area: npt.ArrayLike | None,
    notes: Notes,
) -> tuple[Cells, Floats]:
    """Unknown cells at their lowest, known from now on, and how far they reach above it."""
    if region_totals is None:
        raise RefusedInput(
            "Unknown cells have no bounds without the totals of regions", remedy="Give region_totals=."
        )
    bounds = cell_bounds(employment, region_totals=region_totals, area=area, notes=notes)
    lowest, highest = bounds.lowest.filled(np.nan), bounds.highest.filled(np.nan)
    bounded: Flags = ~cells.known & ~np.isnan(highest)
    values = np.where(bounded, lowest, cells.values)
    return Cells(values, cells.known | bounded), np.where(bounded, highest - lowest, 0.0)
