"""What left the house can come back: the library reads our own files and finds the same observations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterpolisee.shell.exports.json_stat import to_jsonstat
from clusterpolisee.shell.exports.tables import ExportTable
from clusterpolisee.shell.exports.tidy_csv import to_csv
from factories.export_tables import COLUMNS, ROWS, small_table
from regional_analytics.sources import read

KEPT = [0, 2, 3, 4, 6, 7]  # region, activity, year, value, state, flag


@pytest.fixture
def tidy_table() -> ExportTable:
    """The small table with one figure and no names: a row is an observation. Activities go by their Eurostat name."""
    columns = [replace(c, key="nace_r2") if c.role == "activity" else c for c in COLUMNS]
    return small_table(columns=[columns[i] for i in KEPT], rows=[tuple(row[i] for i in KEPT) for row in ROWS])


SAME = [
    ("BG31", "C10", 2015, 280400.0, "reported", ""),
    ("BG31", "C11", 2015, 0.0, "reported", ""),
    ("BG32", "C10", 2015, 12.5, "estimated", "be"),
    ("BG32", "C11", 2015, None, "confidential", "c"),
    ("BG33", "C10", 2015, None, "not_published", ""),
    ("BG33", "C11", 2015, None, "not_applicable", "z"),
]


@pytest.mark.parametrize("write", [to_csv, to_jsonstat])
def test_our_own_file_comes_back_as_the_same_observations(tidy_table, write):
    reading = read(write(tidy_table))
    assert reading.problems == ()
    found = reading.observations.sort("region", "activity")
    assert found.select("region", "activity", "year", "value", "state", "flag").rows() == SAME


def test_our_own_csv_comes_back_with_its_table_and_title(tidy_table):
    reading = read(to_csv(tidy_table))
    assert (reading.dataset_code, reading.title) == ("sbs_r_nuts06_r2", "Jobs by activity")
    assert "retrieved: 2026-02-08" in reading.comments
