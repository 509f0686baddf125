"""What is missing on a region page, in sentences, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.profile import Activities, Profile, Trend
from clusterpolisee.shell.languages import format_year_span

LISTED = 12


def sentences_for(profile: Profile, name_of: Callable[[str], str]) -> list[SafeString]:
    """Each gap once, the widest first."""
    found: list[SafeString] = []
    if profile.activities is None:
        found.append(profile.why_no_activities or _no_activities(profile))
    else:
        found += _unpublished(profile.activities, name_of)
    if profile.trend is None:
        found.append(
            format_html(
                _("No employment over the years: the loaded table {table} has no figures for this region."),
                table=_table_link("lfst_r_lfe2en2"),
            )
        )
    else:
        found += _breaks(profile.trend)
    if profile.absent_indicators:
        names = ", ".join(indicator.short_name for indicator in profile.absent_indicators)
        found.append(format_html(_("Indicators without a figure for this region: {names}."), names=names))
    return found


def _no_activities(profile: Profile) -> SafeString:
    return format_html(
        _(
            "No employment by activity: the loaded table {table} does not have this region, so there are no "
            "quotients, stars or shift-share. Your statistical office may have the figures; {how}."
        ),
        table=_table_link("sbs_r_nuts06_r2"),
        how=format_html(
            '<a href="{}">{}</a>', reverse("evidence:data_bring"), _("this is how they are brought here")
        ),
    )


def _unpublished(activities: Activities, name_of: Callable[[str], str]) -> list[SafeString]:
    by_state: dict[str, list[str]] = {}
    for row in activities.unpublished:
        by_state.setdefault(row.state, []).append(f"{name_of(row.code)} ({row.code})")
    found = []
    for state, names in sorted(by_state.items()):
        text = {
            "confidential": ngettext(
                "{count} activity is confidential in {year}: {names}.",
                "{count} activities are confidential in {year}: {names}.",
                len(names),
            )
        }.get(
            state,
            ngettext(
                "{count} activity is not published in {year}: {names}.",
                "{count} activities are not published in {year}: {names}.",
                len(names),
            ),
        )
        shown = ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")
        found.append(format_html(text, count=len(names), year=activities.year, names=shown))
    return found


def _breaks(trend: Trend) -> list[SafeString]:
    if trend.span is None:
        return [
            format_html(_("Employment has no two comparable years without a break in series between them."))
        ]
    earlier = [year for year in trend.series.years if year < trend.span[0]]
    if not earlier:
        return []
    text = _(
        "Employment of {years} is not compared with later years: the series was broken in {breaks} "
        "(the survey changed), so a change over the break is not a fact."
    )
    return [
        format_html(
            text,
            years=format_year_span(earlier[0], earlier[-1]),
            breaks=", ".join(str(year) for year in trend.breaks if year <= trend.span[0]),
        )
    ]


def _table_link(code: str) -> SafeString:
    dataset = queries.dataset(code)
    if dataset is None:
        return format_html("<code>{}</code>", code)
    return format_html('<a href="{}">{}</a>', reverse("evidence:data_set", args=[code]), code)
