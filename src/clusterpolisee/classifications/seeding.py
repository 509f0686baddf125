"""Loading the classifications the package brings along."""

from __future__ import annotations

import csv
import hashlib
import json
from importlib.resources import files
from typing import Any

from django.db import transaction

from clusterpolisee.classifications.category_seeding import load_categories
from clusterpolisee.classifications.models import Activity, Theme

LANGUAGES = ("bg", "en", "el", "ro", "hr", "hu", "it", "de", "sk", "sl")


@transaction.atomic
def load_classifications() -> int:
    """Bring activities, themes and cluster categories to what the package says; how many activities there are.

    Safe to repeat: a row that somebody edited (it no longer says what was seeded) is left alone. No actor: it is
    part of setting an instance up, like its migrations.
    """
    rows = _seed("nace.csv")
    for level in sorted({int(row["level"]) for row in rows}):
        _load_activities([row for row in rows if int(row["level"]) == level])
    _load_themes()
    load_categories()
    return Activity.objects.count()


def _seed(name: str) -> list[dict[str, str]]:
    text = files("clusterpolisee.classifications").joinpath("seeds", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _load_activities(rows: list[dict[str, str]]) -> None:
    existing = {one.code: one for one in Activity.objects.filter(scheme="nace_rev2")}
    new, changed = [], []
    for row in rows:
        labels = {language: row[language] for language in LANGUAGES if row[language]}
        short = {language: row[f"short_{language}"] for language in ("bg", "en") if row[f"short_{language}"]}
        mark = _mark(labels, short)
        kept = existing.get(row["code"])
        if kept is None:
            new.append(
                Activity(
                    code=row["code"],
                    level=int(row["level"]),
                    parent=existing.get(row["parent"]),
                    labels=labels,
                    short=short,
                    seeded_as=mark,
                )
            )
        elif kept.seeded_as != mark and kept.seeded_as == _mark(kept.labels, kept.short):
            kept.labels, kept.short, kept.seeded_as = labels, short, mark
            changed.append(kept)
    Activity.objects.bulk_create(new)
    Activity.objects.bulk_update(changed, ["labels", "short", "seeded_as"])


def _load_themes() -> None:
    existing = {theme.number: theme for theme in Theme.objects.all()}
    for row in _seed("themes.csv"):
        labels = {language: row[language] for language in ("bg", "en")}
        kept = existing.get(int(row["number"]))
        if kept is None:
            Theme.objects.create(number=int(row["number"]), labels=labels, seeded_as=_mark(labels))
        elif kept.seeded_as != _mark(labels) and kept.seeded_as == _mark(kept.labels):
            kept.labels, kept.seeded_as = labels, _mark(labels)
            kept.save(update_fields=["labels", "seeded_as"])


def _mark(*said: Any) -> str:
    """What a row says, short enough to compare: tells an edited row from one that is still as seeded."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
