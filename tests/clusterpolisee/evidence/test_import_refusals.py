"""Importing: files that cannot be used at all end with one sentence."""

from __future__ import annotations

import gzip

import pytest

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.obstacles import (
    AnotherTable,
    DatasetNotRecognised,
    FileUnreadable,
    TableDoesNotFit,
    UnknownDataset,
)
from factories.evidence import JOBS, bring, table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><title>Maintenance</title>", "web page"),
        (b"\x1f\x8b\x08\x00broken", "cut off or damaged"),
        ("region,year,value\nВидин,2015,1\n".encode("cp1251"), "UTF-8"),
        (b"just a sentence that is no table at all", "format of jobs.csv is not known"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    table()
    with pytest.raises(FileUnreadable, match=sentence):
        bring(content)
    assert DatasetVersion.objects.count() == 0
    assert not store.root().exists()


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    table()
    row = b"BG31,C10,2015," + b" " * 1000 + b"1\n"
    bomb = gzip.compress(b"region,activity,year,value\n" + row * 80_000)  # 80 MB out of a hundred kilobytes
    with pytest.raises(FileUnreadable, match="unpacks to more"):
        bring(bomb)


def test_refusals_are_said_in_the_language_of_the_reader() -> None:
    from django.utils.translation import override

    table()
    with override("bg"), pytest.raises(FileUnreadable) as refused:
        bring(b"")
    assert str(refused.value)


def test_a_file_of_another_table_is_refused() -> None:
    table()
    table("rates")
    with pytest.raises(AnotherTable, match="rates"):
        bring("# table: rates\n" + JOBS)


def test_the_table_is_taken_from_the_file_or_from_its_name() -> None:
    table()
    assert (
        bring("# table: jobs\n" + JOBS, dataset=None, name="figures.csv", dry_run=True).dataset.code == "jobs"
    )
    assert bring(JOBS, dataset=None, name="estat_jobs.csv", dry_run=True).dataset.code == "jobs"


def test_a_file_that_does_not_say_its_table_asks_for_it() -> None:
    table()
    with pytest.raises(DatasetNotRecognised, match=r"--dataset.*jobs"):
        bring(JOBS, dataset=None, name="figures.csv")


def test_an_unknown_table_lists_the_known_ones() -> None:
    table()
    with pytest.raises(UnknownDataset, match="It has: jobs"):
        bring(JOBS, dataset="jobz")


def test_a_table_of_activities_needs_a_column_of_activities() -> None:
    table()
    with pytest.raises(TableDoesNotFit, match="nace_r2"):
        bring("region,year,value\nBG31,2015,5\n")


def test_a_dimension_nobody_described_is_refused_unless_it_says_one_thing() -> None:
    table()
    mixed = "region,activity,sex,year,value\nBG31,C10,M,2015,5\nBG31,C10,F,2015,6\n"
    with pytest.raises(TableDoesNotFit, match="sex"):
        bring(mixed)
    outcome = bring(mixed.replace(",F,", ",M,").replace(",6", ",5"))
    assert "constant_dimension" in outcome.report.kinds()


def test_dimensions_are_put_into_the_order_of_the_catalogue() -> None:
    dimensions = [{"code": "unit", "default": "THS"}, {"code": "age"}, {"code": "sex", "only": "T"}]
    table(dimensions=dimensions)
    text = "region,activity,sex,age,year,value\nBG31,C10,T,Y15-64,2015,5\nBG31,C10,M,Y15-64,2015,3\n"
    outcome = bring(text)
    assert store.observations(outcome.version)["series"].to_list() == ["THS.Y15-64"]
    assert {"assumed_dimension", "left_out"} <= outcome.report.kinds()


def test_a_missing_dimension_is_refused() -> None:
    table(dimensions=[{"code": "age"}])
    with pytest.raises(TableDoesNotFit, match="age"):
        bring(JOBS)
