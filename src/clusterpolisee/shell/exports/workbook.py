"""XLSX for people: one sheet with the figures, one that says where they come from. Never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from clusterpolisee.shell.exports.origins import facts, source_sentence
from clusterpolisee.shell.exports.tables import Column, ExportTable, known_number, one_line, plain_text
from clusterpolisee.shell.exports.words import ORIGIN_WORDS, flag_words, state_word

MOST_ROWS = 1_048_575  # of a worksheet, below its heading
WIDEST, NARROWEST = 48, 9  # characters
LONGEST_FOOTER = 250  # Excel refuses more than 255
UNKNOWN_FILL, HEADING_FILL, LINE = "#EEEEEA", "#F3F1EB", "#8A8778"


class TooManyRows(ValueError):
    """A worksheet cannot hold this table."""


def to_xlsx(table: ExportTable) -> bytes:
    """The same table gives the same bytes: the file is dated by its figures, not by the clock."""
    if len(table.rows) > MOST_ROWS:
        with translation.override(table.language):
            raise TooManyRows(gettext("This table is longer than a worksheet can be: take it as CSV."))
    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with translation.override(table.language), Workbook(file, options) as book:
        book.set_properties(
            {
                "title": one_line(table.title)[:250],
                "author": "ClusterPoliSEE",
                "comments": source_sentence(table.origins),
                "created": datetime.combine(table.retrieved_on, time(), UTC),
            }
        )
        _write_data(book, book.add_worksheet(gettext("Data")), table)
        _write_origin(book, book.add_worksheet(gettext("Origin")), table)
    return file.getvalue()


def _write_data(book: Workbook, sheet: Worksheet, table: ExportTable) -> None:
    heading = book.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "valign": "top",
            "bottom": 1,
            "bottom_color": LINE,
            "bg_color": HEADING_FILL,
        }
    )
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        sheet.set_column(index, index, _width(column, cells))
        sheet.write_string(0, index, column.heading, heading)
        if column.is_figure:
            states = [row[table.state_index(column)] for row in table.rows]
            _write_figures(book, sheet, index, column, cells, states)
        else:
            _write_texts(book, sheet, index, column, cells)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + _footer(source_sentence(table.origins)) + "&R&8&P/&N")


def _write_figures(
    book: Workbook,
    sheet: Worksheet,
    index: int,
    column: Column,
    cells: Sequence[object],
    states: Sequence[object],
) -> None:
    """Real numbers. An estimate stands in italics; an unknown figure is a shaded empty cell, never a 0."""
    numbers = [known_number(cell) for cell in cells]
    pattern = {"num_format": _number_format(column, numbers)}
    certain, estimate = book.add_format(pattern), book.add_format(pattern | {"italic": True})
    unknown = book.add_format({"bg_color": UNKNOWN_FILL})
    for row, (number, state) in enumerate(zip(numbers, states, strict=True), start=1):
        if number is None:
            sheet.write_blank(row, index, None, unknown)
        else:
            sheet.write_number(row, index, number, estimate if state == "estimated" else certain)


def _write_texts(
    book: Workbook, sheet: Worksheet, index: int, column: Column, cells: Sequence[object]
) -> None:
    style = book.add_format({"font_color": "#55534A"}) if column.kind in ("state", "flag") else None
    year = book.add_format({"num_format": "0"})
    for row, cell in enumerate(cells, start=1):
        if isinstance(cell, bool):
            sheet.write_boolean(row, index, cell)
        elif column.kind == "year" and isinstance(cell, int):
            sheet.write_number(row, index, cell, year)
        elif text := _shown(column, cell):
            sheet.write_string(row, index, text, style)


def _write_origin(book: Workbook, sheet: Worksheet, table: ExportTable) -> None:
    """What a reader of the file alone must know: what it is, what its columns mean, where each figure comes from."""
    strong = book.add_format({"bold": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (name, text) in enumerate(_origin_rows(table)):
        sheet.write_string(row, 0, name, strong)
        sheet.write_string(row, 1, text, plain)


def _origin_rows(table: ExportTable) -> list[tuple[str, str]]:
    rows = [(gettext("Title"), str(table.title))]
    if table.note:
        rows.append((gettext("Note"), str(table.note)))
    for origin in table.origins:
        rows.append(("", ""))
        rows.extend((str(ORIGIN_WORDS[key]), text) for key, text in facts(origin))
    rows += [("", ""), (gettext("Columns"), "")]
    rows.extend((column.heading, column.key) for column in table.columns)
    if letters := _letters(table):
        rows += [("", ""), (gettext("Flags"), "")]
        rows.extend((letter, flag_words(letter)) for letter in letters)
    return rows


def _letters(table: ExportTable) -> list[str]:
    columns = [index for index, column in enumerate(table.columns) if column.kind == "flag"]
    return sorted({letter for row in table.rows for index in columns for letter in plain_text(row[index])})


def _shown(column: Column, cell: object) -> str:
    return state_word(cell) if column.kind == "state" else plain_text(cell)


def _number_format(column: Column, numbers: Sequence[float | int | None]) -> str:
    decimals = column.decimals
    if decimals is None:
        whole = all(isinstance(number, int) for number in numbers if number is not None)
        decimals = 0 if whole else 1 if column.kind == "percent" else 2
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _width(column: Column, cells: Sequence[object]) -> int:
    """Wide enough for the longest text; a heading may break at its spaces."""
    longest = 12 if column.is_figure else max((len(_shown(column, cell)) for cell in set(cells)), default=0)
    word = max((len(word) for word in column.heading.split()), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, word + 3))


def _footer(sentence: str) -> str:
    escaped = sentence.replace("&", "&&")
    return (
        escaped if len(escaped) <= LONGEST_FOOTER - 12 else escaped[: LONGEST_FOOTER - 13].rstrip("&") + "…"
    )
