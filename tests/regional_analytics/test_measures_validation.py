"""How good a score foretold what came: by hand, by the plainest definitions, and against scikit-learn."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from factories.scores import scored
from regional_analytics import Notes, average_precision, best_f1, brier_score, roc_auc
from regional_analytics.measures import NotAPresence, NotAProbability, NotFinite, RefusedInput, WrongShape

KEPT = json.loads(
    (Path(__file__).parents[1] / "golden" / "measures" / "validation_scikit_learn.json").read_text(
        encoding="utf-8"
    )
)
MEASURES = [roc_auc, average_precision, best_f1, brier_score]


def pairs_of(scores: Any, outcomes: Any) -> list[tuple[float, int]]:
    """(score, outcome) of the cells that have both, as a plain list."""
    came = outcomes.filled(9)
    return [
        (float(scores[cell]), int(came[cell]))
        for cell in np.ndindex(scores.shape)
        if not math.isnan(scores[cell]) and came[cell] != 9
    ]


def test_auc_by_hand() -> None:
    """0.9 beats 0.5 and 0.1; 0.5 ties with 0.5 and beats 0.1: 3½ of 4."""
    assert roc_auc([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]) == 0.875


def test_average_precision_by_hand() -> None:
    """Half of what came is found at precision 1, the other half at 2/3."""
    assert average_precision([0.9, 0.5, 0.4, 0.1], [1, 0, 1, 0]) == pytest.approx((1 + 2 / 3) / 2)


def test_best_f1_by_hand() -> None:
    """At 0.9: 2·1/(1+2). At 0.4: 2·2/(3+2) = 0.8. At 0.1: 2·2/(4+2)."""
    found = best_f1([0.9, 0.5, 0.4, 0.1], [1, 0, 1, 0])
    assert found == pytest.approx((0.8, 0.4, 2 / 3, 1.0))


def test_of_equally_good_thresholds_the_highest_is_taken() -> None:
    assert best_f1([0.9, 0.5, 0.4, 0.3], [1, 0, 0, 1]).threshold == 0.9


def test_brier_by_hand() -> None:
    assert brier_score([1.0, 0.5, 0.0], [1, 0, 1]) == pytest.approx((0 + 0.25 + 1) / 3)


def test_figures_are_those_of_scikit_learn() -> None:
    scores, outcomes = np.array(KEPT["scores"]), np.array(KEPT["outcomes"])
    assert roc_auc(scores, outcomes) == pytest.approx(KEPT["roc_auc"], rel=1e-12)
    assert average_precision(scores, outcomes) == pytest.approx(KEPT["average_precision"], rel=1e-12)
    assert best_f1(scores, outcomes).f1 == pytest.approx(KEPT["best_f1"], rel=1e-12)
    assert brier_score(scores, outcomes) == pytest.approx(KEPT["brier"], rel=1e-12)


@given(scored())
@settings(max_examples=100, deadline=None)
def test_figures_agree_with_the_plainest_definitions(given_scores: Any) -> None:
    pairs = pairs_of(*given_scores)
    came, stayed = [s for s, o in pairs if o], [s for s, o in pairs if not o]
    won = sum((a > b) + (a == b) / 2 for a in came for b in stayed)
    assert roc_auc(*given_scores) == pytest.approx(
        won / len(came) / len(stayed) if came and stayed else np.nan, nan_ok=True
    )
    precision, best, recall = 0.0, 0.0, 0.0
    for threshold in sorted({s for s, _ in pairs}, reverse=True):
        named = [o for s, o in pairs if s >= threshold]
        if came:
            p, r = sum(named) / len(named), sum(named) / len(came)
            precision += (r - recall) * p
            best, recall = max(best, 2 * p * r / (p + r) if p + r else 0.0), r
    assert average_precision(*given_scores) == pytest.approx(precision if came else np.nan, nan_ok=True)
    assert best_f1(*given_scores).f1 == pytest.approx(best if came else np.nan, nan_ok=True)
    mean = sum((s - o) ** 2 for s, o in pairs) / len(pairs) if pairs else np.nan
    assert brier_score(*given_scores) == pytest.approx(mean, nan_ok=True)


@given(scored())
@settings(max_examples=60, deadline=None)
def test_only_the_order_of_scores_matters_and_turned_round_auc_is_its_rest(given_scores: Any) -> None:
    scores, outcomes = given_scores
    auc = roc_auc(scores, outcomes)
    assert roc_auc(np.exp(3 * scores), outcomes) == pytest.approx(auc, nan_ok=True)
    assert roc_auc(-scores, outcomes) == pytest.approx(1 - auc, nan_ok=True)
    assert average_precision(5 * scores, outcomes) == pytest.approx(
        average_precision(scores, outcomes), nan_ok=True
    )
    turned = roc_auc(scores[::-1, ::-1], outcomes[::-1, ::-1])
    assert turned == pytest.approx(auc, nan_ok=True)


@pytest.mark.parametrize("measure", MEASURES)
def test_cells_without_score_or_outcome_are_left_out_and_counted(measure: Any) -> None:
    notes = Notes()
    scores = np.ma.masked_equal([[0.9, np.nan, 0.5, 0.4, 0.1]], 0.5)
    outcomes = np.ma.masked_equal([[1, 1, 1, 9, 0]], 9)
    assert measure(scores, outcomes, notes=notes) == measure([0.9, 0.1], [1, 0])
    assert notes.of_kind("left_out")[0].positions == ((0, 1), (0, 2), (0, 3))


def test_without_two_sides_there_is_no_figure_and_a_note() -> None:
    notes = Notes()
    assert math.isnan(roc_auc([0.1, 0.2], [1, 1], notes=notes))
    assert math.isnan(roc_auc([0.1, 0.2], [0, 0], notes=notes))
    assert math.isnan(average_precision([0.1, 0.2], [0, 0], notes=notes))
    assert all(math.isnan(figure) for figure in best_f1([0.1, 0.2], [0, 0], notes=notes))
    assert math.isnan(brier_score([np.nan], [1], notes=notes))
    assert math.isnan(roc_auc(np.ma.masked_all((2, 2)), np.ma.masked_all((2, 2)), notes=notes))
    assert notes.count("undefined") == 6
    assert (average_precision([0.1], [1]), best_f1([0.1], [1]).f1) == (1.0, 1.0)


def test_bad_input_is_refused() -> None:
    with pytest.raises(NotAProbability, match=r"not at 1\.5, at region 0, activity 1"):
        brier_score([[0.5, 1.5]], [[1, 0]])
    with pytest.raises(NotAPresence, match=r"Outcomes is 0 or 1, and not 2"):
        roc_auc([0.5], [2])
    with pytest.raises(NotFinite, match="A score is not a finite number"):
        roc_auc([np.inf, 0.5], [1, 0])
    with pytest.raises(WrongShape, match=r"Scores have the shape \(1,\) instead of \(2,\)"):
        average_precision([0.5], [1, 0])
    with pytest.raises(RefusedInput, match="Scores must be numbers"):
        roc_auc(["high"], [1])
