"""Statistical files: bytes in, tidy observations out.

    reading = read(Path("lfst_r_lfe2en2.tsv.gz"))
    reading.observations      # region, activity, year, series, value, state, flag, line
    reading.problems          # rows that could not be used, each a sentence

Formats are told by content, not by name: Eurostat bulk TSV (old and new header), SDMX-CSV 1.0 and 2.0,
JSON-stat 2.0, tidy CSV; plain, gzip, or a zip with one file. Whole files that cannot be read raise SourceError.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from regional_analytics.sources.containers import DEFAULT, Limits, text_of
from regional_analytics.sources.errors import (
    AmbiguousNumbers,
    DimensionsUnclear,
    EmptyFile,
    FileTooLarge,
    RetiredFormat,
    SeveralFiles,
    SourceError,
    TruncatedFile,
    UnreadableFile,
    WebPageInsteadOfData,
    WrongEncoding,
)
from regional_analytics.sources.eurostat_tsv import read_eurostat_tsv
from regional_analytics.sources.formats import (
    EUROSTAT_TSV,
    FORMATS,
    JSONSTAT,
    SDMX_CSV_1,
    SDMX_CSV_2,
    TIDY_CSV,
    detect_format,
)
from regional_analytics.sources.jsonstat import read_jsonstat
from regional_analytics.sources.reading import Problem, Reading
from regional_analytics.sources.sdmx_csv import read_sdmx_csv
from regional_analytics.sources.tidy_csv import read_tidy_csv

__all__ = [
    "DEFAULT",
    "FORMATS",
    "AmbiguousNumbers",
    "DimensionsUnclear",
    "EmptyFile",
    "FileTooLarge",
    "Limits",
    "Problem",
    "Reading",
    "RetiredFormat",
    "SeveralFiles",
    "SourceError",
    "TruncatedFile",
    "UnreadableFile",
    "WebPageInsteadOfData",
    "WrongEncoding",
    "detect_format",
    "duplicates",
    "negatives",
    "read",
]

_HEAD = 20_000


def read(
    content: bytes | memoryview | Path,
    *,
    name: str = "",
    format: str | None = None,
    region_column: str | None = None,
    activity_column: str | None = None,
    decimal: str | None = None,
    limits: Limits = DEFAULT,
) -> Reading:
    """Read a file into observations.

    name      what the file was called, for messages only
    format    one of FORMATS, where the content should not be asked
    region_column, activity_column, decimal   for tidy CSV with unusual headings or numbers
    limits    how much may be unpacked
    Raises SourceError when nothing can be read; rows that cannot be used become problems beside the good ones.
    """
    text = text_of(content, limits)
    form = format or detect_format(text[:_HEAD], name)
    try:
        if form == EUROSTAT_TSV:
            return read_eurostat_tsv(text)
        if form in (SDMX_CSV_1, SDMX_CSV_2):
            return read_sdmx_csv(text, form)
        if form == JSONSTAT:
            return read_jsonstat(text)
        if form == TIDY_CSV:
            return read_tidy_csv(text, region=region_column, activity=activity_column, decimal=decimal)
    except pl.exceptions.PolarsError as error:
        raise UnreadableFile(name=name or "the file", beginning=str(error).split("\n", 1)[0][:80]) from error
    raise UnreadableFile(name=name or "the file", beginning=f"{form} is no format we read")


def duplicates(observations: pl.DataFrame) -> pl.DataFrame:
    """Cells that stand more than once: region, activity, year, series, and the lines they stand in."""
    cell = ["region", "activity", "year", "series"]
    return observations.group_by(cell, maintain_order=True).agg(lines=pl.col("line")).filter(pl.col("lines").list.len() > 1)


def negatives(observations: pl.DataFrame) -> pl.DataFrame:
    """Observations below zero, for tables of counts, where there can be none."""
    return observations.filter(pl.col("value") < 0)
