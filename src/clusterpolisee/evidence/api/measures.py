"""Measures: what is computed from observations, each figure with its formula, its versions, its coverage, its card."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema
from pydantic import Field

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.api.shapes import (
    READ,
    VERSION,
    VINTAGE,
    ActivityIn,
    CategoryIn,
    Origin,
    RegionIn,
    State,
    VersionIn,
    Vintage,
    any_figures_of,
    any_indicator_of,
    made_from,
    page_address,
    told_origin,
)
from clusterpolisee.evidence.category_definition import categories_remembered, definition_of
from clusterpolisee.evidence.explanations import EXPLANATIONS, Explanation
from clusterpolisee.evidence.figures import Figure, FigureNotFound, FigureRef, resolve
from clusterpolisee.regions.queries import current_vintage
from clusterpolisee.shell.api.answers import json_answer, known_as
from clusterpolisee.shell.api.formats import JSON
from clusterpolisee.shell.api.paging import Paged, absolute, here, page_of
from clusterpolisee.shell.api.parameters import Reading, Year
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

measures = Resource(gettext_lazy("Measures"))
MeasureKey = Annotated[str, Path(pattern=r"^[a-z\-]{1,40}$", examples=["location-quotient"])]
MOST_FIGURES = 100
OVER_TIME = ("growth", "shift-share", "category-growth")


class MeasureTold(Schema):
    """One way to compute figures; “version” is raised when the formula changes."""

    key: str
    version: int
    name: str
    meaning: str
    formula: str
    reading: str
    caveats: list[str]
    source: str
    address: str
    figures: str
    page: str


class MeasurePage(Schema):
    """A page of measures."""

    count: int
    measures: list[MeasureTold]
    links: dict[str, str]


class PartTold(Schema):
    """A number that went into a figure; weight says how much of it counts, where parts are weighted."""

    name: str
    value: float | None
    state: State  # type: ignore[valid-type]
    unit: str
    weight: float | None


class FigureTold(Schema):
    """One computed figure. “card” leads to the page that shows where it comes from."""

    region: str
    activity: str
    category: str
    year: int
    base_year: int | None
    value: float | None
    state: State  # type: ignore[valid-type]
    flag: str
    unit: str
    parts: list[PartTold]
    coverage: str
    details: dict[str, Any]
    card: str


class NoFigure(Schema):
    """What was asked for and cannot be had, with the reason."""

    region: str
    activity: str
    category: str
    detail: str


class FigureAnswer(Schema):
    """Figures of one measure with formula, version of the formula and origin."""

    measure: str
    measure_version: int
    formula: str
    indicator: str
    nuts: int
    origin: Origin
    origins: list[Origin]
    figures: list[FigureTold]
    missing: list[NoFigure]
    links: dict[str, str]


class FigureFilter(Reading):
    indicator: str = Field(
        ...,
        pattern=r"^[A-Za-z0-9_\-]{1,60}$",
        description=gettext_lazy("The indicator it is computed from."),
        examples=["persons_employed"],
    )
    region: list[RegionIn] = Field(
        ..., min_length=1, max_length=MOST_FIGURES, description=gettext_lazy("Region codes.")
    )
    activity: list[ActivityIn] = Field(
        [],
        max_length=MOST_FIGURES,
        description=gettext_lazy("Activity codes; the indicator's own unless given."),
    )
    category: list[CategoryIn] = Field(
        [],
        max_length=MOST_FIGURES,
        description=gettext_lazy(
            "Codes of cluster categories, for the measures that begin with “category-”."
        ),
        examples=[["tourism"]],
    )
    year: Year = Field(..., description=gettext_lazy("The year, or the last one of a change."))
    base_year: Year | None = Field(
        None, description=gettext_lazy("The first year of a change."), examples=[2011]
    )
    nuts: Vintage | None = Field(None, description=VINTAGE)
    version: VersionIn | None = Field(None, description=VERSION)


@measures.read(
    "/measures",
    name="api_measures",
    access=READ,
    answers=MeasurePage,
    summary=gettext_lazy("List measures"),
    about=gettext_lazy("Every measure with its formula, what it means and what to mind."),
    example="/api/v1/measures",
)
def measure_list(request: HttpRequest, query: Query[Paged]) -> HttpResponse:
    found = list(EXPLANATIONS.values())
    kept, links = page_of(request, found, query)
    told = {"count": len(found), "measures": [_told(one) for one in kept], "links": links}
    return json_answer(request, told, links=links)


@measures.read(
    "/measures/{key}",
    name="api_measure",
    access=READ,
    answers=MeasureTold,
    errors=(404,),
    summary=gettext_lazy("One measure"),
    about=gettext_lazy("Its formula, what it means and what to mind."),
    example="/api/v1/measures/location-quotient",
)
def one_measure(request: HttpRequest, key: MeasureKey, query: Query[Reading]) -> HttpResponse:
    return json_answer(request, _told(_measure(key)))


@measures.read(
    "/measures/{key}/figures",
    name="api_figures",
    access=READ,
    answers=FigureAnswer,
    errors=(404,),
    summary=gettext_lazy("Figures of a measure"),
    about=gettext_lazy(
        "Computed for each region and activity asked for, at most a hundred. What cannot be had is named with the reason."
    ),
    example="/api/v1/measures/location-quotient/figures?indicator=persons_employed&region=BG31&activity=C14&year=2015",
)
def figures(request: HttpRequest, key: MeasureKey, query: Query[FigureFilter]) -> HttpResponse:
    measure = _measure(key)
    _check(key, query)
    asked = any_indicator_of(query.indicator)
    sources = any_figures_of(asked, query.version)
    indicator, nuts = sources.indicator, query.nuts or current_vintage()
    origins = [told_origin(version) for version in sources.versions]
    subjects = query.category if measure.of_category else query.activity or [indicator.activity]
    head = {
        "measure": measure.key,
        "measure_version": measure.version,
        "formula": measure.formula,
        "indicator": indicator.code,
        "nuts": nuts,
        "origin": origins[0],
        "origins": origins,
    }
    with queries.one_star_scheme(), categories_remembered():
        # A star scheme and a category can be edited: an answer is the same only while they are.
        scheme = vars(queries.star_scheme()) | {"_state": ""}
        definitions = _definitions(subjects) if measure.of_category else []
        etag = known_as(request, JSON, *made_from(sources), head, indicator.unit, scheme, definitions)
        ref = FigureRef(key, indicator.code, "", nuts, query.year, base_year=query.base_year)
        found, missing = [], []
        for region in dict.fromkeys(query.region):
            for subject in dict.fromkeys(subjects):
                one = replace(ref, region=region, activity=subject)
                try:
                    found.append(
                        _told_figure(resolve(one, version=sources.version, indicator=asked), query.version)
                    )
                except FigureNotFound as reason:
                    missing.append({"region": region, **_subject(one), "detail": str(reason)})
    if not found:
        raise Problem(404, missing[0]["detail"])
    links = {"self": here(request)}
    told = {**head, "figures": found, "missing": missing, "links": links}
    lasting = query.version is not None and not measure.of_category
    return json_answer(request, told, etag=etag, lasting=lasting, links=links)


def _definitions(codes: list[str]) -> list[dict[str, Any]]:
    """The categories asked for as they are now; one that is not there is named among the missing figures."""
    found = []
    for code in dict.fromkeys(codes):
        with suppress(FigureNotFound):
            found.append(definition_of(code).as_record())
    return found


def _subject(ref: FigureRef) -> dict[str, str]:
    """What a figure is of: an activity or a cluster category."""
    return {"activity": "" if ref.category else ref.activity, "category": ref.category}


def _check(key: str, query: FigureFilter) -> None:
    """What the parameters have to be together."""
    of_category = EXPLANATIONS[key].of_category
    if of_category and not query.category:
        raise Problem.with_parameter(
            "category", _("This measure counts cluster categories: give “category”, such as tourism.")
        )
    subjects = query.category if of_category else query.activity
    if len(set(query.region)) * max(1, len(set(subjects))) > MOST_FIGURES:
        raise Problem.with_parameter(
            "region",
            _("Regions times activities make more than %(most)s figures; ask in several requests.")
            % {"most": MOST_FIGURES},
        )
    if key in OVER_TIME and query.base_year is None:
        raise Problem.with_parameter("base_year", _("A change needs two years: give “base_year” too."))
    if key not in OVER_TIME and query.base_year is not None:
        raise Problem.with_parameter(
            "base_year", _("This measure speaks of one year: leave “base_year” out.")
        )
    if query.base_year is not None and query.base_year >= query.year:
        raise Problem.with_parameter("base_year", _("“base_year” has to be before “year”."))


def _measure(key: str) -> Explanation:
    found = EXPLANATIONS.get(key)
    if found is None:
        raise Problem(
            404, _("There is no measure “%(key)s”. All are listed at /api/v1/measures.") % {"key": key}
        )
    return found


def _told(one: Explanation) -> dict[str, Any]:
    address = absolute(f"/api/v1/measures/{one.key}")
    return {
        "key": one.key,
        "version": one.version,
        "name": str(one.name),
        "meaning": str(one.meaning),
        "formula": one.formula,
        "reading": str(one.reading),
        "caveats": [str(caveat) for caveat in one.caveats],
        "source": one.source,
        "address": address,
        "figures": f"{address}/figures",
        "page": page_address("evidence:method", one.page),
    }


def _told_figure(figure: Figure, version: int | None) -> dict[str, Any]:
    return {
        "region": figure.ref.region,
        **_subject(figure.ref),
        "year": figure.ref.year,
        "base_year": figure.ref.base_year,
        "value": figure.value,
        "state": figure.state,
        "flag": figure.flag,
        "unit": str(figure.unit),
        "parts": [
            {
                "name": str(part.name),
                "value": part.value,
                "state": part.state,
                "unit": str(part.unit),
                "weight": part.weight,
            }
            for part in figure.parts
        ],
        "coverage": str(figure.coverage),
        "details": dict(figure.details),
        "card": absolute(figure.ref.address(version=version)),
    }
