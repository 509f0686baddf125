"""How a CSV writes its numbers is decided once for the file, or asked; never guessed cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_analytics import sources
from regional_analytics.sources.flags import state_number
from regional_analytics.tables import STATES, state_expression


def table(*numbers: str) -> bytes:
    return ("geo;year;value\n" + "".join(f"BG31;2015;{number}\n" for number in numbers)).encode()


@pytest.mark.parametrize(
    ("written", "values", "decimal"),
    [
        (["1234.5", "7"], [1234.5, 7.0], "."),
        (["1,5", "2,25"], [1.5, 2.25], ","),
        (["1.234,5", "1.234"], [1234.5, 1234.0], ","),
        (["1,234.5", "1,234"], [1234.5, 1234.0], "."),
        (["1.234.567", "7,5"], [1234567.0, 7.5], ","),
        (["1,234,567", "7.5"], [1234567.0, 7.5], "."),
        (["1 234,567", "1 234"], [1234.567, 1234.0], ","),
        (["1\u00a0234,5", "2\u202f345"], [1234.5, 2345.0], ","),
        (["1'234.5", "2’345"], [1234.5, 2345.0], "."),
        (["1 234", "56"], [1234.0, 56.0], "."),
        (["0.123", "1.234"], [0.123, 1.234], "."),
        (["0,123", "1,234"], [0.123, 1.234], ","),
        (["−1,5", "+2,5"], [-1.5, 2.5], ","),
    ],
)
def test_style_is_told_by_the_numbers_that_can_be_read_in_one_way_only(
    written: list[str], values: list[float], decimal: str
) -> None:
    reading = sources.read(table(*written))
    assert reading.observations["value"].to_list() == values
    assert reading.decimal == decimal
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("written", "line"),
    [(["1.234", "5"], 2), (["12", "1,234"], 3), (["1,5", "1.234"], 3), (["7", "1.234", "5,678"], 3)],
)
def test_number_that_can_be_read_two_ways_is_asked_about(written: list[str], line: int) -> None:
    with pytest.raises(sources.AmbiguousNumbers) as caught:
        sources.read(table(*written))
    assert caught.value.params["line"] == line
    assert "decimal" in str(caught.value)


def test_two_styles_in_one_file_are_refused_with_a_line_of_each() -> None:
    with pytest.raises(sources.MixedNumbers) as caught:
        sources.read(table("1.5", "7", "1,5"))
    assert (caught.value.params["line"], caught.value.params["other_line"]) == (2, 4)


@pytest.mark.parametrize(("decimal", "value"), [(".", 1.234), (",", 1234.0)])
def test_person_who_says_the_decimal_sign_settles_it(decimal: str, value: float) -> None:
    assert sources.read(table("1.234"), decimal=decimal).observations["value"].to_list() == [value]
    commented = f"# decimal: {decimal}\n".encode() + table("1.234")
    assert sources.read(commented).observations["value"].to_list() == [value]


def test_number_in_another_style_than_said_is_a_problem_not_a_guess() -> None:
    reading = sources.read(table("1,5", "1.5", "12.34,5"), decimal=",")
    assert reading.observations["value"].to_list() == [1.5]
    assert [(one.kind, one.line) for one in reading.problems] == [("not-a-number", 3), ("not-a-number", 4)]


@pytest.mark.parametrize(
    ("cell", "value", "flag"),
    [
        ("14.3 b", 14.3, "b"),
        ("14.3b", 14.3, "b"),
        ("280.4 (e)", 280.4, "e"),
        ("280.4 ub", 280.4, "bu"),
        (": c", None, "c"),
        (":c", None, "c"),
        (":", None, ""),
        ("", None, ""),
        ("..", None, ""),
        ("n/a", None, ""),
        ("  5.5  ", 5.5, ""),
    ],
)
def test_flag_beside_the_figure_is_recognised(cell: str, value: float | None, flag: str) -> None:
    reading = sources.read(table("1.5", cell))
    assert reading.observations.select("value", "flag").rows()[1] == (value, flag)
    assert reading.problems == ()


@pytest.mark.parametrize(
    "cell", ["-", "–", "12 kg", "c", "1.2.3.4", "5 %", "1 23", "--5", "1-2", "e", "0x10"]
)
def test_what_is_no_figure_is_never_made_one(cell: str) -> None:
    reading = sources.read(table("1.5", cell))
    assert reading.observations["value"].to_list() == [1.5]
    assert [(one.kind, one.value) for one in reading.problems] == [("not-a-number", cell)]


@given(
    st.lists(
        st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False), min_size=1, max_size=40
    )
)
def test_every_number_written_with_a_point_comes_back_as_it_was(numbers: list[object]) -> None:
    written = [str(number) for number in numbers]
    found = sources.read(table(*written), decimal=".").observations["value"].to_list()
    assert found == [float(number) for number in written]


@given(st.lists(st.integers(min_value=-(10**12), max_value=10**12), min_size=1, max_size=20))
def test_thousands_in_four_styles_come_back_as_they_were(numbers: list[int]) -> None:
    for between, decimal in ((".", ","), (",", "."), (" ", ","), ("\u202f", ".")):
        written = [f"{number:,}".replace(",", between) + f"{decimal}5" for number in numbers]
        found = sources.read(table(*written), decimal=decimal).observations["value"].to_list()
        assert found == [float(f"{number}.5") for number in numbers]


def test_state_of_one_cell_follows_the_rule_of_the_tables() -> None:
    import polars as pl

    flags = ["", *"bcdefimnprsuz", "bc", "cz", "be", "eu"]
    frame = pl.DataFrame(
        [(flag, value) for flag in flags for value in (1.0, None)], schema=["flag", "value"], orient="row"
    )
    expected = frame.select(state=state_expression(pl.col("value"), pl.col("flag")))["state"].to_list()
    found = [STATES[state_number(flag, has_value=value is not None)] for flag, value in frame.rows()]
    assert found == expected
