"""Variety and coherence: by hand, what must add up, by loops, and where there is nobody."""

from __future__ import annotations

from math import log, log2
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.employment import employment, partly_known
from factories.relatedness import relations
from regional_analytics import (
    NegativeEmployment,
    Notes,
    NotFinite,
    NotSymmetric,
    RefusedInput,
    WrongShape,
    coherence,
    entropy,
    related_variety,
    unrelated_variety,
)

JOBS = np.array([[20.0, 10.0, 5.0, 5.0]])
FAMILIES = ["food", "food", "metal", "metal"]
NEAR = np.array([[0.0, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.0]])


def test_entropy_counts_questions() -> None:
    """Halves take one question; ½, ¼, ⅛, ⅛ take ½·1 + ¼·2 + ⅛·3 + ⅛·3 = 1.75; one activity takes none."""
    jobs = [[20.0, 20.0, 0.0, 0.0], [20.0, 10.0, 5.0, 5.0], [7.0, 0.0, 0.0, 0.0]]
    assert entropy(jobs).tolist() == [1.0, 1.75, 0.0]
    assert not np.signbit(entropy(jobs).data).any()
    np.testing.assert_allclose(entropy(jobs, unit="nats"), np.array([1.0, 1.75, 0.0]) * log(2))


def test_variety_by_hand() -> None:
    """Food has ¾: −¾ log ¾ − ¼ log ¼ = 0.811. Within: ¾ · (⅔, ⅓: 0.918) + ¼ · (½, ½: 1) = 0.939. Together 1.75."""
    between = -0.75 * log2(0.75) - 0.25 * log2(0.25)
    within = 0.75 * (-2 / 3 * log2(2 / 3) - 1 / 3 * log2(1 / 3)) + 0.25
    assert unrelated_variety(JOBS, FAMILIES)[0] == pytest.approx(between)
    assert related_variety(JOBS, FAMILIES)[0] == pytest.approx(within)
    assert between + within == pytest.approx(1.75)


@given(partly_known(), st.lists(st.integers(0, 3), min_size=6, max_size=6), st.sampled_from(["bits", "nats"]))
@settings(max_examples=100, deadline=None)
def test_related_and_unrelated_variety_make_entropy(jobs: Any, families: list[int], unit: Any) -> None:
    groups = families[: jobs.shape[1]]
    parts = related_variety(jobs, groups, unit=unit) + unrelated_variety(jobs, groups, unit=unit)
    whole = entropy(jobs, unit=unit)
    np.testing.assert_allclose(parts.filled(-9), whole.filled(-9), atol=1e-12)
    told = whole.compressed()
    most = log2(jobs.shape[1]) if unit == "bits" else log(jobs.shape[1])
    assert (told[~np.isnan(told)] <= most + 1e-12).all()
    assert (related_variety(jobs, groups).compressed() >= 0)[~np.isnan(told)].all()


@given(employment())
@settings(max_examples=60, deadline=None)
def test_entropy_agrees_with_a_loop_over_the_formula(jobs: np.ndarray) -> None:
    found = entropy(jobs)
    for r, row in enumerate(jobs):
        if row.sum():
            expected = -sum(e / row.sum() * log2(e / row.sum()) for e in row if e)
            assert found[r] == pytest.approx(expected, abs=1e-12)
        else:
            assert np.isnan(found.data[r])


def test_one_family_is_all_related_and_families_of_one_are_all_unrelated() -> None:
    assert unrelated_variety(JOBS, [0, 0, 0, 0]).tolist() == [0] and related_variety(JOBS, [0] * 4)[0] == 1.75
    assert (
        related_variety(JOBS, [3, 1, 4, 2]).tolist() == [0]
        and unrelated_variety(JOBS, [3, 1, 4, 2])[0] == 1.75
    )


def test_nobody_has_no_variety_and_the_unknown_has_none_that_is_known() -> None:
    for measure in (
        entropy,
        lambda j, **k: related_variety(j, [0, 1], **k),
        lambda j, **k: coherence(j, np.eye(2), **k),
    ):
        notes = Notes()
        jobs = np.ma.masked_equal([[0.0, 0.0], [-1.0, -1.0], [3.0, 1.0]], -1.0)
        found = measure(jobs, notes=notes)
        assert np.isnan(found.data[0]) and found.mask.tolist() == [False, True, False]
        assert notes.of_kind("undefined")[0].positions == ((0,),)


def test_unknown_cells_are_left_out() -> None:
    jobs = np.ma.masked_equal([[20.0, 20.0, -1.0]], -1.0)
    assert entropy(jobs).tolist() == [1.0]
    assert coherence(jobs, NEAR).tolist() == [0.5]


