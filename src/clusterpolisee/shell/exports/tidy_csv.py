"""CSV for programs: RFC 4180, UTF-8 without a byte order mark, decimal points, and the origin in `#` lines on top.

It is deliberately no file for double-clicking: where the decimal sign is a comma, a spreadsheet reads 4.1 as the
4th of January. The workbook is made for spreadsheets. What a spreadsheet could run as a formula is still defused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from clusterpolisee.shell.exports.origins import all_facts
from clusterpolisee.shell.exports.tables import Column, ExportTable, known_number, one_line, plain_text

# A formula may start a cell, and a cell may start after whatever the reader's own spreadsheet takes for a separator.
_FORMULA_START = re.compile(r"(^|[,;|\t\r\n])([\s\"']*)(?=[=+\-@＝＋－＠﹢﹣])")
_NEEDS_QUOTES = re.compile(r"""[",;|\r\n\t#]|^\s|\s$""")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def to_csv(table: ExportTable) -> bytes:
    """The table with its origin on top. The header row holds the columns' keys, the same in every language."""
    columns = [_cells(column, [row[i] for row in table.rows]) for i, column in enumerate(table.columns)]
    lines = [
        *(f"# {key}: {defused(text)}" for key, text in _preamble(table)),
        ",".join(_quoted(column.key) for column in table.columns),
        *map(",".join, zip(*columns, strict=True)),
    ]
    return ("\r\n".join(lines) + "\r\n").encode()


def defused(text: str) -> str:
    """Text no spreadsheet takes for a formula: an apostrophe stands before whatever could start one."""
    text = _CONTROL.sub("", text)
    if text[:1] in ("\t", "\r", "\n"):
        text = f"'{text}"
    return _FORMULA_START.sub(r"\1\2'", text)


def _preamble(table: ExportTable) -> Iterable[tuple[str, str]]:
    yield "title", one_line(table.title)
    yield "language", table.language
    yield "decimal", "."  # 1.234 alone would not tell whether it means one or a thousand
    if table.note:
        yield "note", one_line(table.note)
    for column in table.columns:
        yield f"column {column.key}", one_line(column.heading)
    yield from all_facts(table.origins)


def _cells(column: Column, cells: list[object]) -> list[str]:
    """One column as text. Codes and names repeat, so each distinct text is prepared once."""
    if column.is_figure:
        return [_number(cell) for cell in cells]
    prepared = {cell: _quoted(defused(plain_text(cell))) for cell in set(cells)}
    return [prepared[cell] for cell in cells]


def _number(cell: object) -> str:
    number = known_number(cell)
    return "" if number is None else repr(number)


def _quoted(text: str) -> str:
    """A first cell starting with # would be taken for a remark: quotes keep it a cell."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
