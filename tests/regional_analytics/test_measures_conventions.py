"""Conventions by name: what each switch is, and that none can be misspelt."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from regional_analytics import CONVENTIONS, Convention, RefusedInput
from regional_analytics.measures.complexity.conventions import convention_named


def test_a_convention_is_found_by_its_name_and_one_of_your_own_is_taken_as_it_is() -> None:
    assert convention_named("atlas") == Convention("atlas")
    own = replace(CONVENTIONS["atlas"], name="ours", less_density=True)
    assert convention_named(own) is own
    assert all(name == one.name for name, one in CONVENTIONS.items())


def test_a_name_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(RefusedInput, match=r"There is no convention “harvard”.*atlas, stata"):
        convention_named("harvard")


def test_no_two_conventions_say_the_same() -> None:
    switches = [tuple(getattr(one, field.name) for field in fields(one)[1:]) for one in CONVENTIONS.values()]
    assert len(set(switches)) == len(switches)


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("method", "fitness"),
        ("scale", "region"),
        ("signs", "alone"),
        ("ddof", 2),
        ("counting", "itself"),
        ("divided_by", "targets"),
        ("inside", "raw"),
        ("index", "mean"),
    ],
)
def test_a_switch_that_is_misspelt_is_refused_at_once(switch: str, value: Any) -> None:
    with pytest.raises(RefusedInput, match="Choose one of"):
        Convention("mine", **{switch: value})
