"""The catalogue: tables are found, their coverage is seen, and it is known who cites them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.actions import describe_table
from clusterpolisee.evidence.coverage import coverage_map
from clusterpolisee.evidence.models import Citation, Indicator
from clusterpolisee.regions.seeding import load_regions
from factories.evidence import JOBS, NOW, analyst, bring, table

pytestmark = pytest.mark.django_db
SPARSE = JOBS + "BG34,C10,2014,,c\nBG34,C10,2015,,\nRS21,C10,2015,7,\n"

VINEYARDS = """
[[dataset]]
code = "vineyards"
labels.en = "Vineyards"
publisher = "Ministry of Agriculture"
licence = "CC BY 4.0"
nuts_vintage = 2024
kind = "stock"
"""


def page(client, name: str, *arguments: object, query: str = "") -> str:
    response = client.get(reverse(f"evidence:{name}", args=arguments) + query)
    assert response.status_code == 200, response
    return response.content.decode()


def test_tables_are_found_by_words_in_any_language_topic_kind_publisher_and_year() -> None:
    jobs = table(topic="work")
    rates = table(
        "rates",
        labels={"en": "Rates"},
        kind="rate",
        publisher="Eurostat",
        topic="people",
        description={"en": "Young people"},
    )
    Indicator.objects.create(code="neet", dataset=rates, labels={"en": "Neither", "bg": "Незаети младежи"})
    bring(JOBS)
    assert queries.find_datasets(q="дейности") == queries.find_datasets(q="DEINOSTI") == [jobs]
    assert queries.find_datasets(q="незаети") == queries.find_datasets(q="young rates") == [rates]
    assert queries.find_datasets(topic="work") == queries.find_datasets(kind="stock") == [jobs]
    assert queries.find_datasets(publisher="Eurostat") == [rates]
    assert queries.find_datasets(year="2015") == [jobs] and queries.find_datasets(year="1999") == []
    assert len(queries.find_datasets()) == 2


def test_the_list_says_how_many_fit_and_what_to_do_when_none_does(client) -> None:
    table()
    assert "1 table fits." in page(client, "data", query="?q=jobs")
    assert "No table fits" in page(client, "data", query="?q=nothing+of+the+kind")


def test_a_long_catalogue_comes_in_pages_and_keeps_what_was_asked(client) -> None:
    for number in range(53):
        table(f"jobs_{number:02}", labels={"en": f"Jobs {number}"}, order=number)
    first, last = (page(client, "data", query=f"?q=jobs&page={number}") for number in (1, 2))
    assert "53 tables fit." in first and "jobs_49" in first and "jobs_50" not in first
    assert "jobs_52" in last and "jobs_49" not in last
    assert "q=jobs&amp;page=2" in first


def test_a_new_description_is_read_at_once_by_readers_without_an_account(client) -> None:
    describe_table(actor=analyst(), text=VINEYARDS, now=NOW)
    assert "Vineyards" in page(client, "data")
    describe_table(actor=analyst(), text=VINEYARDS.replace("Vineyards", "Vines and wineries"), now=NOW)
    seen = page(client, "data")
    assert "Vines and wineries" in seen and "Vineyards" not in seen


def test_seeds_have_topics_and_a_topic_somebody_chose_stays() -> None:
    from clusterpolisee.evidence.catalogue import load_catalogue
    from clusterpolisee.evidence.models import Dataset

    load_catalogue()
    assert not Dataset.objects.filter(topic="").exists()
    Dataset.objects.filter(code="tgs00042").update(topic="other")
    assert load_catalogue().left_alone == 0
    assert Dataset.objects.get(code="tgs00042").topic == "other"


def test_coverage_counts_regions_of_a_country_that_have_a_figure() -> None:
    load_regions()
    table()
    version = bring(SPARSE).version
    seen = coverage_map(version, "en")
    assert (seen.level, seen.levels, seen.years, seen.vintage) == (
        2,
        (0, 2),
        (2014, 2015),
        2024,
    )  # Serbia is in the newest only
    by_code = {row.code: row for row in seen.rows}
    assert [(cell.known, cell.of) for cell in by_code["BG"].cells] == [(3, 6), (3, 6)]
    assert [cell.step for cell in by_code["BG"].cells] == [3, 3]
    assert by_code["EL"].is_empty and all(cell.step == 0 for cell in by_code["EL"].cells)


def test_coverage_of_one_country_tells_secret_unpublished_and_absent_apart() -> None:
    load_regions()
    table()
    version = bring(SPARSE + "BG41,C10,2014,0,\n").version
    rows = {row.code: row.cells for row in coverage_map(version, "bg", country="BG").rows}
    assert [cell.state for cell in rows["BG34"]] == ["confidential", "not_published"]
    assert [cell.state for cell in rows["BG42"]] == ["absent", "absent"]
    assert rows["BG41"][0].known == 1 and rows["BG41"][0].step == 6  # a zero is a figure


def test_the_coverage_page_leads_from_a_country_to_its_regions(client) -> None:
    load_regions()
    table()
    bring(SPARSE)
    text = page(client, "data_coverage", "jobs")
    assert "3 of 6" in text and "country=BG" in text and "no figure" in text
    inside = page(client, "data_coverage", "jobs", query="?level=2&country=BG")
    assert "BG34" in inside and "0 of 1" in inside and "The table has no such cell." in inside
    assert "3 of 6" in page(client, "data_coverage", "jobs", query="?level=9&country=")


def test_a_table_without_a_version_has_no_coverage_and_says_how_to_bring_it(client) -> None:
    table()
    assert "No version of this table has been loaded yet." in page(client, "data_coverage", "jobs")


def test_a_table_lists_the_citations_that_rest_on_it_with_permanent_addresses(client) -> None:
    table()
    version = bring(JOBS).version
    for number in range(6):
        Citation.objects.create(
            reference={}, measure="observation", region="BG31", nuts=2013, activity="C10", year=2015, value=110.0,
            state="reported", statements={"en": f"110 jobs ({number})"}, version=version, cited_by=analyst(), cited_at=NOW,
        )  # fmt: skip
    text = page(client, "data_set", "jobs")
    first = Citation.objects.first()
    assert "6 citations rest on this table." in text and first.permanent_address in text
    everything = page(client, "data_citations", "jobs")
    assert all(one.permanent_address in everything for one in Citation.objects.all())


def test_a_table_tells_who_did_what_when_and_why(client) -> None:
    jobs = table()
    bring(JOBS)
    text = page(client, "data_set", "jobs").split('id="history"')[1]
    assert "imported, version 1, Ana" in text and "accepted, version 1, Ana" in text
    assert queries.history_of(jobs).count() == 2
    assert date(2026, 11, 24) == queries.history_of(jobs)[0].at.date()
