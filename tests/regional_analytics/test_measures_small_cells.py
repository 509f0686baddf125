"""Quotients of few people: intervals that hold their level, and quotients drawn to the average, tried on chance itself."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.employment import employment, partly_known
from regional_analytics import Notes, location_quotient, quotient_interval, shrunken_quotient
from regional_analytics.measures.inputs import NegativeEmployment, NotFinite, RefusedInput, WrongShape

VILLAGE = np.array([[6.0, 194.0], [300.0, 9500.0]])
Z = 1.959963984540054


def wilson(x: float, n: float) -> tuple[float, float]:
    """As the textbook has it."""
    p = x / n
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def by_the_paper(x: float, n: float, y: float, k: float) -> tuple[float, float]:
    """Donner and Zou's limits as printed, then from the ratio of shares to the quotient."""
    p, q = x / n, y / k
    (low_p, high_p), (low_q, high_q) = wilson(x, n), wilson(y, k)
    low = p * q - sqrt((p * q) ** 2 - low_p * high_q * (2 * p - low_p) * (2 * q - high_q))
    low /= high_q * (2 * q - high_q)
    high = p * q + sqrt((p * q) ** 2 - high_p * low_q * (2 * p - high_p) * (2 * q - low_q))
    high /= low_q * (2 * q - low_q)
    size = n / (n + k)
    return low / (size * low + 1 - size), high / (size * high + 1 - size)


# Intervals: by hand --------------------------------------------------------------------------------------


def test_the_interval_is_that_of_the_paper() -> None:
    found = quotient_interval(VILLAGE)
    low, high = by_the_paper(6, 200, 300, 9800)
    assert (found.low[0, 0], found.high[0, 0]) == (pytest.approx(low), pytest.approx(high))
    assert found.quotient[0, 0] == location_quotient(VILLAGE)[0, 0]


@given(employment(least=1))
@settings(max_examples=50, deadline=None)
def test_every_cell_agrees_with_the_paper_cell_by_cell(jobs: np.ndarray) -> None:
    found, whole = quotient_interval(jobs), jobs.sum()
    for r in range(jobs.shape[0]):
        for a in range(jobs.shape[1]):
            x, n = jobs[r, a], jobs[r].sum()
            y, k = jobs[:, a].sum() - x, whole - n
            if abs(2 * y / k - wilson(y, k)[1]) > 1e-6:  # the form printed divides by this
                low, high = by_the_paper(x, n, y, k)
                assert found.low[r, a] == pytest.approx(low, rel=1e-6)
                assert found.high[r, a] == pytest.approx(high, rel=1e-6)


def test_an_area_that_is_a_standard_divides_wilsons_interval() -> None:
    """A share of 0.03 with [0.0138, 0.0639]; the area's is 0.0306."""
    found = quotient_interval(VILLAGE, method="known_area")
    low, high = wilson(6, 200)
    assert found.low[0, 0] == pytest.approx(low / 0.0306)
    assert found.high[0, 0] == pytest.approx(high / 0.0306)


def test_the_textbook_interval_by_hand() -> None:
    found = quotient_interval(VILLAGE, method="log")
    rho, width = (6 / 200) / (300 / 9800), np.exp(Z * sqrt(1 / 6 - 1 / 200 + 1 / 300 - 1 / 9800))
    expected = [rho / width, rho * width]
    size = 0.02
    expected = [end / (size * end + 1 - size) for end in expected]
    assert [found.low[0, 0], found.high[0, 0]] == pytest.approx(expected)


def test_an_area_that_does_not_hold_the_region_is_compared_as_it_is() -> None:
    apart = quotient_interval(VILLAGE[:1], area=[300.0, 9500.0], region_in_area=False)
    low, high = by_the_paper(6, 200, 300, 9800)
    back = [
        end * (1 - 0.02) / (1 - 0.02 * end) for end in (low, high)
    ]  # from the quotient to the ratio again
    assert [apart.low[0, 0], apart.high[0, 0]] == pytest.approx(back)


def test_nobody_has_an_upper_end_and_the_textbook_none() -> None:
    """Rule of three: of none in 300, with 95 % no more than about 3.7 in 300."""
    notes = Notes()
    jobs = [[0.0, 300.0], [1000.0, 9000.0]]
    found = quotient_interval(jobs)
    assert found.low[0, 0] == 0.0 and 0.1 < found.high[0, 0] < 0.2
    assert np.isnan(quotient_interval(jobs, method="log", notes=notes).low.data[0, 0])
    assert (0, 0) in notes.of_kind("undefined")[0].positions


