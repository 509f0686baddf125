"""What pages are cached by: tables in use, derived indicators, cluster organisations, cluster categories."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

from django.db import connection
from django.db.models import Case, CharField, QuerySet, Value, When
from django.db.models.functions import Concat

from clusterpolisee.classifications.queries import category_stamp
from clusterpolisee.community.queries import stamp as cluster_stamp
from clusterpolisee.evidence.models import Dataset, DerivedIndicator

Row = tuple[str, int | None]


def evidence_stamp() -> str:
    """Changes whenever a version of a table comes into use, or a derived indicator says something else. One query."""
    return _stamp(_in_use)


def page_stamp() -> str:
    """The same, and whenever a cluster or a category is changed. One query."""
    return _stamp(_in_use_and_described)


def _in_use_and_described() -> QuerySet[Dataset, Row]:
    return _in_use().union(cluster_stamp(), category_stamp(), all=True)


def _in_use() -> QuerySet[Dataset, Row]:
    """Tables with version and description, derived indicators with definition and whether regions show them."""
    named = Concat("code", Value(" "), "seeded_as")
    tables = Dataset.objects.order_by().annotate(named=named).values_list("named", "current_id")
    shown = Case(
        When(is_key=True, then=Concat(Value("key "), "code")),
        default=Concat(Value("derived "), "code"),
        output_field=CharField(),
    )
    derived = DerivedIndicator.objects.order_by().values(shown=shown).values_list("shown", "current_id")
    return tables.union(derived, all=True)


def _stamp(asked: Callable[[], QuerySet[Dataset, Row]]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(*_sql(connection.vendor, asked))
        rows = cursor.fetchall()
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()[:16]


@cache
def _sql(vendor: str, asked: Callable[[], QuerySet[Dataset, Row]]) -> tuple[str, tuple[object, ...]]:
    """The question as the database understands it; made once, since every page asks it and it is long to make."""
    return asked().query.get_compiler(connection=connection).as_sql()
