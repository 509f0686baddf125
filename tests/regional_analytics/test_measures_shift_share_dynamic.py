"""Shift-share year by year: by hand, against REAT's figures, and what the steps must add up to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import Notes, dynamic_shift_share, shift_share
from regional_analytics.measures import (
    AbsentFromArea,
    NegativeEmployment,
    NothingToCompare,
    RefusedInput,
    WrongShape,
)
from regional_analytics.measures.change.shift_share import Method

REAT = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "shift_share_reat.json").read_text(encoding="utf-8")
)
TERMS = ("change", "national", "mix", "regional", "allocation")
METHODS = get_args(Method)

# Wine grows by a fifth in the first year, in the area; nothing else happens there.
REGION = [[100.0, 100.0], [130.0, 100.0], [130.0, 80.0]]
AREA = [[500.0, 500.0], [600.0, 500.0], [600.0, 500.0]]


def some_years() -> st.SearchStrategy[Any]:
    """(years, activities) of a region and of its area, which holds the region and others."""
    shapes = st.tuples(st.integers(2, 5), st.integers(1, 5))
    people = st.integers(0, 900).map(float)
    return shapes.flatmap(lambda shape: arrays.arrays(np.float64, (2, *shape), elements=people)).map(
        lambda found: (found[0], found[0] + found[1] + 1)
    )


def test_dynamic_by_hand() -> None:
    """Step 1: 20 with the area, 10 − 10 of mix, wine 10 and steel 0 at home, less 0. Step 2: steel −20 at home."""
    parts = dynamic_shift_share(REGION, AREA)
    assert (parts.change_total, parts.national_total) == pytest.approx((10.0, 20.0))
    assert (parts.mix_total, parts.regional_total) == pytest.approx((0.0, -10.0))
    assert parts.regional.tolist() == pytest.approx([10.0, -20.0])
    assert parts.mix.tolist() == pytest.approx([10.0, -10.0])
    assert [step.area_growth for step in parts.steps] == pytest.approx([0.1, 0.0])


@pytest.mark.parametrize(("kept", "method"), [("dunn", "dunn"), ("esteban", "esteban-marquillas")])
def test_the_terms_are_those_of_reat(kept: str, method: Method) -> None:
    region, area = np.array(REAT["region"]), np.array(REAT["area"])
    found = dynamic_shift_share(region, area, method=method)
    once = shift_share(region[0], region[-1], area[0], area[-1], method=method)
    for term in set(TERMS) & set(REAT[kept]):
        assert getattr(found, f"{term}_total") == pytest.approx(REAT[f"dynamic_{kept}"][term], rel=1e-11)
        assert getattr(once, f"{term}_total") == pytest.approx(REAT[kept][term], rel=1e-11)


@pytest.mark.parametrize("method", METHODS)
@given(some_years())
@settings(max_examples=40, deadline=None)
def test_the_terms_add_up_to_the_change_from_first_to_last(method: Method, years: tuple[Any, Any]) -> None:
    parts = dynamic_shift_share(*years, method=method)
    terms = parts.national + parts.mix + parts.regional + parts.allocation
    np.testing.assert_allclose(terms, years[0][-1] - years[0][0], rtol=1e-9, atol=1e-7)
    total = parts.national_total + parts.mix_total + parts.regional_total + parts.allocation_total
    assert total == pytest.approx(parts.change_total, rel=1e-9, abs=1e-7)


@given(some_years())
@settings(max_examples=40, deadline=None)
def test_dunn_agrees_with_loops_over_the_formula(years: tuple[Any, Any]) -> None:
    here, there = years
    national, mix, regional = 0.0, 0.0, 0.0
    for t in range(len(here) - 1):
        overall = sum(there[t + 1]) / sum(there[t]) - 1
        for a in range(here.shape[1]):
            rate = there[t + 1][a] / there[t][a] - 1
            national += here[t][a] * overall
            mix += here[t][a] * (rate - overall)
            regional += here[t + 1][a] - here[t][a] * (1 + rate)
    found = dynamic_shift_share(here, there)
    assert (found.national_total, found.mix_total, found.regional_total) == pytest.approx(
        (national, mix, regional), rel=1e-9, abs=1e-7
    )


def test_two_years_are_shift_share_itself() -> None:
    once = shift_share(REGION[0], REGION[1], AREA[0], AREA[1])
    parts = dynamic_shift_share(REGION[:2], AREA[:2])
    for term in TERMS:
        assert getattr(parts, term).tolist() == getattr(once, term).tolist()


def test_an_activity_unknown_in_one_year_is_left_out_of_all_of_them() -> None:
    notes = Notes()
    region = np.ma.masked_equal([[100.0, 100.0, 7.0], [130.0, 100.0, -1.0], [130.0, 80.0, 9.0]], -1.0)
    area = [[*year, 70.0] for year in AREA]
    parts = dynamic_shift_share(region, area, notes=notes)
    assert parts.left_out == (2,)
    assert parts.regional.tolist() == [pytest.approx(10.0), pytest.approx(-20.0), None]
    assert parts.change_total == 10.0
    assert [(note.kind, note.positions) for note in notes] == [("left_out", ((2,),))]


def test_published_totals_of_the_area_set_its_rates() -> None:
    """5 % and 0 % instead of 10 % and 0 %: 10 jobs with the area, 10 with the mix."""
    parts = dynamic_shift_share(REGION, AREA, area_totals=[2000.0, 2100.0, 2100.0])
    assert (parts.national_total, parts.mix_total, parts.regional_total) == pytest.approx((10.0, 10.0, -10.0))


def test_growth_from_nobody_is_noted_with_the_year_its_step_begins() -> None:
    notes = Notes()
    region, area = [[5.0, 0.0], [5.0, 0.0], [5.0, 3.0]], [[50.0, 50.0]] * 3
    dynamic_shift_share(region, area, method="esteban-marquillas", notes=notes)
    (note,) = notes.of_kind("no_regional_rate")
    assert (note.axes, note.positions) == (("year", "activity"), ((1, 1),))


def test_bad_input_is_refused_with_its_place() -> None:
    with pytest.raises(AbsentFromArea, match="at year 1, activity 0"):
        dynamic_shift_share([[5.0, 5.0]] * 3, [[9.0, 9.0], [0.0, 9.0], [9.0, 9.0]])
    with pytest.raises(RefusedInput, match="two years or more"):
        dynamic_shift_share(REGION[:1], AREA[:1])
    with pytest.raises(WrongShape, match="The area has the shape"):
        dynamic_shift_share(REGION, AREA[:2])
    with pytest.raises(WrongShape, match="year, activity"):
        dynamic_shift_share(REGION[0], AREA[0])
    with pytest.raises(NegativeEmployment, match="The region cannot be negative"):
        dynamic_shift_share([[1.0], [-1.0]], [[5.0], [5.0]])
    with pytest.raises(NothingToCompare, match="at year 0; year 1"):
        dynamic_shift_share(np.ma.masked_all((3, 2)), AREA)
    with pytest.raises(RefusedInput, match="totals must be known and above 0, at year 2"):
        dynamic_shift_share(REGION, AREA, area_totals=[1.0, 1.0, 0.0])
    with pytest.raises(RefusedInput, match="no method “gerfin”"):
        dynamic_shift_share(REGION, AREA, method="gerfin")  # type: ignore[arg-type]


def test_the_inputs_are_left_as_they_were() -> None:
    given = [np.array(REGION), np.array(AREA)]
    dynamic_shift_share(*given)
    assert np.array_equal(given[0], REGION) and np.array_equal(given[1], AREA)
