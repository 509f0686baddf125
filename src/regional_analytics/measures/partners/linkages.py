"""What regions have, lack and could start: the ground of the search for partners, and what carries one score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Floats,
    Masked,
    RefusedInput,
    WrongShape,
    masked,
    positions_of,
    ratio,
    read_cells,
)
from regional_analytics.measures.presence import read_presence
from regional_analytics.measures.similarity.candidates import PAIRS
from regional_analytics.notes import Notes

OwnActivity = Literal["left_out", "counted"]


class Linkages(NamedTuple):
    """has and lacks (regions, activities) are 0 and 1; share (activities, activities) is φ[a, b] / Σ_b φ[a, b], 0 where
    a is related to nothing; options (regions, activities) are weights, 0 where there is no option."""

    has: Floats
    lacks: Floats
    share: Floats
    options: Floats


def read_linkages(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    options: npt.ArrayLike | None,
    own_activity: str,
    notes: Notes,
) -> Linkages:
    """Take presence, relatedness and options, and note what of them cannot be used."""
    if own_activity not in ("left_out", "counted"):
        raise RefusedInput(
            f"There is no rule “{own_activity}” for the activity itself",
            remedy="Choose left_out or counted.",
        )
    there = read_presence(presence)
    regions, activities = there.values.shape
    notes.add(
        "unknown_set_aside",
        "unknown, counted neither as had nor as lacked",
        axes=MATRIX,
        positions=np.argwhere(~there.known),
    )
    lacks = there.known * (1.0 - there.values)
    related = _not_negative(relatedness, "Relatedness", ("activity", "other"), (activities, activities))
    if own_activity == "left_out":
        np.fill_diagonal(related, 0.0)
    total = related.sum(axis=1, keepdims=True)
    chosen = lacks
    if options is not None:
        given = _not_negative(options, "Options", MATRIX, (regions, activities))
        notes.add(
            "already_there",
            "an activity the region has, or that is unknown, is no option",
            axes=MATRIX,
            positions=np.argwhere((given > 0) & (lacks == 0)),
        )
        chosen = given * lacks
    alone = (total == 0)[:, 0]
    notes.add(
        "undefined",
        "0/0: an option that is related to nothing",
        count=int((chosen[:, alone] > 0).sum()),
        axes=("activity",),
        positions=np.argwhere(alone & (chosen > 0).any(axis=0)),
    )
    return Linkages(there.values, lacks, np.nan_to_num(ratio(related, total)), np.where(alone, 0.0, chosen))


def _not_negative(given: npt.ArrayLike, what: str, axes: tuple[str, ...], shape: tuple[int, ...]) -> Floats:
    cells = read_cells(given, what, axes, shape=shape)
    negative = cells.values < 0
    if negative.any():
        raise RefusedInput(
            f"{what} cannot be negative here", axes, positions_of(negative), "Set to 0 what does not help."
        )
    return cells.values


@dataclass(frozen=True, eq=False)
class PartnerExplained:
    """What the gain of one region from one partner is made of.

    by_activity   (activities,), the activities of the partner that carry it; adds up to gain
    by_option     (activities,), the options it serves; adds up to gain; masked where there is no option
    complementarity   (activities,), c: what the partner adds for each option; masked where there is no option
    gain          as in complementary_partners
    partner_has   (activities,), which of the options the partner has itself
    """

    by_activity: Floats
    by_option: Masked
    complementarity: Masked
    gain: float
    partner_has: npt.NDArray[np.bool_]


def explain_partner(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    region: int,
    partner: int,
    *,
    options: npt.ArrayLike | None = None,
    own_activity: OwnActivity = "left_out",
    notes: Notes | None = None,
) -> PartnerExplained:
    """Why a region is a good partner for another: which of its activities, and for which options.

        by_option[a]   = o[a] · c[a] / Σ o                                      Σ_a by_option[a]   = gain
        by_activity[b] = Σ_a o[a] φ[a, b] / Σ_b φ[a, b] · M[s, b] (1 − M[r, b]) / Σ o      Σ_b by_activity[b] = gain

    presence, relatedness, options, own_activity   as given to complementary_partners
    region, partner   positions: who gains, and who gives
    Returns a PartnerExplained. NaN throughout, and a note "no_options", where the region has no option.
    Raises what complementary_partners raises; WrongShape where a position does not exist.
    Source: as complementary_partners.

    >>> has = [[1, 0, 0], [0, 1, 0]]                                       # wine, bottles, corks
    >>> related = [[0.0, 1.0, 1.0], [1.0, 0.0, 3.0], [1.0, 3.0, 0.0]]
    >>> why = explain_partner(has, related, 0, 1)
    >>> why.by_activity.tolist(), why.by_option.tolist(), why.gain         # options: bottles and corks, half each
    ([0.0, 0.375, 0.0], [None, 0.0, 0.375], 0.375)
    """
    notes = Notes() if notes is None else notes
    linked = read_linkages(presence, relatedness, options, own_activity, notes)
    regions = len(linked.has)
    if not (0 <= region < regions and 0 <= partner < regions):
        raise WrongShape("There is no such pair", PAIRS, [(region, partner)], "Count from 0.")
    wanted = linked.options[region]
    weights = ratio(wanted, wanted.sum(keepdims=True))
    if not wanted.any():
        notes.add(
            "no_options",
            "the region has no option to find partners for",
            axes=("region",),
            positions=[(region,)],
        )
    brings = linked.has[partner] * linked.lacks[region]
    added = linked.share @ brings
    by_activity = (weights @ linked.share) * brings
    is_option = wanted > 0
    return PartnerExplained(
        by_activity=by_activity,
        by_option=masked(weights * added, is_option),
        complementarity=masked(added, is_option),
        gain=float(by_activity.sum()),
        partner_has=(linked.has[partner] > 0) & is_option,
    )
