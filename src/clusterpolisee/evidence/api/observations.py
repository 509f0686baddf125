"""The cells of a table, filtered and in pages. No row of the database stands for a cell: they come from the store."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Schema
from pydantic import Field

from clusterpolisee.evidence import store
from clusterpolisee.evidence.api.datasets import datasets
from clusterpolisee.evidence.api.shapes import (
    FORMAT,
    MOST_REGIONS,
    READ,
    TABLE_FORMATS,
    VERSION,
    ActivityIn,
    DatasetCode,
    Observation,
    Origin,
    RegionIn,
    SeriesIn,
    State,
    TableFormat,
    Unit,
    VersionIn,
    Vintage,
    language,
    table_answer,
    table_of,
    told_origin,
    told_unit,
    version_of,
)
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.shell.api.answers import known_as
from clusterpolisee.shell.api.formats import JSON, JSON_STAT, wanted_format
from clusterpolisee.shell.api.paging import here, read_cursor, write_cursor
from clusterpolisee.shell.api.parameters import FIRST_YEAR, LAST_YEAR, Reading, Year
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.exports.tables import Column, ExportTable

MOST_ROWS = 10_000
PLACE = (int, str, int, str, str, int)  # of a cursor: the version, then the columns by which the store sorts


class ObservationPage(Schema):
    """A page of cells with their origin."""

    dataset: str
    title: str
    unit: Unit
    origin: Origin
    observations: list[Observation]
    links: dict[str, str]


class ObservationFilter(Reading):
    region: list[RegionIn] = Field(
        [], max_length=MOST_REGIONS, description=gettext_lazy("Region codes; all regions unless given.")
    )
    activity: list[ActivityIn] = Field(
        [],
        max_length=100,
        description=gettext_lazy("Activity codes as the table spells them; all unless given."),
    )
    series: list[SeriesIn] = Field(
        [],
        max_length=20,
        description=gettext_lazy("Series: the codes of the other dimensions, joined by points."),
    )
    state: list[State] = Field(  # type: ignore[valid-type]
        [],
        max_length=5,
        description=gettext_lazy("Only cells in these states; reported and estimated ones have a value."),
    )
    nuts: Vintage | None = Field(
        None, description=gettext_lazy("Only cells for regions as this NUTS vintage draws them.")
    )
    from_year: Year = Field(FIRST_YEAR, description=gettext_lazy("First year."))
    to_year: Year = Field(LAST_YEAR, description=gettext_lazy("Last year."))
    version: VersionIn | None = Field(None, description=VERSION)
    limit: int = Field(
        1000, ge=1, le=MOST_ROWS, description=gettext_lazy("How many cells a page has at most.")
    )
    cursor: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_\-]{1,300}$",
        description=gettext_lazy("Where the page before ended: follow its link “next”."),
    )
    format: TableFormat | None = Field(None, description=FORMAT)


@datasets.read(
    "/datasets/{code}/observations",
    name="api_observations",
    access=READ,
    answers=ObservationPage,
    errors=(404, 409),
    formats=TABLE_FORMATS,
    summary=gettext_lazy("The cells of a dataset"),
    about=gettext_lazy(
        "Cells as the statistical office published them, in the unit of the table. Not published, confidential, zero and estimated stay four different things in every format."
    ),
    example="/api/v1/datasets/lfst_r_lfe2en2/observations?region=BG31&region=BG32&activity=TOTAL&from_year=2011",
)
def observation_list(
    request: HttpRequest, code: DatasetCode, query: Query[ObservationFilter]
) -> HttpResponse:
    form = wanted_format(request, TABLE_FORMATS, query.format)
    check_years(query.from_year, query.to_year)
    table = table_of(code)
    place = read_cursor(query.cursor, PLACE) if query.cursor else None
    version = version_of(table, query.version)
    if place is not None and place[0] != version.number:
        raise _changed(table, version, place[0], query.version)
    head = {
        "dataset": table.code,
        "title": table.title,
        "unit": told_unit(table),
        "origin": told_origin(version),
    }
    etag = "" if form is JSON_STAT else known_as(request, form, version.observations_sha256, head)
    rows = _rows(version, query, place[1:] if place else None)
    links = {"self": here(request)}
    if rows.height > query.limit:
        rows = rows.head(query.limit)
        last = rows.select(store.SORTED_BY).row(-1)
        links["next"] = here(request, cursor=write_cursor([version.number, *last]))
    options: dict[str, Any] = {"etag": etag, "lasting": query.version is not None, "links": links}
    if form is JSON:
        return table_answer(
            request, {**head, "observations": rows.to_dicts(), "links": links}, None, form, **options
        )
    return table_answer(
        request, None, _table(table, version, rows, here(request, version=version.number)), form, **options
    )


def check_years(first: int, last: int) -> None:
    if first > last:
        raise Problem.with_parameter("from_year", _("“from_year” has to be “to_year” or earlier."))


def _rows(version: DatasetVersion, query: ObservationFilter, place: list[Any] | None) -> pl.DataFrame:
    """One row more than the page has, to see whether there is a next one."""
    is_whole = (query.from_year, query.to_year) == (FIRST_YEAR, LAST_YEAR)
    return store.observations_after(
        version,
        place,
        limit=query.limit + 1,
        nuts=query.nuts,
        region=query.region or None,
        activity=query.activity or None,
        series=query.series or None,
        state=query.state or None,
        year=None if is_whole else range(query.from_year, query.to_year + 1),
    )


def _changed(table: Dataset, version: DatasetVersion, began_with: int, asked: int | None) -> Problem:
    if asked is not None:
        return Problem.with_parameter(
            "cursor",
            _("The cursor belongs to version %(number)s. Give the same version.") % {"number": began_with},
        )
    return Problem(
        409,
        _(
            "The table %(code)s has a newer version (%(new)s) than the one your pages began with (%(old)s). Begin again, or give version=%(old)s."
        )
        % {"code": table.code, "new": version.number, "old": began_with},
    )


def _table(table: Dataset, version: DatasetVersion, rows: pl.DataFrame, address: str) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("nuts", _("NUTS vintage"), "year"),
        Column("series", _("Series"), "text"),
        Column("activity", _("Activity"), "text", role="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", _("Value"), "number", unit=table.unit_name, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    return ExportTable(
        key=table.code,
        title=table.title,
        columns=columns,
        rows=rows.select(store.COLUMNS).rows(),
        origins=[origin_of(version, address=address)],
        language=language(),
    )
