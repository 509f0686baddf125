"""What was worked out is not worked out twice, and never believed when it is broken."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from clusterpolisee.evidence.engine import keeping


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.ENGINE_FOLDER = tmp_path / "engine"
    keeping.forget_in_process()
    return tmp_path / "engine"


def counted() -> tuple[list[int], keeping.Callable]:
    made: list[int] = []

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"ranks": np.array([1.0, 2.0])}

    return made, make


def test_a_result_is_worked_out_once_for_this_process_and_the_next(folder: Path) -> None:
    made, make = counted()
    first = keeping.kept("similar", "table.1", make)
    assert keeping.kept("similar", "table.1", make) is first
    keeping.forget_in_process()  # as another process would
    assert keeping.kept("similar", "table.1", make)["ranks"].tolist() == [1.0, 2.0]
    assert len(made) == 1


def test_another_version_or_another_question_is_another_result(folder: Path) -> None:
    made, make = counted()
    for what, made_from in (("similar", "table.1"), ("similar", "table.2"), ("partners", "table.1")):
        keeping.kept(what, made_from, make)
    assert len(made) == 3 == len(list(folder.glob("*.npz")))


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 half a file", b"\x00" * 64])
def test_half_a_file_is_made_again(folder: Path, broken: bytes) -> None:
    made, make = counted()
    keeping.kept("similar", "table.1", make)
    (file,) = folder.glob("*.npz")
    file.write_bytes(broken)
    keeping.forget_in_process()
    assert keeping.kept("similar", "table.1", make)["ranks"].tolist() == [1.0, 2.0]
    assert len(made) == 2
    assert file.read_bytes() != broken


def test_nobody_writes_into_what_others_read(folder: Path) -> None:
    found = keeping.kept("similar", "table.1", counted()[1])
    with pytest.raises(ValueError, match="read-only"):
        found["ranks"][0] = 9.0


def test_the_process_keeps_the_last_ones_only(folder: Path) -> None:
    made, make = counted()
    for number in range(keeping.KEPT_IN_PROCESS + 1):
        keeping.kept("similar", f"table.{number}", make)
    assert len(keeping._kept) == keeping.KEPT_IN_PROCESS
    keeping.kept("similar", "table.0", make)
    assert len(made) == keeping.KEPT_IN_PROCESS + 1, "the file still has the first"


def test_what_nobody_has_read_for_a_month_is_swept(folder: Path) -> None:
    keeping.kept("similar", "old", counted()[1])
    (old,) = folder.glob("*.npz")
    os.utime(old, (0, 0))
    keeping.kept("similar", "new", counted()[1])
    assert keeping.sweep() == 1
    assert old not in list(folder.glob("*.npz")) and len(list(folder.glob("*.npz"))) == 1
