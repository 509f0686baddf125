"""How long what came in stays: by hand, by loops over runs, against statsmodels, and what nobody saw begin or end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.presences import presences
from regional_analytics import Notes, events_by_year, specialisation_survival
from regional_analytics.measures import NotAPresence, RefusedInput, WrongShape

GOLDEN = Path(__file__).parents[1] / "golden" / "measures" / "survival_statsmodels.json"


def cube(*lines: list[int]) -> Any:
    """One line for each activity of a single region, years along it; 9 is unknown."""
    return np.ma.masked_equal(np.array(lines).T[:, None, :], 9)


def runs_of(line: list[int]) -> list[tuple[int, bool]]:
    """(length, whether its end was seen) of the runs whose beginning was seen, in the plainest form."""
    found = []
    for year in range(1, len(line)):
        if line[year] == 1 and line[year - 1] == 0:
            beyond = year
            while beyond < len(line) and line[beyond] == 1:
                beyond += 1
            ended = beyond < len(line) and line[beyond] == 0
            found.append((beyond - year, ended))
    return found


def test_survival_by_hand() -> None:
    """Four come in. After a year one is gone and one is not seen again; of the two left one goes in the third year.

    S(1) = 3/4; then three were seen but the third only once more: S(2) = 3/4; S(3) = 3/4 · 1/2.
    """
    found = specialisation_survival(cube([0, 1, 0, 0, 0], [0, 1, 1, 9, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 1]))
    assert found.still_there.tolist() == [1.0, 0.75, 0.75, 0.375, None]
    assert found.at_risk.tolist() == [4, 4, 2, 2, 0]
    assert found.gone.tolist() == [0, 1, 0, 1, 0]
    assert (found.runs, found.censored, found.began_unseen, found.half_gone) == (4, 2, 0, 3)


def test_a_run_whose_beginning_nobody_saw_is_left_out_and_counted() -> None:
    """The first was there from the start; the second comes out of an unknown year. Only the third is followed."""
    notes = Notes()
    found = specialisation_survival(cube([1, 1, 0, 0], [0, 9, 1, 0], [0, 1, 0, 0]), notes=notes)
    assert (found.runs, found.began_unseen) == (1, 2)
    assert found.still_there.tolist() == [1.0, 0.0, None, None]
    assert notes.count("beginning_unseen") == 2
    assert notes.count("end_unseen") == 0


def test_a_run_still_there_in_the_last_year_counts_as_long_as_it_was_seen() -> None:
    notes = Notes()
    found = specialisation_survival(cube([0, 1, 1], [0, 1, 0]), notes=notes)
    assert found.still_there.tolist() == [1.0, 0.5, None]
    assert notes.count("end_unseen") == found.censored == 1


def test_where_nothing_came_in_nothing_can_be_said() -> None:
    found = specialisation_survival(cube([0, 0, 0], [1, 1, 1], [9, 9, 9]))
    assert found.still_there.mask.all() and found.low.mask.all()
    assert (found.runs, found.half_gone, found.began_unseen) == (0, None, 1)


@given(presences(most_years=7))
@settings(max_examples=100, deadline=None)
def test_survival_agrees_with_loops_over_runs(years: Any) -> None:
    found = specialisation_survival(years)
    lines = years.filled(9).reshape(len(years), -1).T.tolist()
    runs = [run for line in lines for run in runs_of(line)]
    assert found.runs == len(runs) == events_by_year(years).filled(False).sum()
    assert found.censored == sum(not ended for _, ended in runs)
    share = 1.0
    for n in range(len(years)):
        seen = sum(length > n or (length == n and ended) for length, ended in runs)
        gone = sum(length == n and ended for length, ended in runs)
        assert (found.at_risk[n], found.gone[n]) == (seen, gone)
        if seen:
            share *= 1 - gone / seen
            assert found.still_there[n] == pytest.approx(share)
        else:
            assert found.still_there.mask[n]


@given(presences())
@settings(max_examples=40, deadline=None)
def test_survival_only_falls_and_lies_in_its_interval(years: Any) -> None:
    found = specialisation_survival(years)
    share = found.still_there.compressed()
    assert (np.diff(share) <= 0).all()
    bounded = ~found.low.mask
    assert (found.low[bounded] <= found.still_there[bounded]).all()
    assert (found.still_there[bounded] <= found.high[bounded]).all()
    assert ((found.low[bounded] >= 0) & (found.high[bounded] <= 1)).all()


def test_survival_and_its_interval_are_those_of_statsmodels() -> None:
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))
    lines = [[0] + [1] * length + ([0] if ended else []) for length, ended in kept["runs"]]
    longest = max(map(len, lines))
    found = specialisation_survival(cube(*([*line] + [9] * (longest - len(line)) for line in lines)))
    for n, share, low, high in zip(kept["n"], kept["share"], kept["low"], kept["high"], strict=True):
        assert found.still_there[n] == pytest.approx(share, rel=1e-12)
        if 0 < share < 1:
            assert (found.low[n], found.high[n]) == pytest.approx((low, high), rel=1e-9)


def test_bad_input_is_refused() -> None:
    with pytest.raises(RefusedInput, match="Of 1 years none"):
        specialisation_survival([[[0]]])
    with pytest.raises(RefusedInput, match="level of 1 "):
        specialisation_survival([[[0]], [[1]]], level=1.0)
    with pytest.raises(NotAPresence, match=r"not 0\.5, at year 1, region 0, activity 0"):
        specialisation_survival([[[0]], [[0.5]]])
    with pytest.raises(WrongShape, match="year, region, activity"):
        specialisation_survival([[0], [1]])
