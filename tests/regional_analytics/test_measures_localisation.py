"""Gini coefficients of activities, and the curves they measure: by hand, by loops, next to another package."""

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
    gini,
    gini_of_quotients,
    hoover_curve,
    hoover_gini,
    hoover_index,
    location_quotient,
    locational_gini,
    lorenz_curve,
)
from regional_analytics.measures.inputs import RefusedInput

GOLDEN = Path(__file__).parents[1] / "golden" / "concentration_econcomplex.json"


def test_three_quarters_with_half_of_the_people_is_a_gini_of_a_quarter() -> None:
    """The curve goes through (½, ¼): an area of ⅛ next to a triangle of ½."""
    assert hoover_gini([[30.0], [10.0]], base=[50.0, 50.0]).tolist() == [0.25]
    assert locational_gini([[30.0], [10.0]], region_totals=[50.0, 50.0]).tolist() == [0.125]


def test_an_activity_in_the_smallest_region_only_reaches_one_less_its_size() -> None:
    """All in the region with a tenth of the jobs: 1 − 0.1, and half of it on Krugman's scale."""
    assert hoover_gini([[5.0], [0.0]], base=[10.0, 90.0])[0] == pytest.approx(0.9)
    assert locational_gini([[5.0], [0.0]], region_totals=[10.0, 90.0])[0] == pytest.approx(0.45)


def test_jobs_where_there_is_nothing_of_the_base_stand_at_the_end_of_the_curve() -> None:
    assert hoover_gini([[5.0], [0.0]], base=[0.0, 90.0]).tolist() == [1.0]


def test_gini_of_quotients_counts_every_region_alike() -> None:
    """Quotients of 2, 1 and 0: Σ i (q − 1) = −1 + 3, times 2/9."""
    jobs, totals = [[4.0], [30.0], [0.0]], [20.0, 300.0, 20.0]
    found = gini_of_quotients(jobs, area=[34.0], region_totals=totals, area_total=340.0)
    assert found[0] == pytest.approx(2 / 9 * 2)


def test_gini_of_quotients_of_a_region_over_its_activities() -> None:
    jobs = np.array([[30.0, 10.0, 5.0], [10.0, 30.0, 40.0]])
    quotient = location_quotient(jobs)
    found = gini_of_quotients(jobs, along="activities")
    assert found.tolist() == [pytest.approx(gini(quotient[r])) for r in range(2)]
    with pytest.raises(RefusedInput, match="regions or activities"):
        gini_of_quotients(jobs, along="years")  # type: ignore[arg-type]


def test_nobody_and_the_unknown() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal([[0.0, -1.0, 1.0], [0.0, -1.0, 2.0]], -1.0)
    for measure in (locational_gini, hoover_gini):
        found = measure(jobs, notes=notes)
        assert found.mask.tolist() == [False, True, False] and np.isnan(found.data[0])
    assert notes.count("undefined") == 2
    quotients = gini_of_quotients(jobs)
    assert quotients.mask.tolist() == [True, True, False]
    notes = Notes()
    assert np.isnan(gini_of_quotients([[0.0, 5.0]], area=[3.0, 4.0], notes=notes).data[0])
    assert notes.of_kind("undefined")[-1].positions == ((0,),)


@pytest.mark.parametrize("measure", [locational_gini, hoover_gini, gini_of_quotients])
@pytest.mark.parametrize("bad", [[[-1.0, 2.0]], [[np.nan, 2.0]], [1.0, 2.0], [["a", "b"]]])
def test_bad_input_is_refused(measure: Any, bad: Any) -> None:
    with pytest.raises(RefusedInput):
        measure(bad)


@pytest.mark.parametrize("measure", [locational_gini, hoover_gini, gini_of_quotients])
def test_one_region_has_nothing_to_be_uneven_over(measure: Any) -> None:
    assert measure([[3.0, 1.0]]).tolist() == [0.0, 0.0]


# Curves --------------------------------------------------------------------------------------------------


