"""The partners of a region in words: where to look first, why, what both sides get, what cannot be said."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clusterpolisee.evidence.listing import activity_link, listed, method_link
from clusterpolisee.evidence.partners.asked import By, Where
from clusterpolisee.evidence.partners.facts import HALF_DISTANCE_KM, Partner, Reason, Why
from clusterpolisee.evidence.partners.region import PartnersOfRegion
from clusterpolisee.evidence.sentences import in_words
from clusterpolisee.shell.languages import format_number, format_percent

METHOD = "complementary-partners"
FIRST = 3


def answer(page: PartnersOfRegion) -> list[SafeString]:
    """Where to look, why there, and with whom both sides gain."""
    facts = page.facts
    assert facts is not None
    if not facts.options:
        text = gettext(
            "Of {region} no activity is known that it lacks, so there is nothing to look for elsewhere ({year})."
        )
        return [in_words(text, region=page.name, year=facts.space.year)]
    if not facts.named:
        text = gettext(
            "No region that is looked at here has anything for {options} that {region} lacks ({year})."
        )
        return [in_words(text, options=_options(page), region=page.name, year=facts.space.year)]
    return [_where(page), _how_much(page), *_why(page), *_mutual(page)]


def _options(page: PartnersOfRegion) -> SafeString:
    assert page.facts is not None
    if page.facts.activity:
        return format_html(
            "{}", gettext("“%(activity)s”") % {"activity": page.activity_name(page.facts.activity)}
        )
    count = len(page.facts.options)
    text = ngettext("its best option", "its {count} best options", count)
    return format_html('<a href="#options">{}</a>', text.format(count=format_number(count, decimals=0)))


def _where(page: PartnersOfRegion) -> SafeString:
    assert page.facts is not None
    text = {
        Where.ABROAD: gettext(
            "For {options}, {region} finds most of what it lacks across the border in {names}."
        ),
        Where.NEAR: gettext(
            "For {options}, {region} finds most of what it lacks across the border, near regions first, in {names}."
        ),
        Where.EVERYWHERE: gettext(
            "For {options}, {region} finds most of what it lacks, at home and abroad, in {names}."
        ),
        Where.EUROPE: gettext(
            "For {options}, {region} finds most of what it lacks in other countries of Europe in {names}."
        ),
    }[page.asked_for.where]
    if page.asked_for.by is not By.GAIN:
        text = gettext("For {options}, {region} and {names} have most to give to each other.")
    names = listed([page.link_to(one.code) for one in page.facts.named[:FIRST]])
    return in_words(text, options=_options(page), region=page.name, names=names)


def _how_much(page: PartnersOfRegion) -> SafeString:
    facts = page.facts
    assert facts is not None
    best = facts.named[0]
    return in_words(
        gettext(
            "Of all that is related to them it has {own} itself; together with {partner} it would have {both} ({year})."
        )
        if not facts.activity
        else gettext(
            "Of all that is related to it {own} is here already; together with {partner} it would be {both} ({year})."
        ),
        own=method_link(format_percent(facts.own), METHOD),
        partner=page.names[best.code],
        both=why_link(best, format_percent(facts.own + best.gain)),
        year=facts.space.year,
    )


def _why(page: PartnersOfRegion) -> list[SafeString]:
    assert page.facts is not None
    found = page.facts.reasons[0].reasons
    return [reason(page, page.facts.named[0], found[0], is_short=True)] if found else []


def _mutual(page: PartnersOfRegion) -> list[SafeString]:
    assert page.facts is not None
    found, best = page.facts.mutual, page.facts.named[0]
    if found is None:
        return []
    values: dict[str, object] = {
        "partner": page.link_to(found.code),
        "back": why_link(found, format_percent(found.given_back)),
        "gain": why_link(found, format_percent(found.gain)),
    }
    if found.code == best.code:
        return [
            in_words(gettext("Both sides gain: {partner} would get {back} for its own options."), **values)
        ]
    text = gettext("Both sides gain most with {partner}: {gain} more here, {back} more there.")
    return [in_words(text, **values)]


def reason(page: PartnersOfRegion, partner: Partner, found: Reason, *, is_short: bool = False) -> SafeString:
    """Ljubljana has film, advertising and software, related to information services, which Vidin lacks."""
    names = [
        activity_link(code, page.activity_name(code))
        for code in found.activities[: FIRST if is_short else None]
    ]
    if found.partner_has and not is_short:
        text = gettext(
            "{partner} has {activities}, related to “{option}”, which {region} lacks; “{option}” itself it has too."
        )
    else:
        text = gettext("{partner} has {activities}, related to “{option}”, which {region} lacks.")
    return in_words(
        text,
        partner=page.names[partner.code],
        activities=listed(names),
        option=page.activity_name(found.option),
        region=page.name,
    )


def reasons(page: PartnersOfRegion, why: Why) -> list[SafeString]:
    return [reason(page, why.partner, one) for one in why.reasons if one.activities]


def offer(page: PartnersOfRegion, why: Why) -> SafeString:
    """What the region can bring to the table: which of its activities help the partner, and with what."""
    found = why.offer
    if found is None or not found.activities:
        return in_words(
            gettext("What {region} could offer {partner} does not show in these figures."),
            region=page.name,
            partner=page.names[why.partner.code],
        )
    names = [activity_link(code, page.activity_name(code)) for code in found.activities[:FIRST]]
    text = gettext("In return {region} has {activities}, related to “{option}”, which {partner} could start.")
    if found.partner_has:
        text = gettext(
            "In return {region} has “{option}” itself, which {partner} could start, and {activities}, related to it."
        )
    return in_words(
        text,
        region=page.name,
        activities=listed(names),
        option=page.activity_name(found.option),
        partner=page.names[why.partner.code],
    )


def in_numbers(page: PartnersOfRegion, one: Partner) -> SafeString:
    """What it adds, what it gets, what both get at least, what it has of the options, how far it is."""
    facts = page.facts
    assert facts is not None
    parts = [
        in_words(
            gettext("adds {gain} of what is related"),
            gain=method_link(format_percent(one.gain, decimals=1), METHOD),
        )
    ]
    if one.given_back is None:
        parts.append(format_html("{}", gettext("what it would get cannot be told")))
    else:
        back = method_link(format_percent(one.given_back, decimals=1), METHOD)
        parts.append(in_words(gettext("would get {back} for its own options"), back=back))
    if page.asked_for.by is By.GEOMETRIC_MEAN:
        mean = method_link(format_percent(one.score, decimals=1), METHOD)
        parts.append(in_words(gettext("mean of both gains {mean}"), mean=mean))
    if facts.activity:
        has = (
            gettext("has the activity itself") if one.options_had else gettext("has not the activity itself")
        )
        parts.append(format_html("{}", has))
    else:
        text = gettext("has {count} of the {all} options itself")
        parts.append(in_words(text, count=one.options_had, all=len(facts.options)))
    if one.kilometres is not None:
        far = format_number(round(one.kilometres, -1), decimals=0)
        parts.append(in_words(gettext("some {far} km away"), far=far))
    return format_html_join(" · ", "{}", ((part,) for part in parts))


# What cannot be said


def limits(page: PartnersOfRegion) -> list[SafeString]:
    """Each thing the page cannot say, with the reason."""
    facts = page.facts
    assert facts is not None
    known, whole = facts.space.coverage(facts.row)
    found = []
    if known < whole:
        text = gettext(
            "Of {region} it is published of {known} of {whole} activities whether it has them; the others count neither as had nor as "
            "lacked, and of partners likewise. A region of which little is published may be a better partner than it looks."
        )
        found.append(in_words(text, region=page.name, known=known, whole=whole))
    if len(facts.space.version.years) == 1:
        text = gettext(
            "The table has one year, {year}: what came or went since is not known, nor whether regions that teamed up gained by it."
        )
    else:
        text = gettext("The figures are of {year}; what came or went since is not known.")
    found.append(in_words(text, year=facts.space.year))
    text = gettext(
        "“Has” means a larger share of jobs than the countries have together ({link}); an activity can be there all the same, only smaller."
    )
    found.append(in_words(text, link=method_link(gettext("quotient of at least 1"), "location-quotient")))
    found.append(
        format_html(
            "{}",
            gettext(
                "Having related activities is no wish to share them: the list says whom to ask first. Large regions have something for everybody; “both gain” ranks them by what they would get too."
            ),
        )
    )
    if page.unlisted_countries:
        text = gettext("Not looked at, because the table has no figures for them: {countries}.")
        found.append(in_words(text, countries=", ".join(page.unlisted_countries)))
    return found


def refused(page: PartnersOfRegion) -> SafeString | None:
    """Why the activity that was asked for is no option."""
    facts = page.facts
    if facts is None or not facts.refused:
        return None
    at = facts.space.activities.index(facts.refused)
    if facts.space.known[facts.row, at]:
        text = gettext(
            "“{activity}” is there already, so the page shows partners for the best options instead."
        )
    else:
        text = gettext(
            "It is not published whether {region} has “{activity}”, so the page shows partners for the best options instead."
        )
    return in_words(text, activity=page.activity_name(facts.refused), region=page.name)


# Choices


def where_name(where: Where) -> str:
    return {
        Where.ABROAD: gettext("other countries of South East Europe"),
        Where.NEAR: gettext("other countries of South East Europe, near regions first"),
        Where.EVERYWHERE: gettext("South East Europe with the own country"),
        Where.EUROPE: gettext("other countries, all of Europe"),
    }[where]


def by_name(by: By) -> str:
    return {
        By.GAIN: gettext("what they add here"),
        By.MINIMUM: gettext("both gain: the smaller gain"),
        By.GEOMETRIC_MEAN: gettext("both gain: the mean of both"),
    }[by]


def rules(page: PartnersOfRegion) -> str:
    """How the list came about, for files."""
    parts = [where_name(page.asked_for.where), by_name(page.asked_for.by)]
    if page.asked_for.where is Where.NEAR:
        parts.append(
            gettext("half of a score is left at %(far)s km")
            % {"far": format_number(HALF_DISTANCE_KM, decimals=0)}
        )
    return gettext("Looked at: %(where)s. Ranked by: %(by)s.") % {
        "where": parts[0],
        "by": "; ".join(parts[1:]),
    }


# Links


def why_link(one: Partner, text: str) -> SafeString:
    """A number that leads to what it is made of."""
    return format_html('<a href="#why-{}">{}</a>', one.code, text)
