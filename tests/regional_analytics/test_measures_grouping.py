"""A group of activities: its total, its lower bound, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from regional_analytics.measures import NegativeEmployment, RefusedInput, WrongShape, group_total

JOBS = np.ma.masked_equal([[100.0, 40.0, 60.0], [50.0, -1.0, 20.0], [-1.0, -1.0, 7.0], [0.0, 0.0, 9.0]], -1.0)


def test_a_total_counts_each_part_with_its_weight() -> None:
    found = group_total(JOBS, weights=[1.0, 0.5, 0.0])
    assert found.total[0] == 120.0 and found.parts == 2


def test_an_unknown_part_leaves_a_lower_bound_and_no_total() -> None:
    found = group_total(JOBS, weights=[1.0, 0.5, 0.0])
    assert found.total[1] is np.ma.masked and found.at_least[1] == 50.0 and found.parts_known[1] == 1


def test_nothing_known_is_neither_a_total_nor_a_bound() -> None:
    found = group_total(JOBS, weights=[1.0, 0.5, 0.0])
    assert found.total[2] is np.ma.masked and found.at_least[2] is np.ma.masked and found.parts_known[2] == 0


def test_zero_is_a_figure() -> None:
    assert group_total(JOBS, weights=[1.0, 0.5, 0.0]).total[3] == 0.0


def test_an_unknown_activity_outside_the_group_does_not_matter() -> None:
    assert group_total(JOBS, weights=[0.0, 0.0, 1.0]).total.tolist() == [60.0, 20.0, 7.0, 9.0]


@pytest.mark.parametrize("weights", [[1.0, 1.5, 0.0], [-0.1, 1.0, 0.0], [0.0, 0.0, 0.0]])
def test_weights_that_make_no_sense_are_refused(weights: list[float]) -> None:
    with pytest.raises(RefusedInput):
        group_total(JOBS, weights=weights)


def test_weights_of_another_table_are_refused() -> None:
    with pytest.raises(WrongShape):
        group_total(JOBS, weights=[1.0])


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(NegativeEmployment):
        group_total([[-5.0]], weights=[1.0])
