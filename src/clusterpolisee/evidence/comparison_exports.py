"""The tables of a comparison as they leave the house: a row for each region and thing compared."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.comparison_facts import ComparisonFacts
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.exports import formulas_of_rows, origins_of_rows
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.tables import Column, ExportTable


def indicators_table(page: ComparisonFacts, *, address: str) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("indicator", _("Code"), "text"),
        Column("indicator_name", _("Indicator"), "text", of="indicator"),
        Column("unit", _("Unit"), "text", of="indicator"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", _("Value"), "number", role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag", of="value"),
    ]
    rows = [
        (
            one.region.code,
            page.name_of(one.region),
            row.indicator.code,
            row.indicator.name,
            row.indicator.unit,
            one.year,
            one.cell.value if one.cell else None,
            one.cell.state if one.cell else "not_published",
            one.cell.flag if one.cell else "",
        )
        for row in page.indicators
        for one in row.cells
    ]
    return ExportTable(
        key=f"{_key(page)}-indicators",
        title=_("%(regions)s: key indicators") % {"regions": page.names},
        columns=columns,
        rows=rows,
        origins=origins_of_rows(page.indicators, address=address),
        note=formulas_of_rows(page.indicators),
        language=page.language,
    )


def strengths_table(page: ComparisonFacts, *, address: str) -> ExportTable:
    assert page.activity_version is not None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("activity_name", _("Activity"), "text", of="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("location_quotient", _("Location quotient"), "number", decimals=1, role="value"),
        Column("persons_employed", _("Jobs"), "number", decimals=0),
        Column("share_percent", _("Share"), "percent", decimals=1),
        Column("stars", _("Cluster stars"), "number", decimals=0),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (
            region.code,
            page.name_of(region),
            one.code,
            page.activity_name(one.code),
            page.activity_year,
            row.quotient if row else None,
            row.jobs if row else None,
            row.share_percent if row else None,
            row.stars.count if row else None,
            row.state if row else "not_published",
        )
        for one in page.strengths
        for region, row in zip(page.regions, one.rows, strict=True)
    ]
    return ExportTable(
        key=f"{_key(page)}-activities",
        title=_("%(regions)s: strongest activities, %(year)s")
        % {"regions": page.names, "year": page.activity_year},
        columns=columns,
        rows=rows,
        origins=[
            origin_of(
                page.activity_version, formula=EXPLANATIONS["location-quotient"].formula, address=address
            )
        ],
        language=page.language,
    )


def employment_table(page: ComparisonFacts, *, address: str) -> ExportTable:
    assert page.trend_version is not None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("employed", _("Employed, aged 15 and over"), "number", decimals=0, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    rows = [
        (region.code, page.name_of(region), year, cell.value, cell.state, cell.flag)
        for region, profile in zip(page.regions, page.profiles, strict=True)
        if profile.trend
        for year, cell in profile.trend.series.pairs
    ]
    return ExportTable(
        key=f"{_key(page)}-employment",
        title=_("%(regions)s: employment") % {"regions": page.names},
        columns=columns,
        rows=rows,
        origins=[origin_of(page.trend_version, address=address)],
        language=page.language,
    )


def _key(page: ComparisonFacts) -> str:
    return "-".join(region.code for region in page.regions)
