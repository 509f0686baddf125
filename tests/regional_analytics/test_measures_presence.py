"""Who has what: ties, nobody, the unknown, and the core that is left."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from regional_analytics import (
    NotAPresence,
    Notes,
    NothingLeft,
    core,
    diversity,
    location_quotient,
    presence,
    ubiquity,
)
from regional_analytics.measures.inputs import RefusedInput

JOBS = np.array([[30.0, 10.0], [10.0, 30.0]])


def test_a_region_has_what_it_has_more_than_its_share_of() -> None:
    assert presence(JOBS).tolist() == [[True, False], [False, True]]


def test_ties_count_as_present() -> None:
    """The same mix everywhere, in regions of 1, 2 and 3 tenths: every quotient is 1."""
    assert presence(np.outer([10.0, 20.0, 30.0], [1.0, 7.0, 2.0])).all()


def test_nobody_has_nothing_though_zero_is_no_less_than_zero() -> None:
    notes = Notes()
    found = presence([[30.0, 10.0, 0.0], [0.0, 0.0, 0.0]], notes=notes)
    assert found[1].tolist() == [False, False, False]
    assert found[:, 2].tolist() == [False, False]
    assert (
        notes.count("undefined") == 4
    )  # three activities of the empty region, one empty activity of the other


def test_what_is_unknown_is_masked_and_the_rest_is_compared() -> None:
    jobs = np.ma.masked_equal([[30.0, 10.0, -1.0], [10.0, 30.0, 5.0]], -1.0)
    found = presence(jobs)
    assert found.mask.tolist() == [[False, False, True], [False, False, False]]
    assert found[0, 0] and not found[0, 1]


def test_more_jobs_a_head_than_the_area_is_another_question_than_a_higher_share() -> None:
    """B has three quarters of the people: half of all steel is less than its heads, and more than its jobs."""
    jobs = [[30.0, 20.0], [10.0, 20.0]]
    assert presence(jobs)[1].tolist() == [False, True]
    assert presence(jobs, rule="per_head", population=[25.0, 75.0])[1].tolist() == [False, False]
    assert presence(jobs, rule="both", population=[25.0, 75.0]).tolist() == [[True, False], [False, False]]


def test_with_one_population_unknown_nothing_can_be_said_per_head() -> None:
    people = np.ma.masked_equal([25.0, -1.0], -1.0)
    assert presence(JOBS, rule="per_head", population=people).mask.all()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"threshold": 0.0}, "above 0"),
        ({"threshold": np.nan}, "above 0"),
        ({"rule": "per_head"}, "population"),
        ({"rule": "ica"}, "no rule"),
    ],
)
def test_an_impossible_question_is_refused_in_words(options: dict, words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        presence(JOBS, **options)


@given(employment())
@settings(max_examples=60, deadline=None)
def test_presence_is_a_quotient_of_at_least_one_but_for_rounding(jobs: np.ndarray) -> None:
    quotient = location_quotient(jobs).filled(np.nan)
    clear = np.abs(quotient - 1) > 1e-9
    found = presence(jobs).filled(False)
    assert (found[clear] == (quotient[clear] > 1)).all()
    assert not found[np.isnan(quotient)].any()


@given(partly_known())
@settings(max_examples=60, deadline=None)
def test_counting_both_ways_counts_the_same(jobs: np.ma.MaskedArray) -> None:
    found = presence(jobs)
    assert diversity(found).sum() == ubiquity(found).sum() == found.filled(False).sum()


def test_a_presence_is_nothing_but_yes_and_no() -> None:
    with pytest.raises(NotAPresence, match=r"0 or 1, and not 0.5, at region 0, activity 1"):
        diversity([[1.0, 0.5]])


def test_the_core_is_left_when_thin_rows_have_made_other_rows_thin() -> None:
    """Steel is only in B. Without it B has nothing but a little glass, and the others none above their share."""
    jobs = np.array([[9.0, 0.0, 1.0], [0.0, 8.0, 1.0], [8.0, 0.0, 0.0]])
    notes = Notes()
    left = core(jobs, least_ubiquity=2, notes=notes)
    assert (left.regions.tolist(), left.activities.tolist(), left.rounds) == ([0, 2], [0], 3)
    assert left.presence.tolist() == [[True], [True]]
    assert {note.axes[0]: note.positions for note in notes.of_kind("trimmed")} == {
        "region": ((1,),),
        "activity": ((1,), (2,)),
    }


def test_a_core_of_nothing_is_refused() -> None:
    with pytest.raises(NothingLeft, match="bring more figures"):
        core(JOBS, least_ubiquity=2)
