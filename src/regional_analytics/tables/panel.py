"""The Panel: one statistical cube, year × region × activity, built once from any tidy table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import polars as pl

from regional_analytics import measures
from regional_analytics.measures.inputs import Flags, Floats, Masked, RefusedInput
from regional_analytics.notes import Notes
from regional_analytics.tables.observations import STATES

Duplicates = Literal["sum", "error", "first"]
Absent = Literal["unknown", "zero"]
REPORTED, ESTIMATED, NOT_PUBLISHED = (STATES.index(s) for s in ("reported", "estimated", "not_published"))


class DuplicatedCells(RefusedInput):
    """The same region, activity and year stands in the table more than once."""


class NoSuchLabel(KeyError):
    """The panel has no such region, activity or year."""

    def __init__(self, what: str, label: object, known: Sequence[object]) -> None:
        shown = ", ".join(str(one) for one in known[:8]) + (" …" if len(known) > 8 else "")
        super().__init__(f"The panel has no {what} {label}; it has {shown}.")

    def __str__(self) -> str:
        return str(self.args[0])


class Panel:
    """An immutable cube of figures with the state of each cell.

    years, regions, activities   sorted labels of the three axes
    values    (years, regions, activities) float64; NaN where nothing is known; read-only
    known     the same shape, true where there is a figure
    states    the same shape, index into STATES
    breaks    the same shape, true where the source flags a break in series
    notes     what was remarked while building

    >>> table = pl.DataFrame({"region": ["A", "A", "B", "B"], "activity": ["wine", "steel"] * 2,
    ...                       "year": [2015] * 4, "value": [30.0, 10.0, 10.0, 30.0]})
    >>> panel = Panel.from_table(table)
    >>> panel.location_quotients().filter(region="A", activity="wine")["location_quotient"].to_list()
    [1.5]
    """

    def __init__(
        self,
        years: tuple[int, ...],
        regions: tuple[str, ...],
        activities: tuple[str, ...],
        values: Floats,
        states: npt.NDArray[np.uint8],
        breaks: Flags,
        notes: Notes | None = None,
    ) -> None:
        self.years, self.regions, self.activities = years, regions, activities
        self.values, self.states, self.breaks = values, states, breaks
        self.known: Flags = ~np.isnan(values)
        self.notes = Notes() if notes is None else notes
        for cube in (self.values, self.known, self.states, self.breaks):
            cube.flags.writeable = False

    @classmethod
    def from_table(
        cls,
        table: Any,
        *,
        region: str = "region",
        activity: str = "activity",
        year: str = "year",
        value: str = "value",
        state: str | None = None,
        flag: str | None = None,
        duplicates: Duplicates = "sum",
        absent: Absent = "unknown",
    ) -> Self:
        """Build a panel from anything with an Arrow stream (Polars, pandas, Arrow, DuckDB), or from columns.

        state       column with the state of each observation; without it a null value is not_published
        flag        column with flag letters; b marks a break
        duplicates  "sum" adds cells that stand more than once and counts them in a note, "first" keeps the first
                    (with a note too), "error" raises DuplicatedCells
        absent      what a cell without a row is. "unknown" by default: for stocks such as employment an empty
                    cell is not zero. "zero" is right for flows (trade, patents), where only what exists is listed.
        Raises RefusedInput where a column is missing or a value is not finite.
        """
        frame = _frame(table, [name for name in (region, activity, year, value, state, flag) if name])
        codes, labels = zip(*(_coded(frame[name]) for name in (year, region, activity)), strict=True)
        shape = tuple(len(axis) for axis in labels)
        cell = np.ravel_multi_index(codes, shape) if frame.height else np.empty(0, dtype=np.int64)
        given = frame[value].cast(pl.Float64).to_numpy()
        unknown = frame[value].is_null().to_numpy()
        if not np.isfinite(given[~unknown]).all():
            raise RefusedInput("A value of the table is not a finite number", remedy="Leave unknown values empty.")
        notes = Notes()
        size = int(np.prod(shape))
        kept = _resolve(cell, ~unknown, size, shape, duplicates, notes, labels)
        values = _values(cell, given, ~unknown & kept, size, absent)
        states = _states(frame, state, cell, unknown, kept, values)
        breaks = np.zeros(size, dtype=np.bool_)
        if flag:
            breaks[cell[frame[flag].fill_null("").str.contains("b", literal=True).to_numpy()]] = True
        years = tuple(int(one) for one in labels[0])
        cubes = (values.reshape(shape), states.reshape(shape), breaks.reshape(shape))
        return cls(years, tuple(labels[1]), tuple(labels[2]), *cubes, notes=notes)

    # Looking into it

    def at(self, axis: Literal["year", "region", "activity"], label: object) -> int:
        """The position of a label; raises NoSuchLabel."""
        labels: tuple[Any, ...] = {"year": self.years, "region": self.regions, "activity": self.activities}[axis]
        try:
            return labels.index(label)
        except ValueError:
            raise NoSuchLabel(axis, label, labels) from None

    def matrix(self, year: int) -> Masked:
        """One year as (regions, activities), masked where unknown; a copy."""
        place = self.at("year", year)
        return np.ma.MaskedArray(self.values[place].copy(), mask=~self.known[place])

    def series(self, region: str, activity: str) -> Masked:
        """One cell over the (years,), masked where unknown; a copy."""
        place = (slice(None), self.at("region", region), self.at("activity", activity))
        return np.ma.MaskedArray(self.values[place].copy(), mask=~self.known[place])

    def select(
        self,
        *,
        regions: Collection[str] | None = None,
        activities: Collection[str] | None = None,
        years: Collection[int] | None = None,
    ) -> Panel:
        """A smaller panel, its axes in the order of this one; labels it does not have raise NoSuchLabel."""
        asked = (("year", years, self.years), ("region", regions, self.regions), ("activity", activities, self.activities))
        kept = []
        for axis, wanted, labels in asked:
            for label in wanted or ():
                self.at(axis, label)  # type: ignore[arg-type]
            kept.append([i for i, label in enumerate(labels) if wanted is None or label in wanted])
        pick = np.ix_(*kept)
        return Panel(
            tuple(self.years[i] for i in kept[0]),
            tuple(self.regions[i] for i in kept[1]),
            tuple(self.activities[i] for i in kept[2]),
            self.values[pick].copy(),
            self.states[pick].copy(),
            self.breaks[pick].copy(),
        )

    # Measures of all years, tidy

    def shares(self) -> pl.DataFrame:
        """region, activity, year, share (0–1): what part of a region's people work in each activity."""
        return self._tidy("share", lambda matrix, notes: measures.share_in_region(matrix, notes=notes))

    def location_quotients(self, *, area: Panel | None = None) -> pl.DataFrame:
        """region, activity, year, location_quotient; area gives the reference (its regions are added up)."""

        def quotients(matrix: Masked, notes: Notes, year: int) -> Masked:
            totals = None if area is None else area.totals(year, self.activities)
            return measures.location_quotient(matrix, area=totals, notes=notes)

        return self._tidy("location_quotient", quotients, with_year=True)

    def stars(self, scheme: measures.StarScheme, *, area: Panel | None = None) -> pl.DataFrame:
        """region, activity, year, stars (0–3) by a named scheme."""

        def counted(matrix: Masked, notes: Notes, year: int) -> Masked:
            totals = None if area is None else area.totals(year, self.activities)
            return measures.cluster_stars(matrix, scheme=scheme, area=totals, notes=notes).count

        return self._tidy("stars", counted, with_year=True)

    def shift_share(self, region: str, area: Panel, start: int, end: int) -> pl.DataFrame:
        """activity, change, national, mix, regional of one region against the sum of another panel's regions."""
        here = [self.matrix(year)[self.at("region", region)] for year in (start, end)]
        there = [area.totals(year, self.activities) for year in (start, end)]
        notes = Notes()
        parts = measures.shift_share(*here, *there, notes=notes)
        self.notes.take(notes, {"activity": self.activities}, region=region)
        names = ("change", "national", "mix", "regional")
        columns = {name: _nullable(getattr(parts, name)) for name in names}
        return pl.DataFrame({"activity": list(self.activities), **columns})

    def totals(self, year: int, activities: Sequence[str] | None = None) -> Masked:
        """(activities,): the sum of the known cells of all regions; masked where no region is known."""
        wanted = self.activities if activities is None else activities
        matrix = self.matrix(year)
        sums = np.ma.masked_all(len(wanted), dtype=np.float64)
        for place, activity in enumerate(wanted):
            if activity in self.activities:
                sums[place] = matrix[:, self.activities.index(activity)].sum()
        return sums

    def _tidy(self, name: str, measure: Any, *, with_year: bool = False) -> pl.DataFrame:
        years = []
        for year in self.years:
            notes = Notes()
            found = measure(self.matrix(year), notes, year) if with_year else measure(self.matrix(year), notes)
            self.notes.take(notes, {"region": self.regions, "activity": self.activities}, year=str(year))
            years.append(_nullable(found.ravel()))
        cells = len(self.regions) * len(self.activities)
        return pl.DataFrame(
            {
                "region": np.tile(np.repeat(self.regions, len(self.activities)), len(self.years)),
                "activity": np.tile(self.activities, len(self.regions) * len(self.years)),
                "year": np.repeat(np.array(self.years, dtype=np.int16), cells),
                name: pl.concat(years) if years else pl.Series([], dtype=pl.Float64),
            }
        )


