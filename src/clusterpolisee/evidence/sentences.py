"""The answer in sentences: made from the profile, each number a link to its figure, each with its year."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.profile import PROSPERITY, Activities, IndicatorRow, Profile, Trend
from clusterpolisee.shell.languages import format_number, format_percent, pick


def answer(profile: Profile, name_of: Callable[[str], str]) -> list[SafeString]:
    """Two or three sentences a reader can quote; fewer where the evidence is thinner, none made up."""
    sentences = []
    if profile.trend:
        sentences.append(_employment(profile.trend))
    if profile.activities and profile.activities.strongest:
        sentences.append(_strength(profile.activities, name_of))
    sentences += _comparison(profile)
    return sentences


def link(ref: FigureRef, text: str) -> SafeString:
    """A number that can be opened."""
    return format_html('<a class="fig" href="{}">{}</a>', ref.address(), text)


def in_words(template: str, **values: object) -> SafeString:
    """Fill a translated sentence; the names in it may stand in any order."""
    return format_html(template, **values) if values else escape(template)


def _employment(trend: Trend) -> SafeString:
    assert trend.latest is not None
    year, cell = trend.latest
    jobs = link(trend.observed, format_number(cell.value, decimals=0))
    if trend.growth is None or trend.span is None or trend.growth_percent is None or trend.span[1] != year:
        return in_words(
            gettext("In {year}, {jobs} people aged 15 and over worked here."), year=year, jobs=jobs
        )
    change = trend.growth_percent
    size = link(trend.growth, format_percent(abs(change), decimals=1, of=100))
    if abs(change) < 0.05:
        text = gettext("In {year}, {jobs} people aged 15 and over worked here, as many as in {base}.")
    elif change < 0:
        text = gettext(
            "In {year}, {jobs} people aged 15 and over worked here, {change} fewer than in {base}."
        )
    else:
        text = gettext("In {year}, {jobs} people aged 15 and over worked here, {change} more than in {base}.")
    return in_words(text, year=year, jobs=jobs, change=size, base=trend.span[0])


def _strength(activities: Activities, name_of: Callable[[str], str]) -> SafeString:
    row = activities.strongest
    assert row is not None and row.quotient is not None
    name = name_of(row.code)
    quotient = link(row.figure("location-quotient"), format_number(row.quotient, decimals=1))
    share = link(row.figure("share"), format_percent(row.share_percent, decimals=1, of=100))
    if row.quotient < 1.2:
        text = gettext(
            "No activity stands out: the highest share next to the average of {count} countries has “{name}”, "
            "with {share} of those employed in enterprises in {year} ({quotient} times the average)."
        )
    else:
        text = gettext(
            "Its strongest specialisation is “{name}”: {share} of those employed in enterprises work there, "
            "{quotient} times the average of {count} countries ({year})."
        )
    return in_words(
        text,
        name=name,
        share=share,
        quotient=quotient,
        count=len(activities.table.reference_countries),
        year=activities.year,
    )


def _comparison(profile: Profile) -> list[SafeString]:
    prosperity = next((row for row in profile.indicators if row.indicator.code == PROSPERITY), None)
    if prosperity is not None:
        return [_prosperity(prosperity)]
    return [_plain(row) for row in profile.indicators[:2]]


def _prosperity(row: IndicatorRow) -> SafeString:
    value = link(row.ref, format_percent(row.cell.value, decimals=0, of=100))
    if row.standing is None or row.standing.out_of < 3:
        return in_words(
            gettext(
                "Its output per inhabitant was {value} of the EU average in {year}, at purchasing power."
            ),
            value=value,
            year=row.year,
        )
    rank = link(row.figure("rank"), format_number(row.standing.rank, decimals=0))
    text = ngettext(
        "Its output per inhabitant was {value} of the EU average in {year}, at purchasing power: place {rank} of {count} region.",
        "Its output per inhabitant was {value} of the EU average in {year}, at purchasing power: place {rank} of {count} regions.",
        row.standing.out_of,
    )
    return in_words(text, value=value, year=row.year, rank=rank, count=row.standing.out_of)


def _plain(row: IndicatorRow) -> SafeString:
    value = link(row.ref, format_number(row.cell.value, decimals=row.indicator.decimals))
    return in_words(
        gettext("{indicator} in {year}: {value} {unit}."),
        indicator=pick(row.indicator.labels, get_language() or "en"),
        year=row.year,
        value=value,
        unit=pick(row.indicator.unit_labels, get_language() or "en"),
    )


def trend_in_words(trend: Trend, country: str) -> str:
    """The claim the picture shows: who grew and who did not."""
    ours, theirs = trend.growth_percent, trend.country_growth_percent
    if ours is None:
        return ""
    if theirs is None:
        return gettext("Grew over the span shown.") if ours > 0 else gettext("Fell over the span shown.")
    if ours < 0 <= theirs:
        text = gettext("{country} grew, the region did not.")
    elif theirs < 0 <= ours:
        text = gettext("The region grew, {country} did not.")
    elif ours >= theirs:
        text = (
            gettext("Both grew, the region faster than {country}.")
            if ours > 0
            else gettext("Both fell, the region less than {country}.")
        )
    else:
        text = (
            gettext("Both grew, the region slower than {country}.")
            if ours > 0
            else gettext("Both fell, the region more than {country}.")
        )
    return text.format(country=country)


def growth_in_words(profile: Profile) -> SafeString:
    """Shift-share in one sentence: the change and the part the region itself had in it."""
    parts, ref = profile.growth, profile.growth_ref
    assert parts is not None and ref is not None
    own = parts.regional_total
    number = link(ref, format_number(abs(own), decimals=0))
    if own < 0:
        text = gettext(
            "With its mix of activities and the growth of the country it would have {number} more jobs; that many it lost by itself."
        )
    else:
        text = gettext(
            "With its mix of activities and the growth of the country it would have {number} fewer jobs; that many it won by itself."
        )
    return in_words(text, number=number)
