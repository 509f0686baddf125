"""The tables of the whole industry space as they leave the house: activities, and regions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.industry_space import sentences as words
from clusterpolisee.evidence.industry_space.everywhere import SpaceEverywhere
from clusterpolisee.evidence.origins import origins_of
from clusterpolisee.shell.exports.tables import Column, ExportTable


def activities_table(page: SpaceEverywhere) -> ExportTable | None:
    """Every activity: how many regions have it here and elsewhere, of how many that is known."""
    facts = page.facts
    if facts is None:
        return None
    columns = [
        Column("area", _("Area"), "text", role="region"),
        Column("activity", _("Activity"), "text", role="activity"),
        Column("activity_name", _("Name of the activity"), "text", of="activity"),
        Column("corner", _("Corner"), "text", of="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("has", _("Regions that have it"), "number", decimals=0, role="value"),
        Column("known", _("Regions of which that is known"), "number", decimals=0),
        Column("has_elsewhere", _("Other regions that have it"), "number", decimals=0),
        Column("known_elsewhere", _("Other regions of which that is known"), "number", decimals=0),
        Column("state", _("State"), "state", role="status"),
        Column("neighbours", _("Most related to"), "text", of="activity"),
    ]
    rows = [
        (
            page.area,
            one.activity,
            page.activity_name(one.activity),
            words.corner_name(one.corner),
            facts.space.year,
            one.here.has,
            one.here.known,
            one.elsewhere.has,
            one.elsewhere.known,
            "reported",
            ", ".join(f"{near.activity} {near.proximity:.2f}" for near in one.neighbours),
        )
        for one in facts.nodes
    ]
    return _table(page, f"industry-space-{page.country or 'all'}", page.title, columns, rows, words.METHOD)


def regions_table(page: SpaceEverywhere) -> ExportTable | None:
    """Every region: how many activities it has, and how related they are."""
    facts = page.facts
    if facts is None or not facts.standings:
        return None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("coherence", _("Coherence"), "number", decimals=3, role="value"),
        Column("state", _("State"), "state", of="coherence", role="status"),
        Column("has", _("Activities it has"), "number", decimals=0),
        Column("known", _("Activities known"), "number", decimals=0),
        Column("count_state", _("State of the counts"), "state"),
    ]
    rows = [
        (
            one.code,
            page.names.get(one.code, one.code),
            facts.space.year,
            one.coherence,
            "reported" if one.coherence is not None else "not_applicable",
            one.has,
            one.known,
            "reported",
        )
        for one in facts.standings
    ]
    title = _("%(title)s: how related the activities of each region are") % {"title": page.title}
    return _table(page, f"coherence-{page.country or 'all'}", title, columns, rows, "coherence")


def _table(
    page: SpaceEverywhere,
    key: str,
    title: str,
    columns: list[Column],
    rows: list[tuple[object, ...]],
    method: str,
) -> ExportTable:
    return ExportTable(
        key=key,
        title=title,
        columns=columns,
        rows=rows,
        origins=origins_of(page.versions, formula=EXPLANATIONS[method].formula, address=page.address),
        language=page.language,
    )
