"""What may leave the house at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clusterpolisee.shell.exports.origins import source_sentence
from clusterpolisee.shell.exports.tables import Column, known_number
from factories.export_tables import COLUMNS, ORIGIN, ROWS, small_table


def test_no_table_leaves_without_an_origin():
    with pytest.raises(ValueError, match="has no origin"):
        small_table(origins=[])


def test_no_figure_leaves_without_a_state_that_can_explain_an_empty_cell():
    columns = [column for column in COLUMNS if column.kind != "state"]
    with pytest.raises(ValueError, match=r"Figure “value” .* has no state"):
        small_table(columns=columns, rows=[row[:6] + row[7:] for row in ROWS])


def test_a_state_of_one_figure_does_not_excuse_another():
    columns = [replace(c, of="value") if c.kind == "state" else c for c in COLUMNS]
    with pytest.raises(ValueError, match="Figure “share”"):
        small_table(columns=columns)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"columns": [*COLUMNS[:-1], COLUMNS[0]]}, "share a key"),
        ({"columns": [*COLUMNS[:-1], Column("flag", "Flags", "flag", of="nothing")]}, "no such column"),
        ({"rows": [*ROWS, ("BG34",)]}, "Row 7 .* has 1 cells for 8 columns"),
    ],
)
def test_a_crooked_table_is_refused_where_it_is_made(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        small_table(**changes)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (0.0, 0),
        (-0.0, 0),
        (280400.0, 280400),
        (4.125, 4.125),
        (-12, -12),
        (1e300, 1e300),
        (True, 1),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
    ],
)
def test_a_number_is_known_or_it_is_none(cell, number):
    known = known_number(cell)
    assert (known, type(known)) == (number, type(number))


def test_a_heading_carries_its_unit():
    assert [column.heading for column in COLUMNS[3:6]] == ["Year", "Jobs (persons)", "Share (%)"]


def test_the_source_sentence_tells_each_origin_in_turn():
    second = replace(
        ORIGIN, table="", dataset_version="", nuts_vintage=None, licence="", retrieved_on=date(2026, 3, 1)
    )
    assert source_sentence([ORIGIN, second]) == (
        "Source: Eurostat, table sbs_r_nuts06_r2, version 3, NUTS 2013, retrieved on 8 February 2026, CC BY 4.0. "
        "Source: Eurostat, retrieved on 1 March 2026."
    )
