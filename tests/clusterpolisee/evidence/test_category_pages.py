"""Category pages over the starter figures: sums, lower bounds, ranking, parts, downloads, years."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from clusterpolisee.classifications import actions as classification_actions
from clusterpolisee.classifications import queries as classifications
from clusterpolisee.classifications.category_words import CategoryFacts
from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.category_page import CategoryPage
from clusterpolisee.shell.accounts.queries import operator
from factories.reading import text_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Nothing kept from before, and no language left behind for those who come after."""
    cache.clear()
    with override("en"):
        yield


def table(weights: dict[str, float]) -> structure.CategoryTable:
    indicator = queries.indicators_by_code()["persons_employed"]
    whole = structure.specialisation(indicator.dataset.current, indicator, 2015, level=2)
    assert whole is not None
    return structure.CategoryTable(whole, weights)


def division(region: str, code: str) -> tuple[float | None, float | None]:
    """Jobs and quotient of one division, as the region page has them."""
    whole = table({"C14": 1.0}).table
    place = whole.place(region, code)
    assert place is not None
    return whole.cell(*place)[0], whole.quotient(*place)


def test_a_category_counts_each_part_with_its_weight() -> None:
    hotels, restaurants, agencies = (division("EL42", code)[0] for code in ("I55", "I56", "N79"))
    cell = table({"I55": 1.0, "I56": 0.5, "N79": 1.0}).of("EL42")
    assert cell is not None and (hotels, restaurants, agencies) == (28580, 25782, 1623)
    assert cell.jobs == 28580 + 25782 / 2 + 1623


def test_a_category_of_one_whole_division_is_that_division() -> None:
    cell = table({"C14": 1.0}).of("BG31")
    jobs, quotient = division("BG31", "C14")
    assert cell is not None and cell.jobs == jobs
    assert cell.quotient == pytest.approx(quotient) and quotient == pytest.approx(15.95, abs=0.05)
    whole = table({"C14": 1.0}).table
    assert cell.stars.count == whole.star_award(*whole.place("BG31", "C14")).count  # type: ignore[misc]


def test_a_part_that_is_not_published_leaves_a_lower_bound_without_place_and_stars() -> None:
    cell = table({"C10": 1.0, "C12": 1.0}).of("BG31")  # tobacco is not published there
    assert cell is not None and division("BG31", "C12")[0] is None
    assert (cell.jobs, cell.quotient, cell.share, cell.stars.count) == (None, None, None, None)
    assert (cell.at_least, cell.parts_known, cell.state) == (division("BG31", "C10")[0], 1, "not_published")


def test_nothing_published_is_not_zero() -> None:
    cell = table({"C12": 1.0}).of("BG31")
    assert cell is not None and (cell.jobs, cell.at_least, cell.parts_known) == (None, None, 0)


def test_a_part_the_table_does_not_have_leaves_only_lower_bounds() -> None:
    found = table({"C10": 1.0, "G471": 1.0})
    assert found.absent == ("G471",)
    assert all(cell.jobs is None and cell.quotient is None for cell in found.cells)
    assert found.of("BG31").at_least == division("BG31", "C10")[0]  # type: ignore[union-attr]
    assert [(part.activity, part.jobs) for part in found.parts_of("BG31")][1] == ("G471", None)


def test_the_share_is_that_of_all_published_activities() -> None:
    found = table({"C13": 1.0, "C14": 1.0})
    row = found.table.regions.index("BG31")
    cell = found.of("BG31")
    assert cell is not None and cell.jobs is not None
    assert cell.share == pytest.approx(100 * cell.jobs / found.table.region_total(row))


def test_the_quotient_divides_by_the_share_of_the_countries_together() -> None:
    found = table({"C13": 1.0, "C14": 1.0})
    columns = [found.table.activities.index(code) for code in ("C13", "C14")]
    area = float(np.ma.sum(found.table.area_shares[columns]))
    cell = found.of("BG31")
    assert cell is not None and cell.quotient == pytest.approx(cell.share / 100 / area)


def test_the_page_answers_in_a_sentence_with_year_and_coverage(client: Client) -> None:
    page = text_of(client.get("/en/categories/textiles-and-clothing/").content)
    assert "“Textiles and clothing” weighs most in Severozapaden: 16,835 jobs, " in page
    assert "times the average of 29 countries (2015)." in page
    assert re.search(r"All its parts are published in \d+ of 80 regions", page)
    assert "not the European Cluster Observatory's" in page


def test_the_page_answers_in_bulgarian(client: Client) -> None:
    assert "Текстил и облекло" in text_of(client.get("/bg/categories/textiles-and-clothing/").content)


