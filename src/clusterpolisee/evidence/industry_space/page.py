"""The tab of a region in the industry space: facts, words, picture and table under one address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.industry_space import sentences as words
from clusterpolisee.evidence.industry_space.corners import Corner
from clusterpolisee.evidence.industry_space.exports import space_table
from clusterpolisee.evidence.industry_space.facts import Node, State
from clusterpolisee.evidence.industry_space.region import NAMED_BRIDGES, SpaceOfRegion
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.industry_space import Dot, links_of, network_picture
from clusterpolisee.evidence.without_activities import why_without
from clusterpolisee.shell.exports.tables import ExportTable
from clusterpolisee.shell.languages import format_number

LOOKS = {State.HAS: "filled", State.NEAR: "ring", State.LACKS: "absent", State.UNKNOWN: "unknown"}


class RegionSpacePage(SpaceOfRegion):
    """A region in the industry space, in the active language."""

    @cached_property
    def answer(self) -> list[SafeString]:
        return words.answer(self) if self.facts else why_without(self.region, self.space, self.tab)

    @property
    def further(self) -> list[SafeString]:
        return words.further(self) if self.facts else []

    @cached_property
    def limits(self) -> list[SafeString]:
        return words.limits(self) if self.facts else []

    @property
    def bridges(self) -> list[SafeString]:
        return [words.bridge(self, one) for one in self.facts.bridges[:NAMED_BRIDGES]] if self.facts else []

    @property
    def groups(self) -> list[tuple[str, str, list[Node], bool]]:
        """Key, heading, activities, and whether they are seen at once: the table behind the picture."""
        if self.facts is None:
            return []
        facts = self.facts
        found = [
            ("has", _("What the region has"), facts.had, True),
            ("near", _("What it could start next"), facts.near, True),
            ("lacks", _("What else it lacks"), facts.in_state(State.LACKS), False),
            ("unknown", _("What is not published"), facts.in_state(State.UNKNOWN), False),
        ]
        return [one for one in found if one[2]]

    def neighbours_of(self, node: Node) -> str:
        return words.neighbours(self.activity_name, node.neighbours)

    @property
    def strengths(self) -> str:
        return words.strengths()

    def corner_of(self, node: Node) -> str:
        return words.corner_name(node.corner)

    @property
    def text_alternative(self) -> list[tuple[str, str]]:
        """The picture in words: each corner with what the region has of it."""
        assert self.facts is not None
        return [
            (
                words.corner_name(one.corner),
                ", ".join(
                    words.clear(self.activity_name(node.activity))
                    for node in self.facts.had
                    if node.corner is one.corner
                ),
            )
            for one in self.facts.corners
        ]

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"space": self._network}

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {"space": lambda: space_table(self)}

    def _network(self) -> Picture | None:
        if self.facts is None:
            return None
        facts = self.facts
        most = max((one.jobs or 0.0 for one in facts.nodes), default=0.0) or 1.0
        bridges = {one.activity for one in facts.bridges[:NAMED_BRIDGES]}
        dots = [
            Dot(
                code=one.activity,
                name=self.activity_name(one.activity),
                x=one.x,
                y=one.y,
                corner=one.corner.value,
                weight=(one.jobs or 0.0) / most,
                look=LOOKS[one.state],
                words=self._said(one),
                href=reverse("evidence:activity", args=[one.activity]),
                is_named=one.state is State.HAS or one.activity in bridges,
            )
            for one in sorted(facts.nodes, key=lambda node: -(node.jobs or 0.0))
        ]
        return network_picture(
            dots,
            links_of(facts.network, facts.space.activities),
            corners={corner.value: words.corner_name(corner) for corner in Corner},
            looks={LOOKS[state]: words.state_name(state) for state in State if state in facts.states},
            title=_(
                "%(title)s, %(year)s: %(has)s activities it has, coloured by corner, as large as the jobs in them"
            )
            % {
                "title": self.title,
                "year": facts.space.year,
                "has": format_number(len(facts.in_state(State.HAS)), decimals=0),
            },
        )

    def _said(self, node: Node) -> str:
        if node.jobs is None:
            return words.state_name(node.state)
        return _("%(state)s; %(jobs)s jobs") % {
            "state": words.state_name(node.state),
            "jobs": format_number(node.jobs, decimals=0),
        }
