"""How the template of “A place for all regions” writes what is known of a region."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from clusterpolisee.evidence import place_for_all_sentences as words
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.indicator_facts import IndicatorFacts
from clusterpolisee.evidence.place_for_all_facts import Standing
from clusterpolisee.evidence.place_for_all_page import PlaceForAllPage

register = template.Library()


@register.filter
def region_names(standings: Sequence[Standing]) -> SafeString:
    """All of them, each leading to its page."""
    return words.names(standings, len(standings))


@register.filter
def corner_words(one: Standing) -> str:
    return words.corner_name(one.corner) if one.corner else ""


@register.filter
def ref_of(facts: IndicatorFacts, one: Standing) -> FigureRef:
    """The newest figure of a region, whose change cannot be told."""
    return facts.ref(one.code)


@register.simple_tag
def moved(page: PlaceForAllPage, one: Standing) -> SafeString:
    return words.moved(page, one)


@register.simple_tag
def share_of_jobs(page: PlaceForAllPage, one: Standing, code: str) -> SafeString:
    return words.share(page.categories[code], one.knowledge[code], one.code)


@register.simple_tag
def standing_sentence(page: PlaceForAllPage, one: Standing) -> SafeString:
    return words.sentence(page, one)
