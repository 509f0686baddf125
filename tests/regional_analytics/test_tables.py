"""Tidy observations and the Panel made of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.employment import JOBS, rows
from regional_analytics import Panel, tables
from regional_analytics.measures import RefusedInput
from regional_analytics.tables import (
    OBSERVATION_SCHEMA,
    STATES,
    DuplicatedCells,
    NoSuchLabel,
    StateEnum,
    state_expression,
)

# Observations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "flag", "state"),
    [
        (5.0, "", "reported"),
        (0.0, "", "reported"),
        (5.0, None, "reported"),
        (5.0, "bu", "reported"),
        (5.0, "p", "reported"),
        (5.0, "c", "reported"),
        (5.0, "e", "estimated"),
        (5.0, "be", "estimated"),
        (5.0, "s", "estimated"),
        (5.0, "i", "estimated"),
        (None, "", "not_published"),
        (None, None, "not_published"),
        (None, "u", "not_published"),
        (None, "e", "not_published"),
        (None, "c", "confidential"),
        (None, "bc", "confidential"),
        (None, "z", "not_applicable"),
        (None, "m", "not_applicable"),
        (None, "cz", "confidential"),
        (float("nan"), "", "not_published"),
    ],
)
def test_value_and_flag_tell_the_state(value: float | None, flag: str | None, state: str) -> None:
    frame = pl.DataFrame({"v": [value], "f": [flag]}, schema={"v": pl.Float64, "f": pl.String})
    found = frame.select(state_expression(pl.col("v"), pl.col("f"))).to_series()
    assert found.to_list() == [state]
    assert found.dtype == StateEnum


def test_the_states_that_carry_a_figure_come_first() -> None:
    assert STATES[:2] == ("reported", "estimated")
    assert OBSERVATION_SCHEMA["state"] == pl.Enum(STATES)


# Building ------------------------------------------------------------------------------------------------


def test_a_panel_orders_labels_and_puts_every_row_at_its_place() -> None:
    panel = Panel.from_table(JOBS)
    assert (panel.years, panel.regions, panel.activities) == ((2014, 2015), ("A", "B"), ("steel", "wine"))
    assert panel.matrix(2015).tolist() == [[10.0, 30.0], [30.0, 10.0]]
    assert panel.matrix(2014).tolist() == [[20.0, 20.0], [None, None]]


def test_an_absent_row_is_unknown_unless_the_table_lists_only_what_happened() -> None:
    """B has no row for wine in 2014, and an empty one for steel: the second stays unknown either way."""
    stocks, flows = Panel.from_table(JOBS), Panel.from_table(JOBS, absent="zero")
    assert stocks.matrix(2014)[1].tolist() == [None, None]
    assert flows.matrix(2014)[1].tolist() == [None, 0.0]
    assert STATES[flows.states[0, 1, 1]] == "reported"
    assert STATES[stocks.states[0, 1, 1]] == STATES[flows.states[0, 1, 0]] == "not_published"


def test_states_are_read_off_the_flags_and_breaks_too() -> None:
    table = rows(
        ("A", "wine", 2015, 30.0, "be"),
        ("A", "steel", 2015, None, "c"),
        ("A", "toys", 2015, None, "z"),
        ("A", "song", 2015, 1.0, None),
        columns="region activity year value flag",
    )
    panel = Panel.from_table(table, flag="flag")
    states = dict(zip(panel.activities, (STATES[code] for code in panel.states[0, 0]), strict=True))
    assert states == {
        "wine": "estimated",
        "steel": "confidential",
        "toys": "not_applicable",
        "song": "reported",
    }
    assert panel.breaks[0, 0].tolist() == [False, False, False, True]
    assert panel.known[0, 0].tolist() == [True, False, False, True]


def test_a_state_column_is_taken_at_its_word() -> None:
    table = JOBS.with_columns(
        state=pl.when(pl.col("value").is_null())
        .then(pl.lit("confidential"))
        .otherwise(pl.lit("estimated"))
        .cast(StateEnum)
    )
    panel = Panel.from_table(table, state="state")
    assert STATES[panel.states[0, 1, 0]] == "confidential"
    assert STATES[panel.states[1, 0, 0]] == "estimated"


def test_other_names_of_columns_and_a_table_without_activities() -> None:
    table = rows(("BG31", 2015, 280.4), ("BG32", 2015, 300.0), columns="geo time jobs")
    panel = Panel.from_table(table, region="geo", activity=None, year="time", value="jobs")
    assert panel.activities == ("",)
    assert panel.series("BG31").values.tolist() == [280.4]


def test_an_empty_table_makes_an_empty_panel() -> None:
    panel = Panel.from_table(JOBS.head(0))
    assert panel.values.shape == (0, 0, 0)
    assert panel.location_quotients().height == 0


ROADS = {
    "polars": lambda: JOBS,
    "lazy": lambda: JOBS.lazy(),
    "pandas": lambda: pd.DataFrame(JOBS.to_dict(as_series=False)),
    "columns": lambda: JOBS.to_dict(as_series=False),
    "arrow stream": lambda: OnlyAStream(JOBS),
}


class OnlyAStream:
    """What DuckDB or pyarrow would hand over: nothing but the stream."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS.keys())
