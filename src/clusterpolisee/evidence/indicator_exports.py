"""The tables of an indicator's page as they leave the house: machine keys, states and origins in every row."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.catching_up import CatchingUp
from clusterpolisee.evidence.indicator_facts import IndicatorFacts
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.tables import Column, ExportTable


def ranking_table(page: IndicatorFacts, *, address: str) -> ExportTable:
    """All regions shown in one year, best first."""
    decimals = page.indicator.decimals
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", page.indicator.short_name, "number", decimals=decimals, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag", of="value"),
        Column("place", _("Place"), "number", decimals=0),
        Column("change", _("Change"), "number", decimals=1),
        Column("change_from", _("Change from"), "year"),
        Column("change_to", _("Change to"), "year"),
    ]
    rows = [
        (
            row.region.code,
            row.region.name(page.language),
            page.year,
            row.cell.value,
            row.cell.state,
            row.cell.flag,
            row.rank,
            row.change,
            row.span[0] if row.span else None,
            row.span[1] if row.span else None,
        )
        for row in page.rows
    ]
    return ExportTable(
        key=f"{page.indicator.code}-{page.year}",
        title=_("%(indicator)s, %(year)s") % {"indicator": page.indicator.name, "year": page.year},
        columns=columns,
        rows=rows,
        origins=[origin_of(page.version, address=address)],
        note=_(
            "Changes over the longest span without a break, in points for shares and in percent otherwise."
        ),
        language=page.language,
    )


def years_table(page: IndicatorFacts, *, address: str) -> ExportTable:
    """Every year and region shown; a row is an observation."""
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", page.indicator.short_name, "number", decimals=page.indicator.decimals, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag", of="value"),
    ]
    rows = [
        (place.code, place.name(page.language), year, cell.value, cell.state, cell.flag)
        for place in page.selection.shown
        for year, cell in page.shown.series(place.code).pairs
    ]
    return ExportTable(
        key=f"{page.indicator.code}-all-years",
        title=page.indicator.name,
        columns=columns,
        rows=rows,
        origins=[origin_of(page.version, address=address)],
        language=page.language,
    )


def catching_up_table(page: IndicatorFacts, found: CatchingUp, *, address: str) -> ExportTable:
    """The regions comparable over the span, at both ends."""
    decimals = page.indicator.decimals
    names = {place.code: place.name(page.language) for place in page.selection.shown}
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("start_year", _("From"), "year", of="year"),
        Column("year", _("To"), "year", role="time"),
        Column("start", _("At the start"), "number", decimals=decimals),
        Column("end", _("At the end"), "number", decimals=decimals),
        Column("change", _("Change"), "number", decimals=1, role="value"),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (
            mover.code,
            names[mover.code],
            found.start,
            found.end,
            mover.start,
            mover.end,
            mover.change,
            "reported",
        )
        for mover in found.movers
    ]
    note = _("%(count)s regions are left out: no figure at an end, or a break between.") % {
        "count": found.left_out
    }
    return ExportTable(
        key=f"{page.indicator.code}-convergence-{found.start}-{found.end}",
        title=_("%(indicator)s: level in %(start)s and change until %(end)s")
        % {"indicator": page.indicator.name, "start": found.start, "end": found.end},
        columns=columns,
        rows=rows,
        origins=[origin_of(page.version, formula="(1/T) ln(y[T] / y[0]) = a + b ln(y[0])", address=address)],
        note=note if found.left_out else "",
        language=page.language,
    )
