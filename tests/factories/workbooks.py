"""Workbooks as offices make them, and as people make them who mean harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

Row = list[Any]
JOBS_ROWS: list[Row] = [
    ["region", "activity", "year", "value", "flag"],
    ["BG31", "C10", 2014, 100, None],
    ["BG31", "C10", 2015, 110.5, None],
    ["BG32", "C10", 2014, 0, None],
    ["BG32", "C10", 2015, None, "c"],
]


def workbook(sheets: dict[str, list[Row]], *, after: Callable[[Any], None] | None = None) -> bytes:
    """Sheets by name; after: what else is done to the workbook before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if after is not None:
        after(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def kept(folder: Path, content: bytes, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def rewritten(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed behind the back of any spreadsheet program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        assert member in old.namelist(), member
        for one in old.infolist():
            said = old.read(one)
            new.writestr(one.filename, change(said) if one.filename == member else said)
    return out.getvalue()


def with_part(content: bytes, member: str, said: bytes) -> bytes:
    """The workbook with one more part."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, said)
    return out.getvalue()


def with_result(content: bytes, cell: str, formula: str, result: str) -> bytes:
    """Spreadsheet programs save a formula with its result; the library that writes these tests does not."""
    old = f'<c r="{cell}"><f>{formula}</f><v></v></c>'.encode()
    variant = re.compile(
        rb'<c r="'
        + cell.encode()
        + rb'"[^>]*><f>'
        + re.escape(formula.encode())
        + rb"</f><v ?/?>(?:</v>)?</c>"
    )

    def change(said: bytes) -> bytes:
        assert variant.search(said) or old in said, said[:600]
        return variant.sub(f'<c r="{cell}"><f>{formula}</f><v>{result}</v></c>'.encode(), said)

    return rewritten(content, "xl/worksheets/sheet1.xml", change)
