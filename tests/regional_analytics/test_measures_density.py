"""The part of what is related that a region has: by hand, by loops, its averages, and its place among options."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.relatedness import presences, relations
from regional_analytics import (
    Notes,
    NotFinite,
    RefusedInput,
    WrongShape,
    average_density,
    co_occurrence,
    distance,
    leave_region_out_density,
    proximity,
    relatedness,
    relatedness_density,
    relative_density,
    z_score,
)

NEAR = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]])  # wine, glass, steel
HAS = np.array([[1, 0, 0], [1, 1, 0]])


def matched(regions: int = 6) -> st.SearchStrategy[Any]:
    """A presence and a relatedness of the same activities."""
    return relations().flatmap(
        lambda near: st.tuples(
            presences(regions=regions, activities=len(near)).filter(lambda has: has.shape[1] == len(near)),
            st.just(near),
        )
    )


def by_loops(has: Any, near: Any, *, itself: bool, nearest: int | None = None) -> np.ndarray:
    regions, n = has.shape
    found = np.full((regions, n), np.nan)
    for p in range(n):
        weight = {q: near[q, p] for q in range(n) if itself or q != p}
        if nearest is not None:
            ranked = sorted(weight.values(), reverse=True)
            last = ranked[min(nearest, len(ranked)) - 1] if ranked else 0
            weight = {q: w for q, w in weight.items() if w >= last}
        for r in range(regions):
            if sum(weight.values()) > 0:
                found[r, p] = sum(w for q, w in weight.items() if has[r, q]) / sum(weight.values())
    return found


def test_density_by_hand() -> None:
    """To wine belong 1 + 0.5, to glass 0.5 + 1 + 0.5. Who has wine alone has 1 of 1.5, 0.5 of 2 and 0 of 1.5."""
    expected = [[1 / 1.5, 0.5 / 2, 0], [1, 1.5 / 2, 0.5 / 1.5]]
    np.testing.assert_allclose(relatedness_density(HAS, NEAR), expected, rtol=1e-15)


def test_an_activity_need_not_count_for_itself() -> None:
    assert relatedness_density(HAS, NEAR, counting="without_itself").tolist() == [[0, 0.5, 0], [1, 0.5, 1]]


def test_inside_and_outside_share_out_the_cells() -> None:
    inside = relatedness_density(HAS, NEAR, among="inside")
    outside = relatedness_density(HAS, NEAR, among="outside")
    assert (inside.mask == (HAS == 0)).all() and (outside.mask == (HAS == 1)).all()
    everything = relatedness_density(HAS, NEAR)
    assert (inside.filled(0) + outside.filled(0) == everything.data).all()


def test_of_a_cell_that_is_unknown_nobody_can_say_whether_it_is_an_option() -> None:
    notes = Notes()
    has = np.ma.masked_equal([[1, -1, 0]], -1)
    assert relatedness_density(has, NEAR, among="outside", notes=notes).mask.tolist() == [[True, True, False]]
    assert relatedness_density(has, NEAR, among="inside").mask.tolist() == [[False, True, True]]
    assert relatedness_density(has, NEAR)[0, 1] == 0.25
    assert notes.count("unknown_as_absent") == 1


def test_the_two_nearest_of_three_and_those_as_near_as_they() -> None:
    """Glass is nearest to itself, then to wine and steel alike: the second place is shared, so all three count."""
    assert relatedness_density(HAS, NEAR, nearest=2)[0].tolist() == [1 / 1.5, 0.25, 0]
    assert relatedness_density(HAS, NEAR, nearest=1)[0].tolist() == [1, 0, 0]
    assert relatedness_density(HAS, NEAR, nearest=9).tolist() == relatedness_density(HAS, NEAR).tolist()


@given(matched(), st.sampled_from([None, 1, 2, 3]), st.booleans())
@settings(max_examples=120, deadline=None)
def test_density_agrees_with_loops_over_the_formula(pair: Any, nearest: int | None, itself: bool) -> None:
    has, near = pair
    counting = "with_itself" if itself else "without_itself"
    found = relatedness_density(has, near, counting=counting, nearest=nearest)
    expected = by_loops(has, near, itself=itself, nearest=nearest)
    np.testing.assert_allclose(found.filled(np.nan), expected, atol=1e-14)
    apart = distance(has, near, counting=counting, nearest=nearest)
    np.testing.assert_allclose(apart.filled(np.nan), 1 - expected, atol=1e-14)


@given(matched())
@settings(max_examples=60, deadline=None)
def test_density_is_a_share_that_scale_and_order_do_not_change(pair: Any) -> None:
    has, near = pair
    found = relatedness_density(has, near).filled(-1)
    assert np.nanmax(found, initial=0) <= 1
    np.testing.assert_allclose(relatedness_density(has, 100 * near).filled(-1), found, atol=1e-14)
    turned = relatedness_density(has[::-1, ::-1], near[::-1, ::-1]).filled(-1)
    np.testing.assert_allclose(turned[::-1, ::-1], found, atol=1e-14)


@given(matched())
@settings(max_examples=60, deadline=None)
def test_who_has_everything_is_near_to_everything(pair: Any) -> None:
    has, near = pair
    found = relatedness_density(np.ones_like(has), near).data
    assert np.isin(found[~np.isnan(found)], [1.0]).all()


def test_an_activity_that_nothing_is_related_to_has_no_density() -> None:
    notes = Notes()
    lonely = np.diag([1.0, 1.0, 0.0])
    found = relatedness_density(HAS, lonely, notes=notes)
    assert np.isnan(found.data[:, 2]).all() and not np.isnan(found.data[:, :2]).any()
    (note,) = notes.of_kind("undefined")
    assert (note.count, note.positions) == (2, ((2,),))


def test_what_is_one_way_is_read_down_the_columns() -> None:
    """Whoever has wine gets glass, and not the other way round."""
    one_way = [[0.0, 1.0], [0.0, 0.0]]
    found = relatedness_density([[1, 0], [0, 1]], one_way).data
    assert found[:, 1].tolist() == [1, 0] and np.isnan(found[:, 0]).all()


def test_relations_below_chance_are_no_relations() -> None:
    notes = Notes()
    found = relatedness_density(HAS, [[0, 1, -1], [1, 0, 1], [-1, 1, 0]], notes=notes)
    assert found.tolist() == [[0, 0.5, 0], [1, 0.5, 1]]
    assert notes.count("negative_as_unrelated") == 2


def test_every_kind_of_relatedness_makes_a_density() -> None:
    has = np.random.default_rng(3).random((30, 12)) < 0.4
    for near in (proximity(has), relatedness(co_occurrence(has)), z_score(has)):
        found = relatedness_density(has, near).data
        assert ((found >= 0) & (found <= 1)).all()


def test_averages_by_hand() -> None:
    """Region 0 has wine: inside 1/1.5, outside (0.25 + 0)/2. Region 1: inside (1 + 0.75)/2, outside 0.5/1.5."""
    inside = average_density(HAS, NEAR, among="inside")
    outside = average_density(HAS, NEAR, among="outside")
    np.testing.assert_allclose(inside, [1 / 1.5, 0.875], rtol=1e-15)
    np.testing.assert_allclose(outside, [0.125, 1 / 3], rtol=1e-15)
    np.testing.assert_allclose(average_density(HAS, NEAR), [(1 / 1.5 + 0.25) / 3, (1.75 + 1 / 3) / 3])


def test_who_has_nothing_has_no_inside_and_who_has_everything_no_outside() -> None:
    notes = Notes()
    extremes = [[0, 0, 0], [1, 1, 1]]
    inside = average_density(extremes, NEAR, among="inside", notes=notes)
    outside = average_density(extremes, NEAR, among="outside", notes=notes)
    assert np.isnan(inside.data[0]) and inside[1] == 1 and np.isnan(outside.data[1]) and outside[0] == 0
    assert [note.positions for note in notes.of_kind("undefined")] == [((0,),), ((1,),)]


def test_a_lonely_activity_is_left_out_of_the_mean() -> None:
    assert average_density([[1, 0, 0]], np.diag([1.0, 1.0, 0.0])).tolist() == [0.5]


def test_relative_density_by_hand() -> None:
    """Options of region 0: glass 0.25 and steel 0. Mean 0.125, deviation 0.125, or 0.125·√2 with n − 1."""
    assert relative_density(HAS, NEAR)[0].tolist() == [None, 1, -1]
    sample = relative_density(HAS, NEAR, ddof=1)[0]
    np.testing.assert_allclose(sample.compressed(), [np.sqrt(0.5), -np.sqrt(0.5)])
    everything = relative_density(HAS, NEAR, among="all")[0]
    np.testing.assert_allclose(everything, [(1 / 1.5 - 0.125) / 0.125, 1, -1])


def test_a_single_option_is_not_far_or_near_among_options() -> None:
    notes = Notes()
    found = relative_density([[1, 1, 0], [1, 1, 1], [0, 0, 0]], NEAR, notes=notes)
    assert np.isnan(found.data[0, 2]) and found.mask[1].all() and np.isnan(found.data[2]).all()
    assert notes.of_kind("undefined")[0].positions == ((0,), (1,), (2,))


@given(matched(), st.sampled_from([0, 1]))
@settings(max_examples=80, deadline=None)
def test_options_of_a_region_have_mean_nought_and_deviation_one(pair: Any, ddof: int) -> None:
    has, near = pair
    density = by_loops(has, near, itself=True)
    found = relative_density(has, near, ddof=ddof)
    for r in range(len(has)):
        options = [density[r, p] for p in range(len(near)) if not has[r, p] and not np.isnan(density[r, p])]
        deviation = np.std(options, ddof=ddof) if len(options) > ddof else 0
        for p in range(len(near)):
            if has[r, p]:
                assert found.mask[r, p]
            elif deviation > 1e-9 and not np.isnan(density[r, p]):
                expected = (density[r, p] - np.mean(options)) / deviation
                assert found[r, p] == pytest.approx(expected, abs=1e-9)
            else:
                assert np.isnan(found.data[r, p])


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (1, 3)])
def test_hardly_anything_is_no_reason_to_fall_over(shape: tuple[int, int]) -> None:
    near = np.eye(shape[1])
    for fill in (0.0, 1.0):
        has = np.full(shape, fill)
        for measure in (relatedness_density, distance, relative_density):
            assert measure(has, near).shape == shape
        assert average_density(has, near).shape == shape[:1]
        assert leave_region_out_density(has).shape == shape
    assert not relatedness_density(np.ma.masked_all(shape), near).data.any()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (lambda: relatedness_density(HAS, NEAR[:2]), "not square"),
        (lambda: relatedness_density(HAS, NEAR[:2, :2]), "of 2 activities instead of 3"),
        (lambda: relatedness_density(HAS, NEAR * np.nan), "finite number: nan, nan"),
        (lambda: relatedness_density(HAS, NEAR, counting="twice"), "no counting “twice”"),
        (lambda: relatedness_density(HAS, NEAR, among="some"), "no choice of cells “some”"),
        (lambda: relatedness_density(HAS, NEAR, nearest=0), "no nearest 0"),
        (lambda: relatedness_density(HAS, NEAR, nearest=1.5), "no nearest 1.5"),
        (lambda: relatedness_density([[2, 0, 0]], NEAR), "0 or 1, and not 2"),
        (lambda: relative_density(HAS, NEAR, among="inside"), "no choice of cells “inside”"),
        (lambda: relative_density(HAS, NEAR, ddof=2), "no ddof “2”"),
        (lambda: leave_region_out_density(HAS, normalise="asymmetric"), "no normaliser “asymmetric”"),
        (lambda: leave_region_out_density(HAS, counting="twice"), "no counting “twice”"),
        (lambda: leave_region_out_density(HAS, among="some"), "no choice of cells “some”"),
    ],
)
def test_what_cannot_be_is_refused_in_words(question: Any, words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        question()


def test_refusals_have_their_types() -> None:
    with pytest.raises(WrongShape):
        distance(HAS, np.eye(2))
    with pytest.raises(NotFinite):
        average_density(HAS, NEAR + np.inf)


def test_inputs_stay_as_they_were() -> None:
    has, near = HAS.astype(float), NEAR.copy()
    has.setflags(write=False)
    near.setflags(write=False)
    for measure in (relatedness_density, distance, relative_density, average_density):
        measure(has, near, counting="without_itself", nearest=2)
    leave_region_out_density(has, counting="without_itself")


def test_without_the_region_by_hand() -> None:
    """Of the others, one has 0 and 1, one 1 and 2: φ is ½ between them. To 0 belong 1 + ½, and the region has both."""
    found = leave_region_out_density([[1, 1, 0], [1, 1, 0], [0, 1, 1]])[0]
    np.testing.assert_allclose(found, [1, 1.5 / 2, 0.5 / 1.5], rtol=1e-15)


@given(presences(), st.sampled_from(["max", "sqrt", "min"]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_leaving_a_region_out_is_a_proximity_made_without_it(has: Any, normalise: Any, itself: bool) -> None:
    """The plain way: for each region make the proximity of the others anew."""
    counting = "with_itself" if itself else "without_itself"
    notes = Notes()
    found = leave_region_out_density(has, normalise=normalise, counting=counting, notes=notes)
    expected = np.full(has.shape, np.nan)
    for region in range(len(has)):
        near = proximity(np.delete(has, region, axis=0), normalise=normalise)
        expected[region] = by_loops(has[[region]], near, itself=itself)[0]
    np.testing.assert_allclose(found.filled(np.nan), expected, atol=1e-13)
    assert notes.count("undefined") == np.isnan(expected).sum()


def test_what_only_one_region_has_is_related_to_nothing_without_it() -> None:
    found = leave_region_out_density([[1, 1], [0, 1]])
    assert np.isnan(found.data[0, 0]) and found[0, 1] == 1
