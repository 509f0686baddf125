"""Similar regions for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema
from pydantic import Field

from clusterpolisee.evidence.api.shapes import (
    FORMAT,
    READ,
    Origin,
    State,
    language,
    page_address,
    table_answer,
    told_origin,
)
from clusterpolisee.evidence.similar import sentences as words
from clusterpolisee.evidence.similar.asked import PREFIX, Among, Asked
from clusterpolisee.evidence.similar.exports import ranks_table
from clusterpolisee.evidence.similar.facts import SimilarFacts
from clusterpolisee.evidence.similar.facts import State as Answered
from clusterpolisee.evidence.similar.record import as_record, plain
from clusterpolisee.evidence.similar.weightings import rules
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.api.formats import CSV, JSON, wanted_format
from clusterpolisee.shell.api.paging import here
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

similar = Resource(gettext_lazy("Similar regions"))
FORMATS = (JSON, CSV)
RegionCode = Annotated[str, Path(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$", examples=["BG31"])]
Weighting = Literal[tuple(one.key for one in rules().weightings)]  # type: ignore[valid-type]
WeightIn = Annotated[str, Field(pattern=r"^[a-z]{1,20}:[0-5]$", examples=["people:3"])]


class ReasonTold(Schema):
    """One thing two regions are compared in. “apart” 1 is as unlike as two regions usually are; null: one is unknown."""

    thing: str
    name: str
    weight: float
    apart: float | None
    adds: float
    own_value: float | None
    own_years: str
    other_value: float | None
    other_years: str


class NeighbourTold(Schema):
    """One region; ranks are those of nine in ten of the draws, null where no other weights could be drawn."""

    region: str
    name: str
    rank: int
    rank_median: int | None
    rank_low: int | None
    rank_high: int | None
    share_first: float | None
    distance: float
    coverage: float
    reasons: list[ReasonTold]


class PerformanceTold(Schema):
    """The region in one indicator among its group; “gap_to_median” above 0 is better."""

    indicator: str
    name: str
    unit: str
    best: str
    year: int
    value: float | None
    state: State  # type: ignore[valid-type]
    flag: str
    rank: int | None
    known: int
    unknown: int
    median: float
    lower_quartile: float
    upper_quartile: float
    gap_to_median: float | None
    leaders: list[str]


class SimilarAnswer(Schema):
    """The nearest regions. “state” says whether there is an answer: found, too-little, nobody or nothing-loaded."""

    region: str
    nuts: int
    name: str
    state: str
    answer: list[str]
    weighting: str
    weighting_version: str
    weights: dict[str, int]
    among: str
    draws: int
    coverage: float
    least_coverage: float
    unknown: list[str]
    neighbours: list[NeighbourTold]
    group: list[str]
    performance: list[PerformanceTold]
    origins: list[Origin]
    page: str
    links: dict[str, str]


class SimilarFilter(Reading):
    by: Weighting = Field(rules().weightings[0].key, description=gettext_lazy("Which named weighting."))
    among: Literal[tuple(one.value for one in Among)] = Field(  # type: ignore[valid-type]
        Among.EVERYWHERE.value,
        description=gettext_lazy("Who may be named: all, those abroad, or those at home."),
    )
    weight: list[WeightIn] = Field(
        [],
        max_length=20,
        description=gettext_lazy("Other weights of dimensions, from 0 to 5, as “dimension:weight”."),
    )
    format: Literal["json", "csv"] | None = Field(None, description=FORMAT)


@similar.read(
    "/regions/{code}/similar",
    name="api_similar",
    access=READ,
    answers=SimilarAnswer,
    errors=(404,),
    formats=FORMATS,
    summary=gettext_lazy("Similar regions"),
    about=gettext_lazy(
        "Which regions are like a region of level 2 in what changes slowly, why, how surely under other weights, and how it does among the nearest. As CSV: the ranks."
    ),
    example="/api/v1/regions/BG31/similar?among=outside&weight=people:5",
)
def similar_regions(request: HttpRequest, code: RegionCode, query: Query[SimilarFilter]) -> HttpResponse:
    form = wanted_format(request, FORMATS, query.format)
    facts = SimilarFacts(_region(code), _asked(query))
    if facts.state is Answered.OTHER_LEVEL:
        raise Problem(
            404,
            _(
                "Regions of NUTS level 2 in its newest vintage are compared with each other; %(code)s is none of them."
            )
            % {"code": code},
        )
    table = None
    if form is CSV:
        table = ranks_table(
            facts, lambda place: place.name(language()), address=here(request), language=language()
        )
        if table is None:
            raise Problem(404, plain(words.answer(facts)[0]))
    return table_answer(request, _told(request, facts) if form is JSON else None, table, form)


def _told(request: HttpRequest, facts: SimilarFacts) -> dict[str, Any]:
    versions = {one.pk: one for one in (*facts.versions, *facts.versions_of_performance)}
    return {
        **as_record(facts),
        "origins": [told_origin(version) for version in versions.values()],
        "page": page_address("evidence:region_similar", facts.region.code),
        "links": {"self": here(request)},
    }


def _region(code: str) -> Region:
    try:
        return regions.region(code)
    except regions.RegionNotFound as missing:
        raise Problem(404, str(missing)) from missing


def _asked(query: SimilarFilter) -> Asked:
    weights = dict(one.split(":") for one in query.weight)
    unknown = [key for key in weights if key not in rules().dimensions]
    if unknown:
        raise Problem.with_parameter(
            "weight",
            _("There is no dimension “%(key)s”. The known ones: %(known)s.")
            % {"key": unknown[0], "known": ", ".join(rules().dimensions)},
        )
    given = {PREFIX + key: weight for key, weight in weights.items()}
    return Asked.of({"by": query.by, "among": query.among, **given})
