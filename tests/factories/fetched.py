"""A table with a source, and what of it should be found in its version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clusterpolisee.evidence import store
from clusterpolisee.evidence.fetching.actions import Fetched
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from factories.evidence import table
from factories.table_source import REGIONS, figure

SERVICES = ("eurostat-sdmx-3.0", "eurostat-sdmx-2.1", "eurostat-statistics")
BASE = "/eurostat/api/dissemination"
FIGURES = f"{BASE}/sdmx/3.0/data"
Fetch = Callable[..., Fetched]


def jobs(service: str = "eurostat-sdmx-3.0", **source: Any) -> Dataset:
    """A table without breakdown but by activity, at a source of one service."""
    said = {"service": service, "filters": {"freq": ["A"]}, "first_year": 2014, "last_year": 2019, **source}
    if service == "eurostat-sdmx-2.1":
        said["order"] = ["freq", "nace_r2", "geo"]
    return table(source=said)


def figures(version: DatasetVersion | None) -> dict[tuple[str, int], float]:
    assert version is not None
    rows = store.observations(version).drop_nulls("value").iter_rows(named=True)
    return {(row["region"], row["year"]): row["value"] for row in rows}


def expected(first: int, last: int) -> dict[tuple[str, int], float]:
    return {(region, year): figure(region, year) for region in REGIONS for year in range(first, last + 1)}
