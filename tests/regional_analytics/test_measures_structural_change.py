"""How much a mix changed: by hand, by loops, and by what must hold whatever the figures."""

from __future__ import annotations

import math
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import Notes, lilien_index, structural_change
from regional_analytics.measures import NegativeEmployment, RefusedInput, WrongShape
from regional_analytics.measures.change.structural_change import ChangeMeasure, LilienWeights

MEASURES, WEIGHTS = get_args(ChangeMeasure), get_args(LilienWeights)


def two_years(least: int = 0) -> st.SearchStrategy[Any]:
    shapes = st.tuples(st.integers(1, 4), st.integers(1, 5))
    return shapes.flatmap(
        lambda shape: arrays.arrays(np.float64, (2, *shape), elements=st.integers(least, 900).map(float))
    )


def test_three_of_ten_jobs_moved() -> None:
    """0.6 → 0.9 and 0.4 → 0.1: half of 0.3 + 0.3."""
    assert structural_change([[60.0, 40.0]], [[90.0, 10.0]]).tolist() == [pytest.approx(0.3)]


def test_the_angle_between_two_mixes_by_hand() -> None:
    """(1, 0) and (1, 1) stand at 45 degrees, whose cosine is 1/√2."""
    start, end = [[10.0, 0.0]], [[20.0, 20.0]]
    assert structural_change(start, end, measure="angle").tolist() == [pytest.approx(math.pi / 4)]
    assert structural_change(start, end, measure="cosine").tolist() == [pytest.approx(1 - 1 / math.sqrt(2))]


def test_lilien_by_hand() -> None:
    """Shares 0.5, 0.5 → 0.8, 0.2. σ² = 0.8 ln²1.6 + 0.2 ln²0.4; with mean shares 0.65 and 0.35."""
    start, end = [[50.0, 50.0]], [[80.0, 20.0]]
    expected = math.sqrt(0.8 * math.log(1.6) ** 2 + 0.2 * math.log(0.4) ** 2)
    assert lilien_index(start, end).tolist() == [pytest.approx(expected)]
    expected = math.sqrt(0.65 * math.log(1.6) ** 2 + 0.35 * math.log(0.4) ** 2)
    assert lilien_index(start, end, weights="mean").tolist() == [pytest.approx(expected)]


@given(two_years())
@settings(max_examples=60, deadline=None)
def test_change_agrees_with_loops_over_the_formula(years: Any) -> None:
    start, end = years
    found = {measure: structural_change(start, end, measure=measure) for measure in MEASURES}
    for r in range(len(start)):
        here, later = sum(start[r]), sum(end[r])
        if not (here and later):
            assert all(math.isnan(one.data[r]) for one in found.values())
            continue
        s, t = [x / here for x in start[r]], [x / later for x in end[r]]
        moved = sum(abs(y - x) for x, y in zip(s, t, strict=True)) / 2
        cosine = sum(x * y for x, y in zip(s, t, strict=True)) / math.sqrt(
            sum(x * x for x in s) * sum(y * y for y in t)
        )
        assert found["absolute"][r] == pytest.approx(moved, abs=1e-12)
        assert found["cosine"][r] == pytest.approx(1 - cosine, abs=1e-9)
        assert found["angle"][r] == pytest.approx(math.acos(min(cosine, 1.0)), abs=1e-6)


@given(two_years(least=1), st.sampled_from(WEIGHTS))
@settings(max_examples=60, deadline=None)
def test_lilien_agrees_with_loops_over_the_formula(years: Any, weights: LilienWeights) -> None:
    start, end = years
    for r, found in enumerate(lilien_index(start, end, weights=weights)):
        whole = math.log(sum(end[r]) / sum(start[r]))
        spread = 0.0
        for e, later in zip(start[r], end[r], strict=True):
            weight = later / sum(end[r])
            if weights == "mean":
                weight = (weight + e / sum(start[r])) / 2
            spread += weight * (math.log(later / e) - whole) ** 2
        assert found == pytest.approx(math.sqrt(spread), rel=1e-9, abs=1e-9)


@given(two_years(least=1), st.sampled_from(MEASURES), st.integers(2, 50))
@settings(max_examples=60, deadline=None)
def test_only_shares_matter_and_change_has_no_direction(
    years: Any, measure: ChangeMeasure, factor: int
) -> None:
    start, end = years
    found = structural_change(start, end, measure=measure)
    np.testing.assert_allclose(found, structural_change(start, factor * end, measure=measure), atol=1e-9)
    np.testing.assert_allclose(found, structural_change(end, start, measure=measure), atol=1e-12)
    np.testing.assert_allclose(
        found, structural_change(start[:, ::-1], end[:, ::-1], measure=measure), atol=1e-9
    )
    np.testing.assert_allclose(structural_change(start, 3 * start, measure=measure), 0, atol=1e-7)
    assert (found >= 0).all() and (found <= {"angle": math.pi / 2}.get(measure, 1.0) + 1e-12).all()
    backwards = lilien_index(end, start, weights="mean")
    np.testing.assert_allclose(lilien_index(start, end, weights="mean"), backwards, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("measure", "most"), [("absolute", 1.0), ("cosine", 1.0), ("angle", math.pi / 2)])
def test_nothing_in_common_is_the_most_there_can_be(measure: ChangeMeasure, most: float) -> None:
    assert structural_change([[5.0, 0.0]], [[0.0, 7.0]], measure=measure).tolist() == [pytest.approx(most)]


def test_a_cell_unknown_in_one_year_is_left_out_of_both_and_counted() -> None:
    notes = Notes()
    start = np.ma.masked_equal([[60.0, 40.0, 99.0], [-1.0, -1.0, -1.0]], -1.0)
    end = np.ma.masked_equal([[90.0, 10.0, -1.0], [1.0, 2.0, 3.0]], -1.0)
    found = structural_change(start, end, notes=notes)
    assert found.tolist() == [pytest.approx(0.3), None]
    assert notes.of_kind("left_out")[0].positions == ((0, 2), (1, 0), (1, 1), (1, 2))
    assert lilien_index(start, end).mask.tolist() == [False, True]


def test_a_mix_of_nobody_is_undefined() -> None:
    notes = Notes()
    for found in (
        structural_change([[0.0, 0.0], [1.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]], notes=notes),
        lilien_index([[0.0, 0.0], [1.0, 1.0]], [[1.0, 1.0], [1.0, 1.0]], notes=notes),
    ):
        assert math.isnan(found.data[0]) and not found.mask.any() and found[1] == pytest.approx(0)
    assert [note.positions for note in notes.of_kind("undefined")] == [((0,),), ((0,),)]


def test_an_activity_that_came_from_nobody_has_no_logarithm() -> None:
    """Without it the two others keep their halves. Absent in both years is nothing to speak of."""
    notes = Notes()
    found = lilien_index([[50.0, 50.0, 0.0, 0.0]], [[60.0, 60.0, 9.0, 0.0]], notes=notes)
    assert found.tolist() == [pytest.approx(0.0)]
    assert notes.of_kind("not_positive")[0].positions == ((0, 2),)


def test_bad_input_is_refused() -> None:
    with pytest.raises(RefusedInput, match="no measure “euclid”"):
        structural_change([[1.0]], [[1.0]], measure="euclid")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="no weights “start”"):
        lilien_index([[1.0]], [[1.0]], weights="start")  # type: ignore[arg-type]
    with pytest.raises(NegativeEmployment, match="The end cannot be negative"):
        structural_change([[1.0]], [[-1.0]])
    with pytest.raises(WrongShape, match="The end has the shape"):
        lilien_index([[1.0, 2.0]], [[1.0]])
