"""Work in the background: it runs once, says how far it is, can be stopped, is missed when lost, and goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from clusterpolisee.shell.jobs import running
from clusterpolisee.shell.jobs.actions import NotPossible, cancel_job, resume_job, start_job
from clusterpolisee.shell.jobs.kinds import Result, Spoken, UnknownKind, sentence
from clusterpolisee.shell.jobs.models import Job, State
from clusterpolisee.shell.jobs.running import Running
from clusterpolisee.shell.jobs.worker import work
from factories.evidence import NOW, person

pytestmark = pytest.mark.django_db

Start = Callable[..., Job]
Does = Callable[[Callable[..., Result]], None]


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_worker_does_what_is_in_the_queue_and_says_how_it_ended(started: Start) -> None:
    job = started()
    assert now(job).state == State.QUEUED
    work(batch=True)
    done = now(job)
    assert (done.state, done.result_url, done.attempt) == (State.DONE, "/data/", 1)
    with override("bg"):
        assert sentence(done.message, done.message_words) == "1200".replace("1200", "1\u00a0200")


def test_what_it_says_can_be_read_while_it_works(started: Start, does: Does) -> None:
    seen: list[tuple[int, int | None, str]] = []

    def count(running: Running) -> Result:
        for beans in range(3):
            running.say("test.counting", done=beans, of=3)
            row = Job.objects.get()
            seen.append((row.done, row.of, row.state))
        return Result()

    does(count)
    started()
    work(batch=True)
    assert seen == [(0, 3, "running"), (1, 3, "running"), (2, 3, "running")]


def test_a_ticket_that_comes_twice_runs_the_job_once(started: Start, does: Does) -> None:
    runs: list[int] = []
    does(lambda running: runs.append(running.job.pk) or Result())
    job = started()
    assert (running.run(job.pk), running.run(job.pk), runs) == (None, None, [job.pk])


def test_the_same_work_is_not_started_twice_while_it_is_under_way(started: Start) -> None:
    assert started(size=1) == started(size=1)
    assert started(size=2) != started(size=1)
    work(batch=True)
    assert Job.objects.count() == 2
    started(size=1)
    assert Job.objects.count() == 3


def test_an_error_with_words_is_a_sentence_in_each_language(started: Start, does: Does) -> None:
    class Lost(Spoken):
        key, words = "unforeseen", {"name": "Beans"}

    def fail(running: Running) -> Result:
        raise Lost

    does(fail)
    job = started()
    work(batch=True)
    failed = now(job)
    assert (failed.state, failed.error, failed.error_words) == (State.FAILED, "unforeseen", {"name": "Beans"})


def test_an_error_nobody_foresaw_ends_the_job_and_not_the_worker(
    started: Start, does: Does, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(running: Running) -> Result:
        if running.job.about == "beans":
            raise ZeroDivisionError("secret detail")
        return Result()

    does(fail)
    first, second = started("beans"), started("peas")
    work(batch=True)
    assert (now(first).state, now(second).state) == (State.FAILED, State.DONE)
    assert now(first).error_words == {"name": "ZeroDivisionError"}
    assert "secret detail" in caplog.text and "secret detail" not in str(now(first).error_words)


# Stopping ------------------------------------------------------------------------------------------------


def test_work_that_waits_for_its_turn_is_stopped_at_once(started: Start, ana) -> None:
    job = started()
    cancel_job(actor=ana, job=job, now=NOW)
    work(batch=True)
    assert (now(job).state, now(job).attempt) == (State.CANCELLED, 0)


def test_work_that_runs_stops_at_its_next_word(started: Start, does: Does, ana) -> None:
    said: list[int] = []

    def count(running: Running) -> Result:
        for beans in range(10):
            running.say("test.counting", done=beans, of=10)
            said.append(beans)
            if beans == 2:
                cancel_job(actor=ana, job=running.job, now=NOW)
        return Result()

    does(count)
    job = started()
    work(batch=True)
    assert (now(job).state, said) == (State.CANCELLED, [0, 1, 2])


def test_work_that_has_ended_cannot_be_stopped(started: Start, ana) -> None:
    job = started()
    work(batch=True)
    with pytest.raises(NotPossible, match="nothing to stop"):
        cancel_job(actor=ana, job=job, now=NOW)


# Being lost, and going on --------------------------------------------------------------------------------


def lost(job: Job) -> Job:
    """As a worker leaves it that is killed in the middle."""
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, worker="elsewhere:1", heartbeat_at=long_ago, attempt=1, done=3, of=6
    )
    return now(job)


def test_a_job_whose_worker_was_killed_is_seen_as_such(started: Start) -> None:
    job = lost(started())
    assert running.is_lost(job, timezone.now())
    assert running.find_lost(timezone.now()) == 1
    assert (now(job).state, now(job).error) == (State.FAILED, "lost")


def test_a_job_whose_heart_beats_is_not_taken_for_lost(started: Start) -> None:
    job = started()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="here:1", heartbeat_at=timezone.now())
    assert (running.is_lost(now(job), timezone.now()), running.find_lost(timezone.now())) == (False, 0)


def test_a_job_that_waits_without_a_worker_is_not_lost(started: Start) -> None:
    job = started()
    later = timezone.now() + timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state=State.WAITING, wait_until=later, heartbeat_at=NOW)
    assert running.find_lost(timezone.now()) == 0


def test_a_lost_job_goes_on_when_asked(started: Start, ana) -> None:
    job = lost(started())
    resume_job(actor=ana, job=job, now=timezone.now())
    work(batch=True)
    assert (now(job).state, now(job).attempt) == (State.DONE, 2)


@pytest.mark.parametrize("state", [State.QUEUED, State.DONE])
def test_work_that_is_under_way_or_done_is_not_taken_up_again(started: Start, ana, state: State) -> None:
    job = started()
    Job.objects.filter(pk=job.pk).update(state=state)
    with pytest.raises(NotPossible):
        resume_job(actor=ana, job=job, now=NOW)


def test_a_worker_that_comes_back_from_the_dead_overwrites_nothing(started: Start, does: Does, ana) -> None:
    """The job was given up for lost and somebody else has it: the first worker's words count no more."""

    def sleepwalk(walker: Running) -> Result:
        Job.objects.filter(pk=walker.job.pk).update(attempt=7, message="by the second")
        walker.say("test.counting")
        return Result("by the first")

    does(sleepwalk)
    job = started()
    assert running.run(job.pk) is None
    assert (now(job).message, now(job).state) == ("by the second", State.RUNNING)