def _frame(table: Any, columns: list[str]) -> pl.DataFrame:
    frame = table if isinstance(table, pl.DataFrame) else pl.DataFrame(table)
    lacking = [name for name in columns if name not in frame.columns]
    if lacking:
        raise RefusedInput(
            f"The table has no column {', '.join(lacking)}", remedy=f"Its columns are {', '.join(frame.columns)}."
        )
    return frame


def _coded(column: pl.Series) -> tuple[npt.NDArray[np.int64], list[Any]]:
    """Integer codes and sorted labels of a column."""
    if column.null_count():
        raise RefusedInput(f"The column {column.name} has {column.null_count()} empty cells", remedy="Every row needs a label.")
    labels = column.unique().sort()
    codes = labels.search_sorted(column).to_numpy().astype(np.int64)
    return codes, labels.to_list()


def _resolve(
    cell: npt.NDArray[np.int64],
    known: Flags,
    size: int,
    shape: tuple[int, ...],
    duplicates: Duplicates,
    notes: Notes,
    labels: Sequence[Sequence[Any]],
) -> Flags:
    """Which rows are used; remarks on, or refuses, cells with several figures."""
    times = np.bincount(cell[known], minlength=size)
    repeated = np.flatnonzero(times > 1)
    if not repeated.size:
        return np.ones_like(known)
    positions = np.stack(np.unravel_index(repeated, shape), axis=1)
    axes = ("year", "region", "activity")
    names = {axis: [str(label) for label in axis_labels] for axis, axis_labels in zip(axes, labels, strict=True)}
    if duplicates == "error":
        places = [tuple(int(i) for i in position) for position in positions]
        refused = DuplicatedCells(f"{repeated.size} cells stand more than once", axes, places, "Keep one row for each.")
        raise refused.labelled(names)
    found = Notes()
    meaning = "added up, since they stand more than once" if duplicates == "sum" else "first of several rows kept"
    found.add("duplicates", meaning, axes=axes, positions=positions)
    notes.take(found, names)
    if duplicates == "sum":
        return np.ones_like(known)
    first = np.unique(cell[known], return_index=True)[1]
    kept = np.zeros_like(known)
    kept[np.flatnonzero(known)[first]] = True
    return kept


