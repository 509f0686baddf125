"""A region among its peers: gaps, ranks, best performers, and what is not known of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import Notes, WrongShape, nearest_regions, peer_performance, standing
from regional_analytics.measures.inputs import RefusedInput

#        income, unemployment
FIGURES = np.ma.masked_invalid(
    [[20.0, 9.0], [30.0, 5.0], [40.0, 6.0], [50.0, 7.0], [60.0, np.nan], [999.0, 0.0]]
)
BEST = ("highest", "lowest")


def test_a_gap_below_0_is_worse_whichever_way_is_good() -> None:
    """Income 20 30 40 50 60: median 40, quartiles 30 and 50. Unemployment 9 5 6 7: median 6.5, quartiles 5.75, 7.5."""
    found = peer_performance(FIGURES, 0, [1, 2, 3, 4], best=BEST)
    assert found.value.tolist() == [20.0, 9.0]
    assert found.median.tolist() == [40.0, 6.5]
    assert (found.lower_quartile.tolist(), found.upper_quartile.tolist()) == ([30.0, 5.75], [50.0, 7.5])
    assert found.gap_to_median.tolist() == [-20.0, -2.5]
    assert found.gap_to_best_quarter.tolist() == [-30.0, -3.25]
    assert found.rank.tolist() == [5, 4]


def test_deviations_are_robust() -> None:
    """Distances from 40 are 20 10 0 10 20, their median 10; from 6.5 they are 2.5 1.5 0.5 0.5, their median 1."""
    found = peer_performance(FIGURES, 0, [1, 2, 3, 4], best=BEST)
    assert found.deviations_to_median.tolist() == pytest.approx([-2 / 1.4826, -2.5 / 1.4826])
    assert found.deviations_to_best_quarter.tolist() == pytest.approx([-3 / 1.4826, -3.25 / 1.4826])


def test_the_best_are_named_and_only_of_the_group() -> None:
    found = peer_performance(FIGURES, 0, [1, 2, 3, 4], best=BEST, top=2)
    assert found.best_performers.tolist() == [[4, 3], [1, 2]]


def test_what_is_missing_is_counted() -> None:
    notes = Notes()
    found = peer_performance(FIGURES, 0, [1, 2, 3, 4], best=BEST, notes=notes)
    assert (found.known.tolist(), found.unknown.tolist()) == ([5, 4], [0, 1])
    (note,) = notes.of_kind("ranked_among_known")
    assert note.positions == ((4, 1),)


def test_an_unknown_region_still_sees_its_peers() -> None:
    found = peer_performance(FIGURES, 4, [1, 2, 3], best=BEST)
    assert found.value.tolist() == [60.0, None]
    assert found.rank.tolist() == [1, None]
    assert found.gap_to_median.tolist()[1] is None
    assert found.median[1] == 6.0


def test_an_indicator_nobody_knows_is_masked_throughout() -> None:
    found = peer_performance(np.ma.masked_all((3, 1)), 0, [1, 2], top=2)
    assert found.median.tolist() == found.value.tolist() == found.rank.tolist() == [None]
    assert found.best_performers.tolist() == [[None, None]]
    assert found.known.tolist() == [0]


def test_without_a_spread_there_are_no_deviations() -> None:
    notes = Notes()
    found = peer_performance([[9.0], [5.0], [5.0], [5.0]], 0, [1, 2, 3], notes=notes)
    assert found.gap_to_median.tolist() == [4.0]
    assert np.isnan(found.deviations_to_median[0])
    assert notes.count("undefined") == 1


def test_peers_come_straight_from_the_nearest() -> None:
    """The third neighbour is masked; the region itself, named among its peers, counts once."""
    nearest = nearest_regions(np.ma.masked_equal([[0.0, 0.1, -1.0], [0.1, 0.0, 0.2], [-1.0, 0.2, 0.0]], -1.0))
    assert peer_performance([[1.0], [2.0], [3.0]], 0, nearest.positions[0]).group == (0, 1)
    assert peer_performance([[1.0], [2.0], [3.0]], 0, [0, 2, 2]).group == (0, 2)


@given(arrays.arrays(np.float64, (7, 2), elements=st.integers(-50, 50).map(float)), st.sampled_from(BEST))
@settings(max_examples=60, deadline=None)
def test_inside_the_group_it_is_standing(figures: np.ndarray, best: str) -> None:
    found = peer_performance(figures, 2, [0, 4, 6], best=best)
    group = figures[[2, 0, 4, 6]]
    for at in range(2):
        stands = standing(group[:, at], 0, best=best)
        assert (found.rank[at], found.median[at]) == (stands.rank, stands.median)
        assert found.upper_quartile[at] == stands.upper_quartile
        best_value = group[:, at].max() if best == "highest" else group[:, at].min()
        assert figures[found.best_performers[at, 0], at] == best_value


@pytest.mark.parametrize(
    ("region", "peers", "options", "error", "words"),
    [
        (9, [1], {}, WrongShape, "no such region, at region 9"),
        (0, [1, 9], {}, WrongShape, "no such region, at region 9"),
        (0, [0], {}, RefusedInput, "no peers"),
        (0, np.ma.masked_all(2, dtype=int), {}, RefusedInput, "no peers"),
        (0, [1], {"best": "most"}, RefusedInput, "highest or lowest"),
        (0, [1], {"best": ["highest"]}, RefusedInput, "2 indicators"),
        (0, [1], {"top": 0}, RefusedInput, "0 regions cannot be named"),
    ],
)
def test_groups_that_do_not_exist_are_refused(
    region: int, peers: list, options: dict, error: type, words: str
) -> None:
    with pytest.raises(error, match=words):
        peer_performance(FIGURES, region, peers, **options)
