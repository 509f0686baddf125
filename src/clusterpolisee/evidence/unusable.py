"""Rows that could not be used: gathered while a file is read, however many they are, and written beside its version.

Those the reader could not read are many where a file is bad, so they lie on disk; those whose codes or cells were refused
are counted among the observations and lie in memory. The file that lists both is made for spreadsheets and programs alike:
RFC 4180, `#` lines on top that explain it, and no cell a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import heapq
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterpolisee.evidence import wording
from clusterpolisee.shell.exports.tidy_csv import defused
from regional_analytics import sources

SCHEMA = pl.Schema(
    {
        "line": pl.UInt32,
        "region": pl.String,
        "activity": pl.String,
        "series": pl.String,
        "year": pl.String,
        "value": pl.String,
        "flag": pl.String,
        "reason": pl.String,
    }
)
IN_MEMORY = 1 << 20  # bytes of noted rows that need no file
_LOOKED_AHEAD = 50_000  # a reader notes the rows of one block kind by kind, not line by line
Row = tuple[Any, ...]


class Noted:
    """Hears of each row the reader cannot use (`sources.Log`), and tells them again in the order of their lines."""

    def __init__(self) -> None:
        self.count = 0
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", newline="", encoding="utf-8")  # noqa: SIM115
        self._writer = csv.writer(self._file)

    def __del__(self) -> None:
        self._file.close()

    def note(self, problem: sources.Problem) -> None:
        self.count += 1
        self._writer.writerow((problem.line, problem.value, str(problem)))

    def forget(self) -> None:
        self.count = 0
        self._file.seek(0)
        self._file.truncate()

    def rows(self) -> Iterator[Row]:
        self._file.seek(0)
        said = ((int(line), "", "", "", "", value, "", why) for line, value, why in csv.reader(self._file))
        ahead: list[Row] = []
        for row in said:
            if len(ahead) < _LOOKED_AHEAD:
                heapq.heappush(ahead, row)
            else:
                yield heapq.heappushpop(ahead, row)
        yield from sorted(ahead)
        self._file.seek(0, os.SEEK_END)

    def kept_at(self, path: Path) -> None:
        """Write them down for another process."""
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows((row[0], row[5], row[7]) for row in self.rows())

    @classmethod
    def of(cls, path: Path) -> Noted:
        """What another process wrote down."""
        noted = cls()
        if path.exists():
            with path.open(newline="", encoding="utf-8") as kept:
                for row in csv.reader(kept):
                    noted._writer.writerow(row)
                    noted.count += 1
        return noted


@dataclass
class Unusable:
    """All rows of one file that were set aside. refused: by checks, in the columns of SCHEMA."""

    refused: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    unreadable: Noted = field(default_factory=Noted)

    @property
    def count(self) -> int:
        return self.refused.height + self.unreadable.count

    def rows(self) -> Iterator[Row]:
        """By line."""
        refused = self.refused.sort("line").iter_rows()
        return heapq.merge(self.unreadable.rows(), refused, key=lambda row: row[0])

    def first(self, count: int) -> list[dict[str, Any]]:
        return [dict(zip(SCHEMA, row, strict=True)) for row in islice(self.rows(), count)]

    def write(self, path: Path, name: str) -> None:
        """As a CSV in English, row after row. name: of the file they come from."""
        with path.open("w", newline="", encoding="utf-8") as out, override("en"):
            out.writelines(_preamble(name))
            out.writelines(_lines(map(_defused, self.rows())))


def as_download(path: Path, name: str) -> Iterator[str]:
    """The lines of such a file for whoever reads the page: what is said on top, and the reasons, in their language.

    Files written before there was anything on top are defused on the way.
    """
    return _in_words(
        path, name, get_language() or "en"
    )  # asked now: the lines are sent when the request is over


def _in_words(path: Path, name: str, language: str) -> Iterator[str]:
    with path.open(newline="", encoding="utf-8") as kept:
        head = kept.readline()
        is_defused = head.startswith("#")
        while head.startswith("#"):
            head = kept.readline()
        rows: Iterator[Row] = (tuple(row) for row in csv.reader(kept))
        if not is_defused:
            rows = map(_defused, rows)
        if language != "en":
            rows = ((*row[:-1], _reason(row[-1], language)) for row in rows)
        with override(language):
            preamble = _preamble(name)
        yield from preamble
        yield from _lines(rows)


def _reason(said: str, language: str) -> str:
    with override(language):
        return wording.reason_words(said)


def _preamble(name: str) -> list[str]:
    said = {
        "title": _("Rows of %(name)s that could not be used") % {"name": name},
        "note": _(
            "An apostrophe (') before a text is no part of it: it keeps spreadsheets from running the text as a "
            "formula. The file as it came can be downloaded from the page of its version."
        ),
    }
    lines = [f"# {key}: {defused(' '.join(text.split()))}\r\n" for key, text in said.items()]
    return [*lines, ",".join(SCHEMA) + "\r\n"]


def _defused(row: Row) -> Row:
    return tuple(defused(cell) if isinstance(cell, str) else cell for cell in row)


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Some thousand rows at once: a response of single rows is slow to send."""
    while part := list(islice(rows := iter(rows), 2_000)):
        written = io.StringIO(newline="")
        csv.writer(written).writerows(part)
        yield written.getvalue()
