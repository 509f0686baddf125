"""Indicators: what they mean, and their series for regions and years in plain units."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Schema
from pydantic import Field

from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.api.observations import check_years
from clusterpolisee.evidence.api.shapes import (
    FORMAT,
    MOST_REGIONS,
    READ,
    TABLE_FORMATS,
    VERSION,
    VINTAGE,
    ActivityIn,
    IndicatorCode,
    Origin,
    RegionIn,
    State,
    TableFormat,
    VersionIn,
    Vintage,
    indicator_of,
    language,
    table_answer,
    told_origin,
    version_of,
)
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.regions.queries import current_vintage
from clusterpolisee.shell.api.answers import json_answer, known_as
from clusterpolisee.shell.api.formats import JSON, JSON_STAT, wanted_format
from clusterpolisee.shell.api.paging import Paged, absolute, here, page_of
from clusterpolisee.shell.api.parameters import FIRST_YEAR, LAST_YEAR, Reading, Year
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource
from clusterpolisee.shell.exports.tables import Column, ExportTable

indicators = Resource(gettext_lazy("Indicators"))


class IndicatorTold(Schema):
    """One defined figure: a series of a table with a name, a unit and a direction (1: more is better, −1: less)."""

    code: str
    name: str
    short_name: str
    explanation: str
    unit: str
    decimals: int
    direction: int
    dataset: str
    series: str
    activity: str
    address: str
    values: str


class IndicatorPage(Schema):
    """A page of indicators."""

    count: int
    indicators: list[IndicatorTold]
    links: dict[str, str]


class IndicatorAnswer(IndicatorTold):
    """One indicator with the origin of its figures; null while its table is not loaded."""

    origin: Origin | None


class SeriesCell(Schema):
    """One figure of a series in a plain unit (persons, not thousands)."""

    region: str
    year: int
    value: float | None
    state: State  # type: ignore[valid-type]
    flag: str


class Missing(Schema):
    """What was asked for and is not in the table."""

    region: str
    detail: str


class SeriesAnswer(Schema):
    """The series of some regions with their origin."""

    indicator: str
    name: str
    unit: str
    decimals: int
    activity: str
    nuts: int
    origin: Origin
    observations: list[SeriesCell]
    missing: list[Missing]
    links: dict[str, str]


class SeriesFilter(Reading):
    region: list[RegionIn] = Field(
        ..., min_length=1, max_length=MOST_REGIONS, description=gettext_lazy("Region codes.")
    )
    activity: ActivityIn | None = Field(
        None, description=gettext_lazy("Activity code, for indicators that are counted by activity.")
    )
    nuts: Vintage | None = Field(None, description=VINTAGE)
    from_year: Year = Field(FIRST_YEAR, description=gettext_lazy("First year."))
    to_year: Year = Field(LAST_YEAR, description=gettext_lazy("Last year."))
    version: VersionIn | None = Field(None, description=VERSION)
    format: TableFormat | None = Field(None, description=FORMAT)


@indicators.read(
    "/indicators",
    name="api_indicators",
    access=READ,
    answers=IndicatorPage,
    summary=gettext_lazy("List indicators"),
    about=gettext_lazy("Every indicator with its definition, its unit and the table it is read from."),
    example="/api/v1/indicators",
)
def indicator_list(request: HttpRequest, query: Query[Paged]) -> HttpResponse:
    found = queries.indicators()
    kept, links = page_of(request, found, query)
    told = {"count": len(found), "indicators": [_told(one) for one in kept], "links": links}
    return json_answer(request, told, links=links)


@indicators.read(
    "/indicators/{code}",
    name="api_indicator",
    access=READ,
    answers=IndicatorAnswer,
    errors=(404,),
    summary=gettext_lazy("One indicator"),
    about=gettext_lazy("Its definition and where its figures come from."),
    example="/api/v1/indicators/employment",
)
def one_indicator(request: HttpRequest, code: IndicatorCode, query: Query[Reading]) -> HttpResponse:
    found = indicator_of(code)
    current = found.dataset.current
    return json_answer(request, _told(found) | {"origin": told_origin(current) if current else None})


@indicators.read(
    "/indicators/{code}/series",
    name="api_series",
    access=READ,
    answers=SeriesAnswer,
    errors=(404,),
    formats=TABLE_FORMATS,
    summary=gettext_lazy("The series of an indicator"),
    about=gettext_lazy(
        "Figures of regions over the years, in plain units, on the land a region has in the NUTS vintage asked for."
    ),
    example="/api/v1/indicators/gdp_per_inhabitant_eu27/series?region=BG31&region=RO31&from_year=2015",
)
def series(request: HttpRequest, code: IndicatorCode, query: Query[SeriesFilter]) -> HttpResponse:
    form = wanted_format(request, TABLE_FORMATS, query.format)
    check_years(query.from_year, query.to_year)
    indicator = indicator_of(code)
    version = version_of(indicator.dataset, query.version)
    nuts, activity = query.nuts or current_vintage(), query.activity or indicator.activity
    head = {
        "indicator": indicator.code,
        "name": indicator.name,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "activity": activity,
        "nuts": nuts,
        "origin": told_origin(version),
    }
    made_from = (version.observations_sha256, indicator.series, indicator.dataset.multiplier, head)
    etag = "" if form is JSON_STAT else known_as(request, form, *made_from)
    rows, missing = _rows(version, indicator, query, nuts, activity)
    links = {"self": here(request)}
    options: dict[str, Any] = {"etag": etag, "lasting": query.version is not None, "links": links}
    if form is not JSON:
        return table_answer(
            request,
            None,
            _table(indicator, version, head, rows, here(request, version=version.number)),
            form,
            **options,
        )
    keys = ("region", "year", "value", "state", "flag")
    observations = [dict(zip(keys, row, strict=True)) for row in rows]
    return table_answer(
        request,
        {**head, "observations": observations, "missing": missing, "links": links},
        None,
        form,
        **options,
    )


def _rows(
    version: DatasetVersion, indicator: Indicator, query: SeriesFilter, nuts: int, activity: str
) -> tuple[list[tuple[Any, ...]], list[dict[str, str]]]:
    """The cells of the years asked for, region by region; a region without any is named with the reason."""
    wanted = list(dict.fromkeys(query.region))
    found = structure.series_of_regions(version, indicator, wanted, nuts, activity)
    rows = [
        (region, year, cell.value, cell.state, cell.flag)
        for region, one in found.items()
        for year, cell in zip(one.years, one.cells, strict=True)
        if query.from_year <= year <= query.to_year
    ]
    present = {row[0] for row in rows}
    missing = [
        {"region": region, "detail": _absence(version, region, nuts, activity)}
        for region in wanted
        if region not in present
    ]
    if not rows:
        raise Problem(404, missing[0]["detail"])
    return rows, missing


def _absence(version: DatasetVersion, region: str, nuts: int, activity: str) -> str:
    if not activity and version.dataset.activity_scheme:
        return _("The table %(table)s is counted by activity: give the parameter activity.") % {
            "table": version.dataset.code
        }
    return _("The table %(table)s has no cell for %(region)s as NUTS %(nuts)s draws it, in these years.") % {
        "table": version.dataset.code,
        "region": region,
        "nuts": nuts,
    }


def _told(one: Indicator) -> dict[str, Any]:
    address = absolute(f"/api/v1/indicators/{one.code}")
    return {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name,
        "explanation": one.about,
        "unit": one.unit,
        "decimals": one.decimals,
        "direction": one.direction,
        "dataset": one.dataset.code,
        "series": one.series,
        "activity": one.activity,
        "address": address,
        "values": f"{address}/series",
    }


def _table(
    indicator: Indicator,
    version: DatasetVersion,
    head: dict[str, Any],
    rows: list[tuple[Any, ...]],
    address: str,
) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Activity"), "text", role="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column(
            "value", indicator.name, "number", unit=indicator.unit, decimals=indicator.decimals, role="value"
        ),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    return ExportTable(
        key=indicator.code,
        title=indicator.name,
        columns=columns,
        rows=[(region, head["activity"], *rest) for region, *rest in rows],
        origins=[origin_of(version, address=address)],
        note=_("Regions as NUTS %(nuts)s draws them.") % {"nuts": head["nuts"]},
        language=language(),
    )
