"""The tables of “A place for all regions” as they leave the house: states, rules and origins in every file."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.evidence.place_for_all_facts import Knowledge, PlaceForAllFacts, Standing
from clusterpolisee.evidence.place_for_all_sentences import corner_name
from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin


def standings_table(
    page: PlaceForAllFacts,
    standings: Sequence[Standing],
    *,
    address: str,
    key: str,
    title: str,
    language: str,
) -> ExportTable | None:
    """Every region on both scales; those without a figure with the reason."""
    facts, found = page.chosen, page.catching_up
    if facts is None or found is None:
        return None
    decimals = facts.indicator.decimals
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("start_year", _("From"), "year", of="year"),
        Column("year", _("To"), "year", role="time"),
        Column("start", _("At the start"), "number", decimals=decimals),
        Column("end", _("At the end"), "number", decimals=decimals),
        Column("change", _("Change"), "number", decimals=1, role="value"),
        Column("state", _("State"), "state", role="status"),
        *(column for code in page.categories for column in _columns_of(page, code)),
        Column("corner", _("Where it stands"), "text", of="region"),
        Column("weakest", _("Among the weakest"), "text", of="region"),
    ]
    rows = [
        (
            one.code,
            one.region.name(language),
            found.start,
            found.end,
            one.mover.start if one.mover else None,
            one.mover.end if one.mover else None,
            one.mover.change if one.mover else None,
            "reported" if one.mover else "not_published",
            *(cell for known in one.knowledge.values() for cell in _cells_of(known)),
            corner_name(one.corner) if one.corner else "",
            one.is_weak,
        )
        for one in standings
    ]
    return ExportTable(
        key=key,
        title=title,
        columns=columns,
        rows=rows,
        origins=_origins(page, address),
        note=rules_in_words(page),
        language=language,
    )


def _columns_of(page: PlaceForAllFacts, code: str) -> list[Column]:
    key, facts = code.replace("-", "_"), page.categories[code]
    name = f"{facts.category}, {facts.year}"
    return [
        Column(f"{key}_percent", name, "percent", decimals=1),
        Column(f"{key}_state", _("State"), "state", of=f"{key}_percent"),
        Column(f"{key}_at_least_percent", _("%(name)s: at least") % {"name": name}, "percent", decimals=1),
        Column(f"{key}_at_least_state", _("State, lower bound"), "state", of=f"{key}_at_least_percent"),
    ]


def _cells_of(known: Knowledge) -> tuple[object, ...]:
    bound = "reported" if known.at_least is not None else known.state
    return known.share, known.state, known.at_least, bound


def spread_table(page: PlaceForAllFacts, *, address: str, language: str) -> ExportTable | None:
    """Each indicator: how much the regions differed at the start and at the end, and whether those behind grew faster."""
    if not page.together:
        return None
    columns = [
        Column("indicator", _("Indicator"), "text"),
        Column("indicator_name", _("Name"), "text", of="indicator"),
        Column("start_year", _("From"), "year", of="year"),
        Column("year", _("To"), "year", role="time"),
        Column("spread_start_percent", _("Differences at the start"), "percent", decimals=1),
        Column("spread_end_percent", _("Differences at the end"), "percent", decimals=1, role="value"),
        Column("beta", _("Slope β"), "number", decimals=4),
        Column("beta_standard_error", _("Standard error of β"), "number", decimals=4),
        Column("half_life_years", _("Years until half of the distance is gone"), "number", decimals=0),
        Column("regions", _("Regions compared"), "number", decimals=0),
        Column("left_out", _("Regions left out"), "number", decimals=0),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (
            facts.indicator.code,
            facts.indicator.name,
            found.start,
            found.end,
            100 * found.spread_start,
            100 * found.spread_end,
            found.beta.slope if found.beta else None,
            found.beta.standard_error if found.beta else None,
            found.beta.half_life if found.beta else None,
            len(found.movers),
            found.left_out,
            "reported",
        )
        for facts, found in page.together
    ]
    formula = EXPLANATIONS["convergence"].formula
    return ExportTable(
        key="place-for-all-spread",
        title=_("Do the regions grow together?"),
        columns=columns,
        rows=rows,
        origins=[
            origin_of(version, formula=formula, address=address)
            for one, _found in page.together
            for version in one.versions
        ],
        note=_("Differences: standard deviation over mean of the regions compared."),
        language=language,
    )


def rules_in_words(page: PlaceForAllFacts) -> str:
    """The rules behind the corners and the weakest, with their versions."""
    return _("Change: %(change)s. Knowledge: %(share)s. Weakest: %(weakest)s. %(note)s") % {
        "change": page.change_line,
        "share": page.share_line,
        "weakest": page.asked.weakest,
        "note": page.asked.weakest.note,
    }


def _origins(page: PlaceForAllFacts, address: str) -> list[Origin]:
    assert page.chosen is not None
    found = [origin_of(version, address=address) for version in page.chosen.versions]
    if page.category is not None and page.category.version is not None:
        formula = EXPLANATIONS["cluster-category"].formula
        found.append(origin_of(page.category.version, formula=formula, address=address))
    return found
