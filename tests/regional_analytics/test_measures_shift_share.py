"""Shift-share: the terms by hand, their sum always, and what cannot be compared."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from factories.employment import four_years
from regional_analytics import Notes, shift_share
from regional_analytics.measures import (
    AbsentFromArea,
    NegativeEmployment,
    NothingToCompare,
    RefusedInput,
    WrongShape,
)
from regional_analytics.measures.change.shift_share import Method

METHODS = get_args(Method)

# The area grows by a tenth: wine by a fifth, steel not at all. The region has 100 in each.
START, END = [100.0, 100.0], [130.0, 80.0]
AREA_START, AREA_END = [500.0, 500.0], [600.0, 500.0]


def test_dunn_by_hand() -> None:
    """Wine: 10 with the area, 10 more since wine grew by a fifth, 10 more by itself. Steel: 10, −10, −20."""
    parts = shift_share(START, END, AREA_START, AREA_END)
    assert parts.change.tolist() == [30.0, -20.0]
    assert parts.national.tolist() == pytest.approx([10.0, 10.0])
    assert parts.mix.tolist() == pytest.approx([10.0, -10.0])
    assert parts.regional.tolist() == pytest.approx([10.0, -20.0])
    assert parts.allocation.tolist() == [0.0, 0.0]
    assert parts.area_growth == pytest.approx(0.1)
    assert (parts.change_total, parts.national_total, parts.mix_total, parts.regional_total) == pytest.approx(
        (10.0, 20.0, 0.0, -10.0)
    )


def test_esteban_marquillas_by_hand() -> None:
    """200 people with the area's mix of 4:1 would be 160 and 40; own rates are 30 % and −20 %, the area's 20 % and 0.

    Regional: 160 · 0.1 and 40 · −0.2. Allocation: (100 − 160) · 0.1 and (100 − 40) · −0.2.
    """
    parts = shift_share(START, END, [800.0, 200.0], [960.0, 200.0], method="esteban-marquillas")
    assert parts.regional.tolist() == pytest.approx([16.0, -8.0])
    assert parts.allocation.tolist() == pytest.approx([-6.0, -12.0])
    assert parts.method == "esteban-marquillas"


def test_the_published_rate_of_the_area_may_be_handed_in() -> None:
    """With 5 % for the whole area, wine's 20 % is 15 points better instead of 10."""
    parts = shift_share(START, END, AREA_START, AREA_END, area_totals=(2000.0, 2100.0))
    assert parts.national.tolist() == pytest.approx([5.0, 5.0])
    assert parts.mix.tolist() == pytest.approx([15.0, -5.0])
    assert parts.regional.tolist() == pytest.approx([10.0, -20.0])


@pytest.mark.parametrize("method", METHODS)
@given(four_years())
@settings(max_examples=60, deadline=None)
def test_the_terms_add_up_to_the_change(method: Method, years: tuple[np.ndarray, ...]) -> None:
    parts = shift_share(*years, method=method)
    terms = parts.national + parts.mix + parts.regional + parts.allocation
    np.testing.assert_allclose(terms, years[1] - years[0], rtol=1e-9, atol=1e-9)
    total = parts.national_total + parts.mix_total + parts.regional_total + parts.allocation_total
    assert total == pytest.approx(years[1].sum() - years[0].sum(), rel=1e-9, abs=1e-8)
    assert parts.change_total == years[1].sum() - years[0].sum()


@given(four_years())
@settings(max_examples=40, deadline=None)
def test_the_area_next_to_itself_has_no_regional_term_and_its_mix_adds_up_to_nothing(
    years: tuple[np.ndarray, ...],
) -> None:
    parts = shift_share(years[2], years[3], years[2], years[3])
    np.testing.assert_allclose(parts.regional, 0, atol=1e-9)
    assert parts.mix_total == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("method", METHODS)
@given(four_years())
@settings(max_examples=40, deadline=None)
def test_people_or_thousands_of_people_give_the_same_terms(
    method: Method, years: tuple[np.ndarray, ...]
) -> None:
    here = shift_share(*years, method=method)
    there = shift_share(*(year * 1000 for year in years), method=method)
    for term in ("national", "mix", "regional", "allocation"):
        np.testing.assert_allclose(getattr(there, term), 1000 * getattr(here, term), rtol=1e-9, atol=1e-6)


