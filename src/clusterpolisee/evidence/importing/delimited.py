"""CSV and its relatives as offices write them: rows of cells with the line each begins in, before anybody knows the header."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from clusterpolisee.evidence.importing.refusals import FileRefused
from clusterpolisee.evidence.importing.spreadsheet import Cells
from regional_analytics.sources import encoding
from regional_analytics.sources.containers import blocks

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 100_000


def text_lines(path: Path) -> Iterator[str]:
    """The lines of a text file with their ends; raises SourceError where it is no UTF-8 text."""
    rest, offset, line = b"", 0, 1
    for block in encoding.as_utf8(blocks(path)):
        whole, end, rest_of_block = (rest + block).rpartition(b"\n")
        if not end:
            rest = rest_of_block
            continue
        encoding.check(whole + end, offset=offset, line=line)
        offset, line, rest = offset + len(whole) + 1, line + whole.count(b"\n") + 1, rest_of_block
        yield from io.StringIO((whole + end).decode(), newline="")
    if rest:
        encoding.check(rest, offset=offset, line=line)
        yield from io.StringIO(rest.decode(), newline="")


def count_lines(path: Path) -> int:
    """How many lines there are to read, without reading them."""
    return sum(block.count(b"\n") for block in blocks(path)) + 1


def separator_in(lines: list[str]) -> str:
    """The sign that cuts the most lines into the same number of cells, more than one.

    >>> separator_in(["Jobs, by region", "region;year;value", "BG31;2015;1,5", "BG32;2015;2,5"])
    ';'
    """
    best, score = ",", 0
    for sign in SEPARATORS:
        counts = Counter(width for width in _widths(lines, sign) if width > 1)
        width, times = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        if times * 1000 + width > score:
            best, score = sign, times * 1000 + width
    return best


def _widths(lines: list[str], sign: str) -> Iterator[int]:
    """How many cells each row has, up to one that does not end: `rows` says which that is."""
    try:
        for row in csv.reader(lines, delimiter=sign):
            yield len(row)
    except csv.Error:
        return


def rows(path: Path, separator: str) -> Iterator[Cells]:
    """The rows from the first, each with the line it begins in. Nothing is known to be a number yet."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text_lines(path), delimiter=separator)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FileRefused(
                _(
                    "The row that begins in line %(line)s does not end: a quotation mark is not closed. Mend that line and bring the file again."
                )
                % {"line": before + 1}
            ) from error
        if cells is None:
            return
        yield before + 1, [" ".join(cell.split()) for cell in cells], []
        before = reader.line_num
