"""Bringing a file in the browser, from the file to the version; each step is kept, nobody else sees it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.importing import working
from clusterpolisee.evidence.models import CodeDecision, ColumnMapping, Dataset, State, Upload
from clusterpolisee.regions.seeding import load_regions
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import JOBS, NOW, analyst, bring, changed, table
from factories.imports import MAPPED, at, begin, brought, checked, mapped, send
from factories.workbooks import JOBS_ROWS, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    client.force_login(analyst())
    return client


def values(version) -> list[tuple]:
    return store.observations(version).select("region", "year", "value", "state").rows()


# The way through -----------------------------------------------------------------------------------------


def test_a_workbook_becomes_a_version_that_keeps_its_bytes_and_the_way_to_its_cells(ana) -> None:
    table()
    content = workbook({"Data": JOBS_ROWS})
    upload = brought(ana, mapped(ana, content, name="jobs.xlsx"))
    version = upload.version
    assert version.state == State.STAGED and version.format == "xlsx"
    with store.opened_raw(version.raw_sha256) as raw:
        assert raw.read() == content
    assert values(version) == [
        ("BG31", 2014, 100.0, "reported"),
        ("BG31", 2015, 110.5, "reported"),
        ("BG32", 2014, 0.0, "reported"),
        ("BG32", 2015, None, "confidential"),
    ]
    said = version.report["mapping"]
    assert said["sheet"] == 0 and said["mapping"]["roles"] == list(MAPPED.values())
    assert "region, activity" in ana.get(reverse("evidence:data_version", args=["jobs", 1])).content.decode()


def test_each_step_is_kept_and_a_closed_browser_goes_on_where_it_was(ana, client) -> None:
    table()
    upload = begin(ana, JOBS)
    assert ana.get(upload.get_absolute_url())["Location"] == at(upload, "table")
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    assert ana.get(upload.get_absolute_url())["Location"] == at(upload, "sheet")
    ana.post(at(upload, "sheet"), {"first": 1, "last": 1})
    ana.logout()
    ana.force_login(analyst())
    assert "jobs.csv" in ana.get(reverse("evidence:import_start")).content.decode()
    assert ana.get(upload.get_absolute_url())["Location"] == at(upload, "columns")
    assert send(ana, JOBS)["Location"] == upload.get_absolute_url()  # the same file goes on too
    assert Upload.objects.count() == 1


def test_pages_of_all_steps_open_and_say_what_they_ask(ana) -> None:
    load_regions()
    table()
    upload = mapped(ana, workbook({"Data": JOBS_ROWS}), name="jobs.xlsx")
    for step, said in [
        ("table", "Which table is it?"),
        ("new_table", "Describe a new table"),
        ("sheet", "Line 1 is taken for the header"),
        ("columns", "What do the columns hold?"),
        ("codes", "Every region and every activity of the file is known."),
        ("vintage", "Nothing has to be carried."),
        ("check", "Say where the file comes from and check it"),
    ]:
        assert said in ana.get(at(upload, step)).content.decode(), step


def test_the_check_shows_what_would_change_and_stores_nothing(ana) -> None:
    table()
    bring(JOBS)
    upload = checked(
        ana, mapped(ana, changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,115,") + "BG34,C10,2015,7,\n")
    )
    text = ana.get(at(upload, "check")).content.decode()
    assert "1 new, 1 revised, 0 vanished, 7 unchanged" in text
    assert queries.versions(Dataset.objects.get(code="jobs")).count() == 1


def test_rows_that_cannot_be_used_stand_beside_the_good_ones_and_can_be_downloaded_without_formulas(
    ana,
) -> None:
    table()
    upload = checked(ana, mapped(ana, JOBS + "=cmd(),C10,2015,5,\nBG34,C10,2015,much,\n"))
    text = ana.get(at(upload, "check")).content.decode()
    assert "Rows that are set aside" in text and "much" in text
    rejected = b"".join(ana.get(at(upload, "rejected")).streaming_content).decode()
    assert "10,'=cmd()" in rejected and ",=cmd" not in rejected


def test_what_changed_after_the_check_must_be_checked_again(ana) -> None:
    table()
    upload = checked(ana, mapped(ana, JOBS))
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,111,"))
    assert "Something has changed since the last check" in ana.get(at(upload, "check")).content.decode()
    response = ana.post(at(upload, "check"), {"deed": "bring"}, follow=True)
    assert "Check the file once more" in response.content.decode()
    upload.refresh_from_db()
    assert upload.version is None


def test_figures_that_are_known_already_are_recognised_whatever_they_are_packed_in(ana) -> None:
    table()
    bring(JOBS)
    rows = [line.split(",") for line in JOBS.splitlines()]
    upload = checked(ana, mapped(ana, workbook({"Data": rows}), name="jobs.xlsx"))
    assert "known already, as version 1" in ana.get(at(upload, "check")).content.decode()


def test_the_source_and_the_reason_are_kept_with_the_version(ana) -> None:
    table()
    upload = mapped(ana, JOBS)
    checked(ana, upload, url="https://office.example/jobs", note="Sent by letter", why="Yearly update")
    ana.post(at(upload, "check"), {"deed": "bring"})
    version = queries.dataset_version("jobs", 1)
    assert (version.source_url, version.source_note) == ("https://office.example/jobs", "Sent by letter")
    assert events_of(version).get(verb="imported").details["why"] == "Yearly update"


# What is remembered --------------------------------------------------------------------------------------


def test_a_mapping_is_remembered_for_the_next_file_that_looks_the_same(ana) -> None:
    table()
    text = "a;b;c;d\nBG31;C10;2014;1\n"
    roles = {"role-0": "region", "role-1": "activity", "role-2": "year", "role-3": "value"}
    mapped(ana, text, roles=roles)
    assert ColumnMapping.objects.get().said_by == analyst()
    upload = begin(ana, text + "BG32;C10;2014;2\n")
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    ana.post(at(upload, "sheet"), {"first": 1, "last": 1})
    page = ana.get(at(upload, "columns")).content.decode()
    assert "was mapped before" in page and page.count("this is how it was mapped the last time") == 4


def test_two_columns_in_one_role_are_refused_with_a_sentence_and_what_was_said_stays_on_the_page(ana) -> None:
    table()
    upload = begin(ana, JOBS)
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    ana.post(at(upload, "sheet"), {"first": 1, "last": 1})
    page = ana.post(at(upload, "columns"), {**MAPPED, "role-4": "value"}).content.decode()
    assert "D “value”, E “flag” are both said to hold the figure" in page
    upload.refresh_from_db()
    assert "mapping" not in upload.choices


def test_unknown_codes_are_listed_with_lines_and_suggestions_decided_and_remembered(ana) -> None:
    load_regions()
    table()
    text = (
        JOBS.replace("BG33,", "Южен централен,").replace("BG32,C10", "BG32,total") + "Непознат,C10,2015,1,\n"
    )
    upload = mapped(ana, text)
    page = ana.get(at(upload, "codes")).content.decode()
    assert "Южен централен" in page and "BG42" in page and "8, 9" in page
    answers = {}
    for number, (kind, said, code) in enumerate(
        [("region", "Южен централен", "BG42"), ("region", "Непознат", "-"), ("activity", "total", "TOTAL")]
    ):
        answers |= {f"kind-{number}": kind, f"text-{number}": said, f"choice-{number}": code}
    response = ana.post(at(upload, "codes"), answers, follow=True)
    assert response.redirect_chain[-1][0].startswith(at(upload, "check"))  # nothing is left to ask
    version = brought(ana, upload).version
    assert {region for region, *_rest in values(version)} == {"BG", "BG31", "BG32", "BG42"}
    assert {"mapped_codes", "skipped_codes"} <= {one["kind"] for one in version.report["findings"]}
    assert dict(CodeDecision.objects.values_list("text", "code"))["Непознат"] == ""
    again = mapped(ana, text + "BG34,C10,2015,7,\n")
    page = ana.get(at(again, "codes")).content.decode()
    assert page.count("as the last time") == 3


def test_a_code_nobody_knows_is_refused_and_a_decision_can_be_taken_back(ana) -> None:
    load_regions()
    table()
    upload = mapped(ana, JOBS + "Видин,C10,2015,1,\n")
    asked = {"kind-0": "region", "text-0": "Видин", "choice-0": "", "other-0": "BG999"}
    assert "has the region “BG999”" in ana.post(at(upload, "codes"), asked).content.decode()
    ana.post(at(upload, "codes"), {**asked, "other-0": "bg311"})
    upload.refresh_from_db()
    assert upload.choices["decisions"]["region"] == {"Видин": "BG311"}
    ana.post(at(upload, "codes"), {"kind-d1": "region", "back-d1": "Видин"})
    upload.refresh_from_db()
    assert upload.choices["decisions"]["region"] == {} and not CodeDecision.objects.exists()


def test_greek_codes_of_iso_are_read_as_eurostat_writes_them(ana) -> None:
    load_regions()
    table()
    upload = mapped(ana, "region,activity,year,value,flag\nGR30,C10,2014,5,\n")
    assert "is known" in ana.get(at(upload, "codes")).content.decode()
    assert values(brought(ana, upload).version) == [("EL30", 2014, 5.0, "reported")]


def test_a_withdrawn_code_says_where_its_people_live_now(ana) -> None:
    load_regions()
    table(nuts_vintage=2024)
    text = "region,activity,year,value,flag\nHR05,C10,2014,5,\nHR02,C10,2014,6,\nHR04,C10,2014,7,\n"
    page = ana.get(at(mapped(ana, text), "codes")).content.decode()
    assert "HR02 (40%)" in page and "keep it as it is" in page


# Another vintage -----------------------------------------------------------------------------------------

OLD_CROATIA = "region,activity,year,value,flag\nHR03,C10,2014,900,\nHR04,C10,2014,100,\nBG31,C10,2014,5,\n"


def test_figures_of_another_vintage_are_carried_with_their_uncertainty_said(ana) -> None:
    load_regions()
    table(nuts_vintage=2021)
    upload = mapped(ana, OLD_CROATIA)
    page = ana.get(at(upload, "vintage")).content.decode()
    assert "coded in NUTS 2016; the table is kept in NUTS 2021" in page and "HR04" in page
    ana.post(at(upload, "vintage"), {"do": "convert", "kind": "stock", "weight": "population_2021"})
    version = brought(ana, upload).version
    found = {region: (value, state) for region, _year, value, state in values(version)}
    assert found["BG31"] == (5.0, "reported") and found["HR03"] == (900.0, "reported")
    assert sum(found[code][0] for code in ("HR02", "HR05", "HR06")) == pytest.approx(100)
    assert found["HR05"][1] == "estimated"
    (finding,) = [one for one in version.report["findings"] if one["kind"] == "converted"]
    assert finding["count"] == 3 and finding["params"]["percent"] == 100.0  # all three are parts of one
    assert version.report["mapping"]["conversion"] == {
        "do": "convert",
        "kind": "stock",
        "weight": "population_2021",
    }


def test_figures_of_another_vintage_can_be_kept_as_they_are(ana) -> None:
    load_regions()
    table(nuts_vintage=2021)
    upload = mapped(ana, OLD_CROATIA)
    ana.post(at(upload, "vintage"), {"do": "keep", "kind": "stock", "weight": "area"})
    assert "HR04" in {region for region, *_rest in values(brought(ana, upload).version)}


# A new table ---------------------------------------------------------------------------------------------

NEW = {
    "title": "Nights spent", "code": "Nights", "publisher": "NSI", "licence": "CC BY 4.0", "unit": "nights",
    "kind": "stock", "topic": "economy", "nuts_vintage": "2024",
}  # fmt: skip


def test_a_new_table_is_described_on_the_way_and_is_an_indicator_at_once(ana) -> None:
    upload = begin(ana, "region;2014;2015\nBG31;1;2\n")
    response = ana.post(at(upload, "new_table"), NEW)
    assert response.status_code == 302, response.content.decode()
    nights = Dataset.objects.get(code="nights")
    assert (nights.title, nights.unit_name, nights.kind) == ("Nights spent", "nights", "stock")
    assert queries.indicator("nights").dataset == nights
    assert events_of(nights).get().actor == analyst()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "import"}, "is taken"),
        ({"code": "jobs"}, "is taken"),
        ({"dimensions": "sex, year"}, "is the name of another column"),
        ({"dimensions": "sex, sex"}, "Name each dimension once"),
        ({"licence": ""}, "required"),
    ],
)
def test_a_new_table_that_cannot_be_is_refused_with_a_sentence(ana, change: dict, sentence: str) -> None:
    table()
    upload = begin(ana, JOBS)
    assert sentence in ana.post(at(upload, "new_table"), {**NEW, **change}).content.decode()


# Other files ---------------------------------------------------------------------------------------------


def test_titles_above_a_table_hide_it_from_nobody(ana) -> None:
    table("plain", activity_scheme="")
    upload = begin(ana, "Заети лица\n\nОбласт;Година;Брой\nBG31;2014;1 200\nBG32;2014;2 300\n")
    ana.post(at(upload, "table"), {"dataset": "plain"})
    assert "Line 3 is taken for the header" in ana.get(at(upload, "sheet")).content.decode()


def test_statistical_formats_need_no_mapping(ana) -> None:
    table("lfst", activity_scheme="", dimensions=[])
    text = "freq,geo\\TIME_PERIOD\t2014 \t2015 \nA,BG31\t1.5 \t2.5 b\n"
    upload = begin(ana, text, "estat_lfst.tsv")
    assert "seems to hold" in ana.get(at(upload, "table")).content.decode()
    ana.post(at(upload, "table"), {"dataset": "lfst"})
    assert ana.get(at(upload, "columns"), follow=True).status_code == 200
    assert [row[2] for row in values(brought(ana, upload).version)] == [1.5, 2.5]


def test_the_working_table_is_made_again_when_it_was_thrown_away(ana) -> None:
    table()
    upload = mapped(ana, workbook({"Data": JOBS_ROWS}), name="jobs.xlsx")
    working.sweep(set())
    assert brought(ana, upload).version.rows == 4


def test_choices_are_plain_json(ana) -> None:
    table()
    upload = mapped(ana, JOBS)
    assert json.loads(json.dumps(upload.choices)) == upload.choices
    assert upload.created_at >= NOW.replace(year=2020)


def test_what_is_known_already_is_not_offered_as_a_new_version(ana) -> None:
    table()
    bring(JOBS)
    upload = checked(ana, mapped(ana, JOBS))
    text = ana.get(at(upload, "check")).content.decode()
    assert "These figures are version 1. This import can end here." in text
    assert "Store it as a new version" not in text
    ana.post(at(upload, "check"), {"deed": "bring"})
    upload.refresh_from_db()
    assert upload.version.number == 1 and queries.versions(upload.dataset).count() == 1


def test_a_region_nobody_knows_is_named_as_it_stands_in_the_file(ana) -> None:
    table()
    upload = checked(ana, mapped(ana, JOBS + "Никъде,C10,2015,7,\nbg34,C10,2015,5,\n"))
    text = ana.get(at(upload, "check")).content.decode()
    assert "Никъде" in text and "НИКЪДЕ" not in text
    assert upload.checked["rejected"][0]["value"] == "7"
    assert {row["region"] for row in upload.checked["sample"]} >= {"BG34"}  # what is a code is spelt as one


def test_the_page_of_a_version_says_in_words_how_its_cells_were_found(ana) -> None:
    table()
    brought(ana, mapped(ana, JOBS))
    text = ana.get(reverse("evidence:data_version", args=["jobs", 1])).content.decode()
    assert "region, activity, year, figure, flag" in text
    text = ana.get("/bg/data/jobs/1/").content.decode()
    assert "регион, дейност, година, число, знак" in text
