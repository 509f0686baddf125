"""Who has what a region lacks for its options: numbers, in no language yet.

ActivitySpace + options → complementary_partners → the best, each with what carries its score.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from clusterpolisee.evidence.engine.options import options_of
from clusterpolisee.evidence.engine.space import ActivitySpace
from clusterpolisee.evidence.partners.asked import Asked, Where
from clusterpolisee.regions.distances import centres, kilometres
from clusterpolisee.regions.queries import COUNTRIES
from regional_analytics import measures
from regional_analytics.measures.partners.complementarity import Partners

NAMED = 10
NAMED_ACTIVITIES = 4
NAMED_OPTIONS = 2
HALF_DISTANCE_KM = 300.0
LEVEL = 2


@dataclass(frozen=True)
class Part:
    """An activity and the part of a gain it carries; parts add up to the gain."""

    activity: str
    part: float


@dataclass(frozen=True)
class Reason:
    """For one option: what of that which is related to it the partner adds, by which activities, and whether it has it."""

    option: str
    adds: float
    activities: tuple[str, ...]
    partner_has: bool


@dataclass(frozen=True)
class Partner:
    """One region that could help. Shares run from 0 to 1.

    gain         what it adds of all that is related to the options
    given_back   what it would get for its own options; None where it has none
    score        what it is ranked by
    options_had  how many of the options it has itself
    known        of how many activities it is published whether it has them
    """

    code: str
    gain: float
    given_back: float | None
    score: float
    options_had: int
    known: int
    kilometres: float | None

    @property
    def country(self) -> str:
        return self.code[:2]

    @property
    def smaller_gain(self) -> float | None:
        """What both gain at least; the library's rule “minimum”."""
        return None if self.given_back is None else min(self.gain, self.given_back)


@dataclass(frozen=True)
class Why:
    """What a gain is made of: brings (largest first) and serves each add up to it.

    offer: the option of the partner that this region would help most; None where it helps none.
    """

    partner: Partner
    brings: tuple[Part, ...]
    serves: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    offer: Reason | None


