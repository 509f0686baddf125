"""Why a region has no place in the table of activities, and what can be done: what tabs without figures say."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence.engine.space import LEVEL, ActivitySpace
from clusterpolisee.evidence.sentences import in_words
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region

TABLE = "sbs_r_nuts06_r2"


def why_without(region: Region, space: ActivitySpace | None, tab: str) -> list[SafeString]:
    """The reason first, then what would be needed. tab: the page that is asked for, for regions that have it."""
    name = region.name(get_language() or "en")
    if space is None:
        return [
            in_words(
                _(
                    "Nothing can be told of {name} yet: the table {table} of people employed by activity is not loaded here."
                ),
                name=name,
                table=_table(TABLE),
            ),
            _bring(),
        ]
    if region.level != LEVEL:
        return _of_another_level(region, name, tab)
    table = _table(space.version.dataset.code)
    older = regions.predecessors_of(region, space.table.nuts_vintage)
    known = [one for one in older if one.code in space.regions]
    if known:
        text = _(
            "The table {table} knows this land under the borders of NUTS {vintage} only, as {regions}; for {name} itself "
            "it says nothing."
        )
        named = _listed(known, "region", query=f"?nuts={space.table.nuts_vintage}")
        return [
            in_words(text, table=table, vintage=space.table.nuts_vintage, regions=named, name=name),
            _bring(),
        ]
    text = _(
        "Nothing can be told of {name} yet: it is not known which activities it has, because the table {table} "
        "({year}) has no figures for it."
    )
    return [in_words(text, name=name, table=table, year=space.year), _needed(), _bring()]


def _of_another_level(region: Region, name: str, tab: str) -> list[SafeString]:
    if region.level > LEVEL:
        found = [one for one in regions.ancestors_of(region) if one.level == LEVEL]
        text = _("This is told of regions at NUTS level 2. {name} is part of {regions}: {link}.")
    else:
        found = [
            one
            for one in regions.regions_of(region.country, LEVEL, region.vintage)
            if one.code.startswith(region.code)
        ]
        text = _("This is told of regions at NUTS level 2. Those of {name}: {link}.")
    if not found:
        return [in_words(_("{name} has no regions at NUTS level 2, which this is told of."), name=name)]
    here = get_language() or "en"
    named = ", ".join(one.name(here) for one in found)
    return [in_words(text, name=name, regions=named, link=_listed(found, tab))]


def _needed() -> SafeString:
    return format_html(
        "{}",
        _(
            "What is needed: people employed in enterprises by activity (two digits of NACE Rev. 2) in one year, for the "
            "region and for the countries it is compared with."
        ),
    )


def _bring() -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("evidence:data_bring"), _("This is how figures are brought here.")
    )


def _table(code: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("evidence:data_set", args=[code]), code)


def _listed(places: Sequence[Region], page: str, query: str = "") -> SafeString:
    here = get_language() or "en"
    return format_html_join(
        ", ",
        '<a href="{}{}">{} ({})</a>',
        ((reverse(f"evidence:{page}", args=[one.code]), query, one.name(here), one.code) for one in places),
    )
