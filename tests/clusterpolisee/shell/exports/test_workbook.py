"""XLSX: real numbers, unknowns that look unknown, the origin on its own sheet, never a formula."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext

from clusterpolisee.shell.exports import workbook
from clusterpolisee.shell.exports.tables import Column
from clusterpolisee.shell.exports.workbook import TooManyRows, to_xlsx
from factories.export_tables import ORIGIN, small_table, table_of_names


def opened(table):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(table)))


def told(table) -> dict[str, str]:
    return {name: text for name, text in opened(table)["Origin"].iter_rows(values_only=True) if name}


def test_figures_are_numbers_and_empty_is_not_zero():
    sheet = opened(small_table())["Data"]
    assert [cell.value for cell in sheet["E"]] == ["Jobs (persons)", 280400, 0, 12.5, None, None, None]
    assert [cell.value for cell in sheet["G"]][1:] == [
        "reported",
        "reported",
        "estimated",
        "confidential",
        "not published",
        "not applicable",
    ]


def test_each_kind_of_figure_has_its_format():
    sheet = opened(small_table())["Data"]
    assert (sheet["D2"].number_format, sheet["E2"].number_format, sheet["F2"].number_format) == (
        "0",
        "#,##0",
        "#,##0.0",
    )


def test_without_decimals_whole_figures_stay_whole():
    columns = [
        Column("whole", "Whole", "number"),
        Column("broken", "Broken", "number"),
        Column("state", "State", "state"),
    ]
    sheet = opened(small_table(columns=columns, rows=[(5.0, 1.25, "reported")]))["Data"]
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("#,##0", "#,##0.00")


def test_an_estimate_leans_and_an_unknown_figure_is_shaded():
    sheet = opened(small_table())["Data"]
    assert [sheet[f"E{row}"].font.italic for row in (2, 4)] == [False, True]
    assert [sheet[f"E{row}"].fill.fgColor.rgb for row in (2, 5)] == ["00000000", "FFEEEEEA"]


def test_the_heading_stays_in_sight_and_filters():
    sheet = opened(small_table())["Data"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:H7", "$1:$1")
    assert "sbs_r_nuts06_r2" in sheet.oddFooter.left.text


def test_the_origin_sheet_tells_what_the_file_alone_must_say():
    facts = told(small_table())
    assert facts["Title"] == "Jobs by activity"
    assert facts["Note"] == "Approximation on NACE divisions"
    assert (facts["Table"], facts["Version"], facts["NUTS version"]) == ("sbs_r_nuts06_r2", "3", "2013")
    assert (facts["Retrieved on"], facts["Licence"]) == ("2026-02-08", "CC BY 4.0")
    assert facts["Permanent address"] == "https://clusterpolisee.example/regions/BG31/?nuts=2013"
    assert facts["Jobs (persons)"] == "value"
    assert (facts["b"], facts["c"], facts["e"]) == ("break in series", "confidential", "estimated")


def test_the_words_follow_the_language_of_the_table_not_of_the_server():
    with translation.override("bg"):
        expected = [gettext("Data"), gettext("Origin")]
    with translation.override("en"):
        assert opened(small_table(language="bg")).sheetnames == expected


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1", "http://evil.example/", "{=1}", "007"]
)
def test_a_hostile_region_name_stays_a_name(name):
    cell = opened(table_of_names(name))["Data"]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_no_sheet_holds_a_formula_or_a_link():
    table = small_table(title="=1+1", note="http://evil.example", origins=[replace(ORIGIN, formula="=A1/B1")])
    parts = zipfile.ZipFile(io.BytesIO(to_xlsx(table)))
    for name in parts.namelist():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in parts.read(name)
            assert b"<hyperlink" not in parts.read(name)


def test_truth_values_are_truth_values():
    sheet = opened(table_of_names(True, False, None))["Data"]
    assert [sheet[f"A{row}"].value for row in (2, 3, 4)] == [True, False, None]


def test_same_table_same_bytes_dated_by_its_figures():
    assert to_xlsx(small_table()) == to_xlsx(small_table())
    assert opened(small_table()).properties.created == datetime(2026, 2, 8)


def test_a_table_without_rows_still_opens():
    assert opened(small_table(rows=[]))["Data"]["A1"].value == "Region"


def test_a_long_source_never_breaks_the_footer():
    table = small_table(origins=[replace(ORIGIN, source="Statistics & Co " * 30)])
    assert opened(table)["Data"].oddFooter.left.text.endswith("…")


def test_a_table_longer_than_a_worksheet_says_what_to_take_instead(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(TooManyRows, match="take it as CSV"):
        to_xlsx(small_table())
