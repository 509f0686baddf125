"""The partners of a region as data: what the API and the command line answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterpolisee.evidence.partners.facts import Partner, Why
from clusterpolisee.evidence.plain_text import plain

if TYPE_CHECKING:
    from clusterpolisee.evidence.partners.page import RegionPartnersPage


def partners_record(page: RegionPartnersPage) -> dict[str, Any]:
    """Without figures everything is empty, and `reason` says why."""
    facts, told = page.facts, [plain(one) for one in page.answer]
    return {
        "region": page.region.code,
        "nuts": page.region.vintage,
        "name": page.name,
        "year": facts.space.year if facts else None,
        "answer": told if facts else [],
        "reason": "" if facts else " ".join(told),
        "activity": facts.activity if facts else "",
        "where": page.asked_for.where.value,
        "by": page.asked_for.by.value,
        "options": [_option(page, code) for code in facts.options] if facts else [],
        "own": facts.own if facts and facts.options else None,
        "coverage": dict(zip(("known", "all"), facts.space.coverage(facts.row), strict=True))
        if facts
        else None,
        "partners": [_partner(page, why.partner) | _why(page, why) for why in facts.reasons] if facts else [],
        "limits": [plain(one) for one in page.limits],
    }


def _option(page: RegionPartnersPage, code: str) -> dict[str, Any]:
    return {"activity": code, "name": page.activity_name(code)}


def _partner(page: RegionPartnersPage, one: Partner) -> dict[str, Any]:
    return {
        "region": one.code,
        "name": page.names[one.code],
        "country": one.country,
        "gain": one.gain,
        "given_back": one.given_back,
        "smaller_gain": one.smaller_gain,
        "score": one.score,
        "options_had": one.options_had,
        "activities_known": one.known,
        "kilometres": None if one.kilometres is None else round(one.kilometres),
    }


def _why(page: RegionPartnersPage, why: Why) -> dict[str, Any]:
    return {
        "reasons": [plain(one) for one in page.reasons_of(why)],
        "offer": plain(page.offer_of(why)),
        "brings": [{**_option(page, one.activity), "part": one.part} for one in why.brings],
        "serves": [{**_option(page, one.activity), "part": one.part} for one in why.serves],
    }
