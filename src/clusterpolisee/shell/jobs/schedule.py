"""Work that begins by the clock.

SCHEDULE = (Every("refresh", kind="evidence.refresh", every=timedelta(days=1), hour=4),)

Each worker looks at it every minute. A moment is served by writing it down together with its job: the worker that
comes second finds the moment taken. After a standstill the latest moment is served, not all that were missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from clusterpolisee.shell.jobs.actions import start_job
from clusterpolisee.shell.jobs.models import Job, Moment

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Every:
    """One line of the schedule. every: whole days or less; hour: of the day, for those of whole days."""

    name: str
    kind: str
    every: timedelta
    hour: int = 0

    def latest_moment(self, now: datetime) -> datetime:
        """The last moment at or before now at which this was due.

        Days are counted on the calendar of the instance, so that four o'clock stays four o'clock in summer.
        """
        here = timezone.localtime(now)
        if self.every < _DAY:
            midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
            return midnight + self.every * ((here - midnight) // self.every)
        due = here.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if due > here:
            due = (due.replace(tzinfo=None) - _DAY).replace(tzinfo=here.tzinfo)
        days = self.every // _DAY
        return (due.replace(tzinfo=None) - _DAY * (due.toordinal() % days)).replace(tzinfo=here.tzinfo)


def declared() -> tuple[Every, ...]:
    """The schedule of this instance: the settings say where it stands."""
    return tuple(import_string(settings.JOB_SCHEDULE)) if settings.JOB_SCHEDULE else ()


def serve_due(*, actor: User, now: datetime, lines: Iterable[Every] | None = None) -> list[Job]:
    """Start the jobs that are due and that no other worker has started."""
    started = []
    for line in declared() if lines is None else lines:
        job = _serve(actor, line, now)
        if job is not None:
            started.append(job)
    return started


def _serve(actor: User, line: Every, now: datetime) -> Job | None:
    due = line.latest_moment(now)
    last = Moment.objects.filter(name=line.name).order_by("-due_at").first()
    if last is not None and last.due_at >= due:
        return None
    try:
        with transaction.atomic():
            moment = Moment.objects.create(name=line.name, due_at=due)
            if last is None:  # a new instance begins with the next moment, not with one before its time
                return None
            job = start_job(
                actor=actor, kind=line.kind, about=line.name, arguments={}, now=now, language="en"
            )
            Moment.objects.filter(pk=moment.pk).update(job=job)
            return job
    except IntegrityError:  # another worker was a moment faster
        return None
