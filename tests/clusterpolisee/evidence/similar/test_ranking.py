"""Ranks and reasons over a table whose answer can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from clusterpolisee.evidence.similar.asked import Among, Asked
from clusterpolisee.evidence.similar.columns import Column, common_year
from clusterpolisee.evidence.similar.ranking import Ranking, ranked
from clusterpolisee.evidence.similar.table import LikenessTable, difference, usual_is_one
from clusterpolisee.evidence.similar.weightings import Scheme, Variable, rules

X = np.nan
SCHEME = Scheme("example", "1", {"en": "example"})


def table_of(codes: list[str], **columns: list[float]) -> LikenessTable:
    """One variable a dimension; cells are values already on one scale."""
    made, apart = [], []
    for name, cells in columns.items():
        values = np.ma.masked_invalid(cells)
        years = tuple(0 if np.isnan(cell) else 2020 for cell in cells)
        made.append(Column(Variable(name, name), None, values, years, 2020))
        apart.append(np.ma.abs(values[:, None] - values[None, :]))
    return LikenessTable(("test", tuple(codes)), tuple(codes), 2024, tuple(made), (), np.ma.stack(apart))


def found(table: LikenessTable, code: str, among: Among = Among.EVERYWHERE, **weights: int) -> Ranking:
    return ranked(table, code, SCHEME, among, {**dict.fromkeys(table.dimensions, 0), **weights})


def codes(table: LikenessTable, ranking: Ranking) -> list[str]:
    return [table.codes[one.row] for one in ranking.neighbours]


FOUR = table_of(["BG1", "BG2", "RO1", "RO2"], people=[0, 1, 0, 3], work=[0, 0, 3, 3])


def test_distance_is_the_weighted_mean_of_differences() -> None:
    ranking = found(FOUR, "BG1", people=3, work=1)
    assert codes(FOUR, ranking) == ["BG2", "RO1", "RO2"]
    assert [one.distance for one in ranking.neighbours] == pytest.approx([0.75, 0.75, 3.0])


def test_other_weights_make_another_neighbour_nearest() -> None:
    assert codes(FOUR, found(FOUR, "BG1", people=5, work=1))[0] == "RO1"
    assert codes(FOUR, found(FOUR, "BG1", people=1, work=5))[0] == "BG2"


def test_abroad_and_at_home() -> None:
    assert codes(FOUR, found(FOUR, "BG1", Among.OUTSIDE, people=1, work=1)) == ["RO1", "RO2"]
    assert codes(FOUR, found(FOUR, "BG1", Among.INSIDE, people=1, work=1)) == ["BG2"]


def test_who_is_farther_under_all_weights_never_comes_first() -> None:
    ranking = found(FOUR, "BG1", people=1, work=1)
    last = ranking.neighbours[-1]
    assert FOUR.codes[last.row] == "RO2"
    assert (last.lowest, last.median, last.highest) == (3, 3, 3)


def test_the_same_question_has_the_same_ranges() -> None:
    assert found(FOUR, "BG1", people=1, work=1).neighbours == found(FOUR, "BG1", people=1, work=1).neighbours


def test_one_weight_cannot_be_moved_so_there_are_no_ranges() -> None:
    ranking = found(FOUR, "BG1", people=1)
    assert not ranking.has_draws
    assert [one.rank for one in ranking.neighbours] == [1, 2, 3]


def test_what_is_unknown_counts_as_usual_and_brings_nobody_near() -> None:
    """Of the second nothing but people is known, and there it is the same; of the third all is known and near."""
    table = table_of(["BG1", "BG2", "RO1"], people=[0, 0, 0.2], work=[0, X, 0.2])
    ranking = found(table, "BG1", people=1, work=1)
    assert codes(table, ranking) == ["RO1", "BG2"]
    assert [one.distance for one in ranking.neighbours] == pytest.approx([0.2, 0.5])
    assert [one.coverage for one in ranking.neighbours] == pytest.approx([1.0, 0.5])


def test_below_the_least_coverage_a_pair_is_not_compared() -> None:
    table = table_of(["BG1", "BG2", "RO1"], people=[0, 0, 0.2], work=[0, X, 0.2])
    assert codes(table, found(table, "BG1", people=1, work=2)) == ["RO1"]
    assert found(table, "BG2", people=1, work=2).own_coverage == pytest.approx(1 / 3)


def test_one_is_as_unlike_as_two_regions_usually_are() -> None:
    apart = usual_is_one(difference(np.ma.masked_invalid([0.0, 1.0, 2.0, X]), "none"))
    assert apart[0].filled(-1).tolist() == pytest.approx(
        [0.0, 0.75, 1.5, -1]
    )  # the mean of 1, 1 and 2 is 4/3


def test_where_all_are_the_same_nobody_is_unlike() -> None:
    assert usual_is_one(difference(np.ma.array([5.0, 5.0]), "none")).tolist() == [[0.0, 0.0], [0.0, 0.0]]


def test_common_year_is_the_newest_that_half_of_the_regions_have() -> None:
    known = {
        "A": {2020: 1.0, 2024: 1.0},
        "B": {2020: 1.0, 2023: 1.0},
        "C": {2020: 1.0, 2023: 1.0},
        "D": {2020: 1.0},
    }
    assert common_year(known) == 2023
    assert common_year({"A": {}}) is None


# What is asked


def test_every_weighting_has_a_version_words_and_known_dimensions() -> None:
    by = rules()
    inside = {one.dimension for one in (*by.variables, *by.mixes)}
    assert set(by.dimensions) == inside
    for scheme in by.weightings:
        assert scheme.version and set(scheme.names) == set(scheme.notes) == {"en", "bg"}
        assert set(scheme.weights) <= inside and all(0 <= weight <= 5 for weight in scheme.weights.values())


def test_the_first_weighting_leaves_performance_out() -> None:
    by = rules()
    counted = by.weightings[0].weights
    assert not {one.indicator for one in by.variables if one.dimension in counted} & set(by.performance)


def test_weights_of_the_address_are_whole_numbers_to_five() -> None:
    asked = Asked.of(
        {"w_people": "5", "w_work": "6", "w_education": "-1", "w_branches": "x" * 999, "w_none": "3"}
    )
    assert asked.weights["people"] == 5 and asked.weights["work"] == 0
    assert asked.weights["education"] == 2 and asked.weights["branches"] == 2
    assert asked.choices() == {"w_people": "5"} and asked.has_own_weights


def test_nonsense_is_the_first_question() -> None:
    assert Asked.of({"by": "<script>", "among": "moon"}) == Asked.of({})
    assert Asked.of({}).choices() == {}


def test_nothing_but_zeros_is_no_question() -> None:
    asked = Asked.of({f"w_{key}": "0" for key in rules().dimensions})
    assert asked.weights == rules().weightings[0].weights
