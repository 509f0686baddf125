"""What a list would have said years ago: by hand, by loops, with what was unknown, and the chances that follow."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.scores import before_and_after
from regional_analytics import (
    Notes,
    NothingToTest,
    OneYearOnly,
    back_test,
    entries,
    entry_probability,
    roc_auc,
)
from regional_analytics.measures import NotAPresence, RefusedInput, WrongShape

GOLDEN = Path(__file__).parents[1] / "golden" / "measures"

# A lacks the first three of four and gets the first; B lacks all but the second and gets the first.
SCORE = np.array([[0.9, 0.5, 0.1, 0.0], [0.8, 0.0, 0.2, 0.1]])
BEFORE = np.array([[0, 0, 0, 1], [0, 1, 0, 0]])
AFTER = np.array([[1, 0, 0, 1], [1, 1, 0, 0]])


def test_the_lists_of_one_by_hand() -> None:
    """Both best options came in: 2 of 2, next to 2 of 6 in all. Chance hits a third of each list.

    By ubiquity A's list is the second (one region had it), which did not come, and B's the fourth.
    """
    found = back_test(SCORE, BEFORE, AFTER, top=1)
    assert (found.by_score.hits.tolist(), found.by_score.listed.tolist()) == ([1.0, 1.0], [1.0, 1.0])
    assert (found.by_score.hit_rate, found.base_rate) == (1.0, pytest.approx(1 / 3))
    assert found.by_score.lift.value == pytest.approx(3.0)
    assert found.by_chance.hits.tolist() == pytest.approx([1 / 3, 1 / 3])
    assert found.by_chance.lift.value == found.next_to_chance.value / 3 == pytest.approx(1.0)
    assert found.by_ubiquity.hit_rate == 0.0
    assert math.isnan(found.next_to_ubiquity.value)
    assert (found.at_risk.tolist(), found.entered.tolist()) == ([3, 3], [1, 1])
    assert (found.auc, found.auc_within) == (1.0, 1.0)


def test_the_lists_of_two_say_what_a_page_would_have_shown() -> None:
    found = back_test(SCORE, BEFORE, AFTER, top=2)
    assert found.options.tolist() == [[0, 1], [0, 2]]
    assert found.came.tolist() == [[True, False], [True, False]]
    assert found.by_score.share.tolist() == [0.5, 0.5]
    assert found.by_score.lift.value == pytest.approx(1.5)
    assert back_test(SCORE, BEFORE, AFTER, top=9).options.tolist()[0] == [0, 1, 2, None]


def test_what_is_unknown_at_the_end_is_on_the_list_and_neither_hit_nor_miss() -> None:
    notes = Notes()
    after = np.ma.masked_equal([[9, 0, 0, 1], [1, 1, 0, 0]], 9)
    found = back_test(SCORE, BEFORE, after, top=1, notes=notes)
    assert found.options.tolist() == [[0], [0]]
    assert found.came.tolist() == [[None], [True]]
    assert found.by_score.listed.tolist() == [0.0, 1.0]
    assert found.by_score.share.tolist() == [None, 1.0]
    assert (found.at_risk.tolist(), found.base_rate) == ([2, 3], 0.2)
    assert notes.of_kind("outcome_unknown")[0].positions == ((0, 0),)


def test_an_option_without_a_score_is_on_no_list_and_not_at_risk() -> None:
    notes = Notes()
    score = np.where(SCORE == 0.9, np.nan, SCORE)
    found = back_test(score, BEFORE, AFTER, top=1, notes=notes)
    assert found.options.tolist() == [[1], [0]]
    assert (found.at_risk.tolist(), found.entered.tolist()) == ([2, 3], [0, 1])
    assert notes.of_kind("left_out")[0].positions == ((0, 0),)


@given(before_and_after(), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_hits_and_rates_agree_with_loops(given_years: Any, top: int) -> None:
    scores, before, after = given_years
    found = back_test(scores, before, after, top=top, resamples=20)
    was, then = before.filled(9), after.filled(9)
    common = (was == 1).sum(axis=0)
    at_risk = entered = 0
    for name, key in (("by_score", scores), ("by_ubiquity", np.broadcast_to(common, scores.shape))):
        result = getattr(found, name)
        for r in range(len(scores)):
            options = [a for a in range(scores.shape[1]) if was[r, a] == 0 and not math.isnan(scores[r, a])]
            listed = hits = 0.0
            for a in options:
                above = sum(key[r, b] > key[r, a] for b in options)
                level = sum(key[r, b] == key[r, a] for b in options)
                part = min(max((top - above) / level, 0.0), 1.0)
                listed += part * (then[r, a] != 9)
                hits += part * (then[r, a] == 1)
            assert (result.listed[r], result.hits[r]) == pytest.approx((listed, hits))
            if name == "by_score":
                judged = [a for a in options if then[r, a] != 9]
                came = sum(then[r, a] == 1 for a in judged)
                at_risk, entered = at_risk + len(judged), entered + came
                assert found.by_chance.hits[r] == pytest.approx(listed * came / len(judged) if judged else 0)
    assert found.base_rate == pytest.approx(entered / at_risk)
    if entered:
        assert found.by_score.lift.value == pytest.approx(
            found.by_score.hit_rate * at_risk / entered, nan_ok=True
        )


@given(before_and_after())
@settings(max_examples=60, deadline=None)
def test_the_auc_is_that_of_entries_and_inside_regions_that_of_their_pairs(given_years: Any) -> None:
    scores, before, after = given_years
    found = back_test(scores, before, after, resamples=1)
    came = entries(before, after)
    assert found.auc == pytest.approx(roc_auc(scores, came), nan_ok=True)
    won = pairs = 0.0
    for row, events in zip(scores, came, strict=True):
        usable = ~np.isnan(row) & ~np.ma.getmaskarray(events)
        ones, zeros = int(events.data[usable].sum()), int((~events.data[usable]).sum())
        if ones and zeros:
            won += roc_auc(row, events) * ones * zeros
            pairs += ones * zeros
    assert found.auc_within == pytest.approx(won / pairs if pairs else np.nan, nan_ok=True)


@given(before_and_after(), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_score_that_says_nothing_is_chance_and_the_order_of_activities_does_not_matter(
    given_years: Any, top: int
) -> None:
    scores, before, after = given_years
    nothing = back_test(np.where(np.isnan(scores), np.nan, 7.0), before, after, top=top, resamples=20)
    np.testing.assert_allclose(nothing.by_score.hits, nothing.by_chance.hits, atol=1e-12)
    here = back_test(scores, before, after, top=top, resamples=20)
    there = back_test(scores[:, ::-1], before[:, ::-1], after[:, ::-1], top=top, resamples=20)
    np.testing.assert_allclose(here.by_score.hits, there.by_score.hits, atol=1e-12)
    assert here.by_score.lift == pytest.approx(there.by_score.lift, nan_ok=True)


def a_world(seed: int, regions: int = 60, activities: int = 40) -> tuple[Any, Any, Any]:
    """Entries with a chance that rises with the score, from 2 % to 32 %."""
    random = np.random.default_rng(seed)
    scores = random.random((regions, activities))
    before = (random.random((regions, activities)) < 0.3).astype(int)
    came = random.random((regions, activities)) < 0.02 + 0.3 * scores
    return scores, before, np.where(before == 1, 1, came.astype(int))


def test_the_interval_is_the_same_for_the_same_seed_and_holds_the_lift() -> None:
    world = a_world(1)
    found, again = back_test(*world), back_test(*world)
    assert found.by_score.lift == again.by_score.lift
    assert found.by_score.lift != back_test(*world, seed=2).by_score.lift
    assert found.by_score.lift.low < found.by_score.lift.value < found.by_score.lift.high
    assert found.next_to_chance.low > 1.2
    assert found.by_chance.lift.value == pytest.approx(1, abs=0.05)
    narrow = back_test(*world, level=0.5).by_score.lift
    assert found.by_score.lift.low < narrow.low and narrow.high < found.by_score.lift.high


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Of 60 worlds of one kind, the lift of a very large one lies in the 90 % interval of about 54."""
    truth = back_test(*a_world(0, regions=4000), top=5, resamples=1).by_score.lift.value
    held = 0
    for seed in range(1, 61):
        lift = back_test(*a_world(seed), top=5, level=0.9, resamples=200).by_score.lift
        held += lift.low <= truth <= lift.high
    assert 47 <= held <= 60


