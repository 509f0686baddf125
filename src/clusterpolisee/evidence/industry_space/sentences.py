"""A region in the industry space in words: how much it has, where that lies, what lies between, how related it is."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clusterpolisee.evidence.industry_space.corners import LABELS, Corner
from clusterpolisee.evidence.industry_space.facts import Bridge, CornerCount, Neighbour, State
from clusterpolisee.evidence.industry_space.region import NAMED_BRIDGES, SpaceOfRegion
from clusterpolisee.evidence.listing import activity_link, clear, listed, method_link
from clusterpolisee.evidence.sentences import in_words
from clusterpolisee.shell.languages import format_number, format_percent

METHOD = "industry-space"
CLOSE, STEP = 0.5, 0.1
FAR = (
    0.06  # how far from the middle of all the middle of a region's activities has to lie to be called a side
)


def answer(page: SpaceOfRegion) -> list[SafeString]:
    """How much it has and where, and what lies between."""
    return [_how_many(page), *_where(page), *_between(page)]


def _how_many(page: SpaceOfRegion) -> SafeString:
    facts = page.facts
    assert facts is not None
    known, whole = facts.space.coverage(facts.row)
    has = len(facts.in_state(State.HAS))
    text = ngettext(
        "{region} has {has} activity of {whole} on this map: a larger share of its jobs works there than in the countries together "
        "({year}).",
        "{region} has {has} activities of {whole} on this map: a larger share of its jobs works there than in the countries "
        "together ({year}).",
        has,
    )
    if known < whole:
        text = ngettext(
            "{region} has {has} of the {known} activities of which that is published: a larger share of its jobs works there than "
            "in the countries together ({year}).",
            "{region} has {has} of the {known} activities of which that is published: a larger share of its jobs works there than "
            "in the countries together ({year}).",
            has,
        )
    values = {"known": known, "whole": whole, "year": facts.space.year}
    return in_words(
        text,
        region=page.name,
        has=method_link(format_number(has, decimals=0), "location-quotient"),
        **values,
    )


def _where(page: SpaceOfRegion) -> list[SafeString]:
    facts = page.facts
    assert facts is not None
    found = [one for one in facts.corners if one.has]
    if not found:
        return []
    values = {"first": _corner(found[0]), "side": side(facts.middle)}
    if len(found) > 1:
        text = gettext("They lie {side}: above all {first}, then {second}; emptiest is {last}.")
        last = facts.corners[-1]
        return [in_words(text, second=_corner(found[1]), last=_corner(last), **values)]
    return [in_words(gettext("They lie {side}: {first}."), **values)]


def _corner(one: CornerCount) -> SafeString:
    """The number leads to the activities it counts."""
    counted = gettext("%(has)s of %(known)s") % {
        "has": format_number(one.has, decimals=0),
        "known": format_number(one.known, decimals=0),
    }
    return in_words(
        gettext("“{corner}” ({counted})"),
        corner=str(LABELS[one.corner]),
        counted=format_html('<a href="#has">{}</a>', counted),
    )


def side(middle: tuple[float, float] | None) -> str:
    """On which side of the picture."""
    across, up = middle or (0.0, 0.0)
    if abs(across) < FAR and abs(up) < FAR:
        return gettext("spread over the map")
    if abs(across) >= abs(up):
        return (
            gettext("more on the right of the map") if across > 0 else gettext("more on the left of the map")
        )
    return (
        gettext("more in the upper part of the map")
        if up > 0
        else gettext("more in the lower part of the map")
    )


def _between(page: SpaceOfRegion) -> list[SafeString]:
    facts = page.facts
    assert facts is not None
    if not facts.islands:
        return []
    if len(facts.islands) == 1:
        return [in_words(gettext("They all hang together: each is linked to another it has."))]
    text = ngettext(
        "The largest part that hangs together has {largest} activity; {apart} stand apart from it.",
        "The largest part that hangs together has {largest} activities; {apart} stand apart from it.",
        len(facts.islands[0]),
    )
    apart = sum(map(len, facts.islands[1:]))
    found = [in_words(text, largest=len(facts.islands[0]), apart=apart)]
    if facts.bridges:
        named = [
            activity_link(one.activity, page.activity_name(one.activity))
            for one in facts.bridges[:NAMED_BRIDGES]
        ]
        found.append(in_words(gettext("Between them lie {names}, which it lacks."), names=listed(named)))
    return found


def further(page: SpaceOfRegion) -> list[SafeString]:
    """How related it is next to other regions."""
    facts = page.facts
    assert facts is not None
    found = facts.coherence
    if found is None:
        return []
    values = {
        "value": method_link(format_number(found.value, decimals=2), "coherence"),
        "middle": format_number(found.middle, decimals=2),
        "place": format_html(
            '<a href="{}#regions">{}</a>',
            reverse("evidence:industry_space"),
            format_number(found.place, decimals=0),
        ),
        "out_of": format_number(found.out_of, decimals=0),
    }
    if round(found.value, 2) == round(found.middle, 2):
        text = gettext(
            "What it has is as related as in the middle region: {value}, place {place} of {out_of} regions compared."
        )
    elif found.value > found.middle:
        text = gettext(
            "What it has is more related than in the middle region: {value} against {middle}, place {place} of {out_of} regions compared."
        )
    else:
        text = gettext(
            "What it has is less related than in the middle region: {value} against {middle}, place {place} of {out_of} regions compared."
        )
    return [in_words(text, **values)]


# Activities


def state_name(state: State) -> str:
    return {
        State.HAS: gettext("has"),
        State.NEAR: gettext("could start next"),
        State.LACKS: gettext("lacks"),
        State.UNKNOWN: gettext("not published"),
    }[state]


def corner_name(corner: Corner) -> str:
    return str(LABELS[corner])


def neighbours(name_of: Callable[[str], str], found: tuple[Neighbour, ...]) -> str:
    """Clothing, leather: very closely; furniture: closely. In words, as the number alone says little."""
    by_strength: dict[str, list[str]] = {}
    for one in found:
        by_strength.setdefault(strength(one.proximity), []).append(clear(name_of(one.activity)))
    return "; ".join(
        gettext("%(activities)s – %(how)s") % {"activities": ", ".join(names), "how": how}
        for how, names in by_strength.items()
    )


def strength(proximity: float) -> str:
    """Of the regions that have the more common of two activities, so many have the other too."""
    if proximity >= CLOSE + STEP:
        return gettext("very closely")
    if proximity >= CLOSE:
        return gettext("closely")
    return gettext("nearly") if proximity >= CLOSE - STEP else gettext("loosely")


def strengths() -> str:
    """What the words mean."""
    return gettext(
        "Very closely: of the regions that have the more common of the two, at least %(most)s have the other too; closely: "
        "%(half)s; nearly: %(some)s; loosely: fewer."
    ) % {
        "most": format_percent(CLOSE + STEP, decimals=0),
        "half": format_percent(CLOSE, decimals=0),
        "some": format_percent(CLOSE - STEP, decimals=0),
    }


def bridge(page: SpaceOfRegion, one: Bridge) -> SafeString:
    """Printing would join 19 and 2 activities: it is linked to paper and to machinery."""
    ends = listed([activity_link(code, page.activity_name(code)) for code in one.ends])
    sizes = listed(format_html("{}", format_number(size, decimals=0)) for size in one.joins)
    return in_words(
        gettext("{activity} would join parts of {sizes} activities: it is linked to {ends}."),
        activity=activity_link(one.activity, page.activity_name(one.activity)),
        sizes=sizes,
        ends=ends,
    )


# What cannot be said


def limits(page: SpaceOfRegion) -> list[SafeString]:
    facts = page.facts
    assert facts is not None
    known, whole = facts.space.coverage(facts.row)
    found = []
    if known < whole:
        text = ngettext(
            "Of {count} activity it is not published whether the region has it. It is hatched, and counts as absent where its "
            "neighbours are counted: the region may look poorer than it is.",
            "Of {count} activities it is not published whether the region has them. They are hatched, and count as absent where "
            "their neighbours are counted: the region may look poorer than it is.",
            whole - known,
        )
        found.append(in_words(text, count=whole - known))
    found += [
        in_words(
            gettext(
                "The map is an illustration: distances on paper only nearly follow how related activities are. The tables below are exact."
            )
        ),
        in_words(
            gettext(
                "Two activities are related when the regions of Europe that have the one mostly have the other too ({year}); that "
                "does not say why. The table has divisions only, so that “machinery” stands for many things."
            ),
            year=facts.space.year,
        ),
        in_words(
            gettext(
                "Closely related is not better: it makes it easier to go on, and harder to stand a crisis that hits all. Large "
                "regions with many activities are mostly less coherent."
            )
        ),
    ]
    return found