def test_a_number_of_one_whole_division_opens_its_card_too(client: Client) -> None:
    page = client.get("/en/categories/automotive/").content.decode()
    address = "/en/figures/category-quotient/persons_employed/RO42/automotive/2015/?nuts=2013"
    assert address in page
    assert client.get(address).status_code == 200


def test_the_parts_of_a_region_open_the_figures_they_are_read_from(client: Client) -> None:
    page = client.get("/en/categories/tourism/?region=BG33").content
    assert "/en/figures/observation/persons_employed/BG33/I56/2015/?nuts=2013" in page.decode()
    assert "Severoiztochen (BG33), 2015" in text_of(page)


def test_lower_bounds_are_marked_and_unpublished_parts_said(client: Client) -> None:
    page = client.get("/en/categories/food-and-drink/?region=EL30").content
    said = text_of(page)
    assert "Only some parts are published" in said and "≥ 2,052" in said and "1 of 2" in said
    assert "not published" in said and "At least" in said


def test_a_country_is_chosen_and_nonsense_is_not(client: Client) -> None:
    page = text_of(client.get("/en/categories/tourism/?country=BG").content)
    assert "Regions of Bulgaria" in page and "Crete" not in page
    for nonsense in ("country=XX", "country=<b>", "year=1066", "year=x", "region=../"):
        assert "Regions of South East Europe" in text_of(
            client.get(f"/en/categories/tourism/?{nonsense}").content
        )


def test_one_loaded_year_is_no_trend(client: Client) -> None:
    page = text_of(client.get("/en/categories/tourism/").content)
    assert "The table that is loaded has 2015 only; a change needs two years." in page
    assert client.get("/en/categories/tourism/parts/trend.csv").status_code == 404


def test_a_category_that_nobody_knows_and_parts_without_a_table_say_so(client: Client) -> None:
    assert "no cluster category “wine”" in text_of(client.get("/en/categories/wine/").content)
    assert client.get("/en/categories/tourism/parts/chair.svg").status_code == 404
    assert client.get("/en/categories/tourism/parts/map.exe").status_code == 404


def test_a_category_of_activities_no_table_has_still_has_a_page(client: Client) -> None:
    facts = CategoryFacts({"en": "Schools", "bg": "Училища"}, {}, {"P85": 1.0})
    classification_actions.create_category(actor=operator(), code="schools", facts=facts)
    page = text_of(client.get("/en/categories/schools/").content)
    assert "No table that is loaded here has figures for “Schools” yet" in page
    assert client.get("/en/categories/schools/parts/map.csv").status_code == 404
    assert "Schools" in text_of(client.get("/en/categories/").content)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json-stat"])
