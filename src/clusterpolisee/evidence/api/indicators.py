"""Indicators: what they mean, and their series for regions and years in plain units."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query
from pydantic import Field

from clusterpolisee.evidence.api.indicator_shapes import (
    IndicatorAnswer,
    IndicatorPage,
    SeriesAnswer,
    told_definition,
    told_indicator,
)
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
    RegionIn,
    TableFormat,
    VersionIn,
    Vintage,
    any_figures_of,
    any_indicator_of,
    language,
    made_from,
    table_answer,
    told_origin,
)
from clusterpolisee.evidence.derived import remark_in_words
from clusterpolisee.evidence.derived_plans import NotComputable
from clusterpolisee.evidence.indicator_figures import (
    DerivedFigures,
    IndicatorFigures,
    every,
    figures_of,
)
from clusterpolisee.evidence.origins import origins_of
from clusterpolisee.regions.queries import current_vintage
from clusterpolisee.shell.api.answers import json_answer, known_as
from clusterpolisee.shell.api.formats import JSON, JSON_STAT, wanted_format
from clusterpolisee.shell.api.paging import Paged, here, page_of
from clusterpolisee.shell.api.parameters import FIRST_YEAR, LAST_YEAR, Reading, Year
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource
from clusterpolisee.shell.exports.tables import Column, ExportTable

indicators = Resource(gettext_lazy("Indicators"))


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
    about=gettext_lazy(
        "Every indicator with its unit and the table it is read from; of derived ones the formula and its parts."
    ),
    example="/api/v1/indicators",
)
def indicator_list(request: HttpRequest, query: Query[Paged]) -> HttpResponse:
    found = every()
    kept, links = page_of(request, found, query)
    told = {"count": len(found), "indicators": [told_indicator(one) for one in kept], "links": links}
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
    found = any_indicator_of(code)
    try:
        origins = [told_origin(version) for version in figures_of(found).versions]
    except NotComputable:
        origins = []
    origin = origins[0] if origins else None
    return json_answer(request, told_indicator(found) | {"origin": origin, "origins": origins})


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
    found = any_indicator_of(code)
    figures = any_figures_of(found, query.version, query.activity)
    indicator = figures.indicator
    nuts, activity = query.nuts or current_vintage(), query.activity or indicator.activity
    origins = [told_origin(version) for version in figures.versions]
    head = {
        "indicator": indicator.code,
        "name": indicator.name,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "activity": activity,
        "nuts": nuts,
        "origin": origins[0],
        "origins": origins,
        "definition": told_definition(found),
    }
    etag = "" if form is JSON_STAT else known_as(request, form, *made_from(figures), head)
    rows, missing = _rows(figures, query, nuts, activity)
    links = {"self": here(request)}
    options: dict[str, Any] = {"etag": etag, "lasting": query.version is not None, "links": links}
    if form is not JSON:
        pinned = {} if figures.is_derived else {"version": figures.version.number}
        table = _table(figures, head, rows, here(request, **pinned))
        return table_answer(request, None, table, form, **options)
    keys = ("region", "year", "value", "state", "flag", "remark")
    observations = [dict(zip(keys, row, strict=True)) for row in rows]
    return table_answer(
        request,
        {**head, "observations": observations, "missing": missing, "links": links},
        None,
        form,
        **options,
    )


def _rows(
    figures: IndicatorFigures, query: SeriesFilter, nuts: int, activity: str
) -> tuple[list[tuple[Any, ...]], list[dict[str, str]]]:
    """The cells of the years asked for, region by region; a region without any is named with the reason."""
    wanted = list(dict.fromkeys(query.region))
    rows = [
        (region, year, cell.value, cell.state, cell.flag, _remark(figures, region, nuts, year))
        for region, one in figures.series_of_regions(wanted, nuts, activity).items()
        for year, cell in one.pairs
        if query.from_year <= year <= query.to_year
    ]
    present = {row[0] for row in rows}
    missing = [
        {"region": region, "detail": _absence(figures, region, nuts, activity)}
        for region in wanted
        if region not in present
    ]
    if not rows:
        raise Problem(404, missing[0]["detail"])
    return rows, missing


def _remark(figures: IndicatorFigures, region: str, nuts: int, year: int) -> str:
    if not isinstance(figures, DerivedFigures):
        return ""
    return remark_in_words(figures.defined, figures.cover(region, nuts, year), year)


def _absence(figures: IndicatorFigures, region: str, nuts: int, activity: str) -> str:
    if isinstance(figures, DerivedFigures):
        return _(
            "No table behind it has a cell for %(region)s as NUTS %(nuts)s draws it, in these years."
        ) % {
            "region": region,
            "nuts": nuts,
        }
    version = figures.version
    if not activity and version.dataset.activity_scheme:
        return _("The table %(table)s is counted by activity: give the parameter activity.") % {
            "table": version.dataset.code
        }
    return _("The table %(table)s has no cell for %(region)s as NUTS %(nuts)s draws it, in these years.") % {
        "table": version.dataset.code,
        "region": region,
        "nuts": nuts,
    }


def _table(
    figures: IndicatorFigures,
    head: dict[str, Any],
    rows: list[tuple[Any, ...]],
    address: str,
) -> ExportTable:
    indicator = figures.indicator
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
    if figures.is_derived:
        columns.append(Column("remark", _("Remark"), "text", of="value"))
    width = len(columns) - 2
    return ExportTable(
        key=indicator.code,
        title=indicator.name,
        columns=columns,
        rows=[(region, head["activity"], *rest[:width]) for region, *rest in rows],
        origins=origins_of(figures.versions, formula=figures.formula, address=address),
        note=_("Regions as NUTS %(nuts)s draws them.") % {"nuts": head["nuts"]},
        language=language(),
    )
