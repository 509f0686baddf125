"""Growth of cells, regions, activities and the area: over the same known cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment
from regional_analytics import Notes, growth_matrix, growth_percent
from regional_analytics.measures import NegativeEmployment, WrongShape

START, END = [[10.0, 30.0], [40.0, 20.0]], [[15.0, 30.0], [40.0, 25.0]]


def test_growth_by_hand() -> None:
    """Rows 40 → 45 and 60 → 65, columns 50 → 55 twice, all 100 → 110."""
    found = growth_matrix(START, END)
    assert found.cells.tolist() == [[50.0, 0.0], [0.0, 25.0]]
    assert found.regions.tolist() == pytest.approx([12.5, 100 * 5 / 60])
    assert (found.activities.tolist(), found.area.tolist()) == ([10.0, 10.0], [10.0])


def test_a_cell_that_fell_silent_is_no_loss_of_jobs() -> None:
    notes = Notes()
    end = np.ma.masked_equal([[15.0, -1.0], [40.0, 25.0]], -1.0)
    found = growth_matrix(START, end, notes=notes)
    assert found.cells.tolist() == [[50.0, None], [0.0, 25.0]]
    assert (found.regions[0], found.activities[1]) == (50.0, 25.0)
    assert found.area[0] == pytest.approx(100 * 10 / 70)
    assert notes.of_kind("left_out")[0].positions == ((0, 1),)


def test_where_nothing_is_known_in_both_years_growth_is_unknown() -> None:
    found = growth_matrix(np.ma.masked_all((2, 2)), END)
    assert all(one.mask.all() for one in found)


def test_growth_from_nothing_is_noted_with_what_it_is() -> None:
    notes = Notes()
    found = growth_matrix([[0.0, 5.0], [0.0, 5.0]], [[0.0, 5.0], [3.0, 5.0]], notes=notes)
    assert np.isnan(found.activities.data[0])
    assert [(note.axes, note.positions) for note in notes.of_kind("unbounded")] == [
        (("region", "activity"), ((1, 0),)),
        (("activity",), ((0,),)),
    ]
    assert [(note.axes, note.positions) for note in notes.of_kind("undefined")] == [
        (("region", "activity"), ((0, 0),))
    ]


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_growth_of_sums_is_the_sums_growth(jobs: np.ndarray) -> None:
    later = jobs[::-1]
    found = growth_matrix(jobs, later)
    np.testing.assert_allclose(found.cells, growth_percent(jobs, later))
    np.testing.assert_allclose(found.activities, 0, atol=1e-9)
    np.testing.assert_allclose(found.regions, 100 * (later.sum(axis=1) / jobs.sum(axis=1) - 1), atol=1e-9)
    assert found.area[0] == pytest.approx(0)


def test_bad_input_is_refused() -> None:
    with pytest.raises(NegativeEmployment, match="The start cannot be negative"):
        growth_matrix([[-1.0]], [[1.0]])
    with pytest.raises(WrongShape, match="The end has the shape"):
        growth_matrix(START, [[1.0]])
