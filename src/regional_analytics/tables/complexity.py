"""Complexity, density and outlook of every year of a panel: computed once, handed out as arrays or as tidy frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import polars as pl
from threadpoolctl import threadpool_limits

from regional_analytics.measures.complexity.conventions import Convention
from regional_analytics.measures.complexity.economic_complexity import (
    Diagnostics,
    complexity_of,
    reflections,
    scaled,
)
from regional_analytics.measures.complexity.outlook import Precision, outlook_of
from regional_analytics.measures.complexity.proximity_sums import Real
from regional_analytics.measures.inputs import Cells, Flags, Floats, RefusedInput
from regional_analytics.measures.presence import Counts, PresenceRule, presence_of
from regional_analytics.measures.specialisation.location_quotient import quotient_of
from regional_analytics.measures.totals import Area, note_absent_activities, note_empty_regions
from regional_analytics.notes import Note, Notes
from regional_analytics.tables.cube import Cube, nullable

OptionScore = Literal["density", "gain"]


class Figures(NamedTuple):
    """What the computation needs of one year."""

    cells: Cells
    totals: Cells
    area: Area
    population: Cells | None
    anchor: Floats | None


@dataclass(frozen=True, eq=False)
class PanelComplexity:
    """Arrays of all years; regions and activities in the order of the cube. How they were made stands in convention.

    quotient            (years, regions, activities), NaN where unknown or 0/0
    present, known      the same shape: has it, and whether that is known
    density             the same shape; NaN where no region has the activity
    gain                the same shape; 0 where the region has it
    region_complexity   (years, regions), ECI; NaN where there is none
    activity_complexity (years, activities), PCI
    index               (years, regions), COI
    diagnostics         one a year
    """

    cube: Cube
    convention: Convention
    rule: PresenceRule
    threshold: float
    quotient: Floats
    present: Flags
    known: Flags
    density: Floats
    gain: Floats
    region_complexity: Floats
    activity_complexity: Floats
    index: Floats
    diagnostics: tuple[Diagnostics, ...]
    notes: tuple[Note, ...]

    @property
    def diversity(self) -> Counts:
        """(years, regions), how many activities each region has."""
        counted: Counts = self.present.sum(axis=2, dtype=np.int64)
        return counted

    @property
    def ubiquity(self) -> Counts:
        """(years, activities), how many regions have each activity."""
        counted: Counts = self.present.sum(axis=1, dtype=np.int64)
        return counted

    def regions(self) -> pl.DataFrame:
        """region, year, diversity, complexity (null: none), outlook, convention.

        Diversity and outlook are null too where nothing is known of a region.
        """
        heard: Flags = np.logical_or.reduce(self.known, axis=2)
        return self._by(
            "region", self.cube.regions, self.diversity, "diversity", self.region_complexity, heard
        ).with_columns(outlook=nullable(self.index, heard), convention=pl.lit(self.convention.name))

    def activities(self) -> pl.DataFrame:
        """activity, year, ubiquity (null: nothing known), complexity (null: none), convention."""
        heard: Flags = np.logical_or.reduce(self.known, axis=1)
        return self._by(
            "activity", self.cube.activities, self.ubiquity, "ubiquity", self.activity_complexity, heard
        ).with_columns(convention=pl.lit(self.convention.name))

    def cells(self) -> pl.DataFrame:
        """A row for each cell: region, activity, year, value, quotient, present, density, gain, state.

        Null: unknown. Density looks at what surrounds a cell, and is null only where nothing is known of the region.
        Quotient and density are NaN where they are 0/0.
        """
        known = self.known
        heard = np.broadcast_to(np.logical_or.reduce(known, axis=2, keepdims=True), known.shape)
        return self.cube.frame_of(
            {
                "value": nullable(self.cube.values, self.cube.known),
                "quotient": nullable(self.quotient, known),
                "present": nullable(self.present, known),
                "density": nullable(self.density, heard),
                "gain": nullable(self.gain, known),
            },
            labels=pl.Enum,
        )

    def diagnosis(self) -> pl.DataFrame:
        """year and what each year's complexity can be relied on for; see Diagnostics."""
        return pl.DataFrame({"year": pl.Series(self.cube.years, dtype=pl.Int16)}).hstack(
            pl.DataFrame(list(self.diagnostics), schema=list(Diagnostics._fields), orient="row")
        )

    def options(
        self, region: str, *, year: int | None = None, most: int = 10, by: OptionScore = "gain"
    ) -> pl.DataFrame:
        """What a region does not have, the best first: activity, density, complexity, gain, quotient.

        Activities of which it is unknown whether the region has them are no options. year: the last by default.
        """
        if by not in ("density", "gain"):
            raise RefusedInput(f"Options are not ranked by “{by}”", remedy="Choose density or gain.")
        when = len(self.cube.years) - 1 if year is None else self.cube.at("year", year)
        row = self.cube.at("region", region)
        open_ = self.known[when, row] & ~self.present[when, row] & ~np.isnan(self.density[when, row])
        chosen = np.flatnonzero(open_)
        score = getattr(self, by)[when, row, chosen]
        chosen = chosen[np.argsort(-score, kind="stable")[:most]]
        return pl.DataFrame(
            {
                "activity": [self.cube.activities[at] for at in chosen],
                "density": self.density[when, row, chosen],
                "complexity": self.activity_complexity[when, chosen],
                "gain": self.gain[when, row, chosen],
                "quotient": self.quotient[when, row, chosen],
            }
        )

    def _by(
        self,
        axis: str,
        labels: tuple[str, ...],
        counts: Counts,
        counted: str,
        complexity: Floats,
        heard: Flags,
    ) -> pl.DataFrame:
        years = len(self.cube.years)
        return pl.DataFrame(
            {
                axis: pl.Series(labels * years, dtype=pl.String),
                "year": pl.Series(np.repeat(np.array(self.cube.years, dtype=np.int16), len(labels))),
                counted: nullable(counts, heard),
                "complexity": pl.Series(complexity.ravel()).fill_nan(None),
            }
        )


