"""“A place for all regions” over the starter figures: corners, the weakest, those nobody may forget."""

from __future__ import annotations

import csv
import io
import re
from itertools import combinations

import numpy as np
import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.pictures.labels import LETTER, Box
from clusterpolisee.evidence.place_for_all_facts import Asked, Corner, Standing, Unknown
from clusterpolisee.evidence.place_for_all_page import PlaceForAllPage
from clusterpolisee.evidence.yardsticks import yardsticks
from clusterpolisee.regions import queries as regions
from factories.reading import text_of

pytestmark = pytest.mark.usefixtures("world")
PAGE = "/en/regions/place-for-all/"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def page_of(**asked: str) -> PlaceForAllPage:
    return PlaceForAllPage(Asked.of(asked))


def standing(code: str, **asked: str) -> Standing:
    return next(one for one in page_of(**asked).standings if one.code == code)


def test_the_answer_says_whether_regions_grow_together_and_how_the_weakest_stand(client: Client) -> None:
    page = text_of(client.get(PAGE).content)
    assert (
        "The regions grow together: as a part of their mean, they differ less by “GDP per inhabitant" in page
    )
    assert "57% → 43%, 2000–2023" in page
    assert "the lowest fifth by GDP per inhabitant, 12 of 17 catch up and 4 fall behind; for 1 it" in page


def test_the_answer_in_bulgarian(client: Client) -> None:
    page = text_of(client.get(PAGE.replace("/en/", "/bg/")).content)
    assert "Място за всички региони" in page and "Регионите се сближават" in page
    assert "догонват 12 от 17" in page


@pytest.mark.parametrize(
    ("code", "start", "end", "corner"),
    [
        ("RO32", 58, 190, Corner.UP_MORE),
        ("BG31", 26, 42, Corner.UP_LESS),
        ("EL30", 108, 96, Corner.DOWN_MORE),
        ("ITF4", 81, 64, Corner.DOWN_LESS),
    ],
)
def test_a_region_stands_in_the_corner_its_figures_say(code, start, end, corner) -> None:
    found = standing(code)
    assert found.mover is not None and (found.mover.start, found.mover.end) == (start, end)
    assert found.corner is corner


def test_the_line_of_knowledge_is_the_middle_of_regions_with_a_whole_share() -> None:
    page = page_of()
    assert page.category is not None
    shares = [row.cell.share for row in page.category.rows if row.cell.is_complete]
    assert page.middle_share == pytest.approx(np.median(shares))
    assert standing("BG31").of_chosen.share == pytest.approx(5.3, abs=0.05)


def test_a_share_known_in_part_counts_only_where_the_part_is_enough() -> None:
    enough, not_enough = standing("BG41").of_chosen, standing("BG34").of_chosen
    assert enough.share is None and enough.is_more is True
    assert enough.at_least == pytest.approx(23.5, abs=0.05)
    assert not_enough.is_more is None and not_enough.why_unknown is Unknown.IN_PART


@pytest.mark.parametrize(
    ("code", "why"),
    [("HU11", Unknown.OTHER_BORDERS), ("RS21", Unknown.NO_TABLE), ("UA", Unknown.NO_TABLE)],
)
def test_why_knowledge_is_not_known_is_told(code: str, why: Unknown) -> None:
    assert standing(code).of_chosen.why_unknown is why


@pytest.mark.parametrize(
    "asked", [{}, {"by": "employment_rate"}, {"category": "high-technology-manufacturing"}]
)
def test_no_region_is_left_out(asked: dict[str, str]) -> None:
    """Everyone stands in a corner or is named among those that lack a figure."""
    page = page_of(**asked)
    named = {one.code for one in page.placed}
    named |= {one.code for _reason, standings, _is_bound in page.lacking for one in standings}
    assert named == {place.code for place in regions.map_regions(regions.current_vintage())}


def test_a_country_moves_no_region_to_another_corner() -> None:
    everywhere = {one.code: one.corner for one in page_of().standings}
    for one in page_of(country="RO").standings:
        assert one.corner is everywhere[one.code] and one.region.country == "RO"


def test_the_weakest_are_the_lowest_fifth_or_those_of_cohesion_policy() -> None:
    page = page_of()
    values = {one.code: one.now.value for one in page.standings if one.now.value is not None}
    weak = {one.code for one in page.weakest}
    assert max(values[code] for code in weak) <= min(
        value for code, value in values.items() if code not in weak
    )
    assert {"RS21", "MK00", "BG31"} <= weak
    types = regions.types()
    assert all("less_developed" in types[one.code] for one in page_of(weakest="less-developed").weakest)


