"""Eurostat's three ways of being asked for a table.

statistics/1.0   JSON-stat 2.0; filters by name, each value a parameter of its own
sdmx/2.1         SDMX-CSV 1.0; a key of all dimensions in the table's order, values joined by +, nothing for all
sdmx/3.0         SDMX-CSV 2.0; filters by name: c[geo]=BG31,BG32 and c[TIME_PERIOD]=ge:2016+le:2020

Up to some hundred thousand cells the answer is the table; up to five million it is a ticket for the asynchronous
service (1.0/async); beyond that, 413. The guides: https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from clusterpolisee.evidence.fetching.query import Query

PLACE = "geo"
SMALL_PLACES = ("BG31", "BG")  # a region of every NUTS vintage; a country, for tables that have no regions
_CODES = "+,:.*[]"  # what codes and their separators are made of, besides letters and digits


class _Eurostat:
    source = "eurostat"
    accept = "*/*"
    needs_order = False

    def small_addresses(self, base: str, query: Query, *, filtered: bool = True) -> tuple[str, ...]:
        """JSON-stat says when a table was updated; one place and one year make the answer small."""
        filters = [(name, value) for name, values in query.filters for value in values[:1] if filtered]
        return tuple(
            f"{base}/statistics/1.0/data/{quote(query.resource)}?"
            + urlencode(
                [("format", "JSON"), ("lang", "EN"), *filters, (PLACE, place), ("lastTimePeriod", "1")]
            )
            for place in SMALL_PLACES
        )

    def status_address(self, base: str, ticket: str) -> str:
        return f"{base}/1.0/async/status/{quote(ticket, safe='')}"

    def result_address(self, base: str, ticket: str, query: Query) -> str:
        return f"{base}/1.0/async/data/{quote(ticket, safe='')}"


class Statistics(_Eurostat):
    """JSON-stat 2.0, for tables of some ten thousand cells."""

    accept = "application/json"

    def address(self, base: str, query: Query) -> str:
        filters = [(name, value) for name, values in query.filters for value in values]
        places = [(PLACE, place) for place in query.places]
        years = [("sinceTimePeriod", str(query.first)), ("untilTimePeriod", str(query.last))]
        asked = [("format", "JSON"), ("lang", "EN"), *filters, *places, *years]
        return f"{base}/statistics/1.0/data/{quote(query.resource)}?{urlencode(asked)}"


class Sdmx21(_Eurostat):
    """SDMX-CSV 1.0. The catalogue has to know the order of the table's dimensions."""

    needs_order = True

    def address(self, base: str, query: Query) -> str:
        wanted = {**dict(query.filters), **({PLACE: query.places} if query.places else {})}
        key = ".".join("+".join(wanted.get(name, ())) for name in query.order)
        years = f"startPeriod={query.first}&endPeriod={query.last}"
        path = f"{quote(query.resource)}/{quote(key, safe=_CODES)}"
        return f"{base}/sdmx/2.1/data/{path}?format=SDMX-CSV&{years}&compressed=true"

    def result_address(self, base: str, ticket: str, query: Query) -> str:
        return f"{super().result_address(base, ticket, query)}?format=SDMX-CSV&compressed=true"


class Sdmx30(_Eurostat):
    """SDMX-CSV 2.0, for large tables."""

    def address(self, base: str, query: Query) -> str:
        wanted = [*query.filters, *([(PLACE, query.places)] if query.places else [])]
        filters = [f"c[{name}]={quote(','.join(values), safe=_CODES)}" for name, values in wanted]
        years = f"c[TIME_PERIOD]=ge:{query.first}+le:{query.last}"
        form = "compress=true&format=csvdata&formatVersion=2.0&lang=en&labels=id"
        asked = "&".join([*filters, years, form])
        return f"{base}/sdmx/3.0/data/dataflow/ESTAT/{quote(query.resource)}/1.0?{asked}"
