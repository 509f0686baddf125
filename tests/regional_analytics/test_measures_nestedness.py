"""Nestedness and log-supermodularity: by hand, by loops over pairs and quadruples, and what is refused."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.employment import partly_known
from factories.relatedness import ladders, presences
from regional_analytics import (
    NegativeEmployment,
    NotAPresence,
    Notes,
    NotFinite,
    RefusedInput,
    WrongShape,
    log_supermodularity,
    nestedness,
)

pytestmark = pytest.mark.filterwarnings("error")


def overlaps(rows: np.ndarray, ties: str) -> list[float]:
    found = []
    for one, other in combinations(rows.astype(bool), 2):
        small, large = sorted((int(one.sum()), int(other.sum())))
        counted = small > 0 and (ties == "counted" or small < large)
        found.append(int((one & other).sum()) / small if counted else 0.0)
    return found


def test_overlaps_by_hand() -> None:
    """A has three activities and holds the two of B and of C whole: 1, 1. B and C are of a size and share one: 0, or ½.

    Steel is in three regions and covers wine and glass whole; these are of a size and share A: the same again.
    """
    there = [[1, 1, 1], [1, 1, 0], [0, 1, 1]]
    assert nestedness(there) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert nestedness(there, ties="counted") == pytest.approx((2.5 / 3, 2.5 / 3, 2.5 / 3))


@pytest.mark.parametrize("ties", ["zero", "counted"])
@given(presences())
@settings(max_examples=100, deadline=None)
def test_it_is_the_mean_over_all_pairs(ties: Any, there: np.ndarray) -> None:
    found = nestedness(there, ties=ties)
    sides = overlaps(there, ties), overlaps(there.T, ties)
    expected = [np.mean(side) if side else np.nan for side in (*sides, sides[0] + sides[1])]
    np.testing.assert_allclose(found, expected, atol=1e-12)
    turned = nestedness(there.T, ties=ties)
    np.testing.assert_allclose(turned, (found.activities, found.regions, found.whole), atol=1e-12)


@given(ladders(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_does_not_matter(there: np.ndarray, random: Any) -> None:
    rows, columns = (random.sample(range(length), length) for length in there.shape)
    np.testing.assert_allclose(nestedness(there[np.ix_(rows, columns)]), nestedness(there), atol=1e-12)


def test_a_region_with_nothing_says_nothing() -> None:
    found = nestedness([[1, 1], [1, 0], [0, 0]])
    assert found.regions == pytest.approx(1 / 3)
    assert nestedness(np.ma.masked_all((3, 2))) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("shape", [(1, 1), (0, 3), (0, 0), (1, 0)])
def test_one_alone_has_no_pair(shape: tuple[int, int]) -> None:
    notes = Notes()
    found = nestedness(np.ones(shape), notes=notes)
    assert np.isnan(found.regions) and notes.count("undefined") > 0


@pytest.mark.parametrize(
    ("given_", "error"),
    [([[0.5]], NotAPresence), ([[np.nan]], NotFinite), (np.ones((1, 1, 1)), WrongShape)],
)
def test_what_is_no_presence_is_refused(given_: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        nestedness(given_)


def test_a_way_to_count_ties_that_nobody_knows_is_refused() -> None:
    with pytest.raises(RefusedInput, match="Choose one of"):
        nestedness([[1, 0]], ties="half")  # type: ignore[arg-type]


# Log-supermodularity -------------------------------------------------------------------------------------


def by_quadruples(jobs: Any, rows: list[float], columns: list[float]) -> tuple[int, int]:
    held = compared = 0
    cells = np.ma.masked_array(jobs)
    for r, s in combinations(range(len(rows)), 2):
        for a, b in combinations(range(len(columns)), 2):
            low, high = (r, s) if rows[r] < rows[s] else (s, r)
            less, more = (a, b) if columns[a] < columns[b] else (b, a)
            four = [cells[high, more], cells[low, less], cells[low, more], cells[high, less]]
            if rows[r] == rows[s] or columns[a] == columns[b] or any(one is np.ma.masked for one in four):
                continue
            with_it, against = four[0] * four[1], four[2] * four[3]
            if with_it + against > 0:
                held, compared = held + int(with_it > against), compared + 1
    return held, compared


@given(partly_known(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_all_quadruples_are_compared_where_they_are_few(jobs: Any, random: Any) -> None:
    rows, columns = ([float(random.randint(0, 4)) for _ in range(length)] for length in jobs.shape)
    held, compared = by_quadruples(jobs, rows, columns)
    found = log_supermodularity(jobs, rows, columns)
    assert found.compared == compared
    assert np.isnan(found.share) if compared == 0 else found.share == pytest.approx(held / compared)


def test_many_are_drawn_and_the_draw_can_be_repeated() -> None:
    """Rows and columns of log E = ability · need hold always: the share is 1, however they are drawn."""
    jobs = np.exp(np.outer(np.linspace(0, 3, 40), np.linspace(0, 2, 50)))
    always = log_supermodularity(jobs, np.arange(40.0), np.arange(50.0), samples=5000)
    assert always.share == 1.0 and 4000 < always.compared <= 5000
    noise = np.random.default_rng(2).random((40, 50))
    one, again, other = (
        log_supermodularity(noise, np.arange(40.0), np.arange(50.0), samples=5000, seed=seed)
        for seed in (1, 1, 2)
    )
    assert one == again != other
    assert one.share == pytest.approx(0.5, abs=0.03)


def test_what_is_tied_or_unknown_in_an_order_is_not_compared() -> None:
    jobs = [[4.0, 1.0], [2.0, 3.0]]
    for order in ([0.0, 0.0], [np.nan, 1.0], np.ma.masked_equal([-9.0, 1.0], -9.0)):
        notes = Notes()
        found = log_supermodularity(jobs, order, [0.0, 1.0], notes=notes)
        assert np.isnan(found.share) and found.compared == 0 and notes.count("undefined") == 1


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (1, 1), (0, 3), (0, 0)])
def test_one_alone_cannot_be_compared(shape: tuple[int, int]) -> None:
    found = log_supermodularity(np.ones(shape), np.arange(shape[0]), np.arange(shape[1]))
    assert np.isnan(found.share) and found.compared == 0


def test_figures_that_cannot_be_are_refused() -> None:
    with pytest.raises(NegativeEmployment):
        log_supermodularity([[-1.0, 1.0]], [0.0], [0.0, 1.0])
    with pytest.raises(WrongShape, match="orders do not fit"):
        log_supermodularity([[1.0, 1.0]], [0.0, 1.0], [0.0, 1.0])
