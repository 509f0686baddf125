"""JSON-stat 2.0: other programs read the same cube."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyjstat import pyjstat

from clusterpolisee.shell.exports.json_stat import NoCube, to_jsonstat
from clusterpolisee.shell.exports.tables import Column
from factories.export_tables import COLUMNS, ROWS, small_table, table_of_names

GOLDEN = Path(__file__).parents[3] / "golden" / "exports" / "bg31-activities.json"


def cube(table):
    return json.loads(to_jsonstat(table))


def test_table_leaves_as_the_golden_file_says():
    assert cube(small_table()) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_pyjstat_reads_the_same_figures_back():
    frame = pyjstat.Dataset.read(to_jsonstat(small_table()).decode()).write("dataframe", naming="id")
    jobs = frame[frame["figure"] == "value"]
    assert list(jobs["region"]) == ["BG31", "BG31", "BG32", "BG32", "BG33", "BG33"]
    assert [None if value != value else value for value in jobs["value"]] == [
        280400,
        0,
        12.5,
        None,
        None,
        None,
    ]


def test_pyjstat_reads_the_names_beside_the_codes():
    frame = pyjstat.Dataset.read(to_jsonstat(small_table()).decode()).write("dataframe")
    assert list(frame["Region"].unique()) == ["Северозападен", "Северен централен", "Североизточен"]


def test_years_run_forward_while_a_ranking_keeps_its_order():
    rows = [
        ("BG33", "x", "C10", 2016, 2.0, 1.0, "reported", ""),
        ("BG31", "y", "C10", 2015, 1.0, 1.0, "reported", ""),
    ]
    told = cube(small_table(rows=rows))
    assert told["dimension"]["region"]["category"]["index"] == ["BG33", "BG31"]
    assert told["dimension"]["year"]["category"]["index"] == ["2015", "2016"]
    # BG33: 2015 no row, 2016 (2, 1); BG31: 2015 (1, 1), 2016 no row
    assert told["value"] == [None, None, 2, 1, 1, 1, None, None]


def test_a_combination_without_a_row_has_neither_value_nor_status():
    told = cube(small_table(rows=ROWS[:3]))
    assert told["value"][6:] == [None, None]
    assert told["status"] == {"4": "be", "5": "be"}


def test_each_figure_may_have_a_state_of_its_own():
    columns = [
        *COLUMNS[:6],
        replace(COLUMNS[6], of="value"),
        Column("share_state", "State of share", "state", of="share"),
    ]
    rows = [("BG31", "x", "C10", 2015, 5.0, None, "reported", "confidential")]
    assert cube(small_table(columns=columns, rows=rows))["status"] == {"1": "c"}


def test_a_state_of_the_row_never_calls_a_known_figure_secret():
    rows = [
        ("BG31", "x", "C10", 2015, 5.0, None, "confidential", ""),
        ("BG32", "y", "C10", 2015, None, 5.0, "estimated", ""),
    ]
    assert cube(small_table(rows=rows))["status"] == {"1": "c", "3": "e"}


def test_two_rows_in_one_cell_are_refused():
    with pytest.raises(ValueError, match=r"same cell of the cube \(region, activity, year\)"):
        to_jsonstat(small_table(rows=[ROWS[0], ROWS[0]]))


def test_a_table_without_figures_is_no_cube():
    with pytest.raises(NoCube, match="holds no figures"):
        to_jsonstat(small_table(columns=COLUMNS[:1], rows=[("BG31",)]))


def test_a_cube_of_almost_nothing_but_holes_is_refused():
    rows = [(f"R{i}", f"Region {i}", f"A{i}", 2015, 1.0, 1.0, "reported", "") for i in range(400)]
    with pytest.raises(NoCube, match="too many empty cells"):
        to_jsonstat(small_table(rows=rows))


def test_hostile_names_are_only_text():
    name = '</script><script>alert("x")</script>'
    assert cube(table_of_names(name))["dimension"]["name"]["category"]["index"] == [name]


def test_a_table_without_rows_is_an_empty_cube():
    told = cube(small_table(rows=[]))
    assert (told["size"], told["value"], told["status"]) == ([0, 0, 0, 2], [], {})


def test_same_table_same_bytes():
    assert to_jsonstat(small_table()) == to_jsonstat(small_table())
