"""How near activities and regions are: by hand, by loops, and where there is nothing to compare."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from factories.relatedness import presences
from regional_analytics import (
    NotAPresence,
    Notes,
    NotFinite,
    RefusedInput,
    continuous_proximity,
    proximity,
    region_proximity,
)

HAS = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 0]])  # wine in three regions, steel in two, glass in one
NORMALISERS = ("max", "sqrt", "min", "asymmetric")


def test_two_in_three_regions_with_wine_have_steel_and_all_with_steel_have_wine() -> None:
    found = [
        (proximity(HAS, normalise=name)[0, 1], proximity(HAS, normalise=name)[1, 0]) for name in NORMALISERS
    ]
    np.testing.assert_allclose(found, [(2 / 3, 2 / 3), (2 / sqrt(6),) * 2, (1, 1), (2 / 3, 1)], rtol=1e-15)


def test_the_diagonal_is_one_or_nought_by_name() -> None:
    assert proximity(HAS).diagonal().tolist() == [1, 1, 1]
    assert proximity(HAS, diagonal=0.0).diagonal().tolist() == [0, 0, 0]


def test_regions_are_near_by_what_they_share() -> None:
    """The first and the third have the same two; with the second they share wine, one of two."""
    assert region_proximity(HAS).tolist() == [[1, 0.5, 1], [0.5, 1, 0.5], [1, 0.5, 1]]


def test_an_activity_of_nobody_is_near_to_nothing_and_poisons_nobody() -> None:
    notes = Notes()
    has = np.column_stack((HAS, np.zeros(3)))
    for name in NORMALISERS:
        found = proximity(has, normalise=name, notes=notes)
        assert not found[3].any() and not found[:, 3].any()
        assert (found[:3, :3] == proximity(HAS, normalise=name)).all()
    assert notes.of_kind("related_to_nothing")[0].positions == ((3,),)
    notes = Notes()
    region_proximity(has.T, notes=notes)
    assert notes.of_kind("related_to_nothing")[0].axes == ("region",)


@given(presences())
@settings(max_examples=80, deadline=None)
def test_proximity_agrees_with_loops_over_the_formula(has: np.ndarray) -> None:
    u = has.sum(axis=0)
    below = {"max": max, "min": min, "sqrt": lambda i, j: sqrt(i * j), "asymmetric": lambda i, j: i}
    for name, whole in below.items():
        expected = np.zeros((has.shape[1],) * 2)
        for i in range(has.shape[1]):
            for j in range(has.shape[1]):
                both = sum(has[r, i] * has[r, j] for r in range(len(has)))
                expected[i, j] = both / whole(u[i], u[j]) if both else 0
        np.testing.assert_allclose(proximity(has, normalise=name), expected, atol=1e-14)


@given(presences())
@settings(max_examples=60, deadline=None)
def test_proximity_is_a_share_and_the_same_both_ways(has: np.ndarray) -> None:
    for name in NORMALISERS[:3]:
        found = proximity(has, normalise=name)
        assert (found == found.T).all() and found.min() >= 0 and found.max() <= 1 + 1e-15
    np.testing.assert_array_equal(region_proximity(has), proximity(has.T))


def test_a_table_of_many_blocks_is_no_other_than_one_of_few() -> None:
    has = np.random.default_rng(1).random((40, 300)) < 0.3
    u = has.sum(axis=0)
    expected = (has.T.astype(float) @ has) / np.maximum(np.maximum.outer(u, u), 1)
    np.testing.assert_allclose(proximity(has), expected, atol=1e-15)


def test_moving_together_by_hand() -> None:
    """Steel is half of wine everywhere: correlation 1. Glass is where wine is not: −1, which is 0 of nearness."""
    figures = [[2.0, 1.0, 0.0], [0.0, 0.0, 2.0], [1.0, 0.5, 1.0]]
    np.testing.assert_allclose(continuous_proximity(figures)[0], [1, 1, 0], atol=1e-15)
    cosine = continuous_proximity(figures, method="cosine")[0]
    np.testing.assert_allclose(cosine, [1, 1, 1 / sqrt(5) / sqrt(5)], atol=1e-15)


@given(employment(largest=7))
@settings(max_examples=60, deadline=None)
def test_whole_figures_are_compared_as_numpy_does(figures: np.ndarray) -> None:
    notes = Notes()
    found = continuous_proximity(figures, notes=notes)
    same = np.ptp(figures, axis=0) == 0
    assert notes.count("related_to_nothing") == same.sum()
    assert not found[same].any()
    varied = figures[:, ~same]
    if varied.shape[1] > 1:
        np.testing.assert_allclose(found[~same][:, ~same], (1 + np.corrcoef(varied.T)) / 2, atol=1e-9)


@given(partly_known())
@settings(max_examples=60, deadline=None)
def test_each_pair_is_compared_where_both_are_known(figures: Any) -> None:
    found = continuous_proximity(figures)
    cosine = continuous_proximity(figures, method="cosine")
    for i in range(figures.shape[1]):
        for j in range(figures.shape[1]):
            both = ~figures.mask[:, i] & ~figures.mask[:, j]
            x, y = figures.data[both, i], figures.data[both, j]
            if i == j:
                continue
            if both.sum() and np.ptp(x) and np.ptp(y):
                assert found[i, j] == pytest.approx((1 + np.corrcoef(x, y)[0, 1]) / 2, abs=1e-7)
            else:
                assert found[i, j] == 0
            length = sqrt((x**2).sum() * (y**2).sum())
            assert cosine[i, j] == pytest.approx((x * y).sum() / length if length else 0, abs=1e-12)


@given(employment(largest=5, least=1))
@settings(max_examples=40, deadline=None)
def test_the_unit_of_an_activity_does_not_matter_to_moving_together(figures: np.ndarray) -> None:
    scaled = figures * np.arange(1, figures.shape[1] + 1)
    for method in ("correlation", "cosine"):
        np.testing.assert_allclose(
            continuous_proximity(scaled, method=method),
            continuous_proximity(figures, method=method),
            atol=1e-9,
        )


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (1, 3), (3, 1)])
def test_hardly_anything_is_no_reason_to_fall_over(shape: tuple[int, int]) -> None:
    for fill in (0.0, 1.0):
        for measure in (proximity, continuous_proximity):
            found = measure(np.full(shape, fill))
            assert found.shape == (shape[1], shape[1]) and np.isfinite(found).all()
        assert region_proximity(np.full(shape, fill)).shape == (shape[0], shape[0])
    assert not continuous_proximity(np.ma.masked_all(shape)).any()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (lambda: proximity(HAS, normalise="mean"), "no normaliser “mean”"),
        (lambda: proximity(HAS, diagonal=0.5), "no diagonal “0.5”. Choose one of 1, 0"),
        (lambda: region_proximity(HAS, normalise="mean"), "no normaliser “mean”"),
        (lambda: continuous_proximity(HAS, method="rank"), "no method “rank”"),
        (lambda: continuous_proximity(HAS, diagonal=2.0), "no diagonal “2.0”"),
        (lambda: continuous_proximity([1.0]), "1 dimensions"),
    ],
)
def test_what_cannot_be_is_refused_in_words(question: Any, words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        question()


def test_refusals_have_their_types() -> None:
    with pytest.raises(NotAPresence):
        proximity([[0.5]])
    with pytest.raises(NotFinite, match="region 0, activity 1"):
        continuous_proximity([[1.0, np.nan]])


def test_inputs_stay_as_they_were() -> None:
    has = HAS.astype(float)
    has.setflags(write=False)
    for measure in (proximity, region_proximity, continuous_proximity):
        measure(has)
