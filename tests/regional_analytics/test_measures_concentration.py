"""Where an activity sits, and how much a region leans on few: by hand, and by what must always hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from regional_analytics import Notes, herfindahl, share_of_area

JOBS = np.array([[30.0, 10.0], [10.0, 30.0], [0.0, 40.0]])


def test_three_of_four_winemakers_work_in_a() -> None:
    assert share_of_area(JOBS)[:, 0].tolist() == [0.75, 0.25, 0.0]


def test_next_to_an_area_that_counts_more_the_share_is_smaller() -> None:
    assert share_of_area(JOBS, area=[400.0, 80.0])[0].tolist() == [0.075, 0.125]


def test_a_region_larger_than_its_area_is_noted_since_it_cannot_be_in_it() -> None:
    notes = Notes()
    assert share_of_area([[30.0]], area=[10.0], notes=notes).tolist() == [[3.0]]
    assert notes.count("part_above_whole") == 1


def test_shares_of_an_unknown_area_are_unknown_and_of_an_empty_one_undefined() -> None:
    notes = Notes()
    area = np.ma.masked_equal([-1.0, 0.0], -1.0)
    shares = share_of_area([[5.0, 0.0], [1.0, 0.0]], area=area, notes=notes)
    assert shares.mask.tolist() == [[True, False]] * 2
    assert np.isnan(shares.data[:, 1]).all()
    (note,) = notes.of_kind("undefined")
    assert (note.count, note.positions) == (2, ((1,),))


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_the_shares_of_all_regions_make_the_whole(jobs: np.ndarray) -> None:
    np.testing.assert_allclose(share_of_area(jobs).sum(axis=0), 1.0, rtol=1e-12)


def test_herfindahl_by_hand() -> None:
    """0.75² + 0.25² = 0.625; an activity alone 1; normalised (0.625 − 0.5) / 0.5."""
    assert herfindahl(JOBS).tolist() == [0.625, 0.625, 1.0]
    assert herfindahl(JOBS, normalised=True).tolist() == [0.25, 0.25, 1.0]


def test_herfindahl_counts_known_activities_only() -> None:
    """With the third activity unknown, the even spread is a half and not a third."""
    jobs = np.ma.masked_equal([[20.0, 20.0, -1.0]], -1.0)
    assert herfindahl(jobs).tolist() == [0.5]
    assert herfindahl(jobs, normalised=True).tolist() == [0.0]


def test_herfindahl_of_nobody_is_undefined_not_minus_a_bit() -> None:
    notes = Notes()
    index = herfindahl([[0.0, 0.0], [4.0, 0.0]], normalised=True, notes=notes)
    assert np.isnan(index.data[0])
    assert index[1] == 1.0
    assert notes.of_kind("undefined")[0].positions == ((0,),)


def test_a_single_known_activity_cannot_be_normalised() -> None:
    jobs = np.ma.masked_equal([[4.0, -1.0]], -1.0)
    assert herfindahl(jobs).tolist() == [1.0]
    assert np.isnan(herfindahl(jobs, normalised=True).data[0])


def test_herfindahl_of_the_unknown_is_unknown() -> None:
    assert herfindahl(np.ma.masked_all((2, 3))).mask.all()


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_an_even_spread_is_the_least_there_can_be(jobs: np.ndarray) -> None:
    index = herfindahl(jobs)
    assert (index >= 1 / jobs.shape[1] - 1e-12).all() and (index <= 1 + 1e-12).all()


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_herfindahl_agrees_with_a_data_frame_computation(jobs: Any) -> None:
    frame = pd.DataFrame(jobs.filled(np.nan))
    shares = frame.div(frame.sum(axis=1, min_count=1), axis=0).replace([np.inf, -np.inf], np.nan)
    expected = shares.pow(2).sum(axis=1, min_count=1)
    np.testing.assert_allclose(herfindahl(jobs).filled(np.nan), expected, rtol=1e-12)


@pytest.mark.parametrize("normalised", [False, True])
def test_the_order_of_activities_does_not_matter(normalised: bool) -> None:
    here = herfindahl(JOBS, normalised=normalised)
    there = herfindahl(JOBS[:, ::-1], normalised=normalised)
    assert here.tolist() == there.tolist()
