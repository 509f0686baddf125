"""The industry space: the tree, what is strong besides, its parts, and a picture without chance."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree, shortest_path

from factories.relatedness import relations
from regional_analytics import (
    Notes,
    NotFinite,
    NotSymmetric,
    RefusedInput,
    WrongShape,
    industry_space,
    proximity,
    space_layout,
)

NEAR = np.array(  # wine, grapes, steel, cars
    [[1.0, 0.8, 0.3, 0.1], [0.8, 1.0, 0.2, 0.1], [0.3, 0.2, 1.0, 0.6], [0.1, 0.1, 0.6, 1.0]]
)


def test_the_tree_by_hand() -> None:
    """Wine to grapes 0.8, steel to cars 0.6, and the strongest that joins the two pairs, wine to steel 0.3."""
    assert industry_space(NEAR).edges() == [(0, 1, 0.8, True), (0, 2, 0.3, True), (2, 3, 0.6, True)]


def test_a_threshold_adds_what_is_at_least_so_strong() -> None:
    space = industry_space(NEAR, threshold=0.2)
    assert space.edges()[2] == (1, 2, 0.2, False) and len(space.edges()) == 4
    assert industry_space(NEAR, threshold=0.9).edges() == industry_space(NEAR).edges()


def test_two_links_an_activity_are_four_links_among_four() -> None:
    assert industry_space(NEAR, strongest=2.0).edges() == industry_space(NEAR, threshold=0.2).edges()
    assert len(industry_space(NEAR, strongest=1.0).edges()) == 3  # the tree stays whole
    assert len(industry_space(NEAR, strongest=99.0).edges()) == 6


def test_of_equals_the_first_come_first() -> None:
    space = industry_space(np.full((5, 5), 0.5), strongest=2.0)
    assert len(space.edges()) == 5
    assert space.edges()[space.in_tree.tolist().index(False)] == (1, 2, 0.5, False)


def test_parts_that_nothing_joins_are_named_and_the_largest_comes_first() -> None:
    notes = Notes()
    near = np.zeros((5, 5))
    near[2:, 2:] = NEAR[1:, 1:]
    space = industry_space(near, notes=notes)
    assert (space.components, space.component.tolist()) == (3, [1, 2, 0, 0, 0])
    assert notes.of_kind("disconnected")[0].positions == ((0,), (1,))


def test_what_is_below_chance_is_no_link() -> None:
    space = industry_space([[0, -1, 2], [-1, 0, -1], [2, -1, 0]], strongest=9)
    assert space.edges() == [(0, 2, 2.0, True)] and space.component.tolist() == [0, 1, 0]


def test_unknown_pairs_are_unrelated() -> None:
    notes = Notes()
    near = np.ma.masked_greater(NEAR, 0.7)
    assert industry_space(near, notes=notes).edges()[0] == (0, 2, 0.3, True)
    assert notes.count("unknown_as_unrelated") == 6


@given(relations(activities=9))
@settings(max_examples=120, deadline=None)
def test_the_tree_weighs_what_scipys_does_turned_round(near: np.ndarray) -> None:
    turned = np.where(near > 0, 2.0 - near, 0.0)  # csgraph: the smallest, and 0 is no link
    np.fill_diagonal(turned, 0.0)
    other = minimum_spanning_tree(turned)
    space = industry_space(near)
    assert len(space.edges()) == other.nnz
    assert space.weight.sum() == 2.0 * other.nnz - other.sum()
    assert space.in_tree.all() and (space.first < space.second).all()
    parts, label = connected_components(turned, directed=False)
    assert space.components == parts
    assert len(set(zip(space.component.tolist(), label.tolist(), strict=True))) == parts
    sizes = np.bincount(space.component)
    assert (np.diff(sizes) <= 0).all()


@given(relations(activities=9))
@settings(max_examples=80, deadline=None)
def test_what_is_added_is_as_strong_as_asked_for(near: np.ndarray) -> None:
    upper = near[np.triu_indices(len(near), 1)]
    space = industry_space(near, threshold=0.5)
    assert (space.weight >= 0.5).sum() == (upper >= 0.5).sum()
    assert space.in_tree[space.weight < 0.5].all()
    more = industry_space(near, strongest=3.0)
    wanted = max(round(1.5 * len(near)), int(more.in_tree.sum()))
    assert len(more.edges()) == min(wanted, int((upper > 0).sum()))
    left_out = sorted(upper[upper > 0], reverse=True)
    if (~more.in_tree).any():
        assert more.weight[~more.in_tree].min() >= left_out[min(wanted, len(left_out)) - 1]


def test_the_order_of_activities_does_not_matter_where_nothing_is_tied() -> None:
    rng = np.random.default_rng(5)
    near = rng.random((12, 12))
    near = near + near.T
    turn = rng.permutation(12)
    one, two = industry_space(near, strongest=4), industry_space(near[np.ix_(turn, turn)], strongest=4)
    renamed = sorted((*sorted((int(turn[i]), int(turn[j]))), tree) for i, j, _, tree in two.edges())
    assert renamed == sorted((i, j, tree) for i, j, _, tree in one.edges())


@pytest.mark.parametrize("size", [0, 1, 2])
def test_hardly_anything_is_no_reason_to_fall_over(size: int) -> None:
    for fill in (0.0, 1.0):
        space = industry_space(np.full((size, size), fill), strongest=2.0)
        assert space.activities == size == len(space.component)
        assert space_layout(space).shape == (size, 2)
        assert len(industry_space(np.full((size, size), fill), threshold=0.1).edges()) == (size == 2 and fill)


@pytest.mark.parametrize(
    ("error", "question", "words"),
    [
        (RefusedInput, lambda: industry_space(NEAR, threshold=0.1, strongest=2), "cannot both decide"),
        (RefusedInput, lambda: industry_space(NEAR, threshold=0.0), "threshold of 0 picks no links"),
        (RefusedInput, lambda: industry_space(NEAR, strongest=np.nan), "number of links of nan"),
        (NotSymmetric, lambda: industry_space(np.triu(NEAR)), "at activity 0, activity 1"),
        (WrongShape, lambda: industry_space(NEAR[0]), "1 dimensions"),
        (WrongShape, lambda: industry_space(NEAR[:2]), "not square"),
        (NotFinite, lambda: industry_space(NEAR + np.inf), "not a finite number"),
    ],
)
def test_what_cannot_be_is_refused_in_words(error: Any, question: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        question()


def test_inputs_stay_as_they_were() -> None:
    near = NEAR.copy()
    near.setflags(write=False)
    space_layout(industry_space(near, strongest=3))


def chain(length: int) -> np.ndarray:
    return np.eye(length, k=1) + np.eye(length, k=-1)


def test_a_triangle_is_drawn_with_equal_sides() -> None:
    places = space_layout(industry_space(np.ones((3, 3)), threshold=1.0))
    sides = [np.hypot(*(places[i] - places[j])) for i, j in ((0, 1), (0, 2), (1, 2))]
    np.testing.assert_allclose(sides, 1.0, atol=1e-6)


def test_a_chain_is_drawn_as_a_line_across() -> None:
    places = space_layout(industry_space(chain(6)))
    assert np.ptp(places[:, 0]) > 4.8 and np.ptp(places[:, 1]) < 0.5
    steps = np.diff(places[:, 0])
    assert (steps > 0).all() or (steps < 0).all()


def test_leaves_of_one_branch_are_not_drawn_over_each_other() -> None:
    star = np.zeros((9, 9))
    star[0, 1:] = star[1:, 0] = 1.0
    places = space_layout(industry_space(star))
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) + np.eye(9) * 9
    assert apart.min() > 0.5


def test_the_picture_keeps_distances_better_than_chance_would() -> None:
    has = np.random.default_rng(8).random((60, 40)) < 0.3
    space = industry_space(proximity(has), strongest=3)
    links = coo_array((np.ones(len(space.first)), (space.first, space.second)), shape=(40, 40))
    far = shortest_path(links, directed=False, unweighted=True)
    pairs = np.triu_indices(40, 1)

    def stress(places: np.ndarray) -> float:
        apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
        return float((((apart - far) / np.where(far, far, 1)) ** 2)[pairs].sum())

    by_chance = np.random.default_rng(1).normal(size=(40, 2)) * far.max() / 4
    assert stress(space_layout(space)) < stress(by_chance) / 4


def test_the_same_space_gives_the_same_picture() -> None:
    has = np.random.default_rng(2).random((80, 60)) < 0.2
    space = industry_space(proximity(has), strongest=4)
    first = space_layout(space)
    for _ in range(3):
        np.testing.assert_allclose(space_layout(space), first, atol=1e-9, rtol=0)


def test_parts_stand_side_by_side_and_not_on_each_other() -> None:
    near = np.zeros((14, 14))
    near[:6, :6], near[6:10, 6:10], near[10:12, 10:12] = chain(6), 1.0, 1.0
    space = industry_space(near, threshold=0.5)
    places = space_layout(space)
    boxes = [
        (places[space.component == part].min(axis=0), places[space.component == part].max(axis=0))
        for part in range(space.components)
    ]
    for i, (low, high) in enumerate(boxes):
        for lower, higher in boxes[i + 1 :]:
            assert ((high + 0.9 < lower) | (higher + 0.9 < low)).any()
    np.testing.assert_allclose(places.max(axis=0) + places.min(axis=0), 0.0, atol=1e-9)


def test_as_many_activities_as_classes_of_industry_are_drawn_while_one_waits() -> None:
    rng = np.random.default_rng(4)
    has = rng.normal(size=(300, 5)) @ rng.normal(size=(5, 615)) + rng.normal(size=(300, 615)) > 1.5
    space = industry_space(proximity(has), strongest=5)
    began = time.process_time()
    places = space_layout(space)
    assert np.isfinite(places).all()
    assert time.process_time() - began < 10, "usually well below a second"
