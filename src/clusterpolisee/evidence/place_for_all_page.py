"""The page “A place for all regions”: what is known, in sentences, pictures and tables, under its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence import indicator_sentences
from clusterpolisee.evidence import place_for_all_sentences as words
from clusterpolisee.evidence.indicator_exports import catching_up_table
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures import many
from clusterpolisee.evidence.pictures.convergence import convergence_points
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import NOT_ASKED, Place, map_of, map_of_groups
from clusterpolisee.evidence.pictures.place_for_all import COLOURS, Point, two_scales
from clusterpolisee.evidence.pictures.theme import NO_DATA
from clusterpolisee.evidence.place_for_all_exports import spread_table, standings_table
from clusterpolisee.evidence.place_for_all_facts import Corner, PlaceForAllFacts, Standing, Unknown
from clusterpolisee.evidence.selection import Choice
from clusterpolisee.evidence.yardsticks import yardsticks
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.exports.tables import ExportTable
from clusterpolisee.shell.languages import format_year_span

FIRST = 15  # rows that are seen at once


class PlaceForAllPage(PlaceForAllFacts, PageWithParts):
    """In the active language."""

    @property
    def title(self) -> str:
        return _("A place for all regions")

    @cached_property
    def answer(self) -> list[SafeString]:
        return words.answer(self)

    @cached_property
    def further(self) -> list[SafeString]:
        return words.further(self)

    @property
    def line(self) -> str:
        return words.line_in_words(self)

    @property
    def versions(self) -> list[DatasetVersion]:
        """The tables of both scales."""
        used = list(self.chosen.versions) if self.chosen else []
        used += [self.category.version] if self.category and self.category.version else []
        return used

    @property
    def versions_together(self) -> list[DatasetVersion]:
        return [version for one, _found in self.together for version in one.versions]

    @property
    def span(self) -> str:
        found = self.catching_up
        return format_year_span(found.start, found.end) if found else ""

    # Choices beside country and type

    @property
    def choices(self) -> list[tuple[str, str, list[Choice]]]:
        """Each further filter: its name in the address, its label, its entries."""
        by, asked = yardsticks(), self.asked
        known = [
            (code, self._indicators[code].short_name) for code in by.indicators if code in self._indicators
        ]
        return [
            (
                "by",
                _("Catching up in"),
                [Choice(code, name, code == asked.indicator) for code, name in known],
            ),
            (
                "category",
                _("Knowledge at work"),
                [
                    Choice(code, str(one.category), code == asked.category)
                    for code, one in self.categories.items()
                ],
            ),
            (
                "weakest",
                _("Who is weakest"),
                [Choice(rule.key, rule.name, rule == asked.weakest) for rule in by.weakest],
            ),
        ]

    # What the templates show

    @property
    def quadrants(self) -> list[tuple[str, str, list[Standing]]]:
        """The corners as one reads them: catching up above, more knowledge to the right."""
        order = (Corner.UP_LESS, Corner.UP_MORE, Corner.DOWN_LESS, Corner.DOWN_MORE)
        return [(corner.value, words.corner_name(corner), self.corners[corner]) for corner in order]

    @property
    def first_rows(self) -> list[Standing]:
        return self.standings[:FIRST]

    @property
    def other_rows(self) -> list[Standing]:
        return self.standings[FIRST:]

    @property
    def spreads(self) -> list[tuple[object, object, str, str]]:
        """Each indicator with what its line says and where that is shown."""
        return [
            (facts, found, indicator_sentences.convergence_in_words(facts), words.spread_address(facts))
            for facts, found in self.together
        ]

    @property
    def lacking(self) -> list[tuple[str, list[Standing], bool]]:
        """Why regions are not on a scale, with those regions; and whether a lower bound is known."""
        if self.chosen is None:
            return []
        indicator, without = self.chosen.indicator.short_name, self.unmoved
        found = [
            (
                _("No figure in the table of “%(indicator)s”") % {"indicator": indicator},
                [one for one in without if one.now.value is None],
                False,
            ),
            (
                _("“%(indicator)s” cannot be compared over the years: a break, or no figure at the start")
                % {"indicator": indicator},
                [one for one in without if one.now.value is not None],
                False,
            ),
        ]
        if self.category is not None:
            found += [
                (_("No jobs by activity in the table"), self.not_known(Unknown.NO_TABLE), False),
                (
                    _("Jobs by activity only under the borders of NUTS %(vintage)s")
                    % {"vintage": self.category.vintage},
                    self.not_known(Unknown.OTHER_BORDERS),
                    False,
                ),
                (
                    _("Only some parts of “%(category)s” are published; so much at least")
                    % {"category": self.category.category},
                    self.not_known(Unknown.IN_PART),
                    True,
                ),
            ]
        return [one for one in found if one[1]]

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {
            "matrix": self._two_scales,
            "map": self._map,
            "convergence": self._points,
            "knowledge": self._map_of_knowledge,
        }

    def _two_scales(self) -> Picture | None:
        if not self.placed or self.middle_share is None or self.middle_change is None or self.chosen is None:
            return None
        assert self.category is not None
        points = [
            Point(
                one.region.name(self.language),
                one.of_chosen.share if one.of_chosen.share is not None else one.of_chosen.at_least or 0.0,
                one.mover.change if one.mover else 0.0,
                one.corner.value,
                words.corner_name(one.corner),
                one.is_weak,
            )
            for one in self.placed
            if one.corner is not None
        ]
        in_points = self.chosen.indicator.counts_in_points
        return two_scales(
            points,
            share_line=self.middle_share,
            change_line=self.middle_change,
            corners=self._corner_names,
            title=self._both_titles,
            share_title=_("%(category)s: %% of jobs, %(year)s")
            % {"category": self.category.category, "year": self.category.year},
            change_title=f"{self.span}: {_('change, points') if in_points else _('change, %')}",
            little_is_good=self._better < 0,
        )

    @property
    def _corner_names(self) -> dict[str, str]:
        return {corner.value: words.corner_name(corner) for corner in Corner}

    @property
    def _both_titles(self) -> str:
        assert self.chosen is not None and self.category is not None
        return _("%(indicator)s, %(span)s, and “%(category)s”, %(year)s") % {
            "indicator": self.chosen.indicator.short_name,
            "span": self.span,
            "category": self.category.category,
            "year": self.category.year,
        }

    def _map(self) -> Picture | None:
        if not self.placed:
            return None
        corners = {one.code: one.corner for one in self.standings}
        untold = _("cannot be told")
        places = [
            (place, "")
            if place.state == NOT_ASKED
            else (place, words.corner_name(corner) if (corner := corners[place.code]) else untold)
            for place in self._places({})
        ]
        colours = {self._corner_names[key]: colour for key, colour in COLOURS.items()}
        return map_of_groups(
            regions.boundaries(2, regions.current_vintage()),
            places,
            {**colours, untold: NO_DATA},
            name="map",
            title=self._both_titles,
        )

    def _map_of_knowledge(self) -> Picture | None:
        if self.category is None:
            return None
        shares = {one.code: one.of_chosen.share for one in self.standings if one.of_chosen.share is not None}
        if not shares:
            return None
        return map_of(
            regions.boundaries(2, regions.current_vintage()),
            self._places(shares),
            name="knowledge",
            title=_("Share of jobs in “%(category)s”, %(year)s, %%")
            % {"category": self.category.category, "year": self.category.year},
            bounds=many.class_bounds(list(shares.values())),
            decimals=1,
        )

    def _places(self, values: Mapping[str, float]) -> list[Place]:
        """For a map: every region, those that were not asked for without a figure."""
        wanted = {place.code for place in self.selection.shown}
        return [
            Place(
                place.code,
                place.name(self.language),
                values.get(place.code),
                "not_published" if place.code in wanted else NOT_ASKED,
                reverse("evidence:region", args=[place.code]),
            )
            for place in self.selection.everywhere
        ]

    def _points(self) -> Picture | None:
        facts = self.shown
        if facts is None or facts.catching_up is None:
            return None
        return convergence_points(
            facts.catching_up,
            {place.code: place.name(self.language) for place in self.selection.shown},
            title=indicator_sentences.convergence_title(facts, facts.catching_up),
            indicator=facts.indicator,
        )

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "matrix": lambda: self._table("place-for-all", self.placed),
            "map": lambda: self._table("place-for-all-regions", self.standings),
            "knowledge": lambda: self._table("place-for-all-weakest", self.weakest),
            "convergence": self._convergence_table,
            "spread": lambda: spread_table(self, address=self.address, language=self.language),
        }

    def _table(self, key: str, standings: Sequence[Standing]) -> ExportTable | None:
        return standings_table(
            self, standings, address=self.address, key=key, title=self.title, language=self.language
        )

    def _convergence_table(self) -> ExportTable | None:
        facts = self.shown
        found = facts.catching_up if facts else None
        return catching_up_table(facts, found, address=self.address) if facts and found else None

    # Addresses

    @property
    def address(self) -> str:
        return f"{reverse('evidence:place_for_all')}{self.asked.query()}"

    @property
    def place(self) -> tuple[str, ...]:
        return ("place_for_all",)

    def part_address(self, part: str, form: str) -> str:
        return f"{reverse('evidence:place_for_all_part', args=[part, form])}{self.asked.query()}"
