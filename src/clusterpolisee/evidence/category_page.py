"""The page of a cluster category: what is known, in sentences, a map and tables, under its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence import category_sentences
from clusterpolisee.evidence.category_exports import ranking_table, trend_table
from clusterpolisee.evidence.category_facts import LEVEL, CategoryFacts
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import QUOTIENT_BOUNDS, map_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.exports.tables import ExportTable


class CategoryPage(CategoryFacts, PageWithParts):
    """One category in the active language."""

    @property
    def title(self) -> str:
        return str(self.category)

    @cached_property
    def answer(self) -> list[SafeString]:
        return category_sentences.answer(self)

    @property
    def narrowed_to(self) -> str:
        return self.selection.in_words

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"map": self._map}

    def _map(self) -> Picture | None:
        if self.table is None:
            return None
        title = _("Location quotient of “%(activity)s” by region, %(year)s") % {
            "activity": self.category,
            "year": self.year,
        }
        return map_of(
            regions.boundaries(LEVEL, self.vintage),
            self.places,
            name="map",
            title=title,
            bounds=QUOTIENT_BOUNDS,
            decimals=1,
            chosen=self.chosen.region.code if self.chosen and self._asked_region else "",
        )

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "map": lambda: ranking_table(self) if self.table else None,
            "trend": lambda: trend_table(self) if self.trend else None,
        }

    @property
    def place(self) -> tuple[str, ...]:
        return "category", self.category.code

    def part_address(self, part: str, form: str) -> str:
        return f"{reverse('evidence:category_part', args=[self.category.code, part, form])}{self.query()}"
