"""The data pages: everyone sees where figures come from, an analyst decides what is used."""

from __future__ import annotations

import gzip
import re

import pytest
from django.urls import reverse

from clusterpolisee.evidence import actions, queries
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.jobs.models import Job, State
from factories.evidence import JOBS, NOW, analyst, bring, changed, person, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    client.force_login(analyst())
    return client


def page(client, name: str, *arguments: object) -> str:
    response = client.get(reverse(f"evidence:{name}", args=arguments))
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_list_shows_every_table_with_its_version_and_says_what_is_not_loaded(client) -> None:
    table()
    table("rates", labels={"en": "Rates"})
    bring(JOBS)
    text = page(client, "data")
    assert "Jobs by activity" in text and "2014–2015" in text and "CC BY 4.0" in text
    assert "Rates" in text and "not loaded yet" in text


def test_a_table_shows_its_source_its_years_and_all_its_versions(client) -> None:
    table(table_url="https://statistics.example/{code}")
    bring(JOBS)
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,,c"))
    text = page(client, "data_set", "jobs")
    assert "https://statistics.example/jobs" in text
    assert "Version 1" in text and "Version 2" in text and "replaced by a newer version" in text
    assert "2014–2015: 7 published figures in 8 cells, 4 regions." in text


def test_a_version_shows_its_file_its_report_and_its_history(client) -> None:
    table()
    bring(JOBS + "XX99,C10,2015,,\n")
    text = page(client, "data_version", "jobs", 1)
    version = queries.dataset_version("jobs", 1)
    assert "jobs.csv" in text and version.hash_groups[0] in text
    assert "XX99" in text and "lines" not in text.split("XX99")[1][:40]
    assert "accepted" in text and "imported" in text and "Ana" in text


def test_the_file_can_be_downloaded_as_it_came_and_never_opens_as_a_page(client) -> None:
    table()
    bring(JOBS)
    response = client.get(reverse("evidence:data_raw", args=["jobs", 1]))
    assert b"".join(response.streaming_content) == JOBS.encode()
    assert response["Content-Disposition"] == 'attachment; filename="jobs.csv"'
    assert response["Content-Type"] == "application/octet-stream"


def test_a_compressed_file_is_downloaded_compressed_as_it_came(client) -> None:
    table()
    packed = gzip.compress(JOBS.encode(), mtime=0)
    bring(packed, name="jobs.csv.gz")
    response = client.get(reverse("evidence:data_raw", args=["jobs", 1]))
    assert b"".join(response.streaming_content) == packed


def test_rows_that_could_not_be_used_can_be_downloaded(ana) -> None:
    table()
    bring(JOBS + "XX99,C10,2015,5,\n")
    response = ana.get(reverse("evidence:data_rejected", args=["jobs", 1]))
    assert b"10,XX99,C10" in b"".join(response.streaming_content)


@pytest.mark.parametrize("decision", ["", "reject"])
def test_files_of_what_nobody_accepted_are_for_those_who_decide(client, decision: str) -> None:
    """A file that came here by mistake is not everybody's; the API does not know such a version either."""
    table()
    version = bring(JOBS + "XX99,C10,2015,5,\n", hold=True).version
    if decision:
        actions.reject_version(actor=analyst(), version=version, now=NOW, why="by mistake")
    files = [reverse(f"evidence:{name}", args=["jobs", 1]) for name in ("data_raw", "data_rejected")]
    text = page(client, "data_version", "jobs", 1)
    assert [client.get(file).status_code for file in files] == [403, 403]
    assert not any(file in text for file in files)
    client.force_login(analyst())
    text = page(client, "data_version", "jobs", 1)
    assert [client.get(file).status_code for file in files] == [200, 200]
    assert all(file in text for file in files)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("data_set", ["jobz"]),
        ("data_version", ["jobs", 9]),
        ("data_raw", ["jobs", 9]),
        ("data_rejected", ["jobs", 1]),  # every row could be used
    ],
)
def test_what_is_not_there_says_so(client, name: str, arguments: list) -> None:
    table()
    bring(JOBS)
    assert client.get(reverse(f"evidence:{name}", args=arguments)).status_code == 404


def test_visitors_see_no_buttons_and_no_e_mail_addresses(client) -> None:
    table()
    bring(JOBS, actor=person(Role.ANALYST, name=""), hold=True)
    for text in (
        page(client, "data"),
        page(client, "data_set", "jobs"),
        page(client, "data_version", "jobs", 1),
    ):
        assert "/accept/" not in text and "/reject/" not in text
        assert "vesela@vidin.example" not in text