@given(four_years())
@settings(max_examples=40, deadline=None)
def test_both_methods_agree_with_a_data_frame_computation(years: tuple[np.ndarray, ...]) -> None:
    table = pd.DataFrame(dict(zip(("e", "e2", "a", "a2"), years, strict=True)))
    whole = table.sum()
    overall, by_activity = whole.a2 / whole.a - 1, table.a2 / table.a - 1
    dunn, marquillas = shift_share(*years), shift_share(*years, method="esteban-marquillas")
    np.testing.assert_allclose(dunn.national, table.e * overall, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(dunn.mix, table.e * (by_activity - overall), rtol=1e-9, atol=1e-9)
    started = table[table.e > 0]
    gap = started.e2 / started.e - by_activity[started.index] - 1
    np.testing.assert_allclose(dunn.regional[started.index], started.e * gap, rtol=1e-9, atol=1e-9)
    expected = table.e.sum() * started.a / whole.a * gap
    np.testing.assert_allclose(marquillas.regional[started.index], expected, rtol=1e-9, atol=1e-8)


def test_an_activity_unknown_in_one_of_the_four_is_left_out_of_all_and_named() -> None:
    """Without toys the area is 1000 → 1100 again, and the two other activities come out as before."""
    notes = Notes()
    unknown = np.ma.masked_equal([600.0, 500.0, -1.0], -1.0)
    parts = shift_share([*START, 50.0], [*END, 60.0], [*AREA_START, 250.0], unknown, notes=notes)
    assert parts.regional.tolist() == [pytest.approx(10.0), pytest.approx(-20.0), None]
    assert parts.change.mask.tolist() == [False, False, True]
    assert parts.left_out == (2,)
    assert parts.coverage == 0.8
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    assert parts.change_total == 10.0


@pytest.mark.parametrize("method", METHODS)
def test_a_start_from_nobody_is_the_regions_own_doing(method: Method) -> None:
    notes = Notes()
    parts = shift_share([0.0, 100.0], [25.0, 100.0], [50.0, 100.0], [75.0, 100.0], method=method, notes=notes)
    assert (parts.national[0], parts.mix[0], parts.regional[0], parts.allocation[0]) == (0, 0, 25, 0)
    assert notes.count("no_regional_rate") == (1 if method == "esteban-marquillas" else 0)


def test_an_activity_new_to_the_whole_area_is_regional_too() -> None:
    parts = shift_share([0.0, 10.0], [5.0, 10.0], [0.0, 20.0], [5.0, 20.0])
    assert parts.regional.tolist() == [5.0, pytest.approx(0.0)]


def test_an_area_that_cannot_contain_the_region_is_refused_with_the_activity() -> None:
    with pytest.raises(AbsentFromArea, match=r"at activity 1\. Choose an area"):
        shift_share([5.0, 5.0], [5.0, 5.0], [9.0, 0.0], [9.0, 9.0])


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(NothingToCompare, match="Choose other years"):
        shift_share(np.ma.masked_all(2), END, AREA_START, AREA_END)
    with pytest.raises(NothingToCompare):
        shift_share([0.0], [1.0], [0.0], [1.0])


def test_bad_input_is_refused_by_the_name_of_its_argument() -> None:
    with pytest.raises(NegativeEmployment, match="The area's end cannot be negative"):
        shift_share(START, END, AREA_START, [-1.0, 5.0])
    with pytest.raises(WrongShape, match="The region's end"):
        shift_share(START, [1.0], AREA_START, AREA_END)
    with pytest.raises(RefusedInput, match="no method “gerfin”"):
        shift_share(START, END, AREA_START, AREA_END, method="gerfin")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="totals must be known"):
        shift_share(START, END, AREA_START, AREA_END, area_totals=(0.0, 5.0))


def test_the_inputs_are_left_as_they_were() -> None:
    given = [np.array(one) for one in (START, END, AREA_START, AREA_END)]
    before = [one.copy() for one in given]
    shift_share(*given, method="esteban-marquillas")
    for one, other in zip(given, before, strict=True):
        assert np.array_equal(one, other)
