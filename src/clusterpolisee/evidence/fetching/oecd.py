"""The OECD's SDMX service: CSV with a key of all dimensions, agency and table as one reference.

resource is the reference as the OECD's data explorer gives it: OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,2.0
"""

from __future__ import annotations

from urllib.parse import quote

from clusterpolisee.evidence.fetching.query import Query

PLACE = "REF_AREA"
_CODES = "+,:.*@"


class Sdmx:
    """SDMX-CSV, always answered at once; the service refuses what it finds too big."""

    source = "oecd"
    accept = "application/vnd.sdmx.data+csv, text/csv;q=0.9, */*;q=0.1"
    needs_order = True

    def address(self, base: str, query: Query) -> str:
        wanted = {**dict(query.filters), **({PLACE: query.places} if query.places else {})}
        key = ".".join("+".join(wanted.get(name, ())) for name in query.order)
        years = f"startPeriod={query.first}&endPeriod={query.last}"
        path = f"{quote(query.resource, safe=_CODES)}/{quote(key, safe=_CODES)}"
        return f"{base}/data/{path}?{years}&dimensionAtObservation=AllDimensions&format=csvfile"

    def small_addresses(self, base: str, query: Query, *, filtered: bool = True) -> tuple[str, ...]:
        return ()

    def status_address(self, base: str, ticket: str) -> str:
        return ""

    def result_address(self, base: str, ticket: str, query: Query) -> str:
        return ""
