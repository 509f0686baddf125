"""Averaging back and forth, and baskets of activities judged elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.relatedness import presences
from regional_analytics import (
    Notes,
    NotFinite,
    RefusedInput,
    WrongShape,
    basket_complexity,
    economic_complexity,
    reflections,
)

pytestmark = pytest.mark.filterwarnings("error")

LADDER = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])


def by_loops(there: np.ndarray, steps: int) -> tuple[list[float], list[float]]:
    """Regions after so many steps, activities after one more; with nothing to average, NaN."""
    regions, activities = list(there.sum(axis=1)), list(there.sum(axis=0))
    for step in range(steps + 1):
        last = regions
        regions = [mean(there[r] > 0, activities) for r in range(len(regions))]
        activities = [mean(there[:, a] > 0, last) for a in range(len(activities))]
        if step == steps - 1:
            found = regions
    return found, activities


def mean(which: np.ndarray, values: list[float]) -> float:
    chosen = [value for value, taken in zip(values, which, strict=True) if taken]
    return sum(chosen) / len(chosen) if chosen else float("nan")


def test_two_reflections_by_hand() -> None:
    """Owners of wine have 3, 2 and 1 activities, 2 on average; of steel 2.5, of glass 3. A has all: 2.5, and B 2.25.

    One step more: those with wine 2.25 on average, with steel 2.375, with glass 2.5.
    """
    regions, activities = reflections(LADDER, steps=2, scale="none")
    np.testing.assert_allclose(regions, [2.5, 2.25, 2.0], rtol=1e-15)
    np.testing.assert_allclose(activities, [2.25, 2.375, 2.5], rtol=1e-15)


@given(presences())
@settings(max_examples=100, deadline=None)
def test_reflections_are_means_of_means(there: np.ndarray) -> None:
    regions, activities = by_loops(there, 4)
    found = reflections(there, steps=4, scale="none")
    np.testing.assert_allclose(found[0], regions, rtol=1e-12)
    np.testing.assert_allclose(found[1], activities, rtol=1e-12)


def test_after_many_steps_it_is_the_eigenvector_even_where_differences_have_vanished_beside_the_level() -> (
    None
):
    """λ₂ = 0.13: after 100 steps differences are 10⁻⁴⁴ of the level, far below what a number can hold beside it."""
    random = np.random.default_rng(6)
    chance = np.kron([[0.75, 0.4], [0.3, 0.75]], np.ones((30, 40)))
    there = (random.random((60, 80)) < chance).astype(float)
    vector = economic_complexity(there, scale="own")
    assert vector.diagnostics.second < 0.15 and vector.diagnostics.gap > 0.05
    regions, activities = reflections(there, steps=100)
    np.testing.assert_allclose(np.abs(regions), np.abs(vector.regions), atol=1e-9)
    np.testing.assert_allclose(np.abs(activities), np.abs(vector.activities), atol=1e-9)


def test_the_scales() -> None:
    regions, activities = reflections(LADDER, steps=2)
    np.testing.assert_allclose(regions, np.array([1, 0, -1]) / np.sqrt(2 / 3), atol=1e-12)
    regions, activities = reflections(LADDER, steps=2, ddof=1)
    np.testing.assert_allclose(activities, [-1, 0, 1], atol=1e-12)
    assert reflections(LADDER, steps=2, scale="percent")[1].round(9).tolist() == [0.0, 50.0, 100.0]


def test_where_all_are_alike_they_stand_in_the_middle() -> None:
    assert reflections(np.ones((3, 4)))[0].tolist() == [0.0] * 3
    assert reflections(np.ones((3, 4)), scale="percent")[1].tolist() == [50.0] * 4


@pytest.mark.parametrize("scale", ["z", "percent", "none"])
@pytest.mark.parametrize("shape", [(2, 3), (0, 3), (2, 0), (0, 0)])
def test_nothing_to_average_is_undefined(scale: Any, shape: tuple[int, int]) -> None:
    notes = Notes()
    regions, activities = reflections(np.ma.masked_all(shape), scale=scale, notes=notes)
    assert np.isnan(regions).all() and np.isnan(activities).all()
    assert notes.count("undefined") == sum(shape)


@pytest.mark.parametrize("steps", [0, -2, 3, 19])
def test_an_odd_number_of_steps_would_read_the_wrong_way_round(steps: int) -> None:
    with pytest.raises(RefusedInput, match="even number"):
        reflections(LADDER, steps=steps)


@pytest.mark.parametrize("options", [{"scale": "own"}, {"ddof": 2}])
def test_a_scale_nobody_knows_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(RefusedInput, match="Choose one of"):
        reflections(LADDER, **options)


# Baskets -------------------------------------------------------------------------------------------------


def test_the_complexity_of_a_basket_is_a_mean_of_what_the_world_knows() -> None:
    notes = Notes()
    world = np.ma.masked_equal([2.0, 1.0, -99.0], -99.0)
    found = basket_complexity([[1, 1, 1], [1, 0, 1], [0, 0, 1], [0, 0, 0]], world, notes=notes)
    assert found.tolist()[:2] == [1.5, 2.0] and np.isnan(found[2:]).all()
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    assert notes.of_kind("undefined")[0].positions == ((2,), (3,))


def test_what_the_world_says_can_be_handed_on_as_it_came() -> None:
    """Nobody in the world has the fourth activity, so that it is NaN there: left out, and no error."""
    world = economic_complexity(np.hstack([LADDER, np.zeros((3, 1))]))
    found = basket_complexity([[1, 1, 0, 1], [0, 0, 1, 0]], world.activities)
    np.testing.assert_allclose(found, [0.0, 3 * np.sqrt(1.5)], atol=1e-12)


@given(presences())
@settings(max_examples=60, deadline=None)
def test_its_own_complexity_of_activities_gives_its_own_of_regions(there: np.ndarray) -> None:
    found = economic_complexity(there)
    np.testing.assert_allclose(basket_complexity(there, found.activities), found.regions, atol=1e-9)


def test_a_complexity_that_does_not_fit_is_refused() -> None:
    with pytest.raises(WrongShape):
        basket_complexity(LADDER, [1.0, 2.0])
    with pytest.raises(NotFinite, match="at activity 1"):
        basket_complexity(LADDER, [1.0, np.inf, 2.0])
    assert basket_complexity(LADDER, np.ma.masked_equal([1.0, np.inf, 2.0], np.inf)).tolist() == [1.5, 1, 1]
