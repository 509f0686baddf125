"""Tickets of the queue: each leads a worker to a job."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from clusterpolisee.shell.jobs import running


@task()
def run_job(job_id: int) -> None:
    """Run a job; when it wants to go on later, leave a ticket for then."""
    if again := running.run(job_id):
        put_into_queue(job_id, again)


def put_into_queue(job_id: int, at: datetime | None = None) -> None:
    """Write a ticket, inside the caller's transaction: the queue is a table of the same database."""
    (run_job.using(run_after=at) if at else run_job).enqueue(job_id)
