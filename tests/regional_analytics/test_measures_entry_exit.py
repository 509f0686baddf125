"""Coming in and dropping out: by hand, by loops, with flicker, and who was not at risk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.presences import presences
from regional_analytics import (
    NotAPresence,
    Notes,
    WrongShape,
    entries,
    event_rates,
    events_by_year,
    exits,
    transition_matrix,
)
from regional_analytics.measures import RefusedInput

GOLDEN = Path(__file__).parents[1] / "golden" / "measures"

BEFORE = np.array([[0, 0, 1, 1], [0, 1, 0, 0]])
AFTER = np.array([[1, 0, 0, 1], [0, 1, 1, 0]])


def test_entry_is_from_nothing_to_something_and_only_who_had_nothing_was_at_risk() -> None:
    assert entries(BEFORE, AFTER).tolist() == [[True, False, None, None], [False, None, True, False]]


def test_exit_is_from_something_to_nothing_and_only_who_had_something_was_at_risk() -> None:
    assert exits(BEFORE, AFTER).tolist() == [[None, None, True, False], [None, False, None, None]]


def test_what_is_unknown_in_one_year_is_neither() -> None:
    after = np.ma.masked_equal([[1, 9, 0, 9]], 9)
    assert entries(BEFORE[:1], after).tolist() == [[True, None, None, None]]
    assert exits(BEFORE[:1], after).tolist() == [[None, None, True, None]]


@given(presences(most_years=2))
@settings(max_examples=60, deadline=None)
def test_every_known_cell_is_at_risk_of_one_of_the_two_and_turning_time_round_turns_them_into_each_other(
    years: Any,
) -> None:
    came, went = entries(*years), exits(*years)
    known = ~np.ma.getmaskarray(years).any(axis=0)
    assert ((~came.mask) ^ (~went.mask) == known).all()
    back = exits(years[1], years[0])
    assert (came.filled(False) == back.filled(False)).all()


@given(presences())
@settings(max_examples=60, deadline=None)
def test_year_by_year_without_a_rule_is_entries_of_each_pair(years: Any) -> None:
    for kind, event in (("entry", entries), ("exit", exits)):
        found = events_by_year(years, kind)  # type: ignore[arg-type]
        for step in range(len(years) - 1):
            assert found[step].tolist() == event(years[step], years[step + 1]).tolist()


@given(presences(), st.integers(1, 4), st.integers(1, 4), st.sampled_from(["entry", "exit"]))
@settings(max_examples=100, deadline=None)
def test_the_rule_against_flicker_agrees_with_loops(
    years: Any, years_before: int, years_after: int, kind: Any
) -> None:
    found = events_by_year(years, kind, years_before=years_before, years_after=years_after)
    old = 0 if kind == "entry" else 1
    cube = years.filled(-1)
    for step, r, a in np.ndindex(found.shape):
        line = cube[:, r, a]
        at_risk = step + 1 >= years_before and all(line[step - back] == old for back in range(years_before))
        ahead = [line[step + 1 + n] if step + 1 + n < len(line) else -1 for n in range(years_after)]
        expected: bool | None = None
        if at_risk and old in ahead:
            expected = False
        elif at_risk and -1 not in ahead:
            expected = True
        assert found[step].tolist()[r][a] == expected


def test_what_flickers_does_not_count_when_it_must_stay_for_two_years() -> None:
    hovering = np.array([0, 1, 0, 1, 1, 1])[:, None, None]
    assert events_by_year(hovering)[:, 0, 0].tolist() == [True, None, True, None, None]
    strict = events_by_year(hovering, years_before=2, years_after=2)[:, 0, 0]
    assert strict.tolist() == [None] * 5
    assert events_by_year(hovering, years_after=2)[:, 0, 0].tolist() == [False, None, True, None, None]


def test_an_entry_in_the_last_year_cannot_have_stayed_yet() -> None:
    late = np.array([0, 0, 1])[:, None, None]
    assert events_by_year(late, years_after=2)[:, 0, 0].tolist() == [False, None]


def test_rates_by_hand() -> None:
    """A: one of two absent activities came in. B: one of three. Together two of five."""
    events = entries(BEFORE, AFTER)
    assert event_rates(events).share.tolist() == pytest.approx([1 / 2, 1 / 3])
    assert event_rates(events).events.tolist() == [1, 1]
    assert event_rates(events).at_risk.tolist() == [2, 3]
    assert event_rates(events, by="all").share.tolist() == [0.4]
    notes = Notes()
    by_activity = event_rates(exits(BEFORE, AFTER), by="activity", notes=notes)
    assert by_activity.at_risk.tolist() == [0, 1, 1, 1]
    assert by_activity.share.tolist() == pytest.approx([np.nan, 0.0, 1.0, 0.0], nan_ok=True)
    assert notes.of_kind("undefined")[0].positions == ((0,),)


@given(presences())
@settings(max_examples=40, deadline=None)
def test_rates_count_the_same_events_along_every_axis(years: Any) -> None:
    events = events_by_year(years)
    totals = {by: event_rates(events, by=by) for by in ("region", "activity", "step", "all")}
    assert len({int(found.events.sum()) for found in totals.values()}) == 1
    assert len({int(found.at_risk.sum()) for found in totals.values()}) == 1
    assert totals["step"].share.shape == (len(years) - 1,)


def test_transitions_by_hand() -> None:
    """Absent before: two of five came in. Present before: one of three went."""
    found = transition_matrix(BEFORE, AFTER)
    assert found.counts.tolist() == [[3, 2], [1, 2]]
    np.testing.assert_allclose(found.shares, [[3 / 5, 2 / 5], [1 / 3, 2 / 3]])


def test_transitions_of_classes_and_of_many_years() -> None:
    notes = Notes()
    classes = np.ma.masked_equal([[[0, 1]], [[2, 1]], [[2, 9]]], 9)
    found = transition_matrix(classes[:-1], classes[1:], states=4, notes=notes)
    assert found.counts.tolist() == [[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert np.isnan(found.shares[3].filled(0.0)).all()
    assert (notes.count("left_out"), notes.of_kind("undefined")[0].positions) == (1, ((3,),))


@given(presences(most_years=2))
@settings(max_examples=40, deadline=None)
def test_transitions_are_entries_and_exits_counted(years: Any) -> None:
    counts = transition_matrix(*years).counts
    assert counts[0, 1] == entries(*years).filled(False).sum()
    assert counts[1, 0] == exits(*years).filled(False).sum()


def test_bad_input_is_refused() -> None:
    with pytest.raises(NotAPresence, match=r"The year after is 0 or 1, and not 2, at region 0, activity 1"):
        entries([[0, 1]], [[0, 2]])
    with pytest.raises(WrongShape, match="The year after has the shape"):
        exits(BEFORE, AFTER[:1])
    with pytest.raises(WrongShape, match="region, activity"):
        entries([0, 1], [0, 1])
    with pytest.raises(RefusedInput, match="Of 1 years none"):
        events_by_year([[[0]]])
    with pytest.raises(RefusedInput, match="years_after is 0"):
        events_by_year([[[0]], [[1]]], years_after=0)
    with pytest.raises(RefusedInput, match="no event “birth”"):
        events_by_year([[[0]], [[1]]], "birth")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="no axis “step”"):
        event_rates(entries(BEFORE, AFTER), by="step")
    with pytest.raises(RefusedInput, match="holds 3, which is no state, at region 0, activity 0"):
        transition_matrix([[3]], [[0]], states=3)
    with pytest.raises(RefusedInput, match="0 states"):
        transition_matrix([[0]], [[0]], states=0)


def test_entries_and_exits_are_those_of_econcomplex_where_something_was_at_risk() -> None:
    kept = json.loads((GOLDEN / "entry_exit_econcomplex.json").read_text(encoding="utf-8"))
    for event, name in ((entries, "entry"), (exits, "exit")):
        found = event(kept["before"], kept["after"])
        assert (found.filled(False) == np.array(kept[name])).all()
        assert (np.array(kept[name])[found.mask] == 0).all()
