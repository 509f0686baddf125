"""The Panel: one statistical cube, built once from any tidy table, and its measures for all years at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
import polars as pl

from regional_analytics.measures.change.shift_share import Method, NothingToCompare, ShiftShare, shift_share
from regional_analytics.measures.complexity.conventions import Convention, convention_named
from regional_analytics.measures.complexity.outlook import Precision
from regional_analytics.measures.concentration.spread import share_of_area
from regional_analytics.measures.inputs import Masked, RefusedInput, masked, read_jobs
from regional_analytics.measures.presence import PresenceRule
from regional_analytics.measures.specialisation.location_quotient import location_quotient, share_in_region
from regional_analytics.measures.specialisation.stars import StarScheme, cluster_stars
from regional_analytics.measures.totals import area_of, region_totals_of
from regional_analytics.notes import Notes
from regional_analytics.tables.building import Absent, Columns, Duplicates, build
from regional_analytics.tables.complexity import Figures, PanelComplexity, complexity_of_years
from regional_analytics.tables.cube import Cube, nullable

TERMS = ("change", "national", "mix", "regional", "allocation")


@dataclass(frozen=True, eq=False)
class Panel(Cube):
    """A cube of employment, or of anything that is counted by region, activity and year.

    Results come back tidy: region, activity, year, the measure, state. There null means unknown, with the state
    that says why; NaN means undefined (0/0). Hand in Notes to learn, by name, what was left out. A code must not
    be part of another one in the same panel (C and C14, BG and BG31): select one level first.

    >>> jobs = pl.DataFrame({"region": ["A", "A", "B", "B"], "activity": ["wine", "steel"] * 2,
    ...                      "year": [2015] * 4, "value": [30.0, 10.0, 10.0, 30.0]})
    >>> panel = Panel.from_table(jobs)
    >>> panel.location_quotients().filter(region="A", activity="wine")["location_quotient"].to_list()
    [1.5]
    """

    @classmethod
    def from_table(
        cls,
        table: Any,
        *,
        region: str = "region",
        activity: str | None = "activity",
        year: str = "year",
        value: str = "value",
        state: str | None = None,
        flag: str | None = None,
        duplicates: Duplicates = "sum",
        absent: Absent = "unknown",
    ) -> Self:
        """Build a panel from a tidy table: Polars, pandas, anything with an Arrow stream, a mapping of columns.

        region, activity, year, value   names of columns; activity=None for a table without activities. Values
                    that are null or NaN are unknown.
        state       column with the state of each row; without it value and flag tell (state_expression)
        flag        column with the source's flag letters; b marks a break in series
        duplicates  "sum" adds up rows of the same cell, "first" keeps the first, both with a counted note in
                    panel.notes; "error" raises DuplicatedCells. A sum with an unknown part is unknown.
        absent      what a cell without a row is. "unknown" (default) is right for stocks such as employment:
                    statistical offices leave out what is secret or was not asked. "zero" is right for flows that
                    list only what happened: trade, patents.
        Raises RefusedInput for a missing column or label, an infinite value, a state that its value denies, each
        with its rows; DuplicatedCells.
        """
        parts = build(table, Columns(region, activity, year, value, state, flag), duplicates, absent)
        return cls(*parts)

    def shares(
        self, *, area: Panel | str | None = None, total: str | None = None, notes: Notes | None = None
    ) -> pl.DataFrame:
        """region, activity, year, share_in_region, share_of_area, state; see those two measures.

        area    the reference: another panel (its regions are added up), a region of this one ("BG"), or None for
                the sum of all regions here
        total   the activity that holds each region's total ("TOTAL"); without it totals are sums of known cells
        """

        def measure(year: _Year, notes: Notes) -> tuple[Masked, Masked]:
            return (
                share_in_region(year.jobs, region_totals=year.totals, notes=notes),
                share_of_area(year.jobs, area=year.area, notes=notes),
            )

        return self._of_all_years(("share_in_region", "share_of_area"), measure, area, total, notes)

    def location_quotients(
        self, *, area: Panel | str | None = None, total: str | None = None, notes: Notes | None = None
    ) -> pl.DataFrame:
        """region, activity, year, location_quotient, state; area and total as in shares()."""

        def measure(year: _Year, notes: Notes) -> tuple[Masked]:
            quotient = location_quotient(
                year.jobs,
                area=year.area,
                region_totals=year.totals,
                area_total=year.area_total,
                notes=notes,
            )
            return (quotient,)

        return self._of_all_years(("location_quotient",), measure, area, total, notes)

    def stars(
        self,
        scheme: StarScheme,
        *,
        area: Panel | str | None = None,
        total: str | None = None,
        notes: Notes | None = None,
    ) -> pl.DataFrame:
        """region, activity, year, size, specialisation, focus, stars, scheme, version, state.

        Regions are ranked among those of this panel; area and total as in shares().
        """

        def measure(year: _Year, notes: Notes) -> tuple[Any, ...]:
            stars = cluster_stars(
                year.jobs,
                scheme=scheme,
                area=year.area,
                region_totals=year.totals,
                area_total=year.area_total,
                notes=notes,
            )
            return stars.size, stars.specialisation, stars.focus, stars.count

        frame = self._of_all_years(("size", "specialisation", "focus", "stars"), measure, area, total, notes)
        flags = [pl.col(name).cast(pl.Boolean) for name in ("size", "specialisation", "focus")]
        named = [pl.lit(scheme.name).alias("scheme"), pl.lit(scheme.version).alias("version")]
        return frame.with_columns(*flags, pl.col("stars").cast(pl.UInt8), *named).select(
            pl.exclude("state"), "state"
        )

    def shift_share(
        self,
        start: int,
        end: int,
        *,
        area: Panel | str | None = None,
        method: Method = "dunn",
        notes: Notes | None = None,
    ) -> pl.DataFrame:
        """Every region's change between two years, taken apart.

        region, activity, start, end, change, national, mix, regional, allocation (people), coverage, method.
        The area, if it is a sum of regions, is summed over cells known in both years: a region that fell silent
        is not a loss of jobs. A region with nothing to compare gets nulls and a note "nothing_to_compare".
        Raises NoSuchLabel; AbsentFromArea and NegativeEmployment with the names of region and activity.
        """
        notes = Notes() if notes is None else notes
        before, after = self.matrix(start), self.matrix(end)
        area_before, area_after = self._area_of_both(start, end, area, notes)
        frames = []
        for row, region in enumerate(self.regions):
            step, parts = Notes(), None
            try:
                parts = shift_share(
                    before[row], after[row], area_before, area_after, method=method, notes=step
                )
            except NothingToCompare:
                why = "no activity is known in the region and the area, at the start and the end"
                step.add("nothing_to_compare", why, axes=("region",), positions=[(row,)])
            except RefusedInput as refusal:
                raise refusal.labelled({"activity": self.activities}, region=region) from None
            notes.take(step, {"activity": self.activities, "region": self.regions}, region=region)
            frames.append(_terms(parts, region, self.activities))
        return pl.concat(frames).select(
            "region",
            "activity",
            pl.lit(start, dtype=pl.Int16).alias("start"),
            pl.lit(end, dtype=pl.Int16).alias("end"),
            *TERMS,
            "coverage",
            pl.lit(method).alias("method"),
        )

    def complexity(
        self,
        *,
        convention: str | Convention = "atlas",
        rule: PresenceRule = "rca",
        threshold: float = 1.0,
        population: Panel | None = None,
        anchor: Panel | None = None,
        area: Panel | str | None = None,
        total: str | None = None,
        precision: Precision = "exact",
        workers: int = 1,
    ) -> PanelComplexity:
        """Complexity of regions and activities, density and outlook, of all years.

        convention   atlas, stata, econgeo, econcomplex, datawheel, r-economiccomplexity, or a Convention of your own
        rule, threshold   of presence()
        population   for the rules per_head and both: a panel of people without activities, with these regions and years
        anchor       what complex regions have more of, income say: such a panel too; regions it lacks do not decide
        area, total  as in shares()
        precision    "fast" computes sums in 32 bits
        workers      years side by side, each on one thread of linear algebra
        Raises what presence(), economic_complexity() and outlook() raise, with names; NoSuchLabel.

        >>> jobs = pl.DataFrame({"region": ["A", "A", "B", "B", "C"], "activity": ["wine", "steel", "wine", "glass", "wine"],
        ...                      "year": [2015] * 5, "value": [20.0, 30.0, 30.0, 10.0, 10.0]})
        >>> found = Panel.from_table(jobs, absent="zero").complexity()
        >>> found.options("C", most=1)["activity"].to_list()
        ['glass']
        """
        convention = convention_named(convention)
        if rule not in ("rca", "per_head", "both") or not 0 < threshold < np.inf:
            raise RefusedInput(
                f"There is no presence by “{rule}” above {threshold:g}",
                remedy="Choose rca, per_head or both, and a threshold above 0.",
            )
        if rule != "rca" and population is None:
            raise RefusedInput(f"The rule “{rule}” compares with people", remedy="Give population=, a panel.")
        for name, given in (("population", population), ("anchor", anchor)):
            if given is not None and len(given.activities) != 1:
                raise RefusedInput(
                    f"The {name} has {len(given.activities)} activities instead of one figure a region",
                    remedy="Build its panel with activity=None, or select one activity.",
                )
        parts = self._without(total)

        def figures(year: int, notes: Notes) -> Figures:
            given = self._year(year, parts, area, total, notes)
            cells = read_jobs(given.jobs, "Employment")
            totals = region_totals_of(cells, given.totals, notes)
            people = None
            if population is not None:
                column = population.matrix(year)[[population.at("region", one) for one in self.regions], 0]
                people = read_jobs(column, "Population", ("region",))
            held = anchor.of_regions(year, self.regions) if anchor is not None else None
            return Figures(cells, totals, area_of(cells, given.area, given.area_total, notes), people, held)

        return complexity_of_years(
            parts,
            figures,
            convention=convention,
            rule=rule,
            threshold=threshold,
            precision=precision,
            workers=workers,
        )

    def _of_all_years(
        self,
        names: tuple[str, ...],
        measure: Callable[[_Year, Notes], tuple[Any, ...]],
        area: Panel | str | None,
        total: str | None,
        notes: Notes | None,
    ) -> pl.DataFrame:
        """Run a measure year by year and lay the results out; notes and refusals get the names of their places."""
        notes = Notes() if notes is None else notes
        parts = self._without(total)
        axes = {"region": parts.regions, "activity": parts.activities}
        columns: dict[str, list[pl.Series]] = {name: [] for name in names}
        for year in self.years:
            step = Notes()
            try:
                results = measure(self._year(year, parts, area, total, step), step)
            except RefusedInput as refusal:
                raise refusal.labelled(axes, year=str(year)) from None
            notes.take(step, axes, year=str(year))
            for name, result in zip(names, results, strict=True):
                known = ~np.ma.getmaskarray(result)
                columns[name].append(nullable(np.ma.getdata(result).astype(np.float64), known))
        return parts.frame_of({name: _joined(found) for name, found in columns.items()})

    def _without(self, total: str | None) -> Panel:
        """The panel without the activity that holds the totals."""
        if total is None:
            return self
        self.at("activity", total)
        return self.select(activities=[code for code in self.activities if code != total])

    def _year(
        self, year: int, parts: Panel, area: Panel | str | None, total: str | None, notes: Notes
    ) -> _Year:
        jobs = parts.matrix(year)
        if total is None:
            return _Year(jobs, None, None if area is None else self._area_of(year, area, notes), None)
        totals = self.matrix(year)[:, self.at("activity", total)]
        if area is None:
            return _Year(jobs, totals, None, float(totals.filled(0.0).sum()))
        reference = self._area_of(year, area, notes)
        is_total = np.array([code == total for code in self.activities])
        area_total = float(reference[is_total].filled(np.nan)[0])
        return _Year(jobs, totals, reference[~is_total], area_total)

    def _area_of(self, year: int, area: Panel | str, notes: Notes) -> Masked:
        """(activities,) of the area in the order of this panel."""
        if isinstance(area, str):
            row: Masked = self.matrix(year)[self.at("region", area)]
            return row
        return _summed(self._aligned(area, year), notes)

    def _area_of_both(
        self, start: int, end: int, area: Panel | str | None, notes: Notes
    ) -> tuple[Masked, Masked]:
        if isinstance(area, str):
            row = self.at("region", area)
            return self.matrix(start)[row], self.matrix(end)[row]
        of = self if area is None else area
        first, last = self._aligned(of, start), self._aligned(of, end)
        both = ~np.ma.getmaskarray(first) & ~np.ma.getmaskarray(last)
        step = Notes()
        sums = [
            _summed(masked(one.filled(np.nan), both), note) for one, note in ((first, step), (last, Notes()))
        ]
        notes.take(step, {"activity": self.activities}, year=f"{start}–{end}")
        return sums[0], sums[1]

    def _aligned(self, other: Panel, year: int) -> Masked:
        """(regions of the other, activities of this panel), masked where the other has no such activity."""
        matrix = other.matrix(year)
        aligned = np.full((len(other.regions), len(self.activities)), np.nan)
        for column, activity in enumerate(self.activities):
            if activity in other.activities:
                aligned[:, column] = matrix[:, other.at("activity", activity)].filled(np.nan)
        return masked(aligned, ~np.isnan(aligned))


class _Year(NamedTuple):
    """What a measure needs of one year."""

    jobs: Masked
    totals: Masked | None
    area: Masked | None
    area_total: float | None


def _summed(matrix: Masked, notes: Notes) -> Masked:
    """The sum of the regions, by activity; masked where none is known."""
    known = ~np.ma.getmaskarray(matrix)
    some = np.logical_or.reduce(known, axis=0)
    partly = some & ~np.logical_and.reduce(known, axis=0)
    notes.add(
        "partial_area",
        "left out of the area, which is the sum of the known cells of its regions",
        count=int((~known[:, partly]).sum()),
        axes=("activity",),
        positions=np.argwhere(partly),
    )
    return masked(matrix.filled(0.0).sum(axis=0), some)


def _joined(columns: list[pl.Series]) -> pl.Series:
    return pl.concat(columns) if columns else pl.Series(dtype=pl.Float64)


def _terms(parts: ShiftShare | None, region: str, activities: tuple[str, ...]) -> pl.DataFrame:
    unknown = masked(np.full(len(activities), np.nan), np.zeros(len(activities), dtype=np.bool_))
    terms: dict[str, pl.Series] = {}
    for name in TERMS:
        term = unknown if parts is None else getattr(parts, name)
        terms[name] = nullable(np.ma.getdata(term), ~np.ma.getmaskarray(term))
    coverage = pl.lit(None if parts is None else parts.coverage, dtype=pl.Float64)
    return pl.DataFrame({"activity": list(activities), **terms}).with_columns(
        region=pl.lit(region), coverage=coverage
    )