def test_coherence_by_hand() -> None:
    """The first has two related at ½, the second two unrelated. In the third half of all see ½ · 10/20 around them,
    a quarter ½ · 30/30, and a quarter ½ · 10/30: 0.125 + 0.125 + 0.0417.
    """
    jobs = [[10.0, 10.0, 0.0], [10.0, 0.0, 10.0], [20.0, 10.0, 10.0]]
    np.testing.assert_allclose(coherence(jobs, NEAR), [0.5, 0.0, 0.125 + 0.125 + 1 / 24], rtol=1e-15)


def test_who_works_alone_has_nothing_to_cohere_with() -> None:
    notes = Notes()
    found = coherence([[5.0, 0.0, 0.0], [1.0, 1.0, 0.0]], NEAR, notes=notes)
    assert np.isnan(found.data[0]) and found[1] == 0.5
    assert notes.of_kind("undefined")[0].positions == ((0,),)


@given(relations(least=-8), st.data())
@settings(max_examples=100, deadline=None)
def test_coherence_agrees_with_loops_over_the_formula(near: np.ndarray, data: Any) -> None:
    n = len(near)
    row = np.array(data.draw(st.lists(st.integers(0, 20), min_size=n, max_size=n)), dtype=float)
    found = coherence([row], near).data[0]
    inner = [
        (row[i], sum(near[i, j] * row[j] for j in range(n) if j != i) / (row.sum() - row[i]))
        for i in range(n)
        if row[i] and row.sum() > row[i]
    ]
    if inner:
        assert found == pytest.approx(sum(e * war for e, war in inner) / row.sum(), abs=1e-12)
    else:
        assert np.isnan(found)


@given(employment(least=1, largest=3))
@settings(max_examples=40, deadline=None)
def test_scale_and_order_do_not_matter(jobs: np.ndarray) -> None:
    n = jobs.shape[1]
    near, groups = np.ones((n, n)) - np.diag(np.arange(n)), [*range(n - 1), 0]
    for measure in (entropy, lambda j: related_variety(j, groups), lambda j: coherence(j, near)):
        np.testing.assert_allclose(measure(7 * jobs), measure(jobs), atol=1e-12)
    np.testing.assert_allclose(coherence(jobs, near), 1.0)
    turned = related_variety(jobs[:, ::-1], groups[::-1])
    np.testing.assert_allclose(turned, related_variety(jobs, groups), atol=1e-12)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (2, 1)])
def test_hardly_anything_is_no_reason_to_fall_over(shape: tuple[int, int]) -> None:
    for fill in (0.0, 1.0):
        jobs = np.full(shape, fill)
        groups = list(range(shape[1]))
        for found in (
            entropy(jobs),
            related_variety(jobs, groups),
            unrelated_variety(jobs, groups),
            coherence(jobs, np.eye(shape[1])),
        ):
            assert found.shape == shape[:1]


@pytest.mark.parametrize(
    ("error", "question", "words"),
    [
        (RefusedInput, lambda: entropy(JOBS, unit="bans"), "no unit “bans”"),
        (NegativeEmployment, lambda: entropy(-JOBS), "cannot be negative"),
        (NotFinite, lambda: entropy(JOBS * np.nan), "not a finite number"),
        (WrongShape, lambda: entropy(JOBS[0]), "1 dimensions"),
        (WrongShape, lambda: related_variety(JOBS, ["food"]), r"shape \(1,\) instead of \(4,\)"),
        (
            RefusedInput,
            lambda: unrelated_variety(JOBS, [0, 1, np.nan, 1]),
            "belongs to no group, at activity 2",
        ),
        (RefusedInput, lambda: unrelated_variety(JOBS, ["a", "b", "", "c"]), "at activity 2"),
        (RefusedInput, lambda: related_variety(JOBS, np.ma.masked_equal([0, 1, 9, 1], 9)), "at activity 2"),
        (RefusedInput, lambda: related_variety(JOBS, ["a", None, "b", "b"]), "at activity 1"),
        (RefusedInput, lambda: related_variety(JOBS, FAMILIES, unit="bans"), "no unit “bans”"),
        (WrongShape, lambda: coherence(JOBS, NEAR), "of 3 activities instead of 4"),
        (NotSymmetric, lambda: coherence(JOBS[:, :3], np.triu(NEAR)), "one way"),
    ],
)
def test_what_cannot_be_is_refused_in_words(error: Any, question: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        question()


def test_inputs_stay_as_they_were() -> None:
    jobs = JOBS.copy()
    jobs.setflags(write=False)
    for question in (
        entropy,
        lambda j: related_variety(j, FAMILIES),
        lambda j: coherence(j, np.ones((4, 4))),
    ):
        question(jobs)
