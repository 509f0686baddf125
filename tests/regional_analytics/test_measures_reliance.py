"""Marks of reliance: which rule decides, by cells made for each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.employment import partly_known
from regional_analytics import (
    CAREFUL,
    Mark,
    RelianceScheme,
    Rule,
    location_quotient,
    quotient_interval,
    reliance,
)
from regional_analytics.measures.inputs import RefusedInput


def decided(
    here: float, area: float, *, region: float = 1_000.0, whole: float = 100_000.0, **options: Any
) -> Any:
    """The mark and the rule of one cell."""
    found = reliance([[here]], area=[area], region_totals=[region], area_total=whole, **options)
    return Mark(found.mark[0, 0]), Rule(found.decided_by[0, 0])


@pytest.mark.parametrize(
    ("cell", "mark", "rule"),
    [
        ((5, 100), Mark.DO_NOT_RELY, Rule.TOO_FEW_PEOPLE),  # 5 where 1 is expected
        ((0, 100), Mark.DO_NOT_RELY, Rule.TOO_FEW_PEOPLE),  # none where 1 is expected
        ((25, 30), Mark.WITH_CARE, Rule.FEW_PEOPLE),  # nearly all of the area's thirty: high for sure
        ((40, 1_000), Mark.WITH_CARE, Rule.FEW_PEOPLE),
        ((110, 10_000), Mark.WITH_CARE, Rule.AVERAGE_INSIDE),  # 110 where 100 are expected
        ((200, 10_000), Mark.RELIABLE, Rule.NOTHING_AGAINST),
        ((0, 20_000), Mark.RELIABLE, Rule.NOTHING_AGAINST),  # none, where 200 are expected
    ],
)
def test_each_rule_decides_its_cell(cell: tuple[float, float], mark: Mark, rule: Rule) -> None:
    assert decided(*cell) == (mark, rule)


def test_an_area_of_eight_is_too_few_to_compare_with() -> None:
    """25 here, and 8 in another country: the quotient is 300, and might be half or twice that."""
    assert decided(25, 8, region_in_area=False) == (Mark.DO_NOT_RELY, Rule.TOO_WIDE)


def test_wide_alone_asks_for_care() -> None:
    scheme = replace(CAREFUL, name="no count", fewest=0, enough=0)
    assert decided(40, 1_000, scheme=scheme) == (Mark.WITH_CARE, Rule.WIDE)


def test_surely_average_is_no_reason_for_care() -> None:
    """50,000 where 50,000 are expected: the interval lies within 1 ± 0.1."""
    assert decided(50_000, 500_000, region=100_000, whole=1_000_000) == (Mark.RELIABLE, Rule.NOTHING_AGAINST)
    strict = replace(CAREFUL, name="strict", near_average=0.0)
    assert decided(50_000, 500_000, region=100_000, whole=1_000_000, scheme=strict)[1] is Rule.AVERAGE_INSIDE


def test_people_who_come_in_plants_count_as_plants() -> None:
    """200 in plants of 25 are 8."""
    assert decided(200, 10_000, draws_per_unit=1 / 25) == (Mark.DO_NOT_RELY, Rule.TOO_FEW_PEOPLE)


def test_the_undefined_is_not_relied_on_and_the_unknown_has_no_mark() -> None:
    jobs = np.ma.masked_equal([[500.0, -1.0, 0.0], [300.0, 500.0, 0.0]], -1.0)
    found = reliance(jobs)
    assert found.mark.mask.tolist() == [[False, True, False], [False, False, False]]
    assert [Rule(rule) for rule in found.decided_by[:, 2]] == [Rule.UNDEFINED, Rule.UNDEFINED]
    assert reliance(np.ma.masked_all((2, 2))).mark.mask.all()
    assert found.count(Mark.DO_NOT_RELY) + found.count(Mark.WITH_CARE) + found.count(Mark.RELIABLE) == 5


def test_the_scheme_comes_back_with_the_result() -> None:
    scheme = RelianceScheme("house", "3", 30, 30, 1.0, 1.0, 0.0, 0.9)
    found = reliance([[500.0, 500.0], [300.0, 500.0]], scheme=scheme)
    assert found.scheme is scheme and found.interval.level == 0.9


@pytest.mark.parametrize(
    "changes",
    [
        {"fewest": -1.0},
        {"fewest": 200.0},
        {"wide": 2.0},
        {"widest": float("inf")},
        {"near_average": 1.0},
        {"level": 95.0},
        {"enough": float("nan")},
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(changes: dict[str, float]) -> None:
    with pytest.raises(RefusedInput, match="careful"):
        replace(CAREFUL, **changes)


@given(partly_known())
@settings(max_examples=60, deadline=None)
def test_the_marks_agree_with_the_rules_cell_by_cell(jobs: Any) -> None:
    found, interval, quotient = reliance(jobs), quotient_interval(jobs), location_quotient(jobs)
    totals, columns, whole = jobs.sum(axis=1), jobs.sum(axis=0), jobs.sum()
    for r, a in np.argwhere(~np.ma.getmaskarray(quotient)):
        low, high, middle = (float(part[r, a]) for part in (interval.low, interval.high, quotient))
        if np.isnan(middle):
            expected = Rule.UNDEFINED
        else:
            people = max(float(jobs[r, a]), float(totals[r]) * float(columns[a]) / float(whole))
            width = (high - low) / max(middle, 1.0)
            if people < 20:
                expected = Rule.TOO_FEW_PEOPLE
            elif width > 1.0:
                expected = Rule.TOO_WIDE
            elif people < 100:
                expected = Rule.FEW_PEOPLE
            elif width > 0.5:
                expected = Rule.WIDE
            elif low < 1 < high and not (low >= 0.9 and high <= 1.1):
                expected = Rule.AVERAGE_INSIDE
            else:
                expected = Rule.NOTHING_AGAINST
        assert Rule(found.decided_by[r, a]) is expected
