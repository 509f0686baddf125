"""The industry space over the starter figures: regions of three countries, all of them, and those without figures."""

from __future__ import annotations

import csv
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterpolisee.config.command import main
from clusterpolisee.evidence.models import Dataset
from factories.reading import reader_with, text_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of(answer.content)


@pytest.mark.parametrize(
    ("code", "has", "corner", "coherence"),
    [
        (
            "BG31",
            "24 of the 64",
            "“food, textiles, wood, paper, furniture” (8 of 10)",
            "0.38 against 0.36, place 93 of 283",
        ),
        (
            "EL52",
            "21 of the 62",
            "“trade, transport, hospitality, repair” (7 of 11)",
            "0.35 against 0.36, place 163 of 283",
        ),
        (
            "RO11",
            "25 activities of 68",
            "“food, textiles, wood, paper, furniture” (8 of 11)",
            "as related as in the middle region: 0.36, place 135 of 283",
        ),
    ],
)
def test_the_answer_says_what_where_and_how_related(client, code, has, corner, coherence) -> None:
    said = text(client, f"/en/regions/{code}/space/")
    assert f"has {has}" in said
    assert f"above all {corner}" in said and coherence in said


def test_what_lies_between_is_named(client: Client) -> None:
    said = text(client, "/en/regions/BG31/space/")
    assert (
        "Between them lie Metal products, Electrical equipment and Rubber and plastics, which it lacks."
        in said
    )
    assert "Metal products would join parts of 19 and 2 activities" in said


def test_the_answer_in_bulgarian(client: Client) -> None:
    said = text(client, "/bg/regions/BG31/space/")
    assert "Северозападен има 24 от 64 дейности с публикувани данни" in said
    assert "повече вдясно на картата" in said and "Какво може" not in said


def test_the_table_tells_the_same_as_the_picture(client: Client) -> None:
    page = client.get("/en/regions/BG31/space/").content.decode()
    told = set(re.findall(r'<th scope="row"><a href="/en/activities/(\w+)/"', page))
    drawn = set(re.findall(r'xlink:href="/en/activities/(\w+)/"|<a [^>]*href="/en/activities/(\w+)/"', page))
    assert len(told) == 68
    assert {one or other for one, other in drawn} >= told


@pytest.mark.parametrize("code", ["RS21", "XK00"])
def test_a_region_without_figures_leads_to_the_map_of_all(client: Client, code: str) -> None:
    assert "it is not known which activities it has" in text(client, f"/en/regions/{code}/space/")
    page = client.get(f"/en/regions/{code}/space/").content.decode()
    assert 'href="/en/regions/industry-space/"' in page and 'href="/en/data/bring/"' in page


def test_other_levels_and_codes_lead_on(client: Client) -> None:
    assert 'href="/en/regions/BG31/space/"' in client.get("/en/regions/BG/space/").content.decode()
    assert 'href="/en/regions/BG31/space/"' in client.get("/en/regions/BG311/space/").content.decode()
    assert client.get("/en/regions/HR04/space/")["Location"] == "/en/regions/HR04/"
    assert client.get("/en/regions/bg31/space/")["Location"] == "/en/regions/BG31/space/"
    assert client.get("/en/regions/QQ11/space/").status_code == 404


def test_all_regions_are_on_one_map(client: Client) -> None:
    said = text(client, "/en/regions/industry-space/")
    assert "The map has 68 activities" in said and "283 regions of Europe" in said
    assert "Most of them have Water supply (50 of 61)" in said
    assert "Their corner is “food, textiles, wood, paper, furniture”" in said
    assert "no figures for them: Serbia" in said
    page = client.get("/en/regions/industry-space/").content.decode()
    assert 'href="/en/regions/BG31/space/"' in page and 'href="/en/regions/HU10/?nuts=2013"' in page


def test_a_country_can_be_asked_for_and_nonsense_cannot(client: Client) -> None:
    assert "The industry space of Romania" in text(client, "/en/regions/industry-space/?country=RO")
    for query in ("?country=RS", "?country=<b>", "?country=%00", "?x=1"):
        assert "The industry space of" not in text(client, f"/en/regions/industry-space/{query}")


