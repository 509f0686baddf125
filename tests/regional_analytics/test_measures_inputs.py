"""A measure refuses what it cannot work with, says where, and never writes into what it is given."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from regional_analytics import measures
from regional_analytics.measures import NegativeEmployment, NotFinite, RefusedInput, WrongShape

SCHEME = measures.StarScheme("example", "1", 50, 1.2, 50, 0)
MATRIX_MEASURES: dict[str, Callable[..., Any]] = {
    "location_quotient": measures.location_quotient,
    "share_in_region": measures.share_in_region,
    "share_of_area": measures.share_of_area,
    "krugman_specialisation": measures.krugman_specialisation,
    "coverage": measures.coverage,
    "herfindahl": measures.herfindahl,
    "cluster_stars": lambda jobs: measures.cluster_stars(jobs, scheme=SCHEME),
}
every_matrix_measure = pytest.mark.parametrize(
    "measure", MATRIX_MEASURES.values(), ids=MATRIX_MEASURES.keys()
)


@every_matrix_measure
def test_negative_employment_is_refused_with_its_position(measure: Callable[..., Any]) -> None:
    with pytest.raises(NegativeEmployment, match=r"-3, at region 1, activity 0\. Correct") as refusal:
        measure([[1.0, 2.0], [-3.0, 4.0]])
    assert refusal.value.positions == ((1, 0),)
    assert isinstance(refusal.value, ValueError)


@every_matrix_measure
@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_what_is_no_figure_must_be_masked(measure: Callable[..., Any], broken: float) -> None:
    with pytest.raises(NotFinite, match=r"region 0, activity 1\. Mask what is unknown"):
        measure([[1.0, broken], [3.0, 4.0]])


@every_matrix_measure
def test_nan_minus_and_infinity_under_a_mask_are_nobodys_business(measure: Callable[..., Any]) -> None:
    jobs = np.ma.MaskedArray([[1.0, np.nan], [-9.0, 4.0], [np.inf, 5.0]], mask=[[0, 1], [1, 0], [1, 0]])
    measure(jobs)


@every_matrix_measure
def test_a_row_is_no_matrix(measure: Callable[..., Any]) -> None:
    with pytest.raises(WrongShape, match="1 dimensions instead of 2"):
        measure([1.0, 2.0])


@every_matrix_measure
def test_words_are_no_figures(measure: Callable[..., Any]) -> None:
    with pytest.raises(RefusedInput, match="must be numbers"):
        measure([["many", "few"]])


@every_matrix_measure
def test_the_input_is_left_as_it_was(measure: Callable[..., Any]) -> None:
    jobs = np.ma.MaskedArray([[30.0, 10.0], [0.0, -1.0]], mask=[[0, 0], [0, 1]])
    before = copy.deepcopy(jobs)
    measure(jobs)
    assert np.array_equal(jobs.data, before.data)
    assert np.array_equal(jobs.mask, before.mask)


@every_matrix_measure
def test_a_read_only_array_and_whole_numbers_are_welcome(measure: Callable[..., Any]) -> None:
    jobs = np.array([[30, 10], [10, 30]], dtype=np.int32)
    jobs.flags.writeable = False
    measure(jobs)


@every_matrix_measure
def test_a_hundred_refused_cells_are_counted_and_five_are_shown(measure: Callable[..., Any]) -> None:
    with pytest.raises(NegativeEmployment, match=r"-1, -1, -1, -1, -1, ….* and 95 more") as refusal:
        measure(-np.ones((10, 10)))
    assert len(refusal.value.positions) == 100


def test_totals_and_areas_must_fit() -> None:
    jobs = [[1.0, 2.0], [3.0, 4.0]]
    with pytest.raises(WrongShape, match=r"The area has the shape \(3,\) instead of \(2,\)"):
        measures.location_quotient(jobs, area=[1.0, 2.0, 3.0])
    with pytest.raises(WrongShape, match="The total of a region"):
        measures.location_quotient(jobs, region_totals=[1.0])
    with pytest.raises(NegativeEmployment, match=r"The area cannot be negative: -1, at activity 1"):
        measures.location_quotient(jobs, area=[1.0, -1.0])
    with pytest.raises(NegativeEmployment, match="The area's total"):
        measures.location_quotient(jobs, area_total=-5.0)


def test_a_refusal_takes_names_and_stays_the_same_kind() -> None:
    with pytest.raises(NegativeEmployment) as refusal:
        measures.herfindahl([[1.0, -2.0]])
    named = refusal.value.labelled({"region": ("BG31",), "activity": ("C13", "C14")}, year="2015")
    assert type(named) is NegativeEmployment
    assert "at BG31 C14 2015. Correct" in str(named)
