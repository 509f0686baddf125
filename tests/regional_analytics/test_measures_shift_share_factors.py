"""Shift-share as factors: by hand, against REAT's figures, and against the terms in people."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import four_years
from regional_analytics import Notes, shift_share, shift_share_factors
from regional_analytics.measures import AbsentFromArea, NothingToCompare

REAT = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "shift_share_reat.json").read_text(encoding="utf-8")
)


def test_factors_by_hand() -> None:
    """The region grew to 1.2 and the area to 1.25. With its mix it would have grown to (200 + 100) / 200 = 1.5."""
    found = shift_share_factors([100.0, 100.0], [150.0, 90.0], [500.0, 1500.0], [1000.0, 1500.0])
    assert (found.total, found.mix, found.regional) == pytest.approx((0.96, 1.2, 0.8))
    assert (found.area_growth, found.coverage, found.left_out) == (0.25, 1.0, ())


def test_factors_are_those_of_reat() -> None:
    region, area = np.array(REAT["region"]), np.array(REAT["area"])
    found = shift_share_factors(region[0], region[-1], area[0], area[-1])
    for name, figure in REAT["gerfin"].items():
        assert getattr(found, name) == pytest.approx(figure, rel=1e-12), name


@given(four_years())
@settings(max_examples=60, deadline=None)
def test_factors_say_in_ratios_what_dunn_says_in_people(years: tuple[np.ndarray, ...]) -> None:
    factors, people = shift_share_factors(*years), shift_share(*years)
    here, grown = years[0].sum(), years[2].sum() * (1 + people.area_growth)
    if here == 0 or grown == 0:
        assert math.isnan(factors.total)
        return
    with_area = here + people.national_total
    with_mix = with_area + people.mix_total
    assert factors.mix == pytest.approx(with_mix / with_area, rel=1e-9, abs=1e-9)
    if not math.isnan(factors.regional):
        assert factors.mix * factors.regional == pytest.approx(factors.total, rel=1e-9, abs=1e-9)
        assert factors.regional * with_mix == pytest.approx(years[1].sum(), rel=1e-9, abs=1e-9)


@given(four_years())
@settings(max_examples=30, deadline=None)
def test_the_order_of_activities_and_the_unit_do_not_matter(years: tuple[np.ndarray, ...]) -> None:
    here = shift_share_factors(*years)
    there = shift_share_factors(*(1000 * year[::-1] for year in years))
    assert here[:4] == pytest.approx(there[:4], rel=1e-9, nan_ok=True)


def test_an_unknown_activity_is_left_out_and_named() -> None:
    notes = Notes()
    unknown = np.ma.masked_equal([150.0, 90.0, -1.0], -1.0)
    area = [500.0, 1500.0, 500.0], [1000.0, 1500.0, 10.0]
    found = shift_share_factors([100.0, 100.0, 7.0], unknown, *area, notes=notes)
    assert (found.total, found.mix, found.regional) == pytest.approx((0.96, 1.2, 0.8))
    assert (found.left_out, found.coverage) == ((2,), 0.8)
    assert notes.count("left_out") == 1


def test_a_factor_next_to_nothing_is_undefined_and_counted() -> None:
    notes = Notes()
    found = shift_share_factors([0.0, 0.0], [5.0, 0.0], [50.0, 50.0], [60.0, 50.0], notes=notes)
    assert all(math.isnan(factor) for factor in found[:3])
    assert notes.count("undefined") == 3
    notes = Notes()
    found = shift_share_factors([5.0, 0.0], [0.0, 0.0], [50.0, 50.0], [0.0, 50.0], notes=notes)
    assert (found.total, found.mix) == (0.0, 0.0)
    assert math.isnan(found.regional)
    assert notes.count("undefined") == 1


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(AbsentFromArea, match="at activity 1"):
        shift_share_factors([5.0, 5.0], [5.0, 5.0], [9.0, 0.0], [9.0, 9.0])
    with pytest.raises(NothingToCompare):
        shift_share_factors(np.ma.masked_all(2), [1.0, 1.0], [2.0, 2.0], [2.0, 2.0])
