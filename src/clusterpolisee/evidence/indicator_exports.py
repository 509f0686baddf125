"""The tables of an indicator's page as they leave the house: machine keys, states and origins in every row."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.catching_up import CatchingUp
from clusterpolisee.evidence.derived import remark_in_words, words_of
from clusterpolisee.evidence.indicator_facts import IndicatorFacts
from clusterpolisee.evidence.indicator_figures import DerivedFigures
from clusterpolisee.evidence.origins import origins_of
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
        *_columns_of_parts(page),
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
            *_cells_of_parts(page, row.region.code, page.year),
        )
        for row in page.rows
    ]
    return ExportTable(
        key=f"{page.indicator.code}-{page.year}",
        title=_("%(indicator)s, %(year)s") % {"indicator": page.indicator.name, "year": page.year},
        columns=columns,
        rows=rows,
        origins=origins_of(page.versions, formula=page.figures.formula, address=address),
        note=" ".join(filter(None, [_note_on_changes(page), _note_on_formula(page)])),
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
        *_columns_of_parts(page),
    ]
    rows = [
        (
            place.code,
            place.name(page.language),
            year,
            cell.value,
            cell.state,
            cell.flag,
            *_cells_of_parts(page, place.code, year),
        )
        for place in page.selection.shown
        for year, cell in page.shown.series(place.code).pairs
    ]
    return ExportTable(
        key=f"{page.indicator.code}-all-years",
        title=page.indicator.name,
        columns=columns,
        rows=rows,
        origins=origins_of(page.versions, formula=page.figures.formula, address=address),
        note=_note_on_formula(page),
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
        origins=origins_of(
            page.versions,
            formula="; ".join(filter(None, ["(1/T) ln(y[T] / y[0]) = a + b ln(y[0])", page.figures.formula])),
            address=address,
        ),
        note=" ".join(filter(None, [note if found.left_out else "", _note_on_formula(page)])),
        language=page.language,
    )


def _columns_of_parts(page: IndicatorFacts) -> list[Column]:
    """What only a derived indicator has: how many of its parts are known, and which are missing."""
    if not isinstance(page.figures, DerivedFigures):
        return []
    return [
        Column("known_parts", _("Known parts"), "number", decimals=0),
        Column("parts", _("Parts"), "number", decimals=0),
        Column("remark", _("Remark"), "text", of="value"),
    ]


def _cells_of_parts(page: IndicatorFacts, code: str, year: int | None) -> tuple[object, ...]:
    if not isinstance(page.figures, DerivedFigures):
        return ()
    if year is None:
        return (None, None, "")
    cover = page.figures.cover_in_ranking(code, page.vintage, year)
    return cover.known, cover.all, remark_in_words(page.figures.defined, cover, year)


def _note_on_changes(page: IndicatorFacts) -> str:
    if page.figures.comparable.years:
        return _(
            "Changes over the longest span without a break, in points for shares and in percent otherwise."
        )
    return _("Each year is scaled by itself, so no change over the years is stated.")


def _note_on_formula(page: IndicatorFacts) -> str:
    if not isinstance(page.figures, DerivedFigures):
        return ""
    return _("Derived: %(words)s. Version %(number)s of the formula.") % {
        "words": words_of(page.figures.defined),
        "number": page.figures.indicator.number,
    }
