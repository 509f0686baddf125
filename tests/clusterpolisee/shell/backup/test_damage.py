"""A backup that is not what was written is refused with one sentence, and the instance stays as it was."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from clusterpolisee.shell.backup import archive, restoring
from clusterpolisee.shell.backup.obstacles import BackupDamaged, BackupIsNewer, CannotRead, NoRoom, Obstacle

Change = Callable[[dict[str, Any], dict[str, bytes]], None]


def contents(file: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(file) as zipped:
        parts = {info.filename: zipped.read(info) for info in zipped.infolist()}
    return json.loads(parts.pop("manifest.json")), parts


def rebuilt(kept: Path, target: Path, change: Change) -> Path:
    """A backup put together by somebody else: manifest and parts changed, the ZIP itself in order."""
    manifest, parts = contents(kept)
    change(manifest, parts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
        zipped.writestr("manifest.json", json.dumps(manifest))
    return target


def said(entry: str, content: bytes) -> dict[str, Any]:
    return {"name": entry, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def without_a_file(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    del parts[next(name for name in parts if name.endswith(".parquet"))]


def without_a_table(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    del parts["tables/regions_region.jsonl"]
    manifest["tables"] = [one for one in manifest["tables"] if one["name"] != "regions_region"]


def with_another_file(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.endswith(".parquet"))
    parts[name] = parts[name][:-1] + b"?"


def with_a_file_nobody_named(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    parts["files/store/surprise"] = b"?"


def with_a_row_too_few(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    lines = parts["tables/regions_region.jsonl"].splitlines(keepends=True)[:-1]
    with_table(manifest, parts, "regions_region", b"".join(lines))


def with_table(
    manifest: dict[str, Any], parts: dict[str, bytes], name: str, content: bytes, rows: int = 0
) -> None:
    parts[f"tables/{name}.jsonl"] = content
    table = next(one for one in manifest["tables"] if one["name"] == name)
    table |= said(name, content) | ({"rows": rows} if rows else {})


def with_a_row_that_is_none(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    with_table(manifest, parts, "classifications_theme", b'{"id": 1}\n', 1)


def with_deep_json(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    with_table(manifest, parts, "classifications_theme", b"[" * 200_000 + b"\n", 1)


def with_a_row_that_does_not_fit(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    columns = next(one["columns"] for one in manifest["tables"] if one["name"] == "django_session")
    row = {"session_key": "a", "session_data": "b", "expire_date": "never"}
    with_table(
        manifest, parts, "django_session", json.dumps([row[one] for one in columns]).encode() + b"\n", 1
    )


def with_a_row_that_points_nowhere(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    lines = parts["tables/accounts_roleassignment.jsonl"].splitlines(keepends=True)
    columns = next(one["columns"] for one in manifest["tables"] if one["name"] == "accounts_roleassignment")
    row = json.loads(lines[0])
    row[columns.index("user_id")] = 4711
    lines[0] = json.dumps(row).encode() + b"\n"
    with_table(manifest, parts, "accounts_roleassignment", b"".join(lines))


def with_an_unknown_column(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    manifest["tables"][0]["columns"][-1] = "is_superuser"


def with_a_negative_size(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    manifest["files"][0]["bytes"] = -1


def with_the_same_file_twice(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    manifest["files"].append(manifest["files"][0])


def of_another_program(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    manifest["format"] = "photographs"


def without_hashes(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
    del manifest["files"][0]["sha256"]


WRONG = [
    (without_a_file, "is missing"),
    (without_a_table, "its tables are not those of its migrations"),
    (with_another_file, "is not what was written"),
    (with_a_file_nobody_named, "does not name ('files/store/surprise')"),
    (with_a_row_too_few, "another number of rows"),
    (with_a_row_that_is_none, "line 1 of tables/classifications_theme.jsonl is no row"),
    (with_deep_json, "line 1 of tables/classifications_theme.jsonl is no row"),
    (with_a_row_that_does_not_fit, "does not take the rows of django_session"),
    (with_a_row_that_points_nowhere, "accounts_roleassignment"),
    (with_an_unknown_column, "its tables are not those of its migrations"),
    (with_a_negative_size, "another size"),
    (with_the_same_file_twice, "more than once"),
    (of_another_program, "manifest is of something else"),
    (without_hashes, "manifest is missing or cannot be read"),
]
LEADS_OUT = [
    "/etc/passwd",
    "../outside",
    "store/../../outside",
    "store/./raw",
    "store//raw",
    "store",
    "store/",
    "clusterpolisee.sqlite3",
    "static/ui.js",
    "store/raw\\..\\..\\outside",
    "store/raw/\x00name",
    "store/raw/line\nfeed",
    "",
]


def state_of(home: Path) -> dict[str, tuple[str, float]]:
    """Every file of a home with its bytes and its date; what SQLite keeps beside the database comes and goes."""
    return {
        file.relative_to(home).as_posix(): (
            hashlib.sha256(file.read_bytes()).hexdigest(),
            file.stat().st_mtime,
        )
        for file in home.rglob("*")
        if file.is_file()
        and not file.name.endswith(("-wal", "-shm"))
        and not file.name.startswith("before-restore")
    }


def test_every_wrong_backup_is_refused_in_one_sentence_and_the_instance_is_untouched(
    instance: Path, kept: Path, tmp_path: Path, say, play
) -> None:
    """All on one instance, one after the other, as a desperate operator would: with --replace."""
    files = [rebuilt(kept, tmp_path / f"{change.__name__}.zip", change) for change, _words in WRONG]
    before, rows = state_of(instance), play(instance, "rows")
    ends = say(instance, *[["restore", file, "--replace"] for file in files])
    for (change, words), end in zip(WRONG, ends, strict=True):
        sentence = end["err"].strip().splitlines()[-1]
        assert end["code"] == 2 and words in sentence, (change.__name__, end)
        assert "Nothing was changed" in sentence and "Traceback" not in end["err"]
    now = state_of(instance)
    assert {name: digest for name, (digest, _at) in now.items()} == {n: d for n, (d, _at) in before.items()}
    assert play(instance, "rows") == rows
    assert not list(instance.glob(".restoring-*")) + list(instance.glob("before-restore-*"))


@pytest.mark.parametrize("name", LEADS_OUT)
def test_a_name_that_leads_out_of_the_instance_is_refused(kept: Path, tmp_path: Path, name: str) -> None:
    def change(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        manifest["files"].append(said(name, b"?"))
        parts[f"files/{name}"] = b"?"

    with pytest.raises(BackupDamaged):
        restoring.verify(rebuilt(kept, tmp_path / "wrong.zip", change))


def test_a_link_in_the_archive_becomes_an_ordinary_file(kept: Path, tmp_path: Path, say) -> None:
    """A link to /etc would let the next file be written there."""
    manifest, parts = contents(kept)
    manifest["files"] += [said("files/link", b"/etc"), said("files/link/file", b"?")]
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as zipped:
        info = zipfile.ZipInfo("files/files/link")
        info.external_attr = 0o120777 << 16
        zipped.writestr(info, b"/etc")
        for name, content in {
            **parts,
            "files/files/link/file": b"?",
            "manifest.json": json.dumps(manifest),
        }.items():
            zipped.writestr(name, content)
    (end,) = say(tmp_path / "new", ["restore", tmp_path / "link.zip"])
    assert end["code"] == 2 and "cannot be written" in end["err"]
    assert not list((tmp_path / "new").rglob("link/file")) and not Path("/etc/file").exists()


def test_cut_off_anywhere_it_is_refused(kept: Path, tmp_path: Path) -> None:
    whole, cut = kept.read_bytes(), tmp_path / "cut.zip"
    for length in [0, 1, 100, *range(1000, len(whole), len(whole) // 12), len(whole) - 1]:
        cut.write_bytes(whole[:length])
        with pytest.raises(BackupDamaged):
            restoring.verify(cut)


def test_one_flipped_bit_is_noticed_or_changes_nothing(kept: Path, tmp_path: Path) -> None:
    """A ZIP has bytes nobody reads (dates, system of origin): where the flip is not noticed, every part is the same."""
    whole, flipped = kept.read_bytes(), tmp_path / "flipped.zip"
    right = contents(kept)
    noticed = 0
    places = range(7, len(whole), len(whole) // 120)
    for place in places:
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << place % 8)]) + whole[place + 1 :])
        try:
            restoring.verify(flipped)
        except BackupDamaged:
            noticed += 1
        else:
            assert contents(flipped) == right
    assert noticed > 0.95 * len(places)


def test_a_bomb_is_refused_before_it_is_unpacked(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gigabyte of zeros packs into a megabyte. Said honestly it needs room; said otherwise it is damaged."""
    zeros = 64 * 1024 * 1024

    def bomb(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        content = bytes(zeros)
        parts["files/files/bomb"] = content
        manifest["files"].append(said("files/bomb", content))

    honest = rebuilt(kept, tmp_path / "bomb.zip", bomb)
    assert honest.stat().st_size < 2_000_000
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=zeros // 2))
    with (
        archive.opened(honest) as opened,
        pytest.raises(NoRoom, match=r"has 34 MB left and \d+ MB are needed"),
    ):
        restoring._refuse_without_room(opened.manifest, tmp_path)

    def lying(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        bomb(manifest, parts)
        manifest["files"][-1]["bytes"] = 10

    with pytest.raises(BackupDamaged, match="another size"):
        restoring.verify(rebuilt(kept, tmp_path / "lying.zip", lying))


def test_a_line_without_an_end_does_not_fill_the_memory(kept: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(archive, "LONGEST_LINE", 1024 * 1024)

    def endless(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        with_table(manifest, parts, "classifications_theme", b"9" * 8 * 1024 * 1024, 1)

    with pytest.raises(BackupDamaged, match="classifications_theme"):
        restoring.verify(rebuilt(kept, tmp_path / "endless.zip", endless))


def test_a_row_no_restore_would_take_stops_the_backup(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(archive, "LONGEST_LINE", 100)
    with (
        pytest.raises(Obstacle, match="longer than 100 bytes"),
        archive.written(tmp_path / "a.zip") as writing,
    ):
        writing.table("t", ["a"], None, [["x" * 200]])
    assert list(tmp_path.iterdir()) == []


def test_a_newer_format_and_newer_migrations_are_refused(kept: Path, tmp_path: Path) -> None:
    def newer_format(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        manifest |= {"format_version": 2, "package_version": "9.0"}

    def newer_rows(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        manifest["migrations"]["evidence"].append("0099_from_the_future")

    with pytest.raises(BackupIsNewer, match=r"9\.0.*format 2"):
        restoring.verify(rebuilt(kept, tmp_path / "a.zip", newer_format))
    with pytest.raises(BackupIsNewer, match=r"evidence\.0099_from_the_future"):
        restoring.verify(rebuilt(kept, tmp_path / "b.zip", newer_rows))


def test_an_entry_that_stands_twice_is_refused(kept: Path, tmp_path: Path) -> None:
    """Two readers of such a file could see two different backups."""
    twice = tmp_path / "twice.zip"
    shutil.copy(kept, twice)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as zipped:
        zipped.writestr("files/secret_key", b"mine")
    with pytest.raises(BackupDamaged, match="more than once"):
        restoring.verify(twice)


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_part_packed_in_another_way_is_refused_also_where_it_is_broken(
    kept: Path, tmp_path: Path, packing: int
) -> None:
    manifest, parts = contents(kept)
    name = next(name for name in parts if name.endswith(".jsonl") and len(parts[name]) > 2000)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as zipped:
        for entry, content in {**parts, "manifest.json": json.dumps(manifest).encode()}.items():
            zipped.writestr(entry, content, packing if entry == name else zipfile.ZIP_STORED)
        info = zipped.getinfo(name)
    broken = bytearray(other.read_bytes())
    middle = info.header_offset + 30 + len(name) + info.compress_size // 2
    broken[middle : middle + 40] = bytes(40)
    other.write_bytes(broken)
    with pytest.raises(BackupDamaged, match="cannot be read"):
        restoring.verify(other)


@pytest.mark.parametrize("content", [b"", b"PK", b"a photograph", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.zip").write_bytes(content)
    with pytest.raises(BackupDamaged):
        restoring.verify(tmp_path / "file.zip")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="No such file"):
        restoring.verify(tmp_path / "nothing.zip")
    with pytest.raises(CannotRead, match="directory"):
        restoring.verify(tmp_path)


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), archive.written(tmp_path / "kept.zip") as writing:
        writing.file("secret_key", io.BytesIO(b"secret"))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_somebody_faster_keeps_his_file(tmp_path: Path) -> None:
    with pytest.raises(Obstacle, match="exists already"), archive.written(tmp_path / "kept.zip"):
        (tmp_path / "kept.zip").write_text("mine")
    assert (tmp_path / "kept.zip").read_text() == "mine" and len(list(tmp_path.iterdir())) == 1
