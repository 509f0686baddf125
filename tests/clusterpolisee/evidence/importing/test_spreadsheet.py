"""Workbooks: what people do in them is read as it is meant, or named with its cell; what would harm is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from clusterpolisee.evidence.importing import spreadsheet
from clusterpolisee.evidence.importing.recognising import WORKBOOK, format_of
from clusterpolisee.evidence.importing.refusals import FileRefused
from factories.workbooks import JOBS_ROWS, kept, rewritten, with_part, with_result, workbook
from regional_analytics.sources import Limits

SHEET = "xl/worksheets/sheet1.xml"


def texts(path: Path, place: int = 0) -> list[list[str]]:
    noticed = spreadsheet.survey(path, place)
    found = [cells for _line, cells, _numbers in spreadsheet.rows(path, place, noticed)]
    width = max(map(len, found))
    return [cells + [""] * (width - len(cells)) for cells in found]


def test_a_plain_sheet_gives_its_cells_as_text_and_its_numbers_as_numbers(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook({"Data": JOBS_ROWS}))
    found = list(spreadsheet.rows(path, 0, spreadsheet.survey(path, 0)))
    assert found[0] == (1, ["region", "activity", "year", "value", "flag"], [None] * 5)
    assert found[2][1] == ["BG31", "C10", "2015", "110.5"]
    assert found[2][2][3] == 110.5
    assert found[3][1][3] == "0" and found[4][1][3] == ""  # zero is not empty


def test_hidden_sheets_are_named_and_told_apart(tmp_path: Path) -> None:
    def hide(book) -> None:
        book["Old"].sheet_state = "hidden"
        book["Older"].sheet_state = "veryHidden"

    path = kept(tmp_path, workbook({"Data": JOBS_ROWS, "Old": JOBS_ROWS, "Older": JOBS_ROWS}, after=hide))
    book = spreadsheet.open_book(path)
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [
        ("Data", False), ("Old", True), ("Older", True),
    ]  # fmt: skip


def test_merged_text_fills_its_cells_and_a_merged_figure_counts_once(tmp_path: Path) -> None:
    rows = [["region", "year", "value"], ["BG31", 2014, 5], [None, 2015, None], ["BG32", 2014, 7]]

    def merge(book) -> None:
        book["Data"].merge_cells("A2:A3")
        book["Data"].merge_cells("C2:C3")

    path = kept(tmp_path, workbook({"Data": rows}, after=merge))
    assert texts(path)[1:3] == [["BG31", "2014", "5"], ["BG31", "2015", ""]]
    assert "A2:A3" in spreadsheet.survey(path, 0).sentences[0]


def test_a_merged_year_above_two_columns_is_the_heading_of_both(tmp_path: Path) -> None:
    rows = [["region", 2015, None], [None, "men", "women"], ["BG31", 1, 2]]
    path = kept(tmp_path, workbook({"Data": rows}, after=lambda book: book["Data"].merge_cells("B1:C1")))
    assert texts(path)[0] == ["region", "2015", "2015"]


def test_formulas_give_the_result_they_were_saved_with(tmp_path: Path) -> None:
    content = workbook({"Data": [["region", "year", "value"], ["BG31", 2014, "=SUM(40,2)"]]})
    path = kept(tmp_path, with_result(content, "C2", "SUM(40,2)", "42"))
    noticed = spreadsheet.survey(path, 0)
    assert texts(path)[1] == ["BG31", "2014", "42"]
    assert noticed.formulas == 1 and not noticed.without_result


def test_a_formula_without_a_result_is_named_with_its_cell_and_is_never_zero(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook({"Data": [["region", "year", "value"], ["BG31", 2014, "=SUM(40,2)"]]}))
    assert texts(path)[1] == ["BG31", "2014", "=SUM(40,2)"]
    sentence = " ".join(spreadsheet.survey(path, 0).sentences)
    assert "C2 (=SUM(40,2))" in sentence and "save it, and bring it again" in sentence


def test_error_cells_are_named_with_their_cell(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook({"Data": [["region", "year", "value"], ["BG31", 2014, "#N/A"]]}))
    assert texts(path)[1][2] == "#N/A"
    assert "C2 (#N/A)" in " ".join(spreadsheet.survey(path, 0).sentences)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2015, 1, 1), "2015-01-01"),
        (datetime(2015, 12, 31, 0, 0), "2015-12-31"),
        (datetime(1905, 7, 7), "2015"),  # 2015 typed into a cell that shows dates
        ("31.12.2015", "31.12.2015"),
        (True, "TRUE"),
        (1234567.0, "1234567"),
    ],
)
def test_dates_are_written_as_dates_and_a_year_typed_into_a_date_is_that_year(
    tmp_path: Path, cell, text
) -> None:
    assert texts(kept(tmp_path, workbook({"Data": [["x"], [cell]]})))[1] == [text]


def test_an_empty_sheet_says_so(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook({"Data": JOBS_ROWS, "Empty": []}))
    with pytest.raises(FileRefused, match="“Empty” is empty"):
        spreadsheet.survey(path, 1)


def test_an_old_workbook_says_what_to_save_it_as(tmp_path: Path) -> None:
    path = kept(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "old.xls")
    with pytest.raises(FileRefused, match="old Excel file"):
        format_of(path, "old.xls")


def test_an_encrypted_workbook_asks_for_one_without_password(tmp_path: Path) -> None:
    inside = "EncryptedPackage".encode("utf-16-le")
    path = kept(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000 + inside)
    with pytest.raises(FileRefused, match="password"):
        format_of(path, "book.xlsx")


def test_a_workbook_is_told_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    assert format_of(kept(tmp_path, workbook({"Data": JOBS_ROWS}), "data.csv"), "data.csv") == WORKBOOK


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    content = with_part(workbook({"Data": JOBS_ROWS}), "xl/media/big.bin", b"\0" * (20 << 20))
    path = kept(tmp_path, content)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(FileRefused, match="unpacks to 20 MB"):
        spreadsheet.open_book(path, Limits(free_bytes=4 << 20, max_ratio=10))


def test_a_workbook_that_defines_entities_is_not_read(tmp_path: Path) -> None:
    def plant(said: bytes) -> bytes:
        return said.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet', 1)

    with pytest.raises(FileRefused, match="definitions no spreadsheet program writes"):
        spreadsheet.open_book(kept(tmp_path, rewritten(workbook({"Data": JOBS_ROWS}), SHEET, plant)))


def test_links_to_other_files_are_counted_and_never_followed(tmp_path: Path) -> None:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    path = kept(
        tmp_path, with_part(workbook({"Data": JOBS_ROWS}), "xl/externalLinks/externalLink1.xml", link)
    )
    assert spreadsheet.open_book(path).external_links == 1
    assert texts(path)[1][0] == "BG31"


def test_a_sheet_that_claims_a_billionth_row_is_refused(tmp_path: Path) -> None:
    content = rewritten(
        workbook({"Data": JOBS_ROWS}), SHEET, lambda said: said.replace(b'<row r="2"', b'<row r="999999999"')
    )
    with pytest.raises(FileRefused, match="claims to have a row 999999999"):
        spreadsheet.survey(kept(tmp_path, content), 0)


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path: Path) -> None:
    content = rewritten(
        workbook({"Data": JOBS_ROWS}),
        SHEET,
        lambda said: said.replace(b'ref="A1:E5"', b'ref="A1:XFD1048576"'),
    )
    assert [len(row) for row in texts(kept(tmp_path, content))] == [5, 5, 5, 5, 5]


@pytest.mark.parametrize("cut", [100, 3000])
def test_a_workbook_that_is_cut_off_is_refused_with_a_sentence(tmp_path: Path, cut: int) -> None:
    path = kept(tmp_path, workbook({"Data": JOBS_ROWS})[:cut])
    with pytest.raises(FileRefused, match="damaged or cut off"):
        format_of(path, "book.xlsx")
        spreadsheet.open_book(path)


def test_a_workbook_with_a_broken_sheet_is_refused_with_a_sentence(tmp_path: Path) -> None:
    content = rewritten(workbook({"Data": JOBS_ROWS}), SHEET, lambda said: said[: len(said) // 2])
    with pytest.raises(FileRefused, match="damaged"):
        spreadsheet.survey(kept(tmp_path, content), 0)


@pytest.mark.slow
def test_a_million_rows_are_read_without_holding_them_all(tmp_path: Path) -> None:
    """In a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("million_rows.py"), tmp_path],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"] == 1_000_001 and told["sum"] == 1_000_000 * 1_000_001 / 2
    assert told["peak_mb"] < 700


def test_the_sheets_are_listed_without_reading_them(tmp_path: Path) -> None:
    """openpyxl reads a whole sheet that does not say how large it is; one that cannot be read tells whether it was."""
    broken = rewritten(
        workbook({"Data": JOBS_ROWS}), "xl/worksheets/sheet1.xml", lambda _said: b"<worksheet><sheetData><row"
    )
    assert [sheet.name for sheet in spreadsheet.open_book(kept(tmp_path, broken)).sheets] == ["Data"]


def test_a_bomb_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    bomb = with_part(workbook({"Data": JOBS_ROWS}), "xl/worksheets/sheet9.xml", b" " * (70 << 20))
    with pytest.raises(FileRefused, match="unpacks to 70 MB"):
        format_of(kept(tmp_path, bomb), "book.xlsx")
