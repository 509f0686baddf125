"""CSV: programs read it back, people's spreadsheets cannot be tricked by it."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from clusterpolisee.shell.exports.tidy_csv import to_csv
from factories.export_tables import ORIGIN, ROWS, small_table, table_of_names

GOLDEN = Path(__file__).parents[3] / "golden" / "exports" / "bg31-activities.csv"


def remarks(content: bytes) -> list[str]:
    return [line for line in content.decode().split("\r\n") if line.startswith("#")]


def records(content: bytes) -> list[list[str]]:
    lines = [line for line in content.decode().split("\r\n") if not line.startswith("#")]
    return list(csv.reader(io.StringIO("\r\n".join(lines), newline="")))


def test_table_leaves_as_the_golden_file_says():
    assert to_csv(small_table()).decode().splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_lines_end_as_rfc_4180_says_and_no_byte_order_mark_stands_in_front():
    content = to_csv(small_table())
    assert content.startswith(b"# title: ")
    assert content.count(b"\n") == content.count(b"\r\n") == 22 + 1 + len(ROWS)


def test_polars_reads_it_without_being_told_more_than_the_remark_sign():
    frame = pl.read_csv(to_csv(small_table()), comment_prefix="#")
    assert frame["value"].to_list() == [280400, 0, 12.5, None, None, None]
    assert frame["region_name"][0] == "Северозападен"


def test_empty_is_not_zero_and_the_state_says_which():
    figures = [(row[4], row[6]) for row in records(to_csv(small_table()))[1:]]
    assert figures == [
        ("280400", "reported"),
        ("0", "reported"),
        ("12.5", "estimated"),
        ("", "confidential"),
        ("", "not_published"),
        ("", "not_applicable"),
    ]


def test_every_origin_is_told_on_top():
    second = replace(ORIGIN, table="lfst_r_lfe2en2", dataset_version=1)
    told = remarks(to_csv(small_table(origins=[ORIGIN, second])))
    assert [line for line in told if line.startswith(("# source", "# table:", "# version"))] == [
        "# source: Eurostat",
        "# table: sbs_r_nuts06_r2",
        "# version: 3",
        "# source: Eurostat",
        "# table: lfst_r_lfe2en2",
        "# version: 1",
    ]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", '"=', "\t", "\r", "\n", "\t="]
)
def test_a_hostile_region_name_stays_a_name(sign):
    name = f"{sign}HYPERLINK(A1)"
    cell = records(to_csv(table_of_names("Vidin", name)))[2][0]
    assert cell.lstrip(' "').startswith("'")
    assert cell.replace("'", "") == name


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "\n"])
def test_a_formula_cannot_hide_behind_another_separator(separator):
    """Where the list separator is “;”, a spreadsheet cuts cells this file never cut."""
    cell = records(to_csv(table_of_names(f"Vidin{separator} =1+1")))[1][0]
    assert cell == f"Vidin{separator} '=1+1"


def test_a_formula_cannot_hide_in_the_title():
    assert remarks(to_csv(small_table(title="Jobs,=1+1;@x")))[0] == "# title: Jobs,'=1+1;'@x"


def test_ordinary_names_are_left_alone():
    names = [
        "Južna Srbija",
        "Praha-Západ",
        "Île-de-France",
        "Emilia–Romagna",
        "A + B",
        "Ανατολική Μακεδονία, Θράκη",
    ]
    assert [row[0] for row in records(to_csv(table_of_names(*names)))[1:]] == names


def test_a_negative_number_is_a_number_not_a_formula():
    table = small_table(rows=[("BG31", "x", "C10", 2015, -12.0, -0.5, "reported", "")])
    assert records(to_csv(table))[1][4:6] == ["-12", "-0.5"]


def test_a_name_that_looks_like_a_remark_stays_a_row():
    assert records(to_csv(table_of_names("#1 region")))[1][0] == "#1 region"


def test_quotes_commas_and_line_breaks_come_back_as_they_went():
    content = to_csv(table_of_names('the "old" town', "a,b", "first\nsecond"))
    lines = content.decode().split("state\r\n")[1]
    assert [row[0] for row in csv.reader(io.StringIO(lines, newline=""))] == [
        'the "old" town',
        "a,b",
        "first\nsecond",
    ]


def test_other_kinds_of_cells_are_written_for_machines():
    assert [row[0] for row in records(to_csv(table_of_names(True, False, None, date(2025, 5, 3))))[1:]] == [
        "true",
        "false",
        "",
        "2025-05-03",
    ]


def test_same_table_same_bytes():
    assert to_csv(small_table()) == to_csv(small_table())


def test_a_hundred_thousand_rows_take_less_than_a_second():
    rows = [
        (f"R{i % 500}", f"Region, {i % 500}", f"C{i % 90}", 2000 + i % 20, i / 7, i / 9, "reported", "")
        for i in range(100_000)
    ]
    table = small_table(rows=rows)
    before = time.process_time()
    content = to_csv(table)
    assert time.process_time() - before < 1
    assert content.count(b"\r\n") == 22 + 1 + 100_000
