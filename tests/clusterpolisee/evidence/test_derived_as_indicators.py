"""Derived indicators as readers meet them on the page of an indicator; numbers that can be checked by hand."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from clusterpolisee.evidence.models import DerivedVersion
from factories.derived import TENS, TWO_YEARS, derive, page_of, read, row_of, small
from factories.reading import reader_with

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def test_the_page_ranks_answers_and_says_how_it_is_made(client: Client, output_each: DerivedVersion) -> None:
    page = page_of("output_each")
    assert [(row.region.code, row.cell.value, row.rank) for row in page.known_rows] == [
        ("BG32", 30.0, 1),
        ("BG31", 12.0, 2),
        ("BG33", 5.0, 3),
    ]
    assert row_of(page, "BG31").change == pytest.approx(20.0) and row_of(
        page, "BG33"
    ).change == pytest.approx(-37.5)
    said = read(client, "/en/indicators/output_each/")
    assert (
        "In 2015 the figure was highest in Severen tsentralen (30.0) and lowest in Severoiztochen (5.0)"
        in said
    )
    assert (
        "Output ÷ Hands" in said
        and "output / hands" in said
        and "Version 1, published" in said
        and "Ana" in said
    )
    assert (
        'href="/en/figures/derived/output_each/BG31/-/2015/"'
        in client.get("/en/indicators/output_each/").content.decode()
    )


def test_the_page_can_be_narrowed_down_and_another_year_asked_for(output_each: DerivedVersion) -> None:
    assert page_of("output_each", year="2014").known_rows[1].cell.value == 10.0
    assert page_of("output_each", country="EL").known_rows == []
    less = page_of("output_each", type="less_developed")
    assert {row.region.code for row in less.known_rows} <= {"BG31", "BG32", "BG33"}


@pytest.mark.parametrize("part", ["map", "years"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "json-stat", "svg", "png", "json"])
def test_every_part_can_be_taken_along(
    client: Client, output_each: DerivedVersion, part: str, form: str
) -> None:
    answer = client.get(f"/en/indicators/output_each/parts/{part}.{form}")
    assert answer.status_code == 200 and len(answer.content) > 100


def test_files_name_every_table_the_formula_and_its_version(
    client: Client, output_each: DerivedVersion
) -> None:
    text = client.get("/en/indicators/output_each/parts/map.csv").content.decode("utf-8-sig")
    assert "output_each 1: output / hands" in text and "Version 1 of the formula" in text
    assert text.count("# table") == 2
    line = next(line for line in text.splitlines() if line.startswith("BG31"))
    assert ",12" in line and line.split(",")[-3:-1] == ["2", "2"]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/en/indicators/output_each/parts/years.xlsx").content)
    )
    said = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "output_each 1: output / hands" in said


def test_regions_that_catch_up_are_told_of_a_rate(client: Client) -> None:
    """Of seven regions the lowest doubles and the others stay: they come nearer."""
    codes = ["BG31", "BG32", "BG33", "BG34", "BG41", "BG42", "EL52"]
    small(
        "output",
        ",".join(
            f"{code} {year} {20 * (at + 1) if year < 2018 or at else 40}"
            for at, code in enumerate(codes)
            for year in range(2014, 2019)
        ),
    )
    small("hands", ",".join(f"{code} {year} 10" for code in codes for year in range(2014, 2019)))
    derive("output_each", "output / hands")
    found = page_of("output_each").catching_up
    assert found is not None and (found.start, found.end, found.nearer) == (2014, 2018, True)
    assert (found.movers[0].code, found.movers[0].start, found.movers[0].end) == ("BG31", 2.0, 4.0)
    assert client.get("/en/indicators/output_each/parts/convergence.csv").status_code == 200
    assert "the regions came nearer to each other" in read(client, "/en/indicators/output_each/")


def test_a_position_states_no_change_and_nobody_catches_up(client: Client) -> None:
    """Scaled each year by itself: 2014 (100 − 80) ÷ 220 = 9, 2015 (120 − 100) ÷ 200 = 10."""
    small("output", TWO_YEARS)
    derive("place", "minmax(output)")
    page = page_of("place")
    assert row_of(page, "BG31").cell.value == pytest.approx(10.0) and row_of(page, "BG31").change is None
    assert page.catching_up is None
    said = read(client, "/en/indicators/place/")
    assert "each year is scaled by itself, so no change over the years and no catching up is stated" in said
    with pytest.raises(FigureNotFound, match="no change is stated"):
        resolve(FigureRef("growth", "place", "BG31", 2024, 2015, base_year=2014))


def test_a_count_that_is_derived_compares_no_levels() -> None:
    small("output", TWO_YEARS)
    small("hands", TENS)
    derive("double", "2 * output")
    derive("each", "output / hands")
    assert not page_of("double").figures.comparable.regions and page_of("each").figures.comparable.regions


def test_the_list_has_derived_indicators_among_the_others(
    client: Client, output_each: DerivedVersion
) -> None:
    page = client.get("/bg/indicators/").content.decode()
    assert "/bg/indicators/output_each/" in page and "/bg/indicators/population/" in page
    assert "производен" in page


def test_old_addresses_lead_to_the_page(client: Client, output_each: DerivedVersion) -> None:
    answer = client.get("/en/indicators/derived/output_each/?year=2014")
    assert (answer.status_code, answer["Location"]) == (301, "/en/indicators/output_each/?year=2014")
    answer = client.get("/en/indicators/derived/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/indicators/#derived")
    assert client.get("/en/indicators/derived/nothing/").status_code == 404


def test_the_page_asks_few_questions(output_each: DerivedVersion) -> None:
    derive("half_of_each", "output_each / 2")
    client = reader_with("member")
    client.get("/en/indicators/half_of_each/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/indicators/half_of_each/")
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]
