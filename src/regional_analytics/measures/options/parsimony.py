"""The fewest, nearest steps that bring a region to a complexity: a path, since each step changes what lies near.

Complexity is the mean over what the region has (ECI as the mean PCI of its activities), with the complexity of activities held
still. Distance is the part of what is related to an activity that the region lacks, and falls as it takes on related ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Floats, RefusedInput, WrongShape, one_of
from regional_analytics.measures.options.criteria import read_criterion
from regional_analytics.measures.presence import read_presence
from regional_analytics.measures.relations.co_occurrence import read_relatedness
from regional_analytics.measures.relations.density import Counting, share_of_related
from regional_analytics.notes import Notes

StepRule: TypeAlias = Literal["gain_per_distance", "gain", "nearest"]
Positions: TypeAlias = npt.NDArray[np.int64]
NO_LESS = 1e-12  # what a mean over other terms in another order may lack by rounding


@dataclass(frozen=True)
class PathScheme:
    """How a path is looked for.

    next_step     "gain_per_distance"   what raises complexity most for its distance: few steps, none of them far
                  "gain"                what raises it most: the fewest steps there can be, however far
                  "nearest"             what is nearest of all that raises it: many small steps
    taken_back    whether steps are left out at the end that turn out to be unnecessary, the farthest first, or in the way: early
                  ones that raised complexity then, and hold it down since
    most_steps    how many steps there may be. None: as many as it takes
    """

    name: str
    version: str
    next_step: StepRule = "gain_per_distance"
    taken_back: bool = True
    most_steps: int | None = None

    def __post_init__(self) -> None:
        one_of(self.next_step, "rule for the next step", ("gain_per_distance", "gain", "nearest"))
        if self.most_steps is not None and self.most_steps < 1:
            raise RefusedInput(f"“{self.name}” takes {self.most_steps} steps", remedy="Allow 1 or more.")


PARSIMONIOUS: Final = PathScheme("parsimonious", "1")


@dataclass(frozen=True, eq=False)
class Path:
    """The steps, in order, and what each adds.

    steps        (steps,), positions of the activities entered
    distance     (steps,), how far each is when its turn comes, 0 to 1
    complexity   (steps,), of the region once it has been entered
    gain         (steps,), what the step adds to that of the region
    start, target   of the region
    reached      whether the last step reaches the target
    fewest       how many steps it takes at least, however far they are; None if no number of them reaches it
    scheme       how it was looked for
    """

    steps: Positions
    distance: Floats
    complexity: Floats
    gain: Floats
    start: float
    target: float
    reached: bool
    fewest: int | None
    scheme: PathScheme


def parsimonious_path(
    present: npt.ArrayLike,
    proximity: npt.ArrayLike,
    complexity: npt.ArrayLike,
    target: float,
    *,
    scheme: PathScheme = PARSIMONIOUS,
    counting: Counting = "with_itself",
    notes: Notes | None = None,
) -> Path:
    """Which few activities, entered in which order, bring one region to a complexity.

        K = mean of c[q] over what the region has
        δ[p] = 1 − Σ_q M[q] φ[q, p] / Σ_q φ[q, p]                 anew after every step
        next = the p with the largest (K with p − K) / δ[p]       among those with c[p] > K, until K ≥ target

    present      (activities,), 0 and 1: one region. What is masked is neither had nor an option (note "left_out")
    proximity    (activities, activities), φ, as for relatedness_density(); pairs masked or below 0 count as unrelated
    complexity   (activities,), c. Masked or NaN is left out of the mean and of the options (note "left_out")
    target       of the region, in the unit of complexity
    scheme       PARSIMONIOUS, or your own PathScheme
    counting     as in relatedness_density()
    A heuristic: the path is short and near, and not always the shortest or nearest there is. What is certain is `fewest`,
    below which no path gets, and, where steps are taken back and may be many, that a target which any set of options reaches is
    reached, and that none of the steps can be missed. Equal steps go to the one that gains more, then to the lower position; at
    a distance of 0 whatever raises complexity comes first.
    Returns a Path; without steps where the target is met already. Where it is out of reach the path goes on while anything raises
    complexity, and a note "target_beyond_reach" says so; one that runs out of steps has `reached` False.
    Raises NotAPresence, NotFinite, WrongShape; RefusedInput for a region without a known activity, a target that is no figure.
    Source: the least cost of reaching a target of complexity as the aim: Stojkoski & Hidalgo (2026), Research Policy 55(4), whose
    cost comes from the pattern of specialisation and who solve a program. Distance as the cost, and the path, are ours.

    >>> near = [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]      # grapes, wine, wine tours: a chain
    >>> found = parsimonious_path([1, 0, 0], near, [0.0, 3.0, 3.6], target=2.0)
    >>> found.steps.tolist(), found.distance.round(3).tolist()          # 1.5 / 0.75 is more than 1.8 / 1
    ([1, 2], [0.75, 0.667])
    >>> found.complexity.round(3).tolist(), found.fewest                # (0 + 3) / 2, then (0 + 3 + 3.6) / 3
    ([1.5, 2.2], 2)
    """
    notes = Notes() if notes is None else notes
    if not np.isfinite(target):
        raise RefusedInput(f"A target of {target:g}", remedy="Give a figure in the unit of complexity.")
    there, options, level = _read(present, complexity, notes)
    weights = read_relatedness(
        proximity, "Proximity", activities=level.size, symmetric=False, negative="unrelated", notes=notes
    )
    if counting == "without_itself":
        weights = weights - np.diag(weights.diagonal())
    one_of(counting, "counting", ("with_itself", "without_itself"))
    density = share_of_related(there[None].astype(np.float64), weights, notes)[0]
    options &= ~np.isnan(density)
    counted = there & ~np.isnan(level)
    if not counted.any():
        raise RefusedInput(
            "The region has no activity to start from", remedy="A path begins where something is."
        )
    world = _World(np.nan_to_num(level), weights, counted, there, options)
    steps = _walk(world, float(target), scheme)
    if scheme.taken_back:
        steps = _without_what_holds_down(world, steps, float(target))
        steps = _without_the_unnecessary(world, steps, float(target))
    return _told(world, steps, float(target), scheme, notes)


@dataclass(frozen=True, eq=False)
class _World:
    """One region and its options: the complexity of activities, and how related they are."""

    level: Floats
    weights: Floats
    counted: Flags
    there: Flags
    options: Flags

    def complexity_with(self, steps: list[int]) -> float:
        total = self.level[self.counted].sum() + self.level[steps].sum()
        return float(total / (self.counted.sum() + len(steps)))

    def distances_with(self, steps: list[int]) -> Floats:
        had = self.there.astype(np.float64)
        had[steps] = 1.0
        density = share_of_related(had[None], self.weights, Notes())[0]
        return np.asarray(1.0 - np.nan_to_num(density))


def _read(present: npt.ArrayLike, complexity: npt.ArrayLike, notes: Notes) -> tuple[Flags, Flags, Floats]:
    """What is there, what could come, and the complexity of each, NaN where unknown."""
    cells = read_presence(present, axes=("activity",))
    level = read_criterion(complexity, "complexity", cells.values.shape, ("activity",))
    if not level.values.size:
        raise WrongShape("There is no activity", remedy="Give at least one.")
    for why, unknown in (
        ("unknown whether it is there", cells.known),
        ("complexity is unknown", level.known),
    ):
        notes.add("left_out", why, axes=("activity",), positions=np.argwhere(~unknown))
    there: Flags = cells.values > 0
    return there, cells.known & ~there & level.known, np.where(level.known, level.values, np.nan)


def _walk(world: _World, target: float, scheme: PathScheme) -> list[int]:
    """Step by step, the best next one."""
    steps: list[int] = []
    while scheme.most_steps is None or len(steps) < scheme.most_steps:
        now = world.complexity_with(steps)
        can = world.options & (world.level > now)
        can[steps] = False
        if now >= target - NO_LESS or not can.any():
            break
        many = world.counted.sum() + len(steps)
        gain = (world.level - now) / (many + 1)
        distance = world.distances_with(steps)
        with np.errstate(divide="ignore", invalid="ignore"):
            first = {
                "gain_per_distance": gain / distance,
                "gain": gain,
                "nearest": -distance,
            }[scheme.next_step]
        first = np.where(can, np.round(first, 12), -np.inf)
        steps.append(int(np.lexsort((-gain, -first))[0]))
    return steps


def _without_what_holds_down(world: _World, steps: list[int], target: float) -> list[int]:
    """Where the target was not reached: leave out the least complex while the rest is more complex without it."""
    kept = list(steps)
    while kept and (now := world.complexity_with(kept)) < target - NO_LESS:
        least = min(kept, key=lambda one: float(world.level[one]))
        if world.level[least] >= now:
            break
        kept.remove(least)
    return kept


def _without_the_unnecessary(world: _World, steps: list[int], target: float) -> list[int]:
    """Leave out what the target is reached without, the farthest first, until nothing can be missed."""
    far = {step: float(world.distances_with(steps[:at])[step]) for at, step in enumerate(steps)}
    kept = sorted(steps, key=lambda one: (-far[one], one))
    found: int | None = -1
    while found is not None:
        enough = (
            one for one in kept if world.complexity_with([s for s in kept if s != one]) >= target - NO_LESS
        )
        found = next(enough, None)
        kept = [one for one in kept if one != found]
    return [step for step in steps if step in kept]


def _told(world: _World, steps: list[int], target: float, scheme: PathScheme, notes: Notes) -> Path:
    reached_by = [world.complexity_with(steps[:at]) for at in range(len(steps) + 1)]
    fewest = _fewest(world, target)
    notes.add(
        "target_beyond_reach", "no set of the options reaches the target", count=1 if fewest is None else 0
    )
    return Path(
        steps=np.array(steps, dtype=np.int64),
        distance=np.array([world.distances_with(steps[:at])[step] for at, step in enumerate(steps)]),
        complexity=np.array(reached_by[1:]),
        gain=np.diff(np.array(reached_by)),
        start=reached_by[0],
        target=target,
        reached=reached_by[-1] >= target - NO_LESS,
        fewest=fewest,
        scheme=scheme,
    )


def _fewest(world: _World, target: float) -> int | None:
    """The most complex options first reach the most with any number of steps."""
    best = np.append(0.0, -np.sort(-world.level[world.options]))
    own = world.level[world.counted]
    reach = (own.sum() + best.cumsum()) / (own.size + np.arange(best.size))
    enough = np.flatnonzero(reach >= target - NO_LESS)
    return int(enough[0]) if enough.size else None
