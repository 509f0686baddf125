"""The answer of a category page in sentences, each number opening its card where it has one, each with its year."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.evidence.category_facts import CategoryFacts
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.shell.languages import format_number, format_percent


def answer(page: CategoryFacts) -> list[SafeString]:
    """Where the category weighs most, how many regions stand out, how much of it is known."""
    if page.table is None and page.why_no_comparison:
        return [page.why_no_comparison]
    if page.table is None:
        return [
            in_words(
                _("No table that is loaded here has figures for “{name}” yet. What it is made of is known."),
                name=str(page.category),
            )
        ]
    return [_strongest(page), *_stars(page), *_coverage(page)]


def trend_in_words(page: CategoryFacts) -> SafeString:
    """The change over the longest span without a break."""
    trend = page.trend
    assert trend is not None
    if trend.span is None or trend.growth_percent is None:
        return in_words(_("A break in series stands between all years, so no change can be told."))
    size = link(page.growth_ref, format_percent(abs(trend.growth_percent), decimals=1, of=100))
    text = (
        _("{size} fewer jobs in {end} than in {start}.")
        if trend.growth_percent < 0
        else _("{size} more jobs in {end} than in {start}.")
    )
    return in_words(text, size=size, start=trend.span[0], end=trend.span[1])


def _strongest(page: CategoryFacts) -> SafeString:
    assert page.table is not None
    first = page.leader
    if first is None:
        return in_words(
            _("In no region shown here are all parts of “{name}” published in {year}."),
            name=str(page.category),
            year=page.table.year,
        )
    code, cell = first.region.code, first.cell
    return in_words(
        _(
            "“{name}” weighs most in {region}: {jobs} jobs, {share} of those employed in enterprises, {quotient} times the average of {count} countries ({year})."
        ),
        name=str(page.category),
        region=in_words('<a href="{address}">{name}</a>', address=first.address, name=first.name),
        jobs=page.number("jobs", code, format_number(cell.jobs or 0, decimals=0)),
        share=page.number("share", code, format_percent(cell.share or 0, decimals=1, of=100)),
        quotient=page.number("quotient", code, format_number(cell.quotient or 0, decimals=1)),
        count=len(page.table.table.reference_countries),
        year=page.table.year,
    )


def _stars(page: CategoryFacts) -> list[SafeString]:
    starred = sum(one.cell.stars.count == 3 for one in page.ranked)
    if not starred:
        return []
    text = ngettext(
        "{count} region earns three cluster stars.", "{count} regions earn three cluster stars.", starred
    )
    return [in_words(text, count=starred)]


def _coverage(page: CategoryFacts) -> list[SafeString]:
    everything = len(page.rows) + len(page.without_figures)
    known, bounds = len(page.ranked), len(page.bounded)
    if not known and not bounds:
        return []
    if not bounds:
        text = ngettext(
            "All its parts are published in {known} of {all} region.",
            "All its parts are published in {known} of {all} regions.",
            everything,
        )
        return [in_words(text, known=known, all=everything)]
    text = ngettext(
        "All its parts are published in {known} of {all} regions; in {bounds} only some are, so it has no place.",
        "All its parts are published in {known} of {all} regions; in {bounds} only some are, so they have no place.",
        bounds,
    )
    return [in_words(text, known=known, all=everything, bounds=bounds)]
