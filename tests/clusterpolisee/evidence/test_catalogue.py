"""The catalogue: seeds that fill an empty database and respect what people changed."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from clusterpolisee.evidence import catalogue, queries
from clusterpolisee.evidence.catalogue import load_catalogue
from clusterpolisee.evidence.models import Dataset, Indicator

pytestmark = pytest.mark.django_db


def test_an_empty_database_is_filled_and_a_second_time_nothing_happens() -> None:
    first = load_catalogue()
    assert first.created == Dataset.objects.count() + Indicator.objects.count() > 20
    again = load_catalogue()
    assert (again.created, again.updated, again.left_alone) == (0, 0, 0)


def test_seeding_again_costs_two_questions(django_assert_max_num_queries) -> None:
    load_catalogue()
    with django_assert_max_num_queries(4):  # the two, and a savepoint around nothing
        load_catalogue()


def test_what_somebody_edited_is_never_overwritten(monkeypatch) -> None:
    load_catalogue()
    Dataset.objects.filter(code="tgs00010").update(labels={"en": "Without work"})
    monkeypatch.setattr(catalogue, "_seeds", newer_seeds)
    loaded = load_catalogue()
    assert loaded.left_alone == 1
    assert queries.dataset("tgs00010").labels == {"en": "Without work"}


def test_what_nobody_edited_follows_its_seed(monkeypatch) -> None:
    load_catalogue()
    monkeypatch.setattr(catalogue, "_seeds", newer_seeds)
    assert load_catalogue().updated == 1
    assert queries.dataset("tgs00010").labels["en"] == "Unemployment, newly worded"


def newer_seeds():
    """The seeds of a later release: one title is worded anew."""
    for text in seeds():
        yield text.replace(
            '\nlabels.en = "Unemployment rate"\n', '\nlabels.en = "Unemployment, newly worded"\n'
        )


def seeds() -> list[str]:
    folder = resources.files("clusterpolisee.evidence.catalogue")
    return [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]


def described_tables() -> list[dict]:
    return [one for text in seeds() for one in tomllib.loads(text)["dataset"]]


@pytest.mark.parametrize("table", described_tables(), ids=lambda table: table["code"])
def test_every_table_speaks_bulgarian_and_english(table: dict) -> None:
    for labels in (table["labels"], table["description"], *(one["labels"] for one in table["indicator"])):
        assert set(labels) == {"en", "bg"}
        assert all(labels.values())
    for one in table["indicator"]:
        assert set(one["unit_labels"]) == set(one["short_labels"]) == set(one["explanation"]) == {"en", "bg"}


def test_every_indicator_reads_a_series_that_its_table_can_have() -> None:
    load_catalogue()
    for indicator in queries.indicators():
        written = [one for one in indicator.dataset.dimensions if "only" not in one]
        assert indicator.series.count(".") == len(written) - 1, indicator.code


def test_indicators_come_with_their_table_and_version_in_one_question(django_assert_num_queries) -> None:
    load_catalogue()
    with django_assert_num_queries(1):
        for indicator in queries.indicators_by_code().values():
            assert indicator.dataset.current is None
