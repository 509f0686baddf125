"""spopt through our door: bands that anybody would draw, groups in one piece, and the same groups as without the door."""

from __future__ import annotations

import random
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.neighbourhoods import lattice
from regional_analytics import Notes
from regional_analytics.adapters.neighbours import as_pysal
from regional_analytics.adapters.regionalisation import join_regions, max_p
from regional_analytics.measures import RefusedInput

pytestmark = pytest.mark.library("spopt")

METHODS = ("skater", "azp", "ward", "k_means")
BOARD = lattice(4, 4)
BANDS = np.repeat([0.0, 0.0, 10.0, 10.0], 4)


def in_one_piece(group: np.ndarray, neighbours: np.ndarray) -> bool:
    """Walked from square to square."""
    for one in set(group.tolist()):
        inside = {int(at) for at in np.flatnonzero(group == one)}
        reached, ahead = set(), {min(inside)}
        while ahead:
            reached |= ahead
            ahead = {s for r in ahead for s in inside if neighbours[r, s]} - reached
        if reached != inside:
            return False
    return True


@pytest.mark.parametrize("method", METHODS)
def test_two_bands_are_found(method: Any) -> None:
    """Squares of a band are exactly alike, and nothing is left within: also for SKATER, which by itself takes neighbours
    without a difference for no neighbours."""
    found = join_regions(BANDS, BOARD, 2, seed=3, method=method)
    assert found.group.tolist() == [0] * 8 + [1] * 8
    assert (found.groups, found.within, found.method, found.seed) == (2, 0.0, method, 3)


def test_what_is_within_is_counted_by_hand() -> None:
    """Cut of a line 0, 1, 10, 12 in the middle: ½² · 2 + 1² · 2."""
    line = lattice(1, 4)
    found = join_regions(np.array([[0.0], [1.0], [10.0], [12.0]]), line, 2, seed=1, method="ward")
    assert found.group.tolist() == [0, 0, 1, 1]
    assert found.within == pytest.approx(2.5)


@pytest.mark.parametrize("method", METHODS)
@settings(deadline=None, max_examples=15)
@given(numbers=st.integers(0, 2**31), groups=st.integers(2, 5))
def test_groups_are_as_many_as_asked_and_in_one_piece(method: Any, numbers: int, groups: int) -> None:
    values = np.random.default_rng(numbers).normal(size=(16, 2))
    found = join_regions(values, BOARD, groups, seed=7, method=method)
    group = found.group.filled(-1)
    assert found.groups == groups == len(set(group.tolist()))
    assert in_one_piece(group, BOARD)
    assert [group.tolist().index(one) for one in range(groups)] == sorted(
        group.tolist().index(one) for one in range(groups)
    )
    again = join_regions(values, BOARD, groups, seed=7, method=method)
    assert again.group.tolist() == group.tolist()


def test_it_is_what_spopt_finds_by_itself() -> None:
    import pandas as pd
    from spopt.region import AZP, MaxPHeuristic, RegionKMeansHeuristic, Skater, WardSpatial

    values = np.random.default_rng(5).normal(size=(36, 2))
    board = lattice(6, 6)
    table = pd.DataFrame(values, columns=["a", "b"]).assign(size=1.0)
    theirs = {
        "skater": Skater(table, as_pysal(board), ["a", "b"], 5),
        "azp": AZP(table, as_pysal(board), ["a", "b"], 5, random_state=2),
        "ward": WardSpatial(table, as_pysal(board), ["a", "b"], 5),
        "k_means": RegionKMeansHeuristic(values, 5, as_pysal(board), seed=2),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for method, model in theirs.items():
            model.solve()
            ours = join_regions(values, board, 5, seed=2, method=method)  # type: ignore[arg-type]
            assert same_groups(ours.group.filled(-1), np.asarray(model.labels_)), method
        np.random.seed(2)
        random.seed(2)
        model = MaxPHeuristic(table, as_pysal(board), ["a", "b"], "size", 6)
        model.solve()
    ours = max_p(values, board, np.ones(36), 6, seed=2)
    assert ours.groups == model.p
    assert same_groups(ours.group.filled(-1), np.asarray(model.labels_))


def same_groups(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


def test_max_p_gives_every_group_enough() -> None:
    people = np.arange(1.0, 17.0)
    found = max_p(np.random.default_rng(1).normal(size=16), BOARD, people, 30, seed=4)
    group = found.group.filled(-1)
    assert 2 <= found.groups <= 136 // 30
    assert np.bincount(group, weights=people).min() >= 30
    assert in_one_piece(group, BOARD)
    assert max_p(BANDS, BOARD, people, 136, seed=4).groups == 1


def test_unknown_regions_are_left_out_with_a_note() -> None:
    values = np.ma.MaskedArray(BANDS, mask=np.arange(16) == 15)
    notes = Notes()
    found = join_regions(values, BOARD, 2, seed=1, unknown="leave_out", notes=notes)
    assert found.group.tolist() == [0] * 8 + [1] * 7 + [None]
    assert notes.of_kind("left_out")[0].positions == ((15,),)


def test_groups_that_cannot_be_found_are_refused() -> None:
    found = join_regions(BANDS, BOARD, 16, seed=1)
    assert found.groups == 16 and found.within == 0
    with pytest.raises(RefusedInput, match="into 17"):
        join_regions(BANDS, BOARD, 17, seed=1)
