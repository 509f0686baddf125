"""Relatedness from purchases and from people who change their job: by hand, by loops, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import (
    NegativeEmployment,
    NegativeRelatedness,
    Notes,
    NotFinite,
    RefusedInput,
    WrongShape,
    flow_relatedness,
    relatedness_density,
    skill_relatedness,
)

SALES = np.array(
    [[0.0, 30.0], [10.0, 10.0]]
)  # all of the first goes to the second, which keeps half of its own
PEOPLE = np.array([[90.0, 6.0, 2.0], [6.0, 80.0, 2.0], [2.0, 2.0, 70.0]])


def flows() -> st.SearchStrategy[Any]:
    return st.integers(1, 6).flatmap(
        lambda n: arrays.arrays(np.float64, (n, n), elements=st.integers(0, 5).map(float))
    )


def test_purchases_by_hand() -> None:
    """Sold 30/30 and 10/20, bought 30/40 and 10/10: the mean is 3.25/4, the largest 1, of the inputs 1.75/2."""
    found = [flow_relatedness(SALES, method=method)[0, 1] for method in ("mean", "largest", "inputs")]
    assert found == [0.8125, 1.0, 0.875]


def test_published_totals_take_the_place_of_sums() -> None:
    """Of an output of 60 and 40, 30 and 10 go across; of inputs of 100 each, 10 and 30."""
    found = flow_relatedness(SALES, outputs=[60.0, 40.0], inputs=[100.0, 100.0])
    assert found[0, 1] == pytest.approx((0.5 + 0.25 + 0.3 + 0.1) / 4)


@given(flows())
@settings(max_examples=80, deadline=None)
def test_purchases_agree_with_loops_over_the_formula(sent: np.ndarray) -> None:
    out, into = sent.sum(axis=1), sent.sum(axis=0)
    found = {method: flow_relatedness(sent, method=method) for method in ("mean", "largest", "inputs")}
    for i in range(len(sent)):
        for j in range(len(sent)):
            sold = [sent[a, b] / out[a] if out[a] else 0 for a, b in ((i, j), (j, i))]
            bought = [sent[a, b] / into[b] if into[b] else 0 for a, b in ((i, j), (j, i))]
            expected = {
                "mean": np.mean(sold + bought),
                "largest": max(sold + bought),
                "inputs": np.mean(bought),
            }
            for method, number in expected.items():
                assert found[method][i, j] == pytest.approx(number if i != j else 0)


@given(flows(), st.integers(1, 1000))
@settings(max_examples=40, deadline=None)
def test_the_currency_does_not_matter(sent: np.ndarray, rate: int) -> None:
    np.testing.assert_allclose(flow_relatedness(rate * sent), flow_relatedness(sent), atol=1e-12)
    np.testing.assert_allclose(skill_relatedness(rate * sent), skill_relatedness(sent), atol=1e-12)


def test_changes_of_job_by_hand() -> None:
    """20 people change; 8 leave the first, 8 come to the second. 6·20/64 = 1.875, on the scale 0.875/2.875."""
    ratio = skill_relatedness(PEOPLE, scale="ratio")
    assert ratio[0].tolist() == [0, 1.875, 1.25]
    np.testing.assert_allclose(skill_relatedness(PEOPLE)[0, 1], 0.875 / 2.875)


@given(flows())
@settings(max_examples=80, deadline=None)
def test_changes_of_job_agree_with_loops_over_the_formula(people: np.ndarray) -> None:
    n = len(people)
    moved = [[people[i, j] if i != j else 0 for j in range(n)] for i in range(n)]
    everybody = sum(map(sum, moved))
    out, into = [sum(moved[i]) for i in range(n)], [sum(moved[i][j] for i in range(n)) for j in range(n)]
    found, ratio = skill_relatedness(people), skill_relatedness(people, scale="ratio")
    for i in range(n):
        for j in range(n):
            ways = [
                moved[a][b] * everybody / out[a] / into[b] for a, b in ((i, j), (j, i)) if out[a] * into[b]
            ]
            ways = ways if i != j else []
            assert ratio[i, j] == pytest.approx(np.mean(ways) if ways else 0)
            assert found[i, j] == pytest.approx(np.mean([(w - 1) / (w + 1) for w in ways]) if ways else 0)


@given(flows())
@settings(max_examples=40, deadline=None)
def test_both_are_the_same_both_ways_and_within_their_bounds(given_in: np.ndarray) -> None:
    for method in ("mean", "largest", "inputs"):
        found = flow_relatedness(given_in, method=method)
        assert (found == found.T).all() and found.min() >= 0 and found.max() <= 1
    found = skill_relatedness(given_in)
    assert (found == found.T).all() and np.abs(found).max() <= 1


def test_who_moves_as_sizes_explain_is_related_by_chance() -> None:
    """Three alike, each sending as many to each: 1 is chance, but staying is left out, so it is a little more."""
    assert skill_relatedness(np.ones((3, 3)), scale="ratio")[0, 1] == 1.5


def test_nobody_comes_or_goes_and_nothing_is_bought() -> None:
    notes = Notes()
    lonely = np.array([[5.0, 0.0, 0.0], [0.0, 9.0, 2.0], [0.0, 1.0, 9.0]])
    assert not skill_relatedness(lonely, notes=notes)[0].any()
    assert notes.of_kind("related_to_nothing")[0].positions == ((0,),)
    notes = Notes()
    assert not flow_relatedness(np.zeros((2, 2)), notes=notes).any()
    assert notes.of_kind("related_to_nothing")[0].positions == ((0,), (1,))


def test_what_is_withheld_counts_as_no_flow_and_is_counted() -> None:
    notes = Notes()
    sent = np.ma.masked_equal([[0.0, -1.0], [10.0, 0.0]], -1.0)
    assert flow_relatedness(sent, notes=notes)[0, 1] == 0.5
    skill_relatedness(sent, notes=notes)
    assert notes.count("unknown_as_unrelated") == 2


def test_both_make_a_density() -> None:
    for near in (
        flow_relatedness(PEOPLE),
        skill_relatedness(PEOPLE),
        skill_relatedness(PEOPLE, scale="ratio"),
    ):
        found = relatedness_density([[1, 0, 0]], near)
        assert found[0, 0] == 0 and 0 < found[0, 1] <= 1


@pytest.mark.parametrize("size", [0, 1])
def test_hardly_anything_is_no_reason_to_fall_over(size: int) -> None:
    for fill in (0.0, 3.0):
        for measure in (flow_relatedness, skill_relatedness):
            assert measure(np.full((size, size), fill)).tolist() == [[0.0]] * size


@pytest.mark.parametrize(
    ("error", "question", "words"),
    [
        (NegativeRelatedness, lambda: flow_relatedness([[0, -2], [0, 0]]), "-2, at activity 0, activity 1"),
        (NegativeRelatedness, lambda: skill_relatedness([[0, 0], [-2, 0]]), "-2, at activity 1, activity 0"),
        (NotFinite, lambda: skill_relatedness([[0, np.nan], [0, 0]]), "at activity 0, activity 1"),
        (WrongShape, lambda: flow_relatedness([[1, 2]]), "not square"),
        (RefusedInput, lambda: flow_relatedness(SALES, method="median"), "no method “median”"),
        (RefusedInput, lambda: skill_relatedness(SALES, scale="log"), "no scale “log”"),
        (RefusedInput, lambda: flow_relatedness(SALES, outputs=[60.0, 0.0]), "outputs are 0 or unknown"),
        (WrongShape, lambda: flow_relatedness(SALES, inputs=[1.0]), "instead of"),
        (
            NegativeEmployment,
            lambda: flow_relatedness(SALES, inputs=[-1.0, 1.0]),
            "The inputs cannot be negative",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(error: Any, question: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        question()


def test_inputs_stay_as_they_were() -> None:
    people = PEOPLE.copy()
    people.setflags(write=False)
    flow_relatedness(people)
    skill_relatedness(people)
