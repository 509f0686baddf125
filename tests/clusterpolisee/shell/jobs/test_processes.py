"""Workers as processes: side by side each job is done once, a killed one is missed, and none outlives its server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

INSTANCE = Path(__file__).with_name("instance.py")
PATIENCE = 60.0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("prepared")
    play(home, "setup")
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A folder of its own, prepared once for all."""
    shutil.copytree(prepared, tmp_path / "home")
    return tmp_path / "home"


def begin(home: Path, *words: str) -> subprocess.Popen[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("CLUSTERPOLISEE_")
    }
    return subprocess.Popen(
        [sys.executable, INSTANCE, home, *words],
        env={**environment, "PYTHONPATH": str(INSTANCE.parents[4] / "src"), "CLUSTERPOLISEE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def play(home: Path, *words: str) -> str:
    out, err = (one := begin(home, *words)).communicate(timeout=PATIENCE)
    assert one.returncode == 0, err
    return out


def lines(home: Path) -> Counter[str]:
    return Counter((home / "lines").read_text().split())


def states(home: Path) -> list[list[object]]:
    return json.loads(play(home, "states"))


def wait_for(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < until, "It did not happen."
        time.sleep(0.1)


def test_two_workers_do_each_job_once(home: Path) -> None:
    play(home, "start", "30")
    workers = [begin(home, "work"), begin(home, "work")]
    for worker in workers:
        assert worker.communicate(timeout=PATIENCE)[1].count("Traceback") == 0
    assert set(lines(home).values()) == {1}
    assert states(home) == [["done", 1]] * 30


@pytest.mark.slow
def test_two_workers_serve_each_moment_of_the_schedule_once(home: Path) -> None:
    moment = "2026-11-24T10:00:30+00:00"
    workers = [begin(home, "schedule", moment), begin(home, "schedule", moment)]
    for worker in workers:
        _out, err = worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0, err
    # The twenty moments after the first, with which the schedule begins; a job under way is not started twice.
    assert len(states(home)) == 1
    assert moments(home) == 21


def moments(home: Path) -> int:
    import sqlite3

    with sqlite3.connect(home / "clusterpolisee.sqlite3") as database:
        return int(database.execute("select count(*) from jobs_moment").fetchone()[0])


def test_a_worker_killed_in_the_middle_is_missed_by_the_next(home: Path) -> None:
    play(home, "start", "1", "30")
    worker = begin(home, "work")
    wait_for(lambda: (home / "lines").exists())
    worker.kill()
    worker.communicate()
    assert states(home) == [["running", 1]]
    play(home, "work")
    assert states(home) == [["failed", 1]]


def test_a_worker_asked_to_end_puts_its_job_back_into_the_queue(home: Path) -> None:
    play(home, "start", "1", "30")
    worker = begin(home, "work")
    wait_for(lambda: (home / "lines").exists())
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=15)
    assert states(home) == [["queued", 1]]


def alive(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return found.stdout.strip()[:1] not in ("", "Z")


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(one) for one in found.stdout.split()]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_worker_ends_with_its_server_however_that_ends(home: Path, end: signal.Signals) -> None:
    server = begin(home, "serve")
    assert server.stdout is not None
    keeper = int(server.stdout.readline())
    wait_for(lambda: bool(children(keeper)))
    (worker,) = children(keeper)
    server.send_signal(end)
    server.wait(timeout=10)
    wait_for(lambda: not alive(keeper) and not alive(worker))


def test_a_worker_that_is_killed_is_started_again(home: Path) -> None:
    server = begin(home, "serve")
    assert server.stdout is not None
    keeper = int(server.stdout.readline())
    wait_for(lambda: bool(children(keeper)))
    (first,) = children(keeper)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: bool(set(children(keeper)) - {first}))
    (second,) = set(children(keeper)) - {first}
    server.kill()
    server.wait(timeout=10)
    wait_for(lambda: not alive(keeper) and not alive(second))
