"""What is known of the regions that are like one region. In no language yet.

region + asked ─▶ LikenessTable ─▶ Ranking ─▶ neighbours with reasons, what the group shares, performance inside it
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.similar.asked import Asked
from clusterpolisee.evidence.similar.columns import Column
from clusterpolisee.evidence.similar.mixes import MixTable
from clusterpolisee.evidence.similar.performance import Performance, performance
from clusterpolisee.evidence.similar.ranking import Neighbour, Ranking, ranking
from clusterpolisee.evidence.similar.table import LikenessTable, Sources, likeness_table
from clusterpolisee.evidence.similar.weightings import rules
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region

LEVEL = 2
LISTED = 10
NEARER = 0.6  # the group is alike in something when it is this much nearer than all candidates are
NO_NEARER = 0.9
STEADY = 0.95  # of the draws


class State(StrEnum):
    """Whether the question can be answered, and if not, why."""

    FOUND = "found"
    OTHER_LEVEL = "other-level"  # countries, and regions above or below level 2
    NOTHING_LOADED = "nothing-loaded"  # nothing that counts has figures on this instance
    TOO_LITTLE = "too-little"  # of the region
    NOBODY = "nobody"  # no other region has enough in common, or there is none among those asked for


@dataclass(frozen=True)
class Reason:
    """One thing two regions are compared in. apart: 1 is as unlike as two regions usually are; None where one is unknown.

    counts: what it adds to their distance; it counts as usual where it is unknown.
    """

    part: Column | MixTable
    weight: float
    apart: float | None
    counts: float
    own: float | None
    other: float | None

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def is_mix(self) -> bool:
        return isinstance(self.part, MixTable)


@dataclass(frozen=True)
class Alike:
    """A neighbour with its region, and why it is near."""

    region: Region
    found: Neighbour
    reasons: tuple[Reason, ...]

    @property
    def code(self) -> str:
        return self.region.code

    @property
    def is_steady(self) -> bool:
        """Among the first few whatever the weights: in at least 19 of 20 draws."""
        return (self.found.share_first or 0.0) >= STEADY

    @property
    def unknown(self) -> list[Reason]:
        return [one for one in self.reasons if one.apart is None]


@dataclass(frozen=True)
class Shared:
    """One thing over the group: how unlike the region it is on average, and how unlike all candidates are."""

    part: Column | MixTable
    group: float
    everybody: float

    @property
    def ratio(self) -> float:
        return self.group / self.everybody if self.everybody else 1.0


class SimilarFacts:
    """Everything is computed when it is asked for, once."""

    def __init__(self, region: Region, asked: Asked) -> None:
        self.region = region
        self.asked = asked
        self.rules = rules()

    @cached_property
    def sources(self) -> Sources:
        return Sources.now()

    @cached_property
    def places(self) -> list[Region]:
        return regions.map_regions(regions.current_vintage())

    @cached_property
    def table(self) -> LikenessTable:
        return likeness_table(self.sources, self.places)

    @cached_property
    def row(self) -> int | None:
        return self.table.row(self.region.code) if self.region.vintage == self.table.vintage else None

    @cached_property
    def ranking(self) -> Ranking | None:
        return ranking(self.table, self.region.code, self.asked) if self.row is not None else None

    @cached_property
    def state(self) -> State:
        if not any(place.code == self.region.code for place in self.places):
            return State.OTHER_LEVEL
        if self.ranking is None:
            return State.NOTHING_LOADED
        if self.ranking.own_coverage < self.rules.least_coverage:
            return State.TOO_LITTLE
        return State.FOUND if self.ranking.neighbours else State.NOBODY

    @property
    def is_answered(self) -> bool:
        return self.state is State.FOUND

    @cached_property
    def instead(self) -> list[Region]:
        """For a region of another level: those of level 2 that have its land, or that it is a part of."""
        if self.region.level < LEVEL:
            found = regions.regions_of(self.region.country, LEVEL, regions.current_vintage())
            return [place for place in found if place.code.startswith(self.region.code)]
        return [place for place in regions.ancestors_of(self.region) if place.level == LEVEL]

    # What is known of the region

    @property
    def counted(self) -> list[tuple[Column | MixTable, float]]:
        """What counts, with its weight."""
        if self.ranking is None:
            return []
        return [
            (part, float(weight))
            for part, weight in zip(self.table.parts, self.ranking.weights, strict=True)
            if weight
        ]

    @cached_property
    def unknown_parts(self) -> list[Column | MixTable]:
        """What counts and is not known of the region."""
        if self.row is None:
            return []
        known = self.table.known(self.row)
        counted = {part.key for part, _weight in self.counted}
        return [
            part
            for part, there in zip(self.table.parts, known, strict=True)
            if part.key in counted and not there
        ]

    @cached_property
    def known_dimensions(self) -> list[str]:
        """Dimensions of which the region has everything: it can be compared by these."""
        if self.row is None:
            return []
        missing = {
            part.dimension
            for part, there in zip(self.table.parts, self.table.known(self.row), strict=True)
            if not there
        }
        return [key for key in self.table.dimensions if key not in missing]

    @property
    def not_loaded(self) -> list[str]:
        """Dimensions that count and that this instance has no figures for."""
        return [key for key in self.asked.weighed if key not in self.table.dimensions]

    # Neighbours

    @cached_property
    def neighbours(self) -> list[Alike]:
        """Nearest first."""
        if self.ranking is None:
            return []
        return [Alike(self.places[one.row], one, self._reasons(one)) for one in self.ranking.neighbours]

    @property
    def listed(self) -> list[Alike]:
        return self.neighbours[:LISTED]

    @property
    def others(self) -> list[Alike]:
        return self.neighbours[LISTED:]

    @property
    def group(self) -> list[Alike]:
        """Among whom the region's performance is judged."""
        return self.neighbours[: self.rules.group]

    @property
    def steady(self) -> list[Alike]:
        return [one for one in self.listed if one.is_steady]

    def _reasons(self, found: Neighbour) -> tuple[Reason, ...]:
        assert self.ranking is not None and self.row is not None
        reasons = []
        for at, (part, weight) in enumerate(zip(self.table.parts, self.ranking.weights, strict=True)):
            if not weight:
                continue
            cell = self.table.apart[at, self.row, found.row]
            apart = None if cell is np.ma.masked else float(cell)
            of = part.value if isinstance(part, Column) else (lambda _row: None)
            counts = float(weight) * (1.0 if apart is None else apart)
            reasons.append(Reason(part, float(weight), apart, counts, of(self.row), of(found.row)))
        return tuple(reasons)

    # What the group shares

    @cached_property
    def shared(self) -> list[Shared]:
        """What counts and is known of most of the group, the most alike first."""
        if not self.is_answered or self.row is None:
            return []
        group = [one.found.row for one in self.group]
        everybody = [one.found.row for one in self.neighbours]
        found = []
        for at, part in enumerate(self.table.parts):
            apart = self.table.apart[at, self.row]
            if part.key in {one.key for one, _weight in self.counted} and 2 * apart[group].count() > len(
                group
            ):
                found.append(Shared(part, float(apart[group].mean()), float(apart[everybody].mean())))
        return sorted(found, key=lambda one: one.ratio)

    @property
    def alike_in(self) -> list[Column | MixTable]:
        return [one.part for one in self.shared if one.ratio <= NEARER]

    @property
    def different_in(self) -> list[Column | MixTable]:
        """In these the group is no nearer than any other region."""
        return [one.part for one in self.shared if one.ratio >= NO_NEARER]

    @property
    def is_unusual(self) -> bool:
        """Whether even the nearest is far, next to how near the nearest of a region usually is."""
        if not self.is_answered or self.ranking is None or self.ranking.usual is None:
            return False
        nearest = self.neighbours[0].found
        return nearest.coverage > 0.9 and nearest.distance > 1.5 * self.ranking.usual

    # Performance

    @cached_property
    def performance(self) -> list[Performance]:
        """Each indicator that at least two of the group have, in the order of the rules."""
        if not self.is_answered:
            return []
        group = [self.region, *(one.region for one in self.group)]
        figures = [
            self.sources.figures[code] for code in self.rules.performance if code in self.sources.figures
        ]
        found = [performance(one, group, self.table.vintage) for one in figures]
        return [one for one in found if one is not None]

    @property
    def placed(self) -> list[Performance]:
        """Where the region has a place among at least half of the group, best place first."""
        ranked = [
            one for one in self.performance if one.rank is not None and 2 * one.known > len(one.members)
        ]
        return sorted(ranked, key=lambda one: ((one.rank or 0) - 1) / (one.known - 1))

    @property
    def versions(self) -> list[DatasetVersion]:
        """The tables likeness is made from."""
        used = [version for part, _weight in self.counted for version in part.versions]
        return list({version.pk: version for version in used}.values())

    @property
    def versions_of_performance(self) -> list[DatasetVersion]:
        used = [version for one in self.performance for version in one.versions]
        return list({version.pk: version for version in used}.values())
