"""Lists of the k best: by hand, as means over all orders of equal scores, and against scikit-learn."""

from __future__ import annotations

import json
import math
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.scores import scored
from regional_analytics import Notes, ranking_quality
from regional_analytics.measures import RefusedInput
from regional_analytics.measures.prediction.ranking import on_the_list

KEPT = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "validation_scikit_learn.json").read_text(
        encoding="utf-8"
    )
)


def plain(ordered: list[int], top: int) -> tuple[float, float, float]:
    """P@k, AP@k and nDCG@k of outcomes in the order of a list without equal scores."""
    first, possible = ordered[:top], min(top, sum(ordered))
    precision = sum(first) / len(first)
    if not possible:
        return precision, math.nan, math.nan
    average = sum(sum(first[: p + 1]) / (p + 1) for p, hit in enumerate(first) if hit) / possible
    gain = sum(hit / math.log2(p + 2) for p, hit in enumerate(first))
    return precision, average, gain / sum(1 / math.log2(p + 2) for p in range(possible))


def over_all_orders(pairs: list[tuple[float, int]], top: int) -> np.ndarray:
    """The mean over every order that the scores allow."""
    found = [
        plain([o for _, o in order], top)
        for order in permutations(pairs)
        if all(one[0] >= other[0] for one, other in pairwise(order))
    ]
    return np.mean(found, axis=0)


def test_quality_by_hand() -> None:
    """Hits at the first and third of three places: 2/3, (1 + 2/3)/2, (1 + 1/2)/(1 + 1/log2 3)."""
    found = ranking_quality([[0.9, 0.5, 0.4, 0.1]], [[1, 0, 1, 0]], top=3)
    assert found.precision.tolist() == pytest.approx([2 / 3])
    assert found.average_precision.tolist() == pytest.approx([(1 + 2 / 3) / 2])
    assert found.ndcg.tolist() == pytest.approx([1.5 / (1 + 1 / math.log2(3))])


def test_equal_scores_share_the_last_place() -> None:
    """One place is left for two, of which one came: half a hit more."""
    found = ranking_quality([[0.9, 0.5, 0.5]], [[1, 1, 0]], top=2)
    assert found.precision.tolist() == [0.75]
    assert ranking_quality([[0.5, 0.9, 0.5]], [[0, 1, 1]], top=2).precision.tolist() == [0.75]


@given(scored(largest=4), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_quality_is_the_mean_over_all_orders_of_equal_scores(given_scores: Any, top: int) -> None:
    scores, outcomes = given_scores[0][:, :5], given_scores[1][:, :5]
    found = ranking_quality(scores, outcomes, top=top)
    came = outcomes.filled(9)
    for r in range(len(scores)):
        pairs = [(s, int(o)) for s, o in zip(scores[r], came[r], strict=True) if not math.isnan(s) and o != 9]
        if not pairs:
            assert found.precision.mask[r] and found.ndcg.mask[r]
            continue
        figures = (found.precision.data[r], found.average_precision.data[r], found.ndcg.data[r])
        assert figures == pytest.approx(over_all_orders(pairs, top), nan_ok=True)


def test_ndcg_is_that_of_scikit_learn_with_equal_scores_too() -> None:
    found = ranking_quality(KEPT["scores"], KEPT["outcomes"], top=4)
    for ours, theirs in zip(found.ndcg.data, KEPT["ndcg_at_4"], strict=True):
        assert ours == pytest.approx(math.nan if theirs is None else theirs, rel=1e-12, nan_ok=True)


@given(scored(), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_the_order_of_activities_does_not_matter(given_scores: Any, top: int) -> None:
    scores, outcomes = given_scores
    here = ranking_quality(scores, outcomes, top=top)
    there = ranking_quality(scores[:, ::-1], outcomes[:, ::-1], top=top)
    for one, other in zip(here[:3], there[:3], strict=True):
        np.testing.assert_allclose(one.filled(-1), other.filled(-1), atol=1e-12)
        known = one.compressed()
        known = known[~np.isnan(known)]
        assert (known >= 0).all() and (known <= 1 + 1e-12).all()


@given(scored(), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_a_list_holds_as_many_as_it_has_places_or_candidates(given_scores: Any, top: int) -> None:
    scores, outcomes = given_scores
    candidates = ~np.isnan(scores) & ~np.ma.getmaskarray(outcomes)
    part = on_the_list(np.nan_to_num(scores), candidates, top)
    np.testing.assert_allclose(part.sum(axis=1), np.minimum(candidates.sum(axis=1), top))
    assert (part[~candidates] == 0).all() and (part <= 1).all()


def test_means_are_over_the_regions_that_have_the_figure() -> None:
    notes = Notes()
    scores = [[0.9, 0.1], [0.9, 0.1], [np.nan, np.nan]]
    found = ranking_quality(scores, [[1, 0], [0, 0], [1, 1]], top=1, notes=notes)
    assert found.precision.tolist() == [1.0, 0.0, None]
    assert (found.mean_precision, found.mean_average_precision, found.mean_ndcg) == (0.5, 1.0, 1.0)
    assert notes.of_kind("undefined")[0].positions == ((1,),)
    assert notes.count("left_out") == 2
    nothing = ranking_quality(np.ma.masked_all((2, 2)), [[0, 1], [1, 0]])
    assert nothing.precision.mask.all() and math.isnan(nothing.mean_ndcg)


def test_more_regions_than_are_sorted_together_give_the_same() -> None:
    scores = np.random.default_rng(1).random((600, 7)).round(1)
    outcomes = (np.random.default_rng(2).random((600, 7)) < 0.3).astype(int)
    whole = ranking_quality(scores, outcomes, top=3)
    part = ranking_quality(scores[500:], outcomes[500:], top=3)
    np.testing.assert_array_equal(whole.ndcg.data[500:], part.ndcg.data)


def test_a_list_of_none_is_refused() -> None:
    with pytest.raises(RefusedInput, match="A list of the 0 best holds nothing"):
        ranking_quality([[0.5]], [[1]], top=0)
