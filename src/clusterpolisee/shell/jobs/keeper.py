"""Keeps a worker beside the server: starts it, starts it again when it is killed, and ends it with the server.

python -m clusterpolisee.shell.jobs.keeper SERVER_PID

It holds nothing but the standard library, so that it costs next to no memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

LOOK_SECONDS = 0.5
GRACE_SECONDS = 10.0
PAUSE_SECONDS = 3.0  # before a worker that died is started again


class Ended(Exception):
    """Somebody asked the keeper to end."""


def start(server: int) -> subprocess.Popen[bytes]:
    """Start a keeper for the process with this number, before it becomes the server."""
    return subprocess.Popen([sys.executable, "-m", __name__, str(server)])  # noqa: S603 - our own module


def keep(server: int) -> None:
    """Until the server has ended."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ended)
    os.nice(5)  # pages go before work in the background
    worker = _worker()
    try:
        while os.getppid() == server:
            time.sleep(LOOK_SECONDS)
            if worker.poll() is not None:
                time.sleep(PAUSE_SECONDS)
                worker = _worker()
    except Ended:
        pass
    finally:
        _end(worker)


def _worker() -> subprocess.Popen[bytes]:
    own = str(os.getpid())
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "clusterpolisee.config.command", "work", "--with", own]
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    worker.terminate()
    try:
        worker.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()


def _ended(_number: int, _frame: FrameType | None) -> None:
    raise Ended


if __name__ == "__main__":
    keep(int(sys.argv[1]))
