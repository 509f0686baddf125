"""The whole industry space in words: what most regions have, which corner is theirs, who is most coherent."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clusterpolisee.evidence.industry_space.corners import LABELS
from clusterpolisee.evidence.industry_space.everywhere import SpaceEverywhere
from clusterpolisee.evidence.industry_space.whole import Count
from clusterpolisee.evidence.listing import activity_link, listed, method_link
from clusterpolisee.evidence.sentences import in_words
from clusterpolisee.shell.languages import format_number, format_percent

NAMED = 3


def answer(page: SpaceEverywhere) -> list[SafeString]:
    """How large the space is, what is common here, in which corner these regions are at home and which one is thin."""
    facts = page.facts
    assert facts is not None
    return [_how_large(page), _common(page), *_corners(page)]


def _how_large(page: SpaceEverywhere) -> SafeString:
    facts = page.facts
    assert facts is not None
    here = int(facts.here.sum())
    text = ngettext(
        "The map has {activities} activities, near each other where the same regions have both, by what {all} regions of Europe do; "
        "{here} of them lies in {area} ({year}).",
        "The map has {activities} activities, near each other where the same regions have both, by what {all} regions of Europe do; "
        "{here} of them lie in {area} ({year}).",
        here,
    )
    return in_words(
        text,
        activities=method_link(format_number(len(facts.nodes), decimals=0), "industry-space"),
        all=format_number(len(facts.space.regions), decimals=0),
        here=format_number(here, decimals=0),
        area=page.area,
        year=facts.space.year,
    )


def _common(page: SpaceEverywhere) -> SafeString:
    facts = page.facts
    assert facts is not None
    named = [
        in_words(
            gettext("{activity} ({has} of {known})"),
            activity=activity_link(one.activity, page.activity_name(one.activity)),
            has=one.here.has,
            known=one.here.known,
        )
        for one in facts.widest[:NAMED]
    ]
    return in_words(gettext("Most of them have {names}."), names=listed(named))


def _corners(page: SpaceEverywhere) -> list[SafeString]:
    facts = page.facts
    assert facts is not None
    found = [one for one in facts.corners if one.here is not None and one.elsewhere is not None]
    if len(found) < 2:
        return []
    first, last = found[0], found[-1]
    text = gettext(
        "Their corner is “{first}”: they have {here} of it, the other regions of Europe {elsewhere}. Thin is “{last}”: {few} "
        "against {more}."
    )
    return [
        in_words(
            text,
            first=str(LABELS[first.corner]),
            here=format_percent(first.here),
            elsewhere=format_percent(first.elsewhere),
            last=str(LABELS[last.corner]),
            few=format_percent(last.here),
            more=format_percent(last.elsewhere),
        )
    ]


def counted(found: Count) -> str:
    """50 of 61; a sign where nothing is known."""
    if not found.known:
        return "–"
    return gettext("%(has)s of %(known)s") % {
        "has": format_number(found.has, decimals=0),
        "known": format_number(found.known, decimals=0),
    }


def limits(page: SpaceEverywhere) -> list[SafeString]:
    facts = page.facts
    assert facts is not None
    unknown = 1 - float(facts.space.known[facts.here].mean())
    found = []
    if unknown:
        text = gettext(
            "Of {share} of the pairs of a region and an activity it is not published whether the region has the activity; they are "
            "left out where regions are counted."
        )
        found.append(in_words(text, share=format_percent(unknown)))
    missing = [page.names.get(code, code) for code in page.missing_countries]
    if missing:
        text = gettext("Not on the map, because the table has no figures for them: {countries}.")
        found.append(in_words(text, countries=", ".join(missing)))
    found += [
        in_words(
            gettext(
                "The map is an illustration: distances on paper only nearly follow how related activities are. The tables below are exact."
            )
        ),
        in_words(
            gettext(
                "“Has” means a larger share of jobs than the countries have together. What is common in this sense is what stands out, "
                "not what employs most."
            )
        ),
    ]
    return found
