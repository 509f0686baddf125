"""Options in words: the answer, each option, why it stands where it does, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clusterpolisee.evidence.opportunities.choices import CHOICES, criterion_name
from clusterpolisee.evidence.opportunities.facts import NAMED, OpportunityFacts, Option, Step
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.shell.languages import format_number, format_percent
from regional_analytics import measures

NEAR, COMPLEX, GAIN = "relatedness-density", "activity-complexity", "outlook-gain"
FIRM = "list-stability"
NameOf = Callable[[str], str]


def said(text: str) -> SafeString:
    """A sentence with nothing to fill in."""
    return format_html("{}", text)


def measured(method: str, text: str) -> SafeString:
    """A number of a measure, leading to where it is explained."""
    return format_html('<a class="fig" href="{}">{}</a>', reverse("evidence:method", args=[method]), text)


def activity(code: str, name_of: NameOf) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("evidence:activity", args=[code]), name_of(code))


def near(value: float) -> SafeString:
    return measured(NEAR, format_percent(value, decimals=0))


def answer(facts: OpportunityFacts, region: str, name_of: NameOf) -> list[SafeString]:
    """What lies nearest and is worth more, one long jump, and how much is known."""
    found = [*_nearest(facts, region, name_of), *_jump(facts, name_of), *_by_choice(facts, name_of)]
    return [*found, _known(facts)] if found else []


def _with_near(options: Iterable[Option], name_of: NameOf) -> SafeString:
    pairs = ((activity(one.code, name_of), near(one.near)) for one in options)
    return format_html_join(", ", "{} ({})", pairs)


def _nearest(facts: OpportunityFacts, region: str, name_of: NameOf) -> list[SafeString]:
    better = facts.nearest_and_more_complex[:NAMED]
    if better:
        text = gettext(
            "Nearest to what {region} has, and more complex than its economy today: {names}. In brackets: how much of what is related to each is here already."
        )
        return [in_words(text, region=region, names=_with_near(better, name_of))]
    if not facts.options:
        return [in_words(gettext("{region} has every activity of which that is published."), region=region)]
    text = gettext(
        "Nearest to what {region} has: {names}. None of its options is more complex than its economy today."
    )
    return [in_words(text, region=region, names=_with_near(facts.nearest[:NAMED], name_of))]


def _jump(facts: OpportunityFacts, name_of: NameOf) -> list[SafeString]:
    jump = facts.jump
    if jump is None:
        return []
    text = gettext(
        "A long jump: {name}, place {place} of {count} by complexity, with {near} of what is related to it."
    )
    place = measured(COMPLEX, format_number(jump.place, decimals=0))
    return [
        in_words(
            text,
            name=activity(jump.code, name_of),
            place=place,
            count=facts.of_activities,
            near=near(jump.near),
        )
    ]


def _by_choice(facts: OpportunityFacts, name_of: NameOf) -> list[SafeString]:
    """Said only where somebody chose another way than the first."""
    first = facts.listed[:NAMED]
    if facts.choice == CHOICES[0] or not first:
        return []
    names = format_html_join(", ", "{}", ((activity(one.code, name_of),) for one in first))
    return [in_words(gettext("By “{choice}” come first: {names}."), choice=facts.choice.name, names=names)]


def _known(facts: OpportunityFacts) -> SafeString:
    known, whole = facts.space.coverage(facts.row)
    text = gettext("Known for {known} of {whole} activities, in {year}.")
    return in_words(text, known=known, whole=whole, year=facts.space.year)


# One option


def sentence(facts: OpportunityFacts, one: Option) -> SafeString:
    """How near, how complex, what is there today."""
    text = gettext("{near} of what is related to it is here; place {place} of {count} by complexity. {today}")
    return in_words(
        text,
        near=near(one.near),
        place=measured(COMPLEX, format_number(one.place, decimals=0)),
        count=facts.of_activities,
        today=_today(facts, one),
    )


def _today(facts: OpportunityFacts, one: Option) -> SafeString:
    if not one.jobs:
        return said(gettext("Nobody works in it here today."))
    jobs = link(facts.ref("observation", one.code), format_number(one.jobs, decimals=0))
    quotient = link(facts.ref("location-quotient", one.code), format_number(one.quotient, decimals=2))
    text = ngettext(
        "Today {jobs} person works in it here: a quotient of {quotient}, where 1 is the average.",
        "Today {jobs} people work in it here: a quotient of {quotient}, where 1 is the average.",
        int(one.jobs),
    )
    return in_words(text, jobs=jobs, quotient=quotient)


def marks(one: Option) -> list[str]:
    """What a reader should see at a glance."""
    found = []
    if one.may_be_there and one.jobs:
        found.append(gettext("may be there already"))
    if one.firm is not None and one.firm < measures.STEADY.fewest:
        found.append(gettext("place on the list not firm"))
    if one.mark is measures.Mark.DO_NOT_RELY:
        found.append(gettext("too few people to rely on"))
    return found


def step_sentence(facts: OpportunityFacts, step: Step) -> SafeString:
    """A step of the path, when its turn comes."""
    text = gettext("When its turn comes, {near} of what is related to it is here. {today}")
    return in_words(text, near=near(1 - step.distance), today=_today(facts, step.option))


def why(facts: OpportunityFacts, one: Option, name_of: NameOf) -> list[SafeString]:
    """What carries the nearness, what it would open, how its score is made."""
    return [*_carried(one, name_of), *_opened(one, name_of), *_unbeaten(one), *_score(facts, one)]


def _listed(reasons: Iterable[tuple[str, float]], name_of: NameOf, method: str) -> SafeString:
    parts = (
        (activity(code, name_of), measured(method, format_percent(part, decimals=1)))
        for code, part in reasons
    )
    return format_html_join(", ", "{} {}", parts)


def _carried(one: Option, name_of: NameOf) -> list[SafeString]:
    if not one.carriers:
        return [said(gettext("Nothing that the region has is related to it."))]
    names = _listed(((reason.code, reason.part) for reason in one.carriers), name_of, NEAR)
    more = one.carried_by - len(one.carriers)
    if more <= 0:
        text = gettext("Related to it are {names}; together they make the {near}.")
        return [in_words(text, names=names, near=format_percent(one.near, decimals=0))]
    rest = one.near - sum(reason.part for reason in one.carriers)
    text = ngettext(
        "Most related of what the region has: {names}; {more} other activity adds {rest}, which makes the {near}.",
        "Most related of what the region has: {names}; {more} other activities add {rest}, which makes the {near}.",
        more,
    )
    return [
        in_words(
            text,
            names=names,
            more=more,
            rest=format_percent(rest, decimals=1),
            near=format_percent(one.near, decimals=0),
        )
    ]


def _opened(one: Option, name_of: NameOf) -> list[SafeString]:
    gain = measured(GAIN, format_number(one.gain, decimals=2))
    if not one.opens:
        return [in_words(gettext("It would bring nothing complex nearer ({gain})."), gain=gain)]
    names = format_html_join(", ", "{}", ((activity(reason.code, name_of),) for reason in one.opens))
    if one.gain <= 0:
        text = gettext(
            "It would bring nearer above all what is less complex (gain {gain}); of the complex most of all {names}."
        )
    else:
        text = gettext("It would bring nearer most of all {names} (gain {gain}).")
    return [in_words(text, names=names, gain=gain)]


def _unbeaten(one: Option) -> list[SafeString]:
    return [said(gettext("No other option is both nearer and more complex."))] if one.is_on_frontier else []


def _score(facts: OpportunityFacts, one: Option) -> list[SafeString]:
    if one.score is None:
        return []
    parts = " + ".join(
        f"{format_number(value, decimals=3)} ({criterion_name(key)})" for key, value in one.terms.items()
    )
    total = measured("option-scheme", format_number(one.score, decimals=3))
    return [in_words(gettext("Score: {parts} = {total}."), parts=parts, total=total)]


def how_sure(facts: OpportunityFacts, one: Option, name_of: NameOf) -> list[SafeString]:
    """Other choices, chance, and what is not published."""
    found = [*_firm(one), _choices(one)]
    if one.low is not None and one.high is not None and one.jobs:
        interval = in_words(
            gettext("from {low} to {high}"),
            low=format_number(one.low, decimals=2),
            high=format_number(one.high, decimals=2),
        )
        if one.may_be_there:
            text = gettext(
                "By chance alone its quotient could lie anywhere {interval}: it may be there already."
            )
        elif one.mark is measures.Mark.DO_NOT_RELY:
            text = gettext(
                "Few people work in it: by chance alone its quotient could lie anywhere {interval}."
            )
        else:
            text = gettext("Chance does not change that it is not there: its quotient lies {interval}.")
        found.append(in_words(text, interval=measured("option-scheme", interval)))
    if one.near_at_most > one.near:
        text = gettext(
            "If all that is not published were here, it would be {most} of what is related to it, and not {near}."
        )
        found.append(
            in_words(
                text,
                most=measured(NEAR, format_percent(one.near_at_most, decimals=0)),
                near=format_percent(one.near, decimals=0),
            )
        )
    return found


def _firm(one: Option) -> list[SafeString]:
    """Whether it would be on the list of another draw."""
    if one.firm is None or not one.is_listed:
        return []
    if one.firm >= measures.STEADY.enough:
        text = gettext("Firm: drawn anew with other divisions, it is on the list in {share} of the draws.")
    elif one.firm >= measures.STEADY.fewest:
        text = gettext(
            "Fairly firm: drawn anew with other divisions, it is on the list in {share} of the draws."
        )
    else:
        text = gettext(
            "Not firm: drawn anew with other divisions, it is on the list in only {share} of the draws."
        )
    return [in_words(text, share=measured(FIRM, format_percent(one.firm, decimals=0)))]


def _choices(one: Option) -> SafeString:
    names = [str(choice.name) for choice in CHOICES if choice.key in one.listed_by]
    if len(names) == len(CHOICES):
        return said(gettext("It is on the list by every choice."))
    text = ngettext(
        "Of {all} choices {count} has it on its list: {names}.",
        "Of {all} choices {count} have it on their lists: {names}.",
        len(names),
    )
    return in_words(text, all=len(CHOICES), count=len(names), names=", ".join(names) or "–")


def path_sentence(facts: OpportunityFacts) -> SafeString:
    """Where the path leads."""
    if facts.target is None:
        return said(
            gettext(
                "The region is among the most complex quarter already, so there is no path to the next one."
            )
        )
    assert facts.path is not None
    percent, _bound = facts.target
    steps = len(facts.steps)
    if not facts.path.reached:
        text = gettext("{steps} steps would not lead past {percent} % of the regions in complexity.")
    else:
        text = ngettext(
            "{steps} step would lead past {percent} % of the regions in complexity.",
            "{steps} steps would lead past {percent} % of the regions in complexity, in this order.",
            steps,
        )
    return in_words(text, steps=steps, percent=percent)
