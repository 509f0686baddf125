"""How regions differ, in words: the greatest differences, what they have in common, who grew."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clusterpolisee.evidence.comparison_facts import ComparedCell, ComparedIndicator, ComparisonFacts
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import format_number, format_percent

# Counts differ because regions are of different size: only what is comparable is called a difference.
GREATEST = 2
WORTH_SAYING = 1.15


def answer(page: ComparisonFacts) -> list[SafeString]:
    """Two to four sentences; none for fewer than two regions."""
    if len(page.regions) < 2:
        return []
    return [*_differences(page), *_in_common(page), *_growth(page), *_without_figures(page)]


def _without_figures(page: ComparisonFacts) -> list[SafeString]:
    """Who has no figure at all: nobody shall look for them in vain, or take the empty cells for a fault."""
    known = {one.region for row in page.indicators for one in row.known}
    lacking = {*page.without_activities} & {*page.without_trend} - known
    names = [page.name_of(region) for region in page.regions if region in lacking]
    if not names:
        return []
    text = ngettext(
        "No table that is loaded here has figures of {regions}.",
        "No table that is loaded here has figures of {regions}.",
        len(names),
    )
    return [in_words(text, regions=_listed(names))]


def _differences(page: ComparisonFacts) -> list[SafeString]:
    comparable = [
        row
        for row in page.indicators
        if row.figures.comparable.multiples and row.year is not None and (row.ratio or 0) >= WORTH_SAYING
    ]
    greatest = sorted(comparable, key=lambda row: -(row.ratio or 0))[:GREATEST]
    return [_difference(page, row, is_first=row is greatest[0]) for row in greatest]


def _difference(page: ComparisonFacts, row: ComparedIndicator, *, is_first: bool) -> SafeString:
    ordered = sorted(row.known, key=lambda one: -(one.cell.value or 0) if one.cell else 0)
    high, low = ordered[0], ordered[-1]
    text = (
        gettext(
            "They differ most in {indicator}: {high} has {most}, {times} times as much as {low} with {least} ({year})."
        )
        if is_first
        else gettext(
            "Then comes {indicator}: {high} has {most}, {times} times as much as {low} with {least} ({year})."
        )
    )
    return in_words(
        text,
        indicator=_named(row),
        high=page.name_of(high.region),
        most=_value(row, high),
        low=page.name_of(low.region),
        least=_value(row, low),
        year=row.year,
        times=format_number(row.ratio or 1.0, decimals=1),
    )


def _named(row: ComparedIndicator) -> str:
    named = gettext("“%(name)s”") % {"name": row.indicator.short_name}
    return f"{named} ({row.indicator.unit_beside})" if row.indicator.unit_beside else named


def not_in_picture(page: ComparisonFacts, regions: Sequence[Region]) -> str:
    """Who is missing from a picture, so that nobody takes them for nothing."""
    if not regions:
        return ""
    return ngettext(
        "Not in the picture, since no loaded table has the figures: %(regions)s.",
        "Not in the picture, since no loaded table has their figures: %(regions)s.",
        len(regions),
    ) % {"regions": _listed([page.name_of(region) for region in regions])}


def _in_common(page: ComparisonFacts) -> list[SafeString]:
    if page.activity_year is None:
        return []
    shared = page.shared
    if not shared and len(page.regions) - len(page.without_activities) < 2:
        return []  # nobody there to share them with
    if not shared:
        return [
            in_words(
                gettext("None of their strongest activities is a specialisation of two of them ({year})."),
                year=page.activity_year,
            )
        ]
    first = shared[0]
    names = [
        page.name_of(region)
        for region, row in zip(page.regions, first.rows, strict=True)
        if row is not None and (row.quotient or 0) >= 1.5
    ]
    return [
        in_words(
            gettext("“{activity}” is a specialisation of {regions} ({year})."),
            activity=page.activity_name(first.code),
            regions=_listed(names),
            year=page.activity_year,
        )
    ]


def _growth(page: ComparisonFacts) -> list[SafeString]:
    if page.span is None:
        return []
    start, end = page.span
    changes = []
    for region, profile in zip(page.regions, page.profiles, strict=True):
        if profile.trend is None:
            continue
        first, last = profile.trend.series.at(start), profile.trend.series.at(end)
        if first and last and first.value and last.value is not None:
            changes.append((100 * (last.value / first.value - 1), page.name_of(region)))
    if len(changes) < 2:
        return []
    best, worst = max(changes), min(changes)
    if worst[0] > 0:
        text = gettext(
            "From {start} to {end} employment grew most in {best} ({most}) and least in {worst} ({least})."
        )
    elif best[0] < 0:
        text = gettext(
            "From {start} to {end} employment fell least in {best} ({most}) and most in {worst} ({least})."
        )
    else:
        text = gettext(
            "From {start} to {end} employment changed best in {best} ({most}) and worst in {worst} ({least})."
        )
    return [
        in_words(
            text,
            start=start,
            end=end,
            best=best[1],
            most=_signed(best[0]),
            worst=worst[1],
            least=_signed(worst[0]),
        )
    ]


def _signed(percent: float) -> str:
    text = format_percent(percent, decimals=1, of=100)
    return f"+{text}" if percent > 0 else text


def _value(row: ComparedIndicator, one: ComparedCell) -> SafeString:
    value = one.cell.value if one.cell and one.cell.value is not None else 0.0
    if row.indicator.unit_labels.get("en") == "%":
        return link(one.ref, format_percent(value, decimals=row.indicator.decimals, of=100))
    return link(one.ref, format_number(value, decimals=row.indicator.decimals))


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
