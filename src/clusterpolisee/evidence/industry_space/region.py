"""What the page of a region in the industry space speaks of: the region with its facts, names and figures."""

from __future__ import annotations

from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.industry_space.facts import Node, RegionInSpace, region_in
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.region_tabs import RegionTab
from clusterpolisee.evidence.sentences import link
from clusterpolisee.shell.languages import format_number

NAMED_BRIDGES = 3


class SpaceOfRegion(RegionTab):
    """The region and what is known. The page adds words, picture and table."""

    tab = "region_space"

    @property
    def title(self) -> str:
        return _("%(region)s in the industry space") % {"region": self.name}

    @cached_property
    def facts(self) -> RegionInSpace | None:
        if self.space is None or self.row is None:
            return None
        return region_in(self.space, self.row)

    @property
    def versions(self) -> list[DatasetVersion]:
        """Only the table of activities: the layout asks nothing of the anchor, but what is near does."""
        return self.space.versions if self.space else []

    def quotient(self, node: Node) -> SafeString:
        """A quotient that opens its card; a sign where there is none."""
        if node.quotient is None or self.space is None:
            return format_html("{}", "–")
        ref = FigureRef(
            "location-quotient",
            self.space.indicator.code,
            self.region.code,
            self.space.table.nuts_vintage,
            self.space.year,
            node.activity,
        )
        return link(ref, format_number(node.quotient, decimals=1))
