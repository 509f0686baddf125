"""What may be said of two values of a formula beside each other."""

from __future__ import annotations

import pytest

from regional_analytics.formulas import A_COUNT, A_RATE, comparable, parse

PARTS = {"jobs": A_COUNT, "people": A_COUNT, "rate": A_RATE, "jobs[C14]": A_COUNT}


@pytest.mark.parametrize(
    ("formula", "regions", "years", "multiples"),
    [
        ("2 * jobs", False, True, False),  # counts differ because regions differ in size
        ("jobs + people", False, True, False),
        ("jobs / 1000", False, True, False),  # a plain number takes no size away
        ("jobs / people", True, True, True),
        ("per(jobs, people, 1000)", True, True, True),
        ("share(jobs[C14], jobs)", True, True, True),
        ("rate * 2", True, True, True),
        ("index(jobs, 2015)", False, True, False),
        ("change(jobs, 5)", True, True, False),  # growth has no natural zero
        ("difference(jobs, 5)", False, True, False),
        ("difference(rate, 5)", True, True, False),
        ("rank(rate)", True, False, False),  # places are given anew each year
        ("composite(minmax, rate, jobs)", True, False, False),
        ("composite(as_is, a=rate, b=rate * 2)", True, True, True),
        ("composite(as_is, a=rate, b=-rate)", True, True, False),
        ("rank(rate) / people", True, False, False),
        ("change(rank(rate), 5)", True, False, False),
        ("somebody", False, True, False),  # not known: taken for a count
    ],
)
def test_what_can_be_compared(formula: str, regions: bool, years: bool, multiples: bool) -> None:
    assert comparable(parse(formula), PARTS) == (regions, years, multiples)
