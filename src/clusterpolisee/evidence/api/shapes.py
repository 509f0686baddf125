"""What answers about evidence have in common: the parameters, the origin, one observation."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from ninja import Path, Schema
from pydantic import Field

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import queries
from clusterpolisee.evidence.derived import absence_in_words, derived_indicator
from clusterpolisee.evidence.derived_plans import Defined, NotComputable
from clusterpolisee.evidence.indicator_figures import (
    DerivedFigures,
    IndicatorFigures,
    TableFigures,
    figures_of,
    find,
)
from clusterpolisee.evidence.models import Dataset, DatasetVersion, Indicator
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.queries import current_vintage, vintages
from clusterpolisee.shell.api.answers import answer, json_bytes
from clusterpolisee.shell.api.formats import CSV, JSON, JSON_STAT, Format
from clusterpolisee.shell.api.paging import absolute
from clusterpolisee.shell.api.parameters import one_of
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.exports.json_stat import NoCube, to_jsonstat
from clusterpolisee.shell.exports.tables import Column, ExportTable
from clusterpolisee.shell.exports.tidy_csv import to_csv
from regional_analytics.tables import STATES

READ = "evidence.read"
TABLE_FORMATS = (JSON, CSV, JSON_STAT)
MOST_REGIONS = 100
State = Literal[tuple(STATES)]  # type: ignore[valid-type]
TableFormat = Literal["json", "csv", "json-stat"]
DatasetCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9_\-]{1,60}$", examples=["lfst_r_lfe2en2"])]
IndicatorCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9_\-]{1,60}$", examples=["employment"])]
RegionIn = Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z0-9_]{0,18}$", examples=["BG31"])]
ActivityIn = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_\-]{0,15}$", examples=["C14"])]
CategoryIn = Annotated[str, Field(pattern=r"^[a-z0-9\-]{1,60}$", examples=["tourism"])]
SeriesIn = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\-]{1,120}$", examples=["THS.Y_GE15"])]
VersionIn = Annotated[int, Field(ge=1, le=1_000_000)]


Vintage = one_of(vintages(), current_vintage())


class Origin(Schema):
    """Where figures come from: no answer is without."""

    source: str
    table: str
    table_address: str
    version: int
    nuts_vintage: int | None
    retrieved_on: str
    licence: str
    licence_address: str
    address: str


class Unit(Schema):
    code: str
    label: str


class Observation(Schema):
    """One cell of a table. A value that is null is not zero: “state” says what it is."""

    region: str
    nuts: int
    series: str
    activity: str
    year: int
    value: float | None
    state: State  # type: ignore[valid-type]
    flag: str


def told_origin(version: DatasetVersion) -> dict[str, Any]:
    """The origin of everything read from one version."""
    found = origin_of(
        version, address=reverse("evidence:data_version", args=[version.dataset.code, version.number])
    )
    return {
        "source": found.source,
        "table": found.table,
        "table_address": found.table_url,
        "version": version.number,
        "nuts_vintage": found.nuts_vintage,
        "retrieved_on": found.retrieved_on.isoformat(),
        "licence": found.licence,
        "licence_address": found.licence_url,
        "address": found.address,
    }


def told_unit(table: Dataset) -> dict[str, str]:
    return {"code": table.unit, "label": table.unit_name}


def table_of(code: str) -> Dataset:
    """The table with this code, or the problem 404."""
    table = queries.dataset(code)
    if table is None:
        raise Problem(
            404,
            _("The catalogue has no table “%(code)s”. All are listed at /api/v1/datasets.") % {"code": code},
        )
    return table


def any_indicator_of(code: str) -> Indicator | Defined:
    """The indicator with this code, read from a table or derived, or the problem 404."""
    found = find(code)
    if found is None:
        gone = derived_indicator(code)
        if gone is not None and gone.last_withdrawn is not None:
            raise Problem(404, absence_in_words(code))
        raise Problem(
            404, _("There is no indicator “%(code)s”. All are listed at /api/v1/indicators.") % {"code": code}
        )
    return found


def any_figures_of(
    found: Indicator | Defined, version: int | None, activity: str | None = None
) -> IndicatorFigures:
    """Its figures, of a table in the version asked for; the problem 404 where a table behind it is not loaded."""
    if isinstance(found, Indicator):
        return TableFigures(found, version_of(found.dataset, version))
    if version is not None:
        raise Problem.with_parameter(
            "version", _("A derived indicator is made from several tables: leave “version” out.")
        )
    if activity:
        raise Problem.with_parameter(
            "activity", _("A derived indicator names activities in its formula: leave “activity” out.")
        )
    try:
        return figures_of(found)
    except NotComputable as missing:
        raise Problem(404, str(missing)) from missing


def made_from(figures: IndicatorFigures) -> tuple[Any, ...]:
    """Everything the figures depend on, for the mark by which an answer is known again."""
    data = [version.observations_sha256 for version in figures.versions]
    own = figures.indicator
    if isinstance(own, Indicator):
        return (data, own.series, own.dataset.multiplier)
    return (data, repr(figures.plan) if isinstance(figures, DerivedFigures) else "")


def version_of(table: Dataset, number: int | None) -> DatasetVersion:
    """The version asked for, or the one in use; the problem 404 where there is none."""
    if number is not None:
        found = queries.version_once_in_use(table, number)
        if found is None:
            raise Problem(
                404,
                _("The table %(code)s has no version %(number)s that was ever in use.")
                % {"code": table.code, "number": number},
            )
        return found
    if table.current is None:
        raise Problem(
            404,
            _("The table %(code)s has not been loaded yet. An analyst can import it.") % {"code": table.code},
        )
    table.current.dataset = table
    return table.current


def table_answer(
    request: HttpRequest, told: dict[str, Any] | None, table: ExportTable | None, form: Format, **options: Any
) -> HttpResponse:
    """The same rows in the format asked for: as JSON from `told`, else from `table`."""
    if form is JSON:
        return answer(request, json_bytes(told), form, **options)
    assert table is not None
    try:
        content = to_csv(table) if form is CSV else to_jsonstat(_with_names(table))
    except NoCube as obstacle:
        raise Problem(406, str(obstacle)) from obstacle
    return answer(request, content, form, **options)


def _with_names(table: ExportTable) -> ExportTable:
    """The table with a name beside each region and activity, as labels of a cube are (two queries)."""
    keys = [column.key for column in table.columns]
    codes = [[str(row[keys.index(key)]) for row in table.rows] for key in ("region", "activity")]
    names = (regions.names_of(codes[0], language()), classifications.short_names(language()))
    columns = [
        Column("region_name", _("Region"), "text", of="region"),
        Column("activity_name", _("Activity"), "text", of="activity"),
    ]
    added = [
        tuple(known.get(code, code) for known, code in zip(names, pair, strict=True))
        for pair in zip(*codes, strict=True)
    ]
    rows = [(*row, *labels) for row, labels in zip(table.rows, added, strict=True)]
    return replace(table, columns=[*table.columns, *columns], rows=rows)


def language() -> str:
    return get_language() or "en"


def page_address(name: str, *args: object) -> str:
    """The page for people on the same thing, in the language of the answer."""
    return absolute(reverse(name, args=args))


VINTAGE = gettext_lazy("Regions as this NUTS vintage draws them; the newest unless given.")
VERSION = gettext_lazy("A numbered version of the table; the one in use unless given.")
FORMAT = gettext_lazy("The format, stronger than the header Accept.")
