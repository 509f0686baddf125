"""The Panel: one statistical cube, built once from any tidy table, and its measures for all years at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import polars as pl

from regional_analytics.measures.concentration import share_of_area
from regional_analytics.measures.inputs import Masked, RefusedInput
from regional_analytics.measures.shift_share import Method
from regional_analytics.measures.specialisation import location_quotient, share_in_region
from regional_analytics.measures.stars import StarScheme, cluster_stars
from regional_analytics.notes import Notes
from regional_analytics.tables.building import Absent, Columns, Duplicates, build
from regional_analytics.tables.cube import Cube

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

        def measure(year: _Year, notes: Notes) -> tuple[Masked, ...]:
            stars = cluster_stars(
                year.jobs, scheme=scheme, area=year.area, region_totals=year.totals, notes=notes
            )
            return stars.size, stars.specialisation, stars.focus, stars.count

        frame = self._of_all_years(
            ("size", "specialisation", "focus", "stars"), measure, area, total, notes
        )
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
            step = Notes()
            names = {"activity": self.activities}
            try:
                parts = _comparable(before[row], after[row], area_before, area_after, method, step)
            except RefusedInput as refusal:
                raise refusal.labelled(names, region=region) from None
            notes.take(step, names, region=region)
            if parts is None:
                step.add("nothing_to_compare", "no activity known in all four", axes=("region",), positions=[(row,)])
                notes.take(step, {**names, "region": self.regions})
            frames.append(_terms(parts, region, self.activities))
        typed = pl.concat(frames) if frames else pl.DataFrame()
        return typed.with_columns(
            start=pl.lit(start, dtype=pl.Int16), end=pl.lit(end, dtype=pl.Int16), method=pl.lit(method)
        ).select("region", "activity", "start", "end", *TERMS, "coverage", "method")
