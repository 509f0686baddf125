"""Fetching in the background, on the command line and by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from clusterpolisee.config.command import main
from clusterpolisee.evidence import queries
from clusterpolisee.evidence.fetching.actions import refresh_due, start_fetch
from clusterpolisee.evidence.fetching.errors import SENTENCES, FetchError
from clusterpolisee.evidence.jobs import WORDS
from clusterpolisee.evidence.models import Dataset, DatasetVersion, SourceState
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.jobs.actions import cancel_job, resume_job
from clusterpolisee.shell.jobs.kinds import sentence
from clusterpolisee.shell.jobs.models import Job, State
from clusterpolisee.shell.jobs.running import Running, run
from clusterpolisee.shell.jobs.worker import work
from factories.evidence import LATER, NOW, analyst, bring, person, table
from factories.replay_server import HTML, ReplayServer, Reply
from factories.table_source import TableSource

pytestmark = pytest.mark.django_db
FIGURES = "/eurostat/api/dissemination/sdmx/3.0/data"


@pytest.fixture
def jobs() -> Dataset:
    return table(
        source={
            "service": "eurostat-sdmx-3.0",
            "filters": {"freq": ["A"]},
            "first_year": 2014,
            "last_year": 2019,
        }
    )


def said(job: Job) -> str:
    job.refresh_from_db()
    return sentence(job.error, job.error_words) or sentence(job.message, job.message_words)


# In the background ---------------------------------------------------------------------------------------


def test_a_worker_fetches_and_leads_to_the_version_that_waits(source: ReplayServer, jobs: Dataset) -> None:
    TableSource(source, most_cells=12)
    job = start_fetch(actor=analyst(), table=jobs, years=(2016, 2019), now=NOW)
    work(batch=True)
    assert said(job) == "Version 1 of jobs is stored, and waits for your decision."
    assert (job.state, job.result_url, job.done, job.of) == (State.DONE, "/data/jobs/1/", 2, 3)
    assert DatasetVersion.objects.get().state == "staged"


def test_what_went_wrong_is_read_in_the_language_of_the_reader(source: ReplayServer, jobs: Dataset) -> None:
    TableSource(source)
    source.answers(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", Reply("<html><title>Down</title>", kind=HTML))
    job = start_fetch(actor=analyst(), table=jobs, now=NOW)
    work(batch=True)
    assert said(job).startswith("127.0.0.1 sent a web page (“Down”) instead of figures.")
    assert (job.state, job.error) == (State.FAILED, "fetching.web_page")


def test_an_obstacle_of_the_import_is_told_in_the_language_of_who_started(
    source: ReplayServer, jobs: Dataset
) -> None:
    other = TableSource(source, code="wages")
    source.answers_with(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", other.sdmx30)
    with override("bg"):
        job = start_fetch(actor=analyst(), table=jobs, now=NOW)
    work(batch=True)
    assert job.language == "bg"
    assert "wages" in said(job) and "Leave out" not in said(job)


def test_a_long_pause_of_the_source_leaves_the_worker_to_others(source: ReplayServer, jobs: Dataset) -> None:
    TableSource(source)
    source.answers(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", Reply(status=429, headers={"Retry-After": "600"}))
    job = start_fetch(actor=analyst(), table=jobs, now=NOW)
    work(batch=True)
    job.refresh_from_db()
    assert (job.state, job.worker) == (State.WAITING, "")


def test_a_source_that_asks_to_come_back_for_ever_is_left_with_its_own_sentence(
    source: ReplayServer, jobs: Dataset
) -> None:
    TableSource(source)
    source.answers(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", Reply(status=429, headers={"Retry-After": "600"}))
    job = start_fetch(actor=analyst(), table=jobs, now=NOW)
    for _time in range(20):
        run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.error) == (State.FAILED, 12, "fetching.busy")


def test_a_stopped_fetch_keeps_its_parts_and_goes_on(
    source: ReplayServer, jobs: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three of six years have come when somebody stops it; afterwards only the other three are asked for."""
    ana = analyst()
    at_source = TableSource(source, most_cells=4)
    job = start_fetch(actor=ana, table=jobs, now=NOW)
    say = Running.say

    def stopped_after_three(running: Running, message: str, **words: Any) -> None:
        if words.get("done") == 3:
            cancel_job(actor=ana, job=job, now=NOW)
        say(running, message, **words)

    with monkeypatch.context() as patch:
        patch.setattr(Running, "say", stopped_after_three)
        work(batch=True)
    job.refresh_from_db()
    assert (job.state, (2016, 2016) in at_source.asked_years) == (State.CANCELLED, True)
    at_source.asked_years.clear()
    resume_job(actor=ana, job=job, now=NOW)
    work(batch=True)
    assert said(job) == "Version 1 of jobs is stored, and waits for your decision."
    assert [years for years in at_source.asked_years if years[0] < 2017] == []


