"""How firm lists and ranks are: the same table drawn anew again and again, as if the classification held other divisions.

It takes seconds, so it is kept by what it was made from, and worked out by the job after an import.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from clusterpolisee.evidence.engine.keeping import kept
from clusterpolisee.evidence.engine.space import ActivitySpace, activity_space
from clusterpolisee.evidence.opportunities.choices import CHOICES, LISTED, Choice
from regional_analytics import measures

DRAWS = 100
SEED = 402


@dataclass(frozen=True, eq=False)
class Stability:
    """share: (regions, activities), in what part of the draws an option is on the list, NaN where none judges it.

    lowest, highest   (regions,), the ranks by complexity between which 90 % of the draws lie; rank is that of the table
    """

    share: np.ndarray
    rank: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray


def stability_of(space: ActivitySpace, choice: Choice) -> Stability:
    """By the choice, or by the first one where it is no sum (then only the ranks say something)."""
    scheme = choice.scheme or CHOICES[0].scheme
    assert scheme is not None
    made_from = f"{space.made_from} {scheme!r} {DRAWS} {SEED}"
    return Stability(**kept("option-stability", made_from, lambda: _draw(space, scheme)))


def _draw(space: ActivitySpace, scheme: measures.OptionScheme) -> dict[str, np.ndarray]:
    found = measures.complexity_stability(
        space.presence,
        given="presence",
        seed=SEED,
        draws=DRAWS,
        anchor=space.anchor.values if space.anchor else None,
        options=scheme,
        top=LISTED,
    )
    return {
        "share": found.share_listed.filled(np.nan),
        "rank": found.rank.filled(0),
        "lowest": found.lowest.filled(0),
        "highest": found.highest.filled(0),
    }


def work_out(choices: Iterable[Choice] = CHOICES) -> None:
    """For every choice that is a sum; what pages ask for."""
    space = activity_space()
    if space is not None:
        for choice in choices:
            if choice.scheme is not None:
                stability_of(space, choice)
