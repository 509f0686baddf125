"""After an import what follows from it is worked out again, once, and says how far it is."""

from __future__ import annotations

import pytest

from clusterpolisee.evidence import jobs as evidence_jobs
from clusterpolisee.evidence.engine import reckoning
from clusterpolisee.evidence.engine.reckoning import RECKON, Step, start_reckoning, under_way
from clusterpolisee.evidence.sockets import LISTENERS
from clusterpolisee.shell.jobs.kinds import KINDS
from clusterpolisee.shell.jobs.models import Job, State
from factories.evidence import NOW, bring, table


def test_the_engine_listens_for_versions_that_come_into_use() -> None:
    assert start_reckoning in LISTENERS


def test_ten_versions_start_one_job(db, django_capture_on_commit_callbacks) -> None:
    table()
    for jobs in (100, 110, 120):
        with django_capture_on_commit_callbacks(execute=True):
            bring(f"region,activity,year,value\nBG31,C10,2015,{jobs}\n")
    job = Job.objects.get(kind=RECKON)
    assert under_way() == job
    assert job.started_by.name == "Operator"


def test_steps_say_what_they_do_before_they_do_it(db) -> None:
    heard: list[object] = []
    steps = [Step(key, key, lambda key=key: heard.append(f"did {key}")) for key in ("one", "two")]
    reckoning.reckon(steps, lambda key, done, of: heard.append((key, done, of)))
    assert heard == [("one", 0, 2), "did one", ("two", 1, 2), "did two"]


def test_a_version_that_comes_while_it_works_is_worked_out_too(monkeypatch) -> None:
    stamps = iter(["first", "second", "second"])
    monkeypatch.setattr(reckoning, "evidence_stamp", lambda: next(stamps))
    done: list[str] = []
    reckoning.reckon([Step("one", "one", lambda: done.append("one"))], lambda key, done, of: None)
    assert done == ["one", "one"]


def test_every_step_has_words_in_the_reader_s_language() -> None:
    assert evidence_jobs.STEPS
    for one in evidence_jobs.STEPS:
        assert str(one.sentence).endswith(".")


@pytest.mark.usefixtures("world")
def test_the_job_does_all_steps_and_ends_well() -> None:
    said: list[str] = []

    class Ran:
        def say(self, key: str, *, done: int, of: int) -> None:
            said.append(key)

    result = KINDS[RECKON].function(Ran())
    assert said == [one.key for one in evidence_jobs.STEPS]
    assert result.message == "evidence.reckoned"


def test_the_job_waits_for_a_worker_and_is_not_started_twice(db) -> None:
    first = start_reckoning(None, now=NOW)  # type: ignore[arg-type]
    assert first.state == State.QUEUED
    assert start_reckoning(None, now=NOW) == first  # type: ignore[arg-type]
