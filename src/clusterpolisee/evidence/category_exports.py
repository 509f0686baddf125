"""The tables of a category page as they leave the house: the same rows, machine keys, states and origins."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.classifications.category_words import parts_text
from clusterpolisee.evidence.category_facts import CategoryFacts
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin

METHOD = "cluster-category"


def _origins_of(page: CategoryFacts) -> list[Origin]:
    assert page.version is not None
    return [origin_of(page.version, formula=EXPLANATIONS[METHOD].formula, address=page.address)]


def ranking_table(page: CategoryFacts) -> ExportTable:
    """All regions shown, those with a total first, then the lower bounds."""
    assert page.table is not None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("category", _("Category"), "text"),
        Column("year", _("Year"), "year", role="time"),
        Column("location_quotient", _("Location quotient"), "number", decimals=1, role="value"),
        Column("persons_employed", _("Jobs"), "number", decimals=0),
        Column("share_percent", _("Share"), "percent", decimals=1),
        Column("stars", _("Cluster stars"), "number", decimals=0),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
        Column("persons_at_least", _("Jobs in the published parts, at least"), "number", decimals=0),
        Column("at_least_state", _("State, lower bound"), "state", of="persons_at_least"),
        Column("parts_published", _("Parts published"), "text", of="region"),
    ]
    rows = [
        (
            row.region.code,
            row.name,
            page.category.code,
            page.table.year,
            row.cell.quotient,
            row.cell.jobs,
            row.cell.share,
            row.cell.stars.count,
            row.cell.state,
            row.cell.flag,
            row.cell.at_least,
            "reported",
            f"{row.cell.parts_known}/{page.table.parts_in_all}",
        )
        for row in page.rows
    ]
    return ExportTable(
        key=f"{page.category.code}-{page.table.year}",
        title=_("“%(category)s” by region, %(year)s") % {"category": page.category, "year": page.table.year},
        columns=columns,
        rows=rows,
        origins=_origins_of(page),
        note=_note(page),
        language=page.language,
    )


def _note(page: CategoryFacts) -> str:
    return _("Parts and their weights (revision %(revision)s): %(parts)s. %(scheme)s. %(note)s") % {
        "revision": page.category.revision,
        "parts": parts_text(page.category.weights),
        "scheme": page.category.scheme,
        "note": page.category.scheme.note,
    }


def trend_table(page: CategoryFacts) -> ExportTable:
    """Jobs over the years of the countries counted."""
    assert page.trend is not None
    columns = [
        Column("category", _("Category"), "text"),
        Column("year", _("Year"), "year", role="time"),
        Column("persons_employed", _("Jobs"), "number", decimals=0, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    rows = [
        (page.category.code, year, cell.value, cell.state, cell.flag)
        for year, cell in page.trend.series.pairs
    ]
    return ExportTable(
        key=f"{page.category.code}-{page.country or 'all'}-years",
        title=_("“%(category)s” over the years") % {"category": page.category},
        columns=columns,
        rows=rows,
        origins=_origins_of(page),
        note=_("Countries counted: %(codes)s.") % {"codes": ", ".join(page.trend.countries)},
        language=page.language,
    )
