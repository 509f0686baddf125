"""The tables of the catalogue, with their versions and how full they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.api.shapes import (
    READ,
    DatasetCode,
    Unit,
    page_address,
    table_of,
    told_unit,
)
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from clusterpolisee.shell.api.answers import json_answer
from clusterpolisee.shell.api.paging import Paged, absolute, page_of
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.resource import Resource

datasets = Resource(_("Datasets"))


class VersionTold(Schema):
    """One reading of a table, kept for good."""

    number: int
    state: str
    retrieved_on: str
    imported_on: str
    licence: str
    source_address: str
    nuts_vintage: int
    nuts_vintages: list[int]
    first_year: int | None
    last_year: int | None
    cells: int
    cells_with_value: int
    regions: int
    file_sha256: str


class DatasetTold(Schema):
    """One statistical table as the platform knows it."""

    code: str
    title: str
    description: str
    publisher: str
    publisher_address: str
    table_address: str
    licence: str
    licence_address: str
    attribution: str
    unit: Unit
    kind: str
    dimensions: list[str]
    activity_scheme: str
    nuts_vintage: int
    current: VersionTold | None
    address: str
    observations: str
    page: str


class DatasetPage(Schema):
    """A page of tables."""

    count: int
    datasets: list[DatasetTold]
    links: dict[str, str]


class YearTold(Schema):
    """How full one year is."""

    year: int
    cells: int
    with_value: int
    confidential: int
    regions: int


class DatasetAnswer(DatasetTold):
    """One table with everything known of it."""

    versions: list[VersionTold]
    coverage: list[YearTold]
    indicators: list[str]


@datasets.read(
    "/datasets",
    name="api_datasets",
    access=READ,
    answers=DatasetPage,
    summary=_("List datasets"),
    about=_("Every table of the catalogue with its source, licence and the version in use."),
    example="/api/v1/datasets",
)
def dataset_list(request: HttpRequest, query: Query[Paged]) -> HttpResponse:
    found = list(queries.datasets())
    kept, links = page_of(request, found, query)
    told = {"count": len(found), "datasets": [_told(table) for table in kept], "links": links}
    return json_answer(request, told, links=links)


@datasets.read(
    "/datasets/{code}",
    name="api_dataset",
    access=READ,
    answers=DatasetAnswer,
    errors=(404,),
    summary=_("One dataset"),
    about=_("All its versions, how full the one in use is by year, and the indicators read from it."),
    example="/api/v1/datasets/lfst_r_lfe2en2",
)
def one_dataset(request: HttpRequest, code: DatasetCode, query: Query[Reading]) -> HttpResponse:
    table = table_of(code)
    current = table.current
    told = _told(table) | {
        "versions": [_told_version(version) for version in queries.versions(table)],
        "coverage": [
            {
                "year": one.year,
                "cells": one.cells,
                "with_value": one.with_value,
                "confidential": one.confidential,
                "regions": one.regions,
            }
            for one in (queries.coverage(current) if current else ())
        ],
        "indicators": [one.code for one in table.indicators.all()],
    }
    return json_answer(request, told)


def _told(table: Dataset) -> dict[str, Any]:
    return {
        "code": table.code,
        "title": table.title,
        "description": table.about,
        "publisher": table.publisher_name,
        "publisher_address": table.publisher_url,
        "table_address": table.address,
        "licence": table.licence,
        "licence_address": table.licence_url,
        "attribution": table.attribution,
        "unit": told_unit(table),
        "kind": table.kind,
        "dimensions": [one["code"] for one in table.dimensions],
        "activity_scheme": table.activity_scheme,
        "nuts_vintage": table.nuts_vintage,
        "current": _told_version(table.current) if table.current else None,
        "address": absolute(f"/api/v1/datasets/{table.code}"),
        "observations": absolute(f"/api/v1/datasets/{table.code}/observations"),
        "page": page_address("evidence:data_set", table.code),
    }


def _told_version(version: DatasetVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "state": version.state,
        "retrieved_on": version.retrieved_on.isoformat(),
        "imported_on": version.imported_at.date().isoformat(),
        "licence": version.licence,
        "source_address": version.source_url,
        "nuts_vintage": version.nuts_declared,
        "nuts_vintages": version.nuts_vintages,
        "first_year": version.first_year,
        "last_year": version.last_year,
        "cells": version.rows,
        "cells_with_value": version.cells_with_value,
        "regions": version.regions,
        "file_sha256": version.raw_sha256,
    }
