"""Statistical files: bytes in, tidy observations out.

    reading = read(Path("lfst_r_lfe2en2.tsv.gz"))
    reading.observations      # region, activity, year, series, value, state, flag, line
    reading.problems          # rows and cells that could not be used, each a sentence

Formats are told by content, not by name: Eurostat bulk TSV (old and new header), SDMX-CSV 1.0 and 2.0,
JSON-stat 2.0, tidy CSV; plain, gzip, or a zip with one file. Whole files that cannot be read raise SourceError.
A file is gone through block by block: what stays in memory are its observations.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import chain

from regional_analytics.sources import encoding
from regional_analytics.sources.containers import DEFAULT, Content, Limits, blocks
from regional_analytics.sources.errors import (
    AmbiguousNumbers,
    DimensionsUnclear,
    EmptyFile,
    EndlessRow,
    ErrorAnswer,
    FileTooLarge,
    MixedNumbers,
    OtherFormat,
    RetiredFormat,
    SeveralFiles,
    SourceError,
    TooManyCells,
    TruncatedFile,
    UnreadableFile,
    WebPageInsteadOfData,
    WrongEncoding,
)
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
from regional_analytics.sources.observations import duplicates, negatives
from regional_analytics.sources.opening import Hints, TableFile, read_table
from regional_analytics.sources.problems import Log
from regional_analytics.sources.reading import Problem, Reading

__all__ = [
    "DEFAULT",
    "EUROSTAT_TSV",
    "FORMATS",
    "JSONSTAT",
    "SDMX_CSV_1",
    "SDMX_CSV_2",
    "TIDY_CSV",
    "AmbiguousNumbers",
    "DimensionsUnclear",
    "EmptyFile",
    "EndlessRow",
    "ErrorAnswer",
    "FileTooLarge",
    "Limits",
    "Log",
    "MixedNumbers",
    "OtherFormat",
    "Problem",
    "Reading",
    "RetiredFormat",
    "SeveralFiles",
    "SourceError",
    "TooManyCells",
    "TruncatedFile",
    "UnreadableFile",
    "WebPageInsteadOfData",
    "WrongEncoding",
    "detect_format",
    "duplicates",
    "negatives",
    "read",
]


def read(
    content: Content,
    *,
    name: str = "",
    format: str | None = None,
    region_column: str | None = None,
    activity_column: str | None = None,
    decimal: str | None = None,
    limits: Limits = DEFAULT,
    log: Log | None = None,
) -> Reading:
    """Read a file into observations.

    content   its bytes, or where it lies; a path spares holding the bytes
    name      what the file was called
    format    one of FORMATS, where the content should not be asked
    region_column, activity_column, decimal   for tidy CSV with unusual headings, or numbers that can be read two ways
    limits    how much may be unpacked
    log       hears of every row that cannot be used; reading.problems names the first of each kind
    Raises SourceError when nothing can be read; rows that cannot be used become problems beside the good ones.
    """
    if format is not None and format not in FORMATS:
        raise ValueError(f"“{format}” is no format; choose one of {', '.join(FORMATS)}.")
    if decimal not in (None, ".", ","):
        raise ValueError(f"The decimal sign is “.” or “,”, not “{decimal}”.")
    text = _text(content, limits)
    head = next(text, b"")
    if not head.strip():
        raise EmptyFile
    if b"\n" in head:
        encoding.check(head[: head.rfind(b"\n") + 1])
    form = format or detect_format(head, name)
    if form == JSONSTAT:
        return read_jsonstat(b"".join(chain([head], text)), limits, log)
    text.close()
    hints = Hints(region_column, activity_column, decimal)
    return read_table(TableFile(lambda: _text(content, limits), form), hints, name, log)


def _text(content: Content, limits: Limits) -> Generator[bytes, None, None]:
    """The file's text in UTF-8, block by block, every line ended by a newline."""
    text = encoding.as_utf8(blocks(content, limits))
    first = next(text, b"")
    # Old Macs, and some spreadsheets to this day, end lines with a carriage return alone.
    is_old_mac = b"\n" not in first and b"\r" in first
    for block in chain([first], text):
        yield block.replace(b"\r", b"\n") if is_old_mac else block
