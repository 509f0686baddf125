"""Which regions a page of many regions shows: all, those of a country, or those of a type; and how to ask for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.regions.types import KINDS_OF, ORIGINS, RegionKind, TypeKind

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Selection:
    """What a reader asked for. Anything that is no answer to the question is taken for "all"."""

    year: int | None = None
    country: str = ""
    kind: str = ""
    vintage: int = 0  # 0: the newest

    @classmethod
    def asked(cls, given: dict[str, str]) -> Selection:
        year = given.get("year", "")
        is_year = year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:5]) <= LAST_YEAR
        country, kind = given.get("country", ""), given.get("type", "")
        return cls(
            year=int(year) if is_year else None,
            country=country if country in regions.COUNTRIES else "",
            kind=kind if kind in RegionKind.values else "",
        )

    def query(self, year: int | None = None) -> str:
        """The same selection as the part of an address behind the question mark."""
        said = {"year": year or self.year, "country": self.country, "type": self.kind}
        return urlencode({key: value for key, value in said.items() if value})

    @cached_property
    def everywhere(self) -> list[Region]:
        """What a map of South East Europe shows in the vintage."""
        return regions.map_regions(self.vintage or regions.current_vintage())

    @cached_property
    def shown(self) -> list[Region]:
        """The regions that were asked for."""
        return self.among(self.everywhere)

    def among(self, places: Iterable[Region]) -> list[Region]:
        """Those of these places that were asked for."""
        found = [place for place in places if self.country in ("", place.country)]
        if not self.kind:
            return found
        types = regions.types()
        return [place for place in found if self.kind in types.get(place.code, ())]

    @property
    def is_everything(self) -> bool:
        return not (self.country or self.kind)

    @cached_property
    def countries(self) -> list[Choice]:
        language = get_language() or "en"
        return [
            Choice(place.code, place.name(language), place.code == self.country)
            for place in regions.countries()
        ]

    @property
    def types(self) -> list[tuple[str, list[Choice]]]:
        """The types of both typologies, for a list with two headings."""
        return [
            (
                str(TypeKind(kind).label),
                [Choice(one.value, str(one.label), one.value == self.kind) for one in kinds],
            )
            for kind, kinds in KINDS_OF.items()
        ]

    @property
    def in_words(self) -> str:
        """Bulgaria, type “predominantly rural”; empty where all were asked for."""
        country = next((one.label for one in self.countries if one.is_chosen), "")
        kind = _("type “%(type)s”") % {"type": self.kind_name} if self.kind else ""
        return ", ".join(filter(None, (country, kind)))

    @property
    def kind_name(self) -> str:
        return str(RegionKind(self.kind).label) if self.kind else ""

    @property
    def kind_origin(self) -> str:
        """Where the chosen type comes from."""
        for kind, kinds in KINDS_OF.items():
            if self.kind in kinds:
                return str(ORIGINS[kind])
        return ""
