"""The cells of a table for programs: filtered, in pages, each kind of nothing told apart, never read for nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from clusterpolisee.evidence import store
from clusterpolisee.evidence.actions import accept_version, reject_version
from clusterpolisee.evidence.models import State
from factories.evidence import JOBS, LATER, analyst, bring, changed, table

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/datasets/jobs/observations"

# One of each: a number, a zero, an estimate, nothing published, a secret.
FIVE_KINDS = """region,activity,year,value,flag
BG31,C10,2014,100,
BG31,C11,2014,0,
BG31,C12,2014,50,e
BG31,C13,2014,,
BG31,C14,2014,,c
"""


@pytest.fixture
def jobs() -> None:
    table()
    assert bring(JOBS).version.state == State.ACCEPTED


def cells(client: Client, query: str = "", **headers: str) -> list[dict]:
    answer = client.get(f"{ADDRESS}?{query}", headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.json()["observations"]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("region=BG31", [100, 110]),
        ("region=BG31&region=BG32&to_year=2014", [100, 200]),
        ("region=BG31&from_year=2015&to_year=2015&activity=C10", [110]),
        ("region=BG31&nuts=2013", [100, 110]),
        ("region=BG31&nuts=2024", []),
        ("region=RO31", []),
        ("activity=C99", []),
        ("series=none", []),
        ("state=confidential", []),
        ("from_year=2016", []),
        ("region=BG&state=reported&limit=1", [600]),
    ],
)
def test_filters_are_taken_together(client: Client, jobs: None, query: str, values: list[float]) -> None:
    assert [cell["value"] for cell in cells(client, query)] == values


def test_every_answer_names_its_origin(client: Client, jobs: None) -> None:
    told = client.get(ADDRESS).json()
    assert told["origin"] == {
        "source": "Statistical office",
        "table": "jobs",
        "table_address": "",
        "version": 1,
        "nuts_vintage": 2013,
        "retrieved_on": "2026-11-20",
        "licence": "CC BY 4.0",
        "licence_address": "",
        "address": "http://localhost:8000/en/data/jobs/1/",
    }


def test_five_kinds_of_cells_stay_five_things(client: Client) -> None:
    table()
    bring(FIVE_KINDS)
    told = [(one["value"], one["state"]) for one in cells(client)]
    assert told == [
        (100, "reported"),
        (0, "reported"),
        (50, "estimated"),
        (None, "not_published"),
        (None, "confidential"),
    ]
    assert [one["activity"] for one in cells(client, "state=confidential&state=not_published")] == [
        "C13",
        "C14",
    ]


@pytest.mark.parametrize("limit", [1, 3, 7, 8, 9])
def test_pages_put_together_are_the_whole(client: Client, jobs: None, limit: int) -> None:
    whole, found, address = cells(client), [], f"{ADDRESS}?limit={limit}"
    while address:
        answer = client.get(address.removeprefix("http://localhost:8000"))
        found += answer.json()["observations"]
        address = answer.json()["links"].get("next", "")
        assert (f'<{address}>; rel="next"' in answer["Link"]) is bool(address)
    assert found == whole and len(whole) == 8


def test_data_that_change_between_two_pages_are_409_unless_a_version_was_named(
    client: Client, jobs: None
) -> None:
    following = client.get(f"{ADDRESS}?limit=3").json()["links"]["next"].removeprefix("http://localhost:8000")
    bring(changed(JOBS, "BG33,C10,2015,330,", "BG33,C10,2015,331,"), now=LATER)
    answer = client.get(following)
    assert answer.status_code == 409 and "version=1" in answer.json()["detail"]
    assert client.get(f"{following}&version=1").status_code == 200
    assert client.get(f"{following}&version=2").json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "WzEsMiwzXQ", "A" * 300, "WzEsIkJHIiwtMSwiIiwiIiwyMDE0XQ", "bnVsbA", "WzFlNDAwXQ"]
)
def test_an_invented_cursor_is_422_and_named(client: Client, jobs: None, cursor: str) -> None:
    answer = client.get(f"{ADDRESS}?cursor={cursor}")
    assert answer.status_code == 422 and answer.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from_year=99999", "from_year"),
        ("from_year=2016&to_year=2015", "from_year"),
        ("limit=10001", "limit"),
        ("limit=0", "limit"),
        ("state=zero", "state"),
        ("format=xlsx", "format"),
        ("version=0", "version"),
        ("region=BG31%00", "region"),
        ("region=BG31,BG32", "region"),
        ("region=" + "&region=".join(f"BG{n}" for n in range(101)), "region"),
        ("page=2", "page"),
    ],
)
def test_an_absurd_filter_is_422_and_named(client: Client, jobs: None, query: str, parameter: str) -> None:
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 422
    assert {error["parameter"] for error in answer.json()["errors"]} == {parameter}


def test_an_older_version_stays_readable_and_one_that_waits_or_was_rejected_is_not(
    client: Client, jobs: None
) -> None:
    bring(changed(JOBS, "BG33,C10,2015,330,", "BG33,C10,2015,331,"), now=LATER)
    assert cells(client, "region=BG33&from_year=2015")[0]["value"] == 331
    assert cells(client, "region=BG33&from_year=2015&version=1")[0]["value"] == 330
    waiting = bring(changed(JOBS, "BG33,C10,2015,330,", "BG33,C10,2015,9900,"), now=LATER).version
    assert waiting.state == State.STAGED
    assert client.get(f"{ADDRESS}?version={waiting.number}").status_code == 404
    reject_version(actor=analyst(), version=waiting, now=LATER)
    assert client.get(f"{ADDRESS}?version={waiting.number}").status_code == 404
    accept_version(actor=analyst(), version=waiting, now=LATER)
    assert cells(client, f"region=BG33&from_year=2015&version={waiting.number}")[0]["value"] == 9900


@pytest.mark.parametrize("code", ["no_such_table", "JOBS2"])
def test_a_table_that_is_not_there_is_a_sentence(client: Client, code: str) -> None:
    answer = client.get(f"/api/v1/datasets/{code}/observations")
    assert answer.status_code == 404 and code in answer.json()["detail"]


def test_a_table_that_was_never_loaded_says_so(client: Client) -> None:
    table()
    assert "has not been loaded" in client.get(ADDRESS).json()["detail"]


# Reading


def test_who_has_the_version_is_told_so_before_anything_is_read(
    client: Client, jobs: None, monkeypatch
) -> None:
    etag = client.get(f"{ADDRESS}?region=BG31")["ETag"]
    monkeypatch.setattr(store, "observations_after", lambda *args, **options: pytest.fail("read for nothing"))
    answer = client.get(f"{ADDRESS}?region=BG31", headers={"If-None-Match": etag})
    assert answer.status_code == 304 and answer.content == b""


@pytest.mark.parametrize("form", ["json", "csv", "json-stat"])
def test_a_new_version_and_another_format_are_other_answers(client: Client, jobs: None, form: str) -> None:
    etag = client.get(f"{ADDRESS}?format={form}")["ETag"]
    assert client.get(f"{ADDRESS}?format={form}", headers={"If-None-Match": etag}).status_code == 304
    bring(changed(JOBS, "BG33,C10,2015,330,", "BG33,C10,2015,331,"), now=LATER)
    assert client.get(f"{ADDRESS}?format={form}", headers={"If-None-Match": etag}).status_code == 200


def test_a_numbered_version_may_be_kept_longer_than_the_newest(client: Client, jobs: None) -> None:
    assert client.get(ADDRESS)["Cache-Control"] == "public, no-cache"
    assert client.get(f"{ADDRESS}?version=1")["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(
    ("query", "queries"), [("region=BG31", 1), ("limit=3", 1), ("version=1", 2), ("format=csv", 1)]
)
def test_cells_cost_no_query_each(
    client: Client, jobs: None, django_assert_num_queries, query: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        client.get(f"{ADDRESS}?{query}")
