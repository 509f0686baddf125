"""Who could help whom: by hand, in plain loops, as a rise of density, both ways, near and far."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from regional_analytics import (
    NotAPresence,
    Notes,
    WrongShape,
    best_partners,
    candidates,
    complementary_partners,
    explain_partner,
)
from regional_analytics.measures.inputs import RefusedInput

#       wine, bottles, corks
HAS = [[1, 0, 0], [0, 1, 0], [0, 1, 1]]
RELATED = [[0.0, 1.0, 1.0], [1.0, 0.0, 3.0], [1.0, 3.0, 0.0]]
CORKS = [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def worlds() -> st.SearchStrategy[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    return st.tuples(
        arrays.arrays(np.int64, (4, 5), elements=st.integers(0, 1)),
        arrays.arrays(np.float64, (5, 5), elements=st.integers(0, 9).map(float)),
        arrays.arrays(np.float64, (4, 5), elements=st.integers(0, 3).map(float)),
    )


def in_plain_loops(has: np.ndarray, related: np.ndarray, options: np.ndarray, r: int, s: int) -> float:
    """The formulas as they stand, b ≠ a."""
    activities = range(has.shape[1])
    gained = weights = 0.0
    for a in activities:
        whole = sum(related[a, b] for b in activities if b != a)
        if has[r, a] or not whole:
            continue
        added = sum(related[a, b] for b in activities if b != a and has[s, b] and not has[r, b])
        gained += options[r, a] * added / whole
        weights += options[r, a]
    return gained / weights if weights else float("nan")


def test_a_partner_adds_what_it_has_and_the_region_lacks() -> None:
    """Corks need wine (1 of 4), which is there, and bottles (3 of 4), which both others have."""
    found = complementary_partners(HAS, RELATED, options=CORKS)
    assert found.gain[0].tolist() == [None, 0.75, 0.75]
    assert found.has_options[0].tolist() == [None, 0.0, 1.0]


def test_without_options_everything_missing_is_one() -> None:
    """0 lacks bottles and corks: 2 has corks for bottles (3 of 4) and bottles for corks (3 of 4)."""
    found = complementary_partners(HAS, RELATED)
    assert found.gain[0].tolist() == [None, 0.375, 0.75]
    assert found.has_options[0].tolist() == [None, 0.5, 1.0]


@given(worlds())
@settings(max_examples=80, deadline=None)
def test_it_is_its_formula_in_plain_loops(world: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    has, related, options = world
    found = complementary_partners(has, related, options=options)
    for r in range(4):
        for s in range(4):
            if r != s:
                expected = in_plain_loops(has, related, options, r, s)
                assert float(found.gain[r, s]) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_what_a_partner_adds_is_the_rise_of_density(world: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    has, related, _options = world
    why = explain_partner(has, related, 0, 1, own_activity="counted")
    totals = related.sum(axis=1)
    for a in np.flatnonzero(~np.ma.getmaskarray(why.complementarity)):
        together = related[a] @ np.maximum(has[0], has[1]) / totals[a]
        alone = related[a] @ has[0] / totals[a]
        assert float(why.complementarity[a]) == pytest.approx(together - alone, abs=1e-12)


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_contributions_add_up_both_ways(world: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    has, related, options = world
    found = complementary_partners(has, related, options=options)
    why = explain_partner(has, related, 2, 3, options=options)
    assert why.gain == pytest.approx(float(found.gain[2, 3]), abs=1e-12, nan_ok=True)
    if not np.isnan(why.gain):
        assert why.by_activity.sum() == pytest.approx(why.gain, abs=1e-12)
        assert why.by_option.filled(0).sum() == pytest.approx(why.gain, abs=1e-12)
        assert 0 <= why.gain <= 1 + 1e-12
        assert not (why.by_activity[has[2] == 1] > 0).any(), "what the region has carries nothing"


def test_an_activity_carries_the_score_and_an_option_is_served() -> None:
    why = explain_partner(HAS, RELATED, 0, 2)
    assert why.by_activity.tolist() == [0.0, 0.375, 0.375]
    assert why.by_option.tolist() == [None, 0.375, 0.375]
    assert why.complementarity.tolist() == [None, 0.75, 0.75]
    assert why.partner_has.tolist() == [False, True, True]


def test_having_the_activity_itself_counts_only_where_it_is_asked_for() -> None:
    """With 4 on the diagonal corks are related to 1 + 3 + 4 = 8, of which 2 has bottles and corks."""
    related = np.array(RELATED) + 4 * np.eye(3)
    assert complementary_partners(HAS, related, options=CORKS).gain[0, 2] == 0.75
    counted = complementary_partners(HAS, related, options=CORKS, own_activity="counted")
    assert counted.gain[0, 2] == 7 / 8
    assert (related.diagonal() == 4).all(), "the input stays as it was"


def test_both_must_gain_or_one_may_make_up_for_the_other() -> None:
    """0 gains 0.375 from 1; 1 lacks wine and corks, and 0's wine is 1 of 4 for corks: 0.125."""
    given_ = {
        name: complementary_partners(HAS, RELATED, reciprocity=name)
        for name in ("none", "minimum", "geometric_mean")
    }
    assert given_["none"].given_back[0, 1] == 0.125
    assert given_["none"].score[0, 1] == 0.375
    assert given_["minimum"].score[0, 1] == 0.125
    assert given_["geometric_mean"].score[0, 1] == pytest.approx(np.sqrt(0.375 * 0.125))
    assert given_["minimum"].score[0, 1] == given_["minimum"].score[1, 0]


