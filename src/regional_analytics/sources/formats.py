"""Telling formats apart by their first bytes."""

from __future__ import annotations

import re

from regional_analytics.sources.errors import RetiredFormat, UnreadableFile

EUROSTAT_TSV = "eurostat-tsv"
SDMX_CSV_1 = "sdmx-csv-1"
SDMX_CSV_2 = "sdmx-csv-2"
JSONSTAT = "jsonstat-2"
TIDY_CSV = "tidy-csv"
FORMATS = (EUROSTAT_TSV, SDMX_CSV_1, SDMX_CSV_2, JSONSTAT, TIDY_CSV)

_TSV_HEAD = re.compile(r"^[A-Za-z0-9_,]+\\(?:time|TIME_PERIOD)\t")


def detect_format(head: bytes, name: str = "") -> str:
    """Which format a file begins like; raises UnreadableFile, or RetiredFormat for JSON-stat 1.

    >>> detect_format(b"freq,unit,geo\\\\TIME_PERIOD\\t2015 ")
    'eurostat-tsv'
    >>> detect_format(b"region,year,value\\nBG31,2015,1")
    'tidy-csv'
    """
    text = head.decode("utf-8", "ignore").lstrip("\ufeff")
    body = text.lstrip()
    first = body.split("\n", 1)[0].strip("\r")
    if body.startswith(("{", "[")):
        if ('"version"' in text and '"2.' in text) or '"class"' in text:
            return JSONSTAT
        if '"dimension"' in text or '"value"' in text or '"dataset"' in text:
            raise RetiredFormat(format="JSON-stat 1", instead="JSON-stat 2.0")
        raise UnreadableFile(name=name or "the file", beginning=first[:60])
    if body.startswith("<"):
        raise UnreadableFile(name=name or "the file", beginning=first[:60])
    if _TSV_HEAD.match(first):
        return EUROSTAT_TSV
    columns = {column.strip().strip('"').upper() for column in re.split(r"[,;\t]", first)}
    if "STRUCTURE_ID" in columns:
        return SDMX_CSV_2
    if "DATAFLOW" in columns or any(column.startswith("DATAFLOW") for column in columns):
        return SDMX_CSV_1
    lines = [line for line in body.splitlines() if line.strip() and not line.startswith("#")]
    if lines and re.search(r"[,;\t]", lines[0]):
        return TIDY_CSV
    raise UnreadableFile(name=name or "the file", beginning=first[:60])
