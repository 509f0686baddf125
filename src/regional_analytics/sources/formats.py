"""Telling formats apart by their first bytes, and naming what only looks like data."""

from __future__ import annotations

import re

from regional_analytics.sources.errors import (
    ErrorAnswer,
    OtherFormat,
    RetiredFormat,
    UnreadableFile,
    WebPageInsteadOfData,
)

EUROSTAT_TSV = "eurostat-tsv"
SDMX_CSV_1 = "sdmx-csv-1"
SDMX_CSV_2 = "sdmx-csv-2"
JSONSTAT = "jsonstat-2"
TIDY_CSV = "tidy-csv"
FORMATS = (EUROSTAT_TSV, SDMX_CSV_1, SDMX_CSV_2, JSONSTAT, TIDY_CSV)

_HEAD = 20_000
_TSV_HEADER = re.compile(r"[A-Za-z0-9_, ]+\\(?:time|TIME_PERIOD)\t")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_FAULT = re.compile(r"<(?:\w+:)?(?:faultstring|Text|ErrorMessage)\b[^>]*>(.*?)</", re.DOTALL)
_LABEL = re.compile(r'"label"\s*:\s*"((?:[^"\\]|\\.)*)"')
_LONGEST_QUOTE = 120
_READ_INSTEAD = "SDMX-CSV, JSON-stat 2.0 or TSV"
_MAGIC = {b"PAR1": "a Parquet file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Excel or Word file"}


def detect_format(head: bytes, name: str = "") -> str:
    """Which of FORMATS a file is that begins like this; raises SourceError for anything else.

    >>> detect_format(b"freq,unit,geo\\\\TIME_PERIOD\\t2015 ")
    'eurostat-tsv'
    >>> detect_format(b"region,year,value\\nBG31,2015,1")
    'tidy-csv'
    """
    for magic, format_ in _MAGIC.items():
        if head.startswith(magic):
            raise OtherFormat(format=format_, instead="the table as CSV in UTF-8")
    text = head[:_HEAD].decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        raise _not_data(text, name)
    if text.startswith(("{", "[")):
        return _json_format(text, name)
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    header = next(lines, "")
    if _TSV_HEADER.match(header):
        return EUROSTAT_TSV
    columns = {column.strip(' "').upper() for column in re.split(r"[,;\t]", header)}
    if "STRUCTURE" in columns and "STRUCTURE_ID" in columns:
        return SDMX_CSV_2
    if any(column.split(":")[0] == "DATAFLOW" for column in columns):
        return SDMX_CSV_1
    if len(columns) > 1:
        return TIDY_CSV
    raise UnreadableFile(name=name or "the file", beginning=_quoted(header))


def _json_format(text: str, name: str) -> str:
    if re.search(r'"(?:error|warning)"\s*:', text[:200]) and (label := _LABEL.search(text)):
        return _refuse(ErrorAnswer(message=_quoted(label[1])))
    if not re.search(r'"class"\s*:|"version"\s*:\s*"2', text):
        if re.search(r'"dimension"\s*:', text):
            return _refuse(RetiredFormat(format="JSON-stat 1", instead="JSON-stat 2.0"))
        if not re.search(r'"value"\s*:', text):
            return _refuse(UnreadableFile(name=name or "the file", beginning=_quoted(text)))
    return JSONSTAT


def _refuse(error: Exception) -> str:
    raise error


def _not_data(text: str, name: str) -> Exception:
    """What a text in angle brackets is: a page, a message of the service, or SDMX-ML."""
    if re.match(r"<!doctype html|<html", text, re.IGNORECASE) or re.search(
        r"<html[\s>]|<body[\s>]", text, re.IGNORECASE
    ):
        title = _TITLE.search(text)
        return WebPageInsteadOfData(title=_quoted(title[1]) if title else "no title")
    if re.search(r"<(?:\w+:)?(?:Fault|Error|ErrorMessage|Footer)\b", text) and (fault := _FAULT.search(text)):
        return ErrorAnswer(message=_quoted(fault[1]))
    if "sdmx" in text.lower():
        return OtherFormat(format="SDMX-ML (XML)", instead=_READ_INSTEAD)
    return UnreadableFile(name=name or "the file", beginning=_quoted(text))


def _quoted(text: str) -> str:
    return (
        " ".join(re.sub(r"<[^>]*>", " ", text).split())[:_LONGEST_QUOTE]
        or " ".join(text.split())[:_LONGEST_QUOTE]
    )
