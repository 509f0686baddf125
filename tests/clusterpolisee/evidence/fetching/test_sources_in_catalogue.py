"""An instance of before learns where its tables are fetched from, and keeps what somebody has edited."""

from __future__ import annotations

import hashlib
import importlib
import json

import pytest
from django.apps import apps

from clusterpolisee.evidence.catalogue import load_catalogue
from clusterpolisee.evidence.models import Dataset

pytestmark = pytest.mark.django_db
NEVER = ("id", "code", "current", "seeded_as")
NEW = ("source", "refresh_days", "accept_refreshed", "publisher_names")


def stamped_as_before(table: Dataset) -> None:
    """The row as the version before left it: without a source, its mark made of all columns of then."""
    Dataset.objects.filter(pk=table.pk).update(source={}, refresh_days=0, topic="", second_person=False)
    table.refresh_from_db()
    fields = [field.name for field in Dataset._meta.concrete_fields if field.name not in (*NEVER, *NEW)]
    said = {name: getattr(table, name) for name in fields}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    Dataset.objects.filter(pk=table.pk).update(seeded_as=hashlib.sha256(text.encode()).hexdigest())


def test_rows_nobody_edited_get_their_source_and_edited_ones_stay() -> None:
    load_catalogue()
    for table in Dataset.objects.all():
        stamped_as_before(table)
    Dataset.objects.filter(code="tgs00042").update(plausible_max=99)
    importlib.import_module("clusterpolisee.evidence.migrations.0004_fetching").stamp_anew(apps, None)
    loaded = load_catalogue()
    assert loaded.left_alone == 1
    assert Dataset.objects.get(code="lfst_r_lfe2en2").refresh_days == 30
    assert (
        Dataset.objects.get(code="tgs00042").source,
        Dataset.objects.get(code="tgs00042").plausible_max,
    ) == ({}, 99)
    assert load_catalogue().updated == 0