def test_all_words_can_be_filled_in() -> None:
    """Every sentence has its words, and those that are raised somewhere have theirs."""
    for key, text in {**WORDS, **SENTENCES}.items():
        names = {part.partition(")")[0] for part in str(text).split("%(")[1:]}
        assert sentence(key, {name: name for name in names})
    assert str(FetchError("under_way", table="jobs")).startswith("jobs is being fetched")


# By the clock --------------------------------------------------------------------------------------------


def test_tables_are_asked_when_their_interval_has_passed(source: ReplayServer, jobs: Dataset) -> None:
    TableSource(source)
    assert refresh_due(actor=operator(), now=NOW) == []
    Dataset.objects.update(refresh_days=7)
    assert len(refresh_due(actor=operator(), now=NOW)) == 1
    work(batch=True)
    asked = SourceState.objects.get().asked_at
    assert refresh_due(actor=operator(), now=asked + timedelta(days=6)) == []
    assert len(refresh_due(actor=operator(), now=asked + timedelta(days=7))) == 1


@pytest.mark.parametrize(("by_itself", "state"), [(False, "staged"), (True, "accepted")])
def test_a_refreshed_version_waits_unless_the_table_says_otherwise(
    source: ReplayServer, jobs: Dataset, by_itself: bool, state: str
) -> None:
    TableSource(source)
    Dataset.objects.update(refresh_days=7, accept_refreshed=by_itself)
    refresh_due(actor=operator(), now=NOW)
    work(batch=True)
    assert DatasetVersion.objects.get().state == state


def test_a_refresh_that_finds_nothing_new_says_so(source: ReplayServer, jobs: Dataset) -> None:
    TableSource(source)
    Dataset.objects.update(refresh_days=1)
    refresh_due(actor=operator(), now=NOW)
    work(batch=True)
    asked = SourceState.objects.get().asked_at
    (job,) = refresh_due(actor=operator(), now=asked + timedelta(days=2))
    work(batch=True)
    assert said(job) == "The source has nothing new of jobs."
    assert DatasetVersion.objects.count() == 1


def test_one_source_that_fails_does_not_hold_up_the_others(source: ReplayServer, jobs: Dataset) -> None:
    TableSource(source)
    broken = {"service": "eurostat-sdmx-3.0", "first_year": 2014, "last_year": 2019}
    table("broken", source=broken, refresh_days=1, order=1)
    source.answers(
        "/eurostat/api/dissemination/statistics/1.0/data/broken", Reply("no", status=400, kind="text/plain")
    )
    source.answers(f"{FIGURES}/dataflow/ESTAT/broken/1.0", Reply("no", status=400, kind="text/plain"))
    Dataset.objects.update(refresh_days=1)
    refresh_due(actor=operator(), now=NOW)
    work(batch=True)
    assert {job.about: job.state for job in Job.objects.all()} == {"broken": "failed", "jobs": "done"}


# On the command line -------------------------------------------------------------------------------------


def test_the_command_fetches_and_prints_the_report(source: ReplayServer, jobs: Dataset, capsys) -> None:
    TableSource(source, most_cells=12)
    assert main(["data", "fetch", "jobs", "--years", "2016-2019"]) == 0
    said = capsys.readouterr()
    assert "holds 16 cells of the table jobs" in said.out
    assert "clusterpolisee data accept jobs" in said.out
    assert "Fetched 1 of 2 parts" in said.err and "\r" not in said.err


def test_accept_brings_it_into_use(source: ReplayServer, jobs: Dataset, capsys) -> None:
    TableSource(source)
    assert main(["data", "fetch", "jobs", "--accept"]) == 0
    assert "Stored as version 1 of jobs, and in use." in capsys.readouterr().out
    assert queries.current_version("jobs").years == [2014, 2015, 2016, 2017, 2018, 2019]


