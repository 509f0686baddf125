"""Other readings of a quotient: by hand, by what must always hold, and next to another package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from regional_analytics import (
    Notes,
    average_quotient,
    hachman_index,
    krugman_specialisation,
    location_quotient,
    normalised_advantage,
    per_head_quotient,
    specialisation_coefficient,
    symmetric_quotient,
)
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, WrongShape

GOLDEN = Path(__file__).parents[1] / "golden" / "concentration_econcomplex.json"
JOBS = np.array([[30.0, 10.0], [10.0, 30.0]])


def golden() -> dict[str, Any]:
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


# By hand -------------------------------------------------------------------------------------------------


def test_half_and_twice_the_average_are_equally_far_from_it() -> None:
    """(2 − 1)/3 and (½ − 1)/1½: a third on either side."""
    jobs = [[20.0, 5.0], [0.0, 0.0]]
    found = symmetric_quotient(jobs, area=[10.0, 10.0], region_totals=[20.0, 1.0], area_total=20.0)
    assert found[0].tolist() == [pytest.approx(1 / 3), pytest.approx(-1 / 3)]
    assert found[1].tolist() == [-1.0, -1.0]


def test_normalised_advantage_by_hand() -> None:
    """30 of 80, where half of half would be expected: 0.375 − 0.25."""
    assert normalised_advantage(JOBS)[0].tolist() == [0.125, -0.125]


def test_per_head_by_hand() -> None:
    """30 for 20 heads next to 40 for 100: 1.5 / 0.4."""
    assert per_head_quotient(JOBS, population=[20.0, 80.0])[0, 0] == pytest.approx(3.75)
    assert per_head_quotient(JOBS, population=[20.0, 80.0], area_population=200.0)[0, 0] == pytest.approx(7.5)


def test_average_quotient_and_hachman_by_hand() -> None:
    """0.75 · 0.75/0.4 + 0.25 · 0.25/0.6 next to an area of 4 to 6."""
    expected = 0.75**2 / 0.4 + 0.25**2 / 0.6
    assert average_quotient([[30.0, 10.0]], area=[40.0, 60.0])[0] == pytest.approx(expected)
    assert hachman_index([[30.0, 10.0]], area=[40.0, 60.0])[0] == pytest.approx(1 / expected)


def test_the_coefficient_of_specialisation_is_half_of_krugmans_index() -> None:
    """Ten of forty people would have to change."""
    assert specialisation_coefficient(JOBS).tolist() == [0.25, 0.25]


# Edges ---------------------------------------------------------------------------------------------------


def test_a_region_of_nobody_is_undefined_and_not_unlike_everything() -> None:
    """A package gives it a Hachman index of 0 and a Krugman index of 1."""
    for measure in (average_quotient, hachman_index, specialisation_coefficient):
        notes = Notes()
        found = measure([[0.0, 0.0], [3.0, 1.0]], notes=notes)
        assert np.isnan(found.data[0]) and found[1] == pytest.approx(0 if "spec" in measure.__name__ else 1)
        assert notes.of_kind("undefined")[0].positions == ((0,),)


def test_what_the_area_lacks_has_no_bound() -> None:
    notes = Notes()
    found = average_quotient([[3.0, 1.0]], area=[4.0, 0.0], notes=notes)
    assert np.isnan(found.data[0])
    assert notes.of_kind("unbounded")[0].positions == ((0, 1),)
    assert np.isnan(hachman_index([[3.0, 1.0]], area=[4.0, 0.0]).data[0])


def test_what_neither_has_does_not_matter() -> None:
    assert average_quotient([[3.0, 1.0, 0.0]], area=[3.0, 1.0, 0.0]).tolist() == [1.0]


def test_an_unknown_cell_is_no_difference() -> None:
    jobs = np.ma.masked_equal([[5.0, 5.0, -1.0]], -1.0)
    assert hachman_index(jobs, area=[10.0, 10.0, 80.0]).tolist() == [1.0]


@pytest.mark.parametrize(
    "measure",
    [
        symmetric_quotient,
        normalised_advantage,
        average_quotient,
        hachman_index,
        specialisation_coefficient,
    ],
)
def test_the_unknown_stays_unknown(measure: Any) -> None:
    assert measure(np.ma.masked_all((2, 3))).mask.all()


def test_where_nobody_lives_there_is_nothing_per_head() -> None:
    notes = Notes()
    found = per_head_quotient([[5.0, 0.0], [5.0, 5.0]], population=[0.0, 10.0], notes=notes)
    assert np.isnan(found.data[0]).all() and np.isfinite(found.data[1]).all()
    assert notes.of_kind("unbounded")[0].positions == ((0, 0),)
    assert [note.positions for note in notes.of_kind("undefined")] == [((0,),)]


def test_with_one_population_unknown_nothing_can_be_said_per_head_but_next_to_a_published_one() -> None:
    people = np.ma.masked_equal([25.0, -1.0], -1.0)
    assert per_head_quotient(JOBS, population=people).mask.all()
    found = per_head_quotient(JOBS, population=people, area_population=100.0)
    assert found.mask.tolist() == [[False, False], [True, True]]


def test_an_area_of_nobody_has_no_advantage() -> None:
    notes = Notes()
    assert np.isnan(normalised_advantage([[0.0, 0.0]], notes=notes).data).all()
    assert notes.count("undefined") == 2


def test_a_region_of_nobody_has_just_what_is_expected() -> None:
    assert normalised_advantage([[0.0, 0.0], [3.0, 1.0]])[0].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("jobs", "people", "error"),
    [
        ([[-1.0, 2.0]], [3.0], NegativeEmployment),
        ([[np.nan, 2.0]], [3.0], NotFinite),
        ([1.0, 2.0], [3.0], WrongShape),
        ([[1.0, 2.0]], [3.0, 4.0], WrongShape),
        ([[1.0, 2.0]], [-3.0], NegativeEmployment),
    ],
)
def test_bad_input_is_refused(jobs: Any, people: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        per_head_quotient(jobs, population=people)


def test_one_region_alone_is_its_own_area() -> None:
    assert symmetric_quotient([[3.0, 1.0]]).tolist() == [[0.0, 0.0]]
    assert hachman_index([[3.0, 1.0]]).tolist() == [1.0]


# What must always hold -----------------------------------------------------------------------------------


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_advantages_add_up_to_nothing_in_rows_and_columns(jobs: np.ndarray) -> None:
    found = normalised_advantage(jobs)
    np.testing.assert_allclose(found.sum(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(found.sum(axis=1), 0.0, atol=1e-12)
    assert (np.abs(found) <= 0.25 + 1e-12).all()


@given(partly_known())
@settings(max_examples=60, deadline=None)
def test_bounds_and_scale(jobs: Any) -> None:
    hachman, average = hachman_index(jobs).compressed(), average_quotient(jobs).compressed()
    defined = ~np.isnan(average)
    assert (average[defined] >= 1 - 1e-9).all() and (hachman[defined] <= 1 + 1e-9).all()
    np.testing.assert_allclose(average_quotient(jobs * 7.0).compressed(), average, rtol=1e-9)
    spread = symmetric_quotient(jobs).compressed()
    assert (np.abs(spread[~np.isnan(spread)]) <= 1).all()
    half = specialisation_coefficient(jobs)
    np.testing.assert_allclose(half.filled(9.0), (krugman_specialisation(jobs) / 2).filled(9.0))


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_they_agree_with_plain_loops(jobs: Any) -> None:
    average = average_quotient(jobs)
    whole = [sum(float(jobs[r, a]) for r in range(jobs.shape[0]) if jobs[r, a] is not np.ma.masked)
             for a in range(jobs.shape[1])]  # fmt: skip
    for r in range(jobs.shape[0]):
        known = [a for a in range(jobs.shape[1]) if jobs[r, a] is not np.ma.masked]
        here, there = sum(float(jobs[r, a]) for a in known), sum(whole[a] for a in known)
        if not known:
            assert average[r] is np.ma.masked
        elif here == 0 or there == 0:
            assert np.isnan(average[r])
        else:
            terms = [(float(jobs[r, a]) / here) ** 2 / (whole[a] / there) for a in known if whole[a] > 0]
            assert average[r] == pytest.approx(sum(terms))


def test_nothing_is_written_into_the_input() -> None:
    jobs = JOBS.copy()
    for measure in (symmetric_quotient, normalised_advantage, average_quotient, hachman_index):
        measure(jobs)
    assert (jobs == JOBS).all()


# Another package -----------------------------------------------------------------------------------------


def test_they_agree_with_econcomplex() -> None:
    known = golden()
    jobs, found = np.array(known["employment"]), known["results"]
    for name, ours in {
        "specialization_coefficient": specialisation_coefficient(jobs),
        "location_quotient_avg": average_quotient(jobs),
        "hachman_index": hachman_index(jobs),
        "rpop": per_head_quotient(jobs, population=known["population"]),
    }.items():
        np.testing.assert_allclose(ours, found[name], rtol=1e-12, err_msg=name)
    quotient = location_quotient(jobs)
    np.testing.assert_allclose(symmetric_quotient(jobs), (quotient - 1) / (quotient + 1))