def test_an_activity_only_here_has_the_largest_quotient_as_its_upper_end() -> None:
    found = quotient_interval([[8.0, 92.0], [0.0, 900.0]])
    assert found.high[0, 0] == pytest.approx(10.0) == pytest.approx(found.quotient[0, 0])
    assert 1 < found.low[0, 0] < 10


def test_a_region_that_is_the_whole_area_is_average_for_certain() -> None:
    found = quotient_interval([[3.0, 1.0], [0.0, 0.0]])
    assert (found.low[0].tolist(), found.high[0].tolist()) == ([1.0, 1.0], [1.0, 1.0])


# Intervals: edges ----------------------------------------------------------------------------------------


def test_thousands_of_people_are_as_sure_as_the_people() -> None:
    thousands = quotient_interval(VILLAGE / 1000, draws_per_unit=1000.0)
    np.testing.assert_allclose(thousands.low, quotient_interval(VILLAGE).low, rtol=1e-9)


def test_people_who_come_in_plants_make_wider_intervals() -> None:
    alone, plants = quotient_interval(VILLAGE), quotient_interval(VILLAGE, draws_per_unit=[1 / 3, 1.0])
    assert plants.low[0, 0] < alone.low[0, 0] < alone.high[0, 0] < plants.high[0, 0]
    assert plants.low[0, 1] == alone.low[0, 1]


def test_what_is_unknown_or_undefined_has_no_interval() -> None:
    jobs = np.ma.masked_equal([[6.0, -1.0, 0.0], [3.0, 5.0, 0.0]], -1.0)
    found = quotient_interval(jobs)
    assert found.low.mask.tolist() == [[False, True, False], [False, False, False]]
    assert np.isnan(found.low.data[:, 2]).all()
    assert quotient_interval(np.ma.masked_all((2, 2))).high.mask.all()
    assert np.isnan(quotient_interval([[0.0, 0.0], [1.0, 2.0]]).low.data[0]).all()


def test_an_area_smaller_than_its_region_is_noted() -> None:
    notes = Notes()
    found = quotient_interval([[30.0, 10.0]], area=[20.0, 100.0], area_total=1000.0, notes=notes)
    assert np.isnan(found.low.data[0, 0]) and np.isfinite(found.low.data[0, 1])
    assert notes.of_kind("part_above_whole")[-1].positions == ((0, 0),)


@pytest.mark.parametrize(
    "options",
    [
        {"level": 0.0},
        {"level": 95.0},
        {"level": float("nan")},
        {"method": "bayes"},
        {"draws_per_unit": 0.0},
        {"draws_per_unit": [1.0, -1.0]},
        {"draws_per_unit": [1.0]},
        {"draws_per_unit": float("inf")},
        {"draws_per_unit": np.ma.masked},
        {"region_in_area": False},
    ],
)
def test_an_impossible_question_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(RefusedInput):
        quotient_interval(VILLAGE, **options)


