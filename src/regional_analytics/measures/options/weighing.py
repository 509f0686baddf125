"""Which options of a region come first, by a named scheme that says what each criterion adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Flags,
    Floats,
    Masked,
    MaskedFlags,
    RefusedInput,
    masked,
    ratio,
)
from regional_analytics.measures.options.criteria import (
    EQUAL,
    Judged,
    read_criterion,
    read_options,
    without_noise,
)
from regional_analytics.measures.options.schemes import CRITERIA, OptionScale, OptionScheme
from regional_analytics.notes import Notes

MaskedRanks: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int64]]"


@dataclass(frozen=True, eq=False)
class WeighedOptions:
    """What a scheme says of each option; (regions, activities) each, masked where there is no option.

    score           the sum of the contributions: from 0 to 1 for “percentile” and “minmax”, around 0 for “z”
    contributions   by criterion, its weight times its place on the scale; added in this order they are the score exactly
    within          whether it lies within the limits of the scheme
    rank            1 is the region's best option within the limits, equal scores share the better rank; masked outside
    listed          whether it is among the first most_options
    scheme          the weights and limits
    """

    score: Masked
    contributions: Mapping[str, Masked]
    within: MaskedFlags
    rank: MaskedRanks
    listed: MaskedFlags
    scheme: OptionScheme


def weigh_options(
    criteria: Mapping[str, npt.ArrayLike],
    scheme: OptionScheme,
    present: npt.ArrayLike,
    *,
    own_complexity: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> WeighedOptions:
    """Which absent activities a region should look at first, when these things count so much.

        score[r, a] = Σ_i w[i] s[i][r, a]                 Σ_i w[i] = 1

        "percentile"   s = (#{ options of r below a } + ½ #{ equal, a itself among them }) / #{ options of r }
        "z"            s = (x − mean over r's options) / standard deviation over them
        "minmax"       s = (x − least of r's options) / (most − least)

    criteria         by name: "relatedness", "complexity", "gain", "growth", "size"; (regions, activities), or (activities,)
                     where a criterion is the same for all regions. More is better. Those the scheme does not ask for are
                     not looked at
    scheme           LOW_HANGING_FRUIT, BALANCED, LONG_JUMPS, or your own OptionScheme
    present          (regions, activities), 0 and 1
    own_complexity   (regions,), as the regions of economic_complexity(); needed by least_complexity_above
    Scales are among all options of a region, within the limits or not, so that a limit takes options away and moves none
    of the others. A criterion that does not differ among them stands in the middle of its scale (note "no_spread").
    An activity that is present, or not known to be absent, is no option. One with an unknown criterion (masked or NaN) is left
    out, and a note "left_out" says which; "outside_limits" counts those that a limit takes away.
    Returns WeighedOptions.
    Raises NotAPresence, NotFinite for an infinite criterion, WrongShape; RefusedInput for a criterion that nobody knows or
    one that the scheme needs and that is not given.
    Source: relatedness and complexity weighed against each other: Balland, Boschma, Crespo & Rigby (2019), Regional
    Studies 53(9); the gain as a third: Hausmann et al. (2014), The Atlas of Economic Complexity.

    >>> near, complex_ = [[0.9, 0.5, 0.1, 0.3]], [1.0, 2.0, 3.0, 4.0]       # the fourth is there already
    >>> scheme = OptionScheme("example", "1", relatedness=3, complexity=1)
    >>> found = weigh_options({"relatedness": near, "complexity": complex_}, scheme, [[0, 0, 0, 1]])
    >>> found.score.round(3).tolist(), found.rank.tolist()       # ¾ of 5/6, 3/6, 1/6 and ¼ of 1/6, 3/6, 5/6
    ([[0.667, 0.5, 0.333, None]], [[1, 2, 3, None]])
    """
    from scipy.stats import rankdata  # takes long to load

    notes = Notes() if notes is None else notes
    needed = _needed(criteria, scheme)
    if scheme.least_complexity_above is not None and own_complexity is None:
        raise RefusedInput(
            f"“{scheme.name}” compares with the region's own complexity, which is not given",
            remedy="Give own_complexity=, one figure a region.",
        )
    judged = read_options(needed, present, notes)
    own = None
    if own_complexity is not None:
        own = _own(own_complexity, judged.options.shape, scheme, notes)
        judged = judged._replace(options=judged.options & ~np.isnan(own)[:, None])
    weighed = weigh(judged, scheme, own)
    _remark(judged, weighed, scheme, notes)
    options = judged.options
    unranked = ~weighed.within
    rank = rankdata(weighed.falling, method="min", axis=1).astype(np.int64)
    return WeighedOptions(
        score=masked(weighed.score, options),
        contributions={name: masked(part, options) for name, part in weighed.parts.items()},
        within=np.ma.MaskedArray(weighed.within, mask=~options),
        rank=np.ma.MaskedArray(np.where(unranked, 0, rank), mask=unranked),
        listed=np.ma.MaskedArray(weighed.listed, mask=~options),
        scheme=scheme,
    )


class Weighed(NamedTuple):
    """The same as plain arrays, which mean something where there are options; falling is what ranks rise with."""

    score: Floats
    parts: dict[str, Floats]
    within: Flags
    falling: Floats
    listed: Flags


def weigh(judged: Judged, scheme: OptionScheme, own: Floats | None) -> Weighed:
    """The same of what has been read already; own is needed where the scheme compares with it."""
    weights = scheme.weights
    parts = {
        name: weight * on_scale(judged.values[name], judged.options, scheme.scale)
        for name, weight in weights.items()
    }
    score = np.zeros(judged.options.shape)
    for part in parts.values():
        score = score + part
    within = judged.options.copy()
    if scheme.least_relatedness is not None:
        within &= judged.values["relatedness"] >= scheme.least_relatedness
    if scheme.most_relatedness is not None:
        within &= judged.values["relatedness"] <= scheme.most_relatedness
    if scheme.least_complexity_above is not None and own is not None:
        within &= judged.values["complexity"] - own[:, None] >= scheme.least_complexity_above
    falling = np.where(within, -np.round(score, EQUAL), np.inf)
    listed = within
    if scheme.most_options is not None and scheme.most_options < falling.shape[1]:
        last = scheme.most_options - 1
        listed = within & (falling <= np.partition(falling, last, axis=1)[:, last, None])
    return Weighed(score, parts, within, falling, listed)


def on_scale(values: Floats, options: Flags, scale: OptionScale) -> Floats:
    """Where each option stands among its region's; what is no option is not among them."""
    many = np.maximum(options.sum(axis=1, keepdims=True), 1).astype(np.float64)
    if scale == "percentile":
        from scipy.stats import rankdata  # takes long to load

        # The mean rank of equal ones is #below + (#equal + 1) / 2.
        place: Floats = (rankdata(np.where(options, without_noise(values), np.inf), axis=1) - 0.5) / many
        return place
    least = np.where(options, values, np.inf).min(axis=1, keepdims=True, initial=np.inf)
    most = np.where(options, values, -np.inf).max(axis=1, keepdims=True, initial=-np.inf)
    same = ~(most - least > 10.0**-EQUAL * np.maximum(abs(most), abs(least)))
    if scale == "minmax":
        reach = np.where(same, 1.0, most - least)
        return np.where(same, 0.5, (values - np.where(same, 0.0, least)) / reach)
    mean = np.where(options, values, 0.0).sum(axis=1, keepdims=True) / many
    apart = np.where(options, values - mean, 0.0)
    spread = np.sqrt((apart**2).sum(axis=1, keepdims=True) / many)
    return np.where(same, 0.0, np.nan_to_num(ratio(values - mean, spread)))


def _needed(criteria: Mapping[str, npt.ArrayLike], scheme: OptionScheme) -> dict[str, npt.ArrayLike]:
    for name in criteria:
        if name not in CRITERIA:
            raise RefusedInput(
                f"There is no criterion “{name}”", remedy=f"Choose among {', '.join(CRITERIA)}."
            )
    missing = [name for name in scheme.needed if name not in criteria]
    if missing:
        raise RefusedInput(
            f"“{scheme.name}” needs {' and '.join(missing)}, which is not given",
            remedy="Give it among the criteria, or choose a scheme without it.",
        )
    return {name: criteria[name] for name in scheme.needed}


def _own(given: npt.ArrayLike, shape: tuple[int, ...], scheme: OptionScheme, notes: Notes) -> Floats:
    """The complexity of each region, NaN where unknown, if the scheme asks for it."""
    regions = read_criterion(given, "own complexity", shape[:1], ("region",))
    if scheme.least_complexity_above is None:
        return np.zeros(shape[0])
    notes.add(
        "left_out",
        "the region's own complexity is unknown",
        axes=("region",),
        positions=np.argwhere(~regions.known),
    )
    return np.where(regions.known, regions.values, np.nan)


def _remark(judged: Judged, weighed: Weighed, scheme: OptionScheme, notes: Notes) -> None:
    notes.add(
        "outside_limits",
        f"options outside the limits of “{scheme.name}”",
        axes=MATRIX,
        positions=np.argwhere(judged.options & ~weighed.within),
    )
    some = judged.options.sum(axis=1) > 1
    for name in scheme.weights:
        values = judged.values[name]
        least = np.where(judged.options, values, np.inf).min(axis=1, initial=np.inf)
        most = np.where(judged.options, values, -np.inf).max(axis=1, initial=-np.inf)
        notes.add(
            "no_spread",
            f"{name} is the same for all options of the region",
            axes=("region",),
            positions=np.argwhere(some & (least == most)),
        )
