"""What suppressed cells can be: by hand, by hiding what is known, and next to a linear program."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from factories.employment import employment
from regional_analytics import Notes, cell_bounds, location_quotient, quotient_bounds
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape


def hidden(*rows: list[float]) -> Any:
    return np.ma.masked_equal(list(rows), -1.0)


def tables() -> st.SearchStrategy[tuple[np.ndarray, np.ndarray]]:
    """A whole table, and which of its cells are suppressed."""
    return employment(most=60, largest=4).flatmap(
        lambda jobs: st.lists(st.booleans(), min_size=jobs.size, max_size=jobs.size).map(
            lambda flags: (jobs, np.array(flags).reshape(jobs.shape))
        )
    )


# Cells ---------------------------------------------------------------------------------------------------


def test_two_suppressed_cells_share_what_the_total_leaves() -> None:
    found = cell_bounds(hidden([30.0, -1.0, -1.0]), region_totals=[50.0])
    assert (found.lowest.tolist(), found.highest.tolist()) == ([[30.0, 0.0, 0.0]], [[30.0, 20.0, 20.0]])


def test_a_column_that_takes_little_leaves_the_rest_for_the_other() -> None:
    """20 for two cells; the area's second activity has 25, of which 18 are elsewhere: at most 7, so 13 in the third."""
    jobs = hidden([30.0, -1.0, -1.0], [10.0, 18.0, 30.0])
    found = cell_bounds(jobs, region_totals=[50.0, 58.0], area=np.ma.masked_equal([40.0, 25.0, -1.0], -1.0))
    assert found.highest[0].tolist() == [30.0, 7.0, 13.0]
    assert found.lowest[0].tolist() == [30.0, 7.0, 13.0]
    part = cell_bounds(jobs, region_totals=[50.0, 58.0], area=[40.0, 25.0, 99.0], complete=False)
    assert part.lowest[0].tolist() == [30.0, 0.0, 0.0]
    assert part.highest[0].tolist() == [30.0, 7.0, 20.0]


def test_a_single_suppressed_cell_is_given_away_and_named() -> None:
    notes = Notes()
    found = cell_bounds(hidden([30.0, -1.0], [10.0, 5.0]), region_totals=[50.0, 15.0], notes=notes)
    assert found.lowest[0, 1] == found.highest[0, 1] == 20.0
    assert notes.of_kind("given_away")[0].positions == ((0, 1),)


def test_totals_rounded_to_tens_say_less() -> None:
    notes = Notes()
    found = cell_bounds(hidden([30.0, -1.0]), region_totals=[50.0], rounding=5.0, notes=notes)
    assert (found.lowest[0, 1], found.highest[0, 1]) == (15.0, 25.0)
    assert notes.count("given_away") == 0


def test_totals_that_leave_less_than_nothing_are_contradicted() -> None:
    notes = Notes()
    found = cell_bounds(hidden([30.0, -1.0], [-1.0, 4.0]), region_totals=[25.0, 10.0], notes=notes)
    assert np.isnan(found.highest.data[0, 1]) and found.highest[1, 0] == 6.0
    assert notes.of_kind("contradiction")[0].positions == ((0, 1),)
    assert cell_bounds(hidden([30.0, -1.0]), region_totals=[28.0], rounding=5.0).highest[0, 1] == 3.0


def test_without_a_total_there_is_no_highest() -> None:
    jobs = hidden([30.0, -1.0], [10.0, -1.0])
    found = cell_bounds(jobs, region_totals=np.ma.masked_equal([50.0, -1.0], -1.0))
    assert found.highest.mask.tolist() == [[False, False], [False, True]]


@given(tables())
@settings(max_examples=150, deadline=None)
def test_the_truth_is_never_outside_the_bounds(table: tuple[np.ndarray, np.ndarray]) -> None:
    jobs, where = table
    for area in (None, jobs.sum(axis=0)):
        for complete in (True, False):
            found = cell_bounds(
                np.ma.MaskedArray(jobs, mask=where),
                region_totals=jobs.sum(axis=1),
                area=area,
                complete=complete,
            )
            assert (found.lowest <= jobs + 1e-9).all() and (found.highest >= jobs - 1e-9).all()
            assert np.array_equal(found.lowest[~where], jobs[~where])


@given(tables())
@settings(max_examples=60, deadline=None)
def test_the_bounds_are_those_of_a_linear_program_or_wider(table: tuple[np.ndarray, np.ndarray]) -> None:
    """With totals of regions alone they are the same; with both a table may allow less."""
    jobs, where = table
    rows, columns = jobs.sum(axis=1), jobs.sum(axis=0)
    cells = np.argwhere(where)
    if not len(cells):
        return
    known = np.where(where, 0.0, jobs)
    by_row = (cells[:, 0][None, :] == np.arange(len(rows))[:, None]).astype(float)
    by_column = (cells[:, 1][None, :] == np.arange(len(columns))[:, None]).astype(float)
    for area, sums, left in (
        (None, by_row, rows - known.sum(axis=1)),
        (
            columns,
            np.vstack([by_row, by_column]),
            np.concatenate([rows - known.sum(axis=1), columns - known.sum(axis=0)]),
        ),
    ):
        found = cell_bounds(np.ma.MaskedArray(jobs, mask=where), region_totals=rows, area=area)
        for at, (r, a) in enumerate(cells[:3]):
            aim = np.zeros(len(cells))
            aim[at] = 1.0
            least = linprog(aim, A_eq=sums, b_eq=left).fun
            most = -linprog(-aim, A_eq=sums, b_eq=left).fun
            assert found.lowest[r, a] <= least + 1e-6 and found.highest[r, a] >= most - 1e-6
            if area is None:
                assert found.lowest[r, a] == pytest.approx(least, abs=1e-6)
                assert found.highest[r, a] == pytest.approx(most, abs=1e-6)


