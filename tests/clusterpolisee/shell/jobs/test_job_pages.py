"""The pages of jobs, as those see them who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.jobs.models import Job, State
from clusterpolisee.shell.jobs.worker import work
from factories.evidence import person

pytestmark = pytest.mark.django_db
Start = Callable[..., Job]


@pytest.fixture
def browser(client: Client, ana: User) -> Client:
    client.force_login(ana)
    return client


def page(browser: Client, job: Job, **headers: str) -> str:
    answer = browser.get(f"/en/jobs/{job.pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_job_says_how_far_it_is(browser: Client, started: Start) -> None:
    job = started()
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, done=3, of=6, worker="here:1", heartbeat_at=timezone.now()
    )
    said = page(browser, job)
    assert '<progress value="3" max="6"' in said
    assert "3 of 6" in said and "Stop it" in said and "Look again" in said


def test_our_script_gets_the_middle_of_the_page_alone(browser: Client, started: Start) -> None:
    middle = page(browser, started(), **{"HX-Request": "true"})
    assert middle.startswith('<div data-state="queued">') and "<html" not in middle


def test_a_job_that_is_done_leads_to_its_result_in_the_readers_language(
    browser: Client, started: Start
) -> None:
    job = started()
    work(batch=True)
    assert 'href="/en/data/"' in page(browser, job)
    assert 'href="/bg/data/"' in browser.get(f"/bg/jobs/{job.pk}/").content.decode()


def test_a_job_whose_worker_was_killed_says_so_and_offers_to_go_on(browser: Client, started: Start) -> None:
    job = started()
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="gone:1", heartbeat_at=long_ago)
    said = page(browser, job)
    assert "The work was interrupted" in said and "Go on" in said and "Stop it" not in said
    assert browser.post(f"/en/jobs/{job.pk}/resume/").status_code == 302
    assert Job.objects.get().state == State.QUEUED


def test_a_job_nobody_takes_up_says_what_the_operator_can_do(browser: Client, started: Start) -> None:
    job = started()
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert "clusterpolisee work" in page(browser, job)


def test_stopping_from_the_page(browser: Client, started: Start) -> None:
    job = started()
    browser.post(f"/en/jobs/{job.pk}/stop/")
    assert Job.objects.get().state == State.CANCELLED
    assert "nothing to stop" in browser.post(f"/en/jobs/{job.pk}/stop/", follow=True).content.decode()


def test_stopping_is_never_done_by_following_a_link(browser: Client, started: Start) -> None:
    assert browser.get(f"/en/jobs/{started().pk}/stop/").status_code == 405


def test_the_list_shows_all_work_to_analysts(browser: Client, started: Start) -> None:
    started("beans")
    started("peas")
    said = browser.get("/en/jobs/").content.decode()
    assert "beans" in said and "peas" in said


def test_an_empty_list_says_what_would_be_here(browser: Client) -> None:
    assert "Nothing has been done in the background yet" in browser.get("/en/jobs/").content.decode()


@pytest.mark.parametrize(
    ("role", "is_starter", "listed", "seen"),
    [
        (Role.MEMBER, False, 403, 404),
        (Role.MEMBER, True, 403, 200),
        (Role.ANALYST, False, 200, 200),
        (None, False, 403, 403),
    ],
)
def test_who_sees_which_jobs(
    client: Client, started: Start, role: Role | None, is_starter: bool, listed: int, seen: int
) -> None:
    somebody = person(*([role] if role else []))
    job = started()
    if is_starter:
        Job.objects.filter(pk=job.pk).update(started_by=somebody)
    client.force_login(somebody)
    assert client.get("/en/jobs/").status_code == listed
    assert client.get(f"/en/jobs/{job.pk}/").status_code == seen


def test_visitors_are_asked_to_sign_in(client: Client, started: Start) -> None:
    answer = client.get(f"/en/jobs/{started().pk}/")
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]


def test_words_of_a_source_are_no_markup(browser: Client, started: Start) -> None:
    job = started()
    Job.objects.update(state=State.FAILED, error="said", error_words={"text": "<script>alert(1)</script>"})
    assert "<script>alert" not in page(browser, job)


def test_pages_of_jobs_are_kept_by_nobody(browser: Client, started: Start) -> None:
    assert "no-store" in browser.get(f"/en/jobs/{started().pk}/")["Cache-Control"]
