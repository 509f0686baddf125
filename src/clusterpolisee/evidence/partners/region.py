"""What partners are found for, in the active language: the region with its facts, and how regions are named and linked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.partners.asked import Asked
from clusterpolisee.evidence.partners.facts import PartnersFacts, partners_of
from clusterpolisee.evidence.region_tabs import RegionTab
from clusterpolisee.evidence.structure import same_territory
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.country_names import names_of_countries
from clusterpolisee.regions.models import Region


class PartnersOfRegion(RegionTab):
    """The region, what was asked, and what is known. The page adds words, picture and tables."""

    tab = "region_partners"

    def __init__(self, region: Region, asked: Mapping[str, str] | None = None) -> None:
        self.asked_for = Asked.of(asked or {})
        super().__init__(region, self.asked_for.choices)

    @property
    def title(self) -> str:
        return _("Partners for %(region)s") % {"region": self.name}

    @cached_property
    def facts(self) -> PartnersFacts | None:
        if self.space is None or self.row is None:
            return None
        return partners_of(self.space, self.row, self.asked_for)

    @property
    def versions(self) -> list[DatasetVersion]:
        return self.space.versions if self.space else []

    # Names and addresses

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code → name of every region and country that is named; beyond South East Europe the country and the code."""
        if self.facts is None:
            return {}
        codes = [one.code for one in self.facts.ranked]
        countries = {code[:2] for code in codes}
        known = regions.names_of([*codes, *countries, *regions.COUNTRIES], self.language)
        missing = [code for code in countries if code not in known]
        found = {**known, **(names_of_countries(missing, self.language) if missing else {})}
        return {**{code: f"{found[code[:2]]} {code}" for code in codes if code not in found}, **found}

    @property
    def vintage(self) -> int:
        assert self.space is not None
        return self.space.table.nuts_vintage

    def address_of(self, code: str) -> str:
        """The page of a region of the table; empty where there is none here."""
        if code[:2] not in regions.COUNTRIES:
            return ""
        path = reverse("evidence:region", args=[code])
        return path if self.is_of_today(code) else f"{path}?nuts={self.vintage}"

    def is_of_today(self, code: str) -> bool:
        return same_territory(code, self.vintage, regions.current_vintage())

    def link_to(self, code: str) -> SafeString:
        address = self.address_of(code)
        name = self.names.get(code, code)
        return format_html('<a href="{}">{}</a>', address, name) if address else format_html("{}", name)

    def comparison(self, code: str) -> str:
        """Both regions beside each other, where both are regions of today."""
        if not self.address_of(code) or not self.is_of_today(code):
            return ""
        return f"{reverse('evidence:compare')}?r={self.region.code}&r={code}"

    def partners_of(self, code: str) -> str:
        """The same page of the partner."""
        if not self.address_of(code) or not self.is_of_today(code):
            return ""
        return reverse("evidence:region_partners", args=[code])

    @cached_property
    def unlisted_countries(self) -> list[str]:
        """Countries of South East Europe that the table has no region of."""
        assert self.space is not None
        there = {code[:2] for code in self.space.regions}
        return [self.names.get(code, code) for code in regions.COUNTRIES if code not in there]
