"""How unequal regions are: by hand, by parts that add up, by plain formulas, next to another package."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_analytics import Notes, atkinson, gini, theil, variation
from regional_analytics.measures.inputs import RefusedInput

GOLDEN = Path(__file__).parents[1] / "golden" / "inequality_pysal.json"
MEASURES: list[Callable[..., float]] = [
    gini,
    lambda values, **more: theil(values, **more).total,
    lambda values, **more: theil(values, form="L", **more).total,
    lambda values, **more: atkinson(values, aversion=0.5, **more),
    lambda values, **more: atkinson(values, aversion=2.0, **more),
    variation,
]


def figures(least: float = 0.1) -> st.SearchStrategy[list[tuple[float, float, int]]]:
    """Value, weight and group of some regions."""
    one = st.tuples(st.floats(least, 1e4), st.integers(1, 1000).map(float), st.integers(0, 2))
    return st.lists(one, min_size=1, max_size=12)


# By hand -------------------------------------------------------------------------------------------------


def test_gini_by_hand() -> None:
    """Of 1 and 3: the mean difference of two drawn with return is 1, half of it ½, next to a mean of 2."""
    assert gini([1.0, 3.0]) == 0.25
    assert gini([0.0, 0.0, 0.0, 8.0]) == 0.75
    assert gini([0.0, 0.0, 0.0, 8.0], corrected=True) == 1.0


def test_theil_by_hand() -> None:
    """1 and 3 with a mean of 2: T = ½(½ ln ½ + 1½ ln 1½), L = −½(ln ½ + ln 1½)."""
    assert theil([1.0, 3.0]).total == pytest.approx(0.5 * (0.5 * log(0.5) + 1.5 * log(1.5)))
    assert theil([1.0, 3.0], form="L").total == pytest.approx(-0.5 * (log(0.5) + log(1.5)))


def test_one_region_with_everything_has_a_theil_of_ln_n() -> None:
    assert theil([0.0, 0.0, 0.0, 7.0]).total == pytest.approx(log(4))


def test_atkinson_by_hand() -> None:
    """1 and 4: geometric mean 2, harmonic 1.6, mean 2.5; and with ε = ½ the square of the mean root, 2.25."""
    values = [1.0, 4.0]
    assert atkinson(values, aversion=0.0) == pytest.approx(0.0)
    assert atkinson(values, aversion=0.5) == pytest.approx(1 - 2.25 / 2.5)
    assert atkinson(values, aversion=1.0) == pytest.approx(1 - 2.0 / 2.5)
    assert atkinson(values, aversion=2.0) == pytest.approx(1 - 1.6 / 2.5)


def test_a_poorest_of_nothing_is_all_that_counts_from_an_aversion_of_one_on() -> None:
    assert atkinson([0.0, 4.0], aversion=1.0) == atkinson([0.0, 4.0], aversion=3.0) == 1.0
    assert atkinson([0.0, 4.0], aversion=0.5) == pytest.approx(0.5)
    assert atkinson([0.0, 4.0], weights=[0.0, 1.0], aversion=2.0) == pytest.approx(0.0)


def test_a_large_aversion_does_not_overflow() -> None:
    assert atkinson([1.0, 1000.0], aversion=400.0) == pytest.approx(1 - 1 / 500.5, rel=1e-2)


def test_variation_by_hand_and_with_the_heads_of_williamson() -> None:
    """Three in four earn 1, one 3: mean 1.5, squares ¾ · ¼ + ¼ · 2¼; next to the plain mean of 2 they are ¾ · 1 + ¼ · 1."""
    assert variation([1.0, 3.0]) == 0.5
    assert variation([1.0, 3.0], sample=True) == pytest.approx(np.sqrt(2) / 2)
    assert variation([1.0, 3.0], weights=[3.0, 1.0]) == pytest.approx(np.sqrt(0.75) / 1.5)
    assert variation([1.0, 3.0], weights=[3.0, 1.0], mean="plain") == pytest.approx(0.5)


# Between and within --------------------------------------------------------------------------------------


@given(figures())
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("form", ["T", "L"])
def test_between_and_within_are_the_whole_exactly(form: Any, rows: list[tuple[float, float, int]]) -> None:
    values, weights, groups = (list(column) for column in zip(*rows, strict=True))
    parts = theil(values, weights=weights, form=form, groups=groups)
    assert parts.total == parts.between + parts.within
    assert parts.total == pytest.approx(theil(values, weights=weights, form=form).total, abs=1e-12)
    assert parts.between >= -1e-12 and parts.within >= -1e-12
    for name, each in zip(parts.groups, parts.each, strict=True):
        inside = [at for at, group in enumerate(groups) if group == name]
        alone = theil([values[at] for at in inside], weights=[weights[at] for at in inside], form=form)
        assert each == pytest.approx(alone.total, abs=1e-12)
    assert parts.share.sum() == pytest.approx(1.0)


def test_a_group_of_which_nothing_is_known_has_no_inequality() -> None:
    notes = Notes()
    values = np.ma.masked_equal([1.0, 3.0, -1.0], -1.0)
    parts = theil(values, groups=["BG", "BG", "RO"], notes=notes)
    assert parts.total == pytest.approx(theil([1.0, 3.0]).total)
    assert np.isnan(parts.each[1]) and parts.share.tolist() == [1.0, 0.0]
    assert notes.of_kind("left_out")[0].positions == ((2,),)


def test_a_group_of_zeros_adds_nothing_within() -> None:
    parts = theil([0.0, 0.0, 2.0, 2.0], groups=["a", "a", "b", "b"])
    assert (parts.within, parts.between) == (0.0, pytest.approx(log(2)))


# Edges ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("values", [[0.0, 0.0], np.ma.masked_all(3), []])
def test_nothing_known_or_nothing_there_is_undefined(measure: Any, values: Any) -> None:
    notes = Notes()
    assert np.isnan(measure(values, notes=notes))
    assert notes.count("undefined") == 1


@pytest.mark.parametrize("measure", MEASURES)
def test_one_region_and_equal_regions_are_not_unequal(measure: Any) -> None:
    assert measure([5.0]) == pytest.approx(0.0, abs=1e-12)
    assert measure([5.0, 5.0, 5.0]) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([-1.0, 2.0], None),
        ([np.nan, 2.0], None),
        ([[1.0]], None),
        ([1.0, 2.0], [1.0]),
        ([1.0, 2.0], [1.0, -2.0]),
    ],
)
def test_bad_input_is_refused(measure: Any, values: Any, weights: Any) -> None:
    with pytest.raises(RefusedInput):
        measure(values, weights=weights)


def test_a_zero_has_no_logarithm_in_l_and_is_named() -> None:
    notes = Notes()
    values = np.ma.masked_equal([-1.0, 0.0, 5.0], -1.0)
    assert np.isnan(theil(values, form="L", notes=notes).total)
    assert notes.of_kind("unbounded")[0].positions == ((1,),)
    assert theil([0.0, 5.0, 5.0], weights=[0.0, 1.0, 1.0], form="L").total == pytest.approx(0.0)


@pytest.mark.parametrize(
    "question",
    [
        lambda: gini([1.0, 2.0], weights=[1.0, 2.0], corrected=True),
        lambda: theil([1.0, 2.0], form="S"),  # type: ignore[arg-type]
        lambda: theil([1.0, 2.0], groups=["a"]),
        lambda: theil([1.0, 2.0], groups=np.ma.masked_equal([1, -1], -1)),
        lambda: atkinson([1.0, 2.0], aversion=-0.1),
        lambda: atkinson([1.0, 2.0], aversion=float("nan")),
        lambda: variation([1.0, 2.0], mean="middle"),  # type: ignore[arg-type]
        lambda: variation([1.0, 2.0], weights=[1.0, 1.0], sample=True),
    ],
)
def test_an_impossible_question_is_refused(question: Callable[[], Any]) -> None:
    with pytest.raises(RefusedInput):
        question()


def test_a_single_region_is_neither_corrected_nor_a_sample() -> None:
    notes = Notes()
    assert np.isnan(gini([5.0], corrected=True, notes=notes))
    assert np.isnan(variation([5.0], sample=True, notes=notes))
    assert notes.count("undefined") == 2


# What must always hold -----------------------------------------------------------------------------------


@given(figures())
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("measure", MEASURES)
def test_weights_are_regions_counted_so_often(measure: Any, rows: list[tuple[float, float, int]]) -> None:
    """A region of weight 3 is three regions alike; thousands change nothing, nor does order."""
    values = [value for value, _, _ in rows]
    times = [1 + group for _, _, group in rows]
    found = measure(values, weights=times)
    assert measure(np.repeat(values, times).tolist()) == pytest.approx(found, abs=1e-9)
    assert measure([1000 * value for value in values], weights=times) == pytest.approx(found, abs=1e-9)
    assert measure(values[::-1], weights=times[::-1]) == pytest.approx(found, abs=1e-9)
    assert found >= -1e-12


@given(figures())
@settings(max_examples=60, deadline=None)
def test_they_agree_with_plain_formulas(rows: list[tuple[float, float, int]]) -> None:
    whole = sum(weight for _, weight, _ in rows)
    mean = sum(value * weight for value, weight, _ in rows) / whole
    values, weights, _ = (list(column) for column in zip(*rows, strict=True))
    pairs = sum(w * v * abs(x - y) for x, w, _ in rows for y, v, _ in rows) / whole**2
    assert gini(values, weights=weights) == pytest.approx(pairs / 2 / mean, abs=1e-9)
    t = sum(w / whole * (x / mean) * log(x / mean) for x, w, _ in rows)
    assert theil(values, weights=weights).total == pytest.approx(t, abs=1e-9)
    low = sum(w / whole * log(mean / x) for x, w, _ in rows)
    assert theil(values, weights=weights, form="L").total == pytest.approx(low, abs=1e-9)
    harmonic = 1 / sum(w / whole / x for x, w, _ in rows)
    assert atkinson(values, weights=weights, aversion=2.0) == pytest.approx(1 - harmonic / mean, abs=1e-9)


def test_they_agree_with_pysal() -> None:
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    values, found = known["values"], known["results"]
    parts = theil(values, groups=known["groups"])
    for name, ours in {
        "Theil.T": parts.total,
        "TheilD.bg": parts.between,
        "TheilD.wg": parts.within,
        "Gini.g": gini(values),
        "atkinson(0.5)": atkinson(values, aversion=0.5),
        "atkinson(1)": atkinson(values, aversion=1.0),
        "atkinson(2)": atkinson(values, aversion=2.0),
    }.items():
        assert ours == pytest.approx(found[name], rel=1e-10), name
