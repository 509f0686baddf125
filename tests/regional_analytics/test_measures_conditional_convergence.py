"""Convergence among regions alike in other things: by hand, against statsmodels, and what cannot be told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_analytics import Notes, TooFewRegions, beta_convergence, conditional_convergence
from regional_analytics.measures import RefusedInput, WrongShape

KEPT = json.loads(
    (
        Path(__file__).parents[1] / "golden" / "measures" / "conditional_convergence_statsmodels.json"
    ).read_text(encoding="utf-8")
)
START, END, MARK = [1.0, 2.0, 4.0, 1.0], [4.0, 4.0, 4.0, 2.0], [[0.0], [0.0], [0.0], [1.0]]


def a_world(seed: int, regions: int = 12) -> tuple[Any, Any, Any]:
    random = np.random.default_rng(seed)
    return random.uniform(1, 9, regions), random.uniform(1, 9, regions), random.normal(size=(regions, 2))


def test_by_hand() -> None:
    """Without the mark the first three have slope −0.1; the fourth grew ln 2 / 10 less than its start would say."""
    found = conditional_convergence(START, END, 10.0, [*MARK[:3], [1.0]])
    assert found.slope == pytest.approx(-0.1)
    assert found.controls.tolist() == pytest.approx([-np.log(2) / 10])
    assert found.r_squared == pytest.approx(1.0)


def test_figures_are_those_of_statsmodels() -> None:
    found = conditional_convergence(KEPT["start"], KEPT["end"], KEPT["years"], KEPT["controls"])
    figures = [found.intercept, found.slope, *found.controls]
    assert figures == pytest.approx(KEPT["params"], rel=1e-9)
    assert [found.standard_error, *found.control_errors] == pytest.approx(KEPT["bse"][1:], rel=1e-9)
    assert found.r_squared == pytest.approx(KEPT["rsquared"], rel=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_without_controls_it_is_beta_convergence(seed: int) -> None:
    start, end, controls = a_world(seed)
    found = conditional_convergence(start, end, 5.0, controls[:, :0])
    expected = beta_convergence(start, end, 5.0)
    for name in ("slope", "intercept", "standard_error", "r_squared", "speed", "half_life", "regions"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-7, nan_ok=True), name


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_the_unit_of_a_control_moves_its_own_figure_only(seed: int) -> None:
    start, end, controls = a_world(seed)
    here = conditional_convergence(start, end, 5.0, controls)
    there = conditional_convergence(start, end, 5.0, controls * [1e9, 1.0])
    assert there.slope == pytest.approx(here.slope, rel=1e-6)
    assert there.controls.tolist() == pytest.approx((here.controls / [1e9, 1.0]).tolist(), rel=1e-6)
    assert there.standard_error == pytest.approx(here.standard_error, rel=1e-6)


def test_a_region_with_an_unknown_control_or_without_logarithm_is_left_out_and_named() -> None:
    notes = Notes()
    controls = np.ma.masked_equal([*MARK, [-1.0], [0.0]], -1.0)
    found = conditional_convergence([*START, 3.0, 0.0], [*END, 9.0, 9.0], 10.0, controls, notes=notes)
    assert (found.regions, found.slope) == (4, pytest.approx(-0.1))
    assert notes.of_kind("left_out")[0].positions == ((4,),)
    assert notes.of_kind("not_positive")[0].positions == ((5,),)


def test_what_cannot_be_told_apart_is_refused() -> None:
    with pytest.raises(TooFewRegions, match="3 regions cannot tell 3 figures apart"):
        conditional_convergence(START[:3], END[:3], 10.0, [[0.0], [1.0], [0.5]])
    with pytest.raises(RefusedInput, match="mixture of the others"):
        conditional_convergence(START, END, 10.0, [[3.0]] * 4)
    with pytest.raises(RefusedInput, match="mixture of the others"):
        conditional_convergence(START, END, 10.0, [[0.0]] * 4)
    with pytest.raises(WrongShape, match="controls of 2 regions instead of 4"):
        conditional_convergence(START, END, 10.0, MARK[:2])
    with pytest.raises(WrongShape, match="region, control"):
        conditional_convergence(START, END, 10.0, [0.0] * 4)
    with pytest.raises(RefusedInput, match="T > 0"):
        conditional_convergence(START, END, 0.0, MARK)
