"""Restoring: everything is read, checked and laid aside before anything of the instance changes."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from clusterpolisee.shell.backup import loading
from clusterpolisee.shell.backup.archive import Archive, Manifest, opened
from clusterpolisee.shell.backup.folders import SECRET, files_found, place_of
from clusterpolisee.shell.backup.obstacles import (
    CannotWrite,
    InstanceExists,
    NoRoom,
    Obstacle,
    OldInstanceUnreadable,
)
from clusterpolisee.shell.backup.sockets import SPEAKERS
from clusterpolisee.shell.backup.taking import Progress, take_backup

_ASIDE = ".restoring-"


def verify(file: Path, *, progress: Progress = lambda step: None) -> Manifest:
    """Read a backup to its last byte and compare every hash; changes nothing anywhere."""
    with opened(file) as archive:
        loading.refuse_newer(archive)
        progress(_("Rows of the database"))
        for table in archive.manifest.tables:
            for _row in archive.lines(table):
                pass
        progress(_("Files"))
        for one in archive.manifest.files:
            archive.copy(one)
        return archive.manifest


def restore(
    file: Path, *, now: datetime, replace: bool = False, progress: Progress = lambda step: None
) -> tuple[Manifest, Path | None]:
    """Make this instance what the backup holds. Returns the manifest, and where the old instance was kept.

    replace: an instance that is there already is first kept in a backup of its own, beside the database.
    """
    home = Path(settings.HOME)
    with opened(file) as archive:
        loading.refuse_newer(archive)
        occupied = loading.has_tables() or any(files_found())
        if occupied and not replace:
            raise InstanceExists(home)
        _refuse_without_room(archive.manifest, home)
        with _folder_aside(home) as aside:
            progress(_("Files"))
            _lay_aside(archive, aside)
            kept = _keep_old(home, now, progress) if occupied else None
            with _everybody_held():
                with _not_needed_after_all(kept), loading.database_aside(aside):
                    progress(_("Rows of the database"))
                    loading.fill_database(archive)
                    _place(archive.manifest, aside, over_old=False)
                _place(archive.manifest, aside, over_old=True)
                _remove_others(archive.manifest)
        return archive.manifest, kept


@contextmanager
def _everybody_held() -> Iterator[None]:
    """Whoever writes files waits: an import would sweep what no row names yet."""
    with ExitStack() as held:
        for speaker in SPEAKERS.values():
            held.enter_context(speaker.hold())
        yield


@contextmanager
def _not_needed_after_all(kept: Path | None) -> Iterator[None]:
    """The old instance stays where it is, and so the backup made of it goes."""
    try:
        yield
    except BaseException:
        if kept:
            kept.unlink(missing_ok=True)
        raise


def _refuse_without_room(manifest: Manifest, home: Path) -> None:
    """Files once, rows about three times: as tables, as indexes, and once more while the database changes places."""
    needed = sum(file.bytes for file in manifest.files) + 3 * sum(table.bytes for table in manifest.tables)
    if needed > (free := shutil.disk_usage(home).free):
        raise NoRoom(home, needed, free)


@contextmanager
def _folder_aside(home: Path) -> Iterator[Path]:
    """A folder on the same disk; what a killed restore left of one is swept by the next."""
    for leftover in home.glob(f"{_ASIDE}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    aside = home / f"{_ASIDE}{secrets.token_hex(4)}"
    aside.mkdir(mode=0o700)
    try:
        yield aside
    except OSError as mistake:
        raise CannotWrite(home, mistake.strerror or str(mistake)) from mistake
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _lay_aside(archive: Archive, aside: Path) -> None:
    for number, file in enumerate(archive.manifest.files):
        with (aside / str(number)).open("xb") as target:
            archive.copy(file, target)
            target.flush()
            os.fsync(target.fileno())


def _keep_old(home: Path, now: datetime, progress: Progress) -> Path:
    """The instance that is to be replaced, in a backup of its own."""
    kept = home / f"before-restore-{now:%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}.zip"
    try:
        take_backup(
            kept,
            now=now,
            progress=lambda step: progress(_("Keeping the old instance: %(step)s") % {"step": step}),
        )
    except (Obstacle, DatabaseError) as mistake:
        raise OldInstanceUnreadable(home, str(mistake)) from mistake
    return kept


def _place(manifest: Manifest, aside: Path, *, over_old: bool) -> None:
    """Give files their place. New names disturb nobody and come first; names in use follow once the rows have changed."""
    folders = set()
    for number, file in enumerate(manifest.files):
        laid, target = aside / str(number), place_of(file.name)
        if not laid.exists() or (target.exists() and not over_old):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        laid.chmod(0o600 if file.name == SECRET else 0o644)
        _move(laid, target)
        folders.add(target.parent)
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _move(laid: Path, target: Path) -> None:
    try:
        laid.replace(target)
    except OSError as mistake:
        if mistake.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{target.name}.partial")  # the folder lies on another disk
        shutil.copy(laid, beside)
        beside.replace(target)
        laid.unlink()


def _remove_others(manifest: Manifest) -> None:
    """What the old instance had and this one does not: it is in the backup that was made of it."""
    wanted = {file.name for file in manifest.files}
    for name in list(files_found()):
        if name not in wanted:
            place_of(name).unlink(missing_ok=True)
            with suppress(OSError):  # it still holds something
                place_of(name).parent.rmdir()
