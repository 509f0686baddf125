"""Loading the regions the package brings along."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from importlib.resources import files
from typing import Any

from django.db import transaction

from clusterpolisee.regions.folding import fold
from clusterpolisee.regions.models import Boundary, Region
from regional_analytics.codes import nuts

_FIELDS = [
    "level",
    "country",
    "parent",
    "name_native",
    "name_native_language",
    "name_latin",
    "name_en",
    "name_bg",
    "aliases",
    "search_text",
]


@transaction.atomic
def load_regions() -> int:
    """Bring regions and boundaries to what the package says; how many regions there are. Safe to repeat.

    No actor: it is part of setting an instance up, like its migrations, and changes nothing a person wrote.
    """
    rows = _names()
    expected = sum(len(_vintages(row)) for row in rows)
    if Region.objects.count() != expected or not Boundary.objects.exists():
        for level in range(4):  # parents first
            _load_level(rows, level)
        _load_boundaries()
    return expected


def _names() -> list[dict[str, str]]:
    text = files("clusterpolisee.regions").joinpath("seeds", "names.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _vintages(row: dict[str, str]) -> list[int]:
    return [v for v in nuts.VINTAGES if int(row["from_vintage"]) <= v <= int(row["to_vintage"])]


def _load_level(rows: list[dict[str, str]], level: int) -> None:
    parents = {(place.code, place.vintage): place for place in Region.objects.filter(level=level - 1)}
    found = [
        Region(
            code=row["code"],
            vintage=vintage,
            level=level,
            country=row["code"][:2],
            parent=parents.get((row["parent"], vintage)),
            name_native=row["native"],
            name_native_language=row["native_language"],
            name_latin=row["latin"],
            name_en=row["en"],
            name_bg=row["bg"],
            aliases=row["aliases"],
            search_text=_search_text(row),
        )
        for row in rows
        if int(row["level"]) == level
        for vintage in _vintages(row)
    ]
    Region.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["code", "vintage"], update_fields=_FIELDS, batch_size=500
    )


def _search_text(row: dict[str, str]) -> str:
    names = [row["code"], row["native"], row["latin"], row["en"], row["bg"], *row["aliases"].split(";")]
    folded = dict.fromkeys(folded for name in names if (folded := fold(name)))
    return "|" + "|".join(folded) + "|"


def _load_boundaries() -> None:
    packed = files("clusterpolisee.regions").joinpath("seeds", "boundaries.json.gz").read_bytes()
    given: dict[str, Any] = json.loads(gzip.decompress(packed))
    found = [
        Boundary(
            code=one["code"],
            first_vintage=one["first"],
            last_vintage=one["last"],
            level=one["level"],
            geometry=one["geometry"],
            source=given["sources"][one["source"]],
        )
        for one in given["boundaries"]
    ]
    Boundary.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["code", "first_vintage"],
        update_fields=["last_vintage", "level", "geometry", "source"],
        batch_size=200,
    )


def seeds_sha256() -> str:
    """A hash of what the package brings, to see cheaply whether an instance has it."""
    seeds = files("clusterpolisee.regions").joinpath("seeds")
    digest = hashlib.sha256()
    for name in ("names.csv", "boundaries.json.gz"):
        digest.update(seeds.joinpath(name).read_bytes())
    return digest.hexdigest()
