"""Looks at the database, and at whether somebody works off the jobs in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.config.check_results import Result, look, right, wrong
from clusterpolisee.shell.backup.rows import applied_migrations, unknown_migrations

SETUP = "clusterpolisee setup"
PATIENCE = timedelta(minutes=2)


def reachable() -> Iterator[Result]:
    name = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as mistake:
        words = (str(mistake).strip().splitlines() or [type(mistake).__name__])[0]
        yield wrong(
            "database",
            _("The database does not answer: %(words)s") % {"words": words},
            _("See that it runs and that CLUSTERPOLISEE_DATABASE leads to it."),
        )
    else:
        yield right("database", _("The database answers (%(name)s).") % {"name": name})


def migrated() -> Iterator[Result]:
    executor = MigrationExecutor(connection)
    waiting = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if unknown := unknown_migrations(applied_migrations()):
        yield wrong(
            "migrations",
            _("The database was migrated by a newer version (%(names)s).")
            % {"names": ", ".join(unknown[:3])},
            _("Use that version again, or restore a backup made before."),
        )
    elif waiting:
        names = ", ".join(f"{one.app_label}.{one.name}" for one in waiting[:3])
        yield wrong(
            "migrations", _("The database is not migrated yet (%(names)s).") % {"names": names}, SETUP
        )
    else:
        yield right("migrations", _("The database is migrated."))


def sound(deep: bool = False) -> Iterator[Result]:
    """SQLite: many readers beside a writer, and pages in order. PostgreSQL: letters of every language."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            yield from _sqlite_sound(cursor, deep)
            return
        cursor.execute("SHOW server_encoding")
        if (encoding := cursor.fetchone()[0]) != "UTF8":
            yield wrong(
                "encoding",
                _("The database keeps letters as %(encoding)s.") % {"encoding": encoding},
                _("Make a database with ENCODING 'UTF8' and restore a backup into it."),
            )
        else:
            yield right("encoding", _("The database keeps the letters of every language (UTF-8)."))


def _sqlite_sound(cursor: Any, deep: bool) -> Iterator[Result]:
    cursor.execute("PRAGMA journal_mode")
    if (mode := str(cursor.fetchone()[0])) == "wal":
        yield right("wal", _("Readers and a writer can work at the same time (WAL)."))
    else:
        yield wrong(
            "wal",
            _("The database is in mode “%(mode)s”, in which a writer stops all readers.") % {"mode": mode},
            _("Put the home folder on a local disk: network drives cannot share memory."),
        )
    cursor.execute("PRAGMA integrity_check(1)" if deep else "PRAGMA quick_check(1)")
    said = str(cursor.fetchone()[0])
    cursor.execute("PRAGMA foreign_key_check")
    dangling = cursor.fetchone()
    if said != "ok":
        yield wrong("pages", _("The database file is damaged: %(words)s") % {"words": said}, _restore())
    elif dangling:
        yield wrong("pages", _("A row of %(table)s points to nothing.") % {"table": dangling[0]}, _restore())
    else:
        yield right("pages", _("The database file is in order."))


def _restore() -> str:
    return _("Restore the newest backup: clusterpolisee restore FILE --replace")


def worker(jobs: Any = None, now: datetime | None = None) -> Iterator[Result]:
    """Where there are background jobs, somebody must work them off. jobs: their manager, if any are installed."""
    jobs = jobs or _jobs()
    if jobs is None:
        return
    now = now or timezone.now()
    waiting = jobs.filter(state="queued", created_at__lt=now - PATIENCE).count()
    busy = jobs.filter(state="running", heartbeat_at__gt=now - PATIENCE).count()
    stuck = jobs.filter(state="running", heartbeat_at__lt=now - PATIENCE).count()
    failed = jobs.filter(state="failed", finished_at__gt=now - timedelta(days=1)).count()
    if waiting and not busy:
        sentence = ngettext(
            "%(count)s job waits and nobody takes it.", "%(count)s jobs wait and nobody takes them.", waiting
        )
        yield wrong(
            "worker", sentence % {"count": waiting}, _("Start the server, which brings its worker along.")
        )
    elif stuck:
        sentence = ngettext(
            "%(count)s job has not moved for minutes.", "%(count)s jobs have not moved for minutes.", stuck
        )
        yield look(
            "worker", sentence % {"count": stuck}, _("Its worker died; starting the server lets it go on.")
        )
    else:
        yield right("worker", _("No background job waits in vain."))
    if failed:
        sentence = ngettext(
            "%(count)s job failed since yesterday.", "%(count)s jobs failed since yesterday.", failed
        )
        yield look("failed", sentence % {"count": failed}, _("The page of jobs says why."))


def _jobs() -> Any:
    try:
        return apps.get_model("jobs", "Job")._default_manager
    except LookupError:
        return None
