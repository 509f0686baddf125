"""Cluster categories as figures take them: how one is defined now, and the names of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.classifications.models import ClusterCategory
from clusterpolisee.evidence.figure_refs import FigureNotFound
from clusterpolisee.evidence.models import CategoryDefinition

_at_hand: ContextVar[dict[str, Any] | None] = ContextVar("categories_at_hand", default=None)


def definition_of(code: str) -> CategoryDefinition:
    """The category as it is defined now; raises FigureNotFound with a sentence."""
    return _remembered(code, lambda: _defined(code))


def definition_at_hand(category: ClusterCategory) -> CategoryDefinition:
    scheme = category.scheme
    return CategoryDefinition(
        code=category.code,
        revision=category.revision,
        names=dict(category.labels),
        schemes={
            language: _versioned(name, scheme.version, language) for language, name in scheme.names.items()
        },
        weights=category.weights,
    )


def _versioned(name: str, version: str, language: str) -> str:
    """A bare number behind “NACE” would be taken for a revision of it."""
    with override(language):
        return _("%(name)s, version %(version)s") % {"name": name, "version": version}


def activity_names() -> Mapping[str, str]:
    """Code → short name of every activity in the active language."""
    language = get_language() or "en"
    return _remembered(f" {language}", lambda: classifications.short_names(language))


@contextmanager
def categories_remembered() -> Iterator[None]:
    """Inside, categories and names of activities are asked for once: for answers of many figures."""
    token = _at_hand.set({})
    try:
        yield
    finally:
        _at_hand.reset(token)


def _defined(code: str) -> CategoryDefinition:
    # No code has a NUL, and PostgreSQL does not let one be asked for.
    found = None if "\0" in code else classifications.category(code)
    if found is None:
        raise FigureNotFound(
            _("There is no cluster category “%(code)s”. The list of categories has them all.")
            % {"code": code[:60]}
        )
    return definition_at_hand(found)


def _remembered(key: str, ask: Any) -> Any:
    kept = _at_hand.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    return kept[key]
