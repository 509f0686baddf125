"""The page of an activity in words: who is specialised in it, where its jobs are."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from clusterpolisee.evidence.activity_facts import ActivityFacts, ActivityPlace
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.shell.languages import format_number, format_percent

SPECIALISED_FROM = 1.0
ALL_STARS = 3


def answer(page: ActivityFacts) -> list[SafeString]:
    """Two or three sentences, each with its year; none where nothing is published."""
    if not page.known_rows:
        return []
    return _of_division(page) if page.specialisation else [_of_group(page)]


def _of_division(page: ActivityFacts) -> list[SafeString]:
    first = _strongest(page)
    most = max((row for row in page.known_rows if row.jobs is not None), key=lambda row: row.jobs or 0)
    above = sum((row.quotient or 0) > SPECIALISED_FROM for row in page.known_rows)
    starred = sum((row.stars.count or 0) == ALL_STARS for row in page.known_rows if row.stars)
    found = [
        in_words(
            gettext(
                "“{activity}” weighs most in {region}: {quotient} times its average share of jobs ({share} of those employed in enterprises, {year})."
            ),
            activity=page.name,
            region=_region(first),
            quotient=link(first.figure("location-quotient"), format_number(first.quotient or 0, decimals=1)),
            share=link(first.figure("share"), format_percent(first.share_percent or 0, decimals=1, of=100)),
            year=page.year,
        ),
        in_words(
            ngettext(
                "Its share is above the average in {above} of {count} region with a figure; most of its jobs are in {region} ({jobs}).",
                "Its share is above the average in {above} of {count} regions with a figure; most of its jobs are in {region} ({jobs}).",
                len(page.known_rows),
            ),
            above=above,
            count=len(page.known_rows),
            region=_region(most),
            jobs=link(most.figure("observation"), format_number(most.jobs or 0, decimals=0)),
        ),
    ]
    if starred:
        found.append(
            in_words(
                ngettext(
                    "In {count} region it earns all three cluster stars.",
                    "In {count} regions it earns all three cluster stars.",
                    starred,
                ),
                count=starred,
            )
        )
    return found


def _strongest(page: ActivityFacts) -> ActivityPlace:
    """The highest quotient among regions large enough to carry a statement, as on region pages."""
    assert page.specialisation is not None
    least = page.specialisation.scheme.minimum_employment
    return next((row for row in page.known_rows if (row.jobs or 0) >= least), page.known_rows[0])


def _of_group(page: ActivityFacts) -> SafeString:
    first = page.known_rows[0]
    return in_words(
        gettext(
            "“{activity}” weighs most in {region}: {share} of the employed people worked in it in {year}."
        ),
        activity=page.group_name,
        region=_region(first),
        share=link(first.figure("share"), format_percent(first.share_percent or 0, decimals=1, of=100)),
        year=page.year,
    )


def _region(row: ActivityPlace) -> SafeString:
    name = row.region.name(get_language() or "en")
    return format_html('<a href="{}">{}</a>', reverse("evidence:region", args=[row.region.code]), name)