def test_a_dry_run_of_the_command_stores_nothing(source: ReplayServer, jobs: Dataset, capsys) -> None:
    TableSource(source)
    assert main(["data", "fetch", "jobs", "--dry-run"]) == 0
    assert "this was a dry run" in capsys.readouterr().out
    assert not DatasetVersion.objects.exists()


def test_a_terminal_gets_a_bar(
    source: ReplayServer, jobs: Dataset, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    TableSource(source, most_cells=12)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["data", "fetch", "jobs"]) == 0
    drawn = capsys.readouterr().err
    assert f"\r[{'█' * 15}{'·' * 15}] 1 of 2 parts" in drawn


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["jobs", "--years", "soon"], "“soon” are no years; write them like 2016-2020"),
        (["jobs", "--years", "2019-2016"], "are backwards"),
        (["jobs", "--years", "2030"], "has no year before 2014 or after 2019"),
        (["jobz"], "The catalogue has no table “jobz”"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_sentence(
    source: ReplayServer, jobs: Dataset, capsys, arguments: list[str], words: str
) -> None:
    assert main(["data", "fetch", *arguments]) == 2
    said = capsys.readouterr()
    assert (said.out, words in said.err, said.err.count("\n")) == ("", True, 1)
    assert source.asked == []


# On the pages --------------------------------------------------------------------------------------------


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(analyst())
    return client


def test_more_years_are_asked_for_on_the_page_of_the_table(
    source: ReplayServer, browser: Client, jobs: Dataset
) -> None:
    bring("region,activity,year,value\nBG31,C10,2014,100\nBG31,C10,2015,110\n")
    page = browser.get("/en/data/jobs/").content.decode()
    assert 'name="first" value="2016"' in page and 'name="last" value="2019"' in page
    answer = browser.post("/en/data/fetch/", {"table": "jobs", "first": 2016, "last": 2019})
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/en/jobs/{job.pk}/")
    assert job.arguments == {
        "table": "jobs",
        "years": [2016, 2019],
        "accept": False,
        "only_if_changed": False,
    }
    assert f'href="/en/jobs/{job.pk}/"' in browser.get("/en/data/jobs/").content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"table": "jobs", "first": "2019", "last": "2016"}, "backwards"),
        ({"table": "jobs", "first": "soon", "last": ""}, "as numbers, like 2016 and 2020"),
        ({"table": "jobs", "first": "2025", "last": "2026"}, "has no year before 2014 or after 2019"),
        (
            {"table": "nothing", "first": "2016", "last": "2019"},
            "Choose one of the tables that have a source.",
        ),
    ],
)
def test_years_that_cannot_be_fetched_are_told_on_the_page(
    source: ReplayServer, browser: Client, jobs: Dataset, given: dict[str, str], words: str
) -> None:
    assert words in browser.post("/en/data/fetch/", given, follow=True).content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_who_may_not_fetch_is_not_offered_it(client: Client, jobs: Dataset, role: Role | None) -> None:
    if role:
        client.force_login(person(role))
    assert "Load more years" not in client.get("/en/data/jobs/").content.decode()
    answer = client.post("/en/data/fetch/", {"table": "jobs", "first": 2016, "last": 2019})
    assert answer.status_code == (403 if role else 302)
    assert not Job.objects.exists()


def test_a_table_without_a_source_offers_nothing(browser: Client) -> None:
    table()
    assert "Load more years" not in browser.get("/en/data/jobs/").content.decode()


@pytest.mark.usefixtures("world")
def test_the_page_of_a_region_offers_more_years_below_what_is_missing(
    browser: Client, client: Client
) -> None:
    page = browser.get("/en/regions/BG31/").content.decode()
    assert "Load more years" in page
    assert '<option value="sbs_r_nuts06_r2">' in page
    client.logout()
    assert "Load more years" not in client.get("/en/regions/BG31/").content.decode()


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_only_analysts_start_a_fetch(jobs: Dataset, role: Role | None) -> None:
    somebody: User = person(*([role] if role else []))
    with pytest.raises(NotAllowed):
        start_fetch(actor=somebody, table=jobs, now=LATER)
    with pytest.raises(NotAllowed):
        refresh_due(actor=somebody, now=LATER)
