"""One region among the known ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_analytics import standing
from regional_analytics.measures import RefusedInput, Standing, UnknownValue, WrongShape


def test_standing_by_hand() -> None:
    """Of 40, 10, 20, 20 the third is second with the fourth; one is lower and two are equal: (1 + 1) of 4."""
    assert standing([40.0, 10.0, 20.0, 20.0], 2) == Standing(2, 4, 20.0, 17.5, 25.0, 50.0)


def test_equal_values_share_the_better_rank_and_the_next_one_is_skipped() -> None:
    values = [40.0, 10.0, 20.0, 20.0]
    assert [standing(values, position).rank for position in range(4)] == [1, 4, 2, 2]


def test_the_lowest_may_be_the_best() -> None:
    """Unemployment of 4, 9, 9, 20 per cent; the spread does not turn with it."""
    values = [4.0, 9.0, 9.0, 20.0]
    assert [standing(values, position, best="lowest").rank for position in range(4)] == [1, 2, 2, 4]
    assert standing(values, 0, best="lowest").percentile == standing(values, 0).percentile == 12.5


def test_unknown_and_undefined_regions_do_not_compete() -> None:
    values = np.ma.MaskedArray([99.0, 3.0, np.nan, 5.0], mask=[True, False, False, False])
    place = standing(values, 1)
    assert (place.rank, place.out_of, place.median) == (2, 2, 4.0)


def test_alone_is_first_of_one() -> None:
    assert standing([7.0], 0) == Standing(1, 1, 7.0, 7.0, 7.0, 50.0)


@pytest.mark.parametrize("position", [0, 1])
def test_what_is_unknown_has_no_rank(position: int) -> None:
    values = np.ma.MaskedArray([99.0, np.nan, 5.0], mask=[True, False, False])
    with pytest.raises(UnknownValue, match=f"at region {position}"):
        standing(values, position)


def test_infinity_and_positions_outside_are_refused() -> None:
    with pytest.raises(RefusedInput, match=r"infinite value cannot be ranked .*, at region 1"):
        standing([1.0, np.inf], 0)
    for position in (-1, 2):
        with pytest.raises(WrongShape):
            standing([1.0, 2.0], position)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_ranks_quartiles_and_percentiles_agree_with_a_data_frame(numbers: list[int]) -> None:
    series = pd.Series(numbers, dtype=float)
    ranks, middle = series.rank(method="min", ascending=False), series.rank(method="average") - 0.5
    for position in range(len(numbers)):
        place = standing(numbers, position)
        assert place.rank == ranks[position]
        assert place.percentile == pytest.approx(100 * middle[position] / len(numbers))
        quartiles = (place.lower_quartile, place.median, place.upper_quartile)
        assert quartiles == pytest.approx(tuple(series.quantile([0.25, 0.5, 0.75])))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_turning_the_scale_round_turns_the_percentile_round(numbers: list[int]) -> None:
    here, there = standing(numbers, 0), standing([-number for number in numbers], 0, best="lowest")
    assert here.rank == there.rank
    assert here.percentile == pytest.approx(100 - there.percentile)
