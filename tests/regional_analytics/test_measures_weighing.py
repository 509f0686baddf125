"""Weighing of options: scales and sums by hand and against loops, limits, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import (
    BALANCED,
    LONG_JUMPS,
    LOW_HANGING_FRUIT,
    Notes,
    OptionScheme,
    weigh_options,
)
from regional_analytics.measures.inputs import NotFinite, RefusedInput, WrongShape

HALVES = OptionScheme("halves", "1", relatedness=1, complexity=1)
NEAR, LEVEL, HAS = [[0.9, 0.5, 0.1, 0.3]], [1.0, 2.0, 4.0, 9.0], [[0, 0, 0, 1]]


@pytest.mark.parametrize(
    ("scale", "near", "level"),
    [
        ("percentile", [5 / 6, 3 / 6, 1 / 6], [1 / 6, 3 / 6, 5 / 6]),
        ("minmax", [1.0, 0.5, 0.0], [0.0, 1 / 3, 1.0]),
        # mean ½, deviations ±0.4 and 0; mean 7/3, squares 16/9, 1/9, 25/9
        ("z", [1.5**0.5, 0.0, -(1.5**0.5)], [-4 / 14**0.5, -1 / 14**0.5, 5 / 14**0.5]),
    ],
)
def test_scales_by_hand(scale: Any, near: list[float], level: list[float]) -> None:
    found = weigh_options({"relatedness": NEAR, "complexity": LEVEL}, replace(HALVES, scale=scale), HAS)
    assert found.contributions["relatedness"][0, :3].tolist() == pytest.approx([half / 2 for half in near])
    assert found.contributions["complexity"][0, :3].tolist() == pytest.approx([half / 2 for half in level])
    assert found.score.mask.tolist() == [[False, False, False, True]]


@st.composite
def choices(draw: Any) -> tuple[dict[str, Any], Any, OptionScheme]:
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 8)))
    criteria: dict[str, Any] = {}
    for name in ("relatedness", "complexity", "gain", "growth", "size"):
        values = draw(arrays.arrays(np.float64, shape, elements=st.integers(0, 5).map(lambda n: n / 5)))
        criteria[name] = np.ma.MaskedArray(values, mask=draw(arrays.arrays(np.bool_, shape)) & (values > 0.7))
    has = np.ma.MaskedArray(
        draw(arrays.arrays(np.bool_, shape)), mask=draw(arrays.arrays(np.bool_, shape)) & (values < 0.3)
    )
    weights = draw(st.tuples(*[st.integers(0, 3)] * 5).filter(any))
    scheme = OptionScheme(
        "drawn",
        "1",
        *map(float, weights),
        scale=draw(st.sampled_from(["percentile", "z", "minmax"])),
        least_relatedness=draw(st.sampled_from([None, 0.2])),
        most_relatedness=draw(st.sampled_from([None, 0.8])),
        most_options=draw(st.sampled_from([None, 1, 2])),
    )
    return criteria, has, scheme


@given(choices())
@settings(max_examples=150, deadline=None)
def test_scores_contributions_ranks_and_lists_agree_with_loops(given_: Any) -> None:
    criteria, has, scheme = given_
    found = weigh_options(criteria, scheme, has)
    total = sum(found.contributions.values())
    assert np.ma.allequal(total, found.score)  # exactly, not nearly
    asked = [name for name in criteria if name in scheme.needed]
    for r in range(has.shape[0]):
        options = [
            a
            for a in range(has.shape[1])
            if not has.mask[r, a] and not has.data[r, a] and not any(criteria[n].mask[r, a] for n in asked)
        ]
        assert np.flatnonzero(~np.ma.getmaskarray(found.score)[r]).tolist() == options
        scores = dict.fromkeys(options, 0.0)
        for name, weight in scheme.weights.items():
            x = {a: float(criteria[name].data[r, a]) for a in options}
            for a in options:
                scores[a] += weight * placed(x, a, scheme.scale)
        inside = [
            a
            for a in options
            if (scheme.least_relatedness or 0)
            <= criteria["relatedness"].data[r, a]
            <= (scheme.most_relatedness or 1)
        ]
        for a in options:
            assert found.score[r, a] == pytest.approx(scores[a], abs=1e-9)
            assert found.within[r, a] == (a in inside)
            assert np.ma.getmaskarray(found.rank)[r, a] == (a not in inside)
        for a in inside:
            assert found.rank[r, a] == 1 + sum(scores[b] > scores[a] + 1e-9 for b in inside)
            assert found.listed[r, a] == (found.rank[r, a] <= (scheme.most_options or 99))


def placed(x: dict[int, float], a: int, scale: str) -> float:
    others = list(x.values())
    least, most = min(others), max(others)
    if scale == "percentile":
        return (sum(y < x[a] for y in others) + sum(y == x[a] for y in others) / 2) / len(others)
    if least == most:
        return 0.5 if scale == "minmax" else 0.0
    if scale == "minmax":
        return (x[a] - least) / (most - least)
    return float((x[a] - np.mean(others)) / np.std(others))


@given(choices())
@settings(max_examples=50, deadline=None)
def test_a_limit_takes_options_away_and_moves_none_of_the_others(given_: Any) -> None:
    criteria, has, scheme = given_
    scheme = replace(scheme, relatedness=1.0, least_relatedness=0.4, most_relatedness=None)
    limited = weigh_options(criteria, scheme, has)
    free = weigh_options(criteria, replace(scheme, least_relatedness=None), has)
    assert np.ma.allequal(limited.score, free.score)


@given(choices())
@settings(max_examples=50, deadline=None)
def test_units_play_no_part_and_only_proportions_of_weights_count(given_: Any) -> None:
    criteria, has, scheme = given_
    scheme = replace(scheme, least_relatedness=None, most_relatedness=None)
    doubled = replace(scheme, **{name: 2 * getattr(scheme, name) for name in criteria})
    stretched = {name: values * 8 + 3 for name, values in criteria.items()}
    one, other = weigh_options(criteria, scheme, has), weigh_options(stretched, doubled, has)
    np.testing.assert_allclose(one.score.filled(-9), other.score.filled(-9), atol=1e-9)


def test_an_outlier_sets_the_scale_of_minmax_and_none_of_percentiles() -> None:
    """Complexity 1, 2, 100: by minmax the first two are all but alike, by percentile as far apart as ever."""
    level = {"complexity": [1.0, 2.0, 100.0]}
    scheme = OptionScheme("complexity", "1", complexity=1)
    apart = [
        float(np.diff(weigh_options(level, replace(scheme, scale=scale), [[0, 0, 0]]).score[0])[0])
        for scale in ("percentile", "minmax")
    ]
    assert apart == [pytest.approx(1 / 3), pytest.approx(1 / 99)]


def test_least_complexity_is_above_the_regions_own() -> None:
    notes = Notes()
    scheme = OptionScheme("up", "1", relatedness=1, least_complexity_above=0.5)
    criteria = {"relatedness": [[0.5, 0.4], [0.5, 0.4], [0.5, 0.4]], "complexity": [1.0, 2.0]}
    own = np.ma.MaskedArray([0.0, 1.0, 0.0], mask=[False, False, True])
    found = weigh_options(criteria, scheme, np.zeros((3, 2)), own_complexity=own, notes=notes)
    assert found.within.tolist() == [[True, True], [False, True], [None, None]]
    assert found.rank.tolist() == [[1, 2], [None, 1], [None, None]]
    assert notes.of_kind("outside_limits")[0].positions == ((1, 0),)
    assert notes.of_kind("left_out")[0].positions == ((2,),)
    with pytest.raises(RefusedInput, match="own complexity"):
        weigh_options(criteria, scheme, np.zeros((3, 2)))


def test_what_is_unknown_is_named_and_what_is_not_asked_for_not_looked_at() -> None:
    notes = Notes()
    criteria = {"relatedness": [[0.5, np.nan, 0.1]], "complexity": [1.0, 2.0, np.nan], "gain": [np.nan] * 3}
    found = weigh_options(criteria, HALVES, [[0, 0, 0]], notes=notes)
    assert found.score.mask.tolist() == [[False, True, True]] and found.score[0, 0] == 0.5
    assert [note.meaning for note in notes] == ["relatedness is unknown", "complexity is unknown"]


def test_a_criterion_that_does_not_differ_stands_in_the_middle() -> None:
    for scale, middle in (("percentile", 0.5), ("minmax", 0.5), ("z", 0.0)):
        notes = Notes()
        scheme = OptionScheme("flat", "1", size=1, scale=scale)  # type: ignore[arg-type]
        found = weigh_options(
            {"size": [[7.1, 7.1, 7.1], [1.0, 2.0, 3.0]]}, scheme, np.zeros((2, 3)), notes=notes
        )
        assert found.score[0].tolist() == [middle] * 3 and found.rank[0].tolist() == [1, 1, 1]
        assert notes.of_kind("no_spread")[0].positions == ((0,),)


def test_named_schemes_say_what_they_are() -> None:
    """What is near comes first by one, what is complex by the other."""
    criteria = {"relatedness": [[0.9, 0.1]], "complexity": [1.0, 3.0], "gain": [[0.1, 0.5]]}
    firsts = [
        int(weigh_options(criteria, scheme, [[0, 0]], own_complexity=[0.0]).score.argmax())
        for scheme in (LOW_HANGING_FRUIT, LONG_JUMPS)
    ]
    assert firsts == [0, 1]
    assert {(one.name, one.version) for one in (LOW_HANGING_FRUIT, BALANCED, LONG_JUMPS)} == {
        ("low-hanging fruit", "1"),
        ("balanced", "1"),
        ("long jumps", "1"),
    }
    for scheme in (LOW_HANGING_FRUIT, BALANCED, LONG_JUMPS):
        assert sum(scheme.weights.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"relatedness": -1.0},
        {"relatedness": float("nan")},
        {"relatedness": 0.0, "complexity": 0.0},
        {"scale": "rank"},
        {"least_relatedness": 0.5, "most_relatedness": 0.4},
        {"most_relatedness": 1.5},
        {"least_complexity_above": float("inf")},
        {"most_options": 0},
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(changes: Any) -> None:
    with pytest.raises(RefusedInput):
        replace(HALVES, **changes)


@pytest.mark.parametrize(
    ("criteria", "refusal"),
    [
        ({"relatedness": NEAR}, RefusedInput),
        ({"relatedness": NEAR, "complexity": LEVEL, "beauty": LEVEL}, RefusedInput),
        ({"relatedness": NEAR, "complexity": [1.0, 2.0]}, WrongShape),
        ({"relatedness": NEAR, "complexity": [1.0, 2.0, 3.0, np.inf]}, NotFinite),
    ],
)
def test_bad_criteria_are_refused(criteria: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        weigh_options(criteria, HALVES, HAS)


def test_nothing_to_choose_is_an_answer() -> None:
    criteria = {"relatedness": NEAR, "complexity": LEVEL}
    for has in ([[1, 1, 1, 1]], np.ma.masked_all((1, 4))):
        for scale in ("percentile", "z", "minmax"):
            found = weigh_options(criteria, replace(HALVES, scale=scale), has)  # type: ignore[arg-type]
            assert found.score.mask.all() and found.rank.mask.all() and found.listed.mask.all()
    empty = weigh_options({"relatedness": np.zeros((2, 0)), "complexity": []}, HALVES, np.zeros((2, 0)))
    assert empty.score.shape == (2, 0)
