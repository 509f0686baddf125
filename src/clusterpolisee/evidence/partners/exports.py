"""The tables of the partners page as they leave the house: all that were looked at, and what carries each gain."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.origins import origins_of
from clusterpolisee.evidence.partners.region import PartnersOfRegion
from clusterpolisee.evidence.partners.sentences import METHOD, rules
from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin


def partners_table(page: PartnersOfRegion) -> ExportTable | None:
    """Every region that may be named and adds something, the best first."""
    facts = page.facts
    if facts is None or not facts.ranked:
        return None
    columns = [
        Column("place", _("Place"), "number", decimals=0),
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("country", _("Country"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("gain", _("Adds"), "percent", decimals=1, role="value"),
        Column("given_back", _("Would get"), "percent", decimals=1),
        Column("smaller_gain", _("Both gain at least"), "percent", decimals=1),
        Column("score", _("Ranked by"), "percent", decimals=1),
        Column("options_had", _("Options it has itself"), "number", decimals=0),
        Column("known", _("Activities known"), "number", decimals=0),
        Column("kilometres", _("Distance"), "number", unit="km", decimals=0),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (
            place,
            one.code,
            page.names[one.code],
            page.names[one.country],
            facts.space.year,
            100 * one.gain,
            _percent(one.given_back),
            _percent(one.smaller_gain),
            100 * one.score,
            one.options_had,
            one.known,
            one.kilometres,
            "reported",
        )
        for place, one in enumerate(facts.ranked, start=1)
    ]
    return ExportTable(
        key=f"partners-{facts.code}",
        title=page.title,
        columns=columns,
        rows=rows,
        origins=_origins(page),
        note=_note(page),
        language=page.language,
    )


def contributions_table(page: PartnersOfRegion) -> ExportTable | None:
    """Of the partners that are named: each activity they bring with the part of the gain it carries."""
    facts = page.facts
    if facts is None or not facts.named:
        return None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("activity", _("Activity"), "text", role="activity"),
        Column("activity_name", _("Name of the activity"), "text", of="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("part", _("Part of what it adds"), "percent", decimals=2, role="value"),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (
            why.partner.code,
            page.names[why.partner.code],
            part.activity,
            page.activity_name(part.activity),
            facts.space.year,
            100 * part.part,
            "reported",
        )
        for why in facts.reasons
        for part in why.brings
    ]
    return ExportTable(
        key=f"partners-{facts.code}-contributions",
        title=_("%(title)s: what carries it") % {"title": page.title},
        columns=columns,
        rows=rows,
        origins=_origins(page),
        note=_note(page),
        language=page.language,
    )


def _note(page: PartnersOfRegion) -> str:
    assert page.facts is not None
    named = ", ".join(f"{page.activity_name(code)} ({code})" for code in page.facts.options)
    return f"{_('Options: %(names)s.') % {'names': named}} {rules(page)}"


def _origins(page: PartnersOfRegion) -> list[Origin]:
    assert page.facts is not None
    formula = EXPLANATIONS[METHOD].formula
    return origins_of(page.facts.space.versions, formula=formula, address=page.address)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
