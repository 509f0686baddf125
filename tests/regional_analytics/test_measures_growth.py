"""Growth, and the years over which it may be asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_analytics import (
    Notes,
    Panel,
    Span,
    growth_over,
    growth_percent,
    index_series,
    longest_unbroken_span,
)
from regional_analytics.measures import NoBase, NotFinite, RefusedInput, WrongShape

# Eurostat lfst_r_lfe2en2, thousand persons, 15 and over, all activities, BG31; flag b in 2008, 2010 and 2011.
BG31_YEARS = (2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015)
BG31_JOBS = (359.3, 341.3, 308.4, 292.4, 284.3, 284.4, 279.7, 280.4)
BG31_BREAKS = (True, False, True, True, False, False, False, False)


def gaps(*values: float | None) -> np.ma.MaskedArray:
    return np.ma.masked_invalid([np.nan if value is None else value for value in values])


def no_breaks(values: np.ma.MaskedArray) -> list[bool]:
    return [False] * len(values)


# Growth --------------------------------------------------------------------------------------------------


def test_growth_by_hand() -> None:
    assert growth_percent([200.0, 50.0], [190.0, 60.0]).tolist() == [-5.0, 20.0]


def test_growth_of_single_figures_and_of_matrices_keeps_their_shape() -> None:
    assert float(growth_percent(80.0, 100.0)) == 25.0
    assert growth_percent([[1.0, 2.0]], [[2.0, 1.0]]).tolist() == [[100.0, -50.0]]


def test_growth_from_or_to_the_unknown_is_unknown() -> None:
    assert growth_percent(gaps(1, None, 1), gaps(2, 2, None)).mask.tolist() == [False, True, True]


def test_growth_from_nothing_has_no_percentage_and_two_kinds_of_notes() -> None:
    notes = Notes()
    growth = growth_percent([0.0, 0.0, 4.0], [0.0, 7.0, 0.0], notes=notes)
    assert np.isnan(growth.data[:2]).all()
    assert growth[2] == -100.0
    assert notes.of_kind("undefined")[0].positions == ((0,),)
    assert notes.of_kind("unbounded")[0].positions == ((1,),)


def test_growth_from_below_zero_is_not_answered_with_a_misleading_percentage() -> None:
    notes = Notes()
    assert np.isnan(growth_percent([-10.0], [-5.0], notes=notes).data).all()
    assert notes.count("negative_start") == 1


def test_growth_of_unlike_shapes_or_of_infinity_is_refused() -> None:
    with pytest.raises(WrongShape):
        growth_percent([1.0], [1.0, 2.0])
    with pytest.raises(NotFinite):
        growth_percent([1.0], [np.inf])


@given(st.floats(0.1, 1e6), st.floats(0.1, 1e6), st.sampled_from([0.001, 3.0, 1000.0]))
@settings(max_examples=50, deadline=None)
def test_the_unit_does_not_matter_to_growth(start: float, end: float, factor: float) -> None:
    assert float(growth_percent(start * factor, end * factor)) == pytest.approx(
        float(growth_percent(start, end)), rel=1e-9, abs=1e-9
    )


# Index ---------------------------------------------------------------------------------------------------


def test_an_index_makes_its_base_a_hundred() -> None:
    assert index_series(gaps(50, None, 60, 40), base=2).tolist() == [
        pytest.approx(250 / 3),
        None,
        100.0,
        pytest.approx(200 / 3),
    ]


@pytest.mark.parametrize(
    ("base", "problem"),
    [
        (1, "is unknown, at year 1"),
        (2, "is 0, at year 2"),
        (9, "outside a series of 3 values"),
        (-1, "outside"),
    ],
)
def test_an_index_needs_a_known_base_above_zero(base: int, problem: str) -> None:
    with pytest.raises(NoBase, match=problem):
        index_series(gaps(50, None, 0), base=base)


# Spans ---------------------------------------------------------------------------------------------------


def test_a_flagged_value_starts_a_new_span() -> None:
    """2 to 4 is longer than 0 to 1; the value with the flag belongs to what follows."""
    values = gaps(10, 9, 8, 7, 6)
    assert longest_unbroken_span(values, [False, False, True, False, False]) == Span(2, 4)


def test_without_breaks_the_span_is_the_whole_series() -> None:
    values = gaps(1, 2, 3)
    assert longest_unbroken_span(values, no_breaks(values)) == Span(0, 2)


def test_a_break_on_the_first_value_breaks_nothing() -> None:
    assert longest_unbroken_span(gaps(1, 2, 3), [True, False, False]) == Span(0, 2)


def test_of_two_equal_spans_the_later_one_is_taken() -> None:
    assert longest_unbroken_span(gaps(1, 2, 3, 4), [False, False, True, False]) == Span(2, 3)


def test_a_gap_inside_is_bridged_and_gaps_at_the_ends_are_cut() -> None:
    values = gaps(None, 5, None, 6, None)
    assert longest_unbroken_span(values, no_breaks(values)) == Span(1, 3)


def test_a_break_on_an_unknown_value_still_separates_what_lies_around_it() -> None:
    """The method changed in year 2 although its figure is missing: 0–1 and 3–4 cannot be joined."""
    assert longest_unbroken_span(gaps(1, 2, None, 4, 5), [False, False, True, False, False]) == Span(3, 4)


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        (gaps(), []),
        (gaps(1), [False]),
        (gaps(None, 1, None), [False, False, False]),
        (gaps(1, 2, 3), [True, True, True]),
    ],
    ids=["empty", "single", "one known", "broken every year"],
)
def test_one_figure_alone_is_no_span(values: np.ma.MaskedArray, breaks: list[bool]) -> None:
    assert longest_unbroken_span(values, breaks) is None


def test_length_is_counted_in_years_where_years_are_missing() -> None:
    """2000 to 2008 in two figures is longer than 2010 to 2012 in three."""
    values, breaks = gaps(1, 2, 3, 4, 5), [False, False, True, False, False]
    assert longest_unbroken_span(values, breaks) == Span(2, 4)
    assert longest_unbroken_span(values, breaks, years=[2000, 2008, 2010, 2011, 2012]) == Span(0, 1)


def test_years_and_breaks_must_fit_the_series() -> None:
    with pytest.raises(WrongShape, match="Breaks have the shape"):
        longest_unbroken_span(gaps(1, 2), [False])
    with pytest.raises(WrongShape, match="Years have the shape"):
        longest_unbroken_span(gaps(1, 2), [False, False], years=[2000])
    with pytest.raises(RefusedInput, match="Sort the series by year"):
        longest_unbroken_span(gaps(1, 2), [False, False], years=[2001, 2000])


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_other_pair_of_known_values_without_a_break_between_is_longer(
    cells: list[tuple[bool, bool]],
) -> None:
    known, breaks = [one for one, _ in cells], [two for _, two in cells]
    values = np.ma.MaskedArray(np.ones(len(cells)), mask=[not one for one in known])
    pairs = [
        (end - start, end, start)
        for start in range(len(cells))
        for end in range(start + 1, len(cells))
        if known[start] and known[end] and not any(breaks[start + 1 : end + 1])
    ]
    expected = max(pairs, default=None)
    found = longest_unbroken_span(values, breaks)
    assert found == (None if expected is None else Span(expected[2], expected[1]))


# Growth over a span --------------------------------------------------------------------------------------


def test_northwest_bulgaria_lost_four_per_cent_of_its_jobs_between_2011_and_2015() -> None:
    """(280.4 − 292.4) / 292.4; the change from 2008 would be −22 %, and no fact."""
    span = longest_unbroken_span(BG31_JOBS, BG31_BREAKS, years=BG31_YEARS)
    assert span == Span(3, 7)
    assert (BG31_YEARS[span.start], BG31_YEARS[span.end]) == (2011, 2015)
    assert growth_over(BG31_JOBS, span) == pytest.approx(-4.104, abs=5e-4)


@pytest.mark.full_data
def test_the_full_table_tells_the_same_story(full_tables: Path) -> None:
    file = "lfst_r_lfe2en2_employment_by_section_nuts2_2008_2015_tidy.csv.gz"
    table = pl.read_csv(full_tables / "employment" / file).filter(age="Y_GE15")
    series = Panel.from_table(table, region="geo", activity="nace_r2", flag="flag").series("BG31", "TOTAL")
    assert series.years == BG31_YEARS
    assert tuple(series.values.tolist()) == BG31_JOBS
    assert tuple(series.breaks.tolist()) == BG31_BREAKS
    span = longest_unbroken_span(series.values, series.breaks, years=series.years)
    assert span is not None
    assert round(growth_over(series.values, span), 1) == -4.1


@pytest.mark.parametrize(
    ("span", "problem"),
    [
        (Span(0, 9), "leaves a series of 4 values"),
        (Span(0, 1), "ends on an unknown value, at year 1"),
        (Span(2, 3), "starts from 0"),
    ],
)
def test_growth_over_a_span_with_a_bad_end_is_refused(span: Span, problem: str) -> None:
    with pytest.raises(NoBase, match=problem):
        growth_over(gaps(5, None, 0, 7), span)
