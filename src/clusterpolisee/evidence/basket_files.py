"""A basket as files: a table with every origin, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence.category_definition import categories_remembered
from clusterpolisee.evidence.figure_cards import compared_with_newest, frozen_card
from clusterpolisee.evidence.models import Basket, BasketItem, Citation
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.origins import facts
from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin


def basket_table(basket: Basket, items: Sequence[BasketItem]) -> ExportTable:
    """One row a citation, in the order of the basket; at least one citation is needed."""
    columns = [
        Column("address", _("Permanent address"), "text"),
        Column("statement", _("Figure"), "text", of="address"),
        Column("region", _("Region"), "text", role="region"),
        Column("nuts", _("NUTS version"), "text"),
        Column("activity", _("Activity"), "text", role="activity"),
        Column("category", _("Category"), "text"),
        Column("measure", _("Measure"), "text"),
        Column("indicator", _("Indicator"), "text"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", _("Value"), "number", role="value"),
        Column("unit", _("Unit"), "text", of="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
        Column("at_least", _("At least"), "number"),
        Column("at_least_state", _("State, lower bound"), "state", of="at_least"),
        Column("formula", _("Formula"), "text", of="value"),
        Column("definition", _("Parts and weights"), "text", of="value"),
        Column("sources", _("Source"), "text", of="value"),
        Column("cited_on", _("Cited"), "text", of="address"),
        Column("newest_is_same", _("The newest version gives the same value"), "text", of="value"),
        Column("note", _("Note"), "text", of="address"),
    ]
    with categories_remembered():
        rows = [_row(item) for item in items]
    return ExportTable(
        key=f"basket-{basket.address}",
        title=basket.title,
        columns=columns,
        rows=rows,
        origins=[origin for item in items for origin in origins_of_citation(item.citation)],
        language=get_language() or "en",
    )


def _row(item: BasketItem) -> tuple[object, ...]:
    one = item.citation
    sources = "; ".join(f"{v.dataset.publisher_name} {v.dataset.code} {v.number}" for v in one.versions)
    return (
        one.permanent_address,
        one.statement(get_language()),
        one.region,
        str(one.nuts),
        "" if one.category else one.activity,
        one.category.code if one.category else "",
        one.measure,
        one.reference["indicator"],
        one.year,
        one.value,
        one.told(get_language())["unit"],
        one.state,
        one.flag,
        one.at_least,
        "not_applicable" if one.at_least is None else "reported",
        frozen_card(one).formula,
        _definition(one),
        sources,
        one.cited_at.date().isoformat(),
        compared_with_newest(one).is_same,
        item.note,
    )


def _definition(citation: Citation) -> str:
    """tourism, revision 2: I55, I56:0.5"""
    if (kept := citation.category) is None:
        return ""
    revision = _("revision %(number)s") % {"number": kept.revision}
    return f"{kept.code}, {revision}: {kept.parts}"


def origins_of_citation(citation: Citation) -> list[Origin]:
    """Every table behind a citation, with the formula and the citation's address."""
    formula = frozen_card(citation).formula
    return [
        origin_of(version, formula=formula, address=citation.get_absolute_url())
        for version in citation.versions
    ]


def basket_json(basket: Basket, items: Sequence[BasketItem]) -> bytes:
    """The basket for programs: each citation with its figure, its parts and all its origins."""
    with categories_remembered():
        records = [_record(item) for item in items]
    told = {
        "basket": basket.permanent_address if basket.is_published else None,
        "title": basket.title,
        "language": get_language() or "en",
        "citations": records,
    }
    return (json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _record(item: BasketItem) -> dict[str, object]:
    one = item.citation
    newest = compared_with_newest(one)
    return {
        "address": one.permanent_address,
        "statement": one.statement(get_language()),
        "note": item.note,
        "figure": one.reference,
        "value": one.value,
        "unit": one.told(get_language())["unit"],
        "state": one.state,
        "flag": one.flag,
        "formula": frozen_card(one).formula,
        "formula_version": one.measure_version,
        "parts": one.told(get_language())["parts"],
        "coverage": one.told(get_language())["coverage"],
        "at_least": one.at_least,
        "category": one.category.as_record() if one.category else None,
        "cited_on": one.cited_at.date().isoformat(),
        "newest": {"version": newest.version, "same": newest.is_same, "says": newest.text},
        "origins": [dict(facts(origin)) for origin in origins_of_citation(one)],
    }
