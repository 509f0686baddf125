"""How complex the economy of a region is, and how complex an activity: read from who has what, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from regional_analytics.measures.complexity.proximity_sums import Real
from regional_analytics.measures.complexity.spectrum import second_vector
from regional_analytics.measures.inputs import Cells, Floats, RefusedInput, one_of, read_cells
from regional_analytics.measures.presence import whole_presence
from regional_analytics.notes import Notes

Scale = Literal["regions", "own", "none"]
Signs = Literal["together", "apart"]

_PERHAPS_PARTED = 1 - 1e-5  # above it parts are counted, which is exact; 32 bits blur λ₂ by about 1e-6
_CLEAR_GAP = 1e-6
_CLEAR_SIGN = 0.1
_FEW = 2


class Diagnostics(NamedTuple):
    """How far a complexity can be relied on.

    second        λ₂: what the index explains of who has what, from 0 to 1
    gap           λ₂ − λ₃: near 0 two readings explain as much, and small changes turn one into the other
    components    parts of the regions that have no activity in common with the rest; 1 is sound
    correlation   of the regions' complexity with their diversity: near 0 the sign is a toss, unless an anchor decides
    anchored      the same with the anchor; NaN without one
    rare          part of the activities that at most two regions have
    """

    second: float
    gap: float
    components: int
    correlation: float
    anchored: float
    rare: float


@dataclass(frozen=True, eq=False)
class Complexity:
    """Of regions (ECI) and of activities (PCI), NaN for those that have, or are had by, nobody."""

    regions: Floats
    activities: Floats
    diagnostics: Diagnostics


def economic_complexity(
    presence: npt.ArrayLike,
    *,
    scale: Scale = "regions",
    signs: Signs = "together",
    ddof: int = 0,
    anchor: npt.ArrayLike | None = None,
    notes: Notes | None = None,
) -> Complexity:
    """How complex regions and activities are: those alike in what they have come to stand near each other.

        k = D⁻¹ M q,   q = U⁻¹ Mᵀ k / λ₂       the vectors of the second largest eigenvalue λ₂ of D⁻¹ M U⁻¹ Mᵀ
        ECI = (k − mean k) / sd k

    presence   (regions, activities), 0 and 1; masked counts as absent (note "unknown_as_absent")
    scale      "regions" (default, the Atlas)   PCI = (q − mean k) / sd k, so that ECI is the mean PCI of what a region has
               "own"                            PCI = (q − mean q) / sd q
               "none"                           k and q as they are, k of length 1 in its own metric
    signs      "together" (default): corr(ECI, diversity) > 0, and PCI with it. "apart": PCI is turned against ubiquity on
               its own, as some packages do; where the two clash ECI is no mean of PCI any more
    ddof       0, or 1 for the packages that divide by n − 1
    anchor     (regions,), something that complex regions are known to have more of, income for instance; masked is left out.
               With it corr(ECI, anchor) > 0 decides the sign in place of diversity. An eigenvector has no up and down of its own:
               among the regions of rich countries the most diverse have factories, and diversity calls the others simple
    Returns a Complexity. A region without activities, or an activity without regions, is NaN (note "undefined") and touches no other.
    Notes: "weak_sign" where diversity hardly tells the sign, or ubiquity tells the other one, "close_eigenvalues" where λ₂
    and λ₃ all but coincide, "disconnected" where regions share nothing with the rest: then the index tells the parts apart, and little else.
    All NaN where fewer than two regions or activities are left, or all of them are alike.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Hidalgo & Hausmann (2009), PNAS 106(26); as an eigenvector Hausmann et al. (2014), The Atlas of Economic
    Complexity; what it sees: Mealy, Farmer & Teytelboym (2019), Science Advances 5(1).

    >>> has = np.array([[1, 1, 1, 0],
    ...                 [1, 1, 0, 0],
    ...                 [1, 0, 0, 0]])
    >>> found = economic_complexity(has)
    >>> found.activities.round(3).tolist()     # −√1.5, √1.5, 3 √1.5; nobody has the fourth
    [-1.225, 1.225, 3.674, nan]
    >>> found.regions.round(3).tolist()        # their mean over three, two and one of them
    [1.225, 0.0, -1.225]
    """
    notes = Notes() if notes is None else notes
    one_of(scale, "scale", ("regions", "own", "none"))
    one_of(signs, "rule of signs", ("together", "apart"))
    one_of(ddof, "ddof", (0, 1))
    whole = whole_presence(presence, notes)
    held = None
    if anchor is not None:
        cells = read_cells(anchor, "The anchor", ("region",), shape=whole.shape[:1])
        held = np.where(cells.known, cells.values, np.nan)
    return complexity_of(whole, scale=scale, signs=signs, ddof=ddof, anchor=held, notes=notes)


def complexity_of(
    whole: Real, *, scale: Scale, signs: Signs, ddof: int, anchor: Floats | None = None, notes: Notes
) -> Complexity:
    """The same of a plain array that has been read already, in its own precision; the anchor is NaN where unknown."""
    rows, columns = whole.any(axis=1), whole.any(axis=0)
    for axis, kept, what in (("region", rows, "has no activity"), ("activity", columns, "is in no region")):
        notes.add("undefined", f"complexity of what {what}", axes=(axis,), positions=np.argwhere(~kept))
    regions, activities = np.full(rows.size, np.nan), np.full(columns.size, np.nan)
    part = whole if rows.all() and columns.all() else np.ascontiguousarray(whole[np.ix_(rows, columns)])
    if min(part.shape) < 2 or part.all():
        why = "complexity where all that is left is alike"
        notes.add("undefined", why, count=int(rows.sum() + columns.sum()) or 1)
        return Complexity(
            regions,
            activities,
            Diagnostics(np.nan, np.nan, _components(part), np.nan, np.nan, _rare(part)),
        )
    spectrum = second_vector(part)
    diversity, ubiquity = part.sum(axis=1, dtype=np.float64), part.sum(axis=0, dtype=np.float64)
    correlation = _correlation(spectrum.regions, diversity)
    anchored = np.nan if anchor is None else _correlation(spectrum.regions, anchor[rows])
    deciding = correlation if anchor is None else anchored
    sign = -1.0 if deciding < 0 else 1.0
    clash = sign * _correlation(spectrum.activities, ubiquity) > 0
    own_sign = -sign if clash and signs == "apart" else sign
    k, q = sign * spectrum.regions, own_sign * spectrum.activities
    regions[rows], activities[columns] = scaled(k, q, scale, ddof)
    diagnostics = Diagnostics(
        spectrum.second,
        spectrum.second - spectrum.third,
        _components(part) if spectrum.second > _PERHAPS_PARTED else 1,
        sign * correlation,
        sign * anchored,
        _rare(part),
    )
    if abs(deciding) < _CLEAR_SIGN:
        by = "diversity" if anchor is None else "the anchor"
        notes.add("weak_sign", f"{by} hardly tells which end is complex", count=1)
    if clash and anchor is None:
        notes.add(
            "weak_sign", "what fewer regions have is the less complex by the diversity of regions", count=1
        )
    _remark(diagnostics, part, np.flatnonzero(rows), notes)
    return Complexity(regions, activities, diagnostics)


def basket_complexity(
    presence: npt.ArrayLike, activity_complexity: npt.ArrayLike, *, notes: Notes | None = None
) -> Floats:
    """The complexity of what a region has, with activities judged elsewhere: by the world, say.

        ECI[r] = Σ_a M[r, a] PCI[a] / Σ_a M[r, a]      over the activities whose complexity is known

    presence              (regions, activities), 0 and 1; masked counts as absent
    activity_complexity   (activities,), any scale; masked or NaN where the world does not know it: left out (note "left_out")
    Returns (regions,), in that scale; NaN and a note "undefined" for a region with none of them.
    Raises NotAPresence, NotFinite, WrongShape.
    Source: Hausmann et al. (2014), The Atlas of Economic Complexity; for regions with external weights: Operti, Pugliese,
    Andrade, Pietronero & Gabrielli (2018), PLoS ONE 13(6).

    >>> basket_complexity([[1, 1, 0], [0, 1, 1]], [2.0, 1.0, -1.0]).tolist()
    [1.5, 0.0]
    """
    notes = Notes() if notes is None else notes
    whole = whole_presence(presence, notes)
    given = read_complexity(activity_complexity, whole.shape[1])
    notes.add("left_out", "without a complexity", axes=("activity",), positions=np.argwhere(~given.known))
    counted = whole @ given.known.astype(np.float64)
    notes.add(
        "undefined",
        "complexity of a region with none of the activities",
        axes=("region",),
        positions=np.argwhere(counted == 0),
    )
    mean: Floats = np.where(counted == 0, np.nan, whole @ given.values / np.maximum(counted, 1))
    return mean


def reflections(
    presence: npt.ArrayLike,
    *,
    steps: int = 18,
    scale: Literal["z", "percent", "none"] = "z",
    ddof: int = 0,
    notes: Notes | None = None,
) -> tuple[Floats, Floats]:
    """Complexity by averaging back and forth: the diversity of those who have what I have, and so on.

        k[r, n] = Σ_a M[r, a] k[a, n−1] / d[r]       k[a, n] = Σ_r M[r, a] k[r, n−1] / u[a]       k[·, 0] = d, u

    presence   (regions, activities), 0 and 1; masked counts as absent
    steps      an even number. Regions are read after it, activities one step later, so that high is complex in both.
               At 18 the ranks are those of the eigenvector where λ₃ is well below λ₂
    scale      "z": mean 0, spread 1 (ddof as given); "percent": lowest 0, highest 100; "none": as they come
    Every step brings all nearer to one common level, and differences soon vanish beside it. They are followed without
    the level, so that rounding does not take their place.
    Returns (regions,) and (activities,), NaN where there is nothing to average (note "undefined").
    Raises RefusedInput for an odd number of steps; NotAPresence, NotFinite, WrongShape.
    Source: Hidalgo & Hausmann (2009), PNAS 106(26).

    >>> regions, activities = reflections([[1, 1, 1], [1, 1, 0], [1, 0, 0]], steps=2, scale="none")
    >>> regions.round(4).tolist()     # A: the mean diversity of those with its three activities, (2 + 2.5 + 3) / 3
    [2.5, 2.25, 2.0]
    """
    notes = Notes() if notes is None else notes
    if steps < 2 or steps % 2:
        raise RefusedInput(
            f"After {steps} reflections regions are not read", remedy="Take an even number, 18 say."
        )
    one_of(scale, "scale", ("z", "percent", "none"))
    one_of(ddof, "ddof", (0, 1))
    whole = whole_presence(presence, notes)
    diversity, ubiquity = whole.sum(axis=1), whole.sum(axis=0)
    empty = diversity == 0
    for axis, nothing in (("region", empty), ("activity", ubiquity == 0)):
        notes.add("undefined", "nothing to average", axes=(axis,), positions=np.argwhere(nothing))
    regions, activities = _off_level(diversity, diversity), _off_level(ubiquity, ubiquity)
    d, u = np.maximum(diversity, 1.0), np.maximum(ubiquity, 1.0)
    for _ in range(steps):
        regions, activities = whole @ activities / d, whole.T @ regions / u
        regions, activities = _off_level(regions, diversity), _off_level(activities, ubiquity)
    activities = whole.T @ regions / u
    found = np.where(empty, np.nan, regions), np.where(ubiquity == 0, np.nan, activities)
    if scale == "none":  # after an even number of steps the level is that of the regions again
        return found[0] + _level(diversity, diversity), found[1] + _level(diversity, diversity)
    return _rescaled(found[0], scale, ddof), _rescaled(found[1], scale, ddof)


def read_complexity(given: npt.ArrayLike, activities: int) -> Cells:
    """Take a complexity by activity; one that is masked, or NaN as nobody has the activity, is not known."""
    values = np.ma.asarray(given, dtype=np.float64)
    unknown = np.ma.getmaskarray(values) | np.isnan(np.ma.getdata(values))
    return read_cells(
        np.ma.MaskedArray(np.ma.getdata(values), mask=unknown),
        "Activity complexity",
        ("activity",),
        shape=(activities,),
    )


def _level(values: Floats, weights: Floats) -> float:
    """The mean that averaging leaves alone: weighted by what each is the average of."""
    return float(values @ weights) / max(float(weights.sum()), 1.0)


def _off_level(values: Floats, weights: Floats) -> Floats:
    return values - _level(values, weights)


def scaled(k: Floats, q: Floats, scale: Scale, ddof: int) -> tuple[Floats, Floats]:
    """The vectors of regions and activities as they are told; NaN stays NaN."""
    if scale == "none":
        return k, q
    middle, spread = _middle_and_spread(k, ddof)
    if scale == "regions":
        return (k - middle) / spread, (q - middle) / spread
    own_middle, own_spread = _middle_and_spread(q, ddof)
    return (k - middle) / spread, (q - own_middle) / own_spread


def _middle_and_spread(values: Floats, ddof: int) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    return (float(known.mean()), float(known.std(ddof=ddof))) if known.size > ddof else (0.0, 1.0)


def _rescaled(values: Floats, scale: Literal["z", "percent"], ddof: int) -> Floats:
    """NaN in, NaN out; where all are equal there is no scale, and they stand in the middle of it."""
    known = values[~np.isnan(values)]
    if scale == "z":
        spread = float(known.std(ddof=ddof)) if known.size > ddof else 0.0
        return (values - known.mean()) / spread if spread > 0 else values * 0.0
    reach = float(np.ptp(known)) if known.size else 0.0
    return 100.0 * (values - known.min()) / reach if reach > 0 else values * 0.0 + 50.0


def _correlation(one: Floats, other: Floats) -> float:
    """Pearson's over what is known of both; 0 where one of them does not vary."""
    known = ~np.isnan(one) & ~np.isnan(other)
    if not known.any():
        return 0.0
    one, other = one[known], other[known]
    a, b = one - one.mean(), other - other.mean()
    length = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / length if length > 0 else 0.0


def _rare(part: Real) -> float:
    return float((part.sum(axis=0) <= _FEW).mean()) if part.shape[1] else float("nan")


def _components(part: Real) -> int:
    return int(component_of_regions(part).max(initial=-1)) + 1


def component_of_regions(part: Real) -> npt.NDArray[np.int64]:
    """Which part of the regions each belongs to, linked by activities in common; 0 is the part of the first region."""
    found = sp.csgraph.connected_components(
        sp.bmat([[None, sp.csr_matrix(part)], [sp.csr_matrix(part).T, None]])
    )
    labels: npt.NDArray[np.int64] = np.unique(found[1][: len(part)], return_inverse=True)[1].astype(np.int64)
    return labels


def _remark(diagnostics: Diagnostics, part: Real, regions: npt.NDArray[np.int64], notes: Notes) -> None:
    if diagnostics.gap < _CLEAR_GAP:
        notes.add("close_eigenvalues", "another reading explains as much", count=1)
    if diagnostics.components > 1:
        component = component_of_regions(part)
        apart = regions[component != np.bincount(component).argmax()]
        notes.add(
            "disconnected",
            "without an activity in common with the largest group of regions",
            axes=("region",),
            positions=apart[:, None],
        )
