"""The catalogue: which tables and indicators the platform knows before their first file.

The TOML files beside this module are seeds. A row that somebody edited in the database differs from what its
seed wrote; seeding again leaves it alone. Rows nobody touched follow their seed.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from clusterpolisee.evidence.models import Dataset, Indicator
from clusterpolisee.evidence.obstacles import Obstacle

PUBLISHER = {
    "publisher": "Eurostat",
    "publisher_names": {"en": "Eurostat", "bg": "Евростат"},
    "publisher_url": "https://ec.europa.eu/eurostat",
    "table_url": "https://ec.europa.eu/eurostat/databrowser/view/{code}/default/table?lang=en",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "Eurostat",
}
_DATASET_KEYS = tuple(
    field.name
    for field in Dataset._meta.concrete_fields
    if field.name not in ("id", "code", "current", "seeded_as", "topic", "second_person")
)
_INDICATOR_KEYS = tuple(
    field.name
    for field in Indicator._meta.concrete_fields
    if field.name not in ("id", "code", "dataset", "seeded_as")
)


class CatalogueError(Obstacle):
    """A description of a table cannot be used; the sentence says which key and why."""


@dataclass(frozen=True)
class Described:
    """One table as a TOML file describes it: all fields filled in, indicators by code."""

    code: str
    fields: dict[str, Any]
    indicators: dict[str, dict[str, Any]]
    topic: str = ""


@dataclass
class Loaded:
    """What seeding did."""

    created: int = 0
    updated: int = 0
    left_alone: int = 0


def load_catalogue() -> Loaded:
    """Bring the seeds into the database. Safe to repeat: edited rows are never overwritten."""
    loaded = Loaded()
    tables = [table for text in _seeds() for table in described(text)]
    datasets = {row.code: row for row in Dataset.objects.all()}
    indicators = {row.code: row for row in Indicator.objects.all()}
    with transaction.atomic():
        for table in tables:
            row = datasets.get(table.code) or Dataset(code=table.code)
            _follow_seed(row, table.fields, loaded)
            if table.topic and not row.topic:  # chosen once; what somebody chose stays
                row.topic = table.topic
                row.save(update_fields=["topic"])
            for code, fields in table.indicators.items():
                _follow_seed(indicators.get(code) or Indicator(code=code, dataset=row), fields, loaded)
    return loaded


def described(text: str) -> Iterator[Described]:
    """The tables of one TOML text; raises CatalogueError with a sentence on the first thing that is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(_("This is not a TOML file: %(error)s.") % {"error": error}) from error
    if not content.get("dataset"):
        raise CatalogueError(_("The file describes no table: it needs a [[dataset]] part."))
    for table in content["dataset"]:
        indicators = table.pop("indicator", [])
        code = _code_of(table, "dataset")
        topic = _topic_of(table, code)
        fields = _complete(Dataset, _DATASET_KEYS, {**PUBLISHER, **table}, code)
        yield Described(
            code=code,
            topic=topic,
            fields=fields,
            indicators={
                (key := _code_of(one, code)): _complete(Indicator, _INDICATOR_KEYS, one, key)
                for one in indicators
            },
        )


def digest(row: models.Model) -> str:
    """What a row says, as a hash; equal to `seeded_as` while nobody has edited it."""
    keys = _DATASET_KEYS if isinstance(row, Dataset) else _INDICATOR_KEYS
    return _digest(type(row), {key: getattr(row, key) for key in keys})


def mark_of(text: str) -> str:
    """What stands in `seeded_as` of a table that somebody described: never equal to a digest, new with each text."""
    return f"by hand {hashlib.sha256(text.encode()).hexdigest()[:40]}"


def _seeds() -> Iterator[str]:
    for file in sorted(resources.files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield file.read_text(encoding="utf-8")


def _follow_seed(row: Dataset | Indicator, fields: Mapping[str, Any], loaded: Loaded) -> None:
    seed = _digest(type(row), fields)
    if row.pk is not None and row.seeded_as != digest(row):
        loaded.left_alone += 1
        return
    if row.seeded_as == seed:
        return
    if row.pk is None:
        loaded.created += 1
    else:
        loaded.updated += 1
    for key, value in fields.items():
        setattr(row, key, value)
    row.seeded_as = seed
    row.save()


def _code_of(table: dict[str, Any], where: str) -> str:
    code = table.pop("code", "")
    if not code or not isinstance(code, str):
        raise CatalogueError(_("A part of “%(where)s” has no code.") % {"where": where})
    return code


def _topic_of(table: dict[str, Any], code: str) -> str:
    topic = table.pop("topic", "")
    if topic and topic not in Dataset.Topic.values:
        raise CatalogueError(
            _("“%(code)s”, %(key)s: %(message)s")
            % {"code": code, "key": "topic", "message": ", ".join(Dataset.Topic.values)}
        )
    return str(topic)


def _complete(
    model: type[models.Model], keys: tuple[str, ...], given: Mapping[str, Any], code: str
) -> dict[str, Any]:
    """All fields of a row, checked; what is not given takes the model's default."""
    if unknown := set(given) - set(keys):
        raise CatalogueError(
            _("“%(code)s” has a key that means nothing here: %(keys)s.")
            % {"code": code, "keys": ", ".join(sorted(unknown))}
        )
    fields = {key: given.get(key, _default(model, key)) for key in keys}
    try:
        model(code=code, **fields).clean_fields(exclude=["dataset", "current", "seeded_as"])
    except ValidationError as error:
        key, messages = next(iter(error.message_dict.items()))
        raise CatalogueError(
            _("“%(code)s”, %(key)s: %(message)s") % {"code": code, "key": key, "message": " ".join(messages)}
        ) from error
    # As the database gives them back, so that a row can be compared with its seed.
    return {key: model._meta.get_field(key).to_python(value) for key, value in fields.items()}


def _default(model: type[models.Model], key: str) -> Any:
    return model._meta.get_field(key).get_default()


def _digest(model: type[models.Model], fields: Mapping[str, Any]) -> str:
    """Without what stands at its default, so that a row looks the same when its table gains a column."""
    said = {key: value for key, value in fields.items() if value != _default(model, key)}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