@dataclass(frozen=True, eq=False)
class PartnersFacts:
    """The partners of one region of a space."""

    space: ActivitySpace
    row: int
    asked: Asked

    @property
    def code(self) -> str:
        return self.space.regions[self.row]

    # The options

    @cached_property
    def activity(self) -> str:
        """The one option that was asked for, where the region lacks it; else empty."""
        return self.asked.activity if self.asked.activity in self.absent else ""

    @cached_property
    def refused(self) -> str:
        """What was asked for and is no option: the region has it, or it is not published whether it does."""
        wanted = self.asked.activity
        return wanted if wanted in self.space.activities and not self.activity else ""

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """What the region lacks, in the order of the table."""
        lacks = self.space.known[self.row] & ~self.space.has[self.row]
        return tuple(np.array(self.space.activities)[lacks].tolist())

    @cached_property
    def weights(self) -> np.ndarray:
        """(regions, activities): the options of every region, which say what partners get back; of this one as asked."""
        found = options_of(self.space).astype(float)
        if self.activity:
            found[self.row] = 0.0
            found[self.row, self.space.activities.index(self.activity)] = 1.0
        return found

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The options of the region, those that open up most first."""
        gain = self.space.outlook.gain[self.row].filled(np.nan)
        columns = np.flatnonzero(self.weights[self.row])
        return tuple(self.space.activities[at] for at in columns[np.argsort(-gain[columns], kind="stable")])

    @cached_property
    def own(self) -> float:
        """What of all that is related to its options the region has itself, on average."""
        near = measures.relatedness_density(
            self.space.presence, self.space.proximity, counting="without_itself"
        )
        columns = np.flatnonzero(self.weights[self.row])
        return float(near[self.row, columns].mean())

    # The partners

    @cached_property
    def here(self) -> np.ndarray:
        """Which regions of the table lie in South East Europe."""
        return np.array([code[:2] in COUNTRIES for code in self.space.regions])

    @cached_property
    def _allowed(self) -> np.ndarray:
        places, where = self.space.regions, self.asked.where
        found = np.ones((len(places), len(places)), dtype=bool)
        if where is not Where.EVERYWHERE:
            found &= measures.candidates([code[:2] for code in places])
        if where is not Where.EUROPE:
            found &= self.here[None, :]
        return found

    @cached_property
    def far(self) -> np.ndarray:
        """(regions,), kilometres to this one; NaN where a boundary is not known here."""
        middles = centres(LEVEL, self.space.table.nuts_vintage)
        ours = middles.get(self.code)
        return np.array(
            [
                kilometres(ours, middles[code]) if ours is not None and code in middles else np.nan
                for code in self.space.regions
            ]
        )

    @property
    def _distances(self) -> np.ma.MaskedArray:
        """(regions, regions), known from this region only."""
        found = np.full((len(self.far), len(self.far)), np.nan)
        found[self.row] = self.far
        return np.ma.masked_invalid(found)

    @cached_property
    def scores(self) -> Partners:
        near = self.asked.where is Where.NEAR
        return measures.complementary_partners(
            self.space.presence,
            self.space.proximity,
            options=self.weights,
            reciprocity=self.asked.by.reciprocity,
            candidates=self._allowed,
            distances=self._distances if near else None,
            decay="exponential" if near else "none",
            half_distance=HALF_DISTANCE_KM if near else None,
        )

    @cached_property
    def ranked(self) -> tuple[Partner, ...]:
        """Everyone who may be named and adds something, the best first."""
        if not self.options:
            return ()
        best = measures.best_partners(self.scores, len(self.space.regions))
        return tuple(self._partner(int(at)) for at in best.positions[self.row].compressed())

    @property
    def named(self) -> tuple[Partner, ...]:
        return self.ranked[:NAMED]

    @cached_property
    def mutual(self) -> Partner | None:
        """Of those named, the one with whom the smaller of both gains is largest."""
        both = [one for one in self.named if one.smaller_gain]
        return max(both, key=lambda one: one.smaller_gain or 0.0, default=None)

    def _partner(self, column: int) -> Partner:
        back = self.scores.given_back[self.row, column]
        far = self.far[column]
        has = self.space.has[column] & (self.weights[self.row] > 0)
        return Partner(
            code=self.space.regions[column],
            gain=float(self.scores.gain[self.row, column]),
            given_back=None if back is np.ma.masked or np.isnan(back) else float(back),
            score=float(self.scores.score[self.row, column]),
            options_had=int(has.sum()),
            known=self.space.coverage(column)[0],
            kilometres=None if np.isnan(far) else float(far),
        )

    # Why

    @cached_property
    def reasons(self) -> tuple[Why, ...]:
        """Of each partner that is named: what carries its gain."""
        return tuple(self.why(one) for one in self.named)

    def why(self, partner: Partner) -> Why:
        column = self.space.regions.index(partner.code)
        explained = measures.explain_partner(
            self.space.presence, self.space.proximity, self.row, column, options=self.weights
        )
        serves = self._parts(explained.by_option.filled(0.0))
        adds = explained.complementarity.filled(0.0)
        best = sorted(serves, key=lambda one: -adds[self.space.activities.index(one.activity)])
        return Why(
            partner=partner,
            brings=self._parts(explained.by_activity),
            serves=serves,
            reasons=tuple(self._reason(self.row, column, one.activity) for one in best[:NAMED_OPTIONS]),
            offer=self._offer(column),
        )

    def _offer(self, column: int) -> Reason | None:
        """The same the other way round."""
        explained = measures.explain_partner(
            self.space.presence, self.space.proximity, column, self.row, options=self.weights
        )
        adds = explained.complementarity.filled(0.0)
        if not adds.any():
            return None
        return self._reason(column, self.row, self.space.activities[int(adds.argmax())])

    def _parts(self, values: np.ndarray) -> tuple[Part, ...]:
        order = np.argsort(-values, kind="stable")
        return tuple(Part(self.space.activities[at], float(values[at])) for at in order if values[at] > 0)

    def _reason(self, row: int, column: int, option: str) -> Reason:
        """The same for one option alone, so that what is named is related to this very option."""
        at = self.space.activities.index(option)
        only = np.zeros(self.weights.shape)
        only[row, at] = 1.0
        explained = measures.explain_partner(
            self.space.presence, self.space.proximity, row, column, options=only
        )
        carriers = self._parts(np.where(np.arange(len(only[0])) == at, 0.0, explained.by_activity))
        return Reason(
            option=option,
            adds=explained.gain,
            activities=tuple(one.activity for one in carriers[:NAMED_ACTIVITIES]),
            partner_has=bool(self.space.has[column, at]),
        )


@lru_cache(maxsize=256)
def partners_of(space: ActivitySpace, row: int, asked: Asked) -> PartnersFacts:
    """The facts, kept with all that was computed of them: a new version of a table is a new space."""
    return PartnersFacts(space, row, asked)
