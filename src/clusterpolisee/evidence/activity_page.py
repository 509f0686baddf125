"""The page of an activity: what is known, in sentences, pictures and tables, under its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence import activity_sentences
from clusterpolisee.evidence.activity_exports import activity_table, group_table
from clusterpolisee.evidence.activity_facts import ActivityFacts
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.many import class_bounds, many_lines
from clusterpolisee.evidence.pictures.maps import NOT_ASKED, QUOTIENT_BOUNDS, Place, map_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.exports.tables import ExportTable


class ActivityPage(ActivityFacts, PageWithParts):
    """One activity in the active language."""

    @property
    def title(self) -> str:
        return self.name

    @cached_property
    def answer(self) -> list[SafeString]:
        return activity_sentences.answer(self)

    # Parts

    @cached_property
    def places(self) -> list[Place]:
        by_code = {row.region.code: row for row in self.rows}
        found = []
        for place in self.selection.everywhere:
            row = by_code.get(place.code)
            value = None if row is None else row.quotient if self.specialisation else row.share_percent
            found.append(
                Place(
                    place.code,
                    place.name(self.language),
                    value,
                    row.state if row else NOT_ASKED,
                    reverse("evidence:region", args=[place.code])
                    + ("" if self.vintage == regions.current_vintage() else f"?nuts={self.vintage}"),
                )
            )
        return found

    @property
    def narrowed_to(self) -> str:
        return self.asked.in_words

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"map": self._map, "years": self._lines}

    @property
    def map_title(self) -> str:
        text = (
            _("Location quotient of “%(activity)s” by region, %(year)s")
            if self.specialisation
            else _("Share of “%(activity)s” in employment by region, %(year)s")
        )
        return text % {"activity": self.name, "year": self.year}

    def _map(self) -> Picture | None:
        if not self.known_rows:
            return None
        shares = [row.share_percent for row in self.known_rows if row.share_percent is not None]
        return map_of(
            regions.boundaries(2, self.vintage),
            self.places,
            name="map",
            title=self.map_title,
            bounds=QUOTIENT_BOUNDS if self.specialisation else class_bounds(shares),
            decimals=1,
        )

    @property
    def years_title(self) -> str:
        assert self.group_regions is not None
        return _("Employed people in “%(activity)s”, %(start)s–%(end)s") % {
            "activity": self.group_name,
            "start": self.group_regions.years[0],
            "end": self.group_regions.years[-1],
        }

    def _lines(self) -> Picture | None:
        many = self.group_regions
        if many is None or len(many.years) < 2:
            return None
        names = {
            place.code: place.name(self.language)
            for place in replace(self.asked, vintage=regions.current_vintage()).shown
        }
        return many_lines(many, names, title=self.years_title, unit=_("persons"), decimals=0, are_counts=True)

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "map": lambda: (
                activity_table(self, title=self.map_title, address=self.address) if self.version else None
            ),
            "years": lambda: (
                group_table(self, title=self.years_title, address=self.address)
                if self.group_regions
                else None
            ),
        }

    # Addresses

    @property
    def address(self) -> str:
        return self._with_query(reverse("evidence:activity", args=[self.activity.code]))

    @property
    def place(self) -> tuple[str, ...]:
        return "activity", self.activity.code

    def part_address(self, part: str, form: str) -> str:
        return self._with_query(reverse("evidence:activity_part", args=[self.activity.code, part, form]))

    def _with_query(self, path: str) -> str:
        query = self.asked.query(self.year)
        return f"{path}?{query}" if query else path
