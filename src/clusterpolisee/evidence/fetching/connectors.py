"""The sources there are, by the name under which the catalogue knows their services."""

from __future__ import annotations

from typing import Protocol

from clusterpolisee.evidence.fetching import eurostat, oecd
from clusterpolisee.evidence.fetching.query import Query


class Connector(Protocol):
    """How a service is asked. base: its address without the question."""

    source: str
    accept: str
    needs_order: bool

    def address(self, base: str, query: Query) -> str:
        """Where the figures of a query are."""

    def small_addresses(self, base: str, query: Query, *, filtered: bool = True) -> tuple[str, ...]:
        """Small questions, the next where the one before finds nothing: an answer says when the table was changed last.

        Without the filters it says which dimensions and codes the table has. Empty where a service has none.
        """

    def status_address(self, base: str, ticket: str) -> str:
        """Where a service says whether a result is ready that it prepares."""

    def result_address(self, base: str, ticket: str, query: Query) -> str:
        """Where that result is, once it is ready."""


SERVICES: dict[str, Connector] = {
    "eurostat-statistics": eurostat.Statistics(),
    "eurostat-sdmx-2.1": eurostat.Sdmx21(),
    "eurostat-sdmx-3.0": eurostat.Sdmx30(),
    "oecd-sdmx": oecd.Sdmx(),
}
