"""With whom a region should team up, for programs: the same facts as its tab."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema
from pydantic import Field

from clusterpolisee.evidence.api.shapes import (
    READ,
    ActivityIn,
    Origin,
    page_address,
    table_answer,
    told_origin,
)
from clusterpolisee.evidence.partners.asked import Asked, By, Where
from clusterpolisee.evidence.partners.page import RegionPartnersPage
from clusterpolisee.evidence.partners.record import partners_record
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.api.answers import known_as
from clusterpolisee.shell.api.formats import CSV, JSON, wanted_format
from clusterpolisee.shell.api.paging import here
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

partners = Resource(gettext_lazy("What follows for a region"))
RegionCode = Annotated[str, Path(pattern=r"^[A-Za-z]{2}[0-9A-Za-z]{0,3}$", examples=["BG31"])]
FORMATS = (JSON, CSV)


class ActivityTold(Schema):
    """An activity of NACE Rev. 2 with its short name."""

    activity: str
    name: str


class CarriedTold(ActivityTold):
    """An activity and the part of the gain it carries."""

    part: float


class Coverage(Schema):
    """Of how many activities it is published whether the region has them."""

    known: int
    all: int


class PartnerTold(Schema):
    """One region that could help; shares run from 0 to 1. “brings” and “serves” each add up to “gain”."""

    region: str
    name: str
    country: str
    gain: float
    given_back: float | None
    smaller_gain: float | None
    score: float
    options_had: int
    activities_known: int
    kilometres: int | None
    reasons: list[str]
    offer: str
    brings: list[CarriedTold]
    serves: list[CarriedTold]


class PartnersAnswer(Schema):
    """The best partners of a region, each with what carries its gain; “own” is what the region has itself, “activity” the one
    option that was asked for."""

    region: str
    nuts: int
    name: str
    year: int
    answer: list[str]
    activity: str
    where: str
    by: str
    options: list[ActivityTold]
    own: float | None
    coverage: Coverage
    partners: list[PartnerTold]
    limits: list[str]
    origins: list[Origin]
    links: dict[str, str]


class PartnersFilter(Reading):
    for_: ActivityIn | None = Field(
        None,
        alias="for",
        description=gettext_lazy("One activity the region lacks; its best options unless given."),
        examples=["J62"],
    )
    where: Literal[tuple(one.value for one in Where)] = Field(  # type: ignore[valid-type]
        Where.ABROAD.value,
        description=gettext_lazy(
            "Where to look: abroad (in South East Europe), near (the same, near regions first), everywhere (with the own country), europe."
        ),
    )
    by: Literal[tuple(one.value for one in By)] = Field(  # type: ignore[valid-type]
        By.GAIN.value,
        description=gettext_lazy(
            "What ranks: gain, minimum (the smaller of both gains), geometric_mean (of both)."
        ),
    )
    format: Literal["json", "csv"] | None = Field(
        None, description=gettext_lazy("The format, stronger than the header Accept.")
    )


@partners.read(
    "/regions/{code}/partners",
    name="api_region_partners",
    access=READ,
    answers=PartnersAnswer,
    errors=(404,),
    formats=FORMATS,
    summary=gettext_lazy("Partners of a region"),
    about=gettext_lazy(
        "Which regions have the related activities it lacks for what it could start: the best ten with reasons as JSON, all of them as CSV."
    ),
    example="/api/v1/regions/BG31/partners?for=J62&where=near",
)
def region_partners(request: HttpRequest, code: RegionCode, query: Query[PartnersFilter]) -> HttpResponse:
    form = wanted_format(request, FORMATS, query.format)
    asked = Asked(query.for_ or "", Where(query.where), By(query.by))
    page = RegionPartnersPage(place_of(code), asked.choices)
    if page.facts is None:
        raise Problem(404, plain(page.answer[0]))
    etag = known_as(request, form, page_stamp())
    links = {
        "self": here(request),
        "page": page_address("evidence:region_partners", page.region.code),
    }
    if form is CSV:
        table = page.tables()["map"]()
        if table is None:
            raise Problem(404, plain(page.answer[0]))
        return table_answer(request, None, table, form, etag=etag, links=links)
    told = partners_record(page)
    told.pop("reason")
    told |= {"origins": [told_origin(version) for version in page.versions], "links": links}
    return table_answer(request, told, None, form, etag=etag, links=links)


def place_of(code: str) -> Region:
    """The region of today with this code."""
    try:
        return regions.region(code.upper(), regions.current_vintage())
    except regions.RegionNotFound as missing:
        raise Problem(404, str(missing)) from missing
