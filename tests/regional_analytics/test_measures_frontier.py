"""The frontier of options: by hand, against all pairs, and what is no option."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import NotAPresence, Notes, opportunity_frontier
from regional_analytics.measures.inputs import NotFinite, RefusedInput, WrongShape


def test_the_frontier_is_what_nothing_beats_and_the_next_what_is_left() -> None:
    """
    near      9  6  5  5  1
    complex   1  3  2  3  2     the second beats all after it, the fourth what is left, the third the fifth
    """
    found = opportunity_frontier([[9, 6, 5, 5, 1]], [1, 3, 2, 3, 2], present=[[0] * 5])
    assert found.depth.tolist() == [[1, 1, 3, 2, 0]]  # the fifth is deeper than three
    assert found.beaten_by.tolist() == [[None, None, 1, 1, 1]]
    shallow = opportunity_frontier([[9, 6, 5, 5, 1]], [1, 3, 2, 3, 2], present=[[0] * 5], deepest=1)
    assert shallow.depth.tolist() == [[1, 1, 0, 0, 0]] and shallow.deepest == 1


def test_alike_on_every_count_neither_beats_the_other() -> None:
    found = opportunity_frontier([[5, 5, 5]], [2, 2, 1], present=[[0, 0, 0]])
    assert found.depth.tolist() == [[1, 1, 2]]


def test_demand_brings_back_what_two_criteria_rule_out() -> None:
    near, level = [[0.9, 0.5]], [3.0, 2.0]
    assert opportunity_frontier(near, level, present=[[0, 0]]).depth.tolist() == [[1, 2]]
    found = opportunity_frontier(near, level, growth=[[1.0, 8.0]], present=[[0, 0]])
    assert found.depth.tolist() == [[1, 1]] and found.criteria == ("relatedness", "complexity", "growth")


@st.composite
def choices(draw: Any) -> tuple[Any, Any, Any, Any]:
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 9)))
    few = st.integers(0, 4).map(float)  # so few values that many are alike
    cells = arrays.arrays(np.float64, shape, elements=few)
    unknown = arrays.arrays(np.bool_, shape)
    near = np.ma.MaskedArray(draw(cells), mask=draw(unknown) & draw(unknown))
    has = np.ma.MaskedArray(draw(arrays.arrays(np.bool_, shape)), mask=draw(unknown) & draw(unknown))
    growth = draw(cells) if draw(st.booleans()) else None
    return near, draw(arrays.arrays(np.float64, shape[1], elements=few)), growth, has


@given(choices())
@settings(max_examples=200, deadline=None)
def test_depth_is_the_longest_row_of_options_that_beat_one_another(given_: Any) -> None:
    near, level, growth, has = given_
    found = opportunity_frontier(near, level, growth=growth, present=has, deepest=9)
    for r in range(near.shape[0]):
        options = [
            a for a in range(near.shape[1]) if not (near.mask[r, a] or has.mask[r, a] or has.data[r, a])
        ]
        figures = {a: [near.data[r, a], level[a]] for a in options}
        if growth is not None:
            for a in options:
                figures[a].append(growth[r, a])

        def beats(b: int, a: int, figures: Any = figures) -> bool:
            pairs = list(zip(figures[b], figures[a], strict=True))
            return all(x >= y for x, y in pairs) and any(x > y for x, y in pairs)

        def depth(a: int, options: Any = options, beats: Any = beats) -> int:
            return 1 + max((depth(b, options, beats) for b in options if beats(b, a)), default=0)

        for a in range(near.shape[1]):
            if a not in options:
                assert found.depth.mask[r, a] and found.beaten_by.mask[r, a]
                continue
            assert found.depth[r, a] == depth(a)
            if depth(a) == 1:
                assert found.beaten_by.mask[r, a]
            else:
                by = int(found.beaten_by[r, a])
                assert beats(by, a) and depth(by) == 1


@given(choices(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_and_scale_play_no_part(given_: Any, chance: Any) -> None:
    near, level, growth, has = given_
    depth = opportunity_frontier(near, level, growth=growth, present=has).depth
    order = chance.sample(range(level.size), level.size)
    moved = opportunity_frontier(
        (near**3 * 7)[:, order],
        (level * 2 - 5)[order],
        growth=None if growth is None else growth[:, order] / 3,
        present=has[:, order],
    )
    assert moved.depth.tolist() == depth[:, order].tolist()


def test_what_is_there_or_unknown_or_not_judged_is_no_option() -> None:
    notes = Notes()
    has = np.ma.MaskedArray([[1, 0, 0, 0]], mask=[[False, True, False, False]])
    found = opportunity_frontier([[0.9, 0.9, 0.2, np.nan]], [1.0, 1.0, 1.0, 1.0], present=has, notes=notes)
    assert found.depth.tolist() == [[None, None, 1, None]]
    assert {note.meaning: note.positions for note in notes} == {
        "unknown whether it is there": ((0, 1),),
        "relatedness is unknown": ((0, 3),),
    }


def test_nothing_to_choose_is_an_answer() -> None:
    assert opportunity_frontier([[0.5, 0.2]], [1.0, 2.0], present=[[1, 1]]).depth.mask.all()
    assert opportunity_frontier(
        np.ma.masked_all((2, 3)), [1, 2, 3], present=np.zeros((2, 3))
    ).depth.mask.all()
    assert opportunity_frontier(np.zeros((0, 3)), [1, 2, 3], present=np.zeros((0, 3))).depth.shape == (0, 3)
    assert opportunity_frontier(np.zeros((2, 0)), [], present=np.zeros((2, 0))).depth.shape == (2, 0)


@pytest.mark.parametrize(
    ("near", "level", "changes", "refusal"),
    [
        ([[0.5, np.inf]], [1.0, 2.0], {}, NotFinite),
        ([[0.5, 0.1]], [1.0, 2.0, 3.0], {}, WrongShape),
        ([[0.5, 0.1, 0.2]], [1.0, 2.0], {}, WrongShape),
        ([[0.5, 0.1]], [[[1.0, 2.0]]], {}, WrongShape),
        ([[0.5, 0.1]], ["wine", "steel"], {}, RefusedInput),
        ([[0.5, 0.1]], [1.0, 2.0], {"deepest": 0}, RefusedInput),
        ([[0.5, 0.1]], [1.0, 2.0], {"present": [[0, 2]]}, NotAPresence),
        ([[0.5, 0.1]], [1.0, 2.0], {"growth": [1.0]}, WrongShape),
    ],
)
def test_bad_input_is_refused(near: Any, level: Any, changes: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        opportunity_frontier(near, level, **({"present": [[0, 0]]} | changes))
