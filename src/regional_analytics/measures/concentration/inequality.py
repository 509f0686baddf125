"""How unequal regions are: Gini, Theil with its parts between and within groups, Atkinson, variation.

Values are figures for each head, as GDP per inhabitant, and weights are the heads; without weights every region counts
the same. Unknown regions are left out, with a note.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.concentration.curves import beyond_diagonal
from regional_analytics.measures.inputs import Flags, Floats, RefusedInput, WrongShape, read_jobs
from regional_analytics.notes import Notes

TheilForm = Literal["T", "L"]
MeanOf = Literal["weighted", "plain"]
REGIONS = ("region",)


class Theil(NamedTuple):
    """An inequality and its parts: total = between + within.

    total    0 where all are alike; at most ln n (T, without weights), without bound (L)
    between  what would be left if every group's regions were alike
    within   what is left inside the groups
    groups   their names, sorted
    each     (groups,), the inequality inside each group
    share    (groups,), how much of it counts in within: the group's part of the whole (T) or of the weights (L)
    form     "T" or "L"
    """

    total: float
    between: float
    within: float
    groups: tuple[Any, ...]
    each: Floats
    share: Floats
    form: TheilForm


def gini(
    values: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    corrected: bool = False,
    notes: Notes | None = None,
) -> float:
    """How unequal regions are: half the mean difference between two of them, as a part of the mean.

        G = Σ_i Σ_j w_i w_j |y_i − y_j| / (2 μ)        w shares of the weights, μ = Σ w y

    values      (regions,), 0 or more; for each head where weights are heads
    weights     (regions,), as inhabitants; by default every region counts the same
    corrected   multiplies by n/(n − 1), so that one region with everything is 1; without weights only
    Returns a number from 0 to below 1 (to (n − 1)/n without weights). Regions that are unknown are left out, with a
    note "left_out". NaN and a note "undefined" where no region is known, the mean is 0, or a single region is corrected.
    Raises NegativeEmployment (a value or weight below 0), NotFinite, WrongShape; RefusedInput for corrected weights.
    Source: Gini (1921), The Economic Journal 31(121).

    >>> gini([1.0, 3.0]), gini([1.0, 3.0], weights=[3.0, 1.0]), gini([0.0, 5.0], corrected=True)
    (0.25, 0.25, 1.0)
    """
    notes = Notes() if notes is None else notes
    if corrected and weights is not None:
        raise RefusedInput("A weighted Gini has no correction for few regions", remedy="Give no weights.")
    given = _weighed(values, weights, notes)
    if given is None:
        return float("nan")
    count = given.level.size
    if corrected and count == 1:
        notes.add("undefined", "0/0: one region alone cannot be unequal", count=1)
        return float("nan")
    part = given.share * given.level / given.mean
    index = float(beyond_diagonal(part[:, None], given.share[:, None])[0])
    return index * count / (count - 1) if corrected else index


def theil(
    values: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    form: TheilForm = "T",
    groups: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Theil:
    """How unequal regions are, and how much of that lies between groups of them (countries) and how much within.

        "T"   total = Σ_i w_i (y_i/μ) ln(y_i/μ)     between = Σ_g s_g ln(μ_g/μ)     within = Σ_g s_g T_g
        "L"   total = Σ_i w_i ln(μ/y_i)             between = Σ_g w_g ln(μ/μ_g)     within = Σ_g w_g L_g

        w shares of the weights, μ = Σ w y, g a group: w_g its weight, μ_g its mean, s_g = w_g μ_g/μ its part of the whole

    values    (regions,), 0 or more; for each head where weights are heads
    weights   (regions,), as inhabitants; by default every region counts the same
    form      "T" looks harder at the rich, "L" (mean logarithmic deviation) at the poor
    groups    (regions,), the name or number of each region's group; by default all are one group
    Returns a Theil; total is between + within. Regions that are unknown are left out, with a note "left_out". NaN and
    a note "undefined" where no region is known or the mean is 0; for "L" a value of 0 has no bound: NaN and a note
    "unbounded". In "T" it counts 0.
    Raises NegativeEmployment (a value or weight below 0), NotFinite, WrongShape; RefusedInput for another form or a
    group that is unknown.
    Source: Theil (1967), Economics and Information Theory; the two as a family: Shorrocks (1980), Econometrica 48(3).

    >>> found = theil([1.0, 1.0, 3.0, 3.0], groups=["EL", "EL", "BG", "BG"])
    >>> found.within, found.between == found.total, round(found.total, 6)      # ¼ ln ½ + ¾ ln 1.5
    (0.0, True, 0.130812)
    """
    notes = Notes() if notes is None else notes
    if form not in ("T", "L"):
        raise RefusedInput(f"There is no Theil index “{form}”", remedy="Choose T or L.")
    names, member = _groups(groups, np.shape(np.ma.getdata(values)))
    given = _weighed(values, weights, notes)
    if given is None:
        return _no_theil(names, form)
    empty = (given.level == 0) & (given.share > 0)
    if form == "L" and empty.any():
        zero = np.flatnonzero(given.used)[empty]
        notes.add("unbounded", "a value of 0 has no logarithm", axes=REGIONS, positions=zero[:, None])
        return _no_theil(names, form)
    inside = member[given.used]
    weight: Floats = np.bincount(inside, given.share, len(names)).astype(np.float64)
    held: Floats = np.bincount(inside, given.share * given.level, len(names)).astype(np.float64)
    there = weight > 0
    mean = np.where(there, held / np.where(there, weight, 1.0), 0.0)
    # A group of zeros only has no inequality, and in T no part of the whole.
    relative = np.where(given.level > 0, given.level / np.where(mean > 0, mean, 1.0)[inside], 1.0)
    of_mean = np.where(mean > 0, mean / given.mean, 1.0)
    if form == "T":
        part: Floats = given.share * np.where(given.level > 0, relative, 0.0) * np.log(relative)
        share, apart = held / given.mean, np.log(of_mean)
    else:
        part = -given.share * np.log(relative)
        share, apart = weight, -np.log(of_mean)
    each = np.where(there, np.bincount(inside, part, len(names)) / np.where(there, weight, 1.0), np.nan)
    between = float((share * apart).sum())
    within = float((share[there] * each[there]).sum())
    return Theil(between + within, between, within, names, each, share, form)


def atkinson(
    values: npt.ArrayLike,
    *,
    aversion: float,
    weights: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> float:
    """What part of the whole could be given up if the rest were shared evenly, and nobody who dislikes inequality mind.

        A = 1 − ( Σ_i w_i (y_i/μ)^(1−ε) )^(1/(1−ε))        ε ≠ 1
        A = 1 − Π_i (y_i/μ)^(w_i)                          ε = 1

    values     (regions,), 0 or more; for each head where weights are heads
    aversion   ε, 0 or more: 0 does not mind inequality, 0.5 a little, 2 looks at the poorest nearly alone
    weights    (regions,), as inhabitants; by default every region counts the same
    Returns a number from 0 to 1. A value of 0 makes it 1 from ε = 1 on. Regions that are unknown are left out, with a
    note "left_out"; NaN and a note "undefined" where no region is known or the mean is 0.
    Raises NegativeEmployment (a value or weight below 0), NotFinite, WrongShape; RefusedInput for an aversion below 0.
    Source: Atkinson (1970), Journal of Economic Theory 2(3).

    >>> round(atkinson([1.0, 4.0], aversion=1.0), 9)      # the geometric mean is 2, the mean 2.5
    0.2
    >>> round(atkinson([1.0, 4.0], aversion=2.0), 9)      # the harmonic mean is 1.6
    0.36
    """
    notes = Notes() if notes is None else notes
    if not 0 <= aversion < np.inf:
        raise RefusedInput(f"An aversion to inequality of {aversion:g}", remedy="It is 0 or more.")
    given = _weighed(values, weights, notes)
    if given is None:
        return float("nan")
    counted = given.share > 0
    level, share = given.level[counted] / given.mean, given.share[counted]
    if aversion >= 1 and (level == 0).any():
        return 1.0
    if aversion == 1:
        return 1.0 - float(np.exp((share * np.log(level)).sum()))
    power = 1.0 - aversion
    # Beside the least value, so that a large aversion does not overflow.
    least = level.min() if aversion > 1 else 1.0
    return 1.0 - float(least * (share * (level / least) ** power).sum() ** (1.0 / power))


def variation(
    values: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    mean: MeanOf = "weighted",
    sample: bool = False,
    notes: Notes | None = None,
) -> float:
    """How far regions are from their mean, as a part of it: the coefficient of variation, after Williamson with weights.

        V = √( Σ_i w_i (y_i − μ)² ) / μ        w shares of the weights, μ = Σ w y

    values    (regions,), 0 or more; for each head where weights are heads
    weights   (regions,), as inhabitants; by default every region counts the same
    mean      "weighted": μ as above, the whole area's figure for each head, as Williamson has it; "plain": every region
              counts the same in μ (and only there), as some packages have it
    sample    divides by n − 1 instead of n, when regions are a sample of more regions; without weights only
    Returns a number from 0. Regions that are unknown are left out, with a note "left_out"; NaN and a note "undefined"
    where no region is known, the mean is 0, or a sample is one region.
    Raises NegativeEmployment (a value or weight below 0), NotFinite, WrongShape; RefusedInput for another mean or a
    weighted sample.
    Source: Williamson (1965), Economic Development and Cultural Change 13(4, part 2).

    >>> variation([1.0, 3.0]), round(variation([1.0, 3.0], weights=[3.0, 1.0]), 6)      # √(¾·¼ + ¼·2¼) / 1.5
    (0.5, 0.57735)
    """
    notes = Notes() if notes is None else notes
    if mean not in ("weighted", "plain"):
        raise RefusedInput(f"There is no mean “{mean}”", remedy="Choose weighted or plain.")
    if sample and weights is not None:
        raise RefusedInput("A weighted variation is not one of a sample", remedy="Give no weights.")
    given = _weighed(values, weights, notes)
    if given is None:
        return float("nan")
    middle = given.mean if mean == "weighted" else float(given.level.mean())
    squares = float((given.share * (given.level - middle) ** 2).sum())
    count = given.level.size
    if sample and count == 1:
        notes.add("undefined", "0/0: one region alone is no sample", count=1)
        return float("nan")
    return float(np.sqrt(squares * count / (count - 1) if sample else squares) / middle)


class _Weighed(NamedTuple):
    level: Floats
    share: Floats
    mean: float
    used: Flags


def _weighed(values: npt.ArrayLike, weights: npt.ArrayLike | None, notes: Notes) -> _Weighed | None:
    """The known regions, their shares of the weights, their mean; None where there is no mean to compare with."""
    level = read_jobs(values, "A value", REGIONS)
    heads = read_jobs(
        np.ones(level.values.shape) if weights is None else weights,
        "A weight",
        REGIONS,
        shape=level.values.shape,
    )
    used = level.known & heads.known
    notes.add("left_out", "unknown, left out of the comparison", axes=REGIONS, positions=np.argwhere(~used))
    whole = float(heads.values[used].sum())
    total = float((heads.values[used] * level.values[used]).sum())
    if not total > 0:
        notes.add("undefined", "0/0: no region is known, or all are 0", count=1)
        return None
    share = heads.values[used] / whole
    return _Weighed(level.values[used], share, total / whole, used)


def _groups(
    given: npt.ArrayLike | None, shape: tuple[int, ...]
) -> tuple[tuple[Any, ...], npt.NDArray[np.intp]]:
    """The names of the groups and which of them each region is in."""
    if given is None:
        return ("all",), np.zeros(shape, dtype=np.intp)
    unknown = np.ma.getmaskarray(np.ma.asarray(given))
    if unknown.any():
        raise RefusedInput(
            "The group of a region is unknown",
            REGIONS,
            [(int(at),) for at in np.flatnonzero(unknown)],
            "Name it, or leave the region out.",
        )
    labels = np.asarray(np.ma.getdata(given))
    if labels.shape != shape:
        raise WrongShape(
            f"The groups have the shape {labels.shape} instead of {shape}", remedy="One a region."
        )
    names, member = np.unique(labels, return_inverse=True)
    return tuple(names.tolist()), member


def _no_theil(names: tuple[Any, ...], form: TheilForm) -> Theil:
    nan, nothing = float("nan"), np.full(len(names), np.nan)
    return Theil(nan, nan, nan, names, nothing, nothing, form)
