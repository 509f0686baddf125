"""What a basket says of its owner: by hand, by loops, next to another package."""

from __future__ import annotations

import json
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from regional_analytics import (
    Notes,
    expy,
    inverse_normalised_ubiquity,
    location_quotient,
    normalised_ubiquity,
    presence,
    product_emission_intensity_index,
    product_gini_index,
    prody,
    weighted_average,
)
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape

GOLDEN = Path(__file__).parents[1] / "golden" / "concentration_econcomplex.json"
JOBS = np.array([[30.0, 10.0], [10.0, 30.0]])


def test_averages_by_hand() -> None:
    """Three quarters at 1 and one at 3; of wine three quarters at 100."""
    assert weighted_average(JOBS, of_activities=[1.0, 3.0]).tolist() == [1.5, 2.5]
    assert weighted_average(JOBS, of_regions=[100.0, 200.0]).tolist() == [125.0, 175.0]


def test_an_attribute_may_be_below_zero_as_complexity_is() -> None:
    assert weighted_average(JOBS, of_activities=[-1.0, 1.0]).tolist() == [-0.5, 0.5]


def test_what_is_unknown_is_left_out_and_named() -> None:
    notes = Notes()
    jobs = np.ma.masked_equal([[30.0, 10.0, 60.0], [10.0, -1.0, 5.0]], -1.0)
    values = np.ma.masked_equal([1.0, 3.0, -1.0], -1.0)
    assert weighted_average(jobs, of_activities=values, notes=notes).tolist() == [1.5, 1.0]
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    assert weighted_average(jobs, of_activities=np.ma.masked_all(3)).mask.all()


def test_an_average_over_nobody_is_undefined() -> None:
    notes = Notes()
    found = weighted_average([[0.0, 0.0], [1.0, 3.0]], of_activities=[1.0, 2.0], notes=notes)
    assert np.isnan(found.data[0]) and found[1] == 1.75
    assert notes.of_kind("undefined")[0].positions == ((0,),)


def test_prody_weighs_by_the_quotient_and_not_by_size() -> None:
    """Quotients of 1.5 and 0.5, whatever the scale of each region."""
    assert prody(JOBS, income=[1000.0, 2000.0]).tolist() == [1250.0, 1750.0]


def test_prody_rests_on_the_quotient_as_it_is_and_not_on_one_of_two_digits() -> None:
    """A package rounds 0.004 to 0.00 first and gives 30,000 exactly."""
    jobs = np.array([[4.0, 99_996.0], [3_000.0, 97_000.0], [150_000.0, 150_000.0]])
    quotient = location_quotient(jobs)[:, 0]
    income = np.array([90_000.0, 20_000.0, 30_000.0])
    expected = (quotient * income).sum() / quotient.sum()
    assert prody(jobs, income=income)[0] == pytest.approx(expected, rel=1e-12)
    rounded = quotient.round(2)
    assert abs((rounded * income).sum() / rounded.sum() - expected) > 1


def test_a_region_of_nobody_does_not_spoil_prody() -> None:
    notes = Notes()
    found = prody([[30.0, 10.0], [10.0, 30.0], [0.0, 0.0]], income=[1000.0, 2000.0, 9e9], notes=notes)
    assert found.tolist() == pytest.approx([1250.0, 1750.0])
    assert notes.count("undefined") == 2


def test_nobodys_activity_has_no_prody_and_does_not_enter_expy() -> None:
    jobs = np.hstack([JOBS, [[0.0], [0.0]]])
    notes = Notes()
    assert np.isnan(prody(jobs, income=[1000.0, 2000.0], notes=notes).data).tolist() == [False, False, True]
    assert notes.of_kind("undefined")[-1].positions == ((2,),)
    assert expy(jobs, income=[1000.0, 2000.0]).tolist() == [1375.0, 1625.0]


def test_an_unknown_income_is_left_out() -> None:
    notes = Notes()
    found = prody(JOBS, income=np.ma.masked_equal([1000.0, -1.0], -1.0), notes=notes)
    assert found.tolist() == [1000.0, 1000.0]
    assert notes.of_kind("left_out")[0].axes == ("region",)


def test_only_the_specialised_speak_for_an_activitys_inequality() -> None:
    """Shares of 0.75 and 0.5 reach the average in wine: (0.75 · 0.2 + 0.5 · 0.3) / 1.25."""
    jobs = [[30.0, 10.0], [20.0, 20.0], [10.0, 30.0]]
    assert product_gini_index(jobs, inequality=[0.2, 0.3, 0.5])[0] == pytest.approx(0.24)
    assert product_gini_index(jobs, inequality=[0.2, 0.3, 0.5], threshold=1.4)[0] == pytest.approx(0.2)
    notes = Notes()
    none = product_gini_index(jobs, inequality=[0.2, 0.3, 0.5], threshold=5.0, notes=notes)
    assert np.isnan(none.data).all() and notes.of_kind("undefined")[-1].axes == ("activity",)


