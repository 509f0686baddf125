"""Loading the cluster categories the package brings along. Called by seeding.load_classifications, after the activities."""

from __future__ import annotations

import hashlib
import json
import tomllib
from importlib.resources import files
from typing import Any

from clusterpolisee.classifications.category_words import CategoryFacts, facts_of, in_words
from clusterpolisee.classifications.models import Activity, CategoryPart, CategoryScheme, ClusterCategory
from clusterpolisee.shell.history.recorder import record


def load_categories() -> int:
    """Bring categories to what the package says; how many there are. An edited category is left as it is.

    Safe to repeat. No actor: it is part of setting an instance up, like its migrations.
    """
    text = (
        files("clusterpolisee.classifications")
        .joinpath("seeds", "cluster_categories.toml")
        .read_text("utf-8")
    )
    seeds = tomllib.loads(text)
    scheme = _scheme(seeds["scheme"])
    kept = {one.code: one for one in ClusterCategory.objects.prefetch_related("parts__activity")}
    for seed in seeds["category"]:
        _load(scheme, seed["code"], _facts(seed), kept.get(seed["code"]))
    return ClusterCategory.objects.count()


def _scheme(seed: dict[str, Any]) -> CategoryScheme:
    scheme, _is_new = CategoryScheme.objects.get_or_create(
        code=seed["code"],
        defaults={"version": seed["version"], "names": seed["names"], "notes": seed["note"]},
    )
    return scheme


def _facts(seed: dict[str, Any]) -> CategoryFacts:
    weights = {}
    for part in seed["parts"]:
        code, _colon, weight = part.partition(":")
        weights[code] = float(weight or 1)
    return CategoryFacts(seed["labels"], seed["descriptions"], weights)


def _load(scheme: CategoryScheme, code: str, facts: CategoryFacts, kept: ClusterCategory | None) -> None:
    mark = _mark(facts)
    if kept is None:
        kept = ClusterCategory(scheme=scheme, code=code)
    elif kept.seeded_as == mark or kept.seeded_as != _mark(facts_of(kept)):
        return  # up to date, or somebody's own words by now
    else:
        kept.revision += 1
    kept.labels, kept.descriptions, kept.seeded_as = dict(facts.labels), dict(facts.descriptions), mark
    kept.save()
    put_parts(kept, facts)
    record(None, "seeded", kept, revision=kept.revision, snapshot=in_words(facts))


def put_parts(category: ClusterCategory, facts: CategoryFacts) -> None:
    """Replace the parts by those of the facts."""
    known = {one.code: one for one in Activity.objects.filter(scheme="nace_rev2", code__in=facts.weights)}
    category.parts.all().delete()
    CategoryPart.objects.bulk_create(
        CategoryPart(category=category, activity=known[code], weight=weight)
        for code, weight in facts.weights.items()
    )


def _mark(facts: CategoryFacts) -> str:
    said = json.dumps(in_words(facts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