# Waiting -------------------------------------------------------------------------------------------------


def test_a_short_wait_is_seen(started: Start, does: Does) -> None:
    seen: list[str] = []

    def rest(running: Running) -> Result:
        running._tick = lambda seconds: seen.append(Job.objects.get().state)
        running.sleep(2)
        seen.append(Job.objects.get().state)
        return Result()

    does(rest)
    started()
    work(batch=True)
    assert seen == ["waiting", "waiting", "running"]


def test_a_long_wait_leaves_the_worker_to_others(started: Start, does: Does) -> None:
    def rest(running: Running) -> Result:
        if running.job.attempt == 1:
            running.sleep(600)
        return Result()

    does(rest)
    job = started()
    work(batch=True)
    waiting = now(job)
    assert (waiting.state, waiting.worker) == (State.WAITING, "")
    assert timedelta(minutes=9) < waiting.wait_until - timezone.now() <= timedelta(minutes=10)
    DBTaskResult.objects.update(run_after=timezone.now())  # ten minutes later
    work(batch=True)
    assert (now(job).state, now(job).attempt) == (State.DONE, 2)


def test_a_worker_that_is_told_to_end_puts_its_job_back(
    started: Start, does: Does, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count(running_job: Running) -> Result:
        if running_job.job.attempt == 1:
            running.stopping.set()
            running_job.say("test.counting")
        return Result()

    does(count)
    job = started()
    try:
        assert running.run(job.pk) is not None
    finally:
        running.stopping.clear()
    assert (now(job).state, now(job).worker) == (State.QUEUED, "")


# Rights --------------------------------------------------------------------------------------------------


def test_who_may_not_do_the_work_may_not_start_it(does: Does) -> None:
    member = person(Role.MEMBER)
    with pytest.raises(NotAllowed):
        start_job(actor=member, kind="test.count", about="", arguments={}, now=NOW)
    assert not DBTaskResult.objects.exists()


def test_work_nobody_has_plugged_in_is_not_started(ana) -> None:
    with pytest.raises(UnknownKind):
        start_job(actor=ana, kind="test.nothing", about="", arguments={}, now=NOW)


@pytest.mark.parametrize(
    ("role", "is_starter", "may"),
    [
        (None, False, False),
        (Role.MEMBER, False, False),
        (Role.MEMBER, True, True),
        (Role.ANALYST, False, True),
        (Role.ADMINISTRATOR, False, True),
    ],
)
def test_stopping_is_for_who_started_it_and_for_analysts(
    started: Start, role: Role | None, is_starter: bool, may: bool
) -> None:
    somebody = person(*([role] if role else []))
    job = started()
    if is_starter:
        Job.objects.filter(pk=job.pk).update(started_by=somebody)
    if may:
        assert cancel_job(actor=somebody, job=job, now=NOW).state == State.CANCELLED
    else:
        with pytest.raises(NotAllowed):
            cancel_job(actor=somebody, job=job, now=NOW)


def test_who_lost_the_right_meanwhile_does_not_get_the_work_done(started: Start, does: Does, ana) -> None:
    from clusterpolisee.shell.accounts.permissions import require

    def guarded(running: Running) -> Result:
        require(running.starter, "jobs.list")
        return Result()

    does(guarded)
    job = started()
    ana.role_assignments.all().delete()
    work(batch=True)
    assert (now(job).state, now(job).error) == (State.FAILED, "not-allowed")


def test_what_was_done_with_a_job_is_remembered(started: Start, ana) -> None:
    job = started()
    cancel_job(actor=ana, job=job, now=NOW)
    resume_job(actor=ana, job=job, now=NOW)
    assert [event.verb for event in events_of(job)] == ["resumed", "stopped", "started"]


def test_a_worker_that_died_on_this_very_machine_is_missed_at_once(started: Start) -> None:
    import socket
    import subprocess
    import sys

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    job = started()
    here = f"{socket.gethostname()}:{gone.pid}"
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker=here, heartbeat_at=timezone.now())
    assert running.find_lost(timezone.now()) == 1
