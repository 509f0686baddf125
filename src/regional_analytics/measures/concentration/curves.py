"""Curves of concentration: what part of the whole the regions with the least of it hold together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Floats, RefusedInput, read_jobs
from regional_analytics.notes import Notes


class Curve(NamedTuple):
    """A line from (0, 0) to (1, 1), below the diagonal unless all is spread evenly.

    base       (points,), cumulated share of the base: of regions, of inhabitants, of all jobs
    measured   (points,), cumulated share of what is measured
    regions    (points − 1,), which region is added at each point after the first: least of it first
    """

    base: Floats
    measured: Floats
    regions: npt.NDArray[np.int64]


def lorenz_curve(values: npt.ArrayLike, *, notes: Notes | None = None) -> Curve:
    """What part of the whole the poorest tenth, half, … of regions hold, every region counting the same.

        x_i = i / n        y_i = Σ_{j ≤ i} v_j / Σ_j v_j        v_1 ≤ v_2 ≤ … ≤ v_n

    values   (regions,), totals, 0 or more
    Returns a Curve. It is hoover_curve next to a base of one for each region; twice the area between it and the diagonal
    is gini(). Unknown regions are left out, with a note "left_out".
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput where nothing above 0 is known.
    Source: Lorenz (1905), Publications of the American Statistical Association 9(70).

    >>> curve = lorenz_curve([3.0, 1.0])
    >>> curve.base.tolist(), curve.measured.tolist(), curve.regions.tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.25, 1.0], [1, 0])
    """
    shape = np.shape(np.ma.getdata(values))
    return hoover_curve(values, base=np.ones(shape), notes=notes)


def hoover_curve(values: npt.ArrayLike, *, base: npt.ArrayLike, notes: Notes | None = None) -> Curve:
    """What part of an activity sits in the regions where there is least of it for each unit of the base.

        x_i = Σ_{j ≤ i} b_j / Σ_j b_j        y_i = Σ_{j ≤ i} v_j / Σ_j v_j        v_1/b_1 ≤ v_2/b_2 ≤ …

    values   (regions,), people in the activity
    base     (regions,), inhabitants, square kilometres, all jobs (then it is Krugman's curve)
    Returns a Curve; twice the area between it and the diagonal is hoover_gini(). Regions unknown in one of the two are
    left out, with a note "left_out"; equal ratios keep the order given.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput where nothing above 0 is known of one of the two.
    Source: Hoover (1936), Review of Economics and Statistics 18(4).

    >>> curve = hoover_curve([30.0, 10.0], base=[25.0, 75.0])
    >>> curve.base.tolist(), curve.measured.tolist()
    ([0.0, 0.75, 1.0], [0.0, 0.25, 1.0])
    """
    notes = Notes() if notes is None else notes
    held = read_jobs(values, "What is measured", ("region",))
    below = read_jobs(base, "The base", ("region",), shape=held.values.shape)
    known = held.known & below.known
    if not (held.values[known].sum() > 0 and below.values[known].sum() > 0):
        raise RefusedInput(
            "There is no curve of nothing: no region is known above 0",
            remedy="Choose an activity somebody works in, and regions with a base.",
        )
    notes.add("left_out", "unknown, left out of the curve", axes=("region",), positions=np.argwhere(~known))
    order = cumulation_order(held.values[:, None], below.values[:, None])[:, 0]
    order = order[known[order]]
    return Curve(_cumulated(below.values[order]), _cumulated(held.values[order]), order.astype(np.int64))


def _cumulated(values: Floats) -> Floats:
    shares: Floats = np.concatenate([[0.0], np.cumsum(values) / values.sum()])
    return shares


def cumulation_order(measured: Floats, base: Floats) -> npt.NDArray[np.intp]:
    """The rows of each column, least of the measured for each unit of the base first."""
    empty = base == 0
    per_base = np.divide(measured, base, out=np.where(measured > 0, np.inf, 0.0), where=~empty)
    return np.argsort(per_base, axis=0, kind="stable")


def beyond_diagonal(measured: Floats, base: Floats) -> Floats:
    """Twice the area between each column's curve and the diagonal: 0 even, up to 1."""
    order = cumulation_order(measured, base)
    width = np.take_along_axis(base, order, axis=0)
    step = np.take_along_axis(measured, order, axis=0)
    height = np.cumsum(step, axis=0) - step / 2.0
    area: Floats = 1.0 - 2.0 * (width * height).sum(axis=0)
    return area
