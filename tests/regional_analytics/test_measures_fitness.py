"""Fitness and complexity: by hand, by loops over the formula, where it falls for ever, and what is refused."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.relatedness import ladders, presences
from regional_analytics import (
    NotAPresence,
    Notes,
    NotFinite,
    RefusedInput,
    WrongShape,
    basket_fitness,
    economic_complexity,
    fitness,
)

pytestmark = pytest.mark.filterwarnings("error")

VARIANTS = ("original", "extremal", "stable")


def by_loops(there: np.ndarray, variant: str, steps: int, alpha: float, delta: float) -> tuple[Any, Any]:
    regions, activities = there.shape
    fit, hard = [1.0] * regions, [1.0] * activities
    for _ in range(steps):
        new = [sum(there[r, a] * hard[a] for a in range(activities)) for r in range(regions)]
        sums = [sum(there[r, a] * fit[r] ** -alpha for r in range(regions)) for a in range(activities)]
        if variant == "stable":
            fit, hard = [delta + one for one in new], [1 / (1 + one) for one in sums]
        else:
            fit, hard = new, [one ** (-1 / alpha) for one in sums]
            fit = [one / (sum(new) / regions) for one in fit]
            hard = [one * activities / sum(hard) for one in hard]
    return np.array(fit) / np.mean(fit), np.array(hard) / np.mean(hard)


def test_one_step_by_hand() -> None:
    """A has wine and steel, B wine. F = 2, 1, over their mean 4/3, ⅔; Q = ½, 1, over theirs ⅔, 4/3."""
    found = fitness([[1, 1], [1, 0]], most_steps=1)
    np.testing.assert_allclose(found.regions, [4 / 3, 2 / 3], rtol=1e-14)
    np.testing.assert_allclose(found.activities, [2 / 3, 4 / 3], rtol=1e-14)
    assert (found.steps, found.converged) == (1, False)


def test_a_step_of_the_harsher_one_by_hand() -> None:
    """α = 2: wine is in two regions of fitness 1, (1 + 1)^−½; steel in one."""
    found = fitness([[1, 1], [1, 0]], variant="extremal", extremality=2.0, most_steps=1)
    np.testing.assert_allclose(found.activities[1] / found.activities[0], sqrt(2), rtol=1e-14)


def test_the_stable_one_by_hand() -> None:
    """One region with one activity: F = δ + Q, Q = 1/(1 + 1/F) = F/(F + 1), so F² = δ + δF.

    Two such pairs beside each other share nothing, and each is as the other.
    """
    found = fitness(np.eye(2), variant="stable")
    assert found.converged
    np.testing.assert_allclose(found.regions, [1.0, 1.0])
    assert not fitness(np.eye(2), variant="stable", most_steps=3).converged


@pytest.mark.parametrize(
    ("variant", "alpha"), [("original", 1.0), ("extremal", 0.5), ("extremal", 3.0), ("stable", 1.0)]
)
@given(ladders(regions=5, activities=6), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_it_is_the_formula(variant: Any, alpha: float, there: np.ndarray, steps: int) -> None:
    found = fitness(there, variant=variant, extremality=alpha, offset=0.01, most_steps=steps, tolerance=0.0)
    regions, activities = by_loops(there, variant, steps, alpha, 0.01)
    np.testing.assert_allclose(found.regions, regions, rtol=1e-9)
    np.testing.assert_allclose(found.activities, activities, rtol=1e-9)


@pytest.mark.parametrize("variant", VARIANTS)
@given(presences(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_does_not_matter_and_means_are_one(variant: Any, there: np.ndarray, random: Any) -> None:
    found = fitness(there, variant=variant, extremality=1.5, most_steps=30)
    rows, columns = (random.sample(range(length), length) for length in there.shape)
    mixed = fitness(there[np.ix_(rows, columns)], variant=variant, extremality=1.5, most_steps=30)
    np.testing.assert_allclose(mixed.regions, found.regions[rows], rtol=1e-9)
    np.testing.assert_allclose(mixed.activities, found.activities[columns], rtol=1e-9)
    if there.any():
        assert np.nanmean(found.regions) == pytest.approx(1.0)
        assert np.nanmean(found.activities) == pytest.approx(1.0)


@given(ladders())
@settings(max_examples=40, deadline=None)
def test_the_harsher_one_with_an_extremality_of_one_is_the_original(there: np.ndarray) -> None:
    one, other = fitness(there, most_steps=50), fitness(there, variant="extremal", most_steps=50)
    np.testing.assert_array_equal(one.regions, other.regions)


def test_the_stable_one_converges_and_its_ranks_do_not_hang_on_the_offset() -> None:
    random = np.random.default_rng(3)
    there = random.normal(size=(40, 1)) - random.normal(size=60) + 0.3 * random.normal(size=(40, 60)) > 0
    there[:, 0] = True
    few, less = (fitness(there, variant="stable", offset=offset) for offset in (1e-3, 1e-4))
    assert few.converged and less.converged
    assert np.argsort(few.regions).tolist() == np.argsort(less.regions).tolist()
    assert np.corrcoef(np.argsort(np.argsort(few.regions)), there.sum(axis=1))[0, 1] > 0.9


# Falling for ever ----------------------------------------------------------------------------------------


def test_a_ladder_falls_for_ever_and_a_note_says_so() -> None:
    notes = Notes()
    found = fitness(np.triu(np.ones((6, 6))), most_steps=100, notes=notes)
    assert not found.converged and found.steps == 100
    assert str(*notes) == "not_converged: 1 cell, fitness still moved after 100 steps"


@pytest.mark.parametrize("alpha", [1e-3, 0.1, 1.0, 2.0, 5.0, 50.0])
def test_what_falls_for_ever_overflows_nothing(alpha: float) -> None:
    """10⁻³⁰⁰ to the power of −2 is no number: sums are taken next to the least fit."""
    random = np.random.default_rng(1)
    for there in (np.triu(np.ones((30, 30))), random.random((40, 60)) < 0.1):
        found = fitness(there, variant="extremal", extremality=alpha)
        assert np.nanmean(found.regions) == pytest.approx(1.0)
        assert np.nanmean(found.activities) == pytest.approx(1.0)


def test_far_below_what_powers_can_hold_an_activity_is_judged_by_its_least_fit_owner() -> None:
    """With α = 500 a sum of powers is all but its largest part: Q is the fitness of the least fit owner."""
    there = np.triu(np.ones((8, 8)))
    last, found = (
        fitness(there, variant="extremal", extremality=500.0, most_steps=steps) for steps in (39, 40)
    )
    least = np.where(there > 0, last.regions[:, None], np.inf).min(axis=0)
    np.testing.assert_allclose(found.activities, least / least.mean(), rtol=0.02)


# Nobody, and what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_has_nothing_has_no_fitness_and_touches_no_other(variant: Any) -> None:
    notes = Notes()
    wide = np.zeros((3, 4))
    wide[np.ix_([0, 2], [1, 3])] = [[1, 1], [1, 0]]
    found = fitness(wide, variant=variant, most_steps=9, notes=notes)
    narrow = fitness([[1, 1], [1, 0]], variant=variant, most_steps=9)
    np.testing.assert_array_equal(found.regions, [narrow.regions[0], np.nan, narrow.regions[1]])
    np.testing.assert_array_equal(found.activities[[1, 3]], narrow.activities)
    assert [note.positions for note in notes.of_kind("undefined")] == [((1,),), ((0,), (2,))]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("shape", [(3, 4), (0, 4), (3, 0), (1, 1)])
def test_where_nothing_is_known_nothing_is_fit(variant: Any, shape: tuple[int, int]) -> None:
    notes = Notes()
    found = fitness(np.ma.masked_all(shape), variant=variant, notes=notes)
    assert (found.regions.shape, found.activities.shape, found.steps) == ((shape[0],), (shape[1],), 0)
    assert np.isnan(found.regions).all() and notes.count("undefined") == sum(shape)


@pytest.mark.parametrize("shape", [(1, 4), (4, 1), (3, 5)])
def test_where_all_are_alike_all_are_as_fit(shape: tuple[int, int]) -> None:
    for variant in VARIANTS:
        found = fitness(np.ones(shape), variant=variant)
        assert found.converged
        np.testing.assert_allclose(found.regions, 1.0)
        np.testing.assert_allclose(found.activities, 1.0)


@pytest.mark.parametrize(
    ("given_", "error"),
    [
        ([[0.5]], NotAPresence),
        ([[-1.0]], NotAPresence),
        ([[np.nan]], NotFinite),
        (np.ones((1, 1, 1)), WrongShape),
    ],
)
def test_what_is_no_presence_is_refused(given_: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        fitness(given_)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"variant": "servedio"}, "Choose one of"),
        ({"extremality": 0.0}, "extremality of fitness is 0"),
        ({"offset": -1.0}, "offset of fitness is -1"),
        ({"offset": np.inf}, "above 0"),
        ({"extremality": np.nan}, "above 0"),
    ],
)
def test_an_impossible_choice_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        fitness([[1, 1], [1, 0]], **options)


def test_a_basket_is_a_sum_and_what_the_world_does_not_know_is_left_out() -> None:
    notes = Notes()
    there = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0]])
    there.flags.writeable = False
    assert basket_fitness(there, [2.0, 1.0, np.nan], notes=notes).tolist() == [3.0, 1.0, 0.0]
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    world = fitness(np.hstack([there, np.zeros((3, 1))]))
    own = basket_fitness(there, world.activities[:3])
    np.testing.assert_allclose(own / own[:2].mean(), [*world.regions[:2], 0.0], rtol=1e-6)
    assert economic_complexity(there).diagnostics.components == 1
    with pytest.raises(WrongShape):
        basket_fitness(there, [1.0, 2.0])
