"""From a tidy table to a cube: labels to codes once, then one scatter per array."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import polars as pl

from regional_analytics.measures.inputs import Flags, Floats, RefusedInput
from regional_analytics.notes import Note, Notes
from regional_analytics.tables.cube import States, frozen
from regional_analytics.tables.observations import STATES, StateEnum, state_expression

Duplicates = Literal["sum", "error", "first"]
Absent = Literal["unknown", "zero"]
Codes = npt.NDArray[np.int64]

AXES = ("region", "activity", "year")
WITH_FIGURE = ("reported", "estimated")  # the first of all states
REPORTED, NOT_PUBLISHED = STATES.index("reported"), STATES.index("not_published")
ROWS_SHOWN = 5
_LONGEST_SPAN = 10_000


class DuplicatedCells(RefusedInput):
    """The same region, activity and year stands in the table more than once."""


class Columns(NamedTuple):
    """Which column of a table is what; None where the table has none."""

    region: str
    activity: str | None
    year: str
    value: str
    state: str | None
    flag: str | None


class CubeParts(NamedTuple):
    """What a cube is made of."""

    years: tuple[int, ...]
    regions: tuple[str, ...]
    activities: tuple[str, ...]
    values: Floats
    states: States
    breaks: Flags
    notes: tuple[Note, ...]


def build(table: Any, columns: Columns, duplicates: Duplicates, absent: Absent) -> CubeParts:
    """Read a tidy table into the parts of a cube; Panel.from_table says what the options mean."""
    for given, allowed in ((duplicates, ("sum", "error", "first")), (absent, ("unknown", "zero"))):
        if given not in allowed:
            raise RefusedInput(f"“{given}” is no choice here", remedy=f"Choose one of {', '.join(allowed)}.")
    rows = _tidy_rows(table, columns)
    _refuse_contradictions(rows)
    years, year = _coded(rows["year"])
    regions, region = _coded(rows["region"])
    activities, activity = _coded(rows["activity"])
    shape = (len(years), len(regions), len(activities))
    cell = (year * shape[1] + region) * shape[2] + activity
    notes = Notes()
    repeated = np.flatnonzero(np.bincount(cell, minlength=0) > 1)
    if repeated.size:
        at_year, at_region, at_activity = np.unravel_index(repeated, shape)
        places = np.stack([at_region, at_activity, at_year], axis=1)
        names = {"region": regions, "activity": activities, "year": [str(one) for one in years]}
        _report_duplicates(places, names, duplicates, notes)
    values, states = _scattered(rows, cell, int(np.prod(shape)), duplicates, absent, repeated.size > 0)
    breaks = np.zeros(values.size, dtype=np.bool_)
    if columns.flag is not None:
        breaks[cell[rows["flag"].str.contains("b", literal=True).to_numpy()]] = True
    return CubeParts(
        tuple(years),
        tuple(regions),
        tuple(activities),
        frozen(values.reshape(shape)),
        frozen(states.reshape(shape)),
        frozen(breaks.reshape(shape)),
        tuple(notes),
    )


def _tidy_rows(table: Any, columns: Columns) -> pl.DataFrame:
    """The columns asked for, under their own names and with their own types; states filled in, null where unheard of."""
    frame = _read_columns(table, [name for name in columns if name is not None])
    activity = pl.lit("") if columns.activity is None else pl.col(columns.activity)
    try:
        rows = frame.select(
            region=_as_text(pl.col(columns.region), frame),
            activity=_as_text(activity, frame),
            year=pl.col(columns.year).cast(pl.Int64),
            value=pl.col(columns.value).cast(pl.Float64).fill_nan(None),
            **({} if columns.flag is None else {"flag": pl.col(columns.flag).cast(pl.String).fill_null("")}),
            **({} if columns.state is None else {"state": pl.col(columns.state).cast(pl.String)}),
        )
    except pl.exceptions.InvalidOperationError as error:
        raise RefusedInput(
            f"A year or a value of the table is not a number ({str(error).splitlines()[0]})",
            remedy="Years are whole numbers; read other notations with regional_analytics.sources first.",
        ) from error
    return rows.with_columns(state=_states(columns))


def _as_text(column: pl.Expr, frame: pl.DataFrame) -> pl.Expr:
    """Labels as they are, if they are text or codes for it already."""
    name = column.meta.output_name()
    if frame.schema.get(name) in (pl.String, pl.Categorical) or isinstance(frame.schema.get(name), pl.Enum):
        return column
    return column.cast(pl.String)


def _states(columns: Columns) -> pl.Expr:
    if columns.state is not None:
        return pl.col("state").cast(StateEnum, strict=False)
    if columns.flag is not None:
        return state_expression(pl.col("value"), pl.col("flag"))
    known = pl.col("value").is_not_null()
    return pl.when(known).then(pl.lit("reported", StateEnum)).otherwise(pl.lit("not_published", StateEnum))


def _read_columns(table: Any, names: list[str]) -> pl.DataFrame:
    """These columns of anything with an Arrow stream, a lazy frame, or a mapping of columns."""
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    if isinstance(table, pl.DataFrame):
        frame = table
    else:
        try:
            frame = pl.DataFrame(table)
        except ImportError:  # pandas streams Arrow only where pyarrow is installed; its columns need nothing
            frame = pl.DataFrame({name: _plain_column(table[name]) for name in names if name in table})
        except TypeError as error:
            raise RefusedInput(
                f"A {type(table).__name__} is no table",
                remedy="Give Polars, pandas or Arrow, or a mapping of columns.",
            ) from error
    lacking = [name for name in names if name not in frame.columns]
    if lacking:
        raise RefusedInput(
            f"The table has no column {', '.join(lacking)}",
            remedy=f"Its columns are {', '.join(frame.columns)}; name yours in from_table(region=…).",
        )
    return frame.select(pl.col(name) for name in dict.fromkeys(names))


def _plain_column(column: Any) -> pl.Series:
    cells = column.tolist()
    # Missing text comes as NaN too, and NaN is the one thing that differs from itself.
    return pl.Series([None if cell != cell else cell for cell in cells], strict=False)


def _refuse_contradictions(rows: pl.DataFrame) -> None:
    """Refuse labels that are missing, figures that are none, and states that belie their value."""
    carries = pl.col("state").to_physical() < len(WITH_FIGURE)
    has_value = pl.col("value").is_not_null()
    rules = (
        ("has no region", pl.col("region").is_null(), "Every row needs one."),
        ("has no activity", pl.col("activity").is_null(), "Every row needs one; total rows have a code too."),
        ("has no year", pl.col("year").is_null(), "Every row needs one."),
        ("is infinite", pl.col("value").is_infinite().fill_null(False), "Leave what is unknown empty."),
        (
            "has no known state",
            pl.col("state").is_null(),
            f"States are {', '.join(STATES)}.",
        ),
        ("carries a value its state denies", has_value & ~carries, "Empty the value, or correct the state."),
        ("has a state with a figure, and no value", ~has_value & carries, "Its state is then not_published."),
    )
    found = rows.select(wrong.fill_null(False).any().alias(what) for what, wrong, _ in rules).row(0)
    for (what, wrong, remedy), any_wrong in zip(rules, found, strict=True):
        if any_wrong:
            raise RefusedInput(f"A row of the table {what}: {_rows_in_words(rows, wrong)}", remedy=remedy)


def _rows_in_words(rows: pl.DataFrame, wrong: pl.Expr) -> str:
    """The first rows that are wrong, by number (from 1) and labels."""
    those = rows.with_row_index("row", offset=1).filter(wrong.fill_null(False))
    shown = [
        f"row {one['row']} ({', '.join(str(one[axis] or '–') for axis in AXES)})"
        for one in those.head(ROWS_SHOWN).iter_rows(named=True)
    ]
    more = f" and {those.height - ROWS_SHOWN} more" if those.height > ROWS_SHOWN else ""
    return "; ".join(shown) + more


def _coded(column: pl.Series) -> tuple[list[Any], Codes]:
    """The labels of a column in order, and for each row the position of its label."""
    if column.dtype.is_numeric():
        return _coded_years(column.to_numpy())
    labels = column.unique().cast(pl.String).sort()
    codes = column.cast(pl.Enum(labels)).to_physical()
    return labels.to_list(), codes.to_numpy().astype(np.int64)


def _coded_years(years: Codes) -> tuple[list[Any], Codes]:
    """Years lie close together, so a table of all from first to last finds each."""
    if not years.size or np.ptp(years) > _LONGEST_SPAN:
        found, codes = np.unique(years, return_inverse=True)
        return found.tolist(), codes.astype(np.int64)
    since = years - years.min()
    found = np.flatnonzero(np.bincount(since))
    place = np.zeros(found[-1] + 1, dtype=np.int64)
    place[found] = np.arange(found.size)
    return (found + years.min()).tolist(), place[since]


def _report_duplicates(
    places: Codes, names: dict[str, list[str]], duplicates: Duplicates, notes: Notes
) -> None:
    if duplicates == "error":
        refusal = DuplicatedCells(
            f"{len(places)} cells stand in the table more than once",
            AXES,
            [tuple(int(at) for at in place) for place in places[:1000]],
            "Filter it to one series (one unit, one age group, one sex), or add up on purpose.",
        )
        raise refusal.labelled(names)
    step = Notes()
    step.add(
        "duplicates",
        "standing more than once, were added up"
        if duplicates == "sum"
        else "standing more than once: first kept",
        axes=AXES,
        positions=places,
    )
    notes.take(step, names)


def _scattered(
    rows: pl.DataFrame, cell: Codes, size: int, duplicates: Duplicates, absent: Absent, repeated: bool
) -> tuple[Floats, States]:
    """Values and states at their cells. A sum is known when all its parts are; its state is the least known part's."""
    given = rows["value"].fill_null(float("nan")).to_numpy()
    said = rows["state"].to_physical().to_numpy().astype(np.uint8, copy=False)
    values = np.full(size, 0.0 if absent == "zero" else np.nan)
    states = np.full(size, REPORTED if absent == "zero" else NOT_PUBLISHED, dtype=np.uint8)
    if repeated and duplicates == "sum":
        filled = np.bincount(cell, minlength=size) > 0
        values[filled] = np.bincount(cell, weights=given, minlength=size)[filled]
        states[filled] = REPORTED
        np.maximum.at(states, cell, said)
    else:
        # Of several rows for a cell the last one written stays: backwards, that is the first one of the table.
        values[cell[::-1]] = given[::-1]
        states[cell[::-1]] = said[::-1]
    return cast(Floats, values), states
