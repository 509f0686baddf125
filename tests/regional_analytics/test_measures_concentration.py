"""Where an activity sits, and how much a region leans on few: by hand, and by what must always hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from regional_analytics import Notes, herfindahl, hoover_index, krugman_concentration, share_of_area
from regional_analytics.measures.inputs import RefusedInput

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


# Next to all jobs, or people -----------------------------------------------------------------------------


def test_krugman_concentration_by_hand() -> None:
    """Wine is 0.75, 0.25, 0; all jobs a third each: 0.41… + 0.08… + 0.33…."""
    assert krugman_concentration(JOBS)[0] == pytest.approx(5 / 12 + 1 / 12 + 4 / 12)


def test_hoover_index_is_the_part_that_would_have_to_move_and_no_per_cent() -> None:
    """Of 40 winemakers, 30 sit with a quarter of the people: 20 would have to go."""
    assert hoover_index(JOBS, base=[25.0, 25.0, 50.0])[0] == pytest.approx(0.5)
    assert hoover_index(JOBS)[0] == pytest.approx(float(krugman_concentration(JOBS)[0]) / 2)


def test_an_unknown_region_is_left_out_of_both_spreads() -> None:
    jobs = np.ma.masked_equal([[10.0], [10.0], [-1.0]], -1.0)
    assert hoover_index(jobs, base=[1.0, 1.0, 98.0]).tolist() == [0.0]
    assert hoover_index([[10.0], [30.0]], base=np.ma.masked_equal([5.0, -1.0], -1.0)).tolist() == [0.0]


def test_concentration_of_nobody_is_undefined_and_of_the_unknown_unknown() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal([[0.0, -1.0, 1.0], [0.0, -1.0, 2.0]], -1.0)
    found = krugman_concentration(jobs, notes=notes)
    assert found.mask.tolist() == [False, True, False] and np.isnan(found.data[0])
    assert notes.of_kind("undefined")[0].positions == ((0,),)
    assert np.isnan(hoover_index([[1.0]], base=[0.0]).data[0])


def test_krugman_is_two_where_nobody_else_works() -> None:
    assert krugman_concentration([[4.0], [0.0]], region_totals=[0.0, 9.0]).tolist() == [2.0]


@pytest.mark.parametrize("base", [[1.0, 2.0], [1.0, 2.0, -3.0], [1.0, 2.0, np.inf]])
def test_a_base_that_does_not_fit_is_refused(base: list[float]) -> None:
    with pytest.raises(RefusedInput):
        hoover_index(JOBS, base=base)


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_krugman_concentration_agrees_with_plain_loops(jobs: Any) -> None:
    found = krugman_concentration(jobs)
    regions, activities = jobs.shape
    totals = [sum(float(x) for x in jobs[r].compressed()) for r in range(regions)]
    for a in range(activities):
        known = [r for r in range(regions) if jobs[r, a] is not np.ma.masked]
        here, there = sum(float(jobs[r, a]) for r in known), sum(totals[r] for r in known)
        if not known:
            assert found[a] is np.ma.masked
        elif here == 0 or there == 0:
            assert np.isnan(found[a])
        else:
            terms = [abs(float(jobs[r, a]) / here - totals[r] / there) for r in known]
            assert found[a] == pytest.approx(sum(terms), abs=1e-12)
