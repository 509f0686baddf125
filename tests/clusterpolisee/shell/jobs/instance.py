"""An instance of its own, played by processes: workers side by side, killed in the middle, ended with their server.

python instance.py HOME setup | start COUNT | work | schedule MOMENT | serve | states
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(TESTS.parent / "src"), str(TESTS)]


def start(home: str) -> None:
    os.environ["CLUSTERPOLISEE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "clusterpolisee.config.settings"
    import django

    django.setup()
    plug()


def plug() -> None:
    """A kind of work that leaves a line in a file for each time it runs, and takes the time its job is told."""
    from clusterpolisee.shell.jobs.kinds import Result, kind
    from clusterpolisee.shell.jobs.running import Running

    def leave_a_line(running: Running, seconds: float = 0.0) -> Result:
        with (Path(os.environ["CLUSTERPOLISEE_HOME"]) / "lines").open("a") as file:
            file.write(f"{running.job.pk}\n")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            running.say("lost")
            time.sleep(0.05)
        return Result()

    kind("test.line", title="", permission="jobs.list")(leave_a_line)


def put(count: int, seconds: float) -> None:
    from django.utils import timezone

    from clusterpolisee.shell.accounts.queries import operator
    from clusterpolisee.shell.jobs.actions import start_job

    for number in range(count):
        given = {"seconds": seconds}
        start_job(actor=operator(), kind="test.line", about=str(number), arguments=given, now=timezone.now())


def schedule(begins: str) -> None:
    """Serve the same moments as fast as somebody else does."""
    from datetime import datetime, timedelta

    from clusterpolisee.shell.accounts.queries import operator
    from clusterpolisee.shell.jobs.schedule import Every, serve_due

    line = Every("minutely", kind="test.line", every=timedelta(minutes=1))
    actor, now = operator(), datetime.fromisoformat(begins)
    serve_due(actor=actor, now=now, lines=[line])
    for minutes in range(1, 21):
        serve_due(actor=actor, now=now + timedelta(minutes=minutes), lines=[line])


def serve() -> None:
    """Stands for the server: starts a keeper and then does nothing for ever."""
    from clusterpolisee.shell.jobs import keeper

    print(keeper.start(os.getpid()).pid, flush=True)
    time.sleep(600)


def states() -> None:
    from clusterpolisee.shell.jobs.models import Job

    print(json.dumps(list(Job.objects.order_by("pk").values_list("state", "attempt"))))


if __name__ == "__main__":
    home, deed, *rest = sys.argv[1:]
    start(home)
    if deed == "setup":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif deed == "start":
        put(int(rest[0]), float(rest[1]) if len(rest) > 1 else 0.0)
    elif deed == "work":
        from django.conf import settings

        from clusterpolisee.shell.jobs.worker import work

        settings.JOB_SCHEDULE = ""
        work(batch=True)
    elif deed == "schedule":
        schedule(rest[0])
    elif deed == "serve":
        serve()
    elif deed == "states":
        states()
