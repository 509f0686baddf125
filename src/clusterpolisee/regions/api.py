"""Regions for programs: lists, and one region with what it is part of, what it consists of and what became of it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Schema
from pydantic import Field

from clusterpolisee.regions import queries
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts.access import PUBLIC
from clusterpolisee.shell.api.answers import json_answer
from clusterpolisee.shell.api.paging import Paged, absolute, page_of
from clusterpolisee.shell.api.parameters import Reading, one_of
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

regions = Resource(_("Regions"))
RegionCode = Annotated[str, Path(pattern=r"^[A-Za-z]{2}[0-9A-Za-z]{0,3}$", examples=["BG31"])]
Vintage = one_of(queries.vintages(), queries.current_vintage())


class Names(Schema):
    """The names of a region; “native” is in the language “native_language” names."""

    native: str
    native_language: str
    latin: str
    en: str
    bg: str


class OneRegion(Schema):
    """A code in one NUTS vintage."""

    code: str
    vintage: int
    level: int
    country: str
    parent: str | None
    name: str
    names: Names
    address: str


class RegionPage(Schema):
    """A page of regions."""

    count: int
    regions: list[OneRegion]
    links: dict[str, str]


class RelatedRegion(OneRegion):
    """A region of another vintage on some of the same land."""

    change: str
    population_share: float


class RegionAnswer(OneRegion):
    """One region with its relations."""

    vintages: list[int]
    parents: list[OneRegion]
    parts: list[OneRegion]
    successors: list[RelatedRegion]
    links: dict[str, str]


class RegionFilter(Paged):
    q: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        pattern=r"^[^\x00-\x1f]+$",
        description=_("A name in any of its languages, or a code; the best forty hits."),
        examples=["Severozapaden"],
    )
    country: str | None = Field(
        None,
        pattern="^[A-Z]{2}$",
        description=_("Country code as Eurostat writes it (EL is Greece)."),
        examples=["BG"],
    )
    level: int | None = Field(
        None, ge=0, le=3, description=_("0 is a country, 3 the smallest regions."), examples=[2]
    )
    vintage: Vintage | None = Field(None, description=_("NUTS vintage; the newest unless given."))


class OneVintage(Reading):
    vintage: Vintage | None = Field(
        None, description=_("NUTS vintage; the newest that has the code unless given.")
    )


@regions.read(
    "/regions",
    name="api_regions",
    access=PUBLIC,
    answers=RegionPage,
    summary=_("List or find regions"),
    about=_("Regions of one NUTS vintage by country and level, or by name in any language and script."),
    example="/api/v1/regions?country=BG&level=2",
)
def region_list(request: HttpRequest, query: Query[RegionFilter]) -> HttpResponse:
    if query.q:
        found = [
            place
            for place in queries.find_regions(query.q)
            if (query.country in (None, place.country))
            and query.level in (None, place.level)
            and query.vintage in (None, place.vintage)
        ]
    else:
        found = queries.regions_among(country=query.country or "", level=query.level, vintage=query.vintage)
    kept, links = page_of(request, found, query)
    return json_answer(
        request,
        {"count": len(found), "regions": [_told(place) for place in kept], "links": links},
        links=links,
    )


@regions.read(
    "/regions/{code}",
    name="api_region",
    access=PUBLIC,
    answers=RegionAnswer,
    errors=(404,),
    summary=_("One region"),
    about=_(
        "What it is part of, what it consists of, in which vintages its code exists and, where it was withdrawn, which regions have its land today."
    ),
    example="/api/v1/regions/HR04?vintage=2013",
)
def one_region(request: HttpRequest, code: RegionCode, query: Query[OneVintage]) -> HttpResponse:
    try:
        place = queries.region(code.upper(), query.vintage)
    except queries.RegionNotFound as missing:
        raise Problem(404, str(missing)) from missing
    is_withdrawn = place.vintage != queries.current_vintage()
    told = _told(place) | {
        "vintages": queries.vintages_of(place.code),
        "parents": [_told(one) for one in queries.ancestors_of(place)],
        "parts": [_told(part) for part in queries.children_of(place)],
        "successors": [
            _told(one.region) | {"change": one.change, "population_share": round(one.share, 6)}
            for one in (queries.successors_of(place) if is_withdrawn else ())
        ],
        "links": {"self": _address(place), "page": absolute(f"/{get_language()}/regions/{place.code}/")},
    }
    return json_answer(request, told)


def _told(place: Region) -> dict[str, Any]:
    return {
        "code": place.code,
        "vintage": place.vintage,
        "level": place.level,
        "country": place.country,
        "parent": _parent_code(place),
        "name": place.name(get_language() or "en"),
        "names": {
            "native": place.name_native,
            "native_language": place.name_native_language,
            "latin": place.name_latin,
            "en": place.name_en,
            "bg": place.name_bg,
        },
        "address": _address(place),
    }


def _parent_code(place: Region) -> str | None:
    """A region's code begins with its parent's, one letter shorter; a country has none."""
    return place.code[:-1] if place.parent_id is not None else None


def _address(place: Region) -> str:
    return absolute(f"/api/v1/regions/{place.code}?vintage={place.vintage}")
