"""The page of an indicator in words: where it is high and low, whether regions come nearer, who moved."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from clusterpolisee.evidence.catching_up import CatchingUp, Mover
from clusterpolisee.evidence.indicator_facts import IndicatorFacts, RankedRow
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import format_number, format_percent


def answer(page: IndicatorFacts) -> list[SafeString]:
    """Two to four sentences; fewer where fewer are true."""
    if page.spread is None:
        return []
    found = [_ends(page)]
    if page.catching_up is not None:
        found += [_nearer(page, page.catching_up), who_moved(page, page.catching_up)]
    return found


def written(page: IndicatorFacts, value: float) -> str:
    """A value as the indicator writes it: 63.5 %, 42, 1,234."""
    indicator = page.indicator
    if indicator.unit_labels.get("en") == "%":
        return format_percent(value, decimals=indicator.decimals, of=100)
    return format_number(value, decimals=indicator.decimals)


def _ends(page: IndicatorFacts) -> SafeString:
    ranked, spread = page.known_rows, page.spread
    assert spread is not None
    if len(ranked) == 1:
        return in_words(
            gettext("Only {region} has a published figure for {year}: {value}."),
            region=_place(ranked[0]),
            year=page.year,
            value=_value(page, ranked[0]),
        )
    high, low = ranked[0], ranked[-1]
    if page.indicator.direction < 0:
        high, low = low, high
    return in_words(
        gettext(
            "In {year} the figure was highest in {high} ({most}) and lowest in {low} ({least}); "
            "half of the {count} regions with a figure had {median} or more."
        ),
        year=page.year,
        high=_place(high),
        most=_value(page, high),
        low=_place(low),
        least=_value(page, low),
        count=spread.known,
        median=written(page, spread.median),
    )


def _nearer(page: IndicatorFacts, found: CatchingUp) -> SafeString:
    values = {
        "start": found.start,
        "end": found.end,
        "before": format_percent(found.spread_start, decimals=0),
        "after": format_percent(found.spread_end, decimals=0),
    }
    if found.nearer:
        text = gettext(
            "Between {start} and {end} the regions came nearer to each other: they differed by {before} of their mean, then by {after}."
        )
    else:
        text = gettext(
            "Between {start} and {end} the regions drew apart: they differed by {before} of their mean, then by {after}."
        )
    return in_words(text, **values)


def who_moved(page: IndicatorFacts, found: CatchingUp) -> SafeString:
    first, last = found.movers[0], found.movers[-1]
    return in_words(
        gettext("{best} gained most ({before} → {after}), {worst} least ({was} → {became})."),
        best=_mover(page, first),
        before=_at(page, first, found.start, first.start),
        after=_at(page, first, found.end, first.end),
        worst=_mover(page, last),
        was=_at(page, last, found.start, last.start),
        became=_at(page, last, found.end, last.end),
    )


def convergence_in_words(page: IndicatorFacts) -> str:
    """What the line through the points says, and how far it can be relied on."""
    found = page.catching_up
    if found is None:
        return ""
    if found.beta is None or found.behind_grow_faster is None:
        return gettext(
            "Whether those behind grew faster cannot be told: the differences are smaller than their uncertainty."
        )
    little_is_good = page.indicator.direction < 0
    if not found.behind_grow_faster:
        if little_is_good:
            return gettext("The highest came down least; the distance grew.")
        return gettext("Those ahead grew faster; those behind fell further back.")
    if found.beta.half_life != found.beta.half_life:
        return gettext("Those behind moved so much faster that the order turned round.")
    years = round(found.beta.half_life)
    text = (
        ngettext(
            "The highest came down most: at this pace half of the distance would be gone in %(years)s year.",
            "The highest came down most: at this pace half of the distance would be gone in %(years)s years.",
            years,
        )
        if little_is_good
        else ngettext(
            "Those behind grew faster: at this pace half of the distance would be gone in %(years)s year.",
            "Those behind grew faster: at this pace half of the distance would be gone in %(years)s years.",
            years,
        )
    )
    return text % {"years": years}


def coverage_in_words(page: IndicatorFacts) -> str:
    spread = page.spread
    if spread is None:
        return gettext("No region shown here has a published figure.")
    return ngettext(
        "%(known)s of %(all)s region has a published figure for %(year)s.",
        "%(known)s of %(all)s regions have a published figure for %(year)s.",
        spread.all,
    ) % {"known": spread.known, "all": spread.all, "year": page.year}


def parts_in_words(page: IndicatorFacts) -> str:
    """Of how many regions a derived indicator lacks a part; empty where it lacks none, or where it is read."""
    covers = [row.cover for row in page.rows if row.cover is not None]
    if not covers:
        return ""
    short = sum(bool(cover.missing) for cover in covers)
    if not short:
        return gettext("All parts are known of every region.")
    return ngettext(
        "Of %(count)s region a part is missing; it is named below the region.",
        "Of %(count)s regions a part is missing; it is named below the region.",
        short,
    ) % {"count": format_number(short, decimals=0)}


def nothing_in_words(page: IndicatorFacts) -> str:
    """Why there is nothing to show."""
    if page.figures.is_derived and not page.years:
        return gettext(
            "No region has a value in any year: the tables of the parts share no year, or all is unknown."
        )
    return gettext("No region shown here has a published figure.")


def map_title(page: IndicatorFacts) -> str:
    return gettext("%(indicator)s, %(year)s") % {"indicator": page.indicator.name, "year": page.year}


def years_title(page: IndicatorFacts) -> str:
    return gettext("%(indicator)s, %(start)s–%(end)s") % {
        "indicator": page.indicator.name,
        "start": page.years[0],
        "end": page.years[-1],
    }


def convergence_title(page: IndicatorFacts, found: CatchingUp) -> str:
    return gettext("%(indicator)s: level in %(start)s and change until %(end)s") % {
        "indicator": page.indicator.name,
        "start": found.start,
        "end": found.end,
    }


def _place(row: RankedRow) -> SafeString:
    return _region(row.region.code, row.region)


def _mover(page: IndicatorFacts, mover: Mover) -> SafeString:
    place = next(place for place in page.selection.shown if place.code == mover.code)
    return _region(mover.code, place)


def _region(code: str, place: Region) -> SafeString:
    name = place.name(get_language() or "en")
    return format_html('<a href="{}">{}</a>', reverse("evidence:region", args=[code]), name)


def _value(page: IndicatorFacts, row: RankedRow) -> SafeString:
    return link(row.ref, written(page, row.cell.value or 0.0))


def _at(page: IndicatorFacts, mover: Mover, year: int, value: float) -> SafeString:
    return link(page.ref(mover.code, year), written(page, value))