def test_an_analyst_sees_what_waits_and_is_asked_before_it_is_used(ana) -> None:
    jobs = table()
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,-110,"))
    assert "1 version waits for your decision" in page(ana, "data")
    address = reverse("evidence:data_accept", args=["jobs", 1])
    assert address in page(ana, "data_set", "jobs")
    asked = page(ana, "data_accept", "jobs", 1)
    assert "Bring version 1 of jobs into use?" in asked and "below zero" in asked
    jobs.refresh_from_db()
    assert jobs.current is None  # looking decides nothing
    answer = ana.post(address, follow=True).content.decode()
    assert "Version 1 of jobs is in use." in answer
    assert queries.current_version("jobs").accepted_by == analyst()


def test_an_analyst_rejects(ana) -> None:
    table()
    bring(JOBS, hold=True)
    answer = ana.post(reverse("evidence:data_reject", args=["jobs", 1]), follow=True).content.decode()
    assert "Version 1 of jobs is rejected" in answer
    assert queries.current_version("jobs") is None


def test_an_analyst_goes_back_to_the_version_before(ana) -> None:
    table()
    bring(JOBS)
    bring(changed(JOBS, ",110,", ",111,"))
    address = reverse("evidence:data_roll_back", args=["jobs"])
    assert address in page(ana, "data_set", "jobs")
    assert "Go back to version 1 of jobs?" in page(ana, "data_roll_back", "jobs")
    assert "Version 1 of jobs is in use again." in ana.post(address, follow=True).content.decode()
    assert address not in page(ana, "data_set", "jobs")  # nothing further back
    assert "cannot be rolled back" in ana.post(address, follow=True).content.decode()


def test_a_decision_that_somebody_else_took_meanwhile_is_told(ana) -> None:
    table()
    bring(JOBS)
    answer = ana.post(reverse("evidence:data_reject", args=["jobs", 1]), follow=True).content.decode()
    assert "Version 1 of jobs cannot be rejected: it is in use." in answer


@pytest.mark.parametrize("name", ["data_accept", "data_reject"])
def test_a_visitor_is_asked_to_sign_in_and_a_member_is_told_the_role(client, name: str) -> None:
    table()
    bring(JOBS, hold=True)
    address = reverse(f"evidence:{name}", args=["jobs", 1])
    assert "login" in client.post(address)["Location"]
    client.force_login(person(Role.MEMBER))
    refused = client.post(address)
    assert refused.status_code == 403
    assert "analyst" in refused.content.decode()
    assert queries.dataset_version("jobs", 1).state == "staged"


@pytest.mark.parametrize("language", ["en", "bg"])
def test_every_data_page_opens_in_both_languages(client, language: str) -> None:
    from django.utils.translation import override

    table()
    bring(JOBS + "XX99,C10,2015,,\n")
    with override(language):
        for name, *arguments in (["data"], ["data_bring"], ["data_set", "jobs"], ["data_version", "jobs", 1]):
            assert f'lang="{language}"' in page(client, name, *arguments)


def test_the_list_asks_for_its_stamp_and_its_tables_however_many_there_are_and_then_for_the_stamp_alone(
    client, django_assert_max_num_queries
) -> None:
    for number in range(12):
        table(f"jobs{number}")
    with django_assert_max_num_queries(2):
        page(client, "data")
    with django_assert_max_num_queries(1):
        page(client, "data")


def test_a_version_that_waited_says_when_its_report_compares_it_with_another_than_the_one_in_use(
    client,
) -> None:
    table()
    client.force_login(analyst())
    bring(JOBS, hold=True)
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,111,"), hold=True)
    address = reverse("evidence:data_accept", args=["jobs", 2])
    assert "was in use" not in client.get(address).content.decode()
    client.post(reverse("evidence:data_accept", args=["jobs", 1]))
    assert "no other was in use. Now version 1 is" in client.get(address).content.decode()
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,112,"), hold=True)
    client.post(address)
    text = client.get(reverse("evidence:data_version", args=["jobs", 3])).content.decode()
    assert "version 1 was in use" in text and "Now version 2 is in use" in text


def test_an_analyst_sees_that_conclusions_are_being_drawn_anew_and_how_far(
    ana, django_capture_on_commit_callbacks
) -> None:
    table()
    with django_capture_on_commit_callbacks(execute=True):
        bring(JOBS)
    text = page(ana, "data_version", "jobs", 1)
    assert "is being worked out again" in text
    (way,) = re.findall(r'href="(/en/jobs/\d+/)">See how far it is', text)
    job = ana.get(way)
    assert (
        job.status_code == 200 and "Working out again what follows from the figures" in job.content.decode()
    )
    Job.objects.update(state=State.DONE)
    assert "is being worked out again" not in page(ana, "data_version", "jobs", 1)


def test_a_visitor_is_not_told_of_work_that_is_none_of_his(
    client, django_capture_on_commit_callbacks
) -> None:
    table()
    with django_capture_on_commit_callbacks(execute=True):
        bring(JOBS)
    assert "is being worked out again" not in page(client, "data_version", "jobs", 1)
