"""How far the list can be believed, in words: what is counted, what is not known, what the scale is worth."""

from __future__ import annotations

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from clusterpolisee.evidence.opportunities.facts import NAMED, OpportunityFacts
from clusterpolisee.evidence.opportunities.sentences import COMPLEX, FIRM, NameOf, activity, measured, said
from clusterpolisee.evidence.opportunities.weighing import WORKPLACE
from clusterpolisee.evidence.sentences import in_words
from clusterpolisee.shell.languages import format_number, format_percent

CLEAR, FAIR = 0.6, 0.3  # how closely complexity goes with income, in words


def belief(facts: OpportunityFacts, name_of: NameOf) -> list[SafeString]:
    return [
        _coverage(facts, name_of),
        _one_year(facts),
        _what_is_counted(facts),
        _orientation(facts),
        _strength(facts),
        *_rank(facts),
        *_breadth(facts),
        _small_cells(),
    ]


def _coverage(facts: OpportunityFacts, name_of: NameOf) -> SafeString:
    if not facts.unknown:
        return said(gettext("For this region every activity is published."))
    names = format_html_join(", ", "{}", ((activity(code, name_of),) for code in facts.unknown))
    text = ngettext(
        "{count} activity may be there and is not published: {names}. It is no option, and it counts as absent where nearness is reckoned.",
        "{count} activities may be there and are not published: {names}. They are no options, and they count as absent where nearness is reckoned.",
        len(facts.unknown),
    )
    return in_words(text, count=len(facts.unknown), names=names)


def _one_year(facts: OpportunityFacts) -> SafeString:
    text = gettext(
        "Who has what is read from {year} alone. What grows and what shrinks is not seen: demand is no criterion here, since the labour force survey knows only groups of sections, with breaks between the years."
    )
    return in_words(text, year=facts.space.year)


def _what_is_counted(facts: OpportunityFacts) -> SafeString:
    text = gettext(
        "The table counts enterprises in {count} divisions, from mining to business services. Farming, finance, health, education and public administration are not in it, and a division is wide: what is special inside it is not seen."
    )
    return in_words(text, count=len(facts.space.activities))


def _orientation(facts: OpportunityFacts) -> SafeString:
    scale = facts.space.complexity.diagnostics
    anchor = facts.space.anchor
    if anchor is None:
        text = gettext(
            "Which end of the scale is complex is read from diversity ({correlation}), since no table of income is loaded."
        )
        return in_words(text, correlation=measured(COMPLEX, format_number(scale.correlation, decimals=2)))
    if scale.anchored >= CLEAR:
        text = gettext(
            "Complex is what rich regions have: complexity goes closely with GDP per inhabitant (correlation {income}, {count} regions, {year}). Read from diversity the scale would say otherwise ({diversity})."
        )
    elif scale.anchored >= FAIR:
        text = gettext(
            "Complex is what rich regions have: complexity goes with GDP per inhabitant, though not closely (correlation {income}, {count} regions, {year}). Its correlation with diversity is {diversity}."
        )
    else:
        text = gettext(
            "Complexity hardly goes with GDP per inhabitant (correlation {income}, {count} regions, {year}; with diversity {diversity}): which end is up is a guess."
        )
    return in_words(
        text,
        income=measured(COMPLEX, format_number(scale.anchored, decimals=2)),
        diversity=format_number(scale.correlation, decimals=2),
        count=anchor.regions,
        year=anchor.year,
    )


def _strength(facts: OpportunityFacts) -> SafeString:
    scale = facts.space.complexity.diagnostics
    values = {
        "second": measured(COMPLEX, format_percent(scale.second, decimals=0)),
        "third": format_percent(scale.second - scale.gap, decimals=0),
    }
    if scale.gap < scale.second / 4:
        text = gettext(
            "The scale of complexity explains {second} of who has what, and the next best scale {third}: nearly as much, so that small changes can turn it."
        )
    else:
        text = gettext(
            "The scale of complexity explains {second} of who has what, and the next best scale {third}: it is the clearest one, and leaves most unexplained."
        )
    return in_words(text, **values)


def _rank(facts: OpportunityFacts) -> list[SafeString]:
    """Where the region stands itself, and between which places it moves."""
    rank, low, high = facts.complexity_rank
    if not (rank and low and high):
        return []
    text = gettext(
        "By complexity the region has place {rank} of {count}; had the classification other divisions, it would lie between {low} and {high}."
    )
    values = [format_number(number, decimals=0) for number in (rank, len(facts.space.regions), low, high)]
    return [in_words(text, rank=measured(FIRM, values[0]), count=values[1], low=values[2], high=values[3])]


def _breadth(facts: OpportunityFacts) -> list[SafeString]:
    """How much of a nearness the few strongest relations carry."""
    parts = [sum(one.part for one in option.carriers) / option.near for option in facts.listed if option.near]
    if not parts:
        return []
    text = gettext(
        "Relations between divisions are broad: the {few} strongest carry {part} of the nearness of an option on the list, on average."
    )
    return [in_words(text, few=NAMED, part=format_percent(sum(parts) / len(parts), decimals=0))]


def _small_cells() -> SafeString:
    text = gettext(
        "How far chance moves a quotient is reckoned as if {people} people made a workplace; a single large employer can move it further."
    )
    return in_words(text, people=WORKPLACE)
