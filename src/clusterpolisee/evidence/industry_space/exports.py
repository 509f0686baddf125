"""The table of a region in the industry space as it leaves the house: every activity with its place and its neighbours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.industry_space import sentences as words
from clusterpolisee.evidence.industry_space.region import SpaceOfRegion
from clusterpolisee.evidence.origins import origins_of
from clusterpolisee.shell.exports.tables import Column, ExportTable


def space_table(page: SpaceOfRegion) -> ExportTable | None:
    """In the order of the classification. An unknown presence is empty, not “no”."""
    facts = page.facts
    if facts is None:
        return None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Activity"), "text", role="activity"),
        Column("activity_name", _("Name of the activity"), "text", of="activity"),
        Column("corner", _("Corner"), "text", of="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("standing", _("In the region"), "text", of="location_quotient"),
        Column("location_quotient", _("Location quotient"), "number", decimals=2, role="value"),
        Column("state", _("State"), "state", of="location_quotient"),
        Column("density", _("Nearness"), "percent", decimals=1),
        Column("density_state", _("State of the nearness"), "state", of="density"),
        Column("neighbours", _("Most related to"), "text", of="activity"),
        Column("x", _("Across on the map"), "number", decimals=3),
        Column("x_state", _("State of the place across"), "state", of="x"),
        Column("y", _("Up on the map"), "number", decimals=3),
        Column("y_state", _("State of the place up"), "state", of="y"),
    ]
    rows = [
        (
            facts.code,
            one.activity,
            page.activity_name(one.activity),
            words.corner_name(one.corner),
            facts.space.year,
            words.state_name(one.state),
            one.quotient,
            "reported" if one.quotient is not None else "not_published",
            None if one.density is None else 100 * one.density,
            "reported" if one.density is not None else "not_applicable",
            ", ".join(f"{near.activity} {near.proximity:.2f}" for near in one.neighbours),
            one.x,
            "reported",
            one.y,
            "reported",
        )
        for one in facts.nodes
    ]
    formula = EXPLANATIONS[words.METHOD].formula
    return ExportTable(
        key=f"space-{facts.code}",
        title=page.title,
        columns=columns,
        rows=rows,
        origins=origins_of(page.versions, formula=formula, address=page.address),
        note=_("Nearness: what part of all that is related to an activity the region has."),
        language=page.language,
    )
