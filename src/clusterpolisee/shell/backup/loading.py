"""Filling a database with the rows of a backup, aside; in use only once everything in it is right."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from clusterpolisee.shell.backup import rows
from clusterpolisee.shell.backup.archive import Archive
from clusterpolisee.shell.backup.obstacles import BackupIsNewer, Obstacle, RowsDoNotFit

SECONDS_TO_WAIT = 60


class DatabaseBusy(Obstacle):
    """Somebody held the database so long that we gave up."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The database is being written to without pause. Nothing was changed; stop the server and restore again."
            )
        )


def refuse_newer(archive: Archive) -> None:
    """Rows of tables this code does not know yet cannot be understood by it."""
    if unknown := rows.unknown_migrations(archive.manifest.migrations):
        raise BackupIsNewer(archive.file, archive.manifest.package_version, ", ".join(unknown[:5]))


def fill_database(archive: Archive) -> None:
    """An empty database becomes that of the backup: its tables as they were, their rows, and forward to today."""
    executor = MigrationExecutor(connection)
    executor.migrate(rows.ends(executor.loader, archive.manifest.migrations))
    models = {model._meta.db_table: model for model in rows.tables(archive.manifest.migrations)}
    known = {name: set(rows.columns_of(model)) for name, model in models.items()}
    if {table.name: set(table.columns) for table in archive.manifest.tables} != known:
        raise archive.damaged(_("its tables are not those of its migrations"))
    with transaction.atomic():
        _let_keys_point_ahead()
        for table in archive.manifest.tables:
            try:
                rows.fill(models[table.name], table.columns, archive.lines(table))
                if table.next_key is not None:
                    rows.set_next_key(models[table.name], table.next_key)
            except (DatabaseError, ValidationError, TypeError, ValueError, OverflowError) as mistake:
                raise RowsDoNotFit(table.name, _first_line(mistake)) from mistake
        try:
            connection.check_constraints()
        except IntegrityError as mistake:
            raise archive.damaged(_first_line(mistake)) from mistake
    call_command("migrate", verbosity=0, interactive=False)


def _let_keys_point_ahead() -> None:
    """Rows come table by table, so that some point to rows still to come; the end of the filling looks at all."""
    if (
        connection.vendor == "postgresql"
    ):  # where a migration of the same transaction may have ended the patience
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _first_line(mistake: Exception) -> str:
    said = " ".join(mistake.messages) if isinstance(mistake, ValidationError) else str(mistake)
    return (said.strip().splitlines() or [type(mistake).__name__])[0][:300]


# Changing places -----------------------------------------------------------------------------------------


@contextmanager
def database_aside(folder: Path) -> Iterator[None]:
    """In here the connection leads to an empty database; left without an error, it takes the old one's place at once."""
    if connection.vendor == "sqlite":
        with _sqlite_aside(folder):
            yield
    else:
        with _postgresql_aside():
            yield


@contextmanager
def _sqlite_aside(folder: Path) -> Iterator[None]:
    """A file of its own; its pages then replace the old ones in one transaction, which even a running server survives."""
    live, fresh = Path(connection.settings_dict["NAME"]), folder / "database.sqlite3"
    connection.close()
    connection.settings_dict["NAME"] = fresh
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = live
    deadline = time.monotonic() + SECONDS_TO_WAIT

    def patient(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > deadline:
            raise DatabaseBusy

    with closing(sqlite3.connect(fresh)) as source, closing(sqlite3.connect(live, timeout=1)) as target:
        target.execute("PRAGMA journal_mode=WAL")
        source.backup(target, progress=patient)


@contextmanager
def _postgresql_aside() -> Iterator[None]:
    """One transaction drops the tables and makes them anew; others see the old ones until it ends."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [f"{SECONDS_TO_WAIT}s"])
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        yield


def has_tables() -> bool:
    with connection.cursor() as cursor:
        return bool(connection.introspection.table_names(cursor))
