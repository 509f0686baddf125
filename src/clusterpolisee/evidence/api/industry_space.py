"""The industry space for programs: a region in it, and all of it with its network."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Schema
from pydantic import Field

from clusterpolisee.evidence.api.partners import FORMATS, Coverage, RegionCode, place_of
from clusterpolisee.evidence.api.shapes import READ, Origin, page_address, table_answer, told_origin
from clusterpolisee.evidence.industry_space.everywhere_page import IndustrySpacePage
from clusterpolisee.evidence.industry_space.page import RegionSpacePage
from clusterpolisee.evidence.industry_space.record import everywhere_record, region_record
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.shell.api.answers import known_as
from clusterpolisee.shell.api.formats import CSV, wanted_format
from clusterpolisee.shell.api.paging import here
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

industry_space = Resource(gettext_lazy("Industry space"))
FORMAT = gettext_lazy("The format, stronger than the header Accept.")


class NearActivityTold(Schema):
    """A related activity; proximity runs from 0 to 1."""

    activity: str
    proximity: float


class NodeTold(Schema):
    """One activity as a region has it: standing is has, near (it could start it next), lacks or unknown."""

    activity: str
    name: str
    corner: str
    standing: str
    location_quotient: float | None
    density: float | None
    x: float
    y: float
    neighbours: list[NearActivityTold]


class CornerTold(Schema):
    """How many activities of a corner of the space a region has, and of how many that is known."""

    corner: str
    name: str
    has: int
    known: int


class BridgeTold(Schema):
    """An activity the region lacks that would join parts of what it has: their sizes, and where it is linked to them."""

    activity: str
    joins: list[int]
    ends: list[str]


class CoherenceTold(Schema):
    """How related the activities of a region are on average, its place among all regions, and the middle region."""

    value: float
    place: int
    out_of: int
    middle: float


class RegionSpaceAnswer(Schema):
    """A region in the industry space; islands are parts of what it has that hang together."""

    region: str
    nuts: int
    name: str
    year: int
    answer: list[str]
    coverage: Coverage
    coherence: CoherenceTold | None
    corners: list[CornerTold]
    islands: list[list[str]]
    bridges: list[BridgeTold]
    activities: list[NodeTold]
    limits: list[str]
    origins: list[Origin]
    links: dict[str, str]


class WholeNodeTold(Schema):
    """One activity of the space: how many regions have it here and elsewhere, of how many that is known."""

    activity: str
    name: str
    corner: str
    x: float
    y: float
    regions: int
    regions_known: int
    elsewhere: int
    elsewhere_known: int
    neighbours: list[NearActivityTold]


class LinkTold(Schema):
    """A link of the network, and whether it belongs to the tree that holds everything together."""

    one: str
    other: str
    proximity: float
    in_tree: bool


class StandingTold(Schema):
    """One region: how many activities it has, and how related they are."""

    region: str
    name: str
    activities: int
    activities_known: int
    coherence: float | None


class IndustrySpaceAnswer(Schema):
    """The whole space with its network, seen from South East Europe or from one country."""

    area: str
    country: str
    year: int
    answer: list[str]
    activities: list[WholeNodeTold]
    network: list[LinkTold]
    regions: list[StandingTold]
    limits: list[str]
    origins: list[Origin]
    links: dict[str, str]


class SpaceFilter(Reading):
    format: Literal["json", "csv"] | None = Field(None, description=FORMAT)


class EverywhereFilter(SpaceFilter):
    country: str | None = Field(
        None,
        pattern="^[A-Z]{2}$",
        description=gettext_lazy("Seen from one country; from South East Europe unless given."),
        examples=["BG"],
    )


@industry_space.read(
    "/regions/{code}/space",
    name="api_region_space",
    access=READ,
    answers=RegionSpaceAnswer,
    errors=(404,),
    formats=FORMATS,
    summary=gettext_lazy("A region in the industry space"),
    about=gettext_lazy(
        "What it has, what is near, what hangs together and what lies between; every activity with its place and its neighbours."
    ),
    example="/api/v1/regions/BG31/space",
)
def region_space(request: HttpRequest, code: RegionCode, query: Query[SpaceFilter]) -> HttpResponse:
    form = wanted_format(request, FORMATS, query.format)
    page = RegionSpacePage(place_of(code))
    if page.facts is None:
        raise Problem(404, plain(page.answer[0]))
    etag = known_as(request, form, page_stamp())
    links = {"self": here(request), "page": page_address("evidence:region_space", page.region.code)}
    if form is CSV:
        return table_answer(request, None, page.table_of("space"), form, etag=etag, links=links)
    told = region_record(page)
    told.pop("reason")
    told |= {"origins": [told_origin(version) for version in page.versions], "links": links}
    return table_answer(request, told, None, form, etag=etag, links=links)


@industry_space.read(
    "/industry-space",
    name="api_industry_space",
    access=READ,
    answers=IndustrySpaceAnswer,
    errors=(404,),
    formats=FORMATS,
    summary=gettext_lazy("The industry space"),
    about=gettext_lazy(
        "Every activity with its place, its neighbours and how many regions have it, the links of the network, and how related the activities of each region are."
    ),
    example="/api/v1/industry-space?country=BG",
)
def whole_space(request: HttpRequest, query: Query[EverywhereFilter]) -> HttpResponse:
    form = wanted_format(request, FORMATS, query.format)
    page = IndustrySpacePage({"country": query.country or ""})
    if page.facts is None:
        raise Problem(
            404, _("The table of people employed by activity is not loaded here, so there is no map yet.")
        )
    if query.country and not page.country:
        raise Problem(
            404, _("The table has no region of the country %(country)s.") % {"country": query.country}
        )
    etag = known_as(request, form, page_stamp())
    links = {"self": here(request), "page": page_address("evidence:industry_space")}
    if form is CSV:
        return table_answer(request, None, page.table_of("space"), form, etag=etag, links=links)
    told = everywhere_record(page)
    told |= {"origins": [told_origin(version) for version in page.versions], "links": links}
    return table_answer(request, told, None, form, etag=etag, links=links)