def test_where_little_is_good_those_catch_up_who_fell_more_than_the_middle() -> None:
    page = page_of(by="unemployment_rate")
    assert page.catching_up is not None
    middle = np.median([one.change for one in page.catching_up.movers])
    assert page.middle_change == pytest.approx(middle)
    for one in page.standings:
        if one.mover is not None:
            assert one.catches_up is bool(one.mover.change < middle)


def test_what_is_no_answer_is_taken_for_the_first_one() -> None:
    asked = Asked.of(
        {"by": "population", "category": "tourism", "weakest": "mine", "country": "FR", "year": "x"}
    )
    by = yardsticks()
    assert (asked.indicator, asked.category) == (by.indicators[0], by.categories[0])
    assert asked.weakest == by.weakest[0] and asked.query() == ""


def test_figures_on_the_page_open_their_cards(client: Client) -> None:
    page = client.get(f"{PAGE}?country=RO").content.decode()
    addresses = set(re.findall(r'<a class="fig" href="([^"]+)"', page))
    assert len(addresses) > 10
    for address in sorted(addresses)[::7]:
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_regions_without_figures_are_named_with_the_way_to_bring_them(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    missing = page[page.index('id="missing"') :]
    for code in ("UA", "MD", "XK00", "RS21", "HU11"):
        assert f'href="/en/regions/{code}/"' in missing
    assert "/en/data/bring/" in missing


def test_each_part_leaves_as_a_table_with_rules_and_origins(client: Client) -> None:
    for part in ("matrix", "map", "knowledge", "convergence", "spread"):
        for form in ("csv", "xlsx", "json-stat"):
            assert client.get(f"{PAGE}parts/{part}.{form}").status_code == 200, (part, form)
    for part in ("matrix", "map", "knowledge", "convergence"):
        for form in ("svg", "png", "json"):
            assert client.get(f"{PAGE}parts/{part}.{form}").status_code == 200, (part, form)
    for part in ("spread.svg", "nothing.csv"):
        assert client.get(f"{PAGE}parts/{part}").status_code == 404
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}parts/map.xlsx").content))
    said = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "the lowest fifth by GDP per inhabitant (1)" in said
    assert "nama_10r_2gdp" in said and "sbs_r_nuts06_r2" in said


def test_an_unknown_share_is_empty_in_the_file_and_says_why(client: Client) -> None:
    text = client.get(f"{PAGE}parts/map.csv").content.decode("utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = {row["region"]: row for row in csv.DictReader(lines)}
    serbia = rows["RS21"]
    assert serbia["knowledge_intensive_services_percent"] == ""
    assert serbia["knowledge_intensive_services_state"] == "not_published"
    assert float(rows["BG41"]["knowledge_intensive_services_at_least_percent"]) == pytest.approx(
        23.5, abs=0.05
    )


def test_an_instance_without_figures_says_what_to_do(client: Client) -> None:
    Dataset.objects.update(current=None)
    page = text_of(client.get(PAGE).content)
    assert "No table that is loaded here lets regions be compared" in page


@pytest.mark.parametrize("address", ["/en/", "/en/regions/", "/en/regions/BG31/", "/en/indicators/"])
def test_the_page_is_linked_where_people_begin(client: Client, address: str) -> None:
    assert f'href="{PAGE}"' in client.get(address).content.decode()


def test_the_page_asks_the_database_a_few_times_whatever_it_shows() -> None:
    with override("en"), CaptureQueriesContext(connection) as asked:
        page = page_of()
        assert page.answer and page.further and page.lacking and page.quadrants
    assert len(asked) <= 12


def test_filters_that_leave_nothing_over_can_be_changed_and_blame_no_table(client: Client) -> None:
    page = client.get(PAGE + "?country=MD").content.decode()
    assert "No region shown here has figures that can be compared over the years." in page
    assert "No table that is loaded here" not in page
    assert '<select id="f-country"' in page and f'href="{PAGE}"' in page


@pytest.mark.parametrize("language", ["bg", "en"])
def test_names_in_the_picture_lie_on_no_other_name(language: str) -> None:
    with override(language):
        drawn = page_of().drawings()["matrix"]()
    assert drawn is not None
    layers = [layer for layer in drawn.spec["layer"] if layer["mark"].get("type") == "text"]
    boxes = []
    for layer in layers:
        for name in layer["data"]["values"]:
            wide = max(map(len, name["name"])) * 11 * LETTER
            left = name["x"] - {"left": 0, "center": wide / 2, "right": wide}[layer["mark"]["align"]]
            boxes.append(Box(left, name["y"] - 6, left + wide, name["y"] + 6))
    assert len(boxes) > 4
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
