"""Counted together and next to chance: by hand, by loops over the formulas, and what is refused."""

from __future__ import annotations

from math import comb, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.relatedness import presences
from regional_analytics import (
    NegativeRelatedness,
    NotAPresence,
    Notes,
    NotFinite,
    NotSymmetric,
    RefusedInput,
    WrongShape,
    co_occurrence,
    relatedness,
    z_score,
)
from regional_analytics.measures.relations.co_occurrence import read_relatedness

HAS = np.array([[1, 1, 0], [1, 0, 1], [1, 1, 0]])  # wine everywhere, steel twice with it, glass once
METHODS = ("association", "cosine", "jaccard", "probability")


def test_wine_meets_steel_in_two_regions_and_glass_in_one() -> None:
    assert co_occurrence(HAS).tolist() == [[3, 2, 1], [2, 2, 0], [1, 0, 1]]
    assert co_occurrence(HAS, diagonal="zero").diagonal().tolist() == [0, 0, 0]


def test_unknown_counts_as_absent_and_a_note_says_so() -> None:
    notes = Notes()
    found = co_occurrence(np.ma.masked_equal([[1, -1], [1, 1]], -1), notes=notes)
    assert found.tolist() == [[2, 1], [1, 1]]
    assert notes.of_kind("unknown_as_absent")[0].positions == ((0, 1),)


def test_next_to_chance_by_hand() -> None:
    """Off the diagonal wine meets others 3 times, steel 2, glass 1: T = 6. Wine and steel: C = 2.

    association 2·6/(3·2) = 2; cosine 2/√6; jaccard 2/(3+2−2); probability 2/(3·(3/6·2/3 + 2/6·3/4)) = 2/1.75.
    """
    together = co_occurrence(HAS)
    found = [relatedness(together, method=method)[0, 1] for method in METHODS]
    np.testing.assert_allclose(found, [2.0, 2 / sqrt(6), 2 / 3, 2 / 1.75], rtol=1e-15)


def test_the_other_totals_give_other_numbers_under_the_same_names() -> None:
    """Wine is in 3 regions of 3, steel in 2: association 2·3/(3·2) = 1, cosine 2/√6, jaccard 2/(3+2−2)."""
    together = co_occurrence(HAS)
    found = [
        relatedness(together, method=method, totals="activity_counts", regions=3)[0, 1]
        for method in METHODS[:3]
    ]
    np.testing.assert_allclose(found, [1.0, 2 / sqrt(6), 2 / 3], rtol=1e-15)


def test_an_activity_that_meets_nobody_is_related_to_nothing_and_named() -> None:
    notes = Notes()
    found = relatedness(co_occurrence([[1, 1, 0, 0], [0, 0, 1, 0]]), notes=notes)
    assert found[2:].tolist() == [[0, 0, 0, 0], [0, 0, 0, 0]] and found[0, 1] > 0
    assert notes.of_kind("related_to_nothing")[0].positions == ((2,), (3,))


def test_an_activity_of_every_region_has_no_probability_among_regions() -> None:
    """T − S is 0. Taking the endless term for 0, as a peer does, would double the relatedness of everything to it."""
    notes = Notes()
    found = relatedness(co_occurrence(HAS), totals="activity_counts", regions=3, notes=notes)
    assert found[0].tolist() == [0, 0, 0]
    assert notes.of_kind("related_to_nothing")[0].positions == ((0,),)


@given(presences())
@settings(max_examples=60, deadline=None)
def test_relatedness_agrees_with_loops_over_the_formulas(has: np.ndarray) -> None:
    together = co_occurrence(has)
    regions = len(has)
    for totals in ("row_sums", "activity_counts"):
        for method in METHODS:
            found = relatedness(together, method=method, totals=totals, regions=regions)
            np.testing.assert_allclose(found, by_loops(together, method, totals, regions), atol=1e-12)


def by_loops(together: Any, method: str, totals: str, regions: int) -> np.ndarray:
    n = len(together)
    own = [together[i, i] for i in range(n)]
    met = [sum(together[i, j] for j in range(n) if j != i) for i in range(n)]
    s, t = (met, sum(met)) if totals == "row_sums" else (own, regions)
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j or together[i, j] == 0:
                continue
            c = together[i, j]
            if method == "association":
                found[i, j] = (c / t) / ((s[i] / t) * (s[j] / t))
            elif method == "cosine":
                found[i, j] = c / sqrt(s[i] * s[j])
            elif method == "jaccard":
                found[i, j] = c / (s[i] + s[j] - c)
            elif s[i] < t and s[j] < t:
                found[i, j] = c / ((s[i] / t * s[j] / (t - s[i]) + s[j] / t * s[i] / (t - s[j])) * t / 2)
    return found