def test_emissions_are_weighed_the_same_way() -> None:
    values = [0.2, 0.3]
    np.testing.assert_array_equal(
        product_gini_index(JOBS, inequality=values), product_emission_intensity_index(JOBS, intensity=values)
    )


def test_ubiquity_is_set_against_size() -> None:
    """Wine: 40 of 60 people, in one of two presences; 100 ln 40.001."""
    jobs = [[30.0, 10.0], [10.0, 10.0]]
    assert normalised_ubiquity(jobs).tolist() == pytest.approx([4 / 3, 2 / 3])
    assert inverse_normalised_ubiquity(jobs)[0] == pytest.approx(100 * log(40.001))
    assert inverse_normalised_ubiquity(jobs, offset=1.0)[0] == pytest.approx(100 * log(41))


def test_an_activity_no_region_is_specialised_in_is_named() -> None:
    notes = Notes()
    found = normalised_ubiquity([[30.0, 30.0, 0.0], [10.0, 10.0, 0.0]], threshold=1.01, notes=notes)
    assert np.isnan(found.data).all()
    assert notes.of_kind("unbounded")[0].positions == ((0,), (1,))
    assert notes.of_kind("undefined")[-1].positions == ((2,),)


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (lambda: weighted_average(JOBS), RefusedInput),
        (lambda: weighted_average(JOBS, of_activities=[1, 2], of_regions=[1, 2]), RefusedInput),
        (lambda: weighted_average(JOBS, of_activities=[1.0]), WrongShape),
        (lambda: weighted_average(JOBS, of_regions=[1.0, np.nan]), NotFinite),
        (lambda: prody([[-1.0]], income=[1.0]), NegativeEmployment),
        (lambda: expy([1.0], income=[1.0]), WrongShape),
        (lambda: product_gini_index(JOBS, inequality=[0.1, 0.2], threshold=0.0), RefusedInput),
        (lambda: inverse_normalised_ubiquity(JOBS, offset=0.0), RefusedInput),
    ],
)
def test_bad_input_is_refused(question: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        question()


def test_of_the_unknown_nothing_is_known() -> None:
    unknown = np.ma.masked_all((2, 2))
    for found in (
        prody(unknown, income=[1.0, 2.0]),
        expy(unknown, income=[1.0, 2.0]),
        product_gini_index(unknown, inequality=[0.1, 0.2]),
        normalised_ubiquity(unknown),
        inverse_normalised_ubiquity(unknown),
    ):
        assert found.mask.all()


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_averages_lie_among_what_they_average_and_follow_it(jobs: np.ndarray) -> None:
    income = np.arange(1.0, len(jobs) + 1)
    for measure in (prody, expy):
        found = measure(jobs, income=income)
        assert (found >= 1 - 1e-9).all() and (found <= len(jobs) + 1e-9).all()
        np.testing.assert_allclose(measure(jobs, income=3 * income + 1), 3 * found + 1, rtol=1e-9)
        np.testing.assert_allclose(measure(jobs * 1000, income=income), found, rtol=1e-9)


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_they_agree_with_plain_loops(jobs: Any) -> None:
    income = [1.0 + r * r for r in range(jobs.shape[0])]
    quotient, has = location_quotient(jobs), presence(jobs)
    by_quotient, by_share = prody(jobs, income=income), product_gini_index(jobs, inequality=income)
    for a in range(jobs.shape[1]):
        pairs = [
            (float(quotient[r, a]), income[r])
            for r in range(jobs.shape[0])
            if quotient[r, a] is not np.ma.masked and not np.isnan(quotient[r, a])
        ]
        weight = sum(q for q, _ in pairs)
        if weight > 0:
            assert by_quotient[a] == pytest.approx(sum(q * y for q, y in pairs) / weight)
        shares = [
            (float(jobs[r, a]) / float(jobs[r].sum()), income[r])
            for r in range(jobs.shape[0])
            if has[r, a] is not np.ma.masked and has[r, a]
        ]
        if shares:
            assert by_share[a] == pytest.approx(sum(s * y for s, y in shares) / sum(s for s, _ in shares))


def test_they_agree_with_econcomplex() -> None:
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    jobs, income, found = np.array(known["employment"]), np.array(known["income"]), known["results"]
    for name, ours in {
        "prody": prody(jobs, income=income),
        "expy": expy(jobs, income=income),
        "pgi": product_gini_index(jobs, inequality=income / 1e5),
        "peii": product_emission_intensity_index(jobs, intensity=income / 1e3),
        "normalized_ubiquity": normalised_ubiquity(jobs),
    }.items():
        np.testing.assert_allclose(ours, found[name], rtol=1e-12, err_msg=name)
