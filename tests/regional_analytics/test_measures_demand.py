"""Growth of activities in all other regions: by hand, against loops, and where it says nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import Notes, activity_growth
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, WrongShape


def test_a_regions_own_boom_is_no_demand_for_it_and_is_for_the_others() -> None:
    """A grows from 10 to 90 alone. For A the others stay at 90; for B they go from 60 to 140: 80 of 60."""
    found = activity_growth([[10.0], [40.0], [50.0]], [[90.0], [40.0], [50.0]])
    assert found[:, 0].tolist() == [0.0, pytest.approx(400 / 3), 160.0]


@st.composite
def two_years(draw: Any) -> tuple[Any, Any]:
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 4)))
    years = []
    for _ in range(2):
        jobs = draw(arrays.arrays(np.float64, shape, elements=st.integers(0, 40).map(float)))
        years.append(np.ma.MaskedArray(jobs, mask=draw(arrays.arrays(np.bool_, shape))))
    return years[0], years[1]


@given(two_years())
@settings(max_examples=150, deadline=None)
def test_it_is_the_sum_over_the_others_known_in_both_years(years: Any) -> None:
    start, end = years
    found = activity_growth(start, end)
    regions, activities = start.shape
    for r in range(regions):
        for a in range(activities):
            others = [q for q in range(regions) if q != r and not (start.mask[q, a] or end.mask[q, a])]
            if not others:
                assert found.mask[r, a]
                continue
            before, after = (sum(float(year.data[q, a]) for q in others) for year in (start, end))
            expected = 100 * (after - before) / before if before else float("nan")
            assert found[r, a] == pytest.approx(expected, nan_ok=True)


@given(two_years(), st.floats(0.01, 100))
@settings(max_examples=50, deadline=None)
def test_the_unit_plays_no_part(years: Any, unit: float) -> None:
    start, end = years
    np.testing.assert_allclose(
        activity_growth(start, end).filled(-1),
        activity_growth(start * unit, end * unit).filled(-1),
        atol=1e-9,
    )


def test_nobody_elsewhere_is_undefined_and_from_nobody_unbounded() -> None:
    """Only A has wine: for A there is nobody elsewhere. Steel comes into B from nothing."""
    notes = Notes()
    found = activity_growth([[10.0, 0.0], [0.0, 0.0]], [[20.0, 0.0], [0.0, 5.0]], notes=notes)
    assert np.isnan(found.data[0]).all() and found[1, 0] == 100.0 and np.isnan(found.data[1, 1])
    assert notes.of_kind("undefined")[0].positions == ((0, 0), (1, 1))
    assert notes.of_kind("unbounded")[0].positions == ((0, 1),)


def test_nobody_elsewhere_is_nobody_whatever_rounding_leaves() -> None:
    """0.1 + 0.2 − 0.3 is not 0 in binary; here one region alone has anybody."""
    assert np.isnan(activity_growth([[0.3], [0.0], [0.0]], [[0.1], [0.0], [0.0]]).data[0, 0])


def test_one_region_alone_has_no_demand_and_what_is_known_once_is_left_out() -> None:
    assert activity_growth([[10.0]], [[20.0]]).mask.all()
    notes = Notes()
    start = np.ma.masked_equal([[10.0], [-1.0], [10.0]], -1.0)
    found = activity_growth(start, [[10.0], [90.0], [30.0]], notes=notes)
    assert found[:, 0].tolist() == [200.0, 100.0, 0.0]  # B counts for nobody, and is told what the others do
    assert notes.of_kind("left_out")[0].positions == ((1, 0),)
    assert activity_growth(np.ma.masked_all((3, 2)), np.ma.masked_all((3, 2))).mask.all()


def test_bad_input_is_refused_and_good_input_left_alone() -> None:
    good = np.array([[1.0, 2.0], [3.0, 4.0]])
    for bad, refusal in (
        ([[-1.0, 2.0], [3.0, 4.0]], NegativeEmployment),
        ([[np.nan, 2.0], [3.0, 4.0]], NotFinite),
        ([[1.0, 2.0]], WrongShape),
        ([1.0, 2.0], WrongShape),
    ):
        with pytest.raises(refusal):
            activity_growth(good, bad)
    before = good.copy()
    activity_growth(good, good)
    assert (good == before).all()
