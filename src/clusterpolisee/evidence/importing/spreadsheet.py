"""Workbooks (XLSX): which sheets there are, what is odd in one, and its rows, cell by cell, never all at once.

A workbook is a zip somebody sent: its claims (sizes, dimensions, row numbers) are bounded before they are believed,
nothing it points to is fetched, and no formula is computed: the result it was saved with is read, or the cell named.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from clusterpolisee.evidence.importing.places import address
from clusterpolisee.evidence.importing.refusals import FileRefused
from clusterpolisee.evidence.importing.sheet_cells import MOST_COLUMNS, Fills, spoken
from regional_analytics.sources import DEFAULT, Limits

MOST_ROWS = 1_048_576
MOST_MEMBERS = 5_000
MOST_MERGED = 50_000
NAMED = 10  # cells a sentence names
_CHUNK = 1 << 18
_SAID_AFTER = 1 << 22  # bytes
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


def refuse_bomb(path: Path, limits: Limits = DEFAULT) -> None:
    """Refuse what would unpack to more than is read, before it is kept."""
    with _archive(path, limits):
        pass


def survey(
    path: Path, place: int, limits: Limits = DEFAULT, *, told: Callable[[int, int], None] | None = None
) -> Survey:
    """Go through one sheet once and note what is odd; refuses one that is empty or too large.

    told: hears how many bytes of how many are gone through.
    """
    with _opened(path) as book:
        member, name = book.worksheets[place]._worksheet_path, book.worksheets[place].title
    found = Survey()
    with _archive(path, limits) as archive, archive.open(member) as file:
        of = archive.getinfo(member).file_size
        _Surveyor(found, name).go_through(file, (lambda done: told(done, of)) if told else None)
    if not found.rows:
        raise FileRefused(_("The sheet “%(name)s” is empty. Choose another sheet.") % {"name": name})
    return found


def rows(path: Path, place: int, noticed: Survey) -> Iterator[Cells]:
    """The rows of one sheet from the first, as texts and numbers. noticed: what the survey of the sheet found."""
    fills = Fills(noticed.merged)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in noticed.without_result.items():
        by_row.setdefault(row, {})[column] = text
    with _opened(path) as book:
        sheet = book.worksheets[place]
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if line > noticed.rows:
                return
            said = [spoken(cell) for cell in cells]
            for column, text in by_row.get(line, {}).items():
                said += [("", None)] * (column - len(said))
                said[column - 1] = (text, None)
            if fills:
                said = fills.filled(line, said)
            yield line, [text for text, _number in said], [number for _text, number in said]


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
    # Costs a quarter of a second: only who reads a workbook pays it.
    from clusterpolisee.evidence.importing.unmeasured import load

    with path.open("rb") as file:  # by its path it would be judged by its name
        try:
            book = load(file)
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

    def go_through(self, file: IO[bytes], told: Callable[[int], None] | None = None) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.buffer_text = True
        done = 0
        if told:
            told(0)
        while block := file.read(_CHUNK):
            parser.Parse(block, False)
            done += len(block)
            if told and done % _SAID_AFTER < _CHUNK:
                told(done)
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
