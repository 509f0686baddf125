"""What a region page shows, put together: the profile, its sentences, pictures, tables and what is missing.

Views, the picture and table downloads and the command line all come here, so that a page, a file and a
terminal never say different things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.community import queries as community
from clusterpolisee.evidence import exports, missing, sentences
from clusterpolisee.evidence.overview import ProsperityMap, prosperity_map
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures import region as pictures
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import QUOTIENT_BOUNDS, Place, map_of
from clusterpolisee.evidence.profile import Profile, profile_of
from clusterpolisee.evidence.region_tabs import tabs_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.tables import ExportTable

LEAD_ROWS = 8


class RegionPage(PageWithParts):
    """One region in the active language. Everything is computed when it is asked for, once."""

    def __init__(self, region: Region, *, activity: str = "") -> None:
        self.region = region
        # Part of addresses and cache keys, so only what looks like a code is taken.
        self.wanted_activity = (
            activity if activity.isascii() and activity.isalnum() and len(activity) <= 6 else ""
        )

    @property
    def title(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.region.name(self.language)

    @cached_property
    def profile(self) -> Profile:
        return profile_of(self.region)

    @cached_property
    def answer(self) -> list[SafeString]:
        return sentences.answer(self.profile, self.activity_name)

    @cached_property
    def missing(self) -> list[SafeString]:
        return missing.sentences_for(self.profile, self.activity_name)

    @cached_property
    def _family(self) -> tuple[list[Region], list[Region]]:
        return regions.family_of(self.region)

    @property
    def ancestors(self) -> list[Region]:
        return self._family[0]

    @property
    def tabs(self) -> list[tuple[str, str | Promise, bool]]:
        return tabs_of(self.region, "region")

    @property
    def children(self) -> list[Region]:
        return self._family[1]

    @cached_property
    def country_name(self) -> str:
        return self.ancestors[0].name(self.language) if self.ancestors else self.name

    @cached_property
    def clusters(self) -> community.Some:
        """The cluster organisations of the region and its parts: the first few, and how many."""
        return community.clusters_in(self.region)

    @property
    def newest_vintage(self) -> int:
        return regions.current_vintage()

    @cached_property
    def _short_names(self) -> dict[str, str]:
        return classifications.short_names(self.language)

    def activity_name(self, code: str) -> str:
        return self._short_names.get(code, code)

    # The parts of the page

    @property
    def lead_rows(self) -> list[Any]:
        rows = self.profile.activities.rows if self.profile.activities else ()
        return [row for row in rows if row.quotient is not None][:LEAD_ROWS]

    @property
    def other_rows(self) -> list[Any]:
        rows = self.profile.activities.rows if self.profile.activities else ()
        shown = {row.code for row in self.lead_rows}
        return [row for row in rows if row.code not in shown]

    @property
    def map_activity(self) -> str:
        """The activity on the map: the one asked for if the table has it, else the strongest."""
        activities = self.profile.activities
        if activities is None:
            return ""
        if self.wanted_activity in activities.table.activities:
            return self.wanted_activity
        return activities.strongest.code if activities.strongest else activities.table.activities[0]

    @cached_property
    def map_places(self) -> list[Place]:
        activities = self.profile.activities
        if activities is None:
            return []
        table, places = activities.table, []
        level = self.region.level
        for region in _drawn_regions(level, table.nuts_vintage):
            place = table.place(region.code, self.map_activity)
            value = table.quotient(*place) if place else None
            state = table.state(*place) if place else "not_published"
            places.append(
                Place(
                    region.code,
                    region.name(self.language),
                    value,
                    state,
                    self.address_of(region.code, table.nuts_vintage),
                )
            )
        return places

    @property
    def map_leaders(self) -> list[tuple[int, Place]]:
        """The ten highest on the map, and this region where it comes later."""
        ranked = sorted((p for p in self.map_places if p.value is not None), key=lambda p: -(p.value or 0))
        numbered = list(enumerate(ranked, start=1))
        ours = [pair for pair in numbered[10:] if pair[1].code == self.region.code]
        return numbered[:10] + ours

    @property
    def map_activity_name(self) -> str:
        return self.activity_name(self.map_activity)

    @property
    def trend_rows(self) -> list[dict[str, Any]]:
        """Every year of the employment series, the country beside the region."""
        trend = self.profile.trend
        if trend is None:
            return []
        return [
            {
                "year": year,
                "cell": cell,
                "ref": replace(trend.observed, year=year),
                "country": trend.country.at(year) if trend.country else None,
                "country_ref": replace(trend.observed, year=year, region=self.region.country),
            }
            for year, cell in zip(trend.series.years, trend.series.cells, strict=True)
        ]

    @property
    def trend_sentence(self) -> str:
        return sentences.trend_in_words(self.profile.trend, self.country_name) if self.profile.trend else ""

    @property
    def growth_sentence(self) -> SafeString | str:
        return sentences.growth_in_words(self.profile) if self.profile.growth else ""

    @property
    def growth_rows(self) -> list[dict[str, Any]]:
        parts = self.profile.growth
        if parts is None:
            return []
        rows = [
            {"code": code, "name": self.activity_name(code), "values": values}
            for code, *values in zip(
                parts.activities, parts.changes, parts.national, parts.mix, parts.regional, strict=True
            )
        ]
        total = [parts.change, parts.national_total, parts.mix_total, parts.regional_total]
        return [{"code": "", "name": _("All groups"), "values": total}, *rows]

    @property
    def indicator_versions(self) -> list[Any]:
        rows = self.profile.indicators
        return list({version.pk: version for row in rows for version in row.versions}.values())

    @property
    def has_positions(self) -> bool:
        """Whether a key indicator places regions among each other."""
        return any(not row.figures.comparable.years for row in self.profile.indicators)

    @cached_property
    def predecessors(self) -> list[Region]:
        """The regions whose figures the tables have where this one did not exist yet."""
        if self.profile.activities is not None or self.region.level == 0:
            return []
        return regions.predecessors_of(self.region, self.predecessor_vintage)

    @property
    def predecessor_vintage(self) -> int:
        return 2013

    def place_ref(self, code: str) -> Any:
        activities = self.profile.activities
        assert activities is not None
        return replace(
            activities.rows[0].ref,
            region=code,
            nuts=activities.table.nuts_vintage,
            activity=self.map_activity,
        )

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {
            "activities": self._bars,
            "map": self._map,
            "place": self._place,
            "trend": self._lines,
            "growth": self._growth,
        }

    @cached_property
    def surroundings(self) -> ProsperityMap | None:
        """Where the region lies, for pages that have no map of their own activities."""
        if self.profile.activities is not None or self.region.level == 1:
            return None
        return prosperity_map(chosen=self.region.code[:4])

    def _place(self) -> Picture | None:
        return self.surroundings.picture if self.surroundings else None

    def _bars(self) -> Picture | None:
        activities = self.profile.activities
        if activities is None or not self.lead_rows:
            return None
        title = _("Location quotient of the strongest activities in %(region)s, %(year)s") % {
            "region": self.name,
            "year": activities.year,
        }
        return pictures.strongest_bars(activities, self.activity_name, title=title)

    def _map(self) -> Picture | None:
        activities = self.profile.activities
        if activities is None or self.region.level not in (0, 2):
            return None
        title = _("Location quotient of “%(activity)s” by region, %(year)s") % {
            "activity": self.activity_name(self.map_activity),
            "year": activities.year,
        }
        return map_of(
            regions.boundaries(self.region.level, activities.table.nuts_vintage),
            self.map_places,
            name="map",
            title=title,
            bounds=QUOTIENT_BOUNDS,
            decimals=1,
            chosen=self.region.code,
        )

    def _lines(self) -> Picture | None:
        trend = self.profile.trend
        if trend is None or trend.span is None:
            return None
        title = _("Employment in %(region)s and its country, %(year)s = 100") % {
            "region": self.name,
            "year": trend.span[0],
        }
        return pictures.employment_lines(trend, region=self.name, country=self.country_name, title=title)

    def _growth(self) -> Picture | None:
        if self.profile.growth is None:
            return None
        title = _("Why employment in %(region)s changed, %(start)s–%(end)s") % {
            "region": self.name,
            "start": self.profile.growth.start,
            "end": self.profile.growth.end,
        }
        return pictures.growth_bars(self.profile.growth, self.activity_name, title=title)

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "activities": self._activities_table,
            "map": self._map_table,
            "place": self._place_table,
            "trend": self._trend_table,
            "growth": self._growth_table,
            "indicators": self._indicators_table,
        }

    def _activities_table(self) -> ExportTable | None:
        activities = self.profile.activities
        return activities and exports.activities_table(
            self.region, activities, self.activity_name, address=self.address
        )

    def _map_table(self) -> ExportTable | None:
        activities = self.profile.activities
        return activities and exports.map_table(
            self.region, activities, self.map_places, self.map_activity, address=self.address
        )

    def _place_table(self) -> ExportTable | None:
        return self.surroundings and exports.place_table(self.surroundings, address=self.address)

    def _trend_table(self) -> ExportTable | None:
        trend = self.profile.trend
        return trend and exports.trend_table(self.region, trend, address=self.address)

    def _growth_table(self) -> ExportTable | None:
        if not (self.profile.growth and self.profile.trend):
            return None
        return exports.growth_table(self.region, self.profile, self.activity_name, address=self.address)

    def _indicators_table(self) -> ExportTable | None:
        if not self.profile.indicators:
            return None
        return exports.indicators_table(self.region, self.profile, address=self.address)

    # Addresses

    @property
    def is_pinned(self) -> bool:
        """Whether its address names a vintage, because that is not the newest."""
        return self.region.vintage != self.newest_vintage

    @property
    def address(self) -> str:
        return self.address_of(self.region.code, self.region.vintage)

    @property
    def canonical_address(self) -> str:
        return settings.SITE_ADDRESS + self.address

    def address_of(self, code: str, vintage: int) -> str:
        path = reverse("evidence:region", args=[code])
        return path if vintage == self.newest_vintage else f"{path}?nuts={vintage}"

    @property
    def place(self) -> tuple[str, ...]:
        return "region", self.region.code

    def address_at(self, part: str) -> str:
        """The map comes back with its activity."""
        if part != "map":
            return super().address_at(part)
        return f"{self.address}{'&' if '?' in self.address else '?'}activity={self.map_activity}#map"

    def _query(self, part: str) -> str:
        query: dict[str, Any] = {"nuts": self.region.vintage}
        if part == "map":
            query["activity"] = self.map_activity
        return urlencode(query)

    def part_address(self, part: str, form: str) -> str:
        if form in ("svg", "png", "json"):
            path = reverse("evidence:region_picture", args=[self.region.code, part, form])
        else:
            ending = "json" if form == "json-stat" else form
            path = reverse("evidence:region_table", args=[self.region.code, part, ending])
        return f"{path}?{self._query(part)}"


def _drawn_regions(level: int, vintage: int) -> list[Region]:
    """What a map of a level shows: countries that a vintage does not divide stand for their regions."""
    return regions.map_regions(vintage) if level == 2 else regions.regions_of(None, level, vintage)
