"""Taking a backup: one snapshot of the rows, then the files they name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from clusterpolisee import __version__
from clusterpolisee.shell.backup import rows
from clusterpolisee.shell.backup.archive import Manifest, Writing, written
from clusterpolisee.shell.backup.folders import files_to_keep, place_of
from clusterpolisee.shell.backup.obstacles import DatabaseIsNewer, NotSetUp
from clusterpolisee.shell.backup.snapshot import snapshot

Progress = Callable[[str], None]


def take_backup(target: Path, *, now: datetime, progress: Progress = lambda step: None) -> Manifest:
    """Write the whole instance into one file, while it is being used; returns what the file holds.

    An import under way is wholly in or wholly out: its row decides, and files are complete before their row is.
    Files that a row names and the disk does not have are listed, so that a wounded instance can be kept too.
    """
    if not (migrations := rows.applied_migrations()):
        raise NotSetUp(Path(settings.HOME))
    if unknown := rows.unknown_migrations(migrations):
        raise DatabaseIsNewer(unknown)
    with written(target) as archive:
        manifest = Manifest(
            made_at=now.isoformat(),
            package_version=__version__,
            database=connection.vendor,
            address=settings.SITE_ADDRESS,
            migrations=migrations,
        )
        with snapshot():
            manifest.migrations = rows.applied_migrations()
            progress(_("Rows of the database"))
            _add_rows(archive, manifest)
            names = files_to_keep()
        progress(_("Files"))
        for name in names:
            _add_file(archive, manifest, name)
        progress(_("Making it durable"))
        archive.manifest(manifest)
    return manifest


def _add_rows(archive: Writing, manifest: Manifest) -> None:
    models = rows.tables(manifest.migrations)
    manifest.tables_left_out = rows.tables_of_nobody(models)
    for model in models:
        table = archive.table(
            model._meta.db_table, rows.columns_of(model), rows.next_key(model), rows.rows_of(model)
        )
        manifest.tables.append(table)


def _add_file(archive: Writing, manifest: Manifest, name: str) -> None:
    try:
        source = place_of(name).open("rb")
    except OSError:
        manifest.missing_files.append(name)
        return
    with source:
        manifest.files.append(archive.file(name, source))
