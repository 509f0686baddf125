"""The tables of an activity's page as they leave the house."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.activity_facts import ActivityFacts
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.tables import Column, ExportTable


def activity_table(page: ActivityFacts, *, title: str, address: str) -> ExportTable:
    """All regions shown, the most specialised first."""
    assert page.version is not None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("persons_employed", _("Jobs"), "number", decimals=0, role="value"),
        Column("share_percent", _("Share"), "percent", decimals=1),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    code = page.activity.code if page.specialisation else page.group
    rows: list[tuple[object, ...]] = [
        (
            row.region.code,
            row.region.name(page.language),
            code,
            page.year,
            row.jobs,
            row.share_percent,
            row.state,
            row.flag,
        )
        for row in page.rows
    ]
    formula = EXPLANATIONS["share"].formula
    if page.specialisation:
        columns[6:6] = [
            Column("location_quotient", _("Location quotient"), "number", decimals=1),
            Column("stars", _("Cluster stars"), "number", decimals=0),
        ]
        stars = [(row.quotient, row.stars.count if row.stars else None) for row in page.rows]
        rows = [(*row[:6], *more, *row[6:]) for row, more in zip(rows, stars, strict=True)]
        formula = EXPLANATIONS["location-quotient"].formula
    return ExportTable(
        key=f"activity-{code}-{page.year}",
        title=title,
        columns=columns,
        rows=rows,
        origins=[origin_of(page.version, formula=formula, address=address)],
        language=page.language,
    )


def group_table(page: ActivityFacts, *, title: str, address: str) -> ExportTable:
    """Employment of the group in every region and year shown."""
    assert page.group_regions is not None and page.survey is not None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("employed", _("Employed, aged 15 and over"), "number", decimals=0, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    rows = [
        (code, page.group, year, cell.value, cell.state, cell.flag)
        for code in page.group_regions.regions
        for year, cell in page.group_regions.series(code).pairs
    ]
    return ExportTable(
        key=f"activity-{page.group}-years",
        title=title,
        columns=columns,
        rows=rows,
        origins=[origin_of(page.survey[1], address=address)],
        language=page.language,
    )
