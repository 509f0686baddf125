"""The partners tab over the starter figures: in three countries, and where nothing is known."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from clusterpolisee.community.models import Cluster
from clusterpolisee.config.command import main
from clusterpolisee.evidence.models import Dataset
from factories.reading import reader_with, text_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def page(client: Client, code: str, query: str = "", language: str = "en") -> str:
    answer = client.get(f"/{language}/regions/{code}/partners/{query}")
    assert answer.status_code == 200
    return text_of(answer.content)


@pytest.mark.parametrize(
    ("code", "first", "own", "both"),
    [
        ("BG31", "Western Slovenia, Central Hungary and Lombardy", "38.1%", "80.3%"),
        ("EL52", "Western Slovenia, Lombardy and Northern Great Plain", "35.4%", "74.1%"),
        ("RO11", "Central Hungary, Lazio and Western Slovenia", "37.8%", "75.1%"),
    ],
)
def test_the_answer_names_partners_and_what_they_add(client, code, first, own, both) -> None:
    text = page(client, code)
    assert f"finds most of what it lacks across the border in {first}." in text
    assert f"it has {own} itself" in text and f"it would have {both} (2015)" in text
    assert "Both sides gain" in text


def test_a_reason_is_told_in_words(client: Client) -> None:
    text = page(client, "BG31", "?for=J62&where=near")
    assert (
        "Bucharest–Ilfov has “Head offices, consulting”, Telecommunications and Film and music, related to "
        "“Computer programming”, which Severozapaden lacks." in text
    )
    assert "some 220 km away" in text


def test_the_answer_in_bulgarian(client: Client) -> None:
    text = page(client, "BG31", "?for=J62&where=near", "bg")
    assert "Партньори за Северозападен" in text
    assert (
        "Отвъд границата и наблизо най-много от това, което липсва на Северозападен за „Информационни технологии“, "
        "имат Букурещ – Илфов, Централна Унгария и Атика." in text
    )
    assert "на около 220 km" in text


@pytest.mark.parametrize("code", ["RS21", "XK00"])
def test_a_region_without_figures_says_what_would_be_needed(client: Client, code: str) -> None:
    text = page(client, code)
    assert "it is not known which activities it has" in text and "What is needed" in text
    assert "/en/data/bring/" in client.get(f"/en/regions/{code}/partners/").content.decode()


@pytest.mark.parametrize(
    ("code", "said", "link"),
    [
        ("BG", "Those of Bulgaria", "/en/regions/BG31/partners/"),
        ("BG311", "is part of Severozapaden", "/en/regions/BG31/partners/"),
        ("HU11", "under the borders of NUTS 2013 only", "/en/regions/HU10/?nuts=2013"),
        ("MD", "has no regions at NUTS level 2", ""),
    ],
)
def test_other_levels_and_borders_lead_on(client: Client, code: str, said: str, link: str) -> None:
    assert said in page(client, code)
    assert link in client.get(f"/en/regions/{code}/partners/").content.decode()


def test_withdrawn_codes_lead_to_the_page_that_says_what_became_of_them(client: Client) -> None:
    answer = client.get("/en/regions/HR04/partners/")
    assert answer.status_code == 302 and answer["Location"] == "/en/regions/HR04/"
    assert (
        client.get("/en/regions/bg31/partners/?for=J62")["Location"] == "/en/regions/BG31/partners/?for=J62"
    )
    assert client.get("/en/regions/ZZ99/partners/").status_code == 404


@pytest.mark.parametrize(
    "query", ["?for=%00", "?for=C14", "?where=x&by=y&for=" + "A" * 400, "?for=<script>", "?r=1"]
)
def test_strange_questions_get_the_first_answer(client: Client, query: str) -> None:
    assert "across the border" in page(client, "BG31", query)


def test_what_is_there_already_is_said(client: Client) -> None:
    assert "“Clothing” is there already" in page(client, "BG31", "?for=C14")


def test_every_figure_on_the_page_opens_its_card(client: Client) -> None:
    text = client.get("/en/regions/RO11/partners/").content.decode()
    addresses = sorted(set(re.findall(r'<a class="fig" href="(/en/figures[^"]+)"', text)))
    assert len(addresses) > 50
    for address in addresses[::23]:
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_every_other_link_of_the_page_leads_somewhere(client: Client) -> None:
    text = client.get("/en/regions/BG31/partners/").content.decode()
    found = set(re.findall(r'href="(/en/[^"#]+)"', text)) - set(
        re.findall(r'href="(/en/figures[^"]+)"', text)
    )
    kinds = {}
    for address in sorted(found):  # each leads to a page there is; one of each kind is opened
        way = address.replace("&amp;", "&")
        kinds[resolve(urlsplit(way).path).view_name] = way
    assert len(kinds) > 5
    for way in kinds.values():
        assert client.get(way, follow=True).status_code == 200, way


def test_cluster_organisations_that_fit_are_named(client: Client) -> None:
    Cluster.objects.filter(slug="example-digital-cluster").update(state="published")
    text = page(client, "EL52", "?for=J58&where=near")
    assert "Cluster organisations that fit: Example Digital Cluster" in text


def test_beyond_south_east_europe_regions_are_named_by_country_and_code(client: Client) -> None:
    text = page(client, "EL52", "?where=europe")
    assert "Finland FI1C" in text


def test_limits_are_said(client: Client) -> None:
    text = page(client, "BG31")
    assert "published of 64 of 68 activities" in text
    assert "The table has one year, 2015" in text
    assert "no figures for them: Serbia" in text


def test_each_part_leaves_as_a_picture_and_as_tables(client: Client) -> None:
    for part in (
        "map.svg",
        "map.png",
        "map.json",
        "map.csv",
        "map.xlsx",
        "map.json-stat",
        "why.csv",
        "why.json-stat",
    ):
        assert client.get(f"/en/regions/BG31/partners/parts/{part}").status_code == 200, part
    for part in ("why.svg", "nothing.csv"):
        assert client.get(f"/en/regions/BG31/partners/parts/{part}").status_code == 404, part
    assert client.get("/en/regions/RS21/partners/parts/map.svg").status_code == 404


def test_a_table_carries_its_choices_and_its_origin(client: Client) -> None:
    text = client.get("/en/regions/BG31/partners/parts/map.csv?for=J62&by=minimum").content.decode(
        "utf-8-sig"
    )
    assert "Computer programming (J62)" in text and "both gain: the smaller gain" in text
    assert "sbs_r_nuts06_r2" in text
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert [int(float(row["place"])) for row in rows] == list(range(1, len(rows) + 1))
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_the_parts_of_the_file_add_up_to_what_the_page_says(client: Client) -> None:
    def rows(part: str) -> list[dict[str, str]]:
        text = client.get(f"/en/regions/BG31/partners/parts/{part}.csv").content.decode("utf-8-sig")
        return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))

    gains = {row["region"]: float(row["gain"]) for row in rows("map")}
    parts: dict[str, float] = {}
    for row in rows("why"):
        parts[row["region"]] = parts.get(row["region"], 0.0) + float(row["part"])
    assert len(parts) == 10
    assert all(parts[code] == pytest.approx(gains[code]) for code in parts)


def test_the_map_can_be_shown_elsewhere(client: Client) -> None:
    assert client.get("/en/embed/regions/BG31/partners/map/?for=J62").status_code == 200
    assert client.get("/en/embed/regions/BG31/partners/map.svg").status_code == 200
    assert client.get("/en/embed/regions/BG31/partners/map/how/").status_code == 200


def test_a_page_asks_the_database_few_questions() -> None:
    reader = reader_with("analyst")
    reader.get("/en/regions/BG31/partners/")
    with CaptureQueriesContext(connection) as cold:
        reader.get("/en/regions/EL52/partners/")
    with CaptureQueriesContext(connection) as warm:
        reader.get("/en/regions/EL52/partners/")
    assert len(cold) <= 12 and len(warm) <= 4


def test_an_instance_without_figures_says_so(client: Client) -> None:
    Dataset.objects.update(current=None)
    assert "is not loaded here" in page(client, "BG31")


# The same for programs


def test_the_api_answers_with_reasons_and_origins(client: Client) -> None:
    told = client.get("/api/v1/regions/BG31/partners?for=J62&where=near").json()
    best = told["partners"][0]
    assert (told["activity"], told["where"], best["region"]) == ("J62", "near", "RO32")
    assert best["gain"] == pytest.approx(sum(one["part"] for one in best["brings"]))
    assert told["origins"][0]["table"] == "sbs_r_nuts06_r2" and best["reasons"]


def test_the_api_is_known_again_and_gives_csv(client: Client) -> None:
    address = "/api/v1/regions/BG31/partners?format=csv"
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) > 20


@pytest.mark.parametrize(("query", "status"), [("?where=mars", 422), ("?for=j", 422), ("?region=BG31", 422)])
def test_the_api_refuses_what_it_does_not_know(client: Client, query: str, status: int) -> None:
    assert client.get(f"/api/v1/regions/BG31/partners{query}").status_code == status


@pytest.mark.parametrize("code", ["RS21", "BG", "HR04", "ZZ"])
def test_the_api_says_why_there_is_no_answer(client: Client, code: str) -> None:
    answer = client.get(f"/api/v1/regions/{code}/partners")
    assert answer.status_code == 404 and answer.json()["detail"]


def test_the_command_prints_the_same(capsys) -> None:
    assert main(["partners", "BG31", "--for", "J62", "--where", "near"]) == 0
    said = capsys.readouterr().out
    assert "1. Bucharest–Ilfov (RO32)" in said and "What this cannot say" in said and "<a" not in said
    assert main(["partners", "BG31", "--json", "--lang", "bg"]) == 0
    assert json.loads(capsys.readouterr().out)["partners"][0]["region"] == "SI04"
    assert main(["partners", "Nowhere"]) == 2


def test_a_page_is_kept_packed_and_comes_back_as_it_was(client: Client, django_user_model) -> None:
    cache.clear()
    client.force_login(django_user_model.objects.create_user("mira@vidin.example", name="Mira"))
    first = client.get("/en/regions/BG31/partners/").content.decode()
    body = first.split("<main", 1)[1].split("</main>", 1)[0]
    assert (
        body
        == client.get("/en/regions/BG31/partners/")
        .content.decode()
        .split("<main", 1)[1]
        .split("</main>", 1)[0]
    )
    kept = [cache.get(key.split(":", 2)[2]) for key in cache._cache if "_region_partners_body" in key]
    assert len(kept) == 1 and len(kept[0]) < len(body) / 3
