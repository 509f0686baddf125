"""Variables on one scale: by hand, with outliers, with the unknown, and where there is no spread."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import Notes, NotFinite, WrongShape, scale_variables
from regional_analytics.measures.inputs import RefusedInput

ONE = [[1.0], [2.0], [3.0], [4.0], [10.0]]


def column(values: list[list[float]], **options: object) -> list[float]:
    return scale_variables(values, **options)[:, 0].tolist()  # type: ignore[arg-type]


def test_the_lowest_becomes_0_and_the_highest_1() -> None:
    assert column(ONE) == pytest.approx([0, 1 / 9, 2 / 9, 3 / 9, 1])


def test_scores_count_standard_deviations() -> None:
    """1 and 3: mean 2, deviation 1."""
    assert column([[1.0], [3.0]], scaling="zscore") == [-1.0, 1.0]


def test_robust_scores_do_not_notice_how_far_an_outlier_is() -> None:
    """Median 3, distances 2 1 0 1 7, their median 1."""
    assert column(ONE, scaling="robust")[:4] == pytest.approx([-2 / 1.4826, -1 / 1.4826, 0, 1 / 1.4826])
    far = [*ONE[:4], [1e6]]
    assert column(far, scaling="robust")[:4] == column(ONE, scaling="robust")[:4]


def test_percentiles_count_equal_values_by_half() -> None:
    assert column([[40.0], [10.0], [20.0], [20.0]], scaling="percentile") == [0.875, 0.125, 0.5, 0.5]


def test_an_outlier_is_set_to_the_fence_and_named() -> None:
    """Quartiles 2 and 4: the inner fence is 4 + 1.5 · 2 = 7, the outer 4 + 3 · 2 = 10."""
    notes = Notes()
    assert column(ONE, cap="inner_fences", notes=notes) == pytest.approx([0, 1 / 6, 2 / 6, 3 / 6, 1])
    assert [note.positions for note in notes.of_kind("capped")] == [((4, 0),)]
    untouched = Notes()
    scale_variables(ONE, cap="outer_fences", notes=untouched)
    assert untouched.count("capped") == 0


def test_percentiles_bound_both_ends() -> None:
    """Of 0 to 40, the 2.5th percentile is 1 and the 97.5th 39."""
    values = [[float(at)] for at in range(41)]
    scaled = column(values, cap="percentiles")
    assert scaled[:3] == pytest.approx([0, 0, 1 / 38])
    assert scaled[-2:] == pytest.approx([1, 1])


def test_logarithms_want_what_is_above_0() -> None:
    notes = Notes()
    scaled = scale_variables([[1.0], [10.0], [100.0], [0.0]], transformations="log", notes=notes)
    assert scaled[:3, 0].tolist() == pytest.approx([0, 0.5, 1])
    assert np.isnan(scaled[3, 0]) and not np.ma.getmaskarray(scaled)[3, 0]
    assert notes.count("not_positive") == 1


def test_shares_are_parts_of_their_own_whole() -> None:
    """Young and old are parts of the people; farms are no part of them. 20 of 80, 30 of 40: 0.25 and 0.75."""
    people = [[20.0, 60.0, 7.0], [30.0, 10.0, 9.0]]
    shares = scale_variables(
        people,
        transformations=["share", "share", "none"],
        dimensions=["people", "people", "land"],
        scaling="zscore",
    )
    assert shares.tolist() == [[-1.0, 1.0, -1.0], [1.0, -1.0, 1.0]]


def test_a_share_of_a_whole_with_an_unknown_part_is_unknown() -> None:
    people = np.ma.masked_equal([[20.0, -1.0], [30.0, 10.0], [10.0, 10.0]], -1.0)
    shares = scale_variables(people, transformations="share")
    assert np.ma.getmaskarray(shares).tolist() == [[True, True], [False, False], [False, False]]


def test_a_share_of_nothing_is_undefined() -> None:
    notes = Notes()
    shares = scale_variables([[0.0, 0.0], [30.0, 10.0], [10.0, 10.0]], transformations="share", notes=notes)
    assert np.isnan(shares[0]).all()
    assert notes.count("undefined") == 2


def test_what_is_the_same_everywhere_is_0_with_a_note() -> None:
    for scaling in ("minmax", "zscore", "robust", "percentile"):
        notes = Notes()
        assert column([[5.0], [5.0]], scaling=scaling, notes=notes) == [0.0, 0.0]
        assert notes.count("no_spread") == 1


def test_without_a_robust_spread_it_is_undefined_and_not_infinite() -> None:
    notes = Notes()
    assert np.isnan(column([[1.0], [1.0], [1.0], [9.0]], scaling="robust", notes=notes)).all()
    assert notes.count("undefined") == 4


def test_a_variable_nobody_knows_stays_unknown() -> None:
    scaled = scale_variables(np.ma.masked_all((3, 2)))
    assert np.ma.getmaskarray(scaled).all()


@given(
    arrays.arrays(np.float64, (6, 3), elements=st.integers(-1000, 1000).map(float)),
    arrays.arrays(np.bool_, (6, 3)),
    st.sampled_from(["minmax", "zscore", "robust", "percentile"]),
)
@settings(max_examples=60, deadline=None)
def test_units_do_not_matter_and_neither_does_what_is_unknown(
    values: np.ndarray, unknown: np.ndarray, scaling: str
) -> None:
    given_ = np.ma.MaskedArray(values, mask=unknown)
    scaled = scale_variables(given_, scaling=scaling)
    assert (np.ma.getmaskarray(scaled) == unknown).all()
    other = np.ma.MaskedArray(np.where(unknown, 77.0, values * 4.0 + 8.0), mask=unknown)
    np.testing.assert_allclose(scale_variables(other, scaling=scaling).filled(0), scaled.filled(0), atol=1e-9)


@pytest.mark.parametrize(
    ("values", "options", "error", "words"),
    [
        ([[np.nan]], {}, NotFinite, "not a finite number"),
        ([1.0, 2.0], {}, WrongShape, "1 dimensions instead of 2"),
        (ONE, {"scaling": "range"}, RefusedInput, "no scaling “range”"),
        (ONE, {"cap": "some"}, RefusedInput, "no cap “some”"),
        (ONE, {"transformations": "root"}, RefusedInput, "no transformation “root”"),
        (ONE, {"transformations": ["log", "log"]}, RefusedInput, "2 names are given for 1 variables"),
        ([[-1.0, 2.0]], {"transformations": "share"}, RefusedInput, "negative, at region 0, variable 0"),
    ],
)
def test_what_cannot_be_scaled_is_refused(values: list, options: dict, error: type, words: str) -> None:
    with pytest.raises(error, match=words):
        scale_variables(values, **options)
