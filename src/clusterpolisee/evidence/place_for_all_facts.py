"""Whether there is a place for all regions: who catches up, where knowledge is at work, how the weakest stand.

selection + yardsticks → IndicatorFacts (change) and CategoryFacts (share of jobs) → a Standing for every region.
In no language yet. Where the lines lie is decided by all regions, so a filter moves no region to another corner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlencode

import numpy as np

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.catching_up import CatchingUp, Mover
from clusterpolisee.evidence.category_facts import CategoryFacts, Sources
from clusterpolisee.evidence.derived_plans import NotComputable
from clusterpolisee.evidence.indicator_facts import IndicatorFacts
from clusterpolisee.evidence.indicator_figures import figures_of
from clusterpolisee.evidence.models import Indicator
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.evidence.yardsticks import Rule, yardsticks
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from regional_analytics.codes import nuts


class Corner(StrEnum):
    """Catching up or falling behind × more or less knowledge-intensive."""

    UP_MORE = "up-more"
    UP_LESS = "up-less"
    DOWN_MORE = "down-more"
    DOWN_LESS = "down-less"


class Unknown(StrEnum):
    """Why the knowledge-intensity of a region is not known."""

    NO_TABLE = "no-table"  # the table of activities does not have the region
    OTHER_BORDERS = "other-borders"  # it has the land, under older borders
    IN_PART = "in-part"  # some activities are not published, and what is published stays under the line


@dataclass(frozen=True)
class Knowledge:
    """A category in one region of today: the share of jobs, or the part of it that is known."""

    share: float | None
    at_least: float | None
    is_more: bool | None
    parts_known: int
    state: str
    why_unknown: Unknown | None


NOTHING = Knowledge(None, None, None, 0, "not_published", Unknown.NO_TABLE)


@dataclass(frozen=True)
class Standing:
    """One region on both scales. None is unknown on each."""

    region: Region
    now: structure.Cell
    mover: Mover | None
    catches_up: bool | None
    knowledge: Mapping[str, Knowledge]
    chosen: str
    is_weak: bool

    @property
    def code(self) -> str:
        return self.region.code

    @property
    def of_chosen(self) -> Knowledge:
        return self.knowledge.get(self.chosen, NOTHING)

    @property
    def corner(self) -> Corner | None:
        known = (self.catches_up, self.of_chosen.is_more)
        return {
            (True, True): Corner.UP_MORE,
            (True, False): Corner.UP_LESS,
            (False, True): Corner.DOWN_MORE,
            (False, False): Corner.DOWN_LESS,
        }.get(known)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True)
class Asked:
    """What a reader asked for; what is no answer to the question is taken for the first one."""

    selection: Selection
    indicator: str
    category: str
    weakest: Rule

    @classmethod
    def of(cls, given: dict[str, str]) -> Asked:
        by = yardsticks()
        selection = Selection.asked({key: given.get(key, "") for key in ("country", "type")})
        return cls(
            selection=selection,
            indicator=_one_of(given.get("by", ""), by.indicators),
            category=_one_of(given.get("category", ""), by.categories),
            weakest=next((rule for rule in by.weakest if rule.key == given.get("weakest")), by.weakest[0]),
        )

    def query(self) -> str:
        by = yardsticks()
        said = {
            "country": self.selection.country,
            "type": self.selection.kind,
            "by": self.indicator if self.indicator != by.indicators[0] else "",
            "category": self.category if self.category != by.categories[0] else "",
            "weakest": self.weakest.key if self.weakest != by.weakest[0] else "",
        }
        kept = {key: value for key, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def _one_of(wanted: str, known: tuple[str, ...]) -> str:
    return wanted if wanted in known else known[0]


def _has_its_land(codes: tuple[str, ...], place: Region, vintage: int) -> bool:
    """Whether the table knows the land of a region, under the borders of its own vintage."""
    if not nuts.exists(place.code, place.vintage):
        return False
    return any(flow.code in codes for flow in nuts.predecessors(place.code, of=place.vintage, in_=vintage))


class PlaceForAllFacts:
    """Everything is computed when it is asked for, once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.selection = asked.selection
        self.change_line = yardsticks().lines[asked.indicator]
        self.share_line = yardsticks().share_line

    # What it is made from

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return queries.indicators_by_code()

    def _over(self, code: str, selection: Selection) -> IndicatorFacts | None:
        indicator = self._indicators.get(code)
        try:
            return IndicatorFacts(figures_of(indicator), selection) if indicator else None
        except NotComputable:
            return None

    @cached_property
    def everywhere(self) -> Selection:
        return Selection()

    @cached_property
    def chosen(self) -> IndicatorFacts | None:
        """The indicator chosen, over all regions."""
        return self._over(self.asked.indicator, self.everywhere)

    @cached_property
    def shown(self) -> IndicatorFacts | None:
        """The same over the regions shown."""
        return (
            self.chosen if self.selection.is_everything else self._over(self.asked.indicator, self.selection)
        )

    @cached_property
    def together(self) -> list[tuple[IndicatorFacts, CatchingUp]]:
        """Each indicator in which the regions shown can be compared over the years."""
        found = [self._over(code, self.selection) for code in yardsticks().indicators]
        return [(one, one.catching_up) for one in found if one is not None and one.catching_up is not None]

    @cached_property
    def categories(self) -> dict[str, CategoryFacts]:
        """The knowledge-intensive categories that this instance has, by code; the one chosen among them."""
        sources = Sources()
        known = {one.code: one for one in classifications.categories()}
        return {
            code: CategoryFacts(known[code], sources=sources)
            for code in yardsticks().categories
            if code in known
        }

    @cached_property
    def category(self) -> CategoryFacts | None:
        found = self.categories.get(self.asked.category) or next(iter(self.categories.values()), None)
        return found if found is not None and found.table is not None else None

    # Where the lines lie

    @cached_property
    def catching_up(self) -> CatchingUp | None:
        return self.chosen.catching_up if self.chosen else None

    @cached_property
    def middle_change(self) -> float | None:
        """The change above which a region catches up."""
        found = self.catching_up
        line = self.change_line.bound([self._better * one.change for one in found.movers]) if found else None
        return None if line is None else self._better * line

    @cached_property
    def middle_shares(self) -> dict[str, float | None]:
        """The share of jobs from which on a region is more knowledge-intensive, by category."""
        return {
            code: self.share_line.bound(
                [row.cell.share for row in facts.ranked if row.cell.share is not None]
            )
            for code, facts in self.categories.items()
        }

    @property
    def middle_share(self) -> float | None:
        return self.middle_shares.get(self.category.category.code) if self.category else None

    @property
    def _better(self) -> int:
        """−1 where little is good."""
        return -1 if self.chosen is not None and self.chosen.indicator.direction < 0 else 1

    # The weakest

    @cached_property
    def weak_codes(self) -> frozenset[str]:
        rule = self.asked.weakest
        if rule.type:
            types = regions.types()
            return frozenset(
                place.code for place in self.everywhere.everywhere if rule.type in types.get(place.code, ())
            )
        facts = self._over(rule.indicator, self.everywhere)
        cells = facts.everywhere.at(facts.year or 0) if facts else {}
        values = {code: cell.value for code, cell in cells.items() if cell.value is not None}
        if not values:
            return frozenset()
        bound = float(np.percentile(list(values.values()), rule.lowest_percent))
        return frozenset(code for code, value in values.items() if value <= bound)

    # Every region

    @cached_property
    def standings(self) -> list[Standing]:
        """Every region shown, the greatest gain first; those whose change is not known last, by country."""
        found, chosen = self.catching_up, self.chosen
        movers = {one.code: one for one in found.movers} if found else {}
        cells = chosen.everywhere.at(chosen.year or 0) if chosen else {}
        nothing = structure.Cell(None, "not_published", "")
        standings = [
            Standing(
                region=place,
                now=cells.get(place.code, nothing),
                mover=movers.get(place.code),
                catches_up=self._catches_up(movers.get(place.code)),
                knowledge={code: self._knowledge(place, facts) for code, facts in self.categories.items()},
                chosen=self.category.category.code if self.category else "",
                is_weak=place.code in self.weak_codes,
            )
            for place in self.selection.shown
        ]
        order = {code: number for number, code in enumerate(movers)}
        return sorted(standings, key=lambda one: order.get(one.code, len(order)))

    def _catches_up(self, mover: Mover | None) -> bool | None:
        if mover is None or self.middle_change is None:
            return None
        return self._better * mover.change > self._better * self.middle_change

    def _knowledge(self, place: Region, facts: CategoryFacts) -> Knowledge:
        table = facts.table
        cell = table.of(place.code) if table else None
        if (
            table is None
            or cell is None
            or not structure.same_territory(place.code, facts.vintage, place.vintage)
        ):
            known = table is not None and _has_its_land(table.table.regions, place, facts.vintage)
            why = Unknown.OTHER_BORDERS if known else Unknown.NO_TABLE
            return Knowledge(None, None, None, 0, "not_published", why)
        line = self.middle_shares[facts.category.code]
        whole = table.table.region_total(table.table.regions.index(place.code))
        at_least = 100 * cell.at_least / whole if cell.at_least is not None and whole else None
        known = cell.share if cell.is_complete else at_least
        is_more = None if line is None or known is None else known >= line
        if not cell.is_complete and not is_more:
            return Knowledge(None, at_least, None, cell.parts_known, cell.state, Unknown.IN_PART)
        return Knowledge(cell.share, at_least, is_more, cell.parts_known, cell.state, None)

    # Groups of them

    @cached_property
    def corners(self) -> dict[Corner, list[Standing]]:
        return {corner: [one for one in self.standings if one.corner is corner] for corner in Corner}

    @property
    def placed(self) -> list[Standing]:
        return [one for one in self.standings if one.corner is not None]

    @property
    def weakest(self) -> list[Standing]:
        return [one for one in self.standings if one.is_weak]

    @property
    def unmoved(self) -> list[Standing]:
        """Regions of which no change can be told."""
        return [one for one in self.standings if one.mover is None]

    def not_known(self, why: Unknown) -> list[Standing]:
        """Regions whose knowledge-intensity is not known for this reason."""
        return [one for one in self.standings if one.chosen and one.of_chosen.why_unknown is why]
