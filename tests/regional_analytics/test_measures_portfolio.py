"""The portfolio of a region: each of the four fields by hand, ties, and what has no field."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment
from regional_analytics import Notes, location_quotient, portfolio
from regional_analytics.measures import RefusedInput

START = [[20.0, 30.0, 10.0, 40.0], [30.0, 20.0, 40.0, 10.0]]
END = [[30.0, 25.0, 15.0, 30.0], [30.0, 20.0, 40.0, 10.0]]


def test_strong_and_growing_by_hand() -> None:
    """A has half of all jobs at the end: quotients 1, 10/9, 6/11, 3/2; growth 50, −17, 50, −25 per cent."""
    found = portfolio(START, END)
    assert found.fields[0].tolist() == [0, 1, 2, 1]
    assert found.across[0].tolist() == pytest.approx([1.0, 10 / 9, 6 / 11, 1.5])
    assert found.up[0].tolist() == pytest.approx([50.0, -100 / 6, 50.0, -25.0])
    assert found.names[found.fields[0, 2]] == "small and growing"
    assert portfolio(START, END, share_line=1.2).fields[0].tolist() == [2, 3, 2, 1]
    assert portfolio(START, END, growth_line=50.0).fields[0].tolist() == [1, 1, 3, 1]


def test_growing_with_or_against_the_area_by_hand() -> None:
    """The area grows in the first and third activity, and shrinks in the two others."""
    found = portfolio(START, END, rule="growth-growth")
    assert [found.names[field] for field in found.fields[0]] == [
        "growing with the area",
        "not growing, nor is the area",
        "growing with the area",
        "not growing, nor is the area",
    ]
    assert found.fields[1].tolist() == [2, 3, 2, 3]
    against = portfolio(START, END, rule="growth-growth", area_start=[90.0] * 4, area_end=[80.0] * 4)
    assert against.fields[0].tolist() == [1, 3, 1, 3]
    assert against.up[0, 0] == pytest.approx(-100 / 9)


def test_what_is_unknown_or_undefined_lies_in_no_field() -> None:
    notes = Notes()
    end = np.ma.masked_equal([[30.0, -1.0], [30.0, 20.0]], -1.0)
    found = portfolio([[0.0, 30.0], [30.0, 20.0]], end, notes=notes)
    assert found.fields.mask.tolist() == [[True, True], [False, False]]
    assert notes.count("unbounded") == 1
    area = np.ma.masked_equal([90.0, -1.0], -1.0)
    sizes = [[30.0, 30.0]]
    found = portfolio(sizes, sizes, rule="growth-growth", area_start=area, area_end=[99.0, 99.0])
    assert found.fields.tolist() == [[2, None]]


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_strong_is_a_quotient_of_one_and_the_unit_does_not_matter(jobs: np.ndarray) -> None:
    later = jobs[:, ::-1]
    found = portfolio(jobs, later)
    assert ((found.fields < 2) == (location_quotient(later) >= 1)).all()
    assert ((found.fields % 2 == 0) == (later > jobs)).all()


def test_bad_input_is_refused() -> None:
    with pytest.raises(RefusedInput, match="no rule “bcg”"):
        portfolio(START, END, rule="bcg")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="A line must be a number"):
        portfolio(START, END, share_line=np.nan)
    with pytest.raises(RefusedInput, match="one year only"):
        portfolio(START, END, area_start=[1.0] * 4)
