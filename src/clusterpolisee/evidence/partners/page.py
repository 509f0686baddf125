"""The partners tab of a region: facts, words, picture and tables under one address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.community import queries as community
from clusterpolisee.community.models import Cluster
from clusterpolisee.evidence.engine.options import RULE
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.partners import sentences as words
from clusterpolisee.evidence.partners.asked import By, Where
from clusterpolisee.evidence.partners.exports import contributions_table, partners_table
from clusterpolisee.evidence.partners.facts import Part, Partner, Why
from clusterpolisee.evidence.partners.region import PartnersOfRegion
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import NOT_ASKED, Place
from clusterpolisee.evidence.pictures.partners import map_of_partners
from clusterpolisee.evidence.selection import Choice
from clusterpolisee.evidence.sentences import link
from clusterpolisee.evidence.without_activities import why_without
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.exports.tables import ExportTable
from clusterpolisee.shell.languages import format_number
from regional_analytics.codes import nuts

CARRIERS = 8


@dataclass(frozen=True)
class Carrier:
    """One activity a partner brings: both quotients and the part of the gain it carries."""

    activity: str
    theirs: SafeString
    ours: SafeString
    part: float


@dataclass(frozen=True)
class Organisations:
    """The cluster organisations of a partner: those whose activities fit, and how many there are."""

    fitting: tuple[Cluster, ...]
    total: int


class RegionPartnersPage(PartnersOfRegion):
    """With whom to team up, in the active language."""

    @cached_property
    def answer(self) -> list[SafeString]:
        return words.answer(self) if self.facts else why_without(self.region, self.space, self.tab)

    @cached_property
    def limits(self) -> list[SafeString]:
        return words.limits(self) if self.facts else []

    @property
    def refused(self) -> SafeString | None:
        return words.refused(self)

    @property
    def rule(self) -> str:
        return str(RULE)

    @property
    def rules(self) -> str:
        return words.rules(self)

    # Choices

    @cached_property
    def choices(self) -> list[tuple[str, str, list[Choice]]]:
        """Each choice: its name in the address, its label, its entries."""
        if self.facts is None:
            return []
        asked, chosen = self.asked_for, self.facts.activity
        absent = sorted((self.activity_name(code), code) for code in self.facts.absent)
        return [
            (
                "for",
                _("To start what"),
                [
                    Choice("", _("the best options"), not chosen),
                    *(Choice(code, f"{name} ({code})", code == chosen) for name, code in absent),
                ],
            ),
            (
                "where",
                _("Where to look"),
                [Choice(one.value, words.where_name(one), one is asked.where) for one in Where],
            ),
            (
                "by",
                _("Ranked by"),
                [Choice(one.value, words.by_name(one), one is asked.by) for one in By],
            ),
        ]

    # What the template shows

    @property
    def others_ranked(self) -> Sequence[Partner]:
        """Those behind the ones that are named."""
        return self.facts.ranked[len(self.facts.named) :] if self.facts else ()

    def reasons_of(self, why: Why) -> list[SafeString]:
        return words.reasons(self, why)

    def offer_of(self, why: Why) -> SafeString:
        return words.offer(self, why)

    def numbers_of(self, partner: Partner) -> SafeString:
        return words.in_numbers(self, partner)

    def carriers(self, why: Why) -> list[Carrier]:
        """The activities that carry most of a gain."""
        return [self._carrier(why.partner, part) for part in why.brings[:CARRIERS]]

    def others(self, why: Why) -> tuple[int, float]:
        """How many activities carry the rest, and how much it is."""
        rest = why.brings[CARRIERS:]
        return len(rest), sum(part.part for part in rest)

    def _carrier(self, partner: Partner, part: Part) -> Carrier:
        return Carrier(
            part.activity,
            self._quotient(partner.code, part.activity),
            self._quotient(self.region.code, part.activity),
            part.part,
        )

    def _quotient(self, region: str, activity: str) -> SafeString:
        """A quotient that opens its card; a sign where there is none."""
        assert self.space is not None
        table = self.space.table
        place = table.place(region, activity)
        value = table.quotient(*place) if place else None
        if value is None:
            return format_html("{}", "–")
        ref = FigureRef(
            "location-quotient", self.space.indicator.code, region, self.vintage, self.space.year, activity
        )
        return link(ref, format_number(value, decimals=1))

    @cached_property
    def options(self) -> list[tuple[str, str, float, float]]:
        """Each option: code, name, how near it is, and whether it is had by how many of those named."""
        assert self.facts is not None
        space, row = self.facts.space, self.facts.row
        found = []
        for code in self.facts.options:
            at = space.activities.index(code)
            found.append(
                (
                    code,
                    self.activity_name(code),
                    float(space.outlook.density[row, at]),
                    float(space.outlook.gain[row, at]),
                )
            )
        return found

    # Organisations

    @cached_property
    def organisations(self) -> Mapping[str, Organisations]:
        """Of each partner that is named, its cluster organisations."""
        assert self.facts is not None
        here = {
            one.code: self._codes_today(one.code) for one in self.facts.named if self.address_of(one.code)
        }
        found = community.published_in([code for codes in here.values() for code in codes])
        told = {}
        for why in self.facts.reasons:
            theirs = [
                (cluster, named)
                for cluster, named in found
                if any(cluster.region.code.startswith(code) for code in here.get(why.partner.code, ()))
            ]
            wanted = {part.activity for part in why.brings} | set(self.facts.options)
            fitting = tuple(cluster for cluster, named in theirs if _fits(named, wanted))
            told[why.partner.code] = Organisations(fitting, len(theirs))
        return told

    def _codes_today(self, code: str) -> list[str]:
        if self.is_of_today(code):
            return [code]
        return [flow.code for flow in nuts.successors(code, from_=self.vintage)]

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"map": self._map}

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "map": lambda: partners_table(self),
            "why": lambda: contributions_table(self),
        }

    def _map(self) -> Picture | None:
        if self.facts is None or not self.facts.ranked:
            return None
        gains = {one.code: 100 * one.gain for one in self.facts.ranked}
        named = [one.code for one in self.facts.named if one.code[:2] in regions.COUNTRIES]
        return map_of_partners(
            self._places(gains),
            level=2,
            vintage=self.vintage,
            chosen=self.region.code,
            named={code: place for place, code in enumerate(self._numbers, 1) if code in named},
            title=_(
                "What other regions add to the options of %(region)s, %% of all that is related, %(year)s"
            )
            % {"region": self.name, "year": self.facts.space.year},
        )

    @property
    def _numbers(self) -> Sequence[str]:
        assert self.facts is not None
        return [one.code for one in self.facts.named]

    def _places(self, gains: Mapping[str, float]) -> list[Place]:
        """Every region of the map; without a figure those that are not looked at, or add nothing."""
        assert self.space is not None
        known = set(self.space.regions)
        return [
            Place(
                place.code,
                place.name(self.language),
                gains.get(place.code),
                NOT_ASKED if place.code in known else "not_published",
                self.address_of(place.code),
            )
            for place in regions.map_regions(self.vintage)
        ]


def _fits(codes: frozenset[str], wanted: set[str]) -> bool:
    """Whether a cluster names an activity that is wanted, or a whole section with one in it."""
    return any(code in wanted or (len(code) == 1 and any(one[0] == code for one in wanted)) for code in codes)
