"""The options of a region as data: what programs and the command line are told."""

from __future__ import annotations

from typing import Any

from clusterpolisee.evidence.opportunities.facts import OpportunityFacts, Option
from clusterpolisee.evidence.opportunities.page import OpportunitiesPage
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.exports.origins import facts as facts_of_origin


def as_record(page: OpportunitiesPage) -> dict[str, Any]:
    """The page as data; every table says its version."""
    facts, choice = page.facts, page.choice
    return {
        "region": page.region.code,
        "nuts": page.region.vintage,
        "name": page.name,
        "year": facts.space.year if facts else None,
        "choice": {
            "key": choice.key,
            "version": choice.version,
            "name": str(choice.name),
            "meaning": str(choice.meaning),
            "weights": choice.weights,
        },
        "answer": page.plain(page.answer),
        "options": [_option(page, one) for one in facts.options] if facts else [],
        "unknown": _unknown(page, facts) if facts else [],
        "scale": _scale(facts) if facts else None,
        "belief": page.plain(page.belief),
        "hindsight": page.plain(page.hindsight_words) if facts else [],
        "why_none": [] if facts else page.absence_words,
        "origins": [dict(facts_of_origin(origin_of(version))) for version in page.versions],
    }


def _option(page: OpportunitiesPage, one: Option) -> dict[str, Any]:
    return {
        "activity": one.code,
        "name": page.activity_name(one.code),
        "place": one.rank,
        "score": one.score,
        "terms": dict(one.terms) if one.score is not None else {},
        "listed": one.is_listed,
        "near": one.near,
        "near_at_most": one.near_at_most,
        "complexity": one.complexity,
        "place_by_complexity": one.place,
        "gain": one.gain,
        "persons_employed": one.jobs,
        "location_quotient": one.quotient,
        "quotient_low": one.low,
        "quotient_high": one.high,
        "on_the_list_in_draws": one.firm,
        "on_frontier": one.is_on_frontier,
        "listed_by": list(one.listed_by),
        "related": [{"activity": reason.code, "part": reason.part} for reason in one.carriers],
        "would_open": [{"activity": reason.code, "part": reason.part} for reason in one.opens],
        "flag": one.flag,
    }


def _unknown(page: OpportunitiesPage, facts: OpportunityFacts) -> list[dict[str, Any]]:
    column_of = {code: column for column, code in enumerate(facts.space.activities)}
    return [
        {
            "activity": code,
            "name": page.activity_name(code),
            "state": facts.space.table.state(facts.row, column_of[code]),
        }
        for code in facts.unknown
    ]


def _scale(facts: OpportunityFacts) -> dict[str, Any]:
    said, anchor = facts.space.complexity.diagnostics, facts.space.anchor
    return {
        "of_region": facts.own_complexity,
        "explains": said.second,
        "gap": said.gap,
        "correlation_with_income": said.anchored if anchor else None,
        "correlation_with_diversity": said.correlation,
        "income_year": anchor.year if anchor else None,
    }