@pytest.mark.parametrize(
    ("jobs", "error"),
    [([[-1.0, 2.0]], NegativeEmployment), ([[np.nan, 2.0]], NotFinite), ([1.0, 2.0], WrongShape)],
)
@pytest.mark.parametrize("measure", [quotient_interval, shrunken_quotient])
def test_bad_input_is_refused(measure: Any, jobs: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        measure(jobs)


@given(partly_known(), st.sampled_from(["fieller", "known_area"]), st.floats(0.5, 0.999))
@settings(max_examples=100, deadline=None)
def test_the_quotient_lies_in_its_interval_and_a_higher_level_is_wider(
    jobs: Any, method: Any, level: float
) -> None:
    found = quotient_interval(jobs, method=method, level=level)
    there = ~np.isnan(found.quotient.filled(np.nan))
    low, high, middle = (part.filled(np.nan)[there] for part in (found.low, found.high, found.quotient))
    assert (low <= middle * (1 + 1e-9)).all() and (middle <= high * (1 + 1e-9)).all()
    assert (low >= 0).all()
    surer = quotient_interval(jobs, method=method, level=(1 + level) / 2)
    assert (surer.low.filled(0)[there] <= low + 1e-9).all()
    assert (surer.high.filled(0)[there] >= high * (1 - 1e-9)).all()


# Intervals: chance ---------------------------------------------------------------------------------------


def coverage_of(n: int, k: int, p: float, q: float, method: Any, **options: Any) -> float:
    """How often the interval holds the quotient behind it, over twenty thousand tables (seed 11)."""
    random = np.random.default_rng(11)
    here, elsewhere = random.binomial(n, p, 20_000), random.binomial(k, q, 20_000)
    found = quotient_interval(
        [here], area=here + elsewhere, region_totals=[n], area_total=n + k, method=method, **options
    )
    behind = p / ((n * p + k * q) / (n + k))
    return float(((found.low <= behind) & (behind <= found.high)).filled(False).mean())


@pytest.mark.parametrize(
    ("n", "k", "p", "q", "within"),
    [
        (500, 100_000, 0.002, 0.01, 0.03),  # one person expected in the cell
        (500, 100_000, 0.01, 0.01, 0.015),  # five
        (2_000, 50_000, 0.01, 0.005, 0.01),  # twenty
        (1_000, 2_000, 0.01, 0.01, 0.01),  # the region is a third of its area
        (5_000, 20_000, 0.4, 0.3, 0.01),  # a coarse activity
        (1_000, 1_000, 0.005, 0.003, 0.03),  # few here, and few in the rest
    ],
)
def test_the_interval_holds_its_level(n: int, k: int, p: float, q: float, within: float) -> None:
    assert coverage_of(n, k, p, q, "fieller") == pytest.approx(0.95, abs=within)
    if n * p >= 5:  # with one person expected there are too few different tables to hold just any level
        assert coverage_of(n, k, p, q, "fieller", level=0.8) == pytest.approx(0.8, abs=0.04)


def test_the_textbook_interval_fails_where_one_person_is_expected() -> None:
    """In more than a third of the tables there is nobody, and it has no answer."""
    assert coverage_of(500, 100_000, 0.002, 0.01, "log") < 0.65
    assert coverage_of(2_000, 50_000, 0.01, 0.005, "log") == pytest.approx(0.95, abs=0.015)


def test_an_area_taken_as_exact_holds_too_often_where_it_is_not() -> None:
    assert coverage_of(500, 100_000, 0.01, 0.01, "known_area") == pytest.approx(0.95, abs=0.015)
    assert coverage_of(1_000, 1_000, 0.01, 0.01, "known_area") > 0.98


def test_people_who_come_in_plants_of_twenty_need_to_be_counted_as_plants() -> None:
    """Of 1,000 plants in the region one in twenty is in the activity. Seed 5."""
    random = np.random.default_rng(5)
    here, elsewhere = (20.0 * random.binomial(plants, 0.05, 20_000) for plants in (1_000, 50_000))
    options = {"area": here + elsewhere, "region_totals": [20_000.0], "area_total": 1_020_000.0}
    as_people = quotient_interval([here], **options)
    as_plants = quotient_interval([here], draws_per_unit=1 / 20, **options)
    held = [((found.low <= 1) & (found.high >= 1)).mean() for found in (as_people, as_plants)]
    assert held[0] < 0.4
    assert held[1] == pytest.approx(0.95, abs=0.01)


# Shrunken quotients --------------------------------------------------------------------------------------


def test_a_cell_that_expects_as_many_as_the_prior_is_believed_by_half() -> None:
    """12 where 6.12 are expected: (12 + 6.12) / (2 · 6.12)."""
    found = shrunken_quotient([[12.0, 188.0], [294.0, 9506.0]], prior_people=6.12)
    assert found.quotient[0, 0] == pytest.approx((12 + 6.12) / 12.24)
    assert found.weight[0, 0] == pytest.approx(0.5)
    assert found.prior_people.tolist() == pytest.approx([6.12, 6.12])


@given(employment(least=1), st.booleans())
@settings(max_examples=50, deadline=None)
def test_it_agrees_with_the_formula_in_loops(jobs: np.ndarray, inside: bool) -> None:
    area = jobs.sum(axis=0)
    found = shrunken_quotient(jobs, area=area, region_in_area=inside)
    regions, whole = range(len(jobs)), jobs.sum()
    size = [jobs[r].sum() / whole for r in regions]
    w = size if inside else [0.0 for _ in regions]
    for a in range(jobs.shape[1]):
        b = [size[r] * area[a] for r in regions]
        surprise = sum((jobs[r, a] - b[r]) ** 2 / b[r] for r in regions) - sum(1 - w[r] for r in regions)
        lever = sum(b[r] * (1 - 2 * w[r] + sum(part**2 for part in w)) for r in regions)
        spread = max(0.0, surprise / lever)
        for r in regions:
            expected = (jobs[r, a] * spread + 1) / (b[r] * spread + 1)
            assert found.quotient[r, a] == pytest.approx(expected, rel=1e-7)


@given(partly_known())
@settings(max_examples=60, deadline=None)
def test_it_lies_between_the_average_and_the_quotient(jobs: Any) -> None:
    found, quotient = shrunken_quotient(jobs), location_quotient(jobs)
    assert (np.ma.getmaskarray(found.quotient) == np.ma.getmaskarray(quotient)).all()
    there = ~np.isnan(quotient.filled(np.nan))
    drawn, raw = found.quotient.filled(0)[there], quotient.filled(0)[there]
    assert (drawn >= np.minimum(raw, 1) - 1e-9).all() and (drawn <= np.maximum(raw, 1) + 1e-9).all()
    weight = found.weight.filled(0)[there]
    assert (weight >= 0).all() and (weight < 1).all()


def test_the_more_people_are_expected_the_more_is_believed() -> None:
    random = np.random.default_rng(2)
    sizes = np.array([100.0, 1_000.0, 10_000.0, 100_000.0])
    jobs = random.poisson(np.array([3.0, 0.5, 2.0, 0.8])[:, None] * sizes[:, None] * 0.01, (4, 1)).astype(
        float
    )
    weight = shrunken_quotient(
        jobs, region_totals=sizes, area=jobs.sum(axis=0), area_total=sizes.sum()
    ).weight
    assert (np.diff(weight[:, 0]) > 0).all()


def worlds(spread: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Inclinations of 200 regions of unequal size in 300 activities, the people they make, and the regions' sizes."""
    random = np.random.default_rng(seed)
    sizes = random.lognormal(7, 1, (200, 1)).round()
    theta = random.gamma(1 / spread, spread, (200, 300)) if spread else np.ones((200, 300))
    return theta, random.poisson(theta * sizes * 0.01).astype(float), sizes[:, 0]


@pytest.mark.parametrize("spread", [0.05, 0.5])
def test_the_spread_put_in_is_found_again(spread: float) -> None:
    """The mean of 300 estimates; each one is a good deal less sure."""
    _, jobs, sizes = worlds(spread, seed=4)
    found = shrunken_quotient(jobs, region_totals=sizes, area=jobs.sum(axis=0), area_total=sizes.sum())
    assert (1 / found.prior_people).mean() == pytest.approx(spread, rel=0.1)


def test_it_is_nearer_to_the_truth_than_the_quotient() -> None:
    theta, jobs, sizes = worlds(0.3, seed=6)
    options = {"region_totals": sizes, "area": jobs.sum(axis=0), "area_total": sizes.sum()}
    raw = location_quotient(jobs, **options)
    drawn = shrunken_quotient(jobs, **options).quotient
    error = [float(((estimate - theta) ** 2).mean()) for estimate in (raw, drawn)]
    assert error[1] < 0.75 * error[0]


def test_where_there_is_nothing_but_chance_hardly_any_spread_is_found() -> None:
    _, jobs, sizes = worlds(0.0, seed=8)
    notes = Notes()
    found = shrunken_quotient(
        jobs, region_totals=sizes, area=jobs.sum(axis=0), area_total=sizes.sum(), notes=notes
    )
    assert (1 / found.prior_people).mean() < 0.01
    assert 0.3 < notes.count("no_spread") / 300 < 0.7
    assert np.abs(found.quotient - 1).mean() < 0.1 * np.abs(location_quotient(jobs) - 1).mean()


def test_activities_without_spread_are_named_and_average() -> None:
    notes = Notes()
    found = shrunken_quotient([[10.0, 10.0], [10.0, 10.0]], notes=notes)
    assert found.quotient.tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert np.isinf(found.prior_people).all()
    assert notes.of_kind("no_spread")[0].positions == ((0,), (1,))


def test_thousands_shrink_like_the_people_they_are() -> None:
    _, jobs, _ = worlds(0.3, seed=9)
    people, thousands = shrunken_quotient(jobs), shrunken_quotient(jobs / 1000, draws_per_unit=1000.0)
    np.testing.assert_allclose(thousands.quotient, people.quotient, rtol=1e-9)
    np.testing.assert_allclose(thousands.prior_people * 1000, people.prior_people, rtol=1e-9)


def test_one_region_the_unknown_and_nobody() -> None:
    assert shrunken_quotient([[3.0, 1.0]]).quotient.tolist() == [[1.0, 1.0]]
    found = shrunken_quotient(np.ma.masked_all((2, 2)))
    assert found.quotient.mask.all() and found.prior_people.mask.all()
    found = shrunken_quotient([[0.0, 0.0], [3.0, 0.0]])
    assert np.isnan(found.quotient.data).tolist() == [[True, True], [False, True]]


@pytest.mark.parametrize("prior", [0.0, -1.0, [1.0], float("nan")])
def test_a_prior_of_nobody_is_refused(prior: Any) -> None:
    with pytest.raises(RefusedInput):
        shrunken_quotient(VILLAGE, prior_people=prior)