@pytest.mark.parametrize(
    ("jobs", "options", "error"),
    [
        ([[-1.0, 2.0]], {"region_totals": [3.0]}, NegativeEmployment),
        ([[np.nan, 2.0]], {"region_totals": [3.0]}, NotFinite),
        ([[1.0, 2.0]], {"region_totals": [3.0, 4.0]}, WrongShape),
        ([[1.0, 2.0]], {"region_totals": [3.0], "area": [1.0]}, WrongShape),
        ([[1.0, 2.0]], {"region_totals": [3.0], "rounding": -1.0}, RefusedInput),
    ],
)
@pytest.mark.parametrize("measure", [cell_bounds, quotient_bounds])
def test_bad_input_is_refused(measure: Any, jobs: Any, options: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        measure(jobs, **options)


def test_a_large_table_settles() -> None:
    """A hundred regions and two hundred activities, a third of the small cells suppressed. Seed 1."""
    random = np.random.default_rng(1)
    jobs = random.lognormal(3, 2, (100, 200)).round()
    where = (jobs < 20) & (random.random(jobs.shape) < 0.3)
    found = cell_bounds(
        np.ma.MaskedArray(jobs, mask=where), region_totals=jobs.sum(axis=1), area=jobs.sum(axis=0)
    )
    assert (found.lowest <= jobs + 1e-6).all() and (found.highest >= jobs - 1e-6).all()


# Quotients -----------------------------------------------------------------------------------------------


def test_a_suppressed_cell_has_a_lowest_and_a_highest_quotient() -> None:
    """None or 20 of 50, next to 20 of 100."""
    found = quotient_bounds(
        hidden([30.0, -1.0, -1.0]), region_totals=[50.0], area=[40.0, 40.0, 20.0], complete=False
    )
    assert (found.lowest[0, 2], found.highest[0, 2]) == (0.0, pytest.approx(2.0))
    assert found.lowest[0, 0] == found.highest[0, 0] == pytest.approx(1.5)


def test_an_area_that_is_a_sum_makes_published_quotients_uncertain_too() -> None:
    """30 of A's 50; B has none to 40 of its 50: 30/(30 + 40) or 30/30, next to half of all jobs."""
    found = quotient_bounds(hidden([30.0, 20.0], [-1.0, -1.0]), region_totals=[50.0, 50.0])
    assert found.lowest[0, 0] == pytest.approx(30 / 80 * 2)
    assert found.highest[0, 0] == pytest.approx(2.0)
    assert (found.lowest[1, 0], found.highest[1, 0]) == (0.0, pytest.approx(50 / 80 * 2))


def test_with_nothing_suppressed_the_bounds_are_the_quotient() -> None:
    jobs = np.array([[30.0, 10.0, 0.0], [10.0, 30.0, 20.0]])
    for area in (None, jobs.sum(axis=0)):
        found = quotient_bounds(jobs, region_totals=jobs.sum(axis=1), area=area)
        np.testing.assert_allclose(found.lowest, location_quotient(jobs))
        np.testing.assert_allclose(found.highest, location_quotient(jobs))


@given(tables())
@settings(max_examples=150, deadline=None)
def test_the_true_quotient_is_never_outside(table: tuple[np.ndarray, np.ndarray]) -> None:
    jobs, where = table
    true = location_quotient(jobs).filled(np.nan)
    there = ~np.isnan(true)
    for area in (None, jobs.sum(axis=0)):
        found = quotient_bounds(
            np.ma.MaskedArray(jobs, mask=where), region_totals=jobs.sum(axis=1), area=area
        )
        assert not np.ma.getmaskarray(found.highest)[there].any()
        assert (found.lowest.filled(np.nan)[there] <= true[there] + 1e-9).all()
        assert (found.highest.filled(np.nan)[there] >= true[there] - 1e-9).all()


def test_nobody_for_certain_is_undefined() -> None:
    notes = Notes()
    found = quotient_bounds(hidden([0.0, 5.0], [0.0, -1.0]), region_totals=[5.0, 3.0], notes=notes)
    assert np.isnan(found.lowest.data[:, 0]).all() and np.isnan(found.highest.data[:, 0]).all()
    assert notes.count("undefined") == 2


def test_an_unknown_total_masks_what_needs_it() -> None:
    jobs = hidden([30.0, -1.0], [10.0, 5.0])
    found = quotient_bounds(jobs, region_totals=np.ma.masked_equal([-1.0, 15.0], -1.0), area=[40.0, 10.0])
    assert found.highest.mask.tolist() == [[True, True], [False, False]]
    assert quotient_bounds(jobs, region_totals=np.ma.masked_all(2)).highest.mask.all()
    assert quotient_bounds(jobs, region_totals=[50.0, 15.0], area_total=np.ma.masked).highest.mask.all()
