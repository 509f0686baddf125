"""Loading the regions the package brings along."""

from __future__ import annotations

import csv
import gzip
import json
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from clusterpolisee.regions.folding import fold
from clusterpolisee.regions.models import Boundary, Region, RegionType
from clusterpolisee.regions.transliteration import spellings
from regional_analytics.codes import nuts


@transaction.atomic
def load_regions() -> int:
    """Bring regions and boundaries to what the package says; how many regions there are. Safe to repeat.

    Only what differs is written. No region is ever removed: others point to it. No actor: it is part of setting an
    instance up, like its migrations, and changes nothing a person wrote.
    """
    rows = _names()
    for level in range(4):  # parents first
        _load_level([row for row in rows if int(row["level"]) == level], level)
    _load_boundaries()
    _load_types()
    return sum(len(_vintages(row)) for row in rows)


def _names() -> list[dict[str, str]]:
    return _rows("names.csv")


def _rows(name: str) -> list[dict[str, str]]:
    text = files("clusterpolisee.regions").joinpath("seeds", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _vintages(row: dict[str, str]) -> list[int]:
    return [v for v in nuts.VINTAGES if int(row["from_vintage"]) <= v <= int(row["to_vintage"])]


def _load_level(rows: list[dict[str, str]], level: int) -> None:
    above = Region.objects.filter(level=level - 1).values_list("code", "vintage", "pk")
    parents = {(code, vintage): key for code, vintage, key in above}
    wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        said = {
            "level": level,
            "country": row["code"][:2],
            "name_native": row["native"],
            "name_native_language": row["native_language"],
            "name_latin": row["latin"],
            "name_en": row["en"],
            "name_bg": row["bg"],
            "aliases": row["aliases"],
            "search_text": _search_text(row),
        }
        for vintage in _vintages(row):
            wanted[row["code"], vintage] = {**said, "parent_id": parents.get((row["parent"], vintage))}
    _write(Region.objects.filter(level=level), ("code", "vintage"), wanted)


def _search_text(row: dict[str, str]) -> str:
    aliases = row["aliases"].split(";")
    names = [row["code"], row["native"], row["latin"], row["en"], row["bg"], *aliases]
    for language in dict.fromkeys((row["native_language"], "bg")):
        for name in (row["native"] if language == row["native_language"] else row["bg"], *aliases):
            names += spellings(name, language)
    folded = dict.fromkeys(folded for name in names if (folded := fold(name)))
    return "|" + "|".join(folded) + "|"


def _load_boundaries() -> None:
    packed = files("clusterpolisee.regions").joinpath("seeds", "boundaries.json.gz").read_bytes()
    given: dict[str, Any] = json.loads(gzip.decompress(packed))
    wanted: dict[tuple[Any, ...], dict[str, Any]] = {
        (one["code"], one["first"]): {
            "last_vintage": one["last"],
            "level": one["level"],
            "geometry": one["geometry"],
            "source": given["sources"][one["source"]],
        }
        for one in given["boundaries"]
    }
    existing = Boundary.objects.values_list("pk", "code", "first_vintage")
    gone = [key for key, *place in existing if tuple(place) not in wanted]
    Boundary.objects.filter(pk__in=gone).delete()  # drawn otherwise now; nothing points to a boundary
    _write(Boundary.objects.all(), ("code", "first_vintage"), wanted)


def _load_types() -> None:
    wanted: dict[tuple[Any, ...], dict[str, Any]] = {
        (row["kind"], row["code"]): {"type": row["type"]} for row in _rows("types.csv")
    }
    _write(RegionType.objects.all(), ("kind", "code"), wanted)


def _write(rows: QuerySet[Any], key: tuple[str, ...], wanted: dict[tuple[Any, ...], dict[str, Any]]) -> None:
    """Create what is missing, update what differs, leave the rest alone."""
    fields = list(next(iter(wanted.values())))
    present = {row[: len(key)]: row[len(key) :] for row in rows.values_list(*key, "pk", *fields)}
    new, changed = [], []
    for place, said in wanted.items():
        identity = dict(zip(key, place, strict=True))
        if place not in present:
            new.append(rows.model(**identity, **said))
        elif present[place][1:] != tuple(said.values()):
            changed.append(rows.model(pk=present[place][0], **identity, **said))
    rows.bulk_create(new, batch_size=500)
    rows.bulk_update(changed, [field.removesuffix("_id") for field in fields], batch_size=100)
