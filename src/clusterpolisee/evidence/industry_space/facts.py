"""What a region has in the industry space, how it hangs together, and what lies between: numbers, in no language yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np

from clusterpolisee.evidence.engine.network import Network, network_of
from clusterpolisee.evidence.engine.options import options_of
from clusterpolisee.evidence.engine.space import ActivitySpace
from clusterpolisee.evidence.industry_space.corners import Corner, corner_of
from regional_analytics import measures

NEIGHBOURS = 3


class State(StrEnum):
    """What is known of an activity in a region. NEAR: it lacks it, and it is one of its options."""

    HAS = "has"
    NEAR = "near"
    LACKS = "lacks"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Neighbour:
    """An activity related to another, and how much: 0 to 1."""

    activity: str
    proximity: float


@dataclass(frozen=True)
class Node:
    """One activity of the space as a region has it. x and y from 0 to 1, y upwards; jobs None where not published."""

    activity: str
    corner: Corner
    x: float
    y: float
    state: State
    jobs: float | None
    quotient: float | None
    density: float | None
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Bridge:
    """An activity the region lacks, the sizes of the islands it would join, and one activity of each it is linked to."""

    activity: str
    joins: tuple[int, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class CornerCount:
    """How many of the activities of a corner a region has, and of how many it is known."""

    corner: Corner
    has: int
    known: int

    @property
    def share(self) -> float:
        return self.has / self.known if self.known else 0.0


@dataclass(frozen=True)
class Coherence:
    """How related the activities of a region are on average, its place among the regions, and their middle."""

    value: float
    place: int
    out_of: int
    middle: float


@lru_cache(maxsize=4)
def neighbours_of(space: ActivitySpace) -> dict[str, tuple[Neighbour, ...]]:
    """Activity → those most related to it."""
    near = np.array(space.proximity, dtype=float)
    np.fill_diagonal(near, -1.0)
    order = np.argsort(-near, axis=1, kind="stable")[:, :NEIGHBOURS]
    return {
        code: tuple(
            Neighbour(space.activities[at], float(near[row, at])) for at in order[row] if near[row, at] > 0
        )
        for row, code in enumerate(space.activities)
    }


@lru_cache(maxsize=4)
def coherences(space: ActivitySpace) -> np.ndarray:
    """(regions,): the average relatedness among what each region has; NaN where it has fewer than two activities."""
    return np.ma.filled(measures.coherence(space.presence.astype(float), space.proximity), np.nan)


@dataclass(frozen=True, eq=False)
class RegionInSpace:
    """One region of a space."""

    space: ActivitySpace
    row: int

    @property
    def code(self) -> str:
        return self.space.regions[self.row]

    @cached_property
    def network(self) -> Network:
        return network_of(self.space)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every activity of the space, in the order of the table."""
        neighbours, table = neighbours_of(self.space), self.space.table
        found = []
        for at, code in enumerate(self.space.activities):
            density = float(self.space.outlook.density[self.row, at])
            jobs, _flag = table.cell(self.row, at)
            found.append(
                Node(
                    activity=code,
                    corner=corner_of(code),
                    x=float(self.network.places[at, 0]),
                    y=float(self.network.places[at, 1]),
                    state=self.states[at],
                    jobs=jobs,
                    quotient=table.quotient(self.row, at),
                    density=None if np.isnan(density) else density,
                    neighbours=neighbours[code],
                )
            )
        return tuple(found)

    @cached_property
    def states(self) -> list[State]:
        has, known = self.space.has[self.row], self.space.known[self.row]
        near = options_of(self.space)[self.row]
        return [
            State.UNKNOWN
            if not known[at]
            else State.HAS
            if has[at]
            else State.NEAR
            if near[at]
            else State.LACKS
            for at in range(len(self.space.activities))
        ]

    def in_state(self, *states: State) -> list[Node]:
        return [one for one in self.nodes if one.state in states]

    @property
    def had(self) -> list[Node]:
        """What the region has, the highest quotient first."""
        return sorted(self.in_state(State.HAS), key=lambda one: -(one.quotient or 0.0))

    @property
    def near(self) -> list[Node]:
        """Its options, the nearest first."""
        return sorted(self.in_state(State.NEAR), key=lambda one: -(one.density or 0.0))

    # Where they lie

    @cached_property
    def corners(self) -> list[CornerCount]:
        """The corner of which the region has the largest part first; corners of which nothing is known left out."""
        counts = [
            CornerCount(
                corner,
                sum(one.state is State.HAS for one in self.nodes if one.corner is corner),
                sum(one.state is not State.UNKNOWN for one in self.nodes if one.corner is corner),
            )
            for corner in Corner
        ]
        return sorted((one for one in counts if one.known), key=lambda one: -one.share)

    @cached_property
    def middle(self) -> tuple[float, float] | None:
        """The middle of what the region has against the middle of all activities; None where it has nothing."""
        had = self.in_state(State.HAS)
        if not had:
            return None
        return (
            float(np.mean([one.x for one in had]) - np.mean([one.x for one in self.nodes])),
            float(np.mean([one.y for one in had]) - np.mean([one.y for one in self.nodes])),
        )

    @cached_property
    def islands(self) -> list[list[str]]:
        """What the region has, in parts that hang together; the largest first."""
        chosen = np.array([state is State.HAS for state in self.states])
        return [[self.space.activities[at] for at in part] for part in self.network.islands(chosen)]

    @cached_property
    def bridges(self) -> list[Bridge]:
        """What it is known to lack and what would join islands: those that join most first, of equals the nearest."""
        island_of = {code: number for number, part in enumerate(self.islands) for code in part}
        found = []
        for at, state in enumerate(self.states):
            if state not in (State.NEAR, State.LACKS):
                continue
            linked = [self.space.activities[other] for other in np.flatnonzero(self.network.linked[at])]
            ends = {island_of[code]: code for code in linked if code in island_of}
            if len(ends) > 1:
                joins = tuple(len(self.islands[number]) for number in sorted(ends))
                found.append(
                    Bridge(self.space.activities[at], joins, tuple(ends[number] for number in sorted(ends)))
                )
        density = dict(zip(self.space.activities, self.space.outlook.density[self.row], strict=True))
        return sorted(found, key=lambda one: (-len(one.joins), -sum(one.joins), -density[one.activity]))

    @cached_property
    def coherence(self) -> Coherence | None:
        """None where the region has fewer than two activities."""
        every = coherences(self.space)
        value = float(every[self.row])
        if np.isnan(value):
            return None
        known = every[~np.isnan(every)]
        return Coherence(value, int((known > value).sum()) + 1, len(known), float(np.median(known)))


@lru_cache(maxsize=256)
def region_in(space: ActivitySpace, row: int) -> RegionInSpace:
    """The facts, kept with all that was computed of them."""
    return RegionInSpace(space, row)