@given(presences())
@settings(max_examples=60, deadline=None)
def test_z_scores_are_those_of_the_hypergeometric_distribution(has: np.ndarray) -> None:
    """Mean and variance are summed over all ways to put u[j] on R regions, u[i] of which have i."""
    found = z_score(has)
    regions, n = has.shape
    u = [int(has[:, i].sum()) for i in range(n)]
    for i in range(n):
        for j in range(n):
            if i == j or u[i] in (0, regions) or u[j] in (0, regions):
                assert found[i, j] == 0
                continue
            ways = {
                k: comb(u[i], k) * comb(regions - u[i], u[j] - k) / comb(regions, u[j])
                for k in range(0, u[j] + 1)
            }
            mean = sum(k * p for k, p in ways.items())
            variance = sum((k - mean) ** 2 * p for k, p in ways.items())
            both = sum(1 for r in range(regions) if has[r, i] and has[r, j])
            assert found[i, j] == pytest.approx((both - mean) / sqrt(variance), abs=1e-9)


def test_what_chance_cannot_move_is_named() -> None:
    notes = Notes()
    z_score([[1, 0, 1], [1, 0, 0]], notes=notes)
    assert notes.of_kind("related_to_nothing")[0].positions == ((0,), (1,))


@given(presences())
@settings(max_examples=40, deadline=None)
def test_the_order_of_activities_and_regions_does_not_matter(has: np.ndarray) -> None:
    turned = has[::-1, ::-1]
    for measure in (co_occurrence, z_score, lambda m: relatedness(co_occurrence(m))):
        np.testing.assert_allclose(measure(turned), measure(has)[::-1, ::-1], atol=1e-12)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (1, 3), (3, 1)])
def test_hardly_anything_is_no_reason_to_fall_over(shape: tuple[int, int]) -> None:
    for fill in (0.0, 1.0):
        has = np.full(shape, fill)
        together = co_occurrence(has)
        for found in (together, z_score(has), relatedness(together)):
            assert found.shape == (shape[1], shape[1]) and np.isfinite(found).all()


def test_nothing_known_is_related_to_nothing() -> None:
    notes = Notes()
    assert not z_score(np.ma.masked_all((2, 3)), notes=notes).any()
    assert (notes.count("unknown_as_absent"), notes.count("related_to_nothing")) == (6, 3)


def test_inputs_stay_as_they_were() -> None:
    has, together = HAS.astype(float), co_occurrence(HAS)
    for given_in, measure in ((has, z_score), (has, co_occurrence), (together, relatedness)):
        before = given_in.copy()
        given_in.setflags(write=False)
        measure(given_in)
        assert (given_in == before).all()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (lambda: co_occurrence([[1, 2]]), "0 or 1, and not 2"),
        (lambda: co_occurrence([1, 0]), "1 dimensions instead of 2"),
        (lambda: co_occurrence(HAS, diagonal="one"), "no diagonal “one”. Choose one of “kept”, “zero”"),
        (lambda: relatedness(HAS[:2]), "not square"),
        (lambda: relatedness([[0, -1], [-1, 0]]), "negative: -1, at activity 0, activity 1"),
        (lambda: relatedness([[0, 1], [2, 0]]), "1 one way and 2 the other, at activity 0, activity 1"),
        (lambda: relatedness([[0, np.nan], [1, 0]]), "not a finite number: nan, at activity 0, activity 1"),
        (lambda: relatedness(np.eye(2), method="lift"), "no method “lift”"),
        (lambda: relatedness(np.eye(2), totals="both"), "no totals “both”"),
        (lambda: relatedness(np.eye(2), totals="activity_counts"), "Give regions="),
        (
            lambda: relatedness(co_occurrence(HAS), totals="activity_counts", regions=2),
            "2 regions cannot have held 3",
        ),
        (
            lambda: relatedness(
                co_occurrence(HAS, diagonal="zero"), method="cosine", totals="activity_counts"
            ),
            "Keep the diagonal",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(question: Any, words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        question()


def test_refusals_have_their_types() -> None:
    for error, question in (
        (NotAPresence, lambda: z_score([[0.5]])),
        (NegativeRelatedness, lambda: relatedness([[-1.0]])),
        (NotSymmetric, lambda: relatedness([[0, 1], [2, 0]])),
        (NotFinite, lambda: relatedness([[np.inf]])),
        (WrongShape, lambda: relatedness([1.0, 2.0])),
    ):
        with pytest.raises(error):
            question()


def test_a_pair_is_named_with_both_its_names() -> None:
    with pytest.raises(NotSymmetric) as caught:
        relatedness([[0, 1], [2, 0]])
    assert "at wine steel" in str(caught.value.labelled({"activity": ("wine", "steel")}))


def test_a_relatedness_is_read_without_a_copy_and_never_written_into() -> None:
    near = np.eye(3)
    assert read_relatedness(near, notes=Notes()) is near
    with pytest.raises(WrongShape, match="of 3 activities instead of 4"):
        read_relatedness(near, activities=4, notes=Notes())


def test_unknown_and_negative_pairs_count_as_unrelated_and_are_counted() -> None:
    notes = Notes()
    given_in = np.ma.masked_equal([[1.0, -9.0, -0.5], [-9.0, 1.0, 0.0], [-0.5, 0.0, 1.0]], -9.0)
    read = read_relatedness(given_in, negative="unrelated", notes=notes)
    assert (read == np.eye(3)).all()
    assert (notes.count("unknown_as_unrelated"), notes.count("negative_as_unrelated")) == (2, 2)
    assert given_in.data[0, 2] == -0.5
