"""Foreign keys point down, like imports: a lower table never needs an upper one."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from house.plan import floor_of, points_up


def upward_keys(tables: Iterable[type[models.Model]]) -> list[str]:
    found = []
    for table in tables:
        for field in [*table._meta.fields, *table._meta.many_to_many]:
            target = field.related_model
            if target and points_up(floor_of(table.__module__), floor_of(target.__module__)):
                found.append(
                    f"{table.__module__}.{table.__name__}.{field.name} points up to {target.__module__}"
                )
    return found


def test_foreign_keys_point_down_only() -> None:
    assert upward_keys(apps.get_models(include_auto_created=True)) == []


def test_a_key_from_the_shell_to_the_evidence_floor_is_caught() -> None:
    class Lower(models.Model):
        upper = models.ForeignKey("house_planted.Upper", on_delete=models.CASCADE)

        class Meta:
            app_label = "house_planted"

    class Upper(models.Model):
        class Meta:
            app_label = "house_planted"

    try:
        Lower.__module__, Upper.__module__ = "clusterpolisee.shell.planted", "clusterpolisee.evidence.planted"
        assert len(upward_keys([Lower, Upper])) == 1
    finally:
        del apps.all_models["house_planted"]
        apps.clear_cache()