def test_where_nothing_came_in_there_is_no_lift() -> None:
    notes = Notes()
    found = back_test(SCORE, BEFORE, BEFORE, notes=notes)
    assert (found.by_score.hit_rate, found.base_rate) == (0.0, 0.0)
    assert all(math.isnan(figure) for figure in (*found.by_score.lift, found.auc, found.auc_within))
    assert notes.count("undefined") == 3


def test_one_year_only_is_an_error_that_a_page_can_tell() -> None:
    nothing = np.ma.masked_all(BEFORE.shape)
    for test in (back_test, entry_probability):
        with pytest.raises(OneYearOnly, match=r"of the year after.*bring an earlier or a later table"):
            test(SCORE, BEFORE, nothing)
        with pytest.raises(OneYearOnly, match="of the year before"):
            test(SCORE, nothing, AFTER)


def test_bad_input_is_refused() -> None:
    for test in (back_test, entry_probability):
        with pytest.raises(NothingToTest, match="No absent activity has a score"):
            test(SCORE, np.ones((2, 4)), AFTER)
        with pytest.raises(NothingToTest):
            test(np.full((2, 4), np.nan), BEFORE, AFTER)
        with pytest.raises(WrongShape, match="The year after has the shape"):
            test(SCORE, BEFORE, AFTER[:1])
        with pytest.raises(WrongShape, match="Scores have the shape"):
            test(SCORE[:1], BEFORE, AFTER)
        with pytest.raises(NotAPresence, match=r"not 0\.9"):
            test(SCORE, SCORE, AFTER)
        with pytest.raises(RefusedInput, match="level of 0 "):
            test(SCORE, BEFORE, AFTER, level=0.0)
    with pytest.raises(RefusedInput, match="0 best"):
        back_test(SCORE, BEFORE, AFTER, top=0)
    with pytest.raises(RefusedInput, match="0 resamples"):
        back_test(SCORE, BEFORE, AFTER, resamples=0)
    with pytest.raises(RefusedInput, match="no method “logit”"):
        entry_probability(SCORE, BEFORE, AFTER, method="logit")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="least is 0"):
        entry_probability(SCORE, BEFORE, AFTER, least=0)


