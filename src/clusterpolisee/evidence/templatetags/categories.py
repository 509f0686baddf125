"""How the templates of cluster categories write figures, each opening its card."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence.category_facts import CategoryFacts, PartRow, Row
from clusterpolisee.evidence.sentences import link
from clusterpolisee.shell.languages import format_number, format_percent

register = template.Library()


@register.simple_tag
def quotient_of(page: CategoryFacts, row: Row) -> SafeString | str:
    value = row.cell.quotient
    return (
        "–" if value is None else page.number("quotient", row.region.code, format_number(value, decimals=1))
    )


@register.simple_tag
def jobs_of(page: CategoryFacts, row: Row) -> SafeString | str:
    """The total, or the lower bound where a part is not published."""
    cell = row.cell
    if cell.jobs is not None:
        return page.number("jobs", row.region.code, format_number(cell.jobs, decimals=0))
    if cell.at_least is None:
        return "–"
    return page.number("jobs", row.region.code, f"≥ {format_number(cell.at_least, decimals=0)}")


@register.simple_tag
def counted_of(page: CategoryFacts, row: Row, part: PartRow) -> SafeString | str:
    """What of a part is counted: its own figure where that is all of it, else the sum that says the weight."""
    counted = part.part.counted
    if counted is None:
        return "–"
    text = format_number(counted, decimals=0)
    return link(part.ref, text) if part.part.weight == 1 else page.number("jobs", row.region.code, text)


@register.simple_tag
def share_of(page: CategoryFacts, row: Row) -> SafeString | str:
    value = row.cell.share
    return (
        "–"
        if value is None
        else page.number("share", row.region.code, format_percent(value, decimals=1, of=100))
    )


@register.simple_tag
def stars_of(page: CategoryFacts, row: Row) -> SafeString | str:
    """★★☆, said in words, opening the card that says which were earned and why."""
    award = row.cell.stars
    if award.count is None:
        return "–"
    won = [
        name
        for earned, name in (
            (award.size, _("Size")),
            (award.specialisation, _("Specialisation")),
            (award.focus, _("Focus")),
        )
        if earned
    ]
    spoken = _("%(count)s of 3 stars") % {"count": award.count}
    return format_html(
        '<a class="stars" href="{}" title="{}" aria-label="{}">{}<i>{}</i></a>',
        page.ref("stars", row.region.code).address(),
        ", ".join(won),
        f"{spoken} {', '.join(won)}".strip(),
        "★" * award.count,
        "★" * (3 - award.count),
    )


@register.simple_tag
def region_query(page: CategoryFacts, row: Row) -> str:
    return page.region_query(row.region.code)


@register.filter
def weight_text(weight: float) -> str:
    """1 is not said: all of it belongs here."""
    return "" if weight == 1 else format_percent(weight, decimals=0)
