"""The worker: takes tickets from the queue, looks at the clock, and ends with the process that started it."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from django.db import connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.jobs import running, schedule

logger = logging.getLogger(__name__)

MINUTE = 60.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
TICKETS_KEPT = timedelta(days=30)


class Worker(QueueWorker):
    """As the queue's own, but a job that runs hears that the worker ends, and goes back into the queue."""

    def __init__(self, *, batch: bool = False, interval: float = 1.0) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        running.stopping.set()
        super().shutdown(signum, frame)


def work(*, batch: bool = False, with_parent: int | None = None) -> None:
    """Work until told to stop (batch: until the queue is empty). with_parent: end when that process has ended."""
    worker = Worker(batch=batch)
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    worker.configure_signals()
    if with_parent is not None:
        _in_background(lambda: _end_with(with_parent))
    if batch:
        look_around()
    else:
        _in_background(_look_around_for_ever)
    try:
        worker.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def look_around() -> None:
    """What is due is started, what is lost is written down, old tickets are thrown away."""
    now = timezone.now()
    running.find_lost(now)
    schedule.serve_due(actor=operator(), now=now)
    DBTaskResult.objects.filter(finished_at__lt=now - TICKETS_KEPT).delete()


def _look_around_for_ever() -> None:
    while not running.stopping.is_set():
        try:
            look_around()
        except Exception:
            logger.exception("The schedule could not be looked at.")
        connections.close_all()
        running.stopping.wait(MINUTE)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    logger.warning("The server has ended; the worker ends too.")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(20)  # for a job that does not listen
    os._exit(1)


def _in_background(target: Callable[[], None]) -> None:
    threading.Thread(target=target, daemon=True).start()
