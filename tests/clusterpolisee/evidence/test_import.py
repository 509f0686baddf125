"""Importing: what a file says, and what is new in it."""

from __future__ import annotations

import pytest

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.actions import ALREADY_IMPORTED, DRY_RUN
from clusterpolisee.evidence.fitting import Hints
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.obstacles import (
    FileUnreadable,
)
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import JOBS, NOW, analyst, bring, changed, finding, person, table

pytestmark = pytest.mark.django_db


# A file that is as it should be


def test_a_file_becomes_the_first_version_and_is_in_use() -> None:
    jobs = table()
    outcome = bring(JOBS)
    jobs.refresh_from_db()
    version = outcome.version
    assert (outcome.kind, version.number, version.state) == ("accepted", 1, "accepted")
    assert jobs.current == version
    assert (version.rows, version.cells_with_value, version.years, version.regions) == (8, 8, [2014, 2015], 4)
    assert store.observations(version, regions=["BG31"], years=[2015])["value"].to_list() == [110.0]


def test_a_version_remembers_its_file_source_and_people() -> None:
    table()
    version = bring(JOBS).version
    assert (version.raw_name, version.raw_size) == ("jobs.csv", len(JOBS.encode()))
    assert version.source_url == "https://statistics.example/jobs"
    assert (version.imported_by, version.imported_at, version.accepted_by) == (analyst(), NOW, analyst())
    with store.opened_raw(version.raw_sha256) as file:
        assert file.read() == JOBS.encode()
    assert [event.verb for event in events_of(version)] == ["accepted", "imported"]


def test_empty_confidential_estimated_and_zero_are_four_different_things() -> None:
    table()
    text = "region,activity,year,value,flag\nBG31,C10,2015,,\nBG32,C10,2015,,c\nBG33,C10,2015,7,e\nBG34,C10,2015,0,\n"
    outcome = bring(text)
    frame = store.observations(outcome.version)
    assert frame["state"].to_list() == ["not_published", "confidential", "estimated", "reported"]
    assert frame["value"].to_list() == [None, None, 7.0, 0.0]
    assert (outcome.report.zeros, outcome.report.states["confidential"]) == (1, 1)


def test_flags_are_counted_and_kept() -> None:
    table()
    outcome = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,110,ub"))
    assert outcome.report.flags == {"bu": 1}
    assert store.observations(outcome.version, regions=["BG31"], years=[2015])["flag"].to_list() == ["bu"]


def test_thousands_separators_and_decimal_commas_are_read_as_numbers() -> None:
    table()
    text = 'region;activity;year;value\nBG31;C10;2014;"1 234,5"\nBG31;C10;2015;"1.240,5"\n'
    assert store.observations(bring(text).version)["value"].to_list() == [1234.5, 1240.5]


def test_a_number_that_can_be_read_in_two_ways_is_refused_until_somebody_says_how() -> None:
    table()
    text = "region;activity;year;value\nBG31;C10;2014;1,234\nBG31;C10;2015;1,240\n"
    with pytest.raises(FileUnreadable, match="--decimal"):
        bring(text)
    outcome = bring(text, hints=Hints(decimal=","))
    assert store.observations(outcome.version)["value"].to_list() == [1.234, 1.24]


def test_codes_are_spelt_as_eurostat_does_however_the_file_spells_them() -> None:
    table()
    outcome = bring("region,activity,year,value\nbg31,10,2015,5\nGR30,14.1,2015,6\n")
    frame = store.observations(outcome.version)
    assert frame.select("region", "activity").rows() == [("BG31", "C10"), ("EL30", "C141")]


# Again, and again in other bytes


def test_the_same_bytes_again_are_recognised_and_nothing_is_doubled() -> None:
    table()
    first = bring(JOBS)
    again = bring(JOBS)
    assert (again.kind, again.version) == (ALREADY_IMPORTED, first.version)
    assert "version 1" in again.sentence
    assert DatasetVersion.objects.count() == 1
    assert len(list(store.root().glob("versions/*/*"))) == 1


def test_the_same_observations_in_other_bytes_are_recognised_too() -> None:
    table()
    first = bring(JOBS)
    header, *rows = JOBS.splitlines()
    again = bring("\n".join([header, *reversed(rows)]) + "\n")
    assert (again.kind, again.version) == (ALREADY_IMPORTED, first.version)


def test_the_same_bytes_read_in_another_vintage_are_another_version() -> None:
    table()
    bring(JOBS)
    other = bring(JOBS, nuts=2024, hold=True)
    assert (other.kind, other.version.number, other.version.nuts_declared) == ("staged", 2, 2024)


# Dry run, and what a newer file changes


def test_a_dry_run_finds_out_everything_and_stores_nothing() -> None:
    table()
    outcome = bring(JOBS, dry_run=True)
    assert (outcome.kind, outcome.version, outcome.report.rows) == (DRY_RUN, None, 8)
    assert DatasetVersion.objects.count() == 0
    assert not store.root().exists()


def test_a_newer_file_says_what_is_new_revised_vanished_and_unchanged() -> None:
    table()
    bring(JOBS)
    text = changed(JOBS, "BG33,C10,2015,330,", "BG33,C10,2015,333,")  # revised
    text = changed(text, "BG32,C10,2014,200,\n", "")  # vanished
    text += "BG34,C10,2015,50,\nBG34,C10,2014,40,\n"  # new
    report = bring(text, dry_run=True).report
    assert (report.new, report.revised, report.vanished, report.unchanged) == (2, 1, 1, 6)
    revision = report.revisions[0]
    assert (revision.region, revision.year, revision.old, revision.new) == ("BG33", 2015, 330.0, 333.0)
    assert "BG33 C10 2015: 330 → 333" in " ".join(report.sentences("en"))


def test_a_figure_that_becomes_confidential_is_a_revision_not_a_loss() -> None:
    table()
    bring(JOBS)
    report = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,,c"), dry_run=True).report
    assert (report.revised, report.vanished) == (1, 0)
    assert report.revisions[0].new is None


def test_a_file_of_one_region_is_not_mistaken_for_a_newer_table() -> None:
    jobs = table()
    bring(JOBS)
    part = (
        "\n".join(JOBS.splitlines()[:1] + [line for line in JOBS.splitlines() if line.startswith("BG31")])
        + "\n"
    )
    outcome = bring(changed(part, ",110,", ",111,"))
    assert outcome.kind == "staged"
    assert finding(outcome, "many_vanished").params["percent"] == 75  # six figures of eight
    jobs.refresh_from_db()
    assert jobs.current.number == 1


# Who may


def test_only_an_analyst_imports() -> None:
    table()
    member = person(Role.MEMBER)
    with pytest.raises(NotAllowed, match="analyst"):
        bring(JOBS, actor=member)
    assert DatasetVersion.objects.count() == 0


def test_a_report_is_kept_and_read_back_word_for_word() -> None:
    table()
    outcome = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,-110,"))
    kept = type(outcome.report).from_json(queries.dataset_version("jobs", 1).report)
    assert kept.sentences("en") == outcome.report.sentences("en")
