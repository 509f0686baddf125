"""The pages of one region beside its first one: each a question of its own, under the region's address.

A tab is a page with parts (parts.py). It plugs its name into TABS and takes the rest from RegionTab.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence.engine.space import ActivitySpace, activity_space
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region


@dataclass(frozen=True)
class Tab:
    """name: of the address evidence:<name>, which takes the code of a region."""

    name: str
    label: str | Promise


TABS = (
    Tab("region", _("Overview")),
    Tab("region_opportunities", _("Opportunities")),
    Tab("region_similar", _("Similar regions")),
    Tab("region_partners", _("Partners")),
    Tab("region_space", _("Industry space")),
)


def tabs_of(region: Region, current: str) -> list[tuple[str, str | Promise, bool]]:
    """Address, label, and whether it is the one that is open; none where the region is not of the newest NUTS."""
    if region.vintage != regions.current_vintage() or len(TABS) < 2:
        return []
    return [
        (reverse(f"evidence:{tab.name}", args=[region.code]), tab.label, tab.name == current) for tab in TABS
    ]


class RegionTab(PageWithParts):
    """What the tabs of a region have in common. `asked` are the choices in the address that are not the first ones."""

    tab: ClassVar[str]

    def __init__(self, region: Region, asked: Mapping[str, str] | None = None) -> None:
        self.region = region
        self.asked = dict(asked or {})

    @property
    def name(self) -> str:
        return self.region.name(self.language)

    @cached_property
    def space(self) -> ActivitySpace | None:
        return activity_space()

    @cached_property
    def row(self) -> int | None:
        """Where the region stands in the table of activities."""
        return self.space.row(self.region) if self.space else None

    @cached_property
    def ancestors(self) -> list[Region]:
        return regions.ancestors_of(self.region)

    @property
    def tabs(self) -> list[tuple[str, str | Promise, bool]]:
        return tabs_of(self.region, self.tab)

    @cached_property
    def _short_names(self) -> Mapping[str, str]:
        return classifications.short_names(self.language)

    def activity_name(self, code: str) -> str:
        return self._short_names.get(code, code)

    @property
    def plain_address(self) -> str:
        """The page with the first choices."""
        return reverse(f"evidence:{self.tab}", args=[self.region.code])

    @property
    def address(self) -> str:
        return self._with_choices(self.plain_address)

    @property
    def place(self) -> tuple[str, ...]:
        return self.tab, self.region.code

    def part_address(self, part: str, form: str) -> str:
        return self._with_choices(reverse(f"evidence:{self.tab}_part", args=[self.region.code, part, form]))

    def _with_choices(self, path: str) -> str:
        return f"{path}?{urlencode(self.asked)}" if self.asked else path
