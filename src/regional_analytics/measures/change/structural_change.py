"""How much the mix of a region has changed, whatever its size did."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    MATRIX,
    Floats,
    Masked,
    RefusedInput,
    masked,
    ratio,
    read_jobs,
)
from regional_analytics.notes import Notes

ChangeMeasure = Literal["absolute", "cosine", "angle"]
LilienWeights = Literal["end", "mean"]


def structural_change(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    *,
    measure: ChangeMeasure = "absolute",
    notes: Notes | None = None,
) -> Masked:
    """What part of a region's jobs changed its activity between two years, at least.

        s[a] = e[a] / Σe at the start, s′[a] at the end, over the activities known in both

        "absolute"   C = ½ Σ_a |s′[a] − s[a]|                             0 the same mix, 1 nothing in common
        "cosine"     C = 1 − Σ s s′ / √(Σ s² · Σ s′²)                     0 to 1; ruled by the large ones
        "angle"      C = arccos(Σ s s′ / √(Σ s² · Σ s′²))                 the same in radians, 0 to π/2

    start, end   (regions, activities), people
    measure      the convention. "absolute" goes by the names norm of absolute values, Michaely's or Stoikov's
                 index, and turbulence; "angle" is Moore's
    A cell unknown in one of the years is left out of both mixes; note "left_out" counts and names them.
    Returns (regions,). Masked where no activity is known in both years; NaN and a note "undefined" where
    nobody works in them in one of the years.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for another measure.
    Source: Michaely (1962), Concentration in International Trade; Stoikov (1966), International Labour Review
    93; Moore (1978), Review of Income and Wealth 24(1).

    >>> structural_change([[60.0, 40.0]], [[90.0, 10.0]]).round(6).tolist()     # three of ten jobs moved
    [0.3]
    """
    notes = Notes() if notes is None else notes
    if measure not in ("absolute", "cosine", "angle"):
        raise RefusedInput(f"There is no measure “{measure}”", remedy="Choose absolute, cosine or angle.")
    e, e_end, kept = _both_years(start, end, notes)
    before, after = (ratio(year, year.sum(axis=1, keepdims=True)) for year in (e, e_end))
    if measure == "absolute":
        change = np.abs(after - before).sum(axis=1) / 2
    else:
        change = 2 * np.arcsin(np.minimum(_chord(before, after) / 2, 1.0))  # exact for mixes nearly the same
        if measure == "cosine":
            change = 2 * np.sin(change / 2) ** 2
    return _one_a_region(change, kept, notes)


def lilien_index(
    start: npt.ArrayLike, end: npt.ArrayLike, *, weights: LilienWeights = "end", notes: Notes | None = None
) -> Masked:
    """How unlike each other a region's activities grew: the spread of their growth around the region's.

        σ[r] = √( Σ_a w[a] (ln(e′[a] / e[a]) − ln(Σe′ / Σe))² )

        "end"    w[a] = e′[a] / Σe′                    Lilien's
        "mean"   w[a] = ½ (e[a] / Σe + e′[a] / Σe′)    the modified index: turning time round changes nothing

    start, end   (regions, activities), people
    weights      the convention
    Activities without people in one of the years have no logarithm: they are left out of sums and weights,
    and a note "not_positive" counts and names them. So are cells unknown in one of the years, with a note
    "left_out".
    Returns (regions,), 0 where all grew alike. Masked where no activity is known in both years; NaN and a
    note "undefined" where none of them has people in both.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for other weights.
    Source: Lilien (1982), Journal of Political Economy 90(4); the modified index as in Ansari, Mussida &
    Pastore (2014), The Stata Journal 14(2).

    >>> lilien_index([[50.0, 50.0]], [[100.0, 100.0]]).tolist()     # doubled, and nothing moved
    [0.0]
    """
    notes = Notes() if notes is None else notes
    if weights not in ("end", "mean"):
        raise RefusedInput(f"There are no weights “{weights}”", remedy="Choose end or mean.")
    e, e_end, kept = _both_years(start, end, notes)
    positive = (e > 0) & (e_end > 0)
    notes.add(
        "not_positive",
        "nobody in the activity in one of the years: its growth has no logarithm",
        axes=MATRIX,
        positions=np.argwhere(kept & ~positive & (e + e_end > 0)),
    )
    e, e_end = np.where(positive, e, 0.0), np.where(positive, e_end, 0.0)
    here, here_end = e.sum(axis=1, keepdims=True), e_end.sum(axis=1, keepdims=True)
    share, share_end = ratio(e, here), ratio(e_end, here_end)
    weight = share_end if weights == "end" else (share + share_end) / 2
    # ln(e′/e) − ln(Σe′/Σe) is the growth of the share.
    unlike = np.log(np.where(positive, share_end, 1.0) / np.where(positive, share, 1.0))
    return _one_a_region(np.sqrt((weight * unlike**2).sum(axis=1)), kept, notes)


def _both_years(
    start: npt.ArrayLike, end: npt.ArrayLike, notes: Notes
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Two years over the cells known in both, 0 elsewhere."""
    before = read_jobs(start, "The start", MATRIX)
    after = read_jobs(end, "The end", MATRIX, shape=before.values.shape)
    kept = before.known & after.known
    notes.add("left_out", "unknown at the start or the end", axes=MATRIX, positions=np.argwhere(~kept))
    return np.where(kept, before.values, 0.0), np.where(kept, after.values, 0.0), kept


def _chord(before: Floats, after: Floats) -> Floats:
    """The distance of two mixes on the unit sphere."""
    here, there = (ratio(mix, np.sqrt((mix**2).sum(axis=1, keepdims=True))) for mix in (before, after))
    distance: Floats = np.sqrt(((here - there) ** 2).sum(axis=1))
    return distance


def _one_a_region(found: Floats, kept: npt.NDArray[np.bool_], notes: Notes) -> Masked:
    known = np.logical_or.reduce(kept, axis=1)
    notes.add(
        "undefined",
        "0/0: nobody works in the activities compared",
        axes=("region",),
        positions=np.argwhere(known & np.isnan(found)),
    )
    return masked(found, known)
