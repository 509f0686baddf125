"""A table at a source, answered as Eurostat answers: JSON-stat, SDMX-CSV 1.0 and 2.0; every figure can be worked out.

BG31 has 100 persons in 2014 and 10 more each year; each next region 100 more. Asked for too many cells, it says 413.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field

from factories.replay_server import JSON, XML, Asked, ReplayServer, Reply

REGIONS = ("BG31", "BG32", "BG33", "BG34")
FIRST, LAST = 2014, 2019

TOO_BIG = """<?xml version="1.0"?><S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>413</faultcode>
<faultstring>EXTRACTION_TOO_BIG: The requested extraction is too big, estimated {cells} rows, max authorised is {most}, \
please change your filters to reduce the extraction size</faultstring></S:Fault>"""
TICKET = """<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><ns0:syncResponse \
xmlns:ns0="urn:sync"><queued><id>{ticket}</id><status>SUBMITTED</status></queued></ns0:syncResponse></env:Body></env:Envelope>"""
STATUS = """<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><ns0:asyncResponse \
xmlns:ns0="urn:async" xmlns:ns1="urn:status"><ns1:status><ns1:key>{ticket}</ns1:key><ns1:status>{status}</ns1:status>\
</ns1:status></ns0:asyncResponse></env:Body></env:Envelope>"""
# As the service of 2018 said that a table is too large: SDMX-ML with a footer.
FOOTER = """<?xml version="1.0" encoding="UTF-8"?><message:GenericData xmlns:footer="urn:footer" xmlns:message="urn:message" \
xmlns:common="urn:common"><message:Header><message:ID>cf8d</message:ID></message:Header><footer:Footer>\
<footer:Message code="413" severity="Infomation"><common:Text xml:lang="en">Due to the large query the response will be \
written to a file which will be located under URL: http://ec.europa.eu/eurostat/SDMX/diss-web/file/7JUd</common:Text>\
</footer:Message></footer:Footer></message:GenericData>"""
NOTHING = """<S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>100</faultcode><faultstring>\
NO_RESULTS: The query did not return any results.</faultstring></S:Fault>"""


def figure(region: str, year: int, more: int = 0) -> int:
    return 100 * (REGIONS.index(region) + 1) + 10 * (year - FIRST) + more


@dataclass
class TableSource:
    """The table `jobs` behind a replay server, in all three services."""

    server: ReplayServer
    code: str = "jobs"
    most_cells: int = 1_000_000
    more: int = 0  # added to every figure: the next edition
    updated: str = "2026-07-07T23:00:00+0200"
    packed: bool = True
    etag: str = ""
    asked_years: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        base = "/eurostat/api/dissemination"
        self.server.answers_with(f"{base}/sdmx/3.0/data/dataflow/ESTAT/{self.code}/1.0", self.sdmx30)
        self.server.answers_with(f"{base}/sdmx/2.1/data/{self.code}/*", self.sdmx21)
        self.server.answers_with(f"{base}/statistics/1.0/data/{self.code}", self.statistics)

    def sdmx30(self, asked: Asked) -> Reply:
        years = re.fullmatch(r"ge:(\d+)[ +]le:(\d+)", asked.query["c[TIME_PERIOD]"][0])
        assert years, asked.line
        regions = asked.query.get("c[geo]", [""])[0].split(",")
        cells = self._cells(int(years[1]), int(years[2]), regions)
        if isinstance(cells, Reply):
            return cells
        rows = [
            f"dataflow,ESTAT:{self.code.upper()}(1.0),I,A,C10,{region},{year},{value},"
            for region, year, value in cells
        ]
        header = "STRUCTURE,STRUCTURE_ID,ACTION,freq,nace_r2,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"
        return self._csv([header, *rows])

    def sdmx21(self, asked: Asked) -> Reply:
        key = asked.path.rpartition("/")[2].split(".")
        first, last = int(asked.query["startPeriod"][0]), int(asked.query["endPeriod"][0])
        cells = self._cells(first, last, key[-1].split("+"))
        if isinstance(cells, Reply):
            return cells
        rows = [
            f"ESTAT:{self.code.upper()}(1.0),07/07/26 23:00:00,A,C10,{region},{year},{value},,"
            for region, year, value in cells
        ]
        header = "DATAFLOW,LAST UPDATE,freq,nace_r2,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
        return self._csv([header, *rows])

    def statistics(self, asked: Asked) -> Reply:
        """Also the small question after the date of the table."""
        if "lastTimePeriod" in asked.query:
            return Reply(
                json.dumps({"version": "2.0", "class": "dataset", "updated": self.updated}), kind=JSON
            )
        first, last = int(asked.query["sinceTimePeriod"][0]), int(asked.query["untilTimePeriod"][0])
        cells = self._cells(first, last, asked.query.get("geo", [""]))
        if isinstance(cells, Reply):
            return cells
        regions = sorted({region for region, _year, _value in cells})
        years = sorted({year for _region, year, _value in cells})
        place = {
            (region, year): at for at, (region, year) in enumerate((r, y) for r in regions for y in years)
        }
        cube = {
            "version": "2.0",
            "class": "dataset",
            "label": "Jobs",
            "updated": self.updated,
            "value": {str(place[region, year]): value for region, year, value in cells},
            "status": {str(place[regions[0], years[0]]): "p"},
            "id": ["freq", "nace_r2", "geo", "time"],
            "size": [1, 1, len(regions), len(years)],
            "dimension": {
                "freq": _dimension(["A"]),
                "nace_r2": _dimension(["C10"]),
                "geo": _dimension(regions),
                "time": _dimension([str(year) for year in years]),
            },
            "extension": {"id": self.code.upper(), "positions-with-no-data": {}},
        }
        return Reply(json.dumps(cube), kind=JSON)

    def _cells(self, first: int, last: int, regions: list[str]) -> list[tuple[str, int, int]] | Reply:
        self.asked_years.append((first, last))
        years = [year for year in range(first, last + 1) if FIRST <= year <= LAST]
        wanted = [region for region in REGIONS if region in regions] if regions[0] else list(REGIONS)
        cells = [(region, year, figure(region, year, self.more)) for region in wanted for year in years]
        if not cells:
            return Reply(NOTHING, status=404, kind=XML)
        if len(cells) > self.most_cells:
            return Reply(TOO_BIG.format(cells=len(cells), most=self.most_cells), status=413, kind=XML)
        return cells

    def _csv(self, lines: list[str]) -> Reply:
        text = ("\r\n".join(lines) + "\r\n").encode()
        headers = {"ETag": self.etag} if self.etag else {}
        return Reply(gzip.compress(text, mtime=0) if self.packed else text, headers=headers)


def _dimension(codes: list[str]) -> dict[str, object]:
    index = {code: at for at, code in enumerate(codes)}
    return {"label": "–", "category": {"index": index, "label": {code: code for code in codes}}}
