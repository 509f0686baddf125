"""Convergence: worked by hand, against NumPy's least squares, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_analytics import Notes
from regional_analytics.measures import TooFewRegions, WrongShape, beta_convergence, sigma_convergence
from regional_analytics.measures.inputs import RefusedInput

# GDP per inhabitant, EU27 = 100, of the Bulgarian regions: BG31 BG32 BG33 BG34 BG41 BG42, 2004 and 2023.
START = [27.0, 28.0, 32.0, 30.0, 56.0, 28.0]
END = [42.0, 48.0, 53.0, 48.0, 104.0, 49.0]


def test_regions_that_end_alike_have_closed_the_whole_distance() -> None:
    found = beta_convergence([1.0, 2.0, 4.0], [4.0, 4.0, 4.0], 10.0)
    assert found.slope == pytest.approx(-0.1)
    assert found.r_squared == pytest.approx(1.0)
    assert np.isnan(found.speed) and np.isnan(found.half_life)  # 1 + T b = 0: closed at once has no speed


def test_half_the_distance_in_ten_years_is_a_half_life_of_ten() -> None:
    start = np.array([1.0, 2.0, 4.0, 8.0])
    end = np.exp(0.5 * np.log(start) + 1.0)
    found = beta_convergence(start, end, 10.0)
    assert found.half_life == pytest.approx(10.0)
    assert found.speed == pytest.approx(np.log(2) / 10)


def test_growth_alike_is_no_convergence() -> None:
    found = beta_convergence([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], 5.0)
    assert found.slope == pytest.approx(0.0)
    assert np.isnan(found.half_life)


def test_the_line_is_that_of_numpy() -> None:
    level, growth = np.log(START), (np.log(END) - np.log(START)) / 19
    (slope, intercept), covariance = np.polyfit(level, growth, 1, cov=True)
    found = beta_convergence(START, END, 19)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept))
    assert found.standard_error == pytest.approx(float(np.sqrt(covariance[0, 0])))
    assert found.r_squared == pytest.approx(np.corrcoef(level, growth)[0, 1] ** 2)


def test_unknown_regions_are_left_out_and_zeros_are_noted() -> None:
    notes = Notes()
    start = np.ma.masked_invalid([1.0, 2.0, 4.0, np.nan, 0.0])
    found = beta_convergence(start, [4.0, 4.0, 4.0, 9.0, 3.0], 10.0, notes=notes)
    assert found.regions == 3 and found.slope == pytest.approx(-0.1)
    assert [note.kind for note in notes] == ["not_positive"]


@pytest.mark.parametrize(
    ("start", "end", "years", "error"),
    [
        ([1.0, 2.0], [2.0, 3.0], 5.0, TooFewRegions),
        ([2.0, 2.0, 2.0], [2.0, 3.0, 4.0], 5.0, TooFewRegions),
        ([1.0, 2.0, 3.0], [2.0, 3.0], 5.0, WrongShape),
        ([1.0, 2.0, 3.0], [2.0, 3.0, 4.0], 0.0, RefusedInput),
    ],
)
def test_what_cannot_be_told_is_refused(
    start: list[float], end: list[float], years: float, error: type[Exception]
) -> None:
    with pytest.raises(error):
        beta_convergence(start, end, years)


def test_the_spread_is_taken_over_the_same_regions_in_every_year() -> None:
    values = np.ma.masked_invalid([[1.0, 3.0, np.nan], [2.0, 2.0, 99.0]])
    found = sigma_convergence(values)
    assert found.variation.tolist() == [0.5, 0.0]
    assert found.regions == 2
    assert found.log_spread[0] == pytest.approx(np.std(np.log([1.0, 3.0])))


def test_a_year_with_a_zero_has_no_spread_of_logarithms() -> None:
    found = sigma_convergence([[0.0, 2.0], [1.0, 3.0]])
    assert found.log_spread.mask.tolist() == [True, False]
    assert found.variation.tolist() == [1.0, 0.5]


def test_one_region_has_no_spread() -> None:
    with pytest.raises(TooFewRegions):
        sigma_convergence([[1.0], [2.0]])


@given(st.lists(st.floats(0.5, 500), min_size=4, max_size=30, unique=True), st.floats(0.1, 50))
def test_the_unit_does_not_matter(start: list[float], factor: float) -> None:
    end = [value**0.9 + 1 for value in start]
    one = beta_convergence(start, end, 10.0)
    other = beta_convergence(np.array(start) * factor, np.array(end) * factor, 10.0)
    assert other.slope == pytest.approx(one.slope, rel=1e-6, abs=1e-9)
    spread = sigma_convergence([start, end]).variation.tolist()
    scaled = sigma_convergence(np.array([start, end]) * factor).variation.tolist()
    assert scaled == pytest.approx(spread, rel=1e-6, abs=1e-9)
