"""How the templates of the industry space write what is known of activities and regions."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from clusterpolisee.evidence.industry_space.corners import LABELS, Corner
from clusterpolisee.evidence.industry_space.everywhere_page import IndustrySpacePage
from clusterpolisee.evidence.industry_space.facts import Node
from clusterpolisee.evidence.industry_space.page import RegionSpacePage
from clusterpolisee.evidence.industry_space.whole import Count, WholeNode

register = template.Library()


@register.simple_tag
def space_activity(page: RegionSpacePage | IndustrySpacePage, code: str) -> str:
    return page.activity_name(code)


@register.simple_tag
def space_quotient(page: RegionSpacePage, node: Node) -> SafeString:
    return page.quotient(node)


@register.simple_tag
def space_neighbours(page: RegionSpacePage | IndustrySpacePage, node: Node | WholeNode) -> str:
    return page.neighbours_of(node)  # type: ignore[arg-type]


@register.simple_tag
def space_count(page: IndustrySpacePage, found: Count) -> str:
    return page.counted(found)


@register.simple_tag
def space_corner(corner: Corner) -> str:
    return str(LABELS[corner])


@register.simple_tag
def space_region(page: IndustrySpacePage, code: str) -> SafeString:
    return page.region_link(code)