def _values(cell: npt.NDArray[np.int64], given: Floats, used: Flags, size: int, absent: Absent) -> Floats:
    sums = np.bincount(cell[used], weights=given[used], minlength=size)
    filled = np.bincount(cell[used], minlength=size) > 0
    stated = np.zeros(size, dtype=np.bool_)
    stated[cell] = True
    empty = 0.0 if absent == "zero" else np.nan
    return np.where(filled, sums, np.where(stated, np.nan, empty))


def _states(
    frame: pl.DataFrame, state: str | None, cell: npt.NDArray[np.int64], unknown: Flags, kept: Flags, values: Floats
) -> npt.NDArray[np.uint8]:
    states = np.where(np.isnan(values), NOT_PUBLISHED, REPORTED).astype(np.uint8)
    if state is None:
        return states
    coded = frame[state].cast(pl.Enum(STATES)).to_physical().to_numpy().astype(np.uint8)
    for rows in (unknown, ~unknown & kept):  # a figure wins over a remark that there is none
        states[cell[rows]] = coded[rows]
    estimated = np.zeros(states.shape, dtype=np.bool_)
    estimated[cell[(coded == ESTIMATED) & ~unknown & kept]] = True
    states[estimated] = ESTIMATED  # a sum with one estimated part is an estimate
    return states


def _nullable(found: Any) -> pl.Series:
    """Masked becomes null, NaN stays NaN: unknown and undefined are two things."""
    data, mask = np.ma.getdata(found).ravel(), np.ma.getmaskarray(found).ravel()
    numbers = pl.Series(data.astype(np.float64))
    return pl.select(pl.when(pl.Series(~mask)).then(numbers)).to_series()
