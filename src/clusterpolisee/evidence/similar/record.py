"""The similar regions as data, for programs: the same facts as the page's, with what they were asked by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.similar import sentences as words
from clusterpolisee.evidence.similar.facts import SimilarFacts
from clusterpolisee.evidence.similar.neighbours import Alike, Reason
from clusterpolisee.evidence.similar.performance import Performance
from clusterpolisee.evidence.similar.wording import part_name, part_year
from clusterpolisee.regions.models import Region


def as_record(facts: SimilarFacts) -> dict[str, Any]:
    """Without origins, which each door tells in its own way."""
    ranking = facts.ranking
    return {
        "region": facts.region.code,
        "nuts": facts.region.vintage,
        "name": _name(facts.region),
        "state": facts.state.value,
        "answer": [plain(sentence) for sentence in (*words.answer(facts), *words.further(facts))],
        "weighting": facts.asked.scheme.key,
        "weighting_version": facts.asked.scheme.version,
        "weights": dict(facts.asked.weights),
        "among": facts.asked.among.value,
        "draws": facts.rules.draws if ranking is not None and ranking.has_draws else 0,
        "coverage": ranking.own_coverage if ranking is not None else 0.0,
        "least_coverage": facts.rules.least_coverage,
        "unknown": [one.key for one in facts.lacks],
        "neighbours": [_neighbour(facts, one) for one in facts.neighbours],
        "group": [one.code for one in facts.group],
        "performance": [_performance(one) for one in facts.performance],
    }


def _neighbour(facts: SimilarFacts, one: Alike) -> dict[str, Any]:
    found = one.found
    return {
        "region": one.code,
        "name": _name(one.region),
        "rank": found.rank,
        "rank_median": found.median,
        "rank_low": found.lowest,
        "rank_high": found.highest,
        "share_first": found.share_first,
        "distance": found.distance,
        "coverage": found.coverage,
        "reasons": [_reason(facts, one, why) for why in one.reasons],
    }


def _reason(facts: SimilarFacts, one: Alike, why: Reason) -> dict[str, Any]:
    return {
        "thing": why.key,
        "name": part_name(why.part),
        "weight": why.weight,
        "apart": why.apart,
        "adds": why.counts,
        "own_value": why.own,
        "own_years": part_year(why.part, facts.row or 0),
        "other_value": why.other,
        "other_years": part_year(why.part, one.found.row),
    }


def _performance(one: Performance) -> dict[str, Any]:
    return {
        "indicator": one.indicator.code,
        "name": one.indicator.short_name,
        "unit": one.indicator.unit,
        "best": "lowest" if one.lowest_is_best else "highest",
        "year": one.year,
        "value": one.own.cell.value,
        "state": one.own.cell.state,
        "flag": one.own.cell.flag,
        "rank": one.rank,
        "known": one.known,
        "unknown": one.unknown,
        "median": one.median,
        "lower_quartile": one.lower_quartile,
        "upper_quartile": one.upper_quartile,
        "gap_to_median": one.gap,
        "leaders": [member.region.code for member in one.leaders],
    }


def _name(place: Region) -> str:
    return place.name(get_language() or "en")
