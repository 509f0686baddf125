"""The industry space as data: what the API and the command line answer."""

from __future__ import annotations

from typing import Any

from clusterpolisee.evidence.industry_space.everywhere_page import IndustrySpacePage
from clusterpolisee.evidence.industry_space.facts import Neighbour
from clusterpolisee.evidence.industry_space.page import RegionSpacePage
from clusterpolisee.evidence.industry_space.sentences import corner_name
from clusterpolisee.evidence.plain_text import plain


def region_record(page: RegionSpacePage) -> dict[str, Any]:
    """One region; without figures everything is empty, and `reason` says why."""
    facts, told = page.facts, [plain(one) for one in (*page.answer, *page.further)]
    coherence = facts.coherence if facts else None
    return {
        "region": page.region.code,
        "nuts": page.region.vintage,
        "name": page.name,
        "year": facts.space.year if facts else None,
        "answer": told if facts else [],
        "reason": "" if facts else " ".join(told),
        "coverage": dict(zip(("known", "all"), facts.space.coverage(facts.row), strict=True))
        if facts
        else None,
        "coherence": vars(coherence) if coherence else None,
        "corners": [
            {"corner": one.corner.value, "name": corner_name(one.corner), "has": one.has, "known": one.known}
            for one in (facts.corners if facts else ())
        ],
        "islands": facts.islands if facts else [],
        "bridges": [
            {"activity": one.activity, "joins": list(one.joins), "ends": list(one.ends)}
            for one in (facts.bridges if facts else ())
        ],
        "activities": [
            {
                "activity": one.activity,
                "name": page.activity_name(one.activity),
                "corner": one.corner.value,
                "standing": one.state.value,
                "location_quotient": one.quotient,
                "density": one.density,
                "x": one.x,
                "y": one.y,
                "neighbours": _neighbours(one.neighbours),
            }
            for one in (facts.nodes if facts else ())
        ],
        "limits": [plain(one) for one in page.limits],
    }


def everywhere_record(page: IndustrySpacePage) -> dict[str, Any]:
    """The whole space, with its links."""
    facts = page.facts
    return {
        "area": page.area,
        "country": page.country,
        "year": facts.space.year if facts else None,
        "answer": [plain(one) for one in page.answer],
        "activities": [
            {
                "activity": one.activity,
                "name": page.activity_name(one.activity),
                "corner": one.corner.value,
                "x": one.x,
                "y": one.y,
                "regions": one.here.has,
                "regions_known": one.here.known,
                "elsewhere": one.elsewhere.has,
                "elsewhere_known": one.elsewhere.known,
                "neighbours": _neighbours(one.neighbours),
            }
            for one in (facts.nodes if facts else ())
        ],
        "network": [
            {
                "one": facts.space.activities[first],
                "other": facts.space.activities[second],
                "proximity": weight,
                "in_tree": in_tree,
            }
            for first, second, weight, in_tree in facts.network.links.edges()
        ]
        if facts
        else [],
        "regions": [
            {
                "region": one.code,
                "name": page.names.get(one.code, one.code),
                "activities": one.has,
                "activities_known": one.known,
                "coherence": one.coherence,
            }
            for one in (facts.standings if facts else ())
        ],
        "limits": [plain(one) for one in page.limits],
    }


def _neighbours(found: tuple[Neighbour, ...]) -> list[dict[str, Any]]:
    return [{"activity": one.activity, "proximity": one.proximity} for one in found]
