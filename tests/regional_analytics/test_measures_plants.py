"""Concentration beyond plants, and sitting together: by hand, by the papers' own forms in plain loops, by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment
from regional_analytics import (
    Notes,
    cluster_index,
    coagglomeration,
    colocation,
    ellison_glaeser,
    group_coagglomeration,
    maurel_sedillot,
    per_head_quotient,
    plant_herfindahl,
)
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape

# Plants --------------------------------------------------------------------------------------------------


def test_four_equal_plants_have_a_herfindahl_of_a_quarter() -> None:
    assert plant_herfindahl([[10.0, 10.0, 10.0, 10.0], [40.0, 0.0, 0.0, 0.0]]).tolist() == [0.25, 1.0]


def test_a_class_is_as_many_equal_plants() -> None:
    """One of 60 and four of 10: 0.36 + 4 · 0.01; and classes of one are the plants themselves."""
    assert plant_herfindahl([[60.0, 40.0]], plants=[[1, 4]])[0] == pytest.approx(0.4)
    assert (
        plant_herfindahl([[60.0, 40.0]], plants=[[1, 1]]).tolist()
        == plant_herfindahl([[60.0, 40.0]]).tolist()
    )


@given(employment(least=1))
@settings(max_examples=30, deadline=None)
def test_classes_give_the_least_a_herfindahl_can_be(sizes: np.ndarray) -> None:
    """All plants of an activity in one class, next to each for itself."""
    together = plant_herfindahl(
        sizes.sum(axis=1, keepdims=True), plants=np.full((len(sizes), 1), sizes.shape[1])
    )
    assert (together <= plant_herfindahl(sizes) + 1e-12).all()


def test_one_secret_class_makes_the_herfindahl_unknown() -> None:
    jobs = np.ma.masked_equal([[60.0, -1.0], [60.0, 40.0]], -1.0)
    assert plant_herfindahl(jobs).mask.tolist() == [True, False]
    assert plant_herfindahl([[60.0, 40.0]], plants=np.ma.masked_equal([[1, -1]], -1)).mask.all()


def test_people_in_a_class_of_no_plants_are_refused_by_place() -> None:
    with pytest.raises(RefusedInput, match="activity 0, class 1"):
        plant_herfindahl([[60.0, 40.0]], plants=[[1, 0]])


def test_a_herfindahl_of_nobody_is_undefined() -> None:
    notes = Notes()
    assert np.isnan(plant_herfindahl([[0.0, 0.0]], notes=notes).data[0])
    assert notes.count("undefined") == 1


# Ellison and Glaeser, Maurel and Sédillot ----------------------------------------------------------------


def test_four_plants_in_one_of_two_regions_are_as_concentrated_as_can_be() -> None:
    """G = 0.5, X = 0.5, H = 0.25: (0.5 − 0.125) / (0.5 · 0.75) = 1."""
    for measure in (ellison_glaeser, maurel_sedillot):
        found = measure([[40.0], [0.0]], plants=[0.25], region_totals=[50.0, 50.0])
        assert found.gamma[0] == pytest.approx(1.0)
        assert (found.raw[0], found.expected_by_chance[0]) == (0.5, 0.125)


def test_the_two_disagree_where_an_activity_is_large_where_all_jobs_are() -> None:
    """Shares of 0.9 and 0.1 next to 0.8 and 0.2: a distance of 0.02, a difference of squares of 0.82 − 0.68."""
    jobs, totals = [[9.0], [1.0]], [80.0, 20.0]
    found = ellison_glaeser(jobs, plants=[0.0], region_totals=totals)
    other = maurel_sedillot(jobs, plants=[0.0], region_totals=totals)
    assert found.gamma[0] == pytest.approx(0.02 / 0.32)
    assert other.gamma[0] == pytest.approx(0.14 / 0.32)


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_they_agree_with_the_papers_forms_in_plain_loops(jobs: np.ndarray) -> None:
    lumps = [0.01 + 0.9 * a / jobs.shape[1] for a in range(jobs.shape[1])]
    found = ellison_glaeser(jobs, plants=lumps).gamma
    other = maurel_sedillot(jobs, plants=lumps).gamma
    whole = sum(sum(row) for row in jobs.tolist())
    x = [sum(row) / whole for row in jobs.tolist()]
    squares = sum(part**2 for part in x)
    for a, lump in enumerate(lumps):
        column = [row[a] for row in jobs.tolist()]
        s = [jobs_here / sum(column) for jobs_here in column]
        g = sum((s[r] - x[r]) ** 2 for r in range(len(x)))
        expected = (g / (1 - squares) - lump) / (1 - lump)
        assert found[a] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        p = (sum(part**2 for part in s) - squares) / (1 - squares)
        assert other[a] == pytest.approx((p - lump) / (1 - lump), rel=1e-9, abs=1e-9)


def test_darts_have_an_index_of_nothing_on_average() -> None:
    """Twenty plants of unequal size thrown at four regions by their size, three thousand times, seed 7."""
    random = np.random.default_rng(7)
    totals = np.array([400.0, 300.0, 200.0, 100.0])
    sizes = random.integers(5, 200, 20).astype(float)
    where = random.choice(4, (3000, 20), p=totals / totals.sum())
    jobs = np.stack([((where == r) * sizes).sum(axis=1) for r in range(4)])
    lumps = np.full(3000, float(plant_herfindahl(sizes[None, :])[0]))
    for measure in (ellison_glaeser, maurel_sedillot):
        found = measure(jobs, plants=lumps, region_totals=totals).gamma
        assert abs(found.mean()) < 4 * found.std() / np.sqrt(3000)


def test_what_is_not_known_of_plants_is_not_guessed() -> None:
    lumps = np.ma.masked_equal([0.25, -1.0], -1.0)
    found = ellison_glaeser([[4.0, 4.0], [1.0, 6.0]], plants=lumps)
    assert found.gamma.mask.tolist() == [False, True]
    assert found.raw.mask.tolist() == [False, False]


def test_nobody_a_single_plant_and_a_single_region_are_undefined() -> None:
    notes = Notes()
    found = ellison_glaeser([[4.0, 4.0, 0.0], [1.0, 6.0, 0.0]], plants=[1.0, 0.5, 0.5], notes=notes)
    assert np.isnan(found.gamma.data).tolist() == [True, False, True]
    assert {note.positions for note in notes.of_kind("undefined")} == {((0,),), ((2,),)}
    assert np.isnan(ellison_glaeser([[4.0, 1.0]], plants=[0.5, 0.5]).gamma.data).all()
    assert ellison_glaeser(np.ma.masked_all((2, 2)), plants=[0.5, 0.5]).gamma.mask.all()


@pytest.mark.parametrize(
    ("jobs", "plants", "error"),
    [
        ([[4.0, 4.0]], [0.5, 1.5], RefusedInput),
        ([[4.0, 4.0]], [0.5], WrongShape),
        ([[4.0, -4.0]], [0.5, 0.5], NegativeEmployment),
        ([[4.0, np.nan]], [0.5, 0.5], NotFinite),
    ],
)
def test_bad_input_is_refused(jobs: Any, plants: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        ellison_glaeser(jobs, plants=plants)


# Cluster index -------------------------------------------------------------------------------------------


def test_cluster_index_by_hand() -> None:
    """Three quarters on half of the land: 1.5; for half of the people: 1.5; in half of the plants: size 1.5."""
    found = cluster_index([[30.0], [10.0]], plants=[[4.0], [4.0]], population=[50.0, 50.0], land=[5.0, 5.0])
    assert found[0, 0] == pytest.approx(1.5)


@given(employment(least=1))
@settings(max_examples=30, deadline=None)
def test_with_plants_like_people_it_is_density_times_stock(jobs: np.ndarray) -> None:
    heads, land = np.arange(1.0, len(jobs) + 1), np.arange(2.0, len(jobs) + 2)
    found = cluster_index(jobs, plants=jobs, population=heads, land=land)
    expected = per_head_quotient(jobs, population=heads) * per_head_quotient(jobs, population=land)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_where_nobody_works_there_is_no_cluster_and_where_plants_are_missing_no_answer() -> None:
    notes = Notes()
    found = cluster_index(
        [[0.0, 5.0], [4.0, 5.0]],
        plants=[[0.0, 0.0], [2.0, 1.0]],
        population=[1.0, 1.0],
        land=[1.0, 1.0],
        notes=notes,
    )
    assert found[0, 0] == 0.0 and np.isnan(found.data[0, 1])
    assert notes.of_kind("undefined")[0].positions == ((0, 1),)


def test_an_unknown_region_makes_the_area_unknown() -> None:
    found = cluster_index(
        [[1.0], [4.0]],
        plants=[[1.0], [2.0]],
        population=np.ma.masked_equal([1.0, -1.0], -1.0),
        land=[1.0, 1.0],
    )
    assert found.mask.all()


# Sitting together ----------------------------------------------------------------------------------------

TRIO = np.array([[30.0, 30.0, 0.0], [10.0, 10.0, 40.0]])


def test_coagglomeration_by_hand() -> None:
    assert coagglomeration(TRIO, region_totals=[50.0, 50.0]).tolist() == [
        [0.25, 0.25, -0.5],
        [0.25, 0.25, -0.5],
        [-0.5, -0.5, 1.0],
    ]


def test_regions_can_be_sized_by_the_mean_of_shares() -> None:
    """Shares of the first region 0.75, 0.75, 0: a mean of ½, whatever the activities' size."""
    sized = coagglomeration(TRIO * [1.0, 100.0, 7.0], region_size="mean_share")
    np.testing.assert_allclose(sized, coagglomeration(TRIO, region_totals=[50.0, 50.0]), atol=1e-12)