def test_the_ranking_leaves_with_its_origin(client: Client, form: str) -> None:
    answer = client.get(f"/en/categories/tourism/parts/map.{form}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    if form != "xlsx":
        assert b"Eurostat" in answer.content and b"I56:0.5" in answer.content


def test_the_file_says_what_the_page_says(client: Client) -> None:
    text = client.get("/en/categories/food-and-drink/parts/map.csv").content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = {row["region"]: row for row in csv.DictReader(io.StringIO("\n".join(lines)))}
    assert rows["EL30"]["persons_employed"] == "" and rows["EL30"]["persons_at_least"] == "2052"
    assert (rows["EL30"]["state"], rows["EL30"]["parts_published"]) == ("not_published", "1/2")
    assert rows["EL54"]["persons_employed"] == "8628" and rows["EL54"]["state"] == "reported"


def test_a_type_of_region_can_be_asked_for(client: Client) -> None:
    found = CategoryPage(classifications.category("tourism"), kind="rural")
    codes = {row.region.code for row in found.rows}
    assert "EL62" in codes and "EL30" not in codes
    shown = {place.code: place for place in found.places}
    assert shown["EL30"].value is None and shown["EL30"].state == "not_asked"
    page = text_of(client.get("/en/categories/tourism/?type=rural").content)
    assert "urban–rural typology" in page


@pytest.mark.parametrize("form", ["svg", "png", "json"])
def test_the_map_leaves_with_its_origin(client: Client, form: str) -> None:
    answer = client.get(f"/en/categories/tourism/parts/map.{form}")
    assert answer.status_code == 200
    assert b"Eurostat" in answer.content or form == "json"


def test_clusters_of_the_category_stand_beside_its_figures(client: Client) -> None:
    page = client.get("/en/categories/tourism/").content
    assert "/en/clusters/example-tourism-cluster/" in page.decode()
    assert "None is known here yet" in text_of(client.get("/en/categories/tourism/?country=BG").content)


def test_a_kept_page_follows_an_edit_at_once(client: Client) -> None:
    assert "43,094" in text_of(client.get("/en/categories/tourism/").content)
    tourism = classifications.category("tourism")
    assert tourism is not None
    facts = CategoryFacts(tourism.labels, tourism.descriptions, {"I55": 1.0})
    classification_actions.edit_category(actor=operator(), category=tourism, facts=facts, base_revision=1)
    assert "28,580" in text_of(client.get("/en/categories/tourism/").content)


@pytest.mark.parametrize(("address", "most"), [("/en/categories/tourism/", 16), ("/en/categories/", 16)])
def test_a_page_costs_few_queries_and_weighs_little(client: Client, address: str, most: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert len(asked) <= most, [query["sql"][:90] for query in asked]
    assert len(page.content) < 150_000
    with CaptureQueriesContext(connection) as kept:
        client.get(address)
    assert len(kept) == 1


# Years


class _Version:
    folder = ""


def series(monkeypatch: pytest.MonkeyPatch, rows: list[tuple[Any, ...]]) -> structure.CategoryTrend:
    """The trend over hand-made observations (region, activity, year, value, flag), counted in thousands."""
    import polars as pl

    from clusterpolisee.evidence import store

    names = ("region", "activity", "year", "value", "flag", "state")
    states = ["not_published" if row[3] is None else "reported" for row in rows]
    frame = pl.DataFrame(
        [dict(zip(names, (*row, state), strict=True)) for row, state in zip(rows, states, strict=True)]
    )
    monkeypatch.setattr(store, "observations", lambda *given, **named: frame)
    indicator = queries.indicators_by_code()["persons_employed"]
    indicator.dataset.multiplier = 1000
    return structure.category_trend(_Version(), indicator, {"I55": 1.0, "I56": 0.5}, ("BG", "RO"))  # type: ignore[arg-type]


def test_a_trend_sums_the_countries_that_are_whole_every_year(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        *(("BG", "I55", year, value, "") for year, value in ((2013, 10.0), (2014, 11.0), (2015, 12.0))),
        *(("BG", "I56", year, 20.0, "") for year in (2013, 2014, 2015)),
        ("RO", "I55", 2013, 50.0, ""),
        ("RO", "I55", 2014, None, ""),
        ("RO", "I55", 2015, 50.0, ""),
        *(("RO", "I56", year, 1.0, "") for year in (2013, 2014, 2015)),
    ]
    found = series(monkeypatch, rows)
    assert found.countries == ("BG",)
    assert [cell.value for cell in found.series.cells] == [20_000, 21_000, 22_000]
    assert (found.span, found.growth_percent) == ((2013, 2015), pytest.approx(10.0))


def test_no_change_is_told_across_a_break_in_any_part(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (country, code, year, 10.0 + year - 2013, "b" if (country, code, year) == ("RO", "I56", 2014) else "")
        for country in ("BG", "RO")
        for code in ("I55", "I56")
        for year in (2013, 2014, 2015)
    ]
    found = series(monkeypatch, rows)
    assert found.span == (2014, 2015) and found.series.cells[1].flag == "b"


def test_a_page_of_several_years_tells_the_change(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    cells = (structure.Cell(100.0, "reported", ""), structure.Cell(110.0, "reported", ""))
    trend = structure.CategoryTrend(structure.Series((2014, 2015), cells), ("BG",), (2014, 2015), 10.0)
    monkeypatch.setattr(structure, "category_trend", lambda *given: trend)
    monkeypatch.setattr(CategoryPage, "years", [2015, 2014])
    page = text_of(client.get("/en/categories/tourism/").content)
    assert "10.0% more jobs in 2015 than in 2014." in page and "counted: BG" in page
    assert client.get("/en/categories/tourism/parts/trend.csv").status_code == 200


def test_where_nobody_is_known_of_the_region_is_named_without_a_row(client: Client) -> None:
    """“At least 0” is no news: of coal and ores twenty regions have nobody in the part that is published."""
    content = client.get("/en/categories/coal-and-ores/").content.decode()
    assert "≥ 4,285" in content and "≥ 0<" not in content
    named = content[content.index("Nobody works in the parts that are published") :]
    assert "Severozapaden" in named[: named.index("</p>")]


def test_the_version_of_a_scheme_is_not_taken_for_one_of_nace(client: Client) -> None:
    for language, said in (("en", "NACE divisions, version 1"), ("bg", "раздели на NACE, версия 1")):
        page = text_of(client.get(f"/{language}/categories/tourism/").content)
        assert page.count(said) == 2  # of the stars and of the categories


def test_what_is_published_nowhere_is_said_once(client: Client) -> None:
    page = text_of(client.get("/en/categories/tourism/?country=MD").content)
    assert "In no region shown here are all parts" in page and "0 of 1" not in page
