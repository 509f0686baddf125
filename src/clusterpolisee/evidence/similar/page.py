"""The tab “Similar regions”: what is known, in sentences, pictures and tables, under its addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.comparison_facts import MOST
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import NOT_ASKED, Place, map_of_groups
from clusterpolisee.evidence.pictures.similar import COLOURS, Range, Strip, rank_ranges, strips
from clusterpolisee.evidence.region_tabs import RegionTab
from clusterpolisee.evidence.selection import Choice
from clusterpolisee.evidence.similar import sentences as words
from clusterpolisee.evidence.similar.asked import PREFIX, Among, Asked
from clusterpolisee.evidence.similar.exports import performance_table, ranks_table, reasons_table
from clusterpolisee.evidence.similar.facts import LEVEL, Alike, SimilarFacts
from clusterpolisee.evidence.similar.performance import Performance
from clusterpolisee.evidence.similar.weightings import MOST_WEIGHT, rules
from clusterpolisee.evidence.similar.wording import written
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.tables import ExportTable


class SimilarPage(RegionTab):
    """In the active language."""

    tab: ClassVar[str] = "region_similar"

    def __init__(self, region: Region, asked: Asked) -> None:
        super().__init__(region, asked.choices())
        self.facts = SimilarFacts(region, asked)
        self.choice = asked

    @property
    def title(self) -> str:
        return _("%(region)s: similar regions") % {"region": self.name}

    @cached_property
    def answer(self) -> list[SafeString]:
        return words.answer(self.facts)

    @cached_property
    def further(self) -> list[SafeString]:
        return words.further(self.facts)

    def name_of(self, place: Region) -> str:
        return place.name(self.language)

    # Choices

    @property
    def schemes(self) -> list[Choice]:
        """The named weightings, each with its address; who may be named stays."""
        return [
            Choice(
                self._path(Asked.of({"by": one.key, "among": self.choice.among.value})),
                one.name,
                one == self.choice.scheme,
            )
            for one in rules().weightings
        ]

    @property
    def among(self) -> list[Choice]:
        names = {
            Among.EVERYWHERE: _("everywhere"),
            Among.OUTSIDE: _("outside the country"),
            Among.INSIDE: _("in the same country"),
        }
        return [Choice(key.value, name, key is self.choice.among) for key, name in names.items()]

    @property
    def weight_steps(self) -> range:
        return range(MOST_WEIGHT + 1)

    @property
    def by_what_is_known(self) -> str:
        """The address of the same question by what is known of the region alone; empty where that is nothing or all."""
        known = [key for key in self.facts.known_dimensions if self.choice.weights.get(key)]
        if not known or len(known) == len(self.choice.weighed):
            return ""
        given = {PREFIX + key: "0" for key in rules().dimensions if key not in known}
        return self._path(Asked.of({"by": self.choice.scheme.key, "among": self.choice.among.value, **given}))

    def _path(self, asked: Asked) -> str:
        path, said = reverse("evidence:region_similar", args=[self.region.code]), asked.choices()
        return f"{path}?{urlencode(said)}" if said else path

    # Where to go from here

    @property
    def compare_address(self) -> str:
        """The region beside up to five of the nearest."""
        codes = [self.region.code, *(one.code for one in self.facts.neighbours[: MOST - 1])]
        return f"{reverse('evidence:compare')}?{urlencode([('r', code) for code in codes])}"

    @property
    def instead(self) -> list[Region]:
        return self.facts.instead

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"ranks": self._ranges, "map": self._map, "performance": self._strips}

    def _ranges(self) -> Picture | None:
        facts = self.facts
        if facts.ranking is None or not facts.ranking.has_draws:
            return None
        ranges = [self._range(one) for one in facts.listed]
        drawn = [one for one in ranges if one is not None]
        if not drawn:
            return None
        return rank_ranges(
            drawn,
            title=_("Ranks of the regions most like %(region)s, under other weights") % {"region": self.name},
            axis=_("rank under other weights"),
            steady=_("nearly always among the first %(first)s") % {"first": facts.rules.first},
            other=_("not always"),
        )

    def _range(self, one: Alike) -> Range | None:
        found = one.found
        if found.lowest is None or found.median is None or found.highest is None:
            return None
        return Range(
            name=self.name_of(one.region),
            lowest=found.lowest,
            median=found.median,
            highest=found.highest,
            is_steady=one.is_steady,
            words=f"{words.rank_range(one)}; {words.firmness(one, self.facts.rules.first)}",
        )

    def _map(self) -> Picture | None:
        facts = self.facts
        if not facts.is_answered:
            return None
        labels = (
            _("this region"),
            _("the nearest %(count)s") % {"count": facts.rules.group},
            _("the next ten"),
            _("less alike"),
        )
        group = {self.region.code: labels[0]}
        for at, one in enumerate(facts.neighbours):
            size = facts.rules.group
            group[one.code] = labels[1] if at < size else labels[2] if at < size + 10 else labels[3]
        asked = {Among.EVERYWHERE: None, Among.OUTSIDE: False, Among.INSIDE: True}[self.choice.among]
        places = []
        for place in facts.places:
            is_home = place.country == self.region.country
            left_out = asked is not None and is_home is not asked and place.code != self.region.code
            state = NOT_ASKED if left_out else "not_published"
            address = reverse("evidence:region", args=[place.code])
            places.append(
                (Place(place.code, self.name_of(place), None, state, address), group.get(place.code, ""))
            )
        used = set(group.values())
        return map_of_groups(
            regions.boundaries(LEVEL, regions.current_vintage()),
            places,
            {label: colour for label, colour in zip(labels, COLOURS, strict=True) if label in used},
            name="map",
            title=_("Where the regions most like %(region)s lie") % {"region": self.name},
        )

    def _strips(self) -> Picture | None:
        found = self.facts.performance
        if not found:
            return None
        return strips(
            [self._strip(one) for one in found],
            title=_("%(region)s among the regions like it") % {"region": self.name},
        )

    def _strip(self, one: Performance) -> Strip:
        unit = one.indicator.unit
        title = f"{one.indicator.short_name}, {one.year}"
        if one.indicator.unit_beside or unit == "%":
            title = f"{title}, {unit}"
        return Strip(
            title=title,
            values=[
                (self.name_of(member.region), member.cell.value, written(one.indicator, member.cell.value))
                for member in one.members[1:]
                if member.cell.value is not None
            ],
            own=one.own.cell.value,
            own_words=f"{self.name}: {written(one.indicator, one.own.cell.value)}"
            if one.own.cell.value is not None
            else "",
            lower=one.lower_quartile,
            median=one.median,
            upper=one.upper_quartile,
            lowest_is_best=one.lowest_is_best,
        )

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        same = {"address": self.address, "language": self.language}
        return {
            "ranks": lambda: ranks_table(self.facts, self.name_of, **same),
            "map": lambda: ranks_table(self.facts, self.name_of, **same),
            "why": lambda: reasons_table(self.facts, self.facts.listed, self.name_of, **same),
            "performance": lambda: performance_table(self.facts, self.name_of, **same),
        }