@given(employment(least=1))
@settings(max_examples=60, deadline=None)
def test_the_groups_index_of_1997_needs_no_plants(jobs: np.ndarray) -> None:
    """The paper's form with invented Herfindahls, in loops: they drop out."""
    lumps = [0.05 + 0.8 * a / jobs.shape[1] for a in range(jobs.shape[1])]
    whole = jobs.sum()
    w = jobs.sum(axis=0) / whole
    group = jobs.sum(axis=1) / whole
    totals = 2 * jobs.sum(axis=1) + np.arange(1.0, len(jobs) + 1)  # more jobs than the group's
    alone, x = ellison_glaeser(jobs, plants=lumps, region_totals=totals).gamma, totals / totals.sum()
    g = sum((group[r] - x[r]) ** 2 for r in range(len(x)))
    h = sum(w[a] ** 2 * lumps[a] for a in range(len(w)))
    own = sum(alone[a] * w[a] ** 2 * (1 - lumps[a]) for a in range(len(w)))
    expected = (g / (1 - sum(x**2)) - h - own) / (1 - sum(w**2))
    assert group_coagglomeration(jobs, region_totals=totals) == pytest.approx(float(expected), abs=1e-9)


def test_the_index_of_a_pair_is_that_of_the_group_of_two() -> None:
    pair = group_coagglomeration(TRIO, members=[True, False, True], region_totals=[50.0, 50.0])
    assert pair == pytest.approx(-0.5)


