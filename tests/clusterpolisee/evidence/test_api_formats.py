"""What the API gives is read back by other people's readers, and says the same in every format."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas
import polars
import pytest
from django.test import Client
from pyjstat import pyjstat

from clusterpolisee.shell.exports import json_stat
from factories.evidence import bring, table

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[2] / "golden/api"
ADDRESS = "/api/v1/datasets/jobs/observations"

# A number, a zero, an estimate, nothing published, a secret; a title that a spreadsheet would run.
FIVE_KINDS = """region,activity,year,value,flag
BG31,C10,2014,100.5,
BG31,C11,2014,0,
BG31,C12,2014,50,e
BG31,C13,2014,,
BG31,C14,2014,,c
"""
EXPECTED = {
    "C10": (100.5, "reported"),
    "C11": (0.0, "reported"),
    "C12": (50.0, "estimated"),
    "C13": (None, "not_published"),
    "C14": (None, "confidential"),
}


@pytest.fixture(autouse=True)
def five_kinds(request: pytest.FixtureRequest, db: None) -> None:
    if "world" in request.fixturenames:
        return
    table(labels={"en": "=HYPERLINK(1)", "bg": "Работни места"}, unit="NR", unit_labels={"en": "persons"})
    bring(FIVE_KINDS)


def known(value: float) -> float | None:
    return None if value is None or pandas.isna(value) else float(value)


def test_csv_is_read_back_by_pandas(client: Client) -> None:
    text = client.get(f"{ADDRESS}?format=csv").content
    frame = pandas.read_csv(io.BytesIO(text), comment="#")
    assert {row.activity: (known(row.value), row.state) for row in frame.itertuples()} == EXPECTED


def test_csv_is_read_back_by_polars(client: Client) -> None:
    text = client.get(ADDRESS, headers={"Accept": "text/csv"}).content
    frame = polars.read_csv(text, comment_prefix="#")
    assert {row["activity"]: (row["value"], row["state"]) for row in frame.to_dicts()} == EXPECTED


def test_csv_carries_its_origin_and_nothing_a_spreadsheet_would_run(client: Client) -> None:
    lines = client.get(f"{ADDRESS}?format=csv").content.decode().splitlines()
    assert "# title: '=HYPERLINK(1)" in lines
    for fact in (
        "source: Statistical office",
        "table: jobs",
        "version: 1",
        "nuts_vintage: 2013",
        "licence: CC BY 4.0",
        "retrieved: 2026-11-20",
    ):
        assert f"# {fact}" in lines


def test_json_stat_is_read_back_by_pyjstat_with_five_kinds_apart(client: Client) -> None:
    answer = client.get(f"{ADDRESS}?format=json-stat")
    assert answer["Content-Type"].startswith("application/vnd.json-stat+json")
    cube = json.loads(answer.content)
    frame = pyjstat.Dataset.read(answer.content.decode()).write("dataframe", naming="id")
    assert {row.activity: known(row.value) for row in frame.itertuples()} == {
        code: value for code, (value, _state) in EXPECTED.items()
    }
    marks = {
        cube["dimension"]["activity"]["category"]["index"][int(at)]: mark
        for at, mark in cube["status"].items()
    }
    assert marks == {"C12": "e", "C13": ":", "C14": "c"}
    assert cube["extension"]["origin"][0]["version"] == "1" and cube["role"]["geo"] == ["region"]


def test_json_says_the_same(client: Client) -> None:
    told = client.get(ADDRESS).json()["observations"]
    assert {one["activity"]: (one["value"], one["state"]) for one in told} == EXPECTED


@pytest.mark.parametrize(
    ("form", "ending"), [("json", "json"), ("csv", "csv"), ("json-stat", "json-stat.json")]
)
def test_the_bytes_are_those_of_the_golden_file(client: Client, form: str, ending: str) -> None:
    answer = client.get(f"{ADDRESS}?format={form}&lang=en")
    assert answer.content.decode().replace("\r\n", "\n") == (GOLDEN / f"observations.{ending}").read_text()


def test_a_cube_of_almost_nothing_but_holes_is_406_with_a_way_on(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(json_stat, "CELLS_ALWAYS_FINE", 3)
    monkeypatch.setattr(json_stat, "MOST_CELLS_PER_ROW", 0)
    answer = client.get(f"{ADDRESS}?format=json-stat")
    assert answer.status_code == 406 and "take it as CSV" in answer.json()["detail"]


def test_a_page_without_cells_is_a_whole_file_in_every_format(client: Client) -> None:
    for form in ("json", "csv", "json-stat"):
        assert client.get(f"{ADDRESS}?region=XX99&format={form}").status_code == 200


@pytest.mark.parametrize(
    ("language", "name", "activity"),
    [("bg", "Северозападен", "Облекло"), ("en", "Severozapaden", "Clothing")],
)
def test_a_cube_has_names_in_the_language_asked_for(
    world: None, client: Client, language: str, name: str, activity: str
) -> None:
    address = "/api/v1/indicators/persons_employed/series?region=BG31&activity=C14&format=json-stat"
    told = client.get(f"{address}&lang={language}").json()["dimension"]
    assert told["region"]["category"]["label"] == {"BG31": name}
    assert told["activity"]["category"]["label"] == {"C14": activity}
