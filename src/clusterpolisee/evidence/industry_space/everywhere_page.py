"""The page of the whole industry space: words, picture and tables under one address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.industry_space import everywhere_sentences as words
from clusterpolisee.evidence.industry_space.corners import Corner
from clusterpolisee.evidence.industry_space.everywhere import SpaceEverywhere
from clusterpolisee.evidence.industry_space.everywhere_exports import activities_table, regions_table
from clusterpolisee.evidence.industry_space.sentences import corner_name, neighbours, strengths
from clusterpolisee.evidence.industry_space.whole import Count, Standing, WholeNode
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.industry_space import Dot, links_of, network_picture
from clusterpolisee.evidence.selection import Choice
from clusterpolisee.shell.exports.tables import ExportTable

FIRST = 15
NAMED = 40  # as many as may be named in the picture; fewer have room


class IndustrySpacePage(SpaceEverywhere):
    """In the active language."""

    @cached_property
    def answer(self) -> list[SafeString]:
        return words.answer(self) if self.facts else []

    @cached_property
    def limits(self) -> list[SafeString]:
        return words.limits(self) if self.facts else []

    @property
    def asked(self) -> bool:
        return bool(self.country)

    @property
    def narrowed_to(self) -> str:
        return self.area if self.country else ""

    @property
    def choices(self) -> list[tuple[str, str, list[Choice]]]:
        every = Choice("", _("South East Europe"), not self.country)
        found = [
            Choice(code, self.names.get(code, code), code == self.country) for code in self.countries_there
        ]
        return [("country", _("Seen from"), [every, *found])]

    @property
    def first_nodes(self) -> Sequence[WholeNode]:
        return self.facts.widest[:FIRST] if self.facts else ()

    @property
    def other_nodes(self) -> Sequence[WholeNode]:
        return self.facts.widest[FIRST:] if self.facts else ()

    @property
    def first_regions(self) -> Sequence[Standing]:
        return self.facts.standings[:FIRST] if self.facts else ()

    @property
    def other_regions(self) -> Sequence[Standing]:
        return self.facts.standings[FIRST:] if self.facts else ()

    def counted(self, found: Count) -> str:
        return words.counted(found)

    def neighbours_of(self, node: WholeNode) -> str:
        return neighbours(self.activity_name, node.neighbours)

    @property
    def strengths(self) -> str:
        return strengths()

    def corner_of(self, node: WholeNode) -> str:
        return corner_name(node.corner)

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"space": self._network}

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {"space": lambda: activities_table(self), "regions": lambda: regions_table(self)}

    def _network(self) -> Picture | None:
        facts = self.facts
        if facts is None:
            return None
        most = max((one.here.share or 0.0 for one in facts.nodes), default=0.0) or 1.0
        dots = [
            Dot(
                code=one.activity,
                name=self.activity_name(one.activity),
                x=one.x,
                y=one.y,
                corner=one.corner.value,
                weight=(one.here.share or 0.0) / most,
                look="filled" if one.here.has else ("absent" if one.here.known else "unknown"),
                words=_("%(count)s regions") % {"count": words.counted(one.here)},
                href=reverse("evidence:activity", args=[one.activity]),
                is_named=at < NAMED,
            )
            for at, one in enumerate(facts.widest)
        ]
        used = {dot.look for dot in dots}
        looks = {"filled": _("the larger, the more regions have it"), "absent": _("no region has it")}
        looks["unknown"] = _("not published")
        return network_picture(
            dots,
            links_of(facts.network, facts.space.activities),
            corners={corner.value: corner_name(corner) for corner in Corner},
            looks={look: said for look, said in looks.items() if look in used},
            title=_("The industry space, %(year)s: how many regions of %(area)s have each activity")
            % {"year": facts.space.year, "area": self.area},
        )