def test_a_region_with_a_secret_cell_is_left_out_and_named() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal(np.vstack([TRIO, [[5.0, -1.0, 5.0]]]), -1.0)
    found = coagglomeration(jobs, region_totals=[50.0, 50.0, 10.0], notes=notes)
    assert found[0].tolist() == [0.25, 0.25, -0.5]
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    assert group_coagglomeration(jobs, region_totals=[50.0, 50.0, 10.0]) == pytest.approx(
        group_coagglomeration(TRIO, region_totals=[50.0, 50.0])
    )


def test_nothing_known_nobody_and_one_region() -> None:
    assert coagglomeration(np.ma.masked_all((2, 2))).mask.all()
    notes = Notes()
    found = coagglomeration([[3.0, 0.0], [1.0, 0.0]], notes=notes)
    assert np.isnan(found.data).tolist() == [[False, True], [True, True]]
    assert notes.of_kind("undefined")[0].positions == ((1,),)
    assert np.isnan(coagglomeration([[3.0, 1.0]]).data).all()
    assert np.isnan(group_coagglomeration([[3.0, 0.0], [1.0, 0.0]]))
    assert np.isnan(group_coagglomeration(np.ma.masked_all((2, 2))))


@pytest.mark.parametrize(
    "options", [{"members": [True, False, False]}, {"members": [True, True]}, {"region_size": "land"}]
)
def test_an_impossible_group_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(RefusedInput):
        group_coagglomeration(TRIO, **options)


