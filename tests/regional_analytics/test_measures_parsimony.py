"""Paths to a complexity: by hand, against plain loops, and against every path there is in small worlds."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_analytics import (
    PARSIMONIOUS,
    NotAPresence,
    Notes,
    PathScheme,
    parsimonious_path,
    relatedness_density,
)
from regional_analytics.measures.inputs import NotFinite, RefusedInput, WrongShape

CHAIN = [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]


def test_distances_are_taken_anew_after_every_step() -> None:
    """Tours are at 1 to begin with; with wine a third of what is related to them is there."""
    found = parsimonious_path([1, 0, 0], CHAIN, [0.0, 3.0, 3.6], target=2.0)
    assert found.steps.tolist() == [1, 2] and found.reached
    assert found.distance.tolist() == pytest.approx([0.75, 2 / 3])
    assert found.gain.tolist() == pytest.approx([1.5, 0.7]) and found.start == 0.0
    assert found.fewest == 2 and found.scheme is PARSIMONIOUS


def test_rules_for_the_next_step_differ() -> None:
    """From 0, the near one adds 0.5 at ½, the middle one 1 at 0.8, the far one 2 at 1: 1, 1.25 and 2 for the distance."""
    near = np.eye(4)
    near[0, 1], near[0, 2] = 1.0, 0.25  # ½ and 0.25/1.25 = 0.2 of what is related is there
    level = [0.0, 1.0, 2.0, 4.0]
    first = {}
    for rule in ("gain_per_distance", "gain", "nearest"):
        scheme = PathScheme("rule", "1", next_step=rule, taken_back=False, most_steps=1)  # type: ignore[arg-type]
        first[rule] = int(parsimonious_path([1, 0, 0, 0], near, level, 2.0, scheme=scheme).steps[0])
    assert first == {"gain_per_distance": 3, "gain": 3, "nearest": 1}
    level[2] = 3.5  # 1.75 / 0.8 is more than 2 / 1
    assert parsimonious_path([1, 0, 0, 0], near, level, 1.7).steps.tolist() == [2]


def test_what_was_in_the_way_or_unnecessary_is_taken_back() -> None:
    """The near one raises 0 to 0.5 and then holds 3 down to 4/3; the far one alone gives 1.5."""
    near = np.eye(3)
    near[0, 1] = 9.0
    level = [0.0, 1.0, 3.0]
    kept = parsimonious_path([1, 0, 0], near, level, 1.5, scheme=replace(PARSIMONIOUS, taken_back=False))
    assert kept.steps.tolist() == [1, 2] and not kept.reached and kept.fewest == 1
    assert parsimonious_path([1, 0, 0], near, level, 1.5).steps.tolist() == [2]
    assert parsimonious_path([1, 0, 0], near, level, 1.2).steps.tolist() == [2]


def test_a_target_that_is_met_needs_no_step_and_one_out_of_reach_says_so() -> None:
    assert parsimonious_path([1, 0, 0], CHAIN, [2.0, 3.0, 4.0], 2.0).steps.size == 0
    notes = Notes()
    found = parsimonious_path([1, 0, 0], CHAIN, [0.0, 3.0, 3.6], 3.0, notes=notes)
    assert not found.reached and found.fewest is None and notes.count("target_beyond_reach") == 1
    assert found.complexity[-1] == pytest.approx(2.2)
    full = parsimonious_path([1, 1, 1], CHAIN, [0.0, 3.0, 3.6], 3.0)
    assert full.steps.size == 0 and not full.reached
    few = parsimonious_path(
        [1, 0, 0], CHAIN, [0.0, 3.0, 3.6], 2.0, scheme=PathScheme("one", "1", most_steps=1)
    )
    assert few.steps.tolist() == [1] and not few.reached and few.fewest == 2


def test_what_is_unknown_is_left_out_and_named() -> None:
    notes = Notes()
    has = np.ma.MaskedArray([1, 0, 0], mask=[False, False, True])
    found = parsimonious_path(has, CHAIN, [0.0, np.nan, 3.6], 1.0, notes=notes)
    assert found.steps.size == 0 and notes.count("left_out") == 2
    alone = parsimonious_path([1, 0, 0], np.diag([1.0, 1.0, 0.0]), [0.0, 1.0, 3.6], 0.4, notes=notes)
    assert alone.steps.tolist() == [1] and notes.count("undefined") == 1  # nothing is related to the third
    unvalued = parsimonious_path([1, 1, 0], CHAIN, [0.0, np.nan, 3.6], 1.0)
    assert unvalued.start == 0.0 and unvalued.distance.tolist() == pytest.approx([2 / 3])


@st.composite
def worlds(draw: Any) -> tuple[Any, Any, Any, float]:
    size = draw(st.integers(2, 7))
    seed = draw(st.integers(0, 10**6))
    chance = np.random.default_rng(seed)
    near = chance.random((size, size))
    near = (near + near.T) / 2
    np.fill_diagonal(near, 1.0)
    has = chance.random(size) < 0.4
    has[0] = True
    level = chance.normal(size=size)
    return has, near, level, float(level[has].mean() + draw(st.floats(0.05, 1.5)))


def mean_with(has: Any, level: Any, steps: Any) -> float:
    return float(np.mean([*level[has], *level[list(steps)]]))


def distance_of(has: Any, near: Any, steps: Any) -> float:
    """Of a whole path, each step at its turn."""
    total, had = 0.0, has.copy()
    for step in steps:
        total += 1 - float(relatedness_density([had], near)[0, step])
        had[step] = True
    return total


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_a_path_tells_what_its_steps_add_and_none_can_be_missed(world: Any) -> None:
    has, near, level, target = world
    found = parsimonious_path(has, near, level, target)
    steps = found.steps.tolist()
    assert len(set(steps)) == len(steps) and not has[steps].any()
    assert found.distance.sum() == pytest.approx(distance_of(has, near, steps))
    for at in range(len(steps)):
        assert found.complexity[at] == pytest.approx(mean_with(has, level, steps[: at + 1]))
    assert found.start + found.gain.sum() == pytest.approx(mean_with(has, level, steps))
    reaching = [
        chosen
        for many in range(level.size)
        for chosen in combinations(np.flatnonzero(~has), many)
        if mean_with(has, level, chosen) >= target
    ]
    assert found.reached == bool(reaching)  # whatever can be reached at all is
    assert found.fewest == (min(map(len, reaching)) if reaching else None)
    if found.reached:
        assert len(steps) >= found.fewest
        for step in steps:
            assert mean_with(has, level, [one for one in steps if one != step]) < target


def test_beside_every_path_there_is_it_is_mostly_the_nearest() -> None:
    """Over 200 small worlds the target of which can be reached: how often it is the path of least distance, and how far off
    it is at worst; and how often it has the fewest steps. The page tells these figures."""
    chance = np.random.default_rng(7)
    least, fewest, worst, worlds_ = 0, 0, 1.0, 0
    while worlds_ < 200:
        near = chance.random((6, 6))
        near = (near + near.T) / 2
        np.fill_diagonal(near, 1.0)
        has, level = np.array([True, True, False, False, False, False]), chance.normal(size=6)
        target = level[has].mean() + 0.5
        found = parsimonious_path(has, near, level, target)
        if not found.reached:
            continue
        worlds_ += 1
        best = min(
            distance_of(has, near, path)
            for many in range(1, 5)
            for path in permutations(range(2, 6), many)
            if mean_with(has, level, path) >= target
        )
        off = found.distance.sum() / best
        least, fewest, worst = (
            least + (off < 1 + 1e-9),
            fewest + (found.steps.size == found.fewest),
            max(worst, off),
        )
    assert least / 200 >= 0.75 and fewest / 200 >= 0.95 and worst <= 1.5


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_by_gain_alone_there_are_no_fewer_steps(world: Any) -> None:
    has, near, level, target = world
    found = parsimonious_path(has, near, level, target, scheme=PathScheme("fewest", "1", next_step="gain"))
    if found.reached:
        assert found.steps.size == found.fewest


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_the_scale_of_complexity_plays_no_part(world: Any) -> None:
    has, near, level, target = world
    one = parsimonious_path(has, near, level, target)
    other = parsimonious_path(has, near, level * 4 + 8, target * 4 + 8)
    assert one.steps.tolist() == other.steps.tolist() and one.fewest == other.fewest


@pytest.mark.parametrize(
    ("has", "near", "level", "changes", "refusal"),
    [
        ([0, 0, 0], CHAIN, [0.0, 1.0, 2.0], {}, RefusedInput),
        ([2, 0, 0], CHAIN, [0.0, 1.0, 2.0], {}, NotAPresence),
        ([1, 0], CHAIN, [0.0, 1.0], {}, WrongShape),
        ([1, 0, 0], CHAIN, [0.0, 1.0], {}, WrongShape),
        ([[1, 0, 0]], CHAIN, [0.0, 1.0, 2.0], {}, WrongShape),
        ([1, 0, 0], CHAIN, [0.0, np.inf, 2.0], {}, NotFinite),
        ([1, 0, 0], CHAIN, [0.0, 1.0, 2.0], {"target": float("nan")}, RefusedInput),
        ([1, 0, 0], CHAIN, [0.0, 1.0, 2.0], {"counting": "twice"}, RefusedInput),
        ([], np.zeros((0, 0)), [], {}, RefusedInput),
    ],
)
def test_bad_input_is_refused(has: Any, near: Any, level: Any, changes: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        parsimonious_path(has, near, level, **({"target": 1.0} | changes))


@pytest.mark.parametrize("changes", [{"next_step": "best"}, {"most_steps": 0}])
def test_a_scheme_that_makes_no_sense_is_refused(changes: Any) -> None:
    with pytest.raises(RefusedInput):
        replace(PARSIMONIOUS, **changes)
