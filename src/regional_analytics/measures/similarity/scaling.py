"""Figures of many units made comparable: transformed, capped, and brought to one scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import (
    Cells,
    Flags,
    Floats,
    Masked,
    RefusedInput,
    masked,
    positions_of,
    ratio,
    read_cells,
)
from regional_analytics.notes import Notes

Transformation = Literal["none", "log", "share"]
Cap = Literal["none", "inner_fences", "outer_fences", "percentiles"]
Scaling = Literal["minmax", "zscore", "robust", "percentile"]

TABLE = ("region", "variable")
MAD_TO_DEVIATION = (
    1.4826  # of a normal distribution: one standard deviation is 1.4826 median absolute deviations
)


def scale_variables(
    values: npt.ArrayLike,
    *,
    transformations: Transformation | Sequence[Transformation] = "none",
    dimensions: Sequence[str] | None = None,
    cap: Cap = "none",
    scaling: Scaling = "minmax",
    notes: Notes | None = None,
) -> Masked:
    """Bring variables of different units to one scale, so that their differences can be added up.

        first     "log"            ln x                     "share"   x / Σ x over the parts of its dimension
        then      "inner_fences"   at most 1.5 interquartile ranges outside the quartiles; "outer_fences" 3
                  "percentiles"    within the 2.5th and the 97.5th percentile
        at last   "minmax"         z = (x − lowest) / (highest − lowest)
                  "zscore"         z = (x − mean) / standard deviation, divided by n
                  "robust"         z = (x − median) / (1.4826 · median of |x − median|)
                  "percentile"     z = (number lower + ½ number equal) / number known

    values            (regions, variables), any unit; each column is scaled by itself, over its known values
    transformations   one for all, or one a variable
    dimensions        which whole a "share" is a part of, one name a variable; by default all shares have one whole
    cap               "none" is the default: nothing is changed unless you ask for it. A note "capped" says where
    scaling           "minmax" is the default, after Navarro et al.; the others by name
    Returns (regions, variables). Masked where the figure is unknown, or another part of the whole of a share is. NaN
    where it is undefined: the logarithm of what is not above 0 (note "not_positive"), a part of nothing, a robust
    spread of 0 though values differ (notes "undefined"). A variable that is the same everywhere becomes 0, with a
    note "no_spread": all are alike in it.
    Raises NotFinite, WrongShape; RefusedInput for a name that does not exist or a negative part of a whole.
    Source: Navarro et al. (2014), Regional benchmarking in the smart specialisation process, JRC S3 Working Paper
    03/2014; OECD & JRC (2008), Handbook on Constructing Composite Indicators; the fences: Tukey (1977),
    Exploratory Data Analysis.

    >>> scale_variables([[10.0, 1.0], [20.0, 100.0], [30.0, 10.0]], transformations=["none", "log"]).tolist()
    [[0.0, 0.0], [0.5, 1.0], [1.0, 0.5]]
    """
    notes = Notes() if notes is None else notes
    read = read_cells(values, "The values", TABLE)
    named = _one_for_each(transformations, read.values.shape[1])
    wholes = _one_for_each("" if dimensions is None else dimensions, len(named))
    _refuse_unknown_name(cap, _CAPS, "cap")
    _refuse_unknown_name(scaling, _SCALINGS, "scaling")
    data, known = _transformed(read, named, wholes, notes)
    scaled, capped = np.full_like(data, np.nan), np.zeros_like(known)
    for at in range(data.shape[1]):
        seen = known[:, at] & ~np.isnan(data[:, at])
        if seen.any():
            kept = _CAPS[cap](data[seen, at])
            capped[seen, at] = kept != data[seen, at]
            scaled[seen, at] = _scaled(kept, scaling, at, notes)
    notes.add("capped", f"an outlier, set to the bound of “{cap}”", axes=TABLE, positions=np.argwhere(capped))
    return masked(scaled, known)


def read_variables(given: npt.ArrayLike, what: str, axes: tuple[str, ...] = TABLE) -> Cells:
    """Take figures that were computed before: masked is unknown, NaN undefined, and neither can be compared."""
    data = np.ma.masked_invalid(np.ma.asarray(given, dtype=np.float64))
    infinite = ~np.ma.getmaskarray(given) & np.isinf(np.ma.getdata(data))  # type: ignore[arg-type]
    if infinite.any():
        raise RefusedInput(
            f"{what} is infinite", axes, positions_of(infinite), "Mask it, and say why it is unknown."
        )
    return read_cells(data, what, axes)


def _one_for_each(given: str | Sequence[str], variables: int) -> list[str]:
    names = [given] * variables if isinstance(given, str) else list(given)
    if len(names) != variables:
        raise RefusedInput(
            f"{len(names)} names are given for {variables} variables", remedy="Give one for each variable."
        )
    return names


def _refuse_unknown_name(name: str, names: Mapping[str, object], what: str) -> None:
    if name not in names:
        raise RefusedInput(f"There is no {what} “{name}”", remedy=f"Choose {', '.join(names)}.")


# Transforming --------------------------------------------------------------------------------------------


def _transformed(
    read: Cells, named: Sequence[str], wholes: Sequence[str], notes: Notes
) -> tuple[Floats, Flags]:
    for name in named:
        _refuse_unknown_name(name, {"none": 0, "log": 0, "share": 0}, "transformation")
    data, known = read.values.copy(), read.known.copy()
    logs = np.array([name == "log" for name in named], dtype=np.bool_)
    low = known & logs & (data <= 0)
    notes.add("not_positive", "what is not above 0 has no logarithm", axes=TABLE, positions=np.argwhere(low))
    data[:, logs] = np.log(np.where(known & (data > 0), data, np.nan)[:, logs])
    for whole in {whole for name, whole in zip(named, wholes, strict=True) if name == "share"}:
        parts = np.array(
            [name == "share" and own == whole for name, own in zip(named, wholes, strict=True)],
            dtype=np.bool_,
        )
        data[:, parts], known[:, parts] = _shares(read, parts, notes)
    return data, known


def _shares(read: Cells, parts: Flags, notes: Notes) -> tuple[Floats, Flags]:
    negative = parts & (read.values < 0)
    if negative.any():
        raise RefusedInput(
            "A part of a whole is negative", TABLE, positions_of(negative), "Correct the figure."
        )
    total = read.values[:, parts].sum(axis=1, keepdims=True)
    whole = read.known[:, parts].all(axis=1, keepdims=True)
    notes.add(
        "undefined",
        "0/0: a part of nothing",
        count=int((whole & (total == 0)).sum() * parts.sum()),
        axes=("region",),
        positions=np.argwhere((whole & (total == 0))[:, 0]),
    )
    return ratio(read.values[:, parts], total), np.broadcast_to(whole, (len(total), int(parts.sum())))


# Capping and scaling one variable, over its known values ------------------------------------------------


def _within_fences(known: Floats, width: float) -> Floats:
    lower, upper = np.quantile(known, [0.25, 0.75])
    reach = width * (upper - lower)
    return _between(known, lower - reach, upper + reach)


def _within_percentiles(known: Floats) -> Floats:
    lower, upper = np.quantile(known, [0.025, 0.975])
    return _between(known, lower, upper)


def _between(known: Floats, lower: float, upper: float) -> Floats:
    kept: Floats = np.clip(known, lower, upper)
    return kept


def _by_range(known: Floats) -> Floats:
    scaled: Floats = (known - known.min()) / np.ptp(known)
    return scaled


def _by_deviation(known: Floats) -> Floats:
    scaled: Floats = (known - known.mean()) / known.std()
    return scaled


def _by_median(known: Floats) -> Floats:
    distance = known - np.median(known)
    spread = MAD_TO_DEVIATION * np.median(np.abs(distance))
    return ratio(distance, np.asarray(spread))


def _by_percentile(known: Floats) -> Floats:
    ordered = np.sort(known)
    lower = np.searchsorted(ordered, known, side="left")
    not_higher = np.searchsorted(ordered, known, side="right")
    return (lower + not_higher) / (2.0 * known.size)


def _scaled(known: Floats, scaling: str, variable: int, notes: Notes) -> Floats:
    where = [(variable,)]
    if np.ptp(known) == 0:
        notes.add("no_spread", "the same everywhere, scaled to 0", axes=("variable",), positions=where)
        return np.zeros_like(known)
    scaled = _SCALINGS[scaling](known)
    if np.isnan(scaled).any():
        why = "0/0: most regions have the same value, so that there is no robust spread"
        notes.add("undefined", why, count=known.size, axes=("variable",), positions=where)
    return scaled


_CAPS: Mapping[str, Callable[[Floats], Floats]] = {
    "none": lambda known: known,
    "inner_fences": lambda known: _within_fences(known, 1.5),
    "outer_fences": lambda known: _within_fences(known, 3.0),
    "percentiles": _within_percentiles,
}
_SCALINGS: Mapping[str, Callable[[Floats], Floats]] = {
    "minmax": _by_range,
    "zscore": _by_deviation,
    "robust": _by_median,
    "percentile": _by_percentile,
}