def pairs_in_one_place(plants: np.ndarray, a: int, b: int) -> float:
    """Every plant of a with every plant of b, one by one."""
    sites = [[r for r in range(len(plants)) for _ in range(int(plants[r, which]))] for which in (a, b)]
    pairs = [
        (one, two) for i, one in enumerate(sites[0]) for j, two in enumerate(sites[1]) if a != b or i != j
    ]
    return sum(one == two for one, two in pairs) / len(pairs) if pairs else float("nan")


@given(employment(most=4))
@settings(max_examples=60, deadline=None)
def test_colocation_is_the_share_of_pairs_in_one_place(plants: np.ndarray) -> None:
    found = colocation(plants).filled(np.inf)
    for a in range(plants.shape[1]):
        for b in range(plants.shape[1]):
            np.testing.assert_allclose(found[a, b], pairs_in_one_place(plants, a, b), atol=1e-12)


def test_the_example_of_the_paper_as_an_r_package_has_it() -> None:
    """Firms A B A B A B in X X X Y Y X: five of nine pairs."""
    assert colocation([[2, 2], [1, 1]])[0, 1] == pytest.approx(5 / 9)


def test_the_excess_is_next_to_the_mean_of_all_ways_to_hand_out_the_activities() -> None:
    """Four thousand times, seed 3: the mean of samples comes near, the expectation is exact."""
    plants = np.array([[3, 1], [1, 2], [0, 2]])
    sites = np.repeat([0, 1, 2], plants.sum(axis=1))
    random = np.random.default_rng(3)
    drawn = []
    for _ in range(4000):
        mixed = random.permutation(sites)
        a, b = mixed[:4], mixed[4:]
        drawn.append((a[:, None] == b[None, :]).mean())
    chance = colocation(plants)[0, 1] - colocation(plants, excess=True)[0, 1]
    assert chance == pytest.approx((4 * 3 + 3 * 2 + 2 * 1) / (9 * 8))
    assert chance == pytest.approx(np.mean(drawn), abs=4 * np.std(drawn) / np.sqrt(4000))
    among_all = colocation(np.hstack([plants, [[0], [0], [5]]]), excess=True, among="all")
    assert colocation(plants)[0, 1] - among_all[0, 1] == pytest.approx((4 * 3 + 3 * 2 + 7 * 6) / (14 * 13))


def test_colocation_of_the_unknown_and_of_none() -> None:
    notes = Notes()
    plants = np.ma.masked_equal([[2, -1, 0], [1, 1, 1]], -1)
    found = colocation(plants, notes=notes)
    assert found.mask.tolist() == [[False, True, False], [True, True, True], [False, True, False]]
    assert np.isnan(found.data[2, 2]) and found[0, 2] == pytest.approx(1 / 3)
    assert notes.of_kind("undefined")[0].positions == ((2,),)
    assert colocation(plants, excess=True, among="all").mask.all()


@pytest.mark.parametrize("plants", [[[1.5, 1.0]], [[-1.0, 1.0]], [1.0, 2.0]])
def test_plants_are_whole_and_not_negative(plants: Any) -> None:
    with pytest.raises(RefusedInput):
        colocation(plants)
    with pytest.raises(RefusedInput, match="pair or all"):
        colocation([[1, 1]], among="some")  # type: ignore[arg-type]
