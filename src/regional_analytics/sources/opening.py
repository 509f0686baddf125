"""Opening a table of text: the comments before its header, the header, and the rows, as often as they are needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import polars as pl

from regional_analytics.sources.delimited import TableReader, number_style
from regional_analytics.sources.errors import EndlessRow
from regional_analytics.sources.eurostat_tsv import tsv_layout
from regional_analytics.sources.figures import FigureReader
from regional_analytics.sources.formats import EUROSTAT_TSV, TIDY_CSV
from regional_analytics.sources.layout import Layout
from regional_analytics.sources.number_style import (
    NumberStyle,
    OtherNumberStyle,
    PointFigures,
    StyledFigures,
    style_for,
)
from regional_analytics.sources.problems import Ledger, Log
from regional_analytics.sources.reading import Reading
from regional_analytics.sources.rows import RowBlock, whole_rows
from regional_analytics.sources.sdmx_csv import sdmx_layout, table_code
from regional_analytics.sources.tidy_csv import tidy_layout

# Eurostat's TSV does not say which table it is; the files Eurostat names itself are called estat_<table>.
_ESTAT_NAME = re.compile(r"estat_([a-z0-9_]+?)(?:_(?:en|fr|de|linear))*\.(?:tsv|csv)", re.IGNORECASE)


@dataclass(frozen=True)
class Hints:
    """What a person knows of a CSV and its header does not tell: the names of columns, the decimal sign."""

    region: str | None = None
    activity: str | None = None
    decimal: str | None = None


class TableFile:
    """A TSV or CSV. open_text gives its UTF-8 text from the start, and may be called more than once."""

    def __init__(self, open_text: Callable[[], Iterable[bytes]], form: str) -> None:
        self._open_text = open_text
        self._quoted = form != EUROSTAT_TSV
        self.form = form
        self._opened: Iterator[RowBlock] | None = self._open()
        self.comments, self.header, self.header_line, self._rest_of_first = self._beginning(
            next(self._opened)
        )

    def rows(self) -> Iterator[RowBlock]:
        """The rows after the header."""
        if self._opened is None:
            self._opened = self._open()
            next(self._opened)
        opened, self._opened = self._opened, None
        return chain([self._rest_of_first], opened)

    def _open(self) -> Iterator[RowBlock]:
        return whole_rows(self._open_text(), quoted=self._quoted)

    def facts(self) -> dict[str, str]:
        """What comments of the form “# table: lfst_r_lfe2en2” say."""
        pairs = (comment.partition(":") for comment in self.comments)
        return {key.strip().lower(): value.strip() for key, _colon, value in pairs if value.strip()}

    def _beginning(self, first: RowBlock) -> tuple[tuple[str, ...], str, int, RowBlock]:
        """Comments, header, the line it stands in, and what is left of the first block."""
        content, line = first
        comments: list[str] = []
        start = 0
        while start < len(content):
            end = content.index(b"\n", start) + 1
            while self._quoted and content.count(b'"', start, end) % 2:  # a heading of two lines
                end = content.find(b"\n", end) + 1
                if not end:
                    raise EndlessRow(line=line)
            said = content[start:end].decode().rstrip("\r\n")
            begins, start, line = line, end, line + content.count(b"\n", start, end)
            if said.strip() and not said.startswith("#"):
                return tuple(comments), said, begins, RowBlock(content[start:], line)
            if said.strip("# \t"):
                comments.append(said.strip("# \t"))
        return tuple(comments), "", line, RowBlock(b"", line)


def read_table(file: TableFile, hints: Hints, name: str, log: Log | None = None) -> Reading:
    """Read a TSV or CSV. name: what the file is called; log: hears of every row that cannot be used."""
    problems = Ledger(log)
    said = file.facts()
    layout = _layout(file, hints, problems)
    if file.form == TIDY_CSV:
        reader, observations, style = _read_tidy(file, layout, hints.decimal or said.get("decimal"), problems)
    else:
        reader, style = TableReader(layout, FigureReader(layout.letters), problems), NumberStyle()
        observations = reader.read(file.rows())
    flow = reader.facts.get("dataset_code")
    return Reading(
        observations=observations,
        format=file.form,
        dataset_code=table_code(flow)
        if flow
        else said.get("table") or said.get("dataset") or _table_in(name),
        title=reader.facts.get("title") or said.get("title"),
        updated=reader.facts.get("updated") or said.get("updated"),
        dimensions=layout.dimensions,
        activity_dimension=layout.activity_dimension,
        problems=problems.problems(),
        comments=file.comments,
        decimal=style.decimal,
        thousands=style.thousands,
    )


def _layout(file: TableFile, hints: Hints, problems: Ledger) -> Layout:
    if file.form == EUROSTAT_TSV:
        return tsv_layout(file.header, file.header_line, problems)
    if file.form == TIDY_CSV:
        return tidy_layout(file.header, region=hints.region, activity=hints.activity)
    return sdmx_layout(file.header, file.form)


def _read_tidy(
    file: TableFile, layout: Layout, decimal: str | None, problems: Ledger
) -> tuple[TableReader, pl.DataFrame, NumberStyle]:
    """Read with a decimal point as long as that fits; else look how the file writes numbers, and begin anew."""
    if decimal != ",":
        figures, tried = PointFigures(is_told=decimal == "."), Ledger(problems.log)
        try:
            reader = TableReader(layout, figures, tried)
            observations = reader.read(file.rows())
            if not figures.is_doubtful:
                problems.take(tried)
                return reader, observations, NumberStyle()
        except OtherNumberStyle:
            pass
        if problems.log:
            problems.log.forget()
    style = style_for(decimal) if decimal in (".", ",") else number_style(layout, file.rows())
    reader = TableReader(layout, StyledFigures(style), problems)
    return reader, reader.read(file.rows()), style


def _table_in(name: str) -> str | None:
    found = _ESTAT_NAME.match(name)
    return found[1].lower() if found else None
