"""Activity pages: divisions with quotients and stars, groups with shares, and what each refuses."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence.activity_page import ActivityPage
from clusterpolisee.evidence.figures import FigureRef, resolve
from clusterpolisee.evidence.selection import Selection
from factories.reading import text_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def page_of(code: str, **asked: str) -> ActivityPage:
    return ActivityPage(classifications.activity(code), Selection.asked(asked))


def test_clothing_weighs_most_in_severozapaden(client: Client) -> None:
    page = text_of(client.get("/en/activities/C14/").content)
    assert "“Clothing” weighs most in Severozapaden: 16.0 times its average share of jobs (10.8%" in page
    assert "most of its jobs are in Lombardy (39,018)" in page
    assert "approximation on NACE divisions" in page


def test_the_page_says_the_same_as_the_region_page() -> None:
    row = page_of("C14").rows[0]
    figure = resolve(row.figure("location-quotient"))
    assert (row.region.code, figure.value) == ("BG31", row.quotient)


def test_a_division_shows_the_years_of_its_group(client: Client) -> None:
    page = page_of("C14")
    assert page.group == "B-E"
    assert "the people employed in the group it belongs to, “Industry”" in text_of(
        client.get("/en/activities/C14/").content
    )


def test_a_group_shows_shares_that_can_be_opened() -> None:
    page = page_of("B-E")
    assert page.specialisation is None
    row = page.known_rows[0]
    figure = resolve(row.ref)
    assert figure.value == pytest.approx(row.share_percent)
    assert [part.ref.activity for part in figure.parts if part.ref] == ["B-E", "TOTAL"]


def test_shares_are_of_the_published_whole() -> None:
    jobs = resolve(FigureRef("observation", "employment", "BG31", 2024, 2015, "B-E")).value
    whole = resolve(FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL")).value
    share = resolve(FigureRef("share", "employment", "BG31", 2024, 2015, "B-E")).value
    assert jobs and whole and share == pytest.approx(100 * jobs / whole)


def test_a_section_leads_to_its_divisions(client: Client) -> None:
    page = client.get("/en/activities/C/").content.decode()
    assert "/en/activities/C14/" in page and "/en/activities/A01/" not in page


def test_unknown_regions_stand_last_with_their_state() -> None:
    rows = page_of("C12").rows
    places = [row.is_known for row in rows]
    assert places == sorted(places, reverse=True) and not all(places)


def test_filters_leave_the_regions_asked_for() -> None:
    assert {row.region.country for row in page_of("C14", country="RO").rows} == {"RO"}
    assert "BG31" in {row.region.code for row in page_of("C14", type="less_developed").rows}


@pytest.mark.parametrize(
    ("asked", "leads_to"), [("c14", "/en/activities/C14/"), ("b-e", "/en/activities/B-E/")]
)
def test_small_letters_lead_to_the_code(client: Client, asked: str, leads_to: str) -> None:
    assert client.get(f"/en/activities/{asked}/")["Location"] == leads_to


@pytest.mark.parametrize("asked", ["C99", "CHAIRS", "%00", "x" * 300])
def test_a_code_of_nothing_is_a_sentence(client: Client, asked: str) -> None:
    answer = client.get(f"/en/activities/{asked}/")
    assert answer.status_code == 404 and "Codes look like C, C14 or B-E" in text_of(answer.content)


def test_an_activity_nobody_publishes_has_a_page(client: Client) -> None:
    page = text_of(client.get("/en/activities/T98/").content)
    assert "No region shown here has a published figure for this activity." in page or "weighs most" in page


def test_the_table_leaves_with_quotients_and_origin(client: Client) -> None:
    text = client.get("/en/activities/C14/parts/map.csv").content.decode("utf-8-sig")
    assert "location_quotient" in text and "sbs_r_nuts06_r2" in text
    cube = json.loads(client.get("/en/activities/B-E/parts/years.json-stat").content)
    assert cube["class"] == "dataset"


def test_the_list_has_sections_divisions_and_groups(client: Client) -> None:
    page = client.get("/bg/activities/").content.decode()
    assert all(f"/bg/activities/{code}/" in page for code in ("C", "C14", "B-E"))
