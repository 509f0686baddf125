"""An instance goes into a file and comes out the same, on either database engine."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from clusterpolisee.shell.backup.folders import KEPT, MADE_AGAIN

REGIONS = ("BG", "BG31", "BG34", "EL52", "RO11", "HR04", "SI04")
ADDRESSES = [
    *(f"/{language}/regions/{code}/" for language in ("bg", "en") for code in REGIONS),
    "/en/data/",
    "/en/data/sbs_r_nuts06_r2/",
    "/en/data/sbs_r_nuts06_r2/1/file/",
]


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def test_restored_elsewhere_every_row_every_file_and_every_region_page_is_the_same(
    first_world: Path, kept: Path, tmp_path: Path, say, play
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (end,) = say(first_world, ["restore", kept, "--into", elsewhere])
    (ready,) = say(elsewhere, ["setup"])  # as serving it would: static files are made again
    assert end["code"] == ready["code"] == 0, (end, ready)
    assert play(elsewhere, "rows") == play(first_world, "rows")
    assert files_below(elsewhere / "store") == files_below(first_world / "store")
    assert (elsewhere / "secret_key").read_bytes() == (first_world / "secret_key").read_bytes()
    assert stat.S_IMODE((elsewhere / "secret_key").stat().st_mode) == 0o600
    assert play(elsewhere, "pages", *ADDRESSES) == play(first_world, "pages", *ADDRESSES)


@pytest.mark.slow
def test_restored_elsewhere_every_single_region_page_is_the_same(
    first_world: Path, kept: Path, tmp_path: Path, say, play
) -> None:
    say(first_world, ["restore", kept, "--into", tmp_path / "elsewhere"])
    say(tmp_path / "elsewhere", ["setup"])
    rows = play(first_world, "rows")["regions_region"]
    codes = sorted(
        {code for row in rows for code in json.loads(row)[1:3] if isinstance(code, str) and len(code) == 4}
    )
    assert len(codes) > 100
    addresses = [f"/bg/regions/{code}/" for code in codes]
    assert play(tmp_path / "elsewhere", "pages", *addresses) == play(first_world, "pages", *addresses)


def test_a_number_that_was_used_is_not_used_again_after_a_restore(
    instance: Path, tmp_path: Path, say, play
) -> None:
    play(instance, "table")
    before = play(instance, "rows")["evidence_dataset"]
    import sqlite3

    with sqlite3.connect(instance / "clusterpolisee.sqlite3") as database:
        database.execute("INSERT INTO auth_group (id, name) VALUES (41, 'gone')")
        database.execute("DELETE FROM auth_group")
    say(
        instance,
        ["backup", tmp_path / "kept.zip"],
        ["restore", tmp_path / "kept.zip", "--into", tmp_path / "new"],
    )
    assert play(tmp_path / "new", "rows")["evidence_dataset"] == before
    with sqlite3.connect(tmp_path / "new/clusterpolisee.sqlite3") as database:
        database.execute("INSERT INTO auth_group (name) VALUES ('new')")
        assert database.execute("SELECT id FROM auth_group").fetchall() == [(42,)]


@pytest.mark.slow
def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    first_world: Path, kept: Path, tmp_path: Path, postgres: str, say, play
) -> None:
    """The way an instance grows up; and home again, if it must."""
    large, small = tmp_path / "large", tmp_path / "small"
    (there,) = say(large, ["restore", kept], database=postgres)
    assert there["code"] == 0, there
    assert not (large / "clusterpolisee.sqlite3").exists()
    rows = play(first_world, "rows")
    assert play(large, "rows", database=postgres) == rows
    say(large, ["setup"], database=postgres)
    assert play(large, "pages", *ADDRESSES, database=postgres) == play(first_world, "pages", *ADDRESSES)
    assert play(large, "table", database=postgres) == "accepted"  # numbers go on where they were
    (again,) = say(large, ["backup", tmp_path / "large.zip"], database=postgres)
    assert again["code"] == 0, again
    with zipfile.ZipFile(tmp_path / "large.zip") as archive:
        assert json.loads(archive.read("manifest.json"))["database"] == "postgresql"
    (back,) = say(small, ["restore", tmp_path / "large.zip"])
    assert back["code"] == 0, back
    assert play(small, "rows") == play(large, "rows", database=postgres)
    assert play(small, "look")["troubles"] == []
    # And over what stands in PostgreSQL by now, kept aside first.
    refused, replaced = say(large, ["restore", kept], ["restore", kept, "--replace"], database=postgres)
    assert refused["code"] == 2 and "--replace" in refused["err"]
    assert replaced["code"] == 0, replaced
    assert play(large, "rows", database=postgres) == rows
    assert len(list(large.glob("before-restore-*.zip"))) == 1


@pytest.mark.slow
def test_an_instance_that_is_there_is_replaced_only_when_asked_and_then_kept_aside(
    instance: Path, kept: Path, tmp_path: Path, say, play
) -> None:
    as_it_was = play(instance, "rows")
    play(instance, "table")
    changed, store = play(instance, "rows"), files_below(instance / "store")
    (refused,) = say(instance, ["restore", kept])
    assert refused["code"] == 2 and "There is an instance already" in refused["err"]
    assert play(instance, "rows") == changed
    (replaced,) = say(instance, ["restore", kept, "--replace"])
    assert replaced["code"] == 0 and "Start the server anew" in replaced["out"]
    assert play(instance, "rows") == as_it_was
    assert play(instance, "look")["troubles"] == []
    (aside,) = instance.glob("before-restore-*.zip")
    say(instance, ["restore", aside, "--into", tmp_path / "old"])
    assert play(tmp_path / "old", "rows") == changed
    assert files_below(tmp_path / "old/store") == store


@pytest.mark.slow
def test_a_backup_of_an_older_state_is_migrated_forward(instance: Path, tmp_path: Path, say, play) -> None:
    play(instance, "table")
    play(instance, "back-to", "0006")
    kept_old, restored = say(
        instance,
        ["backup", tmp_path / "old.zip"],
        ["restore", tmp_path / "old.zip", "--into", tmp_path / "new"],
    )
    assert kept_old["code"] == restored["code"] == 0, (kept_old, restored)
    with zipfile.ZipFile(tmp_path / "old.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["migrations"]["evidence"][-1] == "0006_citing"
    columns = next(one["columns"] for one in manifest["tables"] if one["name"] == "evidence_indicator")
    assert "compares_levels" not in columns  # the column of a later migration
    rows = play(tmp_path / "new", "rows")
    assert len(rows["evidence_dataset"]) == 11
    assert play(tmp_path / "new", "look")["troubles"] == []


def test_a_backup_never_takes_the_place_of_another_file(first_world: Path, tmp_path: Path, say) -> None:
    target = tmp_path / "kept.zip"
    target.write_text("mine")
    (end,) = say(first_world, ["backup", target])
    assert end["code"] == 2 and "exists already" in end["err"]
    assert target.read_text() == "mine" and list(tmp_path.iterdir()) == [target]


def test_a_backup_into_a_folder_gets_a_dated_name_and_only_its_owner_reads_it(
    first_world: Path, tmp_path: Path, say
) -> None:
    (end,) = say(first_world, ["backup", tmp_path])
    (file,) = tmp_path.iterdir()
    assert end["code"] == 0 and str(file) in end["out"]
    assert file.name.startswith("clusterpolisee-20") and stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_said_so(first_world: Path, tmp_path: Path, say) -> None:
    (end,) = say(first_world, ["backup", tmp_path / "no/such/folder/kept.zip"])
    assert end["code"] == 2 and "No such file or directory" in end["err"]


def test_where_nobody_set_anything_up_there_is_nothing_to_keep(tmp_path: Path, say) -> None:
    (end,) = say(tmp_path / "empty", ["backup", tmp_path / "kept.zip"])
    assert end["code"] == 2 and "no instance" in end["err"]
    assert not (tmp_path / "kept.zip").exists()


def test_a_wounded_instance_is_kept_and_what_is_missing_is_said(instance: Path, tmp_path: Path, say) -> None:
    lost = next((instance / "store/versions").glob("tgs00010/*/observations.parquet"))
    lost.unlink()
    made, restored = say(
        instance, ["backup", tmp_path / "kept.zip"], ["restore", tmp_path / "kept.zip", "--verify"]
    )
    name = lost.relative_to(instance).as_posix()
    assert made["code"] == restored["code"] == 1
    assert name in made["out"] and name in restored["out"]


def test_uploads_are_kept_and_old_ones_leave_with_the_old_instance(
    instance: Path, tmp_path: Path, say
) -> None:
    (instance / "files/uploads").mkdir(parents=True)
    (instance / "files/uploads/plan.pdf").write_bytes(b"first")
    say(instance, ["backup", tmp_path / "kept.zip"])
    (instance / "files/uploads/plan.pdf").write_bytes(b"second")
    (instance / "files/uploads/later.pdf").write_bytes(b"later")
    (end,) = say(instance, ["restore", tmp_path / "kept.zip", "--replace"])
    assert end["code"] == 0, end
    assert files_below(instance / "files") == {"uploads/plan.pdf": b"first"}


def test_what_an_import_left_half_way_is_not_kept(instance: Path, tmp_path: Path, say, play) -> None:
    half = instance / "store/versions/tgs00010/0123456789abcdef"
    shutil.copytree(next((instance / "store/versions/tgs00010").iterdir()), half)
    say(
        instance,
        ["backup", tmp_path / "kept.zip"],
        ["restore", tmp_path / "kept.zip", "--into", tmp_path / "new"],
    )
    assert half.exists() and not (tmp_path / "new/store/versions/tgs00010/0123456789abcdef").exists()
    assert play(tmp_path / "new", "look")["troubles"] == []


def test_every_folder_of_the_home_is_kept_or_can_be_made_again() -> None:
    """A new folder in the settings must be named in folders.py: kept, or made again."""
    folders = {
        name
        for name in dir(settings)
        if name.isupper()
        and isinstance(value := getattr(settings, name), Path)
        and settings.HOME in value.parents
    }
    assert folders - set(KEPT.values()) - set(MADE_AGAIN) == set()
