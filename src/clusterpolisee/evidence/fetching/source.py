"""Where the catalogue says that a table is fetched from.

In the catalogue's TOML:

    source = { service = "eurostat-sdmx-3.0", first_year = 2008, filters = { freq = ["A"], sex = ["T"] } }

resource: the table's name there, where it is not the code here. order: of the dimensions, for services that want a key.
last_year: of tables that are closed. places: codes to split by, where they are not those of NUTS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterpolisee.evidence.fetching.connectors import SERVICES, Connector
from clusterpolisee.evidence.fetching.errors import FetchError
from clusterpolisee.evidence.fetching.query import Query
from clusterpolisee.evidence.models import Dataset
from regional_analytics.codes import nuts

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.,@$-]{0,119}")
_CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,59}")
_KEYS = {"service", "resource", "filters", "order", "first_year", "last_year", "places"}
_GROUPS = ("EU27_2020", "EU28", "EA20")
EARLIEST = 1960


@dataclass(frozen=True)
class Source:
    """A table's source, checked: nothing of it can lead a question anywhere else."""

    table: str
    service: str
    resource: str
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    order: tuple[str, ...]
    first_year: int
    last_year: int | None
    own_places: tuple[str, ...]

    @property
    def connector(self) -> Connector:
        return SERVICES[self.service]

    def query(self, years: tuple[int, int] | None, *, this_year: int) -> Query:
        """The question for these years; for all there can be, without them."""
        last = min(self.last_year or this_year, this_year)
        first, until = years or (self.first_year, last)
        if first > until:
            raise FetchError("years_backwards", first=str(first), last=str(until))
        if until < self.first_year or first > last:
            raise FetchError("years_impossible", table=self.table, first=str(self.first_year), last=str(last))
        first, until = max(first, self.first_year), min(until, last)
        return Query(self.service, self.resource, self.filters, first, until, self.order)

    @property
    def places(self) -> tuple[str, ...]:
        """Codes by which a single year can be split: those of the source, else of every NUTS vintage, levels 0 to 2."""
        if self.own_places:
            return self.own_places
        codes = {code for vintage in nuts.VINTAGES for code in nuts.codes(vintage) if len(code) <= 4}
        return (*_GROUPS, *sorted(codes))


def source_of(table: Dataset) -> Source:
    """The source of a table; raises FetchError where there is none, or where its description is wrong."""
    said = table.source
    if not said:
        raise FetchError("no_source", table=table.code)
    if not isinstance(said, Mapping) or set(said) - _KEYS or said.get("service") not in SERVICES:
        raise _wrong(table, f"service = {said.get('service') if isinstance(said, Mapping) else said!r}")
    order = _codes(table, "order", said.get("order", []))
    if SERVICES[said["service"]].needs_order and not order:
        raise _wrong(table, "order")
    resource = said.get("resource", table.code)
    if not isinstance(resource, str) or not _NAME.fullmatch(resource):
        raise _wrong(table, f"resource = {resource!r}")
    return Source(
        table=table.code,
        service=said["service"],
        resource=resource,
        filters=_filters(table, said.get("filters", {}), order),
        order=order,
        first_year=_year(table, "first_year", said.get("first_year", EARLIEST)) or EARLIEST,
        last_year=_year(table, "last_year", said.get("last_year")),
        own_places=_codes(table, "places", said.get("places", [])),
    )


def can_be_fetched(table: Dataset) -> bool:
    return bool(table.source)


def _filters(table: Dataset, said: Any, order: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(said, Mapping):
        raise _wrong(table, "filters")
    unknown = [name for name in said if not _CODE.fullmatch(str(name)) or (order and name not in order)]
    if unknown:
        raise _wrong(table, f"filters.{unknown[0]}")
    return tuple((name, _codes(table, f"filters.{name}", values)) for name, values in said.items())


def _codes(table: Dataset, key: str, said: Any) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) and _CODE.fullmatch(one) for one in said):
        raise _wrong(table, key)
    return tuple(said)


def _year(table: Dataset, key: str, said: Any) -> int | None:
    if said is None or (isinstance(said, int) and EARLIEST <= said <= 2100):
        return said
    raise _wrong(table, f"{key} = {said!r}")


def _wrong(table: Dataset, what: str) -> FetchError:
    return FetchError("bad_source", table=table.code, what=what)
