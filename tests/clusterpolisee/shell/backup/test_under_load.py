"""Backups and restores while people import, accept, roll back, cite and read."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BACKUPS = 4


@contextmanager
def busy(
    home: Path, stop: Path, begin: Callable[..., subprocess.Popen[str]], ended: Callable[..., Any]
) -> Iterator[list[Any]]:
    """Two people at work and one who reads, from here to the end; what each of them did."""
    people = [begin(home, "deeds", str(stop), str(seed)) for seed in (1, 2)] + [
        begin(home, "read", str(stop))
    ]
    told: list[Any] = []
    try:
        yield told
    finally:
        stop.touch()
        told += [ended(one) for one in people]


@pytest.mark.slow
def test_each_backup_taken_under_load_is_an_instance_in_order(
    instance: Path, tmp_path: Path, say, play, begin, ended
) -> None:
    play(instance, "table")
    files = [tmp_path / f"{number}.zip" for number in range(BACKUPS)]
    with busy(instance, tmp_path / "stop", begin, ended) as told:
        ends = say(instance, *[["backup", file] for file in files])
    assert [end["code"] for end in ends] == [0] * BACKUPS, ends
    one, other, reader = told
    assert all(one[deed] + other[deed] > 0 for deed in one), told
    assert reader["reads"] > 50 and reader["wrong"] == 0
    found = []
    for file in files:
        home = tmp_path / f"restored-{file.stem}"
        (end,) = say(home, ["restore", file])
        assert end["code"] == 0, end
        found.append(play(home, "look"))
    assert [look["troubles"] for look in found] == [[]] * BACKUPS
    versions = [look["versions"] for look in found]
    assert versions == sorted(versions) and versions[0] < versions[-1], "the imports went on meanwhile"


@pytest.mark.slow
def test_a_restore_over_an_instance_in_use_disturbs_no_reader(
    instance: Path, kept: Path, tmp_path: Path, say, play, begin, ended
) -> None:
    """The rows change places in one transaction: whoever reads sees the old instance or the new one."""
    play(instance, "table")
    (mine,) = say(instance, ["backup", tmp_path / "with-jobs.zip"])
    assert mine["code"] == 0
    stop = tmp_path / "stop"
    reader = begin(instance, "read", str(stop))
    try:
        ends = say(instance, *[["restore", tmp_path / "with-jobs.zip", "--replace"]] * 3)
    finally:
        stop.touch()
    assert [end["code"] for end in ends] == [0, 0, 0], ends
    told = ended(reader)
    assert told["reads"] > 20 and told["wrong"] == 0
    assert play(instance, "look")["troubles"] == []
