"""esda through our door: maps that can be drawn by hand, the examples of its own pages, and the formulas in loops."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from factories.neighbourhoods import checkerboard, lattice
from regional_analytics import Notes
from regional_analytics.adapters.spatial import (
    Quadrant,
    getis_ord,
    join_counts,
    local_getis_ord,
    local_morans_i,
    morans_i,
)

pytestmark = pytest.mark.library("esda")

BOARD = lattice(4, 4)
HALVES = np.repeat([0.0, 1.0], 8)
# The points and figures of the examples of esda's getisord.py (2.9.0), neighbours within 15.
POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], dtype=float)
NEAR = np.hypot(*(POINTS[:, None] - POINTS).transpose(2, 0, 1)) <= 15
NEAR = (NEAR & ~np.eye(6, dtype=bool)).astype(float)
FIGURES = np.array([2, 3, 3.2, 5, 8, 7])


def moran_in_loops(values: np.ndarray, weights: np.ndarray) -> float:
    n, mean = len(values), values.mean()
    above = total = 0.0
    for r in range(n):
        for s in range(n):
            weight = weights[r, s] / weights[r].sum()
            total += weight
            above += weight * (values[r] - mean) * (values[s] - mean)
    return n / total * above / sum((value - mean) ** 2 for value in values)


def test_a_checkerboard_is_minus_one() -> None:
    """Every neighbour is the opposite, so I is −1, and I expects −1/(n − 1) = −1/15 of chance."""
    found = morans_i(checkerboard(4, 4), BOARD, seed=1)
    assert found.value == pytest.approx(-1)
    assert found.expected == pytest.approx(-1 / 15)
    assert found.p == pytest.approx(1 / 1000)
    assert (found.permutations, found.seed) == (999, 1)


def test_two_halves_are_alike() -> None:
    """Of the 16 squares 8 have neighbours of their half only; the others 2 of 3, or 3 of 4."""
    found = morans_i(HALVES, BOARD, seed=1)
    assert found.value == pytest.approx((8 + 4 * (1 / 3) + 4 * (1 / 2)) / 16)
    assert found.value == pytest.approx(moran_in_loops(HALVES, BOARD))
    assert found.p < 0.01


def test_it_agrees_with_loops_over_the_formula() -> None:
    values = np.random.default_rng(3).normal(size=16)
    weights = BOARD * np.random.default_rng(4).uniform(0.5, 2, (16, 16))
    assert morans_i(values, weights, seed=1).value == pytest.approx(moran_in_loops(values, weights))
    unit = morans_i(values, weights, seed=1, permutations=99)
    assert morans_i(values * 7 + 5, weights, seed=1, permutations=99).value == pytest.approx(unit.value)


def test_the_seed_decides_and_nothing_outside_is_touched() -> None:
    values = np.random.default_rng(3).normal(size=16)
    np.random.seed(11)
    before = np.random.random(3).tolist()
    np.random.seed(11)
    first = morans_i(values, BOARD, seed=5)
    assert np.random.random(3).tolist() == before
    assert morans_i(values, BOARD, seed=5) == first
    assert any(morans_i(values, BOARD, seed=seed).p != first.p for seed in (6, 7, 8))


def test_unknown_figures_leave_their_regions_out_with_a_note() -> None:
    values = np.ma.masked_array(HALVES, mask=np.arange(16) == 5)
    notes = Notes()
    found = local_morans_i(values, BOARD, seed=1, unknown="leave_out", notes=notes)
    assert notes.count("left_out") == 1
    assert found.value.mask.tolist() == (np.arange(16) == 5).tolist()
    kept = np.arange(16) != 5
    part = morans_i(HALVES[kept], BOARD[np.ix_(kept, kept)], seed=1)
    assert morans_i(values, BOARD, seed=1, unknown="leave_out") == part


def test_an_island_is_noted_and_has_no_local_figure() -> None:
    weights = BOARD.copy()
    weights[0] = weights[:, 0] = 0
    notes = Notes()
    found = local_morans_i(HALVES, weights, seed=1, notes=notes)
    assert notes.of_kind("no_neighbours")[0].positions == ((0,),)
    assert np.isnan(found.value[0]) and np.isnan(found.p[0]) and found.quadrant[0] == Quadrant.NONE
    assert not np.isnan(found.value[1:]).any()


def test_local_figures_add_up_and_say_which_way() -> None:
    """z is −1 and 1, so each I is 15/16 · z · mean of z around, and the mean around is −z."""
    found = local_morans_i(checkerboard(4, 4), BOARD, seed=1)
    assert found.value.tolist() == pytest.approx([-15 / 16] * 16)
    ones = checkerboard(4, 4) == 1
    assert set(found.quadrant[ones]) == {Quadrant.HIGH_AMONG_LOW}
    assert set(found.quadrant[~ones]) == {Quadrant.LOW_AMONG_HIGH}
    values = np.random.default_rng(3).normal(size=16)
    whole = morans_i(values, BOARD, seed=1)
    assert local_morans_i(values, BOARD, seed=1).value.sum() == pytest.approx(15 * whole.value)


def test_getis_ord_gives_what_the_pages_of_esda_print() -> None:
    found = getis_ord(FIGURES, NEAR, seed=10)
    assert round(found.value, 3) == 0.557
    assert round(1 - norm.cdf(abs(found.z)), 3) == 0.173
    star = local_getis_ord(FIGURES, NEAR, seed=10)
    assert star.value.tolist() == pytest.approx(
        [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    )
    without = local_getis_ord(FIGURES, NEAR, seed=10, itself=False)
    assert without.value.tolist() == pytest.approx(
        [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941]
    )
    assert set(star.quadrant.tolist()) == {0}


def test_the_general_g_by_hand() -> None:
    """Σ of x x over neighbours, both ways, over the same of all pairs; that a weight is 3 makes no difference."""
    above = (np.outer(FIGURES, FIGURES) * NEAR).sum()
    below = FIGURES.sum() ** 2 - (FIGURES**2).sum()
    assert getis_ord(FIGURES, NEAR * 3, seed=1).value == pytest.approx(above / below)


def test_join_counts_give_what_the_page_of_esda_prints() -> None:
    """4 × 4 in two halves: 24 joins, 10 inside each half, 4 across."""
    found = join_counts(HALVES, BOARD, seed=12345)
    assert (found.both, found.one, found.neither) == (10, 4, 10)
    assert (found.p_both, found.p_one) == (0.003, 1.0)


def test_joins_of_a_checkerboard_are_all_of_one() -> None:
    found = join_counts(checkerboard(4, 4), BOARD * 2, seed=1)
    assert (found.both, found.one, found.neither) == (0, 24, 0)
    assert found.p_both == 1.0
    assert found.p_one == 0.001
