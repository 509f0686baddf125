"""Indicator pages over the starter figures: who is first, who catches up, what is not said."""

from __future__ import annotations

import io

import numpy as np
import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.indicator_figures import figures_of, find
from clusterpolisee.evidence.indicator_page import IndicatorPage
from clusterpolisee.evidence.models import Indicator
from clusterpolisee.evidence.pictures.many import class_bounds
from clusterpolisee.evidence.selection import Selection
from factories.reading import reader_with, text_of

pytestmark = pytest.mark.usefixtures("world")
GDP = "/en/indicators/gdp_per_inhabitant_eu27/"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def page_of(code: str, **asked: str) -> IndicatorPage:
    found = find(code)
    assert found is not None
    return IndicatorPage(figures_of(found), Selection.asked(asked))


def test_the_answer_names_first_and_last_with_the_year(client: Client) -> None:
    page = text_of(client.get(GDP).content)
    assert "In 2023 the figure was highest in Bucharest–Ilfov (190)" in page
    assert "lowest in Šumadija and Western Serbia (30)" in page


def test_the_answer_in_bulgarian(client: Client) -> None:
    page = text_of(client.get(GDP.replace("/en/", "/bg/")).content)
    assert "През 2023 г. стойността е най-висока в" in page and "регионите се сближават" in page


def test_who_catches_up_agrees_with_a_computation_of_its_own() -> None:
    found = page_of("gdp_per_inhabitant_eu27").catching_up
    assert found is not None and found.beta is not None
    start, end = (np.log([getattr(mover, side) for mover in found.movers]) for side in ("start", "end"))
    slope = np.polyfit(start, (end - start) / (found.end - found.start), 1)[0]
    assert found.beta.slope == pytest.approx(slope)
    values = np.array([[mover.start for mover in found.movers], [mover.end for mover in found.movers]])
    assert found.spread_start == pytest.approx(values[0].std() / values[0].mean())
    assert found.nearer and found.spread_end < found.spread_start


def test_no_convergence_is_stated_of_counts_or_of_indices_with_a_base_year() -> None:
    assert page_of("population").catching_up is None
    assert page_of("gdp_volume").catching_up is None


def test_convergence_never_crosses_a_break() -> None:
    page = page_of("unemployment_rate")
    found = page.catching_up
    assert found is not None
    for mover in found.movers:
        series = page.shown.series(mover.code)
        assert not any("b" in cell.flag and found.start < year <= found.end for year, cell in series.pairs)


def test_where_little_is_good_the_lowest_stands_first(client: Client) -> None:
    rows = page_of("unemployment_rate").known_rows
    assert [row.cell.value for row in rows] == sorted(row.cell.value or 0 for row in rows)
    assert "The lowest stands first." in text_of(client.get("/en/indicators/unemployment_rate/").content)


def test_equal_values_share_the_better_place() -> None:
    rows = page_of("gdp_per_inhabitant_eu27").known_rows
    shared = [row.rank for row in rows if row.cell.value == 126]
    assert len(shared) > 1 and len(set(shared)) == 1


def test_regions_without_a_figure_stand_last_and_are_no_zero(client: Client) -> None:
    page = page_of("gdp_per_inhabitant_eu27")
    unknown = [row for row in page.rows if row.rank is None]
    assert unknown and page.rows[-len(unknown) :] == unknown
    assert "not published" in text_of(client.get(GDP).content)


def test_a_country_filter_leaves_only_its_regions(client: Client) -> None:
    page = page_of("population", country="BG")
    assert {row.region.country for row in page.rows} == {"BG"}
    assert "Only Bulgaria" not in text_of(client.get("/en/indicators/population/?country=BG").content)


def test_a_type_filter_says_where_the_type_comes_from(client: Client) -> None:
    page = page_of("employment_rate", type="less_developed")
    assert {"BG31", "RO41"} <= {row.region.code for row in page.rows}
    assert "AT13" not in {row.region.code for row in page.rows}
    answer = text_of(client.get("/en/indicators/employment_rate/?type=less_developed").content)
    assert "Categories of cohesion policy" in answer


