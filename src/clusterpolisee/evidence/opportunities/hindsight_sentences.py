"""What lists of an earlier year were worth, in words; or why that cannot be told."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clusterpolisee.evidence.engine.space import ActivitySpace
from clusterpolisee.evidence.opportunities.hindsight import Hindsight, Then
from clusterpolisee.evidence.opportunities.sentences import NameOf, activity, measured, said
from clusterpolisee.evidence.sentences import in_words
from clusterpolisee.shell.languages import format_number, format_percent

METHOD = "back-test"


def cannot_be_told(space: ActivitySpace) -> list[SafeString]:
    """One year is no test; why the survey does not help, and how to bring another year."""
    table = space.version.dataset
    return [
        in_words(
            gettext(
                "Whether such lists come true cannot be told yet: the table in use, {table}, has divisions for {year} only."
            ),
            table=table.code,
            year=space.year,
        ),
        in_words(
            gettext(
                "With an earlier or a later year of it, this page says what the list would have said and what came of it: {way}."
            ),
            way=in_words(
                '<a href="{address}">{text}</a>',
                address=reverse("evidence:data_set", args=[table.code]),
                text=gettext("bring another year"),
            ),
        ),
        said(
            gettext(
                "The labour force survey has more years, but knows only groups of sections: too few to tell what is related to what, and with breaks between them. So no test is made of it."
            )
        ),
    ]


def everywhere(found: Hindsight) -> list[SafeString]:
    """The lists of all regions: how many were right, next to the lot and to what is widespread."""
    test = found.test
    values = {
        "start": found.start,
        "end": found.end,
        "choice": found.choice.name,
        "regions": format_number(int((test.by_score.listed > 0).sum()), decimals=0),
        "hits": measured(METHOD, format_percent(test.by_score.hit_rate, decimals=0)),
        "chance": measured(METHOD, format_percent(test.by_chance.hit_rate, decimals=0)),
        "widespread": measured(METHOD, format_percent(test.by_ubiquity.hit_rate, decimals=0)),
    }
    text = gettext(
        "Lists by “{choice}” made from {start} would have been right in {hits} of cases by {end}, over {regions} regions; lists drawn by lot in {chance}, lists of the most widespread activities in {widespread}."
    )
    return [in_words(text, **values), _next_to_chance(found), _next_to_widespread(found)]


def _next_to_chance(found: Hindsight) -> SafeString:
    factor = found.test.next_to_chance
    values = {
        "factor": measured(METHOD, format_number(factor.value, decimals=1)),
        "low": format_number(factor.low, decimals=1),
        "high": format_number(factor.high, decimals=1),
    }
    if not factor.low > 1:
        text = gettext(
            "That is {factor} times the lot ({low} to {high}): no better than chance, as far as can be told."
        )
    else:
        text = gettext("That is {factor} times the lot ({low} to {high}).")
    return in_words(text, **values)


def _next_to_widespread(found: Hindsight) -> SafeString:
    factor = found.test.next_to_ubiquity
    value = measured(METHOD, format_number(factor.value, decimals=1))
    if not factor.low > 1:
        text = gettext(
            "Next to the most widespread it is {factor} times: naming those would have done as well."
        )
    else:
        text = gettext("Next to the most widespread it is {factor} times.")
    return in_words(text, factor=value)


def here(found: Hindsight, own: list[Then], region: str, name_of: NameOf) -> list[SafeString]:
    """What the list of this region would have named, and what became of it."""
    if not own:
        text = gettext(
            "For {region} there is no list of {start}: its figures of that year are not in the table."
        )
        return [in_words(text, region=region, start=found.start)]

    def names(came: bool | None) -> SafeString:
        return format_html_join(
            ", ", "{}", ((activity(one.code, name_of),) for one in own if one.came is came)
        )

    told = [one for one in own if one.came is not None]
    hits = [one for one in told if one.came]
    text = gettext("Of {count} that the list of {start} named for {region}, {hits} had come by {end}{names}.")
    sentences = [
        in_words(
            text,
            count=len(told),
            start=found.start,
            end=found.end,
            region=region,
            hits=len(hits),
            names=in_words(": {names}", names=names(True)) if hits else "",
        )
    ]
    if missed := names(False):
        sentences.append(in_words(gettext("Not there in {end}: {names}."), end=found.end, names=missed))
    if untold := names(None):
        sentences.append(in_words(gettext("Not published for {end}: {names}."), end=found.end, names=untold))
    return sentences
