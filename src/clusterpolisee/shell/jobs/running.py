"""Running a job: claiming it, hearing its heart, and writing down how it ended."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connections
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from clusterpolisee.shell.jobs.kinds import KINDS, Result, Spoken
from clusterpolisee.shell.jobs.models import Job, State

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
LOST_AFTER = timedelta(seconds=60)
SAY_SECONDS = 0.5  # more often nobody looks
SHORT_WAIT = 45.0  # a longer wait gives the worker to other jobs
_HAS_A_WORKER = (State.RUNNING, State.WAITING)

stopping = threading.Event()  # set when this worker has been asked to end


class StopAsked(Exception):
    """A person wants this job to stop."""


class WorkerEnds(Exception):
    """The worker ends before the job: it goes back into the queue."""


class Superseded(Exception):
    """The job was given up for lost and somebody else has it now: what this worker says counts no more."""


class GoOnLater(Exception):
    """The job has nothing to do until a time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Goes on in {seconds:.0f} s.")
        self.seconds = seconds


class Running:
    """What a kind's function has in its hands: its job, and the ways to say how far it is."""

    def __init__(self, job: Job, *, tick: Callable[[float], None] = time.sleep) -> None:
        self.job = job
        self._tick = tick
        self._said: tuple[object, ...] = ()
        self._said_at = -SAY_SECONDS

    @property
    def starter(self) -> Any:
        return self.job.started_by

    def say(self, message: str, *, done: int | None = None, of: int | None = None, **words: object) -> None:
        """How far it is. Also the moment at which a wish to stop is heard: raises, and the function ends."""
        now = time.monotonic()
        saying = (message, done, of)
        if saying == self._said and now - self._said_at < SAY_SECONDS:
            return
        self._said, self._said_at = saying, now
        fields: dict[str, object] = {"message": message, "message_words": words}
        if done is not None:
            fields["done"] = done
        if of is not None:
            fields["of"] = of
        self._write(**fields)
        self.heed()

    def heed(self) -> None:
        """Raise when somebody wants the job or the worker to stop."""
        if stopping.is_set():
            raise WorkerEnds
        asked = self._row().values_list("stop_asked", flat=True).first()
        if asked is None:
            raise Superseded
        if asked:
            raise StopAsked

    def sleep(self, seconds: float) -> None:
        """Wait, and be seen to wait; long waits leave the worker to others and go on later."""
        if seconds > SHORT_WAIT:
            raise GoOnLater(seconds)
        self._write(state=State.WAITING, wait_until=timezone.now() + timedelta(seconds=seconds))
        left = seconds
        while left > 0:
            self.heed()
            self._tick(min(1.0, left))
            left -= 1.0
        self._write(state=State.RUNNING, wait_until=None)

    def _row(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state__in=_HAS_A_WORKER)

    def _write(self, **fields: object) -> None:
        if not self._row().update(heartbeat_at=timezone.now(), **fields):
            raise Superseded


def run(job_id: int) -> datetime | None:
    """Run a job unless another worker has it. Returns when it wants to be run again, if it does."""
    job = _claimed(job_id)
    if job is None:
        return None
    with override(job.language), _beating(job):
        try:
            _end_well(job, _work(job))
        except GoOnLater as later:
            return _again(job, State.WAITING, timezone.now() + timedelta(seconds=later.seconds))
        except WorkerEnds:
            return _again(job, State.QUEUED, timezone.now())
        except Superseded:
            logger.warning("Job %s is in other hands now.", job.pk)
        except StopAsked:
            _end(job, State.CANCELLED, message="stopped", message_words={})
        except Spoken as error:
            _end(job, State.FAILED, error=error.key, error_words=dict(error.words))
        except PermissionDenied:
            _end(job, State.FAILED, error="not-allowed")
        except Exception as error:
            logger.exception("Job %s (%s) failed.", job.pk, job)
            _end(job, State.FAILED, error="unforeseen", error_words={"name": type(error).__name__})
    return None


def find_lost(now: datetime) -> int:
    """Write down which jobs have lost their worker; how many."""
    lost = 0
    for job in Job.objects.filter(state__in=_HAS_A_WORKER).exclude(worker=""):
        if is_lost(job, now) or _died_here(job.worker):
            lost += _mine(job).update(
                state=State.FAILED, error="lost", error_words={}, finished_at=now, worker=""
            )
    return lost


def is_lost(job: Job, now: datetime) -> bool:
    """Whether its heart has stopped, though nobody has written it down yet."""
    beats = job.heartbeat_at is not None and job.heartbeat_at >= now - LOST_AFTER
    return job.state in _HAS_A_WORKER and bool(job.worker) and not beats


def _died_here(worker: str) -> bool:
    """Whether the worker was a process of this machine that is no more; of others only their heart tells."""
    host, _colon, number = worker.rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def _claimed(job_id: int) -> Job | None:
    now = timezone.now()
    free = Job.objects.filter(pk=job_id, state__in=(State.QUEUED, State.WAITING), worker="")
    taken = free.update(
        state=State.RUNNING,
        attempt=F("attempt") + 1,
        worker=f"{socket.gethostname()}:{os.getpid()}"[:64],
        started_at=now,
        heartbeat_at=now,
        wait_until=None,
    )
    return Job.objects.select_related("started_by").get(pk=job_id) if taken else None


def _work(job: Job) -> Result:
    if job.kind not in KINDS:
        raise _UnknownWork(job.kind)
    running = Running(job)
    running.heed()
    return KINDS[job.kind].function(running, **job.arguments)


class _UnknownWork(Spoken):
    key = "unknown-kind"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.words = {"name": name}


def _end_well(job: Job, result: Result) -> None:
    _end(
        job,
        State.DONE,
        message=result.message,
        message_words=dict(result.words),
        result_url=result.url,
    )


def _end(job: Job, state: State, **fields: object) -> None:
    _mine(job).update(state=state, finished_at=timezone.now(), wait_until=None, worker="", **fields)


def _again(job: Job, state: State, at: datetime) -> datetime | None:
    """Leave the job to whoever comes next; None where it is in other hands already, or was asked to stop."""
    until = at if state == State.WAITING else None
    if _mine(job).filter(stop_asked=True).exists():
        _end(job, State.CANCELLED, message="stopped", message_words={})
        return None
    return at if _mine(job).update(state=state, wait_until=until, worker="") else None


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state__in=_HAS_A_WORKER)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """A heart that beats while the job works, also where it computes for long without a word."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            try:
                _mine(job).update(heartbeat_at=timezone.now())
            except Exception:
                logger.exception("The heartbeat of job %s could not be written.", job.pk)
        connections.close_all()

    heart = threading.Thread(target=beat, name=f"heart of job {job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join(timeout=BEAT_SECONDS)
