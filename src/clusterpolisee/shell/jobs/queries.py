"""Questions about jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from clusterpolisee.shell.jobs.models import UNFINISHED, Job, State

PATIENCE = timedelta(minutes=1)
FRESH = timedelta(minutes=1)


def job(pk: int) -> Job | None:
    return Job.objects.select_related("started_by").filter(pk=pk).first()


def jobs() -> QuerySet[Job]:
    """All jobs with the people who started them, the newest first."""
    return Job.objects.select_related("started_by").order_by("-pk")


def unfinished_about(kind: str, about: str) -> Job | None:
    """The newest job of this kind about this thing that has not come to its end."""
    return Job.objects.filter(kind=kind, about=about, state__in=UNFINISHED).order_by("-pk").first()


def nobody_works(waiting: Job, now: datetime) -> bool:
    """Whether a job has waited for its turn suspiciously long while no worker had anything else to do."""
    if waiting.state != State.QUEUED or waiting.created_at > now - PATIENCE:
        return False
    return not Job.objects.filter(state=State.RUNNING, heartbeat_at__gt=now - FRESH).exists()


def ahead_of(waiting: Job) -> int:
    """How many jobs come before it."""
    earlier = Job.objects.filter(pk__lt=waiting.pk, state__in=(State.QUEUED, State.RUNNING))
    return earlier.count() if waiting.state == State.QUEUED else 0


def ended_before(moment: datetime) -> QuerySet[Job]:
    """Jobs that came to an end before a moment and are the newest about nothing any more."""
    newer = Job.objects.filter(kind=OuterRef("kind"), about=OuterRef("about"), pk__gt=OuterRef("pk"))
    return Job.objects.filter(finished_at__lt=moment).exclude(state__in=UNFINISHED).filter(Exists(newer))
