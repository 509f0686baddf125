"""Where a region could go: how near each activity is to what it has, and what having it would open up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.complexity.economic_complexity import read_complexity
from regional_analytics.measures.complexity.proximity_sums import Real, Route, proximity_sums
from regional_analytics.measures.inputs import Flags, Floats, Masked, masked, one_of
from regional_analytics.measures.presence import read_presence, whole_presence
from regional_analytics.notes import Notes

Counting = Literal["with_itself", "without_itself"]
DividedBy = Literal["target", "candidate"]
Precision = Literal["exact", "fast"]


@dataclass(frozen=True, eq=False)
class Outlook:
    """What proximity and complexity say of the future.

    density   (regions, activities), part of an activity's neighbourhood that the region has, 0 to 1; NaN where the
              activity is nowhere
    gain      (regions, activities), COG: complexity that having it would bring nearer; 0 where the region has it already,
              masked where it is unknown whether it has
    index     (regions,), COI: complexity within reach now
    """

    density: Floats
    gain: Masked
    index: Floats


def outlook(
    presence: npt.ArrayLike,
    activity_complexity: npt.ArrayLike,
    *,
    counting: Counting = "with_itself",
    divided_by: DividedBy = "target",
    less_density: bool = False,
    route: Route = "auto",
    precision: Precision = "exact",
    notes: Notes | None = None,
) -> Outlook:
    """How near every activity is to a region, and what it would open up.

        φ[p, q] = C[p, q] / max(u[p], u[q])                  C = Mᵀ M
        density[r, p] = Σ_q M[r, q] φ[q, p] / Σ_q φ[q, p]
        COI[r] = Σ_p (1 − M[r, p]) density[r, p] PCI[p]
        COG[r, p] = (1 − M[r, p]) Σ_q (1 − M[r, q]) φ[q, p] PCI[q] / Σ_s φ[s, q]

    presence              (regions, activities), 0 and 1; masked counts as absent (note "unknown_as_absent")
    activity_complexity   (activities,), PCI, in the scale in which 0 is to be no complexity: that of economic_complexity() or its
                          raw vector. z-scored on itself its zero lies elsewhere, and other activities come first
    counting     "with_itself" (default: the Atlas, Stata): φ[p, p] = 1 is part of every sum; "without_itself": 0
    divided_by   COG over the sum around the "target" q (default: the Atlas, Stata), or around the "candidate" p
    less_density   COG less density[r, p] PCI[p], as the text of the Atlas and the package economic-complexity have it, and
                   ecomplexity has not
    route        forming φ, or not ("auto": whichever is less); the results agree to rounding
    precision    "exact", or "fast": sums in 32 bits, off by up to about 1e-6
    Activities that no region has, or without a complexity, promise nothing and are left out of the sums.
    Returns an Outlook. Notes: "undefined" where an activity has no neighbourhood.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for a choice there is not.
    Source: Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837); Hausmann et al. (2014), The Atlas of Economic Complexity.

    >>> has = np.array([[1, 1, 0],
    ...                 [1, 1, 1]])
    >>> found = outlook(has, [-1.0, -1.0, 2.0])
    >>> float(found.density[0, 2]), float(found.index[0])     # φ[·, 2] = ½, ½, 1: a half of it is there
    (0.5, 1.0)
    """
    notes = Notes() if notes is None else notes
    one_of(counting, "way of counting", ("with_itself", "without_itself"))
    one_of(divided_by, "division by", ("target", "candidate"))
    one_of(route, "route", ("auto", "with_proximity", "without_proximity"))
    one_of(precision, "precision", ("exact", "fast"))
    whole = whole_presence(presence, notes)
    known = read_presence(presence).known
    complexity = read_complexity(activity_complexity, whole.shape[1])
    found = outlook_of(
        whole.astype(np.float32) if precision == "fast" else whole,
        np.where(complexity.known, complexity.values, np.nan),
        counting=counting,
        divided_by=divided_by,
        less_density=less_density,
        route=route,
        notes=notes,
    )
    gain = masked(found.gain.astype(np.float64, copy=False), known)
    return Outlook(found.density.astype(np.float64, copy=False), gain, found.index)


@dataclass(frozen=True, eq=False)
class PlainOutlook:
    """The same as plain arrays, in the precision they were computed in."""

    density: Real
    gain: Real
    index: Floats


def outlook_of(
    whole: Real,
    complexity: Floats,
    *,
    counting: Counting = "with_itself",
    divided_by: DividedBy = "target",
    less_density: bool = False,
    route: Route = "auto",
    counted: Floats | None = None,
    notes: Notes,
) -> PlainOutlook:
    """whole is a read presence, complexity is NaN where there is none.

    counted   (activities,), how often each counts as a neighbour: once by default, and otherwise in a sample of them
    """
    somewhere: Flags = np.logical_or.reduce(whole > 0, axis=0)
    notes.add(
        "undefined",
        "density of what no region has",
        axes=("activity",),
        positions=np.argwhere(~somewhere),
    )
    if not somewhere.any():
        nothing = np.zeros_like(whole)
        return PlainOutlook(np.full_like(whole, np.nan), nothing, np.zeros(len(whole)))
    part = whole if somewhere.all() else np.ascontiguousarray(whole[:, somewhere])
    kind = part.dtype
    pci = np.nan_to_num(complexity[somewhere]).astype(kind)
    many = None if counted is None else counted[somewhere].astype(kind)
    times = 1.0 if many is None else many
    own = 0.0 if counting == "with_itself" else times  # what φ[p, p] adds that it should not
    sums = proximity_sums(part, route=route)
    around = sums.around(many) - own
    alone = around <= 0
    inverse = np.divide(1.0, around, out=np.zeros_like(around), where=~alone)
    weight = times * (pci * inverse if divided_by == "target" else pci)
    density, had = sums.over([many, weight])
    # (1 − M) w φ = 1 w φ − M w φ, each without the activity itself where it is not to be counted.
    gain = np.subtract(sums.around(weight), had, out=had)
    if counting == "without_itself":
        density -= part * own
        gain -= (1.0 - part) * weight
    density *= inverse
    if divided_by == "candidate":
        gain *= inverse
    absent = 1.0 - part
    if less_density:
        gain -= density * pci
    gain *= absent
    index = np.einsum("rp,rp,p->r", absent, density, times * pci, dtype=np.float64, optimize=False)
    density[:, alone] = np.nan
    notes.add(
        "undefined",
        "density where no other activity is near",
        axes=("activity",),
        positions=np.flatnonzero(somewhere)[alone][:, None],
    )
    return PlainOutlook(_spread(density, somewhere, np.nan), _spread(gain, somewhere, 0.0), index)


def _spread(columns: Real, somewhere: Flags, otherwise: float) -> Real:
    """Columns back to their places."""
    if somewhere.all():
        return columns
    spread = np.full((len(columns), somewhere.size), otherwise, dtype=columns.dtype)
    spread[:, somewhere] = columns
    return spread
