"""Whether a score means what it says: steps by hand, Wilson's interval, and what must add up."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.scores import scored
from regional_analytics import Notes, calibration, wilson_interval
from regional_analytics.measures import RefusedInput
from regional_analytics.measures.prediction.calibration import BinsBy

KEPT = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "validation_scikit_learn.json").read_text(
        encoding="utf-8"
    )
)


def test_wilson_by_hand() -> None:
    """5 of 10, z = 1.96: (0.5 + 0.192 ± 1.96 √(0.025 + 0.0096)) / 1.384."""
    low, high = wilson_interval([5], [10])
    z = 1.959963984540054
    reach = z * math.sqrt(0.025 + z**2 / 400)
    assert low[0] == pytest.approx((0.5 + z**2 / 20 - reach) / (1 + z**2 / 10))
    assert high[0] == pytest.approx(1 - low[0])


def test_wilson_is_that_of_statsmodels() -> None:
    kept = KEPT["wilson"]
    low, high = wilson_interval(kept["events"], kept["counts"])
    assert low.tolist() == pytest.approx(kept["low"], rel=1e-12, abs=1e-15)
    assert high.tolist() == pytest.approx(kept["high"], rel=1e-12)


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.5, 0.999))
@settings(max_examples=80, deadline=None)
def test_wilson_holds_the_share_and_solves_its_equation(events: int, others: int, level: float) -> None:
    """Its ends are the shares q from which the share seen is z standard errors of q away."""
    n = events + others
    low, high = (float(end) for end in wilson_interval(events, n, level=level))
    assert 0 <= low <= (events / n if n else 0.5) <= high <= 1
    if n and events and others:
        wider = wilson_interval(events, n, level=(1 + level) / 2)
        assert wider.low < low and wider.high > high
        distances = [abs(events / n - q) / math.sqrt(q * (1 - q) / n) for q in (low, high)]
        assert distances[0] == pytest.approx(distances[1], rel=1e-6)


def test_steps_of_equal_counts_by_hand() -> None:
    found = calibration([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 0], bins=2)
    assert (found.lowest.tolist(), found.highest.tolist()) == ([0.1, 0.8], [0.2, 0.9])
    assert found.mean_score.tolist() == pytest.approx([0.15, 0.85])
    assert (found.counts.tolist(), found.events.tolist(), found.share.tolist()) == ([2, 2], [0, 1], [0, 0.5])
    assert found.low.tolist() == pytest.approx(wilson_interval([0, 1], [2, 2]).low.tolist())


def test_steps_of_equal_width_by_hand_leave_out_what_nobody_falls_into() -> None:
    """From 0 to 1 in four: up to 0.25 two, then nobody, then nobody, then one."""
    found = calibration([0.0, 0.2, 1.0], [0, 1, 1], bins=4, by="width")
    assert (found.counts.tolist(), found.share.tolist()) == ([2, 1], [0.5, 1.0])


def test_equal_scores_are_never_torn_apart() -> None:
    found = calibration([0.5] * 6 + [0.9], [1, 0, 1, 0, 1, 0, 1], bins=3)
    assert found.counts.tolist() == [6, 1]


@given(scored(), st.integers(1, 8), st.sampled_from(get_args(BinsBy)))
@settings(max_examples=80, deadline=None)
def test_steps_hold_every_cell_once_in_order(given_scores: Any, bins: int, by: BinsBy) -> None:
    scores, outcomes = given_scores
    found = calibration(scores, outcomes, bins=bins, by=by)
    used = ~np.isnan(scores) & ~np.ma.getmaskarray(outcomes)
    came = outcomes.filled(0)
    assert found.counts.sum() == used.sum() and len(found.counts) <= bins
    assert (found.highest[:-1] < found.lowest[1:]).all()
    for step in range(len(found.counts)):
        inside = used & (scores >= found.lowest[step]) & (scores <= found.highest[step])
        assert (found.counts[step], found.events[step]) == (inside.sum(), came[inside].sum())
        assert found.mean_score[step] == pytest.approx(scores[inside].mean())
        assert found.low[step] <= found.share[step] <= found.high[step]


def test_without_a_cell_the_table_is_empty_and_a_note_says_so() -> None:
    notes = Notes()
    found = calibration([np.nan], [1], notes=notes)
    assert all(len(column) == 0 for column in found)
    assert (notes.count("undefined"), notes.count("left_out")) == (1, 1)


def test_bad_input_is_refused() -> None:
    with pytest.raises(RefusedInput, match="0 steps hold nothing"):
        calibration([0.5], [1], bins=0)
    with pytest.raises(RefusedInput, match="no steps by “size”"):
        calibration([0.5], [1], by="size")  # type: ignore[arg-type]
    with pytest.raises(RefusedInput, match="level of 95 "):
        calibration([0.5], [1], level=95)
    with pytest.raises(RefusedInput, match="More events than could happen"):
        wilson_interval([2], [1])
