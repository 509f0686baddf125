"""Shift-share with neighbours: by hand, by loops, what adds up, and neighbours that cannot be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import Notes, shift_share, spatial_shift_share
from regional_analytics.measures import (
    AbsentFromArea,
    NothingToCompare,
    NotNeighbours,
    RefusedInput,
    WrongShape,
)

LINE = [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]


def two_years_and_neighbours() -> st.SearchStrategy[Any]:
    shapes = st.tuples(st.integers(2, 5), st.integers(1, 4))
    people = st.integers(0, 900).map(float)

    def grown(shape: tuple[int, int]) -> st.SearchStrategy[Any]:
        weights = arrays.arrays(np.float64, (shape[0], shape[0]), elements=st.integers(0, 3).map(float))
        return st.tuples(
            arrays.arrays(np.float64, (2, *shape), elements=people),
            weights.map(lambda found: found * (1 - np.eye(shape[0]))),
        )

    return shapes.flatmap(grown).map(lambda found: (found[0][0] + 1, found[0][1], found[1]))


def test_spatial_by_hand() -> None:
    """Area 400 → 440: 10 %. Both coasts 20 %, so around each 20 %; inland 0 % and its neighbour 20 %."""
    start, end = [[100.0], [100.0], [200.0]], [[120.0], [120.0], [200.0]]
    parts = spatial_shift_share(start, end, [[0, 1, 0], [1, 0, 0], [0, 1, 0]])
    assert parts.national[:, 0].tolist() == pytest.approx([10.0, 10.0, 20.0])
    assert parts.mix[:, 0].tolist() == pytest.approx([0.0, 0.0, 0.0])
    assert parts.neighbours[:, 0].tolist() == pytest.approx([10.0, 10.0, 20.0])
    assert parts.regional[:, 0].tolist() == pytest.approx([0.0, 0.0, -40.0])
    assert parts.area_growth == pytest.approx(0.1)


@given(two_years_and_neighbours())
@settings(max_examples=60, deadline=None)
def test_the_terms_add_up_and_agree_with_loops(given_years: tuple[Any, Any, Any]) -> None:
    start, end, weights = given_years
    parts = spatial_shift_share(start, end, weights)
    terms = parts.national + parts.mix + parts.neighbours + parts.regional
    np.testing.assert_allclose(terms, end - start, rtol=1e-9, atol=1e-8)
    np.testing.assert_allclose(parts.neighbour_mix, parts.mix + parts.neighbours)
    overall = end.sum() / start.sum() - 1
    for r in range(start.shape[0]):
        for a in range(start.shape[1]):
            rate = end[:, a].sum() / start[:, a].sum() - 1
            around = sum(weights[r, k] * start[k, a] for k in range(len(start)))
            later = sum(weights[r, k] * end[k, a] for k in range(len(start)))
            nearby = later / around - 1 if around else rate
            expected = (overall, rate - overall, nearby - rate, end[r, a] / start[r, a] - 1 - nearby)
            found = (parts.national, parts.mix, parts.neighbours, parts.regional)
            for term, share in zip(found, expected, strict=True):
                assert term[r, a] == pytest.approx(start[r, a] * share, rel=1e-9, abs=1e-7)


@given(two_years_and_neighbours())
@settings(max_examples=30, deadline=None)
def test_only_the_proportions_of_weights_matter(given_years: tuple[Any, Any, Any]) -> None:
    start, end, weights = given_years
    here = spatial_shift_share(start, end, weights)
    there = spatial_shift_share(start, end, weights * np.arange(1, len(start) + 1)[:, None])
    np.testing.assert_allclose(here.neighbours, there.neighbours, rtol=1e-9, atol=1e-7)


def test_without_neighbours_it_is_dunn_and_a_note_says_so() -> None:
    notes = Notes()
    start, end = np.array([[100.0, 50.0], [40.0, 90.0]]), np.array([[120.0, 55.0], [30.0, 99.0]])
    parts = spatial_shift_share(start, end, np.zeros((2, 2)), notes=notes)
    dunn = shift_share(start[0], end[0], start.sum(axis=0), end.sum(axis=0))
    np.testing.assert_allclose(parts.regional[0], dunn.regional, atol=1e-9)
    np.testing.assert_allclose(parts.mix[0], dunn.mix, atol=1e-9)
    assert (parts.neighbours == 0).all()
    assert notes.count("no_neighbours") == 4


def test_an_unknown_cell_is_masked_and_does_not_count_around_others() -> None:
    """The middle region does not know its end: the outer two have no neighbour then, and the area is the outer two."""
    notes = Notes()
    end = np.ma.masked_equal([[110.0], [-1.0], [210.0]], -1.0)
    parts = spatial_shift_share([[100.0], [100.0], [200.0]], end, LINE, notes=notes)
    assert parts.change[:, 0].tolist() == [10.0, None, 10.0]
    assert parts.area_growth == pytest.approx(20 / 300)
    assert notes.of_kind("no_neighbours")[0].positions == ((0, 0), (2, 0))


def test_a_published_area_sets_the_rates_and_an_unknown_activity_of_it_is_masked() -> None:
    area = np.ma.masked_equal([1000.0, -1.0], -1.0)
    start, end = [[100.0, 5.0], [100.0, 5.0]], [[110.0, 5.0], [120.0, 5.0]]
    parts = spatial_shift_share(start, end, [[0, 1], [1, 0]], area_start=area, area_end=[1050.0, 9.0])
    assert parts.national.tolist() == [[pytest.approx(5.0), None], [pytest.approx(5.0), None]]
    assert parts.neighbours[:, 0].tolist() == pytest.approx([15.0, 5.0])


def test_a_start_from_nobody_is_the_regions_own_doing() -> None:
    parts = spatial_shift_share([[0.0], [50.0]], [[25.0], [50.0]], [[0, 1], [1, 0]])
    assert (parts.national[0, 0], parts.mix[0, 0], parts.neighbours[0, 0], parts.regional[0, 0]) == (
        0,
        0,
        0,
        25,
    )


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (np.eye(2), "no neighbour of itself, at region 0, neighbour 0"),
        ([[0, -1], [1, 0]], "below 0, at region 0, neighbour 1"),
        (np.ma.masked_equal([[0, 9], [1, 0]], 9), "unknown, at region 0, neighbour 1"),
    ],
)
def test_impossible_neighbours_are_refused(weights: Any, words: str) -> None:
    with pytest.raises(NotNeighbours, match=words):
        spatial_shift_share([[1.0], [1.0]], [[1.0], [1.0]], weights)


def test_bad_input_is_refused() -> None:
    ones, pair = [[1.0], [1.0]], [[0, 1], [1, 0]]
    with pytest.raises(WrongShape, match="The weights"):
        spatial_shift_share(ones, ones, LINE)
    with pytest.raises(RefusedInput, match="one year only"):
        spatial_shift_share(ones, ones, pair, area_start=[5.0])
    with pytest.raises(AbsentFromArea, match="at region 0, activity 0"):
        spatial_shift_share(ones, ones, pair, area_start=[0.0], area_end=[5.0])
    with pytest.raises(NothingToCompare):
        spatial_shift_share(np.ma.masked_all((2, 1)), ones, pair)
    with pytest.raises(NothingToCompare):
        spatial_shift_share([[0.0], [0.0]], ones, pair)