def test_each_part_leaves_as_a_picture_and_as_a_table(client: Client) -> None:
    for form in ("svg", "png", "json", "csv", "xlsx", "json-stat"):
        assert client.get(f"/en/regions/BG31/space/parts/space.{form}").status_code == 200, form
        assert client.get(f"/en/regions/industry-space/parts/space.{form}").status_code == 200, form
    assert client.get("/en/regions/industry-space/parts/regions.csv?country=BG").status_code == 200
    for address in ("/en/regions/BG31/space/parts/none.svg", "/en/regions/RS21/space/parts/space.svg"):
        assert client.get(address).status_code == 404


def test_an_unknown_activity_is_empty_in_the_file(client: Client) -> None:
    said = client.get("/en/regions/BG31/space/parts/space.csv").content.decode("utf-8-sig")
    rows = {
        row["activity"]: row
        for row in csv.DictReader(line for line in said.splitlines() if not line.startswith("#"))
    }
    unknown = [row for row in rows.values() if row["standing"] == "not published"]
    assert len(rows) == 68 and len(unknown) == 4
    assert all(row["location_quotient"] == "" and row["state"] == "not_published" for row in unknown)
    assert rows["C14"]["standing"] == "has" and float(rows["C14"]["location_quotient"]) > 15


def test_two_regions_have_their_activities_in_the_same_places(client: Client) -> None:
    def places(code: str) -> dict[str, tuple[float, float]]:
        told = client.get(f"/api/v1/regions/{code}/space").json()["activities"]
        return {one["activity"]: (one["x"], one["y"]) for one in told}

    assert places("BG31") == places("RO11")


def test_the_pictures_can_be_shown_elsewhere(client: Client) -> None:
    for page in ("regions/BG31/space", "regions/industry-space"):
        for rest in ("space/", "space.svg", "space/how/"):
            assert client.get(f"/en/embed/{page}/{rest}").status_code == 200, (page, rest)


@pytest.mark.parametrize("address", ["/en/regions/EL52/space/", "/en/regions/industry-space/?country=BG"])
def test_a_page_asks_the_database_few_questions(address: str) -> None:
    reader = reader_with("analyst")
    reader.get("/en/regions/BG31/space/")
    with CaptureQueriesContext(connection) as cold:
        reader.get(address)
    with CaptureQueriesContext(connection) as warm:
        reader.get(address)
    assert len(cold) <= 12 and len(warm) <= 6


def test_an_instance_without_figures_says_so(client: Client) -> None:
    Dataset.objects.update(current=None)
    assert "is not loaded here" in text(client, "/en/regions/BG31/space/")
    assert "so there is no map yet" in text(client, "/en/regions/industry-space/")
    assert client.get("/api/v1/industry-space").status_code == 404


# The same for programs


def test_the_api_answers_with_the_network(client: Client) -> None:
    told = client.get("/api/v1/industry-space?country=BG").json()
    assert (told["area"], len(told["activities"]), len(told["regions"])) == ("Bulgaria", 68, 6)
    assert sum(one["in_tree"] for one in told["network"]) == 67
    region = client.get("/api/v1/regions/BG31/space").json()
    assert region["bridges"][0]["activity"] == "C25" and region["origins"]
    assert sum(len(part) for part in region["islands"]) == 24


@pytest.mark.parametrize("address", ["/api/v1/regions/BG31/space", "/api/v1/industry-space"])
def test_the_api_is_known_again_and_gives_csv(client: Client, address: str) -> None:
    answer = client.get(f"{address}?format=csv")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    assert client.get(f"{address}?format=csv", headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("regions/RS21/space", 404),
        ("regions/HR04/space", 404),
        ("industry-space?country=RS", 404),
        ("industry-space?country=bg", 422),
    ],
)
def test_the_api_says_why_there_is_no_answer(client: Client, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status and answer.json()["detail"]


def test_the_commands_print_the_same(capsys) -> None:
    assert main(["space", "BG31"]) == 0
    said = capsys.readouterr().out
    assert "What the region has (24)" in said and "<a" not in said
    assert main(["industry-space", "--country", "ro", "--lang", "bg"]) == 0
    assert "Пространството на дейностите: Румъния" in capsys.readouterr().out
    assert main(["industry-space", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["activities"]) == 68
