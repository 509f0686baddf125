"""The page of a region's opportunities: what is known, in sentences, pictures and tables, under its addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.opportunities import absence, belief, hindsight_sentences, sentences
from clusterpolisee.evidence.opportunities.choices import CHOICES, Choice, choice_of, criterion_name
from clusterpolisee.evidence.opportunities.exports import hindsight_table, options_table
from clusterpolisee.evidence.opportunities.facts import OpportunityFacts, Option
from clusterpolisee.evidence.opportunities.hindsight import Hindsight, Then, hindsight_of
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.opportunities import Bubble, frontier_bubbles
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.region_tabs import RegionTab
from clusterpolisee.evidence.sentences import link
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.tables import ExportTable
from clusterpolisee.shell.languages import format_number, format_percent

BY = "by"


@dataclass(frozen=True)
class Told:
    """One option as the list shows it."""

    option: Option
    name: str
    sentence: SafeString
    marks: list[str]
    why: list[SafeString]
    how_sure: list[SafeString]
    partners: str


@dataclass(frozen=True)
class Row:
    """One option as the table shows it; jobs and quotient open their cards."""

    option: Option
    name: str
    terms: list[float | None]
    jobs: SafeString
    quotient: SafeString


class OpportunitiesPage(RegionTab):
    """One region by one choice, in the active language."""

    tab = "region_opportunities"

    def __init__(self, region: Region, asked: Mapping[str, str] | None = None) -> None:
        self.choice: Choice = choice_of((asked or {}).get(BY, ""))
        super().__init__(region, {} if self.choice == CHOICES[0] else {BY: self.choice.key})

    @property
    def title(self) -> str:
        return _("What could %(region)s become good at?") % {"region": self.name}

    @staticmethod
    def plain(sentences: Iterable[str]) -> list[str]:
        """Sentences without their links."""
        return [plain(one) for one in sentences]

    # What is known

    @cached_property
    def facts(self) -> OpportunityFacts | None:
        if self.space is None or self.row is None:
            return None
        return OpportunityFacts(self.space, self.region, self.row, self.choice)

    @cached_property
    def answer(self) -> list[SafeString]:
        return sentences.answer(self.facts, self.name, self.activity_name) if self.facts else []

    @cached_property
    def absence(self) -> absence.Absence:
        return absence.absence_of(self.space, self.region)

    @property
    def absence_words(self) -> list[str]:
        return absence.in_words(self.absence, self.name, self.space)

    @property
    def instead(self) -> list[tuple[str, str]]:
        """Regions whose options can be opened from here: address and name."""
        return [
            (reverse(f"evidence:{self.tab}", args=[one.code]), one.name(self.language))
            for one in self.absence.instead
        ]

    @property
    def versions(self) -> list[DatasetVersion]:
        return self.space.versions if self.space else []

    @property
    def similar_address(self) -> str:
        """Similar regions are found without figures by activity too."""
        return self.address_if_there("region_similar", self.region.code)

    @staticmethod
    def address_if_there(name: str, *args: str) -> str:
        """Where a page lies; empty where this instance has none of that name."""
        try:
            return reverse(f"evidence:{name}", args=args)
        except NoReverseMatch:
            return ""

    # Choices

    @property
    def choices(self) -> list[tuple[str, Choice, bool]]:
        """Address, choice, and whether it is the open one."""
        path = reverse(f"evidence:{self.tab}", args=[self.region.code])
        return [
            (path if one == CHOICES[0] else f"{path}?{BY}={one.key}", one, one == self.choice)
            for one in CHOICES
        ]

    @property
    def weights(self) -> list[tuple[Choice, list[float | None]]]:
        """Every choice with its weight of every criterion, as a table shows them."""
        return [(one, [one.weights.get(key) for key in self._criteria]) for one in CHOICES]

    @property
    def _criteria(self) -> list[str]:
        return [*dict.fromkeys(key for one in CHOICES for key in one.weights)]

    @property
    def criteria(self) -> list[str | Promise]:
        return [criterion_name(key) for key in self._criteria]

    # The list

    @cached_property
    def told(self) -> list[Told]:
        """What is on the list, in its order."""
        facts = self.facts
        if facts is None:
            return []
        steps = {step.option.code: step for step in facts.steps} if self.choice.path else {}
        return [
            Told(
                option=one,
                name=self.activity_name(one.code),
                sentence=sentences.step_sentence(facts, steps[one.code])
                if one.code in steps
                else sentences.sentence(facts, one),
                marks=sentences.marks(one),
                why=sentences.why(facts, one, self.activity_name),
                how_sure=sentences.how_sure(facts, one, self.activity_name),
                partners=self._partners_for(one.code),
            )
            for one in facts.listed
        ]

    @property
    def term_names(self) -> list[str | Promise]:
        return [criterion_name(key) for key in self.choice.weights]

    @cached_property
    def rows(self) -> list[Row]:
        facts = self.facts
        if facts is None:
            return []
        return [
            Row(
                one,
                self.activity_name(one.code),
                [one.terms.get(key) if one.score is not None else None for key in self.choice.weights],
                link(facts.ref("observation", one.code), format_number(one.jobs or 0.0, decimals=0)),
                link(facts.ref("location-quotient", one.code), format_number(one.quotient, decimals=2)),
            )
            for one in facts.options
        ]

    def _partners_for(self, code: str) -> str:
        address = self.address_if_there("region_partners", self.region.code)
        return f"{address}?for={code}" if address else ""

    @property
    def path_sentence(self) -> SafeString | str:
        return sentences.path_sentence(self.facts) if self.facts and self.choice.path else ""

    @property
    def belief(self) -> list[SafeString]:
        return belief.belief(self.facts, self.activity_name) if self.facts else []

    # Hindsight

    @cached_property
    def hindsight(self) -> Hindsight | None:
        return hindsight_of(self.space, self.choice) if self.space else None

    @property
    def hindsight_words(self) -> list[SafeString]:
        if self.space is None:
            return []
        if self.hindsight is None:
            return hindsight_sentences.cannot_be_told(self.space)
        own = self.hindsight.of(self.region.code)
        return [
            *hindsight_sentences.here(self.hindsight, own, self.name, self.activity_name),
            *hindsight_sentences.everywhere(self.hindsight),
        ]

    @property
    def then(self) -> list[tuple[Then, str]]:
        own = self.hindsight.of(self.region.code) if self.hindsight else []
        return [(one, self.activity_name(one.code)) for one in own]

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"options": self._bubbles}

    @property
    def picture_title(self) -> str:
        assert self.facts is not None
        return _("Options of %(region)s by nearness and complexity, %(year)s") % {
            "region": self.name,
            "year": self.facts.space.year,
        }

    def _bubbles(self) -> Picture | None:
        facts = self.facts
        if facts is None or not facts.options:
            return None
        return frontier_bubbles(
            [
                Bubble(
                    name=self.activity_name(one.code),
                    near=100 * one.near,
                    complexity=one.complexity,
                    weight=one.weight,
                    words=_("near: %(near)s, place %(place)s by complexity, %(weight)s of all jobs")
                    % {
                        "near": format_percent(one.near, decimals=0),
                        "place": format_number(one.place, decimals=0),
                        "weight": format_percent(one.weight, decimals=1),
                    },
                    is_listed=one.is_listed,
                    is_on_frontier=one.is_on_frontier,
                )
                for one in facts.options
            ],
            own=facts.own_complexity,
            title=self.picture_title,
            near_title=_("nearness: part of what is related that is here, %"),
            complexity_title=_("complexity of the activity"),
            own_title=_("the region today"),
            kinds=(
                _("on the list by “%(choice)s”") % {"choice": self.choice.name},
                _("further options"),
                _("ring: no other option is both nearer and more complex"),
            ),
        )

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {"options": self._options_table, "hindsight": self._hindsight_table}

    def _hindsight_table(self) -> ExportTable | None:
        if self.facts is None or self.hindsight is None:
            return None
        return hindsight_table(
            self.facts, self.hindsight, self.activity_name, address=self.address, language=self.language
        )

    def _options_table(self) -> ExportTable | None:
        if self.facts is None:
            return None
        return options_table(
            self.facts,
            self.activity_name,
            title=self.picture_title,
            address=self.address,
            language=self.language,
        )
