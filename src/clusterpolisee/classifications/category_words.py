"""A cluster category in flat words: what its form shows, its history keeps and two revisions are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clusterpolisee.classifications.models import ClusterCategory

LANGUAGES = ("bg", "en")


@dataclass(frozen=True)
class CategoryFacts:
    """What a person says about a category; weights are keyed by codes that exist."""

    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    weights: Mapping[str, float]


def facts_of(category: ClusterCategory) -> CategoryFacts:
    return CategoryFacts(category.labels, category.descriptions, category.weights)


def in_words(facts: CategoryFacts) -> dict[str, str]:
    """Field → text; languages that a form does not offer are kept and shown too."""
    words = {f"label_{language}": facts.labels.get(language, "") for language in _languages(facts.labels)}
    words |= {
        f"description_{language}": facts.descriptions.get(language, "")
        for language in _languages(facts.descriptions)
    }
    return words | {"parts": parts_text(facts.weights)}


def parts_text(weights: Mapping[str, float]) -> str:
    """C10, I56:0.5"""
    return ", ".join(
        code if weight == 1 else f"{code}:{weight:g}" for code, weight in sorted(weights.items())
    )


def _languages(said: Mapping[str, str]) -> list[str]:
    return [*LANGUAGES, *sorted(set(said) - set(LANGUAGES))]