def test_another_year_can_be_asked_for() -> None:
    assert page_of("population", year="2016").year == 2016
    assert page_of("population", year="1066").year == page_of("population").year


@pytest.mark.parametrize("asked", ["?year=%00", "?country=ZZ&type=nonsense", "?year=99999999999", "?type='"])
def test_an_absurd_filter_is_taken_for_none(client: Client, asked: str) -> None:
    answer = client.get(GDP + asked)
    assert answer.status_code == 200
    assert "In 2023 the figure was highest" in text_of(answer.content)


def test_a_selection_without_figures_says_so(client: Client) -> None:
    page = text_of(client.get(GDP + "?country=UA").content)
    assert "No region shown here has a published figure." in page


def test_an_indicator_that_does_not_exist(client: Client) -> None:
    answer = client.get("/en/indicators/chairs/")
    assert answer.status_code == 404 and "no indicator “chairs”" in text_of(answer.content)


def test_a_table_that_is_not_loaded_says_how_to_bring_it(client: Client) -> None:
    indicator = Indicator.objects.get(code="patents")
    indicator.dataset.current = None
    indicator.dataset.save(update_fields=["current"])
    page = text_of(client.get("/en/indicators/patents/").content)
    assert "has not been loaded here yet" in page


def test_the_ranking_leaves_as_csv_with_states_and_origin(client: Client) -> None:
    text = client.get(GDP + "parts/map.csv").content.decode("utf-8-sig")
    assert "nama_10r_2gdp" in text and "not_published" in text
    assert "RO32" in text.splitlines()[1] or "RO32" in text


def test_the_years_leave_as_a_workbook(client: Client) -> None:
    answer = client.get("/en/indicators/population/parts/years.xlsx?country=BG")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "BG31" in cells


@pytest.mark.parametrize("form", ["svg", "png", "json"])
@pytest.mark.parametrize("part", ["map", "years", "convergence"])
def test_every_picture_can_be_taken_along(client: Client, part: str, form: str) -> None:
    assert client.get(f"{GDP}parts/{part}.{form}").status_code == 200


def test_a_part_that_does_not_exist(client: Client) -> None:
    assert client.get(f"{GDP}parts/chairs.svg").status_code == 404
    assert client.get("/en/indicators/population/parts/convergence.svg").status_code == 404


def test_the_page_asks_few_questions() -> None:
    client = reader_with("member")
    client.get(GDP)
    with CaptureQueriesContext(connection) as asked:
        client.get(GDP)
    assert len(asked) <= 12


def test_the_list_has_every_indicator_under_its_table(client: Client) -> None:
    page = client.get("/en/indicators/").content.decode()
    assert all(f"/en/indicators/{indicator.code}/" in page for indicator in queries.indicators())


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([10, 20, 30, 40, 50, 60, 70], (20, 30, 40, 50, 60)),
        ([5, 5, 5], (5,)),
        ([0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007], (0.002, 0.003, 0.004, 0.005, 0.006)),
        ([], (0,)),
        ([0.2, 0.4, 3, 6, 9, 60, 590], (0.5, 3, 6, 9, 60)),  # nothing lies under 0
        ([0, 0, 0, 0, 5, 6, 7], (5, 6)),
    ],
)
def test_classes_lie_between_round_numbers(values: list[float], bounds: tuple[float, ...]) -> None:
    assert class_bounds(values) == pytest.approx(bounds)


def test_bounds_rise_whatever_the_values() -> None:
    generator = np.random.default_rng(7)
    for _round in range(50):
        values = generator.lognormal(3, generator.uniform(0.1, 3), 60).tolist()
        bounds = class_bounds(values)
        assert list(bounds) == sorted(set(bounds))
        assert min(values) < bounds[0]
