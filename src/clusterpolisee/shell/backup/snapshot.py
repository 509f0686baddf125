"""The database as it stands at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read in here is of one moment. Nobody waits for it: writers write, readers read.

    On SQLite a reading transaction sees the file as it was when it began; on PostgreSQL REPEATABLE READ does.
    """
    with _without_write_lock(), transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT 1")
        yield


@contextmanager
def _without_write_lock() -> Iterator[None]:
    """The settings let every SQLite transaction begin as a writer, and there is only one writer at a time."""
    if connection.vendor != "sqlite":
        yield
        return
    sqlite: Any = connection
    usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual
