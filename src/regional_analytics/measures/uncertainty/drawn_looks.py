"""What one drawn table says: how complex regions are, and which of their options come first."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from regional_analytics.measures.complexity.economic_complexity import complexity_of, scaled
from regional_analytics.measures.complexity.outlook import outlook_of
from regional_analytics.measures.inputs import Cells, Flags, Floats, ratio
from regional_analytics.measures.options.criteria import Judged
from regional_analytics.measures.options.schemes import OptionScheme
from regional_analytics.measures.options.weighing import weigh
from regional_analytics.measures.uncertainty.redrawn import Positions, Sample
from regional_analytics.notes import Notes


class Look(NamedTuple):
    """What one table says. regions are those whose lists it knows; of them the rest, (regions, activities)."""

    complexity: Floats
    regions: Positions
    judged: Flags
    present: Flags
    options: Flags
    listed: Flags


def look_at(
    sample: Sample,
    asked: OptionScheme,
    outside: dict[str, Cells],
    notes: Notes,
    *,
    like: Floats | None = None,
) -> Look:
    """Complexity of all regions, and options of those drawn, as one table has them.

    like   (regions,), the complexity whose high end is to be high here too; None: the end of much diversity is
    """
    whole = sample.present.values.astype(np.float64)
    k, q = _complexity(whole, sample, notes)
    if like is not None and _runs_against(k, like):
        k, q = -k, -q
    regions = np.arange(len(whole)) if sample.regions is None else np.unique(sample.regions)
    counted = None
    if sample.activities is not None:
        counted = np.bincount(sample.activities, minlength=whole.shape[1]).astype(np.float64)
    if sample.regions is None:
        near = outlook_of(whole, q, counted=counted, notes=notes)
        density, gain = near.density, near.gain
    else:
        near = outlook_of(whole[sample.regions], q, notes=notes)
        first = np.unique(sample.regions, return_index=True)[1]
        density, gain = near.density[first], near.gain[first]
    there, known = sample.present.values[regions], sample.present.known[regions]
    judged = known & ~np.isnan(density) & ~np.isnan(q) & ~np.isnan(k[regions])[:, None]
    values: dict[str, Any] = {"relatedness": np.nan_to_num(density), "gain": gain}
    values["complexity"] = np.broadcast_to(np.nan_to_num(q), density.shape)
    for name, cells in outside.items():
        values[name] = cells.values[regions]
        judged &= cells.known[regions] | there
    can = judged & ~there
    weighed = weigh(Judged(values, can), asked, np.nan_to_num(k[regions]))
    return Look(k, regions, judged, judged & there, can, weighed.listed)


def _complexity(whole: Floats, sample: Sample, notes: Notes) -> tuple[Floats, Floats]:
    """Complexity of all regions and activities, as those drawn let one see it; NaN where they do not."""
    part = whole
    if sample.regions is not None:
        part = whole[sample.regions]
    elif sample.activities is not None:
        part = whole[:, sample.activities]
    plain = sample.regions is None and sample.activities is None
    found = complexity_of(part, scale="regions" if plain else "none", signs="together", ddof=0, notes=notes)
    if plain:
        return found.regions, found.activities
    if sample.regions is not None:
        k, q = _mean_over(whole, found.activities), found.activities
    else:
        k = found.regions
        q = _mean_over(whole.T, k) / found.diagnostics.second
    return scaled(k, q, "regions", 0)


def _mean_over(there: Floats, values: Floats) -> Floats:
    """The mean of what is known, over what each row has; NaN where it has none of it."""
    known = ~np.isnan(values)
    return ratio(there @ np.where(known, values, 0.0), there @ known.astype(np.float64))


def _runs_against(one: Floats, other: Floats) -> bool:
    both = ~np.isnan(one) & ~np.isnan(other)
    a, b = one[both], other[both]
    return bool(both.any() and (a - a.mean()) @ (b - b.mean()) < 0)