def test_every_kind_of_table_makes_the_same_panel(road: Any) -> None:
    panel, plain = Panel.from_table(road()), Panel.from_table(JOBS)
    assert (panel.years, panel.regions, panel.activities) == (plain.years, plain.regions, plain.activities)
    np.testing.assert_array_equal(panel.values, plain.values)
    np.testing.assert_array_equal(panel.states, plain.states)


def test_missing_text_of_pandas_is_missing_here_too() -> None:
    frame = pd.DataFrame({"region": ["A"], "activity": ["x"], "year": [2015], "value": [1.0], "flag": [None]})
    assert Panel.from_table(frame, flag="flag").breaks.tolist() == [[[False]]]


@given(st.permutations(list(range(JOBS.height))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    here, there = Panel.from_table(JOBS[order]), Panel.from_table(JOBS)
    np.testing.assert_array_equal(here.values, there.values)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"),
            st.sampled_from("xyz"),
            st.integers(2000, 2003),
            st.integers(0, 99).map(float),
        ),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_the_cube_agrees_with_a_pivot_of_pandas(cells: list[tuple[str, str, int, float]]) -> None:
    frame = pd.DataFrame(cells, columns=["region", "activity", "year", "value"])
    sums = frame.groupby(["year", "region", "activity"])["value"].sum()
    panel = Panel.from_table(rows(*cells))
    tidy = panel.tidy().drop_nulls("value")
    found = {(y, r, a): v for r, a, y, v in tidy.select("region", "activity", "year", "value").iter_rows()}
    assert found == sums.to_dict()
    assert sum(note.count for note in panel.notes) == int(
        (frame.groupby(["year", "region", "activity"]).size() > 1).sum()
    )


# Doubled cells -------------------------------------------------------------------------------------------

DOUBLED = rows(
    ("A", "wine", 2015, 30.0, ""),
    ("A", "wine", 2015, 12.0, "e"),
    ("A", "steel", 2015, 10.0, ""),
    ("B", "wine", 2015, 5.0, ""),
    ("B", "wine", 2015, None, "c"),
    ("B", "steel", 2015, 1.0, "b"),
    columns="region activity year value flag",
)


def test_doubled_cells_are_added_up_and_counted_by_name() -> None:
    panel = Panel.from_table(DOUBLED, flag="flag")
    (note,) = panel.notes
    assert (note.kind, note.count) == ("duplicates", 2)
    assert note.labels == (("A", "wine", "2015"), ("B", "wine", "2015"))
    assert panel.matrix(2015)[0].tolist() == [10.0, 42.0]


def test_a_sum_is_as_sure_as_its_least_sure_part() -> None:
    """An estimate makes the sum an estimate, a secret makes it unknown."""
    panel = Panel.from_table(DOUBLED, flag="flag")
    assert panel.matrix(2015)[1].tolist() == [1.0, None]
    assert [STATES[code] for code in panel.states[0, :, 1]] == ["estimated", "confidential"]


def test_the_first_row_may_be_kept_with_a_note() -> None:
    panel = Panel.from_table(DOUBLED, flag="flag", duplicates="first")
    assert panel.matrix(2015).tolist() == [[10.0, 30.0], [1.0, 5.0]]
    assert panel.notes[0].count == 2
    assert "first kept" in str(panel.notes[0])


def test_doubled_cells_may_be_refused() -> None:
    with pytest.raises(
        DuplicatedCells, match=r"2 cells .* at A wine 2015; B wine 2015\. Filter it to one series"
    ):
        Panel.from_table(DOUBLED, duplicates="error")


# Refusals ------------------------------------------------------------------------------------------------


def refused(table: Any, **options: Any) -> str:
    with pytest.raises(RefusedInput) as refusal:
        Panel.from_table(table, **options)
    return str(refusal.value)


def test_a_missing_column_is_named_with_those_there_are() -> None:
    assert "no column geo. Its columns are region, activity, year, value" in refused(JOBS, region="geo")
    assert "no column geo" in refused(pd.DataFrame(JOBS.to_dict(as_series=False)), region="geo")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ((None, "wine", 2015, 1.0), "has no region: row 2 (–, wine, 2015)"),
        (("A", None, 2015, 1.0), "has no activity: row 2 (A, –, 2015)"),
        (("A", "wine", None, 1.0), "has no year: row 2 (A, wine, –)"),
        (("A", "wine", 2015, float("inf")), "is infinite: row 2 (A, wine, 2015)"),
    ],
)
def test_a_bad_row_is_refused_by_number_and_labels(row: tuple[Any, ...], problem: str) -> None:
    assert problem in refused(rows(("A", "song", 2015, 1.0), row))


