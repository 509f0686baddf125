"""Distances between regions: by hand, in plain loops, beside other packages; who is nearest, and why."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import (
    Notes,
    Weighting,
    WrongShape,
    candidates,
    explain_distance,
    nearest_regions,
    structural_distance,
)
from regional_analytics.measures.inputs import RefusedInput

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "structural_distance.json").read_text())
TABLE = np.ma.masked_invalid([[0.0, 0.0, 0.5], [0.5, 1.0, 0.5], [0.5, np.nan, 0.0]])
SCHEME = Weighting(dimensions=("people", "people", "economy"))


def tables() -> st.SearchStrategy[np.ma.MaskedArray]:
    values = arrays.arrays(np.float64, (5, 4), elements=st.floats(0, 1, width=16))
    return st.builds(
        lambda data, unknown: np.ma.MaskedArray(data, mask=unknown),
        values,
        arrays.arrays(np.bool_, (5, 4), elements=st.sampled_from([False, False, False, True])),
    )


def in_plain_loops(table: np.ma.MaskedArray, weights: list[float], power: int) -> tuple[list, list]:
    """The formula, cell by cell: distances and coverages."""
    regions, variables = table.shape
    unknown = np.ma.getmaskarray(table)
    distances, coverages = [], []
    for r in range(regions):
        for s in range(regions):
            total = covered = 0.0
            for k in range(variables):
                if not (unknown[r, k] or unknown[s, k]):
                    covered += weights[k]
                    total += weights[k] * abs(float(table[r, k]) - float(table[s, k])) ** power
            distances.append(total / covered if covered else float("nan"))
            coverages.append(covered)
    return distances, coverages


def test_dimensions_count_the_same_however_many_variables_they_have() -> None:
    """¼ · 0.5² + ¼ · 1² + ½ · 0² = 0.3125."""
    found = structural_distance(TABLE, weighting=SCHEME)
    assert found.weights.tolist() == [0.25, 0.25, 0.5]
    assert found.distance[0, 1] == 0.3125


def test_what_is_unknown_of_one_is_left_out_and_the_rest_weighs_more() -> None:
    """(¼ · 0.5² + ½ · 0.5²) / ¾ = 0.25."""
    found = structural_distance(TABLE, weighting=SCHEME)
    assert found.coverage[0, 2] == 0.75
    assert found.distance[0, 2] == 0.25


def test_a_pair_with_too_little_in_common_is_masked_and_named() -> None:
    notes = Notes()
    found = structural_distance(TABLE, weighting=SCHEME, least_coverage=0.8, notes=notes)
    assert np.ma.getmaskarray(found.distance).tolist() == [
        [False, False, True],
        [False, False, True],
        [True, True, True],
    ]
    (note,) = notes.of_kind("too_little_in_common")
    assert (note.axes, note.positions) == (("region", "other"), ((0, 2), (1, 2), (2, 2)))


def test_nothing_in_common_is_undefined_where_nothing_is_asked_for() -> None:
    notes = Notes()
    table = np.ma.masked_invalid([[1.0, np.nan], [np.nan, 1.0]])
    found = structural_distance(table, least_coverage=0.0, notes=notes)
    assert np.isnan(found.distance[0, 1])
    assert notes.count("undefined") == 1


def test_manhattan_and_gower_differ_by_the_range() -> None:
    """Ranges 4 and 2: |2|/4 and |2|/2, half each."""
    table = [[0.0, 0.0], [2.0, 2.0], [4.0, 1.0]]
    assert structural_distance(table, method="manhattan").distance[0, 1] == 2.0
    assert structural_distance(table, method="gower").distance[0, 1] == 0.75


def test_a_block_counts_like_a_dimension() -> None:
    """⅓ · (0.5 · 0.25 + 0.5 · 1) over the people, ⅓ · 0 over the economy, ⅓ · 0.6 over the mix of industries."""
    mix = [[0.0, 0.6, 0.2], [0.6, 0.0, 0.1], [0.2, 0.1, 0.0]]
    found = structural_distance(TABLE, weighting=SCHEME, blocks={"industries": mix})
    assert found.distance[0, 1] == pytest.approx((0.625 + 0 + 0.6) / 3)
    assert found.block_weights.tolist() == pytest.approx([1 / 3])


def test_an_unknown_pair_of_a_block_lowers_the_coverage() -> None:
    mix = np.ma.masked_equal([[0.0, -1.0], [-1.0, 0.0]], -1.0)
    found = structural_distance([[0.0], [1.0]], blocks={"industries": mix}, least_coverage=0.5)
    assert found.coverage.tolist() == [[1.0, 0.5], [0.5, 1.0]]
    assert found.distance[0, 1] == 1.0


@given(
    tables(),
    st.lists(st.integers(1, 9), min_size=4, max_size=4),
    st.sampled_from(["squared_euclidean", "manhattan"]),
)
@settings(max_examples=60, deadline=None)
def test_it_is_its_formula_in_plain_loops(table: np.ma.MaskedArray, heavy: list[int], method: str) -> None:
    weights = [one / sum(heavy) for one in heavy]
    scheme = Weighting(weights=tuple(float(one) for one in heavy))
    found = structural_distance(table, weighting=scheme, method=method, least_coverage=0.0)
    distances, coverages = in_plain_loops(table, weights, 2 if method == "squared_euclidean" else 1)
    np.testing.assert_allclose(found.distance.filled(np.nan).ravel(), distances, atol=1e-12)
    np.testing.assert_allclose(found.coverage.ravel(), coverages, atol=1e-12)
    np.testing.assert_array_equal(found.distance.filled(-1), found.distance.filled(-1).T)


def test_scikit_learn_agrees_where_values_are_missing() -> None:
    table = np.ma.masked_invalid(np.array(GOLDEN["partly_known"], dtype=np.float64))
    found = structural_distance(table, least_coverage=0.0).distance
    np.testing.assert_allclose(np.sqrt(5 * found.filled(np.nan)), GOLDEN["nan_euclidean"], atol=1e-12)


def test_the_package_gower_agrees_to_its_single_precision() -> None:
    scheme = Weighting(weights=tuple(GOLDEN["weights"]))
    found = structural_distance(GOLDEN["whole"], weighting=scheme, method="gower").distance
    np.testing.assert_allclose(found.filled(np.nan), GOLDEN["gower"], atol=1e-6)


# Who is nearest ------------------------------------------------------------------------------------------


def test_the_nearest_come_first_and_never_the_region_itself() -> None:
    """0–1 is 0.3125, 0–2 is 0.25, and 1–2, alike in the first variable, ½ · 0.25 / ¾ = 0.167."""
    found = nearest_regions(structural_distance(TABLE, weighting=SCHEME).distance, 5)
    assert found.positions.tolist() == [[2, 1], [2, 0], [1, 0]]
    assert found.distances[0].tolist() == [0.25, 0.3125]


def test_only_abroad_only_at_home() -> None:
    distance = [[0.0, 0.1, 0.3], [0.1, 0.0, 0.2], [0.3, 0.2, 0.0]]
    countries = ["BG", "BG", "RO"]
    abroad = nearest_regions(distance, 2, candidates=candidates(countries))
    assert abroad.positions.tolist() == [[2, None], [2, None], [1, 0]]
    home = nearest_regions(distance, 2, candidates=candidates(countries, "inside"))
    assert home.positions.tolist() == [[1, None], [0, None], [None, None]]


def test_pairs_that_are_unknown_do_not_compete() -> None:
    distance = np.ma.masked_equal([[0.0, -1.0], [-1.0, 0.0]], -1.0)
    assert nearest_regions(distance).positions.tolist() == [[None], [None]]


def test_a_region_alone_has_no_neighbour() -> None:
    assert nearest_regions(structural_distance([[1.0]]).distance).positions.tolist() == [[None]]


# Why they are near ---------------------------------------------------------------------------------------


def test_contributions_name_what_makes_the_difference() -> None:
    why = explain_distance(TABLE, 0, 1, weighting=SCHEME)
    assert why.contribution.tolist() == [0.0625, 0.25, 0.0]
    assert (why.most_different, why.most_alike) == ((1, 0, 2), (2, 0, 1))
    assert why.by_dimension == {"people": 0.3125, "economy": 0.0}


def test_what_is_unknown_is_in_no_list() -> None:
    why = explain_distance(TABLE, 0, 2, weighting=SCHEME)
    assert why.contribution.tolist() == [
        pytest.approx(0.25 * 0.25 / 0.75),
        None,
        pytest.approx(0.5 * 0.25 / 0.75),
    ]
    assert why.most_different == (2, 0)
    assert why.most_alike == (2, 0), "equal differences: the heavier first"
    assert why.coverage == 0.75


@given(tables(), st.sampled_from(["squared_euclidean", "manhattan", "gower"]))
@settings(max_examples=60, deadline=None)
def test_contributions_add_up_to_the_distance(table: np.ma.MaskedArray, method: str) -> None:
    mix = np.abs(np.arange(5.0)[:, None] - np.arange(5.0)) / 4
    spoken = {"blocks": {"mix": mix}, "weighting": Weighting(dimensions=("a", "b", "a", "b"))}
    found = structural_distance(table, method=method, least_coverage=0.0, **spoken)
    why = explain_distance(table, 1, 3, method=method, **spoken)
    assert float(why.contribution.sum()) == pytest.approx(float(found.distance[1, 3]), abs=1e-14)
    assert sum(why.by_dimension.values()) == pytest.approx(why.distance, abs=1e-14)
    assert why.coverage == pytest.approx(found.coverage[1, 3])


# What is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"method": "cosine"}, "no method “cosine”"),
        ({"least_coverage": 2.0}, "least coverage of 2"),
        ({"weighting": Weighting(weights=(1.0, 2.0))}, "2 weights for 3 variables"),
        ({"weighting": Weighting(weights=(1.0, -2.0, 1.0))}, "not all 0 or more"),
        ({"weighting": Weighting(weights=(0.0, 0.0, 0.0))}, "All weights in “variables” are 0|one above 0"),
        (
            {"weighting": Weighting(dimensions=("a", "a", "b"), weights=(1.0, 1.0, 0.0))},
            "All weights in “b” are 0",
        ),
        ({"weighting": Weighting(dimension_weights={"people": 1.0})}, "do not both have"),
        ({"blocks": {"mix": [[0.0, 1.0], [1.0, 0.0]]}}, "shape"),
        ({"blocks": {"mix": [[0.0, 1.0, 2.0], [9.0, 0.0, 1.0], [2.0, 1.0, 0.0]]}}, "not the same both ways"),
        ({"blocks": {"variables": np.zeros((3, 3))}}, "both named “variables”"),
    ],
)
def test_what_makes_no_distance_is_refused_in_words(options: dict, words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        structural_distance(TABLE, **options)


def test_infinity_is_refused_and_undefined_is_not_compared() -> None:
    with pytest.raises(RefusedInput, match="infinite, at region 0, variable 0"):
        structural_distance([[np.inf], [1.0]])
    assert structural_distance([[np.nan, 1.0], [1.0, 1.0]], least_coverage=0.5).coverage[0, 1] == 0.5


def test_pairs_and_positions_that_do_not_exist_are_refused() -> None:
    with pytest.raises(WrongShape, match="no regions 0 and 9"):
        explain_distance(TABLE, 0, 9)
    with pytest.raises(RefusedInput, match="Nothing is known of both"):
        explain_distance(np.ma.masked_invalid([[1.0, np.nan], [np.nan, 1.0]]), 0, 1)
    with pytest.raises(WrongShape, match="Candidates are"):
        nearest_regions(np.zeros((2, 2)), candidates=[[True]])
    with pytest.raises(RefusedInput, match="0 regions cannot be named"):
        nearest_regions(np.zeros((2, 2)), 0)
    with pytest.raises(WrongShape, match="The distance has the shape"):
        nearest_regions(np.zeros((2, 3)))
    with pytest.raises(RefusedInput, match="no “near” of a group"):
        candidates(["BG"], "near")  # type: ignore[arg-type]


def test_inputs_stay_as_they_were() -> None:
    table, mix = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    before = table.copy(), mix.copy()
    structural_distance(table, method="gower", blocks={"mix": mix})
    assert (table == before[0]).all() and (mix == before[1]).all()
