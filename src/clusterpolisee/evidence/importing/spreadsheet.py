"""Workbooks (XLSX): which sheets there are, what is odd in one, and its rows, cell by cell, never all at once.

A workbook is a zip somebody sent: its claims (sizes, dimensions, row numbers) are bounded before they are believed,
nothing it points to is fetched, and no formula is computed: the result it was saved with is read, or the cell named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from clusterpolisee.evidence.importing.places import address
from clusterpolisee.evidence.importing.refusals import FileRefused
from regional_analytics.sources import DEFAULT, Limits

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_MEMBERS = 5_000
MOST_MERGED = 50_000
NAMED = 10  # cells a sentence names
_CHUNK = 1 << 18
_EXCEL_BEGAN = datetime(1899, 12, 30)
Cells = tuple[int, list[str], list[float | None]]  # line, texts, and the numbers where a cell is one


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, by its place among them."""

    place: int
    name: str
    is_hidden: bool


@dataclass(frozen=True)
class Book:
    """What a workbook says of itself."""

    sheets: tuple[Sheet, ...]
    external_links: int = 0

    @property
    def hidden_names(self) -> list[str]:
        return [one.name for one in self.sheets if one.is_hidden]

    def sheet(self, place: int) -> Sheet | None:
        return next((one for one in self.sheets if one.place == place), None)


@dataclass
class Survey:
    """What is odd in one sheet; cells are (row, column), counted from 1."""

    rows: int = 0
    merged: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, column, last row, column
    without_result: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def sentences(self) -> list[str]:
        """In the active language."""
        said = []
        if self.merged:
            first = ", ".join(_area(one) for one in self.merged[:NAMED])
            said.append(
                _(
                    "Merged cells (%(cells)s): their text is taken for each of them; a merged figure counts once, "
                    "in its first cell."
                )
                % {"cells": first}
            )
        if self.formulas:
            said.append(_("Formulas are not computed: the results the workbook was saved with are read."))
        if self.without_result:
            said.append(
                _(
                    "Formulas without a saved result: %(cells)s. They cannot be read. Open the workbook in a "
                    "spreadsheet program, save it, and bring it again."
                )
                % {"cells": _named(self.without_result)}
            )
        if self.errors:
            said.append(
                _(
                    "Cells that hold an error of the spreadsheet: %(cells)s. They are no figures, and are set aside with their line."
                )
                % {"cells": _named(self.errors)}
            )
        return said


def open_book(path: Path, limits: Limits = DEFAULT) -> Book:
    """The sheets of a workbook; raises FileRefused for one that is damaged, or made to fill the memory."""
    with _archive(path, limits) as archive:
        links = sum(name.startswith("xl/externalLinks/externalLink") for name in archive.namelist())
    with _opened(path) as book:
        sheets = tuple(
            Sheet(place, sheet.title, sheet.sheet_state != "visible")
            for place, sheet in enumerate(book.worksheets)
        )
    if not sheets:
        raise FileRefused(_("The workbook has no sheet with cells. Choose another file."))
    return Book(sheets, links)


def survey(path: Path, place: int, limits: Limits = DEFAULT) -> Survey:
    """Go through one sheet once and note what is odd; refuses one that is empty or too large."""
    with _opened(path) as book:
        member, name = book.worksheets[place]._worksheet_path, book.worksheets[place].title
    found = Survey()
    with _archive(path, limits) as archive, archive.open(member) as file:
        _Surveyor(found, name).go_through(file)
    if not found.rows:
        raise FileRefused(_("The sheet “%(name)s” is empty. Choose another sheet.") % {"name": name})
    return found


