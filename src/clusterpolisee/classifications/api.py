"""Activities for programs: the codes observations are asked by, with their names."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Schema
from pydantic import Field

from clusterpolisee.classifications import queries
from clusterpolisee.classifications.models import Activity
from clusterpolisee.shell.accounts.access import PUBLIC
from clusterpolisee.shell.api.answers import json_answer
from clusterpolisee.shell.api.paging import Paged, absolute, page_of
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource
from clusterpolisee.shell.languages import pick

activities = Resource(_("Activities"))
ActivityCode = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9_\-]{0,15}$", examples=["C14"])]


class OneActivity(Schema):
    """A position of NACE Rev. 2, spelt as Eurostat's tables spell it."""

    code: str
    level: int
    parent: str | None
    name: str
    short_name: str
    names: dict[str, str]
    address: str


class ActivityPage(Schema):
    """A page of activities."""

    count: int
    activities: list[OneActivity]
    links: dict[str, str]


class ActivityFilter(Paged):
    level: int | None = Field(
        None, ge=0, le=4, description=_("0 groups of sections, 1 sections, 2 divisions."), examples=[2]
    )


@activities.read(
    "/activities",
    name="api_activities",
    access=PUBLIC,
    answers=ActivityPage,
    summary=_("List activities"),
    about=_("Positions of NACE Rev. 2 with their names."),
    example="/api/v1/activities?level=2",
)
def activity_list(request: HttpRequest, query: Query[ActivityFilter]) -> HttpResponse:
    found = queries.activities_with_parents(query.level)
    kept, links = page_of(request, found, query)
    told = {"count": len(found), "activities": [_told(one) for one in kept], "links": links}
    return json_answer(request, told, links=links)


@activities.read(
    "/activities/{code}",
    name="api_activity",
    access=PUBLIC,
    answers=OneActivity,
    errors=(404,),
    summary=_("One activity"),
    about=_("Its names and what it is part of."),
    example="/api/v1/activities/C14",
)
def one_activity(request: HttpRequest, code: ActivityCode, query: Query[Reading]) -> HttpResponse:
    try:
        found = queries.activity(code)
    except queries.ActivityNotFound as missing:
        raise Problem(404, str(missing)) from missing
    return json_answer(request, _told(found))


def _told(one: Activity) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "code": one.code,
        "level": one.level,
        "parent": one.parent.code if one.parent else None,
        "name": pick(one.labels, language) or one.code,
        "short_name": queries.name_of(one, language),
        "names": {key: str(name) for key, name in one.labels.items()},
        "address": absolute(f"/api/v1/activities/{one.code}"),
    }
