"""Where the cells of a table stand in its bytes: blocks of whole rows, cut at the separators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regional_analytics.sources import encoding
from regional_analytics.sources.cells import NEWLINE, WIDEST, Bytes, Column, Places
from regional_analytics.sources.errors import EndlessRow
from regional_analytics.sources.problems import Ledger

FRONT = 32  # empty bytes before a block, so that cells can be read from their end backwards …
_FRONT, _BACK = bytes(FRONT), bytes(WIDEST + 16)  # … and after it, so that they can be read past their end
_LONGEST_ROW = 4 << 20
_RETURN, _QUOTE = 13, 34


class RowBlock(NamedTuple):
    """Whole rows, each ended by a newline, and the line the first of them stands in."""

    content: bytes
    line: int


@dataclass(frozen=True)
class Cells:
    """The cells of the rows of a block that have as many as the header; lines tells where each row stands.

    begins   where each row begins; every cell but the first begins behind the separator that ends the one before it
    """

    text: Bytes
    begins: Places
    ends: Places  # (rows, columns)
    lines: NDArray[np.uint32]
    is_bare: bool

    def at(self, rows: NDArray[np.bool_]) -> Cells:
        if rows.all():
            return self
        return Cells(self.text, self.begins[rows], self.ends[rows], self.lines[rows], self.is_bare)

    def are_blank(self) -> NDArray[np.bool_]:
        """Rows with nothing but separators, as spreadsheets leave them at the end."""
        found: NDArray[np.bool_] = self.ends[:, -1] - self.begins == self.ends.shape[1] - 1
        return found

    def column(self, index: int) -> Column:
        starts = self.begins if index == 0 else self.ends[:, index - 1] + 1
        return Column(self.text, starts, self.ends[:, index].copy(), self.is_bare)

    def columns(self, indices: Places) -> Column:
        """Several columns, none of them the first, row by row."""
        starts = (self.ends[:, indices - 1] + 1).ravel()
        return Column(self.text, starts, self.ends[:, indices].ravel(), self.is_bare)


def whole_rows(blocks: Iterable[bytes], *, quoted: bool, line: int = 1) -> Iterator[RowBlock]:
    """Regroup blocks so that each ends where a row ends, and check that they are UTF-8."""
    rest, offset = b"", 0
    for block in blocks:
        content = rest + block if rest else block
        end = _end_of_rows(content, quoted)
        if not end:
            if len(content) > _LONGEST_ROW:
                raise EndlessRow(line=line)
            rest = content
            continue
        rows, rest = (content, b"") if end == len(content) else (content[:end], content[end:])
        encoding.check(rows, offset=offset, line=line)
        yield RowBlock(rows, line)
        offset, line = offset + len(rows), line + _count_newlines(rows)
    if rest.strip():
        encoding.check(rest, offset=offset, line=line)
        if quoted and rest.count(b'"') % 2:
            raise EndlessRow(line=line)
        yield RowBlock(rest + b"\n", line)


def _count_newlines(content: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(content, dtype=np.uint8) == NEWLINE))


def _end_of_rows(content: bytes, quoted: bool) -> int:
    """How many bytes are whole rows; newlines between quotation marks end none."""
    if not quoted or b'"' not in content:
        return content.rfind(b"\n") + 1
    text = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero((text == NEWLINE) & _outside_quotes(text))
    return int(ends[-1]) + 1 if ends.size else 0


def _outside_quotes(text: Bytes) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.cumsum(text == _QUOTE, dtype=np.uint32) & 1 == 0
    return found


def cut(block: RowBlock, separators: bytes, columns: int, problems: Ledger, *, quoted: bool) -> Cells:
    """Cut rows into cells; rows with another number of cells than the header are noted, empty ones passed over."""
    content, line = block
    text = np.frombuffer(_FRONT + content + _BACK, dtype=np.uint8)
    body = text[FRONT : FRONT + len(content)]
    is_end = body == NEWLINE
    rows = int(np.count_nonzero(is_end))
    for separator in separators:
        is_end |= body == separator
    if quoted and b'"' in content:
        is_end &= _outside_quotes(body)
    ends: Places = np.flatnonzero(is_end)
    if ends.size and ends[-1] != len(content) - 1:
        raise EndlessRow(line=line)
    ends += FRONT
    is_regular = ends.size == rows * columns and bool((text[ends[columns - 1 :: columns]] == NEWLINE).all())
    if is_regular:
        ends = ends.reshape(-1, columns)
        begins = np.concatenate([[FRONT], ends[:-1, -1] + 1])[:rows]
        lines = np.arange(line, line + rows, dtype=np.uint32)
    else:
        begins, ends, lines = _regular_ones(text, ends, columns, line, problems)
    if b"\r" in content:
        last = ends[:, -1]
        last -= (text[last - 1] == _RETURN) & (last > begins)
    return Cells(text, begins, ends, lines, is_bare=b" " not in content and b'"' not in content)


def _regular_ones(
    text: Bytes, ends: Places, columns: int, line: int, problems: Ledger
) -> tuple[Places, Places, NDArray[np.uint32]]:
    """Where the rows with so many cells begin, where their cells end, and their lines; other rows are noted."""
    row_ends = np.flatnonzero(text[ends] == NEWLINE)
    counts = np.diff(row_ends, prepend=-1)
    begins = np.concatenate([[FRONT], ends[row_ends[:-1]] + 1])
    newlines = np.flatnonzero(text == NEWLINE)
    lines = (line + np.searchsorted(newlines, begins)).astype(np.uint32)
    # A row without anything but separators is the blank end of a spreadsheet.
    letters = ends[row_ends] - begins - (counts - 1)
    is_blank = (letters == 0) | (letters == 1) & (text[ends[row_ends] - 1] == _RETURN)
    is_short, is_long = (counts < columns) & ~is_blank, (counts > columns) & ~is_blank
    problems.add("row-too-short", lines[is_short])
    problems.add("row-too-long", lines[is_long])
    good = (counts == columns) & ~is_blank
    kept = ends[np.repeat(good, counts)].reshape(-1, columns)
    return begins[good], kept, lines[good]