def rows(path: Path, place: int, noticed: Survey) -> Iterator[Cells]:
    """The rows of one sheet from the first, as texts and numbers. noticed: what the survey of the sheet found."""
    fills = _Fills(noticed.merged)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in noticed.without_result.items():
        by_row.setdefault(row, {})[column] = text
    with _opened(path) as book:
        sheet = book.worksheets[place]
        sheet.reset_dimensions()  # what a sheet says of its size need not be true
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if line > noticed.rows:
                return
            spoken = [_spoken(cell) for cell in cells]
            for column, text in by_row.get(line, {}).items():
                spoken += [("", None)] * (column - len(spoken))
                spoken[column - 1] = (text, None)
            if fills:
                spoken = fills.filled(line, spoken)
            yield line, [text for text, _number in spoken], [number for _text, number in spoken]


def year_in(value: date) -> int:
    """The year of a date; of 7 July 1905, which is what a year typed into a cell of dates becomes, the year typed."""
    if value.year == 1905:
        typed = (datetime(value.year, value.month, value.day) - _EXCEL_BEGAN).days
        if 1900 <= typed <= 2100:
            return typed
    return value.year


# Opening -------------------------------------------------------------------------------------------------


@contextmanager
def _archive(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The workbook as a zip whose unpacked size is bounded: members never give more than they declare."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(error) from error
    with archive:
        members = archive.infolist()
        declared, allowed = sum(one.file_size for one in members), limits.allowed(path.stat().st_size)
        if declared > allowed or len(members) > MOST_MEMBERS:
            raise FileRefused(
                _(
                    "The workbook unpacks to %(size)s MB from %(packed)s MB, more than is read (%(limit)s MB). "
                    "Save the sheet that is needed as CSV."
                )
                % {
                    "size": declared >> 20,
                    "packed": max(1, path.stat().st_size >> 20),
                    "limit": allowed >> 20,
                }
            )
        for one in members:
            if one.filename.endswith((".xml", ".rels")) and not one.filename.startswith("xl/media/"):
                _refuse_definitions(archive, one)
        try:
            yield archive
        except (
            zipfile.BadZipFile,
            EOFError,
            OSError,
            expat.ExpatError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise _damaged(error) from error


def _refuse_definitions(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No workbook defines entities of its own; a file that does wants to grow, or to read what is not its own."""
    try:
        with archive.open(member) as file:
            beginning = file.read(4096)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(error) from error
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning or b"\0" in beginning:
        raise FileRefused(_("The workbook holds definitions no spreadsheet program writes. It was not read."))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import openpyxl  # costs a quarter of a second: only who reads a workbook pays it

    with path.open("rb") as file:  # by its path it would be judged by its name
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # openpyxl lets whatever it stumbled over through
            raise _damaged(error) from error
        try:
            yield book
        finally:
            book.close()


def _damaged(error: Exception) -> FileRefused:
    return FileRefused(
        _("The workbook is damaged or cut off (%(what)s). Save it again as XLSX and bring it once more.")
        % {"what": str(error)[:120] or type(error).__name__}
    )


# Surveying -----------------------------------------------------------------------------------------------


class _Surveyor:
    """Listens to the XML of a sheet; only what is odd is remembered."""

    def __init__(self, found: Survey, name: str) -> None:
        self._found, self._name = found, name
        self._row = self._column = 0
        self._kind = self._inside = ""
        self._has_formula = self._has_result = False
        self._text: list[str] = []
        self._formula = ""

    def go_through(self, file: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.buffer_text = True
        while block := file.read(_CHUNK):
            parser.Parse(block, False)
        parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._has_formula = self._has_result = False
            self._formula = ""
            self._column = _column_of(attributes.get("r", "")) or self._column + 1
        elif tag in ("f", "v"):
            self._inside, self._text = tag, []
            self._has_formula |= tag == "f"
        elif tag == "row":
            said = attributes.get("r", "")
            self._row = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else self._row + 1
            self._column = 0
            if self._row > MOST_ROWS:
                raise FileRefused(
                    _("The sheet “%(name)s” claims to have a row %(row)s; no sheet has more than %(limit)s.")
                    % {"name": self._name, "row": self._row, "limit": MOST_ROWS}
                )
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _data(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "f":
            self._formula, self._inside = "=" + "".join(self._text)[:60], ""
        elif tag == "v":
            said, self._inside = "".join(self._text), ""
            self._has_result = bool(said) or self._kind == "str"
            self._found.rows = max(self._found.rows, self._row)
            if self._kind == "e":
                self._found.errors[self._row, self._column] = said
        elif tag == "is":
            self._found.rows = max(self._found.rows, self._row)
        elif tag == "c":
            if self._column > MOST_COLUMNS:
                raise FileRefused(
                    _(
                        "The sheet “%(name)s” claims to have a column %(column)s; no sheet has more than %(limit)s."
                    )
                    % {"name": self._name, "column": self._column, "limit": MOST_COLUMNS}
                )
            if self._has_formula:
                self._found.formulas += 1
                if not self._has_result:
                    self._found.rows = max(self._found.rows, self._row)
                    self._found.without_result[self._row, self._column] = self._formula

    def _merge(self, area: str) -> None:
        from openpyxl.utils import range_boundaries

        try:
            first_column, first_row, last_column, last_row = range_boundaries(area)
        except (ValueError, TypeError):
            return
        if (first_row, first_column) != (last_row, last_column) and last_row <= MOST_ROWS:
            self._found.merged.append((first_row, first_column, last_row, last_column))
        if len(self._found.merged) > MOST_MERGED:
            raise FileRefused(
                _(
                    "The sheet “%(name)s” has more than %(limit)s merged cells. Take the merging out and bring it again."
                )
                % {"name": self._name, "limit": MOST_MERGED}
            )


def _column_of(reference: str) -> int:
    """AB12 → 28; 0 where there is none."""
    column = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column


def _area(merged: tuple[int, int, int, int]) -> str:
    first_row, first_column, last_row, last_column = merged
    return f"{address(first_row, first_column)}:{address(last_row, last_column)}"


def _named(cells: dict[tuple[int, int], str]) -> str:
    shown = ", ".join(f"{address(*cell)} ({text})" for cell, text in list(cells.items())[:NAMED])
    return shown + (" …" if len(cells) > NAMED else "")


# Cells ---------------------------------------------------------------------------------------------------


class _Fills:
    """Gives the text of merged cells to each of them, row by row; figures stay where they are."""

    def __init__(self, merged: list[tuple[int, int, int, int]]) -> None:
        self._starting: dict[int, list[tuple[int, int, int, int]]] = {}
        for one in merged:
            self._starting.setdefault(one[0], []).append(one)
        self._open: list[tuple[int, int, int, str]] = []  # last row, first column, last column, text

    def __bool__(self) -> bool:
        return bool(self._starting or self._open)

    def filled(self, line: int, cells: list[tuple[str, float | None]]) -> list[tuple[str, float | None]]:
        self._open = [one for one in self._open if one[0] >= line]
        for _first_row, first, last_row, last in self._starting.pop(line, ()):
            text, number = cells[first - 1] if first <= len(cells) else ("", None)
            if text and (number is None or _could_be_heading(number)):
                self._open.append((last_row, first, min(last, MOST_COLUMNS), text))
        for _last_row, first, last, text in self._open:
            if last > len(cells):
                cells = [*cells, *[("", None)] * (last - len(cells))]
            for column in range(first - 1, last):
                if not cells[column][0]:
                    cells[column] = (text, None)
        return cells


def _could_be_heading(number: float) -> bool:
    """A year above several columns is a heading; any other merged number is a figure."""
    return number == int(number) and 1900 <= number <= 2100


def _spoken(value: object) -> tuple[str, float | None]:
    """A cell as text, and as a number where it is one. Dates are written as ISO does."""
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).upper(), None
    if isinstance(value, int | float):
        number = float(value)
        return (str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)), number
    if isinstance(value, datetime):
        typed = year_in(value)
        return (str(typed) if typed != value.year else value.date().isoformat()), None
    if isinstance(value, date):
        return value.isoformat(), None
    if isinstance(value, timedelta):
        return str(value), None
    return " ".join(str(value).split()), None
