"""What the page of the whole industry space speaks of: the space seen from South East Europe, or from one country."""

from __future__ import annotations

from abc import ABC
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence.engine.space import ActivitySpace, activity_space
from clusterpolisee.evidence.industry_space.whole import WholeSpace, whole_of
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.structure import same_territory
from clusterpolisee.regions import queries as regions


class SpaceEverywhere(PageWithParts, ABC):
    """The space, and which country was asked for; a country of which the table has nothing is taken for all."""

    def __init__(self, asked: Mapping[str, str] | None = None) -> None:
        self._asked_country = (asked or {}).get("country", "")

    @cached_property
    def space(self) -> ActivitySpace | None:
        return activity_space()

    @cached_property
    def countries_there(self) -> list[str]:
        """Countries of South East Europe that the table has regions of."""
        if self.space is None:
            return []
        there = {code[:2] for code in self.space.regions}
        return [code for code in regions.COUNTRIES if code in there]

    @property
    def missing_countries(self) -> list[str]:
        return [code for code in regions.COUNTRIES if code not in self.countries_there]

    @property
    def country(self) -> str:
        return self._asked_country if self._asked_country in self.countries_there else ""

    @cached_property
    def facts(self) -> WholeSpace | None:
        return whole_of(self.space, self.country) if self.space else None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code → name of every region that is told of, and of the countries."""
        if self.facts is None:
            return {}
        codes = [one.code for one in self.facts.standings]
        return regions.names_of([*codes, *regions.COUNTRIES], self.language)

    @property
    def area(self) -> str:
        return self.names.get(self.country, self.country) if self.country else _("South East Europe")

    @property
    def title(self) -> str:
        return (
            _("The industry space of %(area)s") % {"area": self.area}
            if self.country
            else _("The industry space")
        )

    @property
    def versions(self) -> list[DatasetVersion]:
        return [self.space.version] if self.space else []

    @cached_property
    def _short_names(self) -> Mapping[str, str]:
        return classifications.short_names(self.language)

    def activity_name(self, code: str) -> str:
        return self._short_names.get(code, code)

    def region_link(self, code: str) -> SafeString:
        """A region, leading to its own map where its borders are those of today, else to the page it had."""
        assert self.space is not None
        vintage, name = self.space.table.nuts_vintage, self.names.get(code, code)
        if same_territory(code, vintage, regions.current_vintage()):
            return format_html('<a href="{}">{}</a>', reverse("evidence:region_space", args=[code]), name)
        path = reverse("evidence:region", args=[code])
        return format_html('<a href="{}?nuts={}">{}</a>', path, vintage, name)

    @property
    def plain_address(self) -> str:
        return reverse("evidence:industry_space")

    @property
    def address(self) -> str:
        return f"{self.plain_address}{self._query}"

    @property
    def place(self) -> tuple[str, ...]:
        return ("industry_space",)

    def part_address(self, part: str, form: str) -> str:
        return f"{reverse('evidence:industry_space_part', args=[part, form])}{self._query}"

    @property
    def _query(self) -> str:
        return f"?{urlencode({'country': self.country})}" if self.country else ""
