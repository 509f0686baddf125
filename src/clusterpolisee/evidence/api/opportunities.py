"""What a region could become good at, for programs: every option with the terms of its score."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema
from pydantic import Field

from clusterpolisee.evidence.api.shapes import (
    FORMAT,
    READ,
    Origin,
    State,
    page_address,
    table_answer,
    told_origin,
)
from clusterpolisee.evidence.opportunities.choices import CHOICES
from clusterpolisee.evidence.opportunities.page import BY, OpportunitiesPage
from clusterpolisee.evidence.opportunities.records import as_record
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.api.answers import known_as
from clusterpolisee.shell.api.formats import CSV, JSON, wanted_format
from clusterpolisee.shell.api.paging import here
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

opportunities = Resource(gettext_lazy("Opportunities"))
FORMATS = (JSON, CSV)
RegionCode = Annotated[str, Path(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$", examples=["BG31"])]
By = Literal[tuple(one.key for one in CHOICES)]  # type: ignore[valid-type]


class RelatedTold(Schema):
    """An activity and its part of the sum."""

    activity: str
    part: float


class OptionTold(Schema):
    """An activity that the region does not have. The terms add up to the score; both are null outside the limits."""

    activity: str
    name: str
    place: int | None
    score: float | None
    terms: dict[str, float]
    listed: bool
    near: float
    near_at_most: float
    complexity: float
    place_by_complexity: int
    gain: float
    persons_employed: float | None
    location_quotient: float
    quotient_low: float | None
    quotient_high: float | None
    on_the_list_in_draws: float | None
    on_frontier: bool
    listed_by: list[str]
    related: list[RelatedTold]
    would_open: list[RelatedTold]
    flag: str


class UnknownTold(Schema):
    """An activity of which it is not published whether the region has it."""

    activity: str
    name: str
    state: State  # type: ignore[valid-type]


class ScaleTold(Schema):
    """How far the scale of complexity can be relied on."""

    of_region: float
    explains: float
    gap: float
    correlation_with_income: float | None
    correlation_with_diversity: float
    income_year: int | None


class ChoiceTold(Schema):
    key: str
    version: str
    name: str
    meaning: str
    weights: dict[str, float]


class OpportunitiesAnswer(Schema):
    """The options of a region in the order of a choice, with origin."""

    region: str
    nuts: int
    name: str
    year: int | None
    choice: ChoiceTold
    answer: list[str]
    options: list[OptionTold]
    unknown: list[UnknownTold]
    scale: ScaleTold | None
    belief: list[str]
    hindsight: list[str]
    why_none: list[str]
    origins: list[Origin]
    links: dict[str, str]


class ChoiceFilter(Reading):
    by: By = Field(  # type: ignore[valid-type]
        CHOICES[0].key, description=gettext_lazy("How options are put in order.")
    )
    format: Literal["json", "csv"] | None = Field(None, description=FORMAT)


@opportunities.read(
    "/regions/{code}/opportunities",
    name="api_region_opportunities",
    access=READ,
    answers=OpportunitiesAnswer,
    errors=(404,),
    formats=FORMATS,
    summary=gettext_lazy("What a region could become good at"),
    about=gettext_lazy(
        "Activities that the region is known not to have, by nearness, complexity and what they open. Of regions without figures by activity it says why there are none."
    ),
    example="/api/v1/regions/BG31/opportunities",
)
def region_opportunities(request: HttpRequest, code: RegionCode, query: Query[ChoiceFilter]) -> HttpResponse:
    form = wanted_format(request, FORMATS, query.format)
    try:
        place = regions.region(code)
    except regions.RegionNotFound as missing:
        raise Problem(404, str(missing)) from missing
    page = OpportunitiesPage(place, {BY: query.by})
    etag = known_as(request, form, [version.observations_sha256 for version in page.versions], page.name)
    links = {"self": here(request), "page": page_address("evidence:region_opportunities", place.code)}
    if form is JSON:
        return table_answer(
            request,
            as_record(page)
            | {"origins": [told_origin(version) for version in page.versions], "links": links},
            None,
            form,
            etag=etag,
            links=links,
        )
    if page.facts is None:
        raise Problem(404, " ".join(page.absence_words))
    return table_answer(request, None, page.table_of("options"), form, etag=etag, links=links)