def test_the_poorest_two_of_four_hold_three_tenths() -> None:
    curve = lorenz_curve([4.0, 1.0, 3.0, 2.0])
    assert curve.measured.tolist() == pytest.approx([0.0, 0.1, 0.3, 0.6, 1.0])
    assert curve.base.tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert curve.regions.tolist() == [1, 3, 2, 0]


def test_a_curve_leaves_the_unknown_out_and_says_so() -> None:
    notes = Notes()
    curve = hoover_curve(np.ma.masked_equal([4.0, -1.0, 1.0], -1.0), base=[1.0, 1.0, 1.0], notes=notes)
    assert curve.regions.tolist() == [2, 0]
    assert notes.of_kind("left_out")[0].positions == ((1,),)


@pytest.mark.parametrize(
    ("values", "base"),
    [([0.0, 0.0], [1.0, 1.0]), ([1.0, 1.0], [0.0, 0.0]), (np.ma.masked_all(2), [1.0, 1.0]), ([], [])],
)
def test_there_is_no_curve_of_nothing(values: Any, base: Any) -> None:
    with pytest.raises(RefusedInput, match="no curve of nothing"):
        hoover_curve(values, base=base)


@pytest.mark.parametrize("values", [[[1.0, 2.0]], [1.0], [-1.0, 2.0], 3.0])
def test_a_curve_of_something_else_is_refused(values: Any) -> None:
    with pytest.raises(RefusedInput):
        hoover_curve(values, base=[1.0, 1.0])


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_the_area_at_the_curve_is_the_coefficient_and_its_largest_gap_the_hoover_index(
    jobs: np.ndarray,
) -> None:
    people = jobs[:, 1]
    curve = hoover_curve(jobs[:, 0], base=people)
    area = np.trapezoid(curve.measured, curve.base)
    assert hoover_gini(jobs[:, :1], base=people)[0] == pytest.approx(1 - 2 * area, abs=1e-12)
    gap = (curve.base - curve.measured).max()
    assert hoover_index(jobs[:, :1], base=people)[0] == pytest.approx(gap, abs=1e-12)


# Loops, and another package ------------------------------------------------------------------------------


@given(partly_known())
@settings(max_examples=60, deadline=None)
def test_hoover_gini_is_half_the_weighted_mean_difference(jobs: Any) -> None:
    """Over pairs of regions, which never sorts anything: Σ b b' |c/b − c'/b'| / 2."""
    people = np.arange(1.0, jobs.shape[0] + 1)
    found = hoover_gini(jobs, base=people)
    for a in range(jobs.shape[1]):
        known = ~jobs.mask[:, a] if jobs.mask.shape else np.ones(jobs.shape[0], bool)
        if not known.any() or jobs.data[known, a].sum() == 0:
            assert found.mask[a] or np.isnan(found.data[a])
            continue
        c = jobs.data[known, a] / jobs.data[known, a].sum()
        b = people[known] / people[known].sum()
        pairs = [abs(c[i] * b[j] - c[j] * b[i]) for i in range(len(c)) for j in range(len(c))]
        assert found[a] == pytest.approx(sum(pairs) / 2, abs=1e-12)


@given(employment(least=1))
@settings(max_examples=30, deadline=None)
def test_neither_scale_nor_order_matters(jobs: np.ndarray) -> None:
    for measure in (locational_gini, hoover_gini, gini_of_quotients):
        found = measure(jobs)
        np.testing.assert_allclose(measure(jobs * 1000.0), found, atol=1e-12)
        np.testing.assert_allclose(measure(jobs[::-1]), found, atol=1e-12)
        assert (found >= -1e-12).all() and (found < 1).all()


def test_they_agree_with_econcomplex() -> None:
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    jobs, found = np.array(known["employment"]), known["results"]
    people = known["population"]
    for name, ours in {
        "locational_gini": locational_gini(jobs),
        "hoover_gini(pop)": hoover_gini(jobs, base=people),
        "hoover_index(pop)": 100 * hoover_index(jobs, base=people),
        "gini(income)": gini(known["income"]),
    }.items():
        np.testing.assert_allclose(ours, found[name], rtol=1e-12, err_msg=name)
