"""How the templates of cluster categories write figures: with their card where they have one, with their words where none."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.category_facts import CategoryFacts, Row
from clusterpolisee.shell.languages import format_number, format_percent

register = template.Library()


@register.simple_tag
def quotient_of(page: CategoryFacts, row: Row) -> SafeString | str:
    value = row.cell.quotient
    return (
        "–"
        if value is None
        else page.number("location-quotient", row.region.code, format_number(value, decimals=1))
    )


@register.simple_tag
def jobs_of(page: CategoryFacts, row: Row) -> SafeString | str:
    value = row.cell.jobs
    return (
        "–"
        if value is None
        else page.number("observation", row.region.code, format_number(value, decimals=0))
    )


@register.simple_tag
def share_of(page: CategoryFacts, row: Row) -> SafeString | str:
    value = row.cell.share
    return (
        "–"
        if value is None
        else page.number("share", row.region.code, format_percent(value, decimals=1, of=100))
    )


@register.simple_tag
def stars_of(page: CategoryFacts, row: Row) -> SafeString:
    """★★☆, said in words; which of the three were earned stands behind it."""
    award = row.cell.stars
    count = award.count or 0
    won = [
        name
        for earned, name in (
            (award.size, _("Size")),
            (award.specialisation, _("Specialisation")),
            (award.focus, _("Focus")),
        )
        if earned
    ]
    spoken = _("%(count)s of 3 stars") % {"count": count}
    return format_html(
        '<span class="stars" title="{}"><span aria-hidden="true">{}<i>{}</i></span><span class="visually-hidden">{}</span></span>',
        ", ".join(won),
        "★" * count,
        "★" * (3 - count),
        f"{spoken} {', '.join(won)}".strip(),
    )


@register.simple_tag
def region_query(page: CategoryFacts, row: Row) -> str:
    return page.region_query(row.region.code)


@register.filter
def weight_text(weight: float) -> str:
    """1 is not said: all of it belongs here."""
    return "" if weight == 1 else format_percent(weight, decimals=0)
