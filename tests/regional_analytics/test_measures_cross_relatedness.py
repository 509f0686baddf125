"""What leads to what: two years, two kinds of activities, and regions alike in what they do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.employment import employment, partly_known
from factories.relatedness import presences
from regional_analytics import (
    NegativeEmployment,
    NotAPresence,
    Notes,
    RefusedInput,
    WrongShape,
    assist,
    cross_proximity,
    cross_relatedness,
    export_similarity,
    proximity,
    relatedness_density,
    taxonomy,
)


def layers() -> st.SearchStrategy[Any]:
    """Two presences of the same regions."""
    return presences().flatmap(
        lambda one: st.tuples(
            st.just(one), presences(regions=len(one)).filter(lambda two: len(two) == len(one))
        )
    )


def test_being_together_among_few_says_more_than_among_many() -> None:
    """Both in two regions, of two and of four activities: (1/2 + 1/4) / 2; the others met once, among four: 1/4 / 2."""
    found = taxonomy([[1, 1, 0, 0], [1, 1, 1, 1]])
    assert found[0].tolist() == [0.375, 0.375, 0.125, 0.125]
    assert found[2].tolist() == [0.125, 0.125, 0.25, 0.25]


def test_what_was_where_there_is_something_now() -> None:
    """Steel was in one region, which now has half of each; wine in two, the other of which has glass alone."""
    assert assist([[1, 1], [1, 0]], [[1, 1], [0, 1]]).tolist() == [[0.25, 0.75], [0.5, 0.5]]


def test_a_field_of_patents_is_near_to_the_industry_it_shares_regions_with() -> None:
    assert cross_proximity([[1, 1], [1, 0]], [[1], [0]]).tolist() == [[0.5], [1.0]]


@given(layers())
@settings(max_examples=80, deadline=None)
def test_all_agree_with_loops_over_the_formulas(pair: Any) -> None:
    one, two = pair
    (regions, n), m = one.shape, two.shape[1]
    u, v, d, e = one.sum(axis=0), two.sum(axis=0), one.sum(axis=1), two.sum(axis=1)
    prepared, shared, tied = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, n))
    for r in range(regions):
        for i in range(n):
            for j in range(m):
                if one[r, i] and two[r, j]:
                    prepared[i, j] += 1 / u[i] / e[r]
                    shared[i, j] += 1 / max(u[i], v[j])
            for j in range(n):
                if one[r, i] and one[r, j]:
                    tied[i, j] += 1 / d[r] / max(u[i], u[j])
    np.testing.assert_allclose(assist(one, two), prepared, atol=1e-14)
    np.testing.assert_allclose(cross_proximity(one, two), shared, atol=1e-14)
    np.testing.assert_allclose(taxonomy(one), tied, atol=1e-14)
    expected = np.full((regions, m), np.nan)
    for j in np.flatnonzero(shared.sum(axis=0)):
        expected[:, j] = [sum(one[r] * shared[:, j]) / sum(shared[:, j]) for r in range(regions)]
    np.testing.assert_allclose(cross_relatedness(one, shared).filled(np.nan), expected, atol=1e-14)


@given(layers())
@settings(max_examples=60, deadline=None)
def test_a_row_of_assist_is_shared_out_whole(pair: Any) -> None:
    one, two = pair
    still = two.any(axis=1)
    rows = assist(one, two).sum(axis=1)
    for i in range(one.shape[1]):
        had = one[:, i] > 0
        assert rows[i] == pytest.approx(still[had].mean() if had.any() else 0)


@given(presences())
@settings(max_examples=60, deadline=None)
def test_with_itself_crossing_is_what_was_before(has: np.ndarray) -> None:
    np.testing.assert_allclose(cross_proximity(has, has), proximity(has), atol=1e-15)
    np.testing.assert_allclose(
        cross_relatedness(has, proximity(has)).filled(-1), relatedness_density(has, proximity(has)).filled(-1)
    )
    near = taxonomy(has)
    assert (near == near.T).all() and near.max(initial=0) <= 1


def test_what_is_nowhere_is_named_on_both_sides() -> None:
    notes = Notes()
    found = cross_proximity([[1, 0]], [[0, 1]], notes=notes)
    assert found.tolist() == [[0, 1], [0, 0]]
    assert [note.positions for note in notes.of_kind("related_to_nothing")] == [((1,),), ((0,),)]
    notes = Notes()
    lost = cross_relatedness([[1, 0]], found, notes=notes)
    assert np.isnan(lost.data[0, 0]) and lost[0, 1] == 1 and notes.count("undefined") == 1


def test_regions_of_opposite_mixes_are_opposite() -> None:
    """Three activities are needed to tell more than like or unlike: 2, 1, ½ against ½, 1, 2, and against itself."""
    found = export_similarity([[40.0, 20.0, 10.0], [10.0, 20.0, 40.0], [80.0, 40.0, 20.0]])
    assert found[0, 2] == pytest.approx(1) and found[0, 1] < -0.9
    assert found.diagonal().tolist() == [1, 1, 1]


@given(employment(least=1))
@settings(max_examples=60, deadline=None)
def test_similarity_is_the_correlation_of_logarithms(jobs: np.ndarray) -> None:
    notes = Notes()
    found = export_similarity(jobs, notes=notes)
    quotients = (jobs / jobs.sum(axis=1, keepdims=True)) / (jobs.sum(axis=0) / jobs.sum())
    logs = np.log(quotients + 0.1)
    for r in range(len(jobs)):
        for s in range(len(jobs)):
            if np.ptp(logs[r]) > 1e-6 and np.ptp(logs[s]) > 1e-6:
                expected = np.corrcoef(logs[r], logs[s])[0, 1]
                assert found[r, s] == pytest.approx(expected, abs=1e-6)


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_similarity_lies_between_minus_one_and_one_or_is_undefined_and_noted(jobs: Any) -> None:
    notes = Notes()
    found = export_similarity(jobs, notes=notes).data
    told = ~np.isnan(found)
    assert (np.abs(found[told]) <= 1).all()
    assert told.all() or notes.count("undefined")


def test_a_region_with_the_mix_of_the_area_has_nothing_to_be_alike_in() -> None:
    """All its quotients are 1, give or take a rounding, which is no pattern."""
    notes = Notes()
    jobs = np.array([[1.0, 7.0, 2.0], [3.0, 4.0, 3.0], [1.0, 1.0, 8.0], [0.0, 0.0, 0.0]])
    jobs[3] = jobs.sum(axis=0) / 3
    assert np.isnan(export_similarity(jobs, notes=notes).data[3]).all()
    assert ((3,),) in [note.positions for note in notes.of_kind("undefined")]


def test_a_region_of_nobody_is_like_no_other_and_named() -> None:
    notes = Notes()
    found = export_similarity([[30.0, 10.0], [0.0, 0.0], [10.0, 30.0]], notes=notes)
    assert np.isnan(found.data[1]).all() and np.isnan(found.data[:, 1]).all()
    assert found[0, 2] == pytest.approx(-1)
    assert ((1,),) in [note.positions for note in notes.of_kind("undefined")]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (1, 3), (3, 1)])
def test_hardly_anything_is_no_reason_to_fall_over(shape: tuple[int, int]) -> None:
    n = shape[1]
    for fill in (0.0, 1.0):
        has = np.full(shape, fill)
        for found in (taxonomy(has), assist(has, has), cross_proximity(has, has)):
            assert found.shape == (n, n) and np.isfinite(found).all()
        assert cross_relatedness(has, np.eye(n)).shape == shape
        assert export_similarity(has).shape == (shape[0], shape[0])
    assert not taxonomy(np.ma.masked_all(shape)).any()
    assert np.isnan(export_similarity(np.ma.masked_all(shape)).data).all()


@pytest.mark.parametrize(
    ("error", "question", "words"),
    [
        (WrongShape, lambda: assist([[1], [0]], [[1]]), "2 and 1 regions"),
        (WrongShape, lambda: cross_proximity([[1]], [[1], [0]]), "1 and 2 regions"),
        (NotAPresence, lambda: assist([[1]], [[3]]), "The other presence is 0 or 1, and not 3"),
        (NotAPresence, lambda: taxonomy([[0.5]]), "at region 0, activity 0"),
        (WrongShape, lambda: cross_relatedness([[1, 0]], [[1.0]]), "of 1 activities instead of 2"),
        (RefusedInput, lambda: cross_relatedness([[1]], [[-1.0]]), "cannot be negative"),
        (RefusedInput, lambda: export_similarity([[1.0]], floor=0.0), "floor of 0"),
        (NegativeEmployment, lambda: export_similarity([[-1.0]]), "cannot be negative"),
    ],
)
def test_what_cannot_be_is_refused_in_words(error: Any, question: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        question()


def test_inputs_stay_as_they_were() -> None:
    has = np.array([[1.0, 0.0], [1.0, 1.0]])
    has.setflags(write=False)
    for question in (taxonomy, lambda m: assist(m, m), lambda m: cross_relatedness(m, m), export_similarity):
        question(has)