def complexity_of_years(
    cube: Cube,
    figures: Callable[[int, Notes], Figures],
    *,
    convention: Convention,
    rule: PresenceRule,
    threshold: float,
    precision: Precision,
    workers: int,
) -> PanelComplexity:
    """Compute all years, each on one thread of linear algebra where several run side by side."""
    years, regions, activities = shape = (len(cube.years), len(cube.regions), len(cube.activities))
    quotient, density, gain = (np.empty(shape) for _ in range(3))
    present, known = (np.empty(shape, dtype=np.bool_) for _ in range(2))
    region_complexity, index = np.empty((years, regions)), np.empty((years, regions))
    activity_complexity = np.empty((years, activities))

    names = {"region": cube.regions, "activity": cube.activities}

    def one(at: int) -> tuple[Diagnostics, Notes]:
        step = Notes()
        try:
            year = figures(cube.years[at], step)
        except RefusedInput as refusal:
            raise refusal.labelled(names, year=str(cube.years[at])) from None
        quotient[at] = quotient_of(year.cells, year.totals, year.area)
        note_empty_regions(year.cells, year.totals, step)
        note_absent_activities(year.cells, year.area, year.totals, step)
        found = presence_of(
            year.cells,
            year.area,
            threshold,
            totals=None if rule == "per_head" else year.totals,
            population=None if rule == "rca" else year.population,
        )
        present[at], known[at] = found
        step.add(
            "unknown_as_absent",
            "unknown, counted as absent",
            axes=("region", "activity"),
            positions=np.argwhere(~found.known),
        )
        whole: Real = found.values.astype(np.float32 if precision == "fast" else np.float64)
        told, inside, diagnostics = _complexity(whole, convention, year.anchor, step)
        region_complexity[at], activity_complexity[at] = told
        ahead = outlook_of(
            whole,
            inside,
            counting=convention.counting,
            divided_by=convention.divided_by,
            less_density=convention.less_density,
            notes=step,
        )
        density[at], gain[at] = ahead.density, ahead.gain
        index[at] = _z(ahead.index) if convention.index == "z" else ahead.index
        return diagnostics, step

    done = list(_each(one, years, workers))
    notes = Notes()
    for year, (_, step) in zip(cube.years, done, strict=True):
        notes.take(step, names, year=str(year))
    return PanelComplexity(
        cube=cube,
        convention=convention,
        rule=rule,
        threshold=threshold,
        quotient=quotient,
        present=present,
        known=known,
        density=density,
        gain=gain,
        region_complexity=region_complexity,
        activity_complexity=activity_complexity,
        index=index,
        diagnostics=tuple(diagnostics for diagnostics, _ in done),
        notes=tuple(notes),
    )


def _each(
    one: Callable[[int], tuple[Diagnostics, Notes]], years: int, workers: int
) -> Iterator[tuple[Diagnostics, Notes]]:
    if workers <= 1 or years <= 1:
        yield from map(one, range(years))
        return
    with threadpool_limits(limits=1, user_api="blas"), ThreadPoolExecutor(workers) as pool:
        yield from pool.map(one, range(years))


def _complexity(
    whole: Real, convention: Convention, anchor: Floats | None, notes: Notes
) -> tuple[tuple[Floats, Floats], Floats, Diagnostics]:
    """Complexity as it is told, of activities as it is used inside the outlook, and what to think of it."""
    raw = complexity_of(
        whole, scale="none", signs=convention.signs, ddof=convention.ddof, anchor=anchor, notes=notes
    )
    k, q = raw.regions, raw.activities
    if convention.method == "reflections":  # which always go with diversity, unless the anchor turns them
        turned = -1.0 if anchor is not None and raw.diagnostics.correlation < 0 else 1.0
        regions, activities = reflections(whole, steps=convention.steps, ddof=convention.ddof)
        told = turned * regions, turned * activities
    else:
        told = scaled(k, q, convention.scale, convention.ddof)
    if convention.inside == "told":
        return told, told[1], raw.diagnostics
    spread = np.nanstd(k) if np.isfinite(k).any() else np.nan
    return told, q / spread, raw.diagnostics


def _z(values: Floats) -> Floats:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else values * 0.0