def test_half_is_left_at_the_half_distance() -> None:
    far = np.ma.masked_equal([[0.0, 100.0, 300.0], [100.0, 0.0, -1.0], [300.0, -1.0, 0.0]], -1.0)
    for decay, at_300 in (("exponential", 0.125), ("inverse", 0.25)):
        found = complementary_partners(HAS, RELATED, distances=far, decay=decay, half_distance=100.0)
        assert found.score[0].tolist() == [None, 0.375 / 2, 0.75 * at_300]
        assert found.score[1].tolist()[2] is None, "an unknown distance is neither near nor far"
        assert found.gain[1, 2] == 0.25


def test_only_abroad() -> None:
    found = complementary_partners(HAS, RELATED, candidates=candidates(["BG", "RO", "BG"]))
    assert found.score[0].tolist() == [None, 0.375, None]
    assert best_partners(found).positions[0].tolist() == [1, None]


def test_the_best_come_first_and_who_adds_nothing_is_not_named() -> None:
    found = best_partners(complementary_partners(HAS, RELATED))
    assert found.positions.tolist() == [[2, 1], [2, 0], [None, None]]
    assert found.scores[0].tolist() == [0.75, 0.375]


def test_a_region_that_has_everything_has_no_options() -> None:
    notes = Notes()
    found = complementary_partners([[1, 1], [1, 0]], [[0.0, 1.0], [1.0, 0.0]], notes=notes)
    assert np.isnan(found.gain[0, 1])
    assert best_partners(found).positions.tolist() == [[None], [None]]
    (note,) = notes.of_kind("no_options")
    assert note.positions == ((0,),)
    alone = Notes()
    assert np.isnan(explain_partner([[1, 1], [1, 0]], [[0.0, 1.0], [1.0, 0.0]], 0, 1, notes=alone).gain)
    assert alone.count("no_options") == 1


def test_an_option_related_to_nothing_is_left_out_and_named() -> None:
    notes = Notes()
    related = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    found = complementary_partners([[0, 0, 0], [0, 1, 0]], related, notes=notes)
    assert found.gain[0, 1] == 0.5, "of wine and bottles; corks are related to nothing"
    (note,) = notes.of_kind("undefined")
    assert note.positions == ((2,),)


def test_what_a_region_has_is_no_option() -> None:
    notes = Notes()
    complementary_partners(HAS, RELATED, options=[[1, 0, 1], [0, 0, 0], [0, 0, 0]], notes=notes)
    (note,) = notes.of_kind("already_there")
    assert note.positions == ((0, 0),)


def test_the_unknown_is_neither_had_nor_lacked() -> None:
    notes = Notes()
    has = np.ma.masked_equal([[1, -1, 0], [0, 1, 0], [0, 1, 1]], -1)
    found = complementary_partners(has, RELATED, options=CORKS, notes=notes)
    assert found.gain[0, 1] == 0.0, "bottles could be there already"
    assert notes.count("unknown_set_aside") == 1


@pytest.mark.parametrize(
    ("has", "related", "options", "error", "words"),
    [
        ([[0.5, 1]], np.zeros((2, 2)), {}, NotAPresence, "0 or 1"),
        (HAS, np.zeros((2, 2)), {}, WrongShape, r"Relatedness has the shape \(2, 2\)"),
        (HAS, -np.ones((3, 3)), {}, RefusedInput, "Relatedness cannot be negative"),
        (HAS, RELATED, {"options": -np.ones((3, 3))}, RefusedInput, "Options cannot be negative"),
        (HAS, RELATED, {"reciprocity": "mean"}, RefusedInput, "no reciprocity “mean”"),
        (HAS, RELATED, {"own_activity": "half"}, RefusedInput, "no rule “half”"),
        (HAS, RELATED, {"decay": "linear"}, RefusedInput, "no decay “linear”"),
        (HAS, RELATED, {"decay": "inverse"}, RefusedInput, "needs distances"),
        (
            HAS,
            RELATED,
            {"decay": "inverse", "half_distance": 1.0, "distances": [[1.0]]},
            WrongShape,
            "not 0 or more in the shape",
        ),
    ],
)
def test_what_makes_no_search_is_refused(
    has: list, related: list, options: dict, error: type, words: str
) -> None:
    with pytest.raises(error, match=words):
        complementary_partners(has, related, **options)


def test_pairs_that_do_not_exist_are_refused() -> None:
    with pytest.raises(WrongShape, match="no such pair, at region 0, other 7"):
        explain_partner(HAS, RELATED, 0, 7)
