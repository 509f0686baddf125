"""Who could help whom: regions that have the related activities another region lacks for what it wants to start.

Presence is (regions, activities), relatedness (activities, activities): how much the second helps the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Floats,
    Masked,
    RefusedInput,
    WrongShape,
    masked,
    ratio,
)
from regional_analytics.measures.partners.linkages import OwnActivity, read_linkages
from regional_analytics.measures.similarity.candidates import (
    PAIRS,
    MaskedPositions,
    first_of_each_row,
    read_candidates,
)
from regional_analytics.measures.similarity.scaling import read_variables
from regional_analytics.notes import Notes

Reciprocity = Literal["none", "minimum", "geometric_mean"]
Decay = Literal["none", "exponential", "inverse"]


@dataclass(frozen=True, eq=False)
class Partners:
    """What each region could gain from each other, (regions, regions): the row gains, the column gives.

    gain          0 to 1; NaN where the row has no option
    given_back    gain the other way round: what the partner gets
    has_options   the part of the row's options, by their weight, that the partner has itself
    score         what partners are ranked by: gain and what is given back by the rule of reciprocity, times nearness;
                  masked where the partner may not be named, or its distance is unknown
    nearness      1 without distances, else what is left of a score at this distance
    reciprocity, own_activity, decay, half_distance   the conventions
    """

    gain: Masked
    given_back: Masked
    has_options: Masked
    score: Masked
    nearness: Masked
    reciprocity: Reciprocity
    own_activity: OwnActivity
    decay: Decay
    half_distance: float | None


def complementary_partners(
    presence: npt.ArrayLike,
    relatedness: npt.ArrayLike,
    *,
    options: npt.ArrayLike | None = None,
    reciprocity: Reciprocity = "none",
    own_activity: OwnActivity = "left_out",
    candidates: npt.ArrayLike | None = None,
    distances: npt.ArrayLike | None = None,
    decay: Decay = "none",
    half_distance: float | None = None,
    notes: Notes | None = None,
) -> Partners:
    """Which regions have the related activities that a region lacks for what it could start.

        c[r, s, a]  = Σ_b φ[a, b] M[s, b] (1 − M[r, b]) / Σ_b φ[a, b]          what s adds to r for activity a
        gain[r, s]  = Σ_a o[r, a] c[r, s, a] / Σ_a o[r, a]                     over the options of r
        score[r, s] = gain[r, s]                        "none"                 then times nearness[r, s]
                      min(gain[r, s], gain[s, r])       "minimum"              both must gain
                      √(gain[r, s] · gain[s, r])        "geometric_mean"       a small gain can be made up for
        nearness    = 2^(−d/h)  "exponential"    h/(h + d)  "inverse"          half at the distance h

    presence        (regions, activities), 0 and 1. An unknown activity counts neither as had nor as lacked, with a note
                    "unknown_set_aside"
    relatedness     (activities, activities), φ, 0 or more; row a says what helps a. Masked counts as 0
    options         (regions, activities), o: which activities a region could start, and how much each counts, 0 or more.
                    By default all that it lacks, equally. Activities it has are no options (note "already_there")
    own_activity    "left_out": having a itself does not count as related to a (b ≠ a); "counted": the diagonal of φ counts
    candidates      (regions, regions), true where the column may be named for the row, as made by candidates()
    distances       (regions, regions), any unit; needed by a decay, together with half_distance, h
    c is by how much the relatedness density of r for a would rise if it could use all that s has. gain is 0 where the
    partner has nothing new, and 1 where it has everything that is related to the options and r nothing.
    Returns Partners. NaN and a note "no_options" where a region has no option; a note "undefined" names options that are
    related to nothing, which are left out.
    Raises NotAPresence, WrongShape, NotFinite; RefusedInput for negative relatedness, options or distances, names that do
    not exist, a decay without its distances.
    Source: the complementarity of Balland & Boschma (2021), Regional Studies 55(6), for one pair of regions and one
    activity. The mean over options, what is given back and the nearness are ours.

    >>> has = [[1, 0, 0], [0, 1, 0], [0, 1, 1]]                            # wine, bottles, corks
    >>> related = [[0.0, 1.0, 1.0], [1.0, 0.0, 3.0], [1.0, 3.0, 0.0]]
    >>> found = complementary_partners(has, related, options=[[0, 0, 1], [0, 0, 0], [0, 0, 0]])
    >>> found.gain[0].tolist()          # corks: bottles are 3 of 4 that is related, and wine is there
    [None, 0.75, 0.75]
    >>> found.has_options[0].tolist()
    [None, 0.0, 1.0]
    """
    notes = Notes() if notes is None else notes
    _refuse_unknown_names(reciprocity, decay)
    linked = read_linkages(presence, relatedness, options, own_activity, notes)
    regions = len(linked.has)
    total = linked.options.sum(axis=1)
    weights = ratio(linked.options, total[:, None])
    notes.add(
        "no_options",
        "the region has no option to find partners for",
        axes=("region",),
        positions=np.argwhere(total == 0),
    )
    wanted = (weights @ linked.share) * linked.lacks
    others = ~np.eye(regions, dtype=np.bool_)
    gain = masked(wanted @ linked.has.T, others)
    back = gain.T
    nearness = _nearness(distances, decay, half_distance, regions)
    score = _mutual(gain.filled(np.nan), back.filled(np.nan), reciprocity) * nearness.filled(np.nan)
    allowed = read_candidates(candidates, regions) & ~np.ma.getmaskarray(nearness)
    return Partners(
        gain=gain,
        given_back=back,
        has_options=masked(weights @ linked.has.T, others),
        score=masked(score, allowed),
        nearness=nearness,
        reciprocity=reciprocity,
        own_activity=own_activity,
        decay=decay,
        half_distance=half_distance,
    )


class BestPartners(NamedTuple):
    """The best partners of each region, best first; masked where there are no more.

    positions   (regions, wanted), which regions
    scores      (regions, wanted)
    """

    positions: MaskedPositions
    scores: Masked


def best_partners(partners: Partners, wanted: int = 10) -> BestPartners:
    """The partners with the highest score for each region.

        B[r] = the s ≠ r with the largest score[r, s]

    partners   from complementary_partners()
    wanted     how many; fewer come back masked. Who adds nothing (a score of 0) is not named
    Equal scores come in the order of their positions.
    Returns BestPartners.
    Raises RefusedInput for fewer than 1.

    >>> has = [[1, 0, 0], [0, 1, 0], [0, 1, 1]]                            # wine, bottles, corks
    >>> related = [[0.0, 1.0, 1.0], [1.0, 0.0, 3.0], [1.0, 3.0, 0.0]]
    >>> best_partners(complementary_partners(has, related), 1).positions.tolist()     # what wine needs, 2 has
    [[2], [2], [None]]
    """
    score = partners.score.filled(np.nan)
    return BestPartners(*first_of_each_row(score, score > 0, wanted, largest=True))


def _mutual(gain: Floats, back: Floats, reciprocity: Reciprocity) -> Floats:
    if reciprocity == "none":
        return gain
    if reciprocity == "minimum":
        return np.minimum(gain, back)
    return np.sqrt(gain * back)


def _nearness(given: npt.ArrayLike | None, decay: Decay, half_distance: float | None, regions: int) -> Masked:
    """What is left of a score at each distance; masked where the distance is unknown."""
    if decay == "none":
        return masked(np.ones((regions, regions)), np.ones((regions, regions), dtype=np.bool_))
    if given is None or half_distance is None or not 0 < half_distance < np.inf:
        raise RefusedInput(
            f"The decay “{decay}” needs distances, and a distance above 0 at which half is left",
            remedy="Give distances= and half_distance=, or choose the decay none.",
        )
    cells = read_variables(given, "The distances", PAIRS)
    if cells.values.shape != (regions, regions) or (cells.values < 0).any():
        raise WrongShape(
            f"The distances are not 0 or more in the shape {(regions, regions)}",
            remedy="Give the distance of each pair of regions.",
        )
    far = cells.values / half_distance
    return masked(np.exp2(-far) if decay == "exponential" else 1.0 / (1.0 + far), cells.known)


def _refuse_unknown_names(reciprocity: str, decay: str) -> None:
    if reciprocity not in ("none", "minimum", "geometric_mean"):
        raise RefusedInput(
            f"There is no reciprocity “{reciprocity}”", remedy="Choose none, minimum or geometric_mean."
        )
    if decay not in ("none", "exponential", "inverse"):
        raise RefusedInput(f"There is no decay “{decay}”", remedy="Choose none, exponential or inverse.")
