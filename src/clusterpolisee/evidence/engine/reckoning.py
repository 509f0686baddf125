"""After an import everything that follows from the figures is worked out again, before anybody asks for it.

    a version comes into use ─▶ start_reckoning ─▶ job evidence.reckon ─▶ each of its steps (jobs.py), saying what it does

A step only asks what pages would ask; what is heavy of it stays kept (keeping.py). Pages never wait for the job: they work out
what they need themselves if it has not got there yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import Promise

from clusterpolisee.evidence.engine.keeping import sweep
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.jobs import queries as jobs
from clusterpolisee.shell.jobs.actions import start_job

if TYPE_CHECKING:
    from clusterpolisee.evidence.models import DatasetVersion
    from clusterpolisee.shell.jobs.models import Job

RECKON = "evidence.reckon"
ABOUT = "engine"


@dataclass(frozen=True)
class Step:
    """One thing to be worked out: the key of its sentence among the words of the job, and the work."""

    key: str
    sentence: str | Promise
    work: Callable[[], object]


def reckon(steps: Sequence[Step], say: Callable[[str, int, int], None]) -> None:
    """Every step in turn; say(key, done, of) before each. Again, if other figures came into use meanwhile:

    a version that comes while this works starts no job of its own.
    """
    made_from = None
    while made_from != (now := evidence_stamp()):
        made_from = now
        for done, one in enumerate(steps):
            say(one.key, done, len(steps))
            one.work()
    sweep()


def start_reckoning(version: DatasetVersion, *, now: datetime | None = None) -> Job:
    """One job for however many versions: the same work that waits already is not started twice."""
    return start_job(
        actor=operator(), kind=RECKON, about=ABOUT, arguments={}, now=now or timezone.now(), language="en"
    )


def under_way() -> Job | None:
    """The job that is working it out, while it is."""
    return jobs.unfinished_about(RECKON, ABOUT)
