"""What could have come in: absent activities with a score, and what became of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import MATRIX, Flags, Floats, RefusedInput, WrongShape
from regional_analytics.measures.prediction.validation import read_scores
from regional_analytics.measures.presence import read_presence
from regional_analytics.notes import Notes


class OneYearOnly(RefusedInput):
    """One of the two years is unknown altogether: there is nothing yet to test a list against."""


class NothingToTest(RefusedInput):
    """No absent activity has a score at the start and a known outcome at the end."""


class AtRisk(NamedTuple):
    """Absent activities with a score at the start, and what became of them; all (regions, activities).

    scores       0 where there is none
    candidates   absent at the start, with a score
    judged       of them, whose outcome is known
    came         there at the end
    """

    scores: Floats
    candidates: Flags
    judged: Flags
    came: Flags


def at_risk_of_entry(
    scores: npt.ArrayLike, before: npt.ArrayLike, after: npt.ArrayLike, notes: Notes
) -> AtRisk:
    """Find what could have come in, and refuse years and scores that leave nothing to test."""
    first, then = read_presence(before, "The year before"), read_presence(after, "The year after")
    if first.values.shape != then.values.shape:
        raise WrongShape(
            f"The year after has the shape {then.values.shape} instead of {first.values.shape}",
            remedy="Give the same regions and activities in both years.",
        )
    for what, year in (("before", first), ("after", then)):
        if not year.known.any():
            raise OneYearOnly(
                f"Nothing is known of the year {what}, so that there is one year only",
                remedy="A list can be tested once two years are known: bring an earlier or a later table.",
            )
    given = read_scores(scores, MATRIX, first.values.shape)
    absent = first.known & (first.values == 0)
    candidates = absent & given.known
    judged = candidates & then.known
    notes.add(
        "left_out", "absent, without a score", axes=MATRIX, positions=np.argwhere(absent & ~given.known)
    )
    notes.add(
        "outcome_unknown",
        "an option whose outcome is unknown: neither hit nor miss",
        axes=MATRIX,
        positions=np.argwhere(candidates & ~then.known),
    )
    if not judged.any():
        raise NothingToTest(
            "No absent activity has a score and a known outcome",
            remedy="Look at the scores, and at the years: presence() of both must know the same cells.",
        )
    return AtRisk(given.values, candidates, judged, then.values == 1)
