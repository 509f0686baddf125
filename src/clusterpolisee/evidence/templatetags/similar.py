"""How the template of similar regions writes reasons, ranks and places."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.evidence.similar import sentences as words
from clusterpolisee.evidence.similar.columns import Column
from clusterpolisee.evidence.similar.facts import Alike, Reason
from clusterpolisee.evidence.similar.mixes import MixTable
from clusterpolisee.evidence.similar.page import SimilarPage
from clusterpolisee.evidence.similar.performance import Member, Performance
from clusterpolisee.evidence.similar.wording import part_name, part_value, part_year, written
from clusterpolisee.shell.languages import format_number, format_percent

register = template.Library()
WIDEST = 2.0  # a bar is full where two regions are twice as unlike as usual
DIFFERENT_ACTIVITIES = 2


@register.filter
def thing(part: Column | MixTable) -> str:
    return part_name(part)


@register.filter
def quoted_thing(part: Column | MixTable) -> str:
    """In the quotation marks of the reader's language."""
    return _("“%(name)s”") % {"name": part_name(part)}


@register.filter
def rank_range(one: Alike) -> str:
    return words.rank_range(one)


@register.filter
def share_first(one: Alike) -> str:
    """In what part of the weights tried a neighbour is among the first; always and never are said so."""
    return words.share_first(one)


@register.filter
def gap_words(one: Performance) -> str:
    return words.gap_words(one)


@register.filter
def share_words(value: float) -> str:
    return format_percent(value, decimals=0)


@register.filter
def bar_width(value: float | None) -> int:
    """Of a hundred."""
    return 0 if value is None else round(100 * min(value, WIDEST) / WIDEST)


@register.filter
def times_usual(value: float) -> str:
    return format_number(value, decimals=1)


@register.simple_tag
def reason_value(page: SimilarPage, one: Alike, why: Reason, side: str) -> SafeString | str:
    """A figure that opens its card, with its year; a type in words."""
    place, row = (page.region, page.facts.row) if side == "own" else (one.region, one.found.row)
    value = why.own if side == "own" else why.other
    if value is None or row is None or isinstance(why.part, MixTable):
        return "–"
    text, ref = part_value(why.part, value), why.part.ref(place.code, row, page.facts.table.vintage)
    if ref is None:
        return text
    return format_html('{}<br><span class="code">{}</span>', link(ref, text), part_year(why.part, row))


@register.simple_tag
def mix_words(page: SimilarPage, one: Alike, why: Reason) -> SafeString | str:
    """How many jobs would have to be in another activity, and in which activities the two differ most."""
    part, row = why.part, page.facts.row
    if not isinstance(part, MixTable) or row is None or why.apart is None:
        return ""
    apart = part.apart(row, one.found.row, DIFFERENT_ACTIVITIES)
    named = [
        in_words(
            _("“{activity}” {here} here, {there} there"),
            activity=page.activity_name(code),
            here=format_percent(here, decimals=1),
            there=format_percent(there, decimals=1),
        )
        for code, here, there in apart
    ]
    share = format_percent(float(part.distance[row, one.found.row]), decimals=0)
    text = _("{share} of the jobs would have to be in another activity; most: {activities} ({year})")
    return in_words(text, share=share, activities=words.joined(named), year=part.year)


@register.simple_tag
def member_value(one: Performance, member: Member) -> SafeString:
    value = member.cell.value
    assert value is not None
    return link(member.ref, written(one.indicator, value))


@register.simple_tag
def group_value(one: Performance, value: float) -> str:
    return written(one.indicator, value)
