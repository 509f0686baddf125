"""What is said of neighbours: why each is near, what the group shares, what is not known of the region."""

from __future__ import annotations

from dataclasses import dataclass

from clusterpolisee.evidence.similar.columns import Column
from clusterpolisee.evidence.similar.mixes import MixTable
from clusterpolisee.evidence.similar.ranking import Neighbour
from clusterpolisee.evidence.similar.weightings import Dimension
from clusterpolisee.regions.models import Region

STEADY = 0.95  # of the draws


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


@dataclass(frozen=True)
class Lack:
    """Something that counts and is not known of the region: a part, or a whole dimension that has no figures here.

    tables: whose figures would fill it; none for what no table has.
    """

    thing: Column | MixTable | Dimension
    tables: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.thing.key
