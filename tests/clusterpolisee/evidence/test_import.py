"""Importing: what a file says, what is new in it, and what must be looked at before it is used."""

from __future__ import annotations

import polars as pl
import pytest

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.actions import ALREADY_IMPORTED, DRY_RUN
from clusterpolisee.evidence.fitting import Hints
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.obstacles import (
    AnotherTable,
    DatasetNotRecognised,
    FileUnreadable,
    TableDoesNotFit,
    UnknownDataset,
)
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import JOBS, NOW, analyst, bring, changed, person, table

pytestmark = pytest.mark.django_db


def finding(outcome, kind):
    return next(one for one in outcome.report.findings if one.kind == kind)


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


# What must be looked at first


def test_negative_employment_waits_for_a_person() -> None:
    jobs = table()
    outcome = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,-110,"))
    assert (outcome.kind, outcome.version.state) == ("staged", "staged")
    assert finding(outcome, "negative").lines == (5,)
    assert "BG31 C10 2015" in finding(outcome, "negative").sentence
    jobs.refresh_from_db()
    assert jobs.current is None


def test_unknown_regions_are_listed_with_their_lines_and_kept_beside_the_version() -> None:
    table()
    outcome = bring(JOBS + "XX99,C10,2015,5,\nBG99,C10,2015,6,\n")
    found = finding(outcome, "unknown_regions")
    assert (found.severity, found.lines, found.params["codes"]) == ("stop", (10, 11), ["BG99", "XX99"])
    assert "lines 10–11" in found.sentence
    rejected = pl.read_csv(store.rejected_path(outcome.version))
    assert rejected.select("line", "region", "value", "reason").rows() == [
        (10, "XX99", 5.0, "unknown region"),
        (11, "BG99", 6.0, "unknown region"),
    ]
    assert "XX99" not in store.observations(outcome.version)["region"]


def test_unknown_regions_without_figures_do_not_hold_a_file_up() -> None:
    table()
    assert bring(JOBS + "XX99,C10,2015,,\n").kind == "accepted"


def test_unknown_activities_are_listed_with_their_lines() -> None:
    table()
    outcome = bring(JOBS + "BG31,C99,2015,5,\n")
    found = finding(outcome, "unknown_activities")
    assert (found.severity, found.lines, found.params["codes"]) == ("stop", (10,), ["C99"])
    assert outcome.kind == "staged"


def test_cells_that_stand_twice_with_the_same_figure_are_taken_once() -> None:
    table()
    outcome = bring(JOBS + "BG31,C10,2015,110,\n")
    found = finding(outcome, "identical_duplicates")
    assert (outcome.kind, found.count, found.lines) == ("accepted", 1, (5, 10))
    assert store.observations(outcome.version, regions=["BG31"], years=[2015]).height == 1


def test_cells_that_stand_twice_with_different_figures_are_not_used_at_all() -> None:
    table()
    outcome = bring(JOBS + "BG31,C10,2015,111,\n")
    found = finding(outcome, "conflicting_duplicates")
    assert (outcome.kind, found.severity, found.lines) == ("staged", "stop", (5, 10))
    assert "110 / 111" in found.sentence
    assert store.observations(outcome.version, regions=["BG31"], years=[2015]).height == 0
    assert pl.read_csv(store.rejected_path(outcome.version))["line"].to_list() == [5, 10]


def test_two_vintages_in_one_file_are_named_and_each_row_keeps_its_own() -> None:
    table()
    # HR04 ended with NUTS 2016, HR05 began with NUTS 2021: no vintage has both.
    outcome = bring(JOBS + "HR04,C10,2015,400,\nHR05,C10,2015,90,\n")
    found = finding(outcome, "other_vintage")
    assert (outcome.report.nuts_declared, found.params["vintage"], found.params["codes"]) == (
        2021,
        2016,
        ["HR04"],
    )
    frame = store.observations(outcome.version, regions=["HR04", "HR05"])
    assert frame.select("region", "nuts").rows() == [("HR04", 2016), ("HR05", 2021)]
    assert outcome.version.nuts_vintages == [2016, 2021]


def test_sums_are_never_taken_across_vintages() -> None:
    table(suspicious_from=0)
    # In NUTS 2013 Croatia is HR03 and HR04; HR05 repeats a part of HR04 and must not be added.
    text = "region,activity,year,value\nHR0,C10,2015,500\nHR03,C10,2015,100\nHR04,C10,2015,400\nHR05,C10,2015,90\n"
    outcome = bring(text, nuts=2013)
    assert "parts_exceed_whole" not in outcome.report.kinds()