def test_the_inputs_are_left_as_they_were() -> None:
    given = [SCORE.copy(), BEFORE.copy(), AFTER.copy()]
    back_test(*given)
    entry_probability(*given)
    for one, other in zip(given, (SCORE, BEFORE, AFTER), strict=True):
        assert np.array_equal(one, other)


def test_chances_by_hand() -> None:
    """1 at 0.2 and 0 at 0.3 would fall: together a half. Beyond the scores seen the outermost step speaks."""
    found = entry_probability([[0.1, 0.2, 0.3, 0.4]], [[0] * 4], [[0, 1, 0, 1]], least=1)
    assert (found.steps.counts.tolist(), found.steps.share.tolist()) == ([1, 2, 1], [0.0, 0.5, 1.0])
    asked = np.ma.masked_equal([0.0, 0.25, 0.3, np.nan, 9.0, -1.0], -1.0)
    assert found.of(asked).tolist() == [0.0, 0.5, 0.5, None, 1.0, None]
    assert found.step_of([[0.4]]).tolist() == [[2]]


def test_small_steps_are_joined_until_they_can_carry_a_sentence() -> None:
    world = a_world(3)
    found = entry_probability(*world, least=100)
    assert (found.steps.counts >= 100).all() and len(found.steps.counts) > 1
    assert (np.diff(found.steps.share) > 0).all()
    few = entry_probability(SCORE, BEFORE, AFTER)
    assert (few.steps.counts.tolist(), few.steps.events.tolist()) == ([6], [2])


def test_steps_of_equal_counts_may_fall() -> None:
    found = entry_probability([[0.1, 0.2, 0.3, 0.4]], [[0] * 4], [[0, 1, 0, 1]], method="bins", bins=4)
    assert found.steps.share.tolist() == [0.0, 1.0, 0.0, 1.0]


@given(before_and_after())
@settings(max_examples=60, deadline=None)
def test_chances_never_fall_and_their_mean_is_the_base_rate(given_years: Any) -> None:
    scores, before, after = given_years
    found = entry_probability(scores, before, after, least=1)
    came = entries(before, after)
    used = ~np.isnan(scores) & ~np.ma.getmaskarray(came)
    assert (np.diff(found.steps.share) > 0).all()
    assert found.steps.counts.sum() == used.sum()
    assert found.of(scores[used]).mean() == pytest.approx(came.data[used].mean())


def test_chances_are_the_isotonic_fit_of_scikit_learn() -> None:
    kept = json.loads((GOLDEN / "validation_scikit_learn.json").read_text(encoding="utf-8"))
    shape = np.shape(kept["scores"])
    found = entry_probability(kept["scores"], np.zeros(shape), kept["outcomes"], least=1)
    assert found.of(kept["isotonic"]["scores"]).tolist() == pytest.approx(
        kept["isotonic"]["probabilities"], rel=1e-12
    )
