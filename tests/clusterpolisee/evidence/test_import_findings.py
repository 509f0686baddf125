"""Importing: what must be looked at before it is used, and what is only worth knowing."""

from __future__ import annotations

import polars as pl
import pytest

from clusterpolisee.evidence import store
from factories.evidence import JOBS, bring, changed, finding, table

pytestmark = pytest.mark.django_db


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
    rejected = pl.read_csv(store.rejected_path(outcome.version), comment_prefix="#")
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
    assert pl.read_csv(store.rejected_path(outcome.version), comment_prefix="#")["line"].to_list() == [5, 10]


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


def test_decimals_that_add_up_are_no_finding_though_machines_add_them_a_hair_too_high() -> None:
    table(suspicious_from=0, sum_tolerance_percent=0)
    text = "region,activity,year,value\nBG31,C,2015,0.3\nBG31,C10,2015,0.1\nBG31,C11,2015,0.2\n"
    assert 0.1 + 0.2 > 0.3
    assert "parts_exceed_whole" not in bring(text).report.kinds()


def test_findings_of_equal_weight_stand_in_the_order_of_their_cells() -> None:
    table()
    regions = ("BG41", "BG31", "BG33", "BG32")
    rows = "".join(f"{region},C,2015,100\n{region},C10,2015,80\n{region},C11,2015,40\n" for region in regions)
    examples = finding(bring(f"region,activity,year,value\n{rows}"), "parts_exceed_whole").params["examples"]
    assert [one["region"] for one in examples] == sorted(regions)


def test_revisions_of_equal_size_stand_in_the_order_of_their_cells() -> None:
    table()
    head, years = "region,activity,year,value\n", range(2020, 2010, -1)
    bring(head + "".join(f"BG31,C10,{year},100\n" for year in years))
    outcome = bring(head + "".join(f"BG31,C10,{year},101\n" for year in years))
    assert [one.year for one in outcome.report.revisions] == sorted(years)[: len(outcome.report.revisions)]


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
