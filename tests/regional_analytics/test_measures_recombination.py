"""How easily technologies combine: by hand, by loops over patents, dense and sparse, next to another package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import sparse

from regional_analytics import (
    NotAPresence,
    Notes,
    average_complexity,
    ease_of_recombination,
    modular_complexity,
)
from regional_analytics.measures.inputs import NegativeEmployment, RefusedInput, WrongShape

GOLDEN = Path(__file__).parents[1] / "golden" / "concentration_econcomplex.json"
PATENTS = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 0]])


def incidences() -> st.SearchStrategy[Any]:
    shapes = st.tuples(st.integers(1, 8), st.integers(1, 6))
    return shapes.flatmap(
        lambda shape: arrays.arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0]))
    )


def test_two_partners_in_four_patents_are_half_as_easy_as_one_in_one() -> None:
    assert ease_of_recombination(PATENTS).tolist() == [0.5, 0.5, 1.0]


def test_the_share_of_patents_with_a_partner_is_another_figure() -> None:
    assert ease_of_recombination(PATENTS, count="shared_patents").tolist() == [0.75, 1.0, 1.0]


def test_modular_complexity_by_hand() -> None:
    """Two classes of ½ and ½; of ½ and 1; one of ½."""
    assert modular_complexity(PATENTS).tolist() == pytest.approx([2.0, 2.0, 4 / 3, 2.0])


def test_ease_may_come_from_earlier_patents() -> None:
    found = modular_complexity(PATENTS, ease=np.ma.masked_equal([0.5, -1.0, 0.25], -1.0))
    assert np.isnan(found[:2]).all()
    assert found[2:].tolist() == pytest.approx([2 / 0.75, 2.0])


def test_classes_and_patents_of_nothing_are_undefined_and_named() -> None:
    notes = Notes()
    ease = ease_of_recombination([[1, 1, 0], [0, 0, 0]], notes=notes)
    assert ease[:2].tolist() == [1.0, 1.0] and np.isnan(ease[2])
    assert notes.of_kind("undefined")[0].positions == ((2,),)
    notes = Notes()
    found = modular_complexity([[1, 1, 0], [0, 0, 0], [0, 0, 1]], notes=notes)
    assert found[0] == 1.0 and np.isnan(found[1:]).all()
    assert notes.of_kind("undefined")[0].positions == ((1,),)
    assert notes.of_kind("unbounded")[0].positions == ((2,),)


def test_averages_of_regions_and_of_classes() -> None:
    """Whole patents, and a patent of two regions by halves."""
    notes = Notes()
    found = average_complexity(
        [2.0, 2.0, 4.0, np.nan], members=[[1, 0], [0.5, 0.5], [0, 1], [0, 1]], notes=notes
    )
    assert found.tolist() == pytest.approx([2.0, (0.5 * 2 + 4) / 1.5])
    assert notes.of_kind("left_out")[0].positions == ((3,),)
    of_classes = average_complexity(modular_complexity(PATENTS), members=PATENTS)
    assert of_classes[0] == pytest.approx((2 + 2 + 4 / 3 + 2) / 4)
    assert average_complexity([2.0], members=[[1, 0]]).mask.tolist() == [False, True]


@given(incidences())
@settings(max_examples=80, deadline=None)
@pytest.mark.parametrize("count", ["partner_classes", "shared_patents"])
def test_they_agree_with_loops_and_sparse_with_dense(count: Any, patents: np.ndarray) -> None:
    ease = ease_of_recombination(patents, count=count)
    many, classes = patents.shape
    for c in range(classes):
        own = [p for p in range(many) if patents[p, c]]
        if not own:
            assert np.isnan(ease[c])
            continue
        partners = {d for p in own for d in range(classes) if d != c and patents[p, d]}
        shared = [p for p in own if patents[p].sum() > 1]
        assert ease[c] == pytest.approx(
            (len(partners) if count == "partner_classes" else len(shared)) / len(own)
        )
    complexity = modular_complexity(patents, count=count)
    for p in range(many):
        summed = sum(ease[c] for c in range(classes) if patents[p, c])
        expected = patents[p].sum() / summed if summed else np.nan
        np.testing.assert_allclose(complexity[p], expected)
    for form in (sparse.csr_array, sparse.csc_matrix, sparse.coo_array):
        np.testing.assert_array_equal(ease_of_recombination(form(patents), count=count), ease)
        np.testing.assert_array_equal(modular_complexity(form(patents), count=count), complexity)


def test_stored_zeros_are_no_classes_and_the_input_stays() -> None:
    given_in = sparse.csr_array(PATENTS.astype(float))
    given_in.data[0] = 0.0
    before = given_in.copy()
    dense = given_in.toarray()
    assert ease_of_recombination(given_in).tolist() == ease_of_recombination(dense).tolist()
    assert given_in.nnz == before.nnz and (given_in.data == before.data).all()


def test_a_large_sparse_incidence_is_no_burden() -> None:
    """Two hundred thousand patents in six hundred classes, three each. Seed 1."""
    random = np.random.default_rng(1)
    rows = np.repeat(np.arange(200_000), 3)
    columns = (random.integers(0, 600, (200_000, 1)) + np.array([0, 7, 90])).ravel() % 600
    patents = sparse.coo_array((np.ones(rows.size), (rows, columns)), shape=(200_000, 600))
    assert modular_complexity(patents).shape == (200_000,)


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (lambda: ease_of_recombination([[2, 1]]), NotAPresence),
        (lambda: ease_of_recombination(sparse.csr_array([[2.0, 1.0]])), NotAPresence),
        (lambda: ease_of_recombination([1, 0]), WrongShape),
        (lambda: ease_of_recombination(PATENTS, count="any"), RefusedInput),  # type: ignore[arg-type]
        (lambda: modular_complexity(PATENTS, ease=[1.0, 2.0]), WrongShape),
        (lambda: modular_complexity(PATENTS, ease=[1.0, 2.0, -1.0]), NegativeEmployment),
        (lambda: average_complexity([1.0, 2.0], members=[[1, 0]]), WrongShape),
        (lambda: average_complexity([1.0], members=[[1, -1]]), NegativeEmployment),
        (lambda: average_complexity([1.0], members=sparse.csr_array([[1.0, -1.0]])), NegativeEmployment),
    ],
)
def test_bad_input_is_refused(question: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        question()


def test_unknown_cells_count_as_absent_and_are_noted() -> None:
    notes = Notes()
    patents = np.ma.masked_equal([[1, -1], [1, 0]], -1)
    assert ease_of_recombination(patents, notes=notes)[0] == 0.0
    assert notes.count("unknown_as_absent") == 1


def test_the_share_of_patents_is_what_econcomplex_calls_ease() -> None:
    """Where it gives 0 for patents whose classes were never combined, we give NaN: they are the hardest, not the easiest."""
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    patents, found = np.array(known["patents"]), known["results"]
    ours = ease_of_recombination(patents, count="shared_patents")
    np.testing.assert_allclose(ours, found["ease_of_recombination"], rtol=1e-12)
    complexity, theirs = (
        modular_complexity(patents, count="shared_patents"),
        np.array(found["modular_complexity"]),
    )
    defined = ~np.isnan(complexity)
    np.testing.assert_allclose(complexity[defined], theirs[defined], rtol=1e-12)
    assert (theirs[~defined] == 0).all()
