"""Instances of their own for tests of backups: homes in folders, played by processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from house.plan import script

PLAY = Path(__file__).with_name("play.py")
Play = Callable[..., Any]


def environment(database: str = "") -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CLUSTERPOLISEE_", "DJANGO_", "PYTEST_"))
    }
    return {**kept, **({"CLUSTERPOLISEE_DATABASE": database} if database else {})}


def begun(home: Path, *words: str, database: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, str(PLAY), str(home), *words]
    return subprocess.Popen(
        command, env=environment(database), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _ended(process: subprocess.Popen[str]) -> Any:
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    return json.loads(out.splitlines()[-1])  # a command may have spoken before


@pytest.fixture(scope="session")
def play() -> Play:
    """play(home, deed, …): what one process did, as JSON."""
    return lambda home, *words, database="": _ended(begun(home, *words, database=database))


@pytest.fixture(scope="session")
def begin() -> Play:
    """The same without waiting for it; `ended` does."""
    return begun


@pytest.fixture(scope="session")
def ended() -> Play:
    return _ended


@pytest.fixture(scope="session")
def say(play: Play) -> Play:
    """say(home, [words], [words] …): commands one after the other, and how each ended."""
    return lambda home, *commands, database="": play(
        home, "say", json.dumps([[str(word) for word in words] for words in commands]), database=database
    )


@pytest.fixture(scope="session")
def first_world(scratch: Path, say: Play) -> Path:
    """An instance with the world of the first start. Nobody changes it: whoever wants to takes a copy."""
    home = scratch / "world-to-keep"
    with (scratch / "world-to-keep.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "ready").exists():
            command = [sys.executable, "-m", "clusterpolisee.config.command", "setup"]
            demo = {"CLUSTERPOLISEE_HOME": str(home), "CLUSTERPOLISEE_DEMO": "1"}
            made = subprocess.run(
                command, env=environment() | demo | {"PYTHONPATH": str(PLAY.parents[4] / "src")}
            )
            assert made.returncode == 0
            (home / "ready").touch()
    return home


@pytest.fixture
def instance(first_world: Path, tmp_path: Path) -> Path:
    """A copy of the first world, to be changed."""
    return Path(shutil.copytree(first_world, tmp_path / "instance"))


@pytest.fixture(scope="session")
def kept(first_world: Path, scratch: Path, say: Play) -> Path:
    """A backup of the first world."""
    file = scratch / f"kept-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.zip"
    (end,) = say(first_world, ["backup", file])
    assert end["code"] == 0, end
    return file


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL of one's own, however this run's own database is served."""
    with script("postgres").postgres() as address:
        create(address, "clusterpolisee")
        yield address


def create(address: str, name: str) -> None:
    import psycopg

    with psycopg.connect(address.replace("/clusterpolisee?", "/postgres?"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