def test_the_vintage_is_recognised_from_the_codes_when_the_catalogue_expects_another() -> None:
    table(nuts_vintage=2013)
    outcome = bring("region,activity,year,value\nHR02,C10,2023,5\nHR05,C10,2023,6\n")
    assert outcome.report.nuts_declared == 2024
    assert "vintage_recognised" in outcome.report.kinds()


def test_a_jump_between_two_years_waits_for_a_person() -> None:
    table()
    outcome = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,1100,"))  # eleven times
    assert (outcome.kind, finding(outcome, "jump_between_years").lines) == ("staged", (5,))
    assert "BG31 C10 2015: 100 → 1,100" in finding(outcome, "jump_between_years").sentence


@pytest.mark.parametrize("flag", ["b", "u"])
def test_a_break_in_series_or_an_unreliable_figure_explains_a_jump(flag: str) -> None:
    table()
    outcome = bring(changed(JOBS, "BG31,C10,2015,110,", f"BG31,C10,2015,1100,{flag}"))
    assert "jump_between_years" not in outcome.report.kinds()


def test_a_jump_against_the_version_in_use_waits_for_a_person() -> None:
    table(suspicious_factor=3)
    bring("region,activity,year,value\nBG31,C10,2015,100\n")
    outcome = bring("region,activity,year,value\nBG31,C10,2015,301\n")
    assert (outcome.kind, finding(outcome, "jump_since_previous").params["version"]) == ("staged", 1)


def test_parts_that_are_more_than_their_whole_are_named_but_do_not_hold_a_file_up() -> None:
    table()
    outcome = bring(changed(JOBS, "BG,C10,2015,660,", "BG,C10,2015,600,"))  # 110 + 220 + 330 = 660
    found = finding(outcome, "parts_exceed_whole")
    assert (outcome.kind, found.severity) == ("accepted", "warning")
    assert "BG C10 2015: 660 > 600" in found.sentence


def test_parts_that_are_less_than_their_whole_are_named_only_when_all_are_known() -> None:
    table()
    short = bring(changed(JOBS, "BG,C10,2015,660,", "BG,C10,2015,700,"), dry_run=True)
    assert "parts_differ_from_whole" in short.report.kinds()
    one_unknown = changed(
        changed(JOBS, "BG,C10,2015,660,", "BG,C10,2015,700,"), "BG33,C10,2015,330,", "BG33,C10,2015,,"
    )
    assert "parts_differ_from_whole" not in bring(one_unknown, dry_run=True).report.kinds()


def test_divisions_that_are_more_than_their_section_are_named() -> None:
    table()
    text = "region,activity,year,value\nBG31,C,2015,100\nBG31,C10,2015,90\nBG31,C11,2015,30\n"
    found = finding(bring(text), "parts_exceed_whole")
    assert "BG31 C 2015: 120 > 100" in found.sentence


def test_figures_outside_the_plausible_range_are_named() -> None:
    table(kind="rate", plausible_max=100, activity_scheme="", dimensions=[])
    outcome = bring("region,year,value\nBG31,2015,62.5\nBG32,2015,625\n")
    assert finding(outcome, "implausible").lines == (3,)


def test_figures_of_no_region_are_kept_and_said_to_be_on_no_map() -> None:
    table()
    outcome = bring(JOBS + "BGZZ,C10,2015,3,\n")
    assert finding(outcome, "extra_regio").params["codes"] == ["BGZZ"]
    assert store.observations(outcome.version, regions=["BGZZ"])["value"].to_list() == [3.0]


def test_a_few_cells_that_are_no_numbers_are_named_and_many_hold_the_file_up() -> None:
    table()
    many = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,about 110,"))
    assert finding(many, "not-a-number").severity == "stop"  # one in nine
    rows = "".join(f"BG31,C{n},2015,{n},\n" for n in range(11, 34))
    few = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,about 110,") + rows, dry_run=True)
    assert finding(few, "not-a-number").severity == "warning"  # one in thirty-one
    assert finding(few, "not-a-number").lines == (5,)


def test_years_that_cannot_be_meant_are_kept_out() -> None:
    table()
    outcome = bring(JOBS + "BG31,C10,2105,120,\n")
    assert finding(outcome, "implausible_years").lines == (10,)
    assert outcome.version.years == [2014, 2015]


# Files that cannot be used at all


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


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch) -> None:
    import gzip

    from regional_analytics.sources import containers

    table()
    monkeypatch.setattr(containers, "_CHUNK", 1 << 16)
    bomb = gzip.compress(b"0" * (80 << 20))  # a thousand times its own size
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
