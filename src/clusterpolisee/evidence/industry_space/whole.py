"""The whole industry space: how many regions have each activity, in South East Europe or one country, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from clusterpolisee.evidence.engine.network import Network, network_of
from clusterpolisee.evidence.engine.space import ActivitySpace
from clusterpolisee.evidence.industry_space.corners import Corner, corner_of
from clusterpolisee.evidence.industry_space.facts import Neighbour, coherences, neighbours_of
from clusterpolisee.regions.queries import COUNTRIES


@dataclass(frozen=True)
class Count:
    """Of how many regions it is known whether they have an activity, and how many do."""

    has: int
    known: int

    @property
    def share(self) -> float | None:
        return self.has / self.known if self.known else None


@dataclass(frozen=True)
class WholeNode:
    """One activity: where it lies, who has it here and elsewhere, what it is related to."""

    activity: str
    corner: Corner
    x: float
    y: float
    here: Count
    elsewhere: Count
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class CornerShare:
    """What part of the activities of a corner a region has on average, here and elsewhere."""

    corner: Corner
    activities: int
    here: float | None
    elsewhere: float | None

    @property
    def difference(self) -> float:
        return (self.here or 0.0) - (self.elsewhere or 0.0)


@dataclass(frozen=True)
class Standing:
    """One region: how many activities it has, of how many that is known, and how related they are."""

    code: str
    has: int
    known: int
    coherence: float | None


@dataclass(frozen=True, eq=False)
class WholeSpace:
    """A space seen from South East Europe, or from one of its countries."""

    space: ActivitySpace
    country: str = ""

    @cached_property
    def network(self) -> Network:
        return network_of(self.space)

    @cached_property
    def here(self) -> np.ndarray:
        """Which regions of the table are looked at."""
        wanted = (self.country,) if self.country else COUNTRIES
        return np.array([code[:2] in wanted for code in self.space.regions])

    @cached_property
    def nodes(self) -> tuple[WholeNode, ...]:
        neighbours = neighbours_of(self.space)
        return tuple(
            WholeNode(
                activity=code,
                corner=corner_of(code),
                x=float(self.network.places[at, 0]),
                y=float(self.network.places[at, 1]),
                here=self._count(at, self.here),
                elsewhere=self._count(at, ~self.here),
                neighbours=neighbours[code],
            )
            for at, code in enumerate(self.space.activities)
        )

    def _count(self, at: int, rows: np.ndarray) -> Count:
        return Count(int(self.space.has[rows, at].sum()), int(self.space.known[rows, at].sum()))

    @property
    def widest(self) -> list[WholeNode]:
        """The activity that the largest part of the regions here has first."""
        return sorted(self.nodes, key=lambda one: (-(one.here.share or 0.0), one.activity))

    @cached_property
    def corners(self) -> list[CornerShare]:
        """The corner in which the regions here are most ahead of the others first."""
        found = []
        for corner in Corner:
            columns = np.array([corner_of(code) is corner for code in self.space.activities])
            if columns.any():
                found.append(
                    CornerShare(
                        corner,
                        int(columns.sum()),
                        self._share(columns, self.here),
                        self._share(columns, ~self.here),
                    )
                )
        return sorted(found, key=lambda one: -one.difference)

    def _share(self, columns: np.ndarray, rows: np.ndarray) -> float | None:
        """Of the cells that are known, those that are had."""
        cells = np.ix_(rows, columns)
        known = int(self.space.known[cells].sum())
        return int(self.space.has[cells].sum()) / known if known else None

    @cached_property
    def standings(self) -> list[Standing]:
        """Every region here of which something is known, the most coherent first."""
        every = coherences(self.space)
        found = [
            Standing(
                self.space.regions[row],
                int(self.space.has[row].sum()),
                self.space.coverage(row)[0],
                None if np.isnan(every[row]) else float(every[row]),
            )
            for row in np.flatnonzero(self.here & self.space.known.any(axis=1))
        ]
        return sorted(found, key=lambda one: (one.coherence is None, -(one.coherence or 0.0), one.code))


@lru_cache(maxsize=32)
def whole_of(space: ActivitySpace, country: str) -> WholeSpace:
    """The facts, kept with all that was computed of them."""
    return WholeSpace(space, country)
