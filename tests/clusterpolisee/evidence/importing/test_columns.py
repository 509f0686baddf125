"""Columns: guessed with a reason, refused with a sentence, remembered by the look of the table; read as they are mapped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clusterpolisee.evidence.importing import guessing, tidying, working
from clusterpolisee.evidence.importing.mapping import ACROSS, Mapping, check, headings, signature
from clusterpolisee.evidence.importing.refusals import FileRefused, MappingRefused
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.obstacles import FileUnreadable
from factories.workbooks import kept, workbook

JOBS = Dataset(code="jobs", activity_scheme="nace_r2", nuts_vintage=2013, kind="stock")
RATES = Dataset(code="rates", nuts_vintage=2013, kind="rate", dimensions=[{"code": "sex"}])
PLAIN = Dataset(code="plain", nuts_vintage=2013, kind="stock")


def csv_table(folder: Path, text: str) -> working.WorkingTable:
    path = kept(folder, text.encode(), "t.csv")
    return working.of_text(path, str(abs(hash(text))))


def xlsx_table(folder: Path, rows: list, **options) -> working.WorkingTable:
    path = kept(folder, workbook({"Data": rows}, **options))
    return working.of_workbook(path, str(abs(hash(path))), 0)


def guessed(table: working.WorkingTable, dataset: Dataset) -> guessing.Guess:
    return guessing.guess(table.first(60), table.width, dataset)


def read(table: working.WorkingTable, mapping: Mapping) -> tidying.Tidied:
    named = headings(table.first(60), mapping.header_first, mapping.header_last, table.width)
    return tidying.observations(table, mapping, named)


def cells(tidied: tidying.Tidied) -> list[tuple]:
    return tidied.reading.observations.select("region", "year", "value", "line").rows()


# Guessing ------------------------------------------------------------------------------------------------


def test_our_own_layout_is_guessed_whole(tmp_path: Path) -> None:
    found = guessed(csv_table(tmp_path, "region,activity,year,value,flag\nBG31,C10,2014,100,\n"), JOBS)
    assert found.mapping.roles == ("region", "activity", "year", "value", "flag")
    assert found.mapping.header_first == found.mapping.header_last == 1
    assert all(found.reasons)


def test_columns_without_telling_headings_are_known_by_their_cells(tmp_path: Path) -> None:
    text = "a;b;c;d\n" + "".join(f"BG3{n};C10;{year};{n * 7}\n" for n in (1, 2, 3) for year in (2014, 2015))
    found = guessed(csv_table(tmp_path, text), JOBS)
    assert found.mapping.roles == ("region", "activity", "year", "value")
    assert "NUTS" in found.reasons[0] and "years" in found.reasons[2]


def test_bulgarian_headings_and_a_title_above_the_table_are_understood(tmp_path: Path) -> None:
    text = "Заети лица по области\n\nОбласт;Година;Брой\nВидин;2014;1 200\nМонтана;2014;2 300\n"
    found = guessed(csv_table(tmp_path, text), PLAIN)
    assert (found.mapping.header_first, found.mapping.header_last) == (3, 3)
    assert found.mapping.roles == ("region", "year", "value")


def test_years_across_are_recognised(tmp_path: Path) -> None:
    found = guessed(csv_table(tmp_path, "nuts,name,2014,2015 г.\nBG31,Severozapaden,1,2\n"), PLAIN)
    assert found.mapping.roles == ("region", "", ACROSS, ACROSS)


def test_three_header_rows_are_joined_into_one_heading(tmp_path: Path) -> None:
    rows = [
        ["Employment by region"],
        ["Region", "Persons", None, None],
        [None, "employed", "employed", "employed"],
        [None, 2013, 2014, 2015],
        ["BG31", 10.5, 11.5, 12.5],
    ]
    table = xlsx_table(tmp_path, rows, after=lambda book: book["Data"].merge_cells("B2:D2"))
    found = guessed(table, PLAIN)
    assert (found.mapping.header_first, found.mapping.header_last) == (2, 4)
    assert headings(table.first(9), 2, 4, 4)[1:3] == [
        "Persons / employed / 2013",
        "Persons / employed / 2014",
    ]
    assert found.mapping.roles == ("region", ACROSS, ACROSS, ACROSS)
    assert [row[1:3] for row in cells(read(table, found.mapping))] == [
        (2013, 10.5),
        (2014, 11.5),
        (2015, 12.5),
    ]


def test_a_table_that_grew_by_a_year_looks_the_same(tmp_path: Path) -> None:
    assert signature(["Region", "2013", "2014"]) == signature(["region", "2013", "2014", "2015"])
    assert signature(["Region", "men 2014"]) != signature(["Region", "women 2014"])


# Refusing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "constants", "dataset", "sentence"),
    [
        (("region", "region", "year", "value"), {}, PLAIN, "A “a”, B “b” are both said to hold the region"),
        (("", "", "year", "value"), {}, PLAIN, "No column holds the regions"),
        (("region", "", "year", ""), {}, PLAIN, "No column holds the figures"),
        (("region", "", "", "value"), {}, PLAIN, "No column holds the years"),
        (("region", "", "", "value"), {"year": "15"}, PLAIN, "“15” cannot be the year"),
        (("region", "", "year", "value"), {"year": "2015"}, PLAIN, "cannot be the year of all rows"),
        (("region", "", "year", "value"), {}, JOBS, "broken down by activity"),
        (("region", "", "year", "value"), {}, RATES, "needs “sex”"),
        (("region", ACROSS, "year", "value"), {}, PLAIN, "read in one of the two ways"),
        (("region", ACROSS, "", ""), {}, PLAIN, "does not name one year"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused_with_a_sentence(
    roles, constants, dataset, sentence
) -> None:
    with pytest.raises(MappingRefused, match=sentence.replace("(", r"\(")):
        check(Mapping(1, 1, roles, constants), ["a", "b", "c", "d"], dataset)


def test_two_columns_of_one_year_are_refused() -> None:
    with pytest.raises(
        MappingRefused, match="B “2015 men”, C “2015 women” are all said to hold the figures of 2015"
    ):
        check(Mapping(1, 1, ("region", ACROSS, ACROSS)), ["r", "2015 men", "2015 women"], PLAIN)


# Reading -------------------------------------------------------------------------------------------------


def test_rows_keep_the_lines_they_have_in_the_file(tmp_path: Path) -> None:
    text = "Title\n\nregion;year;value\n\nBG31;2014;1,5\nBG32;2014;x\nSource: office;;\n"
    tidied = read(csv_table(tmp_path, text), Mapping(3, 3, ("region", "year", "value")))
    assert cells(tidied) == [("BG31", 2014, 1.5, 5)]
    assert [(one.kind, one.line, one.value) for one in tidied.reading.problems] == [("not-a-number", 6, "x")]
    assert tidied.silent_rows == 1


def test_years_across_become_a_row_each_with_the_line_of_theirs(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "nuts,2014,2015\nBG31,1,2\nBG32,:,0\n")
    tidied = read(table, Mapping(1, 1, ("region", ACROSS, ACROSS)))
    assert cells(tidied) == [
        ("BG31", 2014, 1, 2),
        ("BG31", 2015, 2, 2),
        ("BG32", 2014, None, 3),
        ("BG32", 2015, 0, 3),
    ]


def test_numbers_as_text_with_spaces_and_commas_stand_beside_real_numbers(tmp_path: Path) -> None:
    rows = [
        ["region", "year", "value"],
        ["BG31", 2014, "1 234,5"],
        ["BG32", 2014, 1234.5],
        ["BG33", 2014, "1\u00a0000"],
    ]
    tidied = read(xlsx_table(tmp_path, rows), Mapping(1, 1, ("region", "year", "value")))
    assert [row[2] for row in cells(tidied)] == [1234.5, 1234.5, 1000]


def test_a_text_that_can_be_read_in_two_ways_is_asked_about_with_its_own_line(tmp_path: Path) -> None:
    rows = [["region", "year", "value"], ["BG31", 2014, 7], ["BG32", 2014, "1.234"]]
    table, mapping = xlsx_table(tmp_path, rows), Mapping(1, 1, ("region", "year", "value"))
    with pytest.raises(FileUnreadable, match="in line 3 can be read in two ways") as refused:
        read(table, mapping)
    assert "--decimal" not in str(refused.value)
    assert [row[2] for row in cells(read(table, replace(mapping, decimal=",")))] == [7, 1234]
    assert [row[2] for row in cells(read(table, replace(mapping, decimal=".")))] == [7, 1.234]


@pytest.mark.parametrize("said", ["2015", "2015 г.", "2015.0", "31.12.2015", "2015-12-31", "2015 година"])
def test_a_year_is_understood_however_it_is_written(tmp_path: Path, said: str) -> None:
    table = csv_table(tmp_path, f"region;year;value\nBG31;{said};5\n")
    assert cells(read(table, Mapping(1, 1, ("region", "year", "value")))) == [("BG31", 2015, 5, 2)]


def test_a_quarter_is_no_year_and_is_set_aside_with_its_line(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "region;year;value\nBG31;2015;5\nBG31;2015-Q1;5\n")
    (problem,) = read(table, Mapping(1, 1, ("region", "year", "value"))).reading.problems
    assert (problem.kind, problem.line) == ("bad-year", 3)


@pytest.mark.parametrize(("dash", "value"), [("missing", None), ("zero", 0.0)])
def test_a_lone_dash_means_what_a_person_says(tmp_path: Path, dash: str, value) -> None:
    table = csv_table(tmp_path, "region;year;value\nBG31;2015;–\nBG32;2015;5\n")
    mapping = Mapping(1, 1, ("region", "year", "value"), dash=dash)
    assert [row[2] for row in cells(read(table, mapping))] == [value, 5]


def test_what_all_rows_have_in_common_is_said_once(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "region;value\nBG31;5\n")
    mapping = Mapping(1, 1, ("region", "value"), {"year": "2015", "dim:sex": "F", "activity": "C10"})
    found = read(table, mapping).reading
    assert found.observations.select("region", "activity", "series", "year").rows() == [
        ("BG31", "C10", "F", 2015)
    ]
    assert found.dimensions == ("sex",)


def test_a_header_said_to_be_below_all_rows_is_answered_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="there is no row with a year or a figure"):
        read(
            csv_table(tmp_path, "region;year;value\nBG31;2015;5\n"),
            Mapping(2, 2, ("region", "year", "value")),
        )


def test_a_quotation_mark_without_its_partner_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="begins in line 2 does not end"):
        csv_table(tmp_path, 'region,year,value\n"BG31,2015,5\n' + "BG32,2015,5\n" * 20_000)


def test_a_table_of_too_many_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="has 900 columns"):
        csv_table(tmp_path, ",".join(f"a{n}" for n in range(900)) + "\n")


def test_the_only_column_left_is_taken_for_the_figures(tmp_path: Path) -> None:
    """Formulas without a result are no numbers, and “Nights” is no known heading: yet nothing else can hold the figures."""
    rows = [["Region", "Year", "Nights"], ["BG31", 2014, "=1+1"], ["BG32", 2014, "=C2"], ["BG33", 2014, 5]]
    found = guessed(xlsx_table(tmp_path, rows), Dataset(code="rates"))
    assert found.mapping.roles == ("region", "year", "value")
