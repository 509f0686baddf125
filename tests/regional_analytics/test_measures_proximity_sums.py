"""Sums over proximity: with the matrix, without it, and in the plainest form are the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.relatedness import presences
from regional_analytics import proximity
from regional_analytics.measures.complexity.proximity_sums import Formed, Walk, proximity_sums

pytestmark = pytest.mark.filterwarnings("error")

ROUTES = ("with_proximity", "without_proximity")


def somewhere(there: np.ndarray) -> np.ndarray:
    """Every activity is in a region; the first takes those that are nowhere."""
    there = there.copy()
    there[0, ~there.any(axis=0)] = 1.0
    return there


def rare_and_common(regions: int, activities: int, seed: int) -> np.ndarray:
    """Many activities in few regions, some in many, in no order; a few in exactly as many as each other."""
    random = np.random.default_rng(seed)
    chances = np.where(random.random(activities) < 0.7, 0.01, random.random(activities))
    return somewhere((random.random((regions, activities)) < chances).astype(float))


def test_sums_by_hand() -> None:
    """Wine in A and B, steel in A alone: φ = ½. Around wine 1.5; B has wine, so 1 of wine and ½ of steel."""
    for route in ROUTES:
        sums = proximity_sums(np.array([[1.0, 1.0], [1.0, 0.0]]), route=route)
        assert sums.around().tolist() == [1.5, 1.5]
        assert sums.around(np.array([2.0, -4.0])).tolist() == [0.0, -3.0]
        plain, weighed = sums.over([None, np.array([2.0, -4.0])])
        assert plain.tolist() == [[1.5, 1.5], [1.0, 0.5]]
        assert weighed.tolist() == [[0.0, -3.0], [2.0, 1.0]]


@pytest.mark.parametrize("route", ROUTES)
@given(presences(regions=9, activities=9), st.integers(0, 10**6))
@settings(max_examples=80, deadline=None)
def test_both_routes_are_the_plain_sums(route: Any, there: np.ndarray, seed: int) -> None:
    there = somewhere(there)
    weights = np.random.default_rng(seed).normal(size=there.shape[1])
    weights[::3] = 0.0
    near, sums = proximity(there), proximity_sums(there, route=route)
    np.testing.assert_allclose(sums.around(), near.sum(axis=0), atol=1e-12)
    np.testing.assert_allclose(sums.around(weights), weights @ near, atol=1e-12)
    plain, weighed = sums.over([None, weights])
    np.testing.assert_allclose(plain, there @ near, atol=1e-12)
    np.testing.assert_allclose(weighed, (there * weights) @ near, atol=1e-12)


@pytest.mark.parametrize(
    ("regions", "activities"),
    [
        (40, 30),  # one block
        (60, 700),  # several dense blocks
        (520, 300),  # rare ones sparse, the others dense
        (600, 1900),  # several blocks of both kinds
    ],
)
def test_blocks_dense_and_sparse_add_up_to_the_same(regions: int, activities: int) -> None:
    there = rare_and_common(regions, activities, seed=regions)
    weights = np.random.default_rng(1).normal(size=activities)
    near, walk = proximity(there), Walk(there)
    assert len(walk.blocks) >= (activities > 256) + (regions >= 500)
    for sums in (walk, Formed(there)):
        np.testing.assert_allclose(sums.around(), near.sum(axis=0), rtol=1e-10)
        np.testing.assert_allclose(sums.around(weights), weights @ near, atol=1e-10)
        plain, weighed = sums.over([None, weights])
        np.testing.assert_allclose(plain, there @ near, atol=1e-10, rtol=1e-10)
        np.testing.assert_allclose(weighed, (there * weights) @ near, atol=1e-10)


def test_all_rare_and_all_common_activities() -> None:
    random = np.random.default_rng(2)
    for chance in (0.01, 0.6):
        there = somewhere((random.random((510, 1100)) < chance).astype(float))
        kinds = {type(block).__name__ for block in Walk(there).blocks}
        assert kinds == ({"_Rare"} if chance < 0.05 else {"_Common"})
        (found,) = Walk(there).over([None])
        np.testing.assert_allclose(found, there @ proximity(there), atol=1e-10, rtol=1e-10)


@pytest.mark.parametrize(("regions", "activities"), [(60, 700), (520, 900)])
def test_thirty_two_bits_stay_thirty_two_and_near(regions: int, activities: int) -> None:
    there = rare_and_common(regions, activities, seed=9)
    weights = np.random.default_rng(3).random(activities)
    exact = Formed(there).over([None, weights])
    for sums in (Walk(there.astype(np.float32)), Formed(there.astype(np.float32))):
        for found, right in zip(sums.over([None, weights]), exact, strict=True):
            assert found.dtype == np.float32
            np.testing.assert_allclose(found, right, rtol=1e-5, atol=1e-5 * right.max())
        np.testing.assert_allclose(sums.around(weights), Formed(there).around(weights), rtol=1e-5)


def test_the_way_is_chosen_by_which_part_is_larger() -> None:
    assert isinstance(proximity_sums(np.ones((10, 24))), Formed)
    assert isinstance(proximity_sums(np.ones((10, 25))), Walk)


def test_nothing_is_written_into_and_the_layout_does_not_matter() -> None:
    there = rare_and_common(510, 700, seed=5)
    weights = np.random.default_rng(5).normal(size=700)
    for laid_out in (there, np.asfortranarray(there), np.repeat(there, 2, axis=0)[::2], there.T.copy().T):
        kept, kept_weights = laid_out.copy(), weights.copy()
        for kind in (Walk, Formed):
            sums = kind(laid_out)
            first, second = sums.over([weights, weights])
            np.testing.assert_array_equal(first, second)
            np.testing.assert_allclose(first, (kept * weights) @ proximity(kept), atol=1e-10)
        assert (laid_out == kept).all() and (weights == kept_weights).all()
