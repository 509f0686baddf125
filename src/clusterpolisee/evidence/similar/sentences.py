"""Similar regions in words: who is alike and in what, how it does among them, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from clusterpolisee.evidence.listing import listed
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.evidence.similar.asked import Among
from clusterpolisee.evidence.similar.facts import SimilarFacts, State
from clusterpolisee.evidence.similar.neighbours import STEADY, Alike
from clusterpolisee.evidence.similar.performance import Performance
from clusterpolisee.evidence.similar.wording import Thing, part_name, written
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import format_number, format_percent

NAMED = 3
STEADY_NAMED = 5


def answer(page: SimilarFacts) -> list[SafeString]:
    """Two to four sentences; where the question has no answer, why."""
    if not page.is_answered:
        return [_why_not(page)]
    return [_nearest(page), *_alike_in(page), *_places(page)]


def further(page: SimilarFacts) -> list[SafeString]:
    """How firm the answer is, and how much of the region is known."""
    if not page.is_answered:
        return []
    return [*_steady(page), *_unusual(page), *_partly_known(page), *_own_weights(page)]


def region_link(place: Region) -> SafeString:
    address = reverse("evidence:region", args=[place.code])
    return format_html('<a href="{}">{}</a>', address, name_of(place))


def name_of(place: Region) -> str:
    return place.name(get_language() or "en")


def part_names(parts: Sequence[Thing]) -> SafeString:
    """“Population”, “Tertiary education” and “Town and country”."""
    quoted = [format_html("{}", gettext("“%(name)s”") % {"name": part_name(part)}) for part in parts]
    return listed(quoted)


# Who


def _nearest(page: SimilarFacts) -> SafeString:
    nearest = page.neighbours[:NAMED]
    names = [format_html('<a href="#why-{}">{}</a>', one.code, name_of(one.region)) for one in nearest]
    if len(nearest) == 1:
        text = gettext("Only {names} can be compared with {region} here, by {weighting}.")
    else:
        text = {
            Among.EVERYWHERE: gettext(
                "Most like {region} are {names}, of {count} regions compared by {weighting}."
            ),
            Among.OUTSIDE: gettext(
                "Most like {region} abroad are {names}, of {count} regions compared by {weighting}."
            ),
            Among.INSIDE: gettext(
                "Most like {region} in its own country are {names}, of {count} regions compared by {weighting}."
            ),
        }[page.asked.among]
    return in_words(
        text,
        region=name_of(page.region),
        names=listed(names),
        count=format_number(len(page.neighbours), decimals=0),
        weighting=format_html(
            '<a href="#choose">{}</a>', gettext("“%(name)s”") % {"name": page.asked.scheme.name}
        ),
    )


def _alike_in(page: SimilarFacts) -> list[SafeString]:
    found = []
    if page.alike_in:
        text = gettext("The nearest {count} are alike in {parts}.")
        found.append(in_words(text, count=len(page.group), parts=part_names(page.alike_in[:3])))
    if page.different_in:
        text = gettext("In {parts} they are no nearer than other regions.")
        found.append(in_words(text, parts=part_names(page.different_in[-2:])))
    return found


# How it does among them


def _places(page: SimilarFacts) -> list[SafeString]:
    placed = page.placed
    if not placed:
        return []
    best, worst = placed[0], placed[-1]
    if best is worst or best.rank == worst.rank:
        text = gettext("Among them, in {indicator}: {place}.")
        return [in_words(text, place=place_words(best), indicator=indicator_words(best))]
    text = gettext("Among them its best place is in {best} ({place}), its worst in {worst} ({last}).")
    return [
        in_words(
            text,
            best=indicator_words(best),
            place=place_words(best),
            worst=indicator_words(worst),
            last=place_words(worst),
        )
    ]


def indicator_words(one: Performance) -> SafeString:
    return format_html("{}", gettext("“%(name)s”") % {"name": one.indicator.short_name})


def place_words(one: Performance) -> SafeString:
    """Place 2 of 9: 63.5 %, 2024; the number opens its figure."""
    value = link(one.own.ref, written(one.indicator, one.own.cell.value or 0.0))
    place = gettext("place %(rank)s of %(count)s") % {"rank": one.rank, "count": one.known}
    return format_html('<a href="#performance">{}</a>, {}, {}', place, value, one.year)


def gap_words(one: Performance) -> str:
    """How far from the middle of the group, and on which side."""
    if one.gap is None:
        return ""
    size = written(one.indicator, abs(one.gap), points=True)
    if round(one.gap, one.indicator.decimals) == 0:
        return gettext("as the middle of the group")
    text = (
        gettext("%(size)s better than the middle")
        if one.gap > 0
        else gettext("%(size)s worse than the middle")
    )
    if one.indicator.direction == 0:
        text = gettext("%(size)s from the middle")
    return text % {"size": size}


# How surely


def firmness(one: Alike, first: int) -> str:
    """What the draws say of one neighbour."""
    share = one.found.share_first
    if share is None:
        return ""
    if share >= 0.995:
        return gettext("always among the first %(first)s") % {"first": first}
    if share < 0.005:
        return gettext("never among the first %(first)s") % {"first": first}
    text = gettext("among the first %(first)s under %(share)s of the weights tried")
    return text % {"first": first, "share": format_percent(share, decimals=0)}


def share_first(one: Alike) -> str:
    """The same in one word or number."""
    share = one.found.share_first
    if share is None:
        return "–"
    if share >= 0.995:
        return gettext("always")
    return gettext("never") if share < 0.005 else format_percent(share, decimals=0)


def rank_range(one: Alike) -> str:
    """4 (2–11): the median rank, and from where to where it goes."""
    found = one.found
    if found.median is None or found.lowest is None or found.highest is None:
        return format_number(found.rank, decimals=0)
    if found.lowest == found.highest:
        return format_number(found.median, decimals=0)
    return f"{found.median} ({found.lowest}–{found.highest})"


def _steady(page: SimilarFacts) -> list[SafeString]:
    if page.ranking is None or not page.ranking.has_draws:
        return [format_html("{}", gettext("Only one thing counts here, so no other weights can be tried."))]
    if not page.steady:
        text = gettext(
            "Nobody is among the first {first} under nearly all of {draws} other sets of weights: who comes first hangs on what counts."
        )
        return [in_words(text, first=page.rules.first, draws=format_number(page.rules.draws, decimals=0))]
    text = gettext(
        "Among the first {first} under at least {share} of {draws} other sets of weights: {names}."
    )
    names = [region_link(one.region) for one in page.steady[:STEADY_NAMED]]
    return [
        in_words(
            text,
            first=page.rules.first,
            share=format_percent(STEADY, decimals=0),
            draws=format_number(page.rules.draws, decimals=0),
            names=listed(names),
        )
    ]


def _unusual(page: SimilarFacts) -> list[SafeString]:
    if not page.is_unusual:
        return []
    text = gettext(
        "{region} is unlike most: even its nearest region is farther from it than the nearest one usually is."
    )
    return [in_words(text, region=name_of(page.region))]


def _partly_known(page: SimilarFacts) -> list[SafeString]:
    if not page.lacks or page.ranking is None:
        return []
    text = gettext(
        "{share} of what counts is known of {region}. Unknown: {parts}; each counts as usual there, neither alike nor unlike."
    )
    share = format_percent(page.ranking.own_coverage, decimals=0)
    return [in_words(text, share=share, region=name_of(page.region), parts=_lacking(page))]


def _own_weights(page: SimilarFacts) -> list[SafeString]:
    if not page.asked.has_own_weights:
        return []
    address = f"{reverse('evidence:region_similar', args=[page.region.code])}#choose"
    text = gettext("The weights are your own; {back}.")
    return [
        in_words(text, back=format_html('<a href="{}">{}</a>', address, gettext("back to the first ones")))
    ]


# Why there is no answer


def _why_not(page: SimilarFacts) -> SafeString:
    name = name_of(page.region)
    if page.state is State.OTHER_LEVEL:
        text = gettext("Regions of NUTS level 2 are compared with each other. Choose one of these:")
        return format_html("{}", text)
    if page.state is State.NOTHING_LOADED:
        text = gettext(
            "No table that is loaded here has what you gave weight to. Choose other weights, or bring the table."
        )
        return format_html("{}", text)
    if page.state is State.NOBODY:
        text = gettext("No other region that you asked for has enough figures in common with {region}.")
        return in_words(text, region=name)
    assert page.ranking is not None
    text = ngettext(
        "Too little is known of {region} to say who is like it: {share} of what counts, where {least} are needed. {count} thing is unknown: {parts}.",
        "Too little is known of {region} to say who is like it: {share} of what counts, where {least} are needed. {count} things are unknown: {parts}.",
        len(page.lacks),
    )
    return in_words(
        text,
        region=name,
        share=format_percent(page.ranking.own_coverage, decimals=0),
        least=format_percent(page.rules.least_coverage, decimals=0),
        count=len(page.lacks),
        parts=_lacking(page),
    )


def _lacking(page: SimilarFacts) -> SafeString:
    return part_names([one.thing for one in page.lacks])


def joined(parts: Sequence[SafeString], between: str = "; ") -> SafeString:
    return format_html_join(between, "{}", ((part,) for part in parts))
