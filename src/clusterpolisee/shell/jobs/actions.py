"""Deeds on jobs: start, stop, go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record
from clusterpolisee.shell.jobs.kinds import known
from clusterpolisee.shell.jobs.models import Job, State
from clusterpolisee.shell.jobs.running import is_lost
from clusterpolisee.shell.jobs.tasks import put_into_queue

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User


class NotPossible(Exception):
    """The job is not in a state in which this can be done to it; the sentence says so."""


@transaction.atomic
def start_job(
    *, actor: User, kind: str, about: str, arguments: Mapping[str, Any], now: datetime, language: str = ""
) -> Job:
    """Put work into the queue. The same work that is under way already is not started twice: its job comes back."""
    require(actor, known(kind).permission)
    given = dict(arguments)
    for job in Job.objects.filter(
        kind=kind, about=about, state__in=(State.QUEUED, State.WAITING, State.RUNNING)
    ):
        if job.arguments == given and not job.stop_asked and not is_lost(job, now):
            return job
    job = Job.objects.create(
        kind=kind,
        about=about,
        arguments=given,
        language=language or get_language() or "en",
        started_by=actor,
        created_at=now,
    )
    put_into_queue(job.pk)
    record(actor, "started", job, at=now, kind=kind, about=about)
    return job


@transaction.atomic
def cancel_job(*, actor: User, job: Job, now: datetime) -> Job:
    """Stop it: at once while it waits for its turn, else as soon as it says something."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    require(actor, "jobs.stop", job)
    if not job.is_unfinished:
        raise NotPossible(_("This work has ended already; there is nothing to stop."))
    job.stop_asked = True
    if not job.worker or is_lost(job, now):
        job.state, job.finished_at, job.wait_until, job.worker = State.CANCELLED, now, None, ""
        job.message, job.message_words = "stopped", {}
    job.save()
    record(actor, "stopped", job, at=now, kind=job.kind, about=job.about)
    return job


@transaction.atomic
def resume_job(*, actor: User, job: Job, now: datetime) -> Job:
    """Go on with work that failed, was stopped or has lost its worker; what it had finished is not done again."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    require(actor, "jobs.resume", job)
    require(actor, known(job.kind).permission)
    if not (job.can_go_on or is_lost(job, now)):
        raise NotPossible(_("This work is under way or done; it cannot be taken up again."))
    job.state, job.stop_asked, job.worker, job.finished_at = State.QUEUED, False, "", None
    job.error, job.error_words, job.wait_until = "", {}, None
    job.message, job.message_words = "", {}
    job.save()
    put_into_queue(job.pk)
    record(actor, "resumed", job, at=now, kind=job.kind, about=job.about)
    return job
