"""Rows of the database as plain values that any database engine can take back.

The tables are those of the migrations the database has been through, not those of today's code: an instance can be kept
before it is migrated, and a backup can be filled into a database in the very state it was taken from.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import uuid
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_iso_string

BATCH = 500
Model = type[models.Model]


def applied_migrations() -> dict[str, list[str]]:
    """App → names of the migrations this database has been through; empty where there is no database yet."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def unknown_migrations(migrations: dict[str, list[str]]) -> list[str]:
    """Those this code does not know, of apps it knows: they were written later."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    return sorted(
        f"{app}.{name}"
        for app, names in migrations.items()
        if app in loader.migrated_apps
        for name in names
        if (app, name) not in known
    )


def ends(loader: MigrationLoader, migrations: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The last of these migrations in each app: the state to migrate to."""
    wanted = {(app, name) for app, names in migrations.items() for name in names}
    squashed = {key for key, one in loader.replacements.items() if set(one.replaces) <= wanted}
    wanted = {key for key in wanted | squashed if key in loader.graph.nodes}

    def is_followed(key: tuple[str, str]) -> bool:
        children = loader.graph.node_map[key].children
        return any(child.key in wanted and child.key[0] == key[0] for child in children)

    return sorted(key for key in wanted if not is_followed(key))


def tables(migrations: dict[str, list[str]]) -> list[Model]:
    """Every table of that state, in the order of their names, those between many and many included."""
    loader = MigrationLoader(connection)
    state = loader.project_state(ends(loader, migrations))
    found = {
        model._meta.db_table: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }
    return [found[name] for name in sorted(found)]


def tables_of_nobody(known: Iterable[Model]) -> list[str]:
    """Tables of the database that belong to no model: whatever made them must keep them."""
    with connection.cursor() as cursor:
        found = set(connection.introspection.table_names(cursor))
    return sorted(found - {model._meta.db_table for model in known} - {"django_migrations"})


# Out -----------------------------------------------------------------------------------------------------


def columns_of(model: Model) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]


def rows_of(model: Model) -> Iterator[list[Any]]:
    """All rows in the order of their keys, a batch at a time."""
    found = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in found.iterator(chunk_size=BATCH):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


# In ------------------------------------------------------------------------------------------------------


def fill(model: Model, columns: Collection[str], rows: Iterator[list[Any]]) -> None:
    """Put rows into an empty table as they were: no defaults, no `save`, no signals."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    chosen = [fields[name] for name in columns]
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(field.column)) for field in chosen)
    marks = ", ".join(["%s"] * len(chosen))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(model._meta.db_table)}")  # noqa: S608 - what a migration seeded
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(
                statement,
                [[_stored(field, value) for field, value in zip(chosen, row, strict=True)] for row in batch],
            )


def _stored(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return connection.ops.adapt_json_value(None, field.encoder)  # JSON's own null, which is a value
    return field.get_db_prep_save(field.to_python(value), connection)


# Numbers of rows to come ---------------------------------------------------------------------------------


def next_key(model: Model) -> int | None:
    """The number the next row would get. Kept, since history names things by number and numbers are not used twice."""
    key = model._meta.pk
    if not isinstance(key, models.AutoField):
        return None
    table, column = model._meta.db_table, key.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
            return int(found[0]) + 1 if found else 1
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608
        last, is_called = cursor.fetchone()
        return int(last) + bool(is_called)


def set_next_key(model: Model, number: int) -> None:
    """The next row gets this number."""
    table = model._meta.db_table
    key = model._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number - 1])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                [connection.ops.quote_name(table), key.column, number],
            )
