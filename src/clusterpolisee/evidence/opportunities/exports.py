"""The options of a region as they leave the house: every term of the score, the states, the origins."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.opportunities.choices import criterion_name
from clusterpolisee.evidence.opportunities.facts import OpportunityFacts
from clusterpolisee.evidence.opportunities.hindsight import Hindsight
from clusterpolisee.evidence.opportunities.sentences import NameOf
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin


def options_table(
    facts: OpportunityFacts, name_of: NameOf, *, title: str, address: str, language: str
) -> ExportTable:
    """Every option, in the order of the choice; then what is not published, so that nobody takes it for absent."""
    terms = list(facts.choice.weights)
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("activity_name", _("Activity"), "text", of="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("place_in_list", _("Place"), "number", decimals=0),
        Column("score", _("Score"), "number", decimals=3, role="value"),
        *(
            Column(f"score_{key}", _("Score: %(term)s") % {"term": criterion_name(key)}, "number", decimals=3)
            for key in terms
        ),
        Column("near_percent", _("Near"), "percent", decimals=1),
        Column("near_at_most_percent", _("Near, at most"), "percent", decimals=1),
        Column("complexity", _("Complexity"), "number", decimals=3),
        Column("place_by_complexity", _("Place by complexity"), "number", decimals=0),
        Column("gain", _("What it opens"), "number", decimals=3),
        Column("persons_employed", _("Jobs"), "number", decimals=0),
        Column("location_quotient", _("Location quotient"), "number", decimals=3),
        Column("quotient_low", _("Quotient, from"), "number", decimals=3),
        Column("quotient_high", _("Quotient, to"), "number", decimals=3),
        Column("on_the_list_in_draws_percent", _("On the list in draws"), "percent", decimals=0),
        Column("on_frontier", _("No option is both nearer and more complex"), "text", of="activity"),
        Column("listed_by", _("On the list by"), "text", of="activity"),
        Column("related", _("Most related of what is here"), "text", of="activity"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    region, year = facts.region.code, facts.space.year
    rows: list[tuple[object, ...]] = [
        (
            region,
            one.code,
            name_of(one.code),
            year,
            one.rank,
            one.score,
            *(one.terms.get(key) if one.score is not None else None for key in terms),
            100 * one.near,
            100 * one.near_at_most,
            one.complexity,
            one.place,
            one.gain,
            one.jobs,
            one.quotient,
            one.low,
            one.high,
            100 * one.firm if one.firm is not None else None,
            one.is_on_frontier,
            " ".join(one.listed_by),
            " ".join(reason.code for reason in one.carriers),
            "reported",
            one.flag,
        )
        for one in facts.options
    ]
    column_of = {code: column for column, code in enumerate(facts.space.activities)}
    empty = (None,) * (len(columns) - 6)
    rows += [
        (
            region,
            code,
            name_of(code),
            year,
            *empty,
            facts.space.table.state(facts.row, column_of[code]),
            str(facts.space.table.flags[facts.row, column_of[code]]),
        )
        for code in facts.unknown
    ]
    return ExportTable(
        key=f"opportunities-{region}-{year}",
        title=title,
        columns=columns,
        rows=rows,
        origins=origins_of(facts, address),
        note=rule_in_words(facts),
        language=language,
    )


def hindsight_table(
    facts: OpportunityFacts, found: Hindsight, name_of: NameOf, *, address: str, language: str
) -> ExportTable:
    """The list of the earlier year, and whether each came."""
    region = facts.region.code
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("activity_name", _("Activity"), "text", of="activity"),
        Column("year", _("Year of the list"), "year", role="time"),
        Column("end_year", _("Held against"), "year", of="year"),
        Column("place_in_list", _("Place"), "number", decimals=0, role="value"),
        Column("came", _("There at the end"), "text", of="activity"),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (region, one.code, name_of(one.code), found.start, found.end, one.place, one.came, "reported")
        for one in found.of(region)
    ]
    version = facts.space.version
    return ExportTable(
        key=f"opportunities-{region}-{found.start}-{found.end}",
        title=_("What the list of %(start)s said, and what came by %(end)s")
        % {"start": found.start, "end": found.end},
        columns=columns,
        rows=rows,
        origins=[origin_of(version, formula=EXPLANATIONS["back-test"].formula, address=address)],
        note=_("Order: %(choice)s (version %(version)s). %(weights)s")
        % {"choice": found.choice.name, "version": found.choice.version, "weights": found.choice.meaning},
        language=language,
    )


def rule_in_words(facts: OpportunityFacts) -> str:
    """The choice with its version and weights, as it stands in every file."""
    choice = facts.choice
    weights = ", ".join(f"{criterion_name(key)} {weight:.2f}" for key, weight in choice.weights.items())
    return _("Order: %(choice)s (version %(version)s). %(weights)s") % {
        "choice": choice.name,
        "version": choice.version,
        "weights": weights or choice.meaning,
    }


def origins_of(facts: OpportunityFacts, address: str) -> list[Origin]:
    formula = EXPLANATIONS["option-scheme"].formula
    return [origin_of(version, formula=formula, address=address) for version in facts.space.versions]
