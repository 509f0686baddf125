"""Manners of the API: methods, other sites, languages, formats, problems, and answers somebody has already."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.test import Client

from clusterpolisee.config.api import api

pytestmark = pytest.mark.django_db
EVERYWHERE = [
    "/api/v1/",
    "/api/v1/measures",
    "/api/v1/regions",
    "/api/v1/no/such/thing",
    "/api/v1/openapi.json",
]


def problem(answer) -> dict:
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert set(told) >= {"type", "title", "status", "detail", "instance"}
    assert told["status"] == answer.status_code
    return told


@pytest.mark.parametrize("address", EVERYWHERE)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_api_only_reads(client: Client, address: str, method: str) -> None:
    answer = getattr(client, method)(address)
    assert problem(answer)["status"] == 405 and answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", EVERYWHERE)
def test_scripts_of_other_sites_may_read_without_cookies(client: Client, address: str) -> None:
    answer = client.get(address, headers={"Origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_browser_that_asks_first_hears_that_a_token_may_be_sent(client: Client) -> None:
    answer = client.options("/api/v1/measures", headers={"Access-Control-Request-Method": "GET"})
    assert answer.status_code == 204 and answer.content == b""
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_a_session_cookie_changes_nothing(client: Client, django_user_model) -> None:
    plain = client.get("/api/v1/measures")
    client.force_login(django_user_model.objects.create_user("ana@example.org"))
    assert client.get("/api/v1/measures").content == plain.content
    assert "Cookie" not in plain["Vary"]


def test_head_says_how_long_the_answer_would_be(client: Client) -> None:
    whole, head = client.get("/api/v1/measures"), client.head("/api/v1/measures")
    assert head.content == b"" and head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_an_unknown_address_is_a_problem_and_never_a_page(client: Client) -> None:
    told = problem(client.get("/api/v1/regiones?x=1"))
    assert told["status"] == 404 and "/api/v1/" in told["detail"]
    assert told["type"].endswith("/api/v1/docs#not-found")


def test_every_kind_of_problem_is_explained_on_the_page_it_points_to(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    for path in ("/api/v1/none", "/api/v1/measures?x=1", "/api/v1/measures?limit=0"):
        assert f'id="{problem(client.get(path))["type"].partition("#")[2]}"' in page


@pytest.mark.parametrize("language", ["en", "bg"])
def test_names_and_problems_are_in_the_language_asked_for(client: Client, language: str) -> None:
    answer = client.get("/api/v1/measures", {"lang": language}, headers={"Accept-Language": "bg"})
    assert answer["Content-Language"] == language
    name = next(one["name"] for one in answer.json()["measures"] if one["key"] == "location-quotient")
    assert name == {"en": "Location quotient", "bg": "Коефициент на локализация"}[language]


def test_without_a_language_the_answer_is_english_whatever_the_browser_says(client: Client) -> None:
    answer = client.get("/api/v1/measures", headers={"Accept-Language": "bg"})
    assert answer["Content-Language"] == "en" and "Location quotient" in answer.content.decode()


@pytest.mark.parametrize("accept", ["", "*/*", "application/*", "text/html;q=0.9, application/json;q=0.1"])
def test_json_is_given_to_whoever_takes_it(client: Client, accept: str) -> None:
    answer = client.get("/api/v1/measures", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/csv", "application/json;q=0", "image/png, text/html"])
def test_a_format_that_does_not_exist_is_406_and_names_those_that_do(client: Client, accept: str) -> None:
    told = problem(client.get("/api/v1/measures", headers={"Accept": accept}))
    assert told["status"] == 406 and "application/json" in told["detail"]


# What somebody has already


def test_who_has_the_bytes_gets_304_and_nothing_else(client: Client) -> None:
    first = client.get("/api/v1/measures")
    assert first["ETag"].startswith('"') and "no-cache" in first["Cache-Control"]
    for held in (first["ETag"], f'"other", W/{first["ETag"]}', "*"):
        again = client.get("/api/v1/measures", headers={"If-None-Match": held})
        assert again.status_code == 304 and again.content == b"" and again["ETag"] == first["ETag"]
    assert client.get("/api/v1/measures", headers={"If-None-Match": '"other"'}).status_code == 200


def test_another_language_is_another_answer(client: Client) -> None:
    english = client.get("/api/v1/measures")["ETag"]
    assert client.get("/api/v1/measures?lang=bg", headers={"If-None-Match": english}).status_code == 200


# Parameters


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=-1", "limit"),
        ("limit=501", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("offset=-5", "offset"),
        ("offset=1e400", "offset"),
        ("level=nine", "level"),
        ("country=Bulgaria", "country"),
        ("country=B%00", "country"),
        ("q=%00", "q"),
        ("q=" + "x" * 81, "q"),
        ("q=", "q"),
        ("vintage=2011", "vintage"),
        ("vintage=99999", "vintage"),
        ("lang=xx", "lang"),
        ("lang=%F0%9F%92%A9", "lang"),
        ("level=1&level=2", "level"),
        ("regions=BG31", "regions"),
        ("%3Cscript%3E=1", "<script>"),
    ],
)
def test_an_absurd_parameter_is_422_and_named(client: Client, query: str, parameter: str) -> None:
    told = problem(client.get(f"/api/v1/regions?{query}"))
    assert told["status"] == 422
    assert [error["parameter"] for error in told["errors"]] == [parameter]
    assert all(error["in"] == "query" and parameter in error["detail"] for error in told["errors"])


def test_ten_thousand_regions_are_422_and_named(client: Client) -> None:
    query = "&".join(f"region=BG{number:04d}" for number in range(10_000))
    told = problem(client.get(f"/api/v1/datasets/any/observations?{query}"))
    assert told["status"] == 422 and told["errors"][0]["parameter"] == "region"
    assert "10000" in told["errors"][0]["detail"]


def test_what_a_stranger_wrote_comes_back_short_and_without_control_characters(client: Client) -> None:
    told = problem(client.get("/api/v1/regions?" + quote("bell\x07\u202e" + "x" * 500) + "=1"))
    name = told["errors"][0]["parameter"]
    assert len(name) <= 61 and "\x07" not in name and "\u202e" not in name


def test_a_bad_part_of_the_address_is_404_and_named(client: Client) -> None:
    told = problem(client.get("/api/v1/regions/BG%00"))
    assert told["status"] == 404 and told["errors"][0] | {"detail": ""} == {
        "parameter": "code",
        "in": "path",
        "detail": "",
    }


def test_what_nobody_foresaw_is_told_without_its_innards(client: Client, monkeypatch) -> None:
    def broken(*args: object) -> list[object]:
        raise RuntimeError("secret path /srv")

    monkeypatch.setattr("clusterpolisee.regions.queries.regions_among", broken)
    client.raise_request_exception = False
    told = problem(client.get("/api/v1/regions"))
    assert told["status"] == 500 and "secret" not in json.dumps(told)


# What the API says of itself


def test_the_start_names_every_operation(client: Client) -> None:
    told = client.get("/api/v1/").json()
    assert {f"api_{one['name']}" for one in told["operations"]} == set(api.declared)


def test_the_description_is_valid_openapi_3_1(client: Client) -> None:
    import schemathesis

    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(told).validate()


@pytest.mark.parametrize("language", ["en", "bg"])
def test_the_documentation_shows_every_operation_with_an_example_and_asks_nobody_else(
    client: Client, language: str
) -> None:
    answer = client.get("/api/v1/docs", {"lang": language})
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page and answer["Content-Language"] == language
    for path, operation in api.description_in(language)["paths"].items():
        assert f"GET {path}<" in page
        assert operation["get"]["summary"] in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in main and "//cdn" not in page
