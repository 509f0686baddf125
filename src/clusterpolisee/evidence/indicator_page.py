"""The page of an indicator: what is known, in sentences, pictures and tables, under its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString

from clusterpolisee.evidence import indicator_sentences
from clusterpolisee.evidence.indicator_exports import catching_up_table, ranking_table, years_table
from clusterpolisee.evidence.indicator_facts import IndicatorFacts
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures import many as pictures
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import NOT_ASKED, Place
from clusterpolisee.shell.exports.tables import ExportTable


class IndicatorPage(IndicatorFacts, PageWithParts):
    """One indicator in the active language."""

    @property
    def title(self) -> str:
        return self.indicator.name

    @cached_property
    def answer(self) -> list[SafeString]:
        return indicator_sentences.answer(self)

    # Parts

    @cached_property
    def places(self) -> list[Place]:
        """For the map: every region, those that were not asked for without a figure."""
        cells = self.shown.at(self.year or 0)
        wanted = {place.code for place in self.selection.shown}
        found = []
        for place in self.selection.everywhere:
            cell = cells.get(place.code)
            found.append(
                Place(
                    place.code,
                    place.name(self.language),
                    cell.value if cell else None,
                    ("not_published" if cell is None else cell.state) if place.code in wanted else NOT_ASKED,
                    reverse("evidence:region", args=[place.code]),
                )
            )
        return found

    @property
    def narrowed_to(self) -> str:
        return self.selection.in_words

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"map": self._map, "years": self._lines, "convergence": self._points}

    def _map(self) -> Picture | None:
        if self.spread is None or self.year is None:
            return None
        return pictures.map_of_indicator(
            self.places,
            title=indicator_sentences.map_title(self),
            vintage=self.vintage,
            decimals=self.indicator.decimals,
        )

    def _lines(self) -> Picture | None:
        if len(self.years) < 2 or self.spread is None:
            return None
        return pictures.many_lines(
            self.shown,
            {place.code: place.name(self.language) for place in self.selection.shown},
            title=indicator_sentences.years_title(self),
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            are_counts=not self.indicator.compares_levels and self.indicator.dataset.kind != "index",
        )

    def _points(self) -> Picture | None:
        found = self.catching_up
        if found is None:
            return None
        return pictures.convergence_points(
            found,
            {place.code: place.name(self.language) for place in self.selection.shown},
            title=indicator_sentences.convergence_title(self, found),
            indicator=self.indicator,
        )

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "map": self._ranking_table,
            "years": self._years_table,
            "convergence": self._convergence_table,
        }

    def _ranking_table(self) -> ExportTable | None:
        return ranking_table(self, address=self.address) if self.year is not None else None

    def _years_table(self) -> ExportTable | None:
        return years_table(self, address=self.address) if self.years else None

    def _convergence_table(self) -> ExportTable | None:
        found = self.catching_up
        return found and catching_up_table(self, found, address=self.address)

    # Addresses

    @property
    def address(self) -> str:
        path = reverse("evidence:indicator", args=[self.indicator.code])
        query = self.selection.query(self.year)
        return f"{path}?{query}" if query else path

    @property
    def place(self) -> tuple[str, ...]:
        return "indicator", self.indicator.code

    def part_address(self, part: str, form: str) -> str:
        path = reverse("evidence:indicator_part", args=[self.indicator.code, part, form])
        query = self.selection.query(self.year)
        return f"{path}?{query}" if query else path
