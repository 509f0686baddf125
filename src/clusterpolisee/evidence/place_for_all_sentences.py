"""The page “A place for all regions” in words: together or apart, who catches up, how the weakest stand, who is missing."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from clusterpolisee.evidence.catching_up import CatchingUp
from clusterpolisee.evidence.category_facts import CategoryFacts
from clusterpolisee.evidence.indicator_facts import IndicatorFacts
from clusterpolisee.evidence.indicator_sentences import who_moved, written
from clusterpolisee.evidence.place_for_all_facts import Corner, Knowledge, PlaceForAllFacts, Standing
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import format_number, format_percent, format_year_span

NAMED = 6


def answer(page: PlaceForAllFacts) -> list[SafeString]:
    """Do the regions grow together, how do the weakest stand, who has both; what cannot be said is left out."""
    return [*_together(page), *_weakest(page), *_best(page)]


def further(page: PlaceForAllFacts) -> list[SafeString]:
    """What is said after the answer, each for itself."""
    return [*_movers(page), *_knowledge_of_weakest(page), *_worst(page), *_without_figures(page)]


def _movers(page: PlaceForAllFacts) -> list[SafeString]:
    facts = page.shown
    if facts is None or facts.catching_up is None:
        return []
    found = facts.catching_up
    years = format_year_span(found.start, found.end)
    return [format_html("{}, {}: {}", facts.indicator.short_name, years, who_moved(facts, found))]


def corner_name(corner: Corner) -> str:
    return {
        Corner.UP_MORE: gettext("Catching up, more knowledge at work"),
        Corner.UP_LESS: gettext("Catching up, less knowledge at work"),
        Corner.DOWN_MORE: gettext("Falling behind, more knowledge at work"),
        Corner.DOWN_LESS: gettext("Falling behind, less knowledge at work"),
    }[corner]


# Together or apart


def _together(page: PlaceForAllFacts) -> list[SafeString]:
    nearer = [_spread(*one) for one in page.together if one[1].nearer]
    apart = [_spread(*one) for one in page.together if not one[1].nearer]
    found = []
    if nearer:
        text = gettext("The regions grow together: as a part of their mean, they differ less by {list}.")
        found.append(in_words(text, list=_listed(nearer)))
    if apart:
        text = gettext("The regions grow apart: as a part of their mean, they differ more by {list}.")
        found.append(in_words(text, list=_listed(apart)))
    return found


def _spread(facts: IndicatorFacts, found: CatchingUp) -> SafeString:
    """The name of an indicator with its spread, leading to where it is shown how that was found."""
    return format_html(
        '{} (<a href="{}">{} → {}</a>, {})',
        gettext("“%(indicator)s”") % {"indicator": facts.indicator.short_name},
        spread_address(facts),
        format_percent(found.spread_start, decimals=0),
        format_percent(found.spread_end, decimals=0),
        format_year_span(found.start, found.end),
    )


def spread_address(facts: IndicatorFacts) -> str:
    """Where the page of the indicator tells of convergence, over the same regions."""
    query = facts.selection.query()
    path = reverse("evidence:indicator", args=[facts.indicator.code])
    return f"{path}?{query}#convergence" if query else f"{path}#convergence"


# Regions


def region_link(place: Region) -> SafeString:
    address = reverse("evidence:region", args=[place.code])
    return format_html('<a href="{}">{}</a>', address, place.name(get_language() or "en"))


def names(standings: Sequence[Standing], most: int = NAMED) -> SafeString:
    """The first of these regions by name, and how many more there are."""
    shown = [region_link(one.region) for one in standings[:most]]
    more = len(standings) - len(shown)
    if more > 0:
        shown.append(format_html("{}", gettext("%(count)s more") % {"count": more}))
    return _listed(shown, ", ")


def moved(page: PlaceForAllFacts, one: Standing) -> SafeString:
    """27 → 78, each opening its card."""
    facts, found, mover = page.chosen, page.catching_up, one.mover
    assert facts is not None and found is not None and mover is not None
    start = link(facts.ref(one.code, found.start), written(facts, mover.start))
    return format_html("{} → {}", start, link(facts.ref(one.code, found.end), written(facts, mover.end)))


def share(facts: CategoryFacts, known: Knowledge, code: str) -> SafeString:
    """The share of jobs opening its card; where a part is not published, what there is at least, leading to its parts."""
    if known.share is not None:
        text = format_percent(known.share, decimals=1, of=100)
        return format_html("{}", facts.number("share", code, text))
    if known.at_least is not None:
        parts = reverse("evidence:category", args=[facts.category.code]) + facts.region_query(code)
        text = format_percent(known.at_least, decimals=1, of=100)
        return format_html('≥ <a href="{}">{}</a>', parts, text)
    return format_html("{}", "–")


def sentence(page: PlaceForAllFacts, one: Standing) -> SafeString:
    """Where one region stands on both scales."""
    assert page.category is not None and page.catching_up is not None and page.chosen is not None
    return in_words(
        gettext("{region}: {moved} ({indicator}, {years}); {share} of jobs in “{category}”."),
        region=region_link(one.region),
        moved=moved(page, one),
        indicator=page.chosen.indicator.short_name,
        years=format_year_span(page.catching_up.start, page.catching_up.end),
        share=share(page.category, one.of_chosen, one.code),
        category=str(page.category.category),
    )


# The corners


def _best(page: PlaceForAllFacts) -> list[SafeString]:
    if page.category is None or not page.placed:
        return []
    best = page.corners[Corner.UP_MORE]
    if best:
        text = gettext("These catch up and have many jobs in “{category}”: {names}.")
    else:
        text = gettext("No region shown here both catches up and has many jobs in “{category}”.")
    return [in_words(text, names=names(best), category=str(page.category.category))]


def _worst(page: PlaceForAllFacts) -> list[SafeString]:
    worst = page.corners[Corner.DOWN_LESS]
    return [in_words(gettext("On both scales behind: {names}."), names=names(worst))] if worst else []


# The weakest


def _weakest(page: PlaceForAllFacts) -> list[SafeString]:
    weak = page.weakest
    if not weak:
        return []
    up, down = (sum(one.catches_up is way for one in weak) for way in (True, False))
    untold = len(weak) - up - down
    if untold:
        text = gettext(
            "Among the weakest regions shown here, {rule}, {up} of {count} catch up and {down} fall behind; for {untold} it cannot be told."
        )
    else:
        text = gettext(
            "Among the weakest regions shown here, {rule}, {up} of {count} catch up and {down} fall behind."
        )
    values = {"count": len(weak), "up": up, "down": down, "untold": untold}
    return [in_words(text, rule=page.asked.weakest.name, **values)]


def _knowledge_of_weakest(page: PlaceForAllFacts) -> list[SafeString]:
    facts, weak = page.category, page.weakest
    if facts is None or page.middle_share is None or not weak:
        return []
    whole = sorted(
        (one for one in weak if one.of_chosen.share is not None), key=lambda one: one.of_chosen.share or 0
    )
    middle = format_html(
        '<a href="{}">{}</a>', facts.address, format_percent(page.middle_share, decimals=1, of=100)
    )
    values = {"category": str(facts.category), "middle": middle, "year": facts.year}
    if not whole:
        text = gettext(
            "For none of the weakest regions is the whole share of jobs in “{category}” published ({year})."
        )
        return [in_words(text, **values)]
    low, high = whole[0], whole[-1]
    values |= {"low": share(facts, low.of_chosen, low.code), "poorest": region_link(low.region)}
    if len(whole) == 1:
        text = gettext(
            "In {poorest}, one of the weakest, “{category}” gives {low} of jobs; in the middle region it gives {middle} ({year})."
        )
        return [in_words(text, **values)]
    text = gettext(
        "In the weakest regions for which it is published, “{category}” gives from {low} of jobs in {poorest} to {high} in {richest}; "
        "in the middle region it gives {middle} ({year})."
    )
    richest = region_link(high.region)
    return [in_words(text, high=share(facts, high.of_chosen, high.code), richest=richest, **values)]


# Who is missing


def without_any(page: PlaceForAllFacts) -> list[Standing]:
    """Regions of which neither scale has anything."""
    return [
        one
        for one in page.unmoved
        if one.now.value is None and (not one.chosen or one.of_chosen.why_unknown == "no-table")
    ]


def _without_figures(page: PlaceForAllFacts) -> list[SafeString]:
    empty = without_any(page)
    if not empty:
        return []
    text = ngettext(
        "{count} region has no figure for this yet: {names}.",
        "{count} regions have no figures for this yet: {names}.",
        len(empty),
    )
    return [in_words(text, count=len(empty), names=names(empty, len(empty)))]


def line_in_words(page: PlaceForAllFacts) -> str:
    """Where the line lies between more and less knowledge at work."""
    if page.category is None or page.middle_share is None:
        return ""
    return gettext(
        "More knowledge at work: at least %(share)s of jobs in “%(category)s”, the middle of the %(count)s regions "
        "all of whose parts are published (%(year)s)."
    ) % {
        "share": format_percent(page.middle_share, decimals=1, of=100),
        "category": page.category.category,
        "count": format_number(len(page.category.ranked), decimals=0),
        "year": page.category.year,
    }


def _listed(parts: Sequence[SafeString], between: str = "; ") -> SafeString:
    return format_html_join(between, "{}", ((part,) for part in parts))