def test_many_bad_rows_are_shown_short() -> None:
    sentence = refused(rows(("A", "x", 2015, 1.0), *[("A", None, 2015, 1.0)] * 9))
    assert "row 2 (A, –, 2015); row 3" in sentence
    assert "row 6 (A, –, 2015) and 4 more. Every row needs one" in sentence


@pytest.mark.parametrize(
    ("value", "state", "problem"),
    [
        (1.0, "confidential", "carries a value its state denies"),
        (None, "reported", "has a state with a figure, and no value"),
        (1.0, "secret", "has no known state"),
        (1.0, None, "has no known state"),
    ],
)
def test_a_state_that_its_value_denies_is_refused(
    value: float | None, state: str | None, problem: str
) -> None:
    table = pl.DataFrame(
        {"region": ["A"], "activity": ["x"], "year": [2015], "value": [value], "state": [state]},
        schema_overrides={"value": pl.Float64, "state": pl.String},
    )
    assert problem in refused(table, state="state")


def test_text_where_figures_should_be_is_refused() -> None:
    table = rows(("A", "x", 2015, "1 234,5"))
    assert "is not a number" in refused(table)


def test_what_is_no_table_and_no_choice_is_refused() -> None:
    assert "is no table" in refused(object())
    assert "“keep” is no choice here. Choose one of sum, error, first" in refused(JOBS, duplicates="keep")
    assert "“nan” is no choice" in refused(JOBS, absent="nan")


# Looking into a panel ------------------------------------------------------------------------------------


def test_nothing_in_a_panel_can_be_written_into() -> None:
    panel = Panel.from_table(JOBS)
    for cube in (panel.values, panel.states, panel.breaks, panel.known, panel.select(years=[2015]).values):
        with pytest.raises(ValueError, match="read-only"):
            cube[0, 0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        panel.matrix(2015)[0, 0] = 1.0
    with pytest.raises(AttributeError):
        panel.years = (1,)  # type: ignore[misc]


def test_arrays_handed_in_stay_their_owners() -> None:
    values = np.ones((1, 1, 1))
    panel = Panel((2015,), ("A",), ("x",), values, np.zeros((1, 1, 1), np.uint8), np.zeros((1, 1, 1), bool))
    values[0, 0, 0] = 7
    assert panel.values.tolist() == [[[1.0]]]


def test_the_table_handed_in_is_left_as_it_was() -> None:
    before = JOBS.clone()
    Panel.from_table(JOBS).location_quotients()
    assert JOBS.equals(before)


def test_labels_and_cubes_must_fit() -> None:
    empty = np.zeros((1, 1, 1))
    with pytest.raises(
        RefusedInput, match=r"The values of a cube have the shape \(1, 1, 1\), its labels \(2, 1, 1\)"
    ):
        Panel((2014, 2015), ("A",), ("x",), empty, empty.astype(np.uint8), empty.astype(bool))


def test_a_series_comes_with_its_breaks_and_states() -> None:
    table = JOBS.with_columns(flag=pl.when(pl.col("year") == 2015).then(pl.lit("b")).otherwise(pl.lit("")))
    series = Panel.from_table(table, flag="flag").series("B", "steel")
    assert series.years == (2014, 2015)
    assert series.values.tolist() == [None, 30.0]
    assert series.breaks.tolist() == [False, True]
    assert [STATES[code] for code in series.states] == ["not_published", "reported"]


def test_a_selection_keeps_the_order_of_the_panel_and_all_it_knows() -> None:
    panel = Panel.from_table(JOBS).select(regions=["B", "A"], activities={"wine"}, years=[2015])
    assert isinstance(panel, Panel)
    assert (panel.years, panel.regions, panel.activities) == ((2015,), ("A", "B"), ("wine",))
    assert panel.values.ravel().tolist() == [30.0, 10.0]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda panel: panel.matrix(1999), "There is no year “1999” here; it begins with 2014, 2015."),
        (lambda panel: panel.series("A", "wines"), "There is no activity “wines” here; near it are wine."),
        (lambda panel: panel.select(regions=["A", "Z"]), "There is no region “Z” here; it begins with A, B."),
    ],
)
def test_a_label_that_is_not_there_is_answered_with_its_neighbours(ask: Any, sentence: str) -> None:
    with pytest.raises(NoSuchLabel) as refusal:
        ask(Panel.from_table(JOBS))
    assert str(refusal.value) == sentence
    assert isinstance(refusal.value, KeyError)


def test_a_panel_comes_back_tidy_as_it_went_in() -> None:
    tidy = Panel.from_table(JOBS).tidy()
    assert tidy.columns == ["region", "activity", "year", "value", "break_in_series", "state"]
    assert tidy.height == 8
    again = Panel.from_table(tidy, state="state")
    np.testing.assert_array_equal(again.values, Panel.from_table(JOBS).values)


def test_the_vocabulary_is_on_the_front_page_of_tables() -> None:
    for name in ("OBSERVATION_SCHEMA", "STATES", "Panel", "state_expression", "StateEnum"):
        assert hasattr(tables, name)
