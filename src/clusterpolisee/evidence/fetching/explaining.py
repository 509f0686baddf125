"""Why a source finds nothing: what the catalogue says of a table, held against what the source says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterpolisee.evidence.fetching.query import Query

TIME = "time"
MOST_SHOWN = 40
Mismatch = tuple[str, dict[str, str]]


def mismatch(cube: Mapping[str, Any], query: Query) -> Mismatch | None:
    """The first thing in which a query and a small cube of its table differ: which error, and its words.

    >>> cube = {"id": ["freq", "unit", "time"], "dimension": {"unit": {"category": {"index": {"THS_PER": 0}}}}}
    >>> mismatch(cube, Query("", "jobs", (("unit", ("THS",)),), 2016, 2018))
    ('unknown_code', {'dimension': 'unit', 'code': 'THS', 'known': 'THS_PER'})
    """
    names = cube.get("id")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    own = [name for name in names if name != TIME]
    for name in (*dict(query.filters), *query.order):
        if name not in own:
            return "unknown_dimension", {"dimension": name, "known": _shown(own)}
    for name, values in query.filters:
        codes = _codes(cube, name)
        if codes and values and not set(values) & set(codes):
            return "unknown_code", {"dimension": name, "code": values[0], "known": _shown(codes)}
    if query.order and list(query.order) != own:
        return "other_order", {"known": _shown(own)}
    return None


def _codes(cube: Mapping[str, Any], name: str) -> list[str]:
    try:
        return [str(code) for code in cube["dimension"][name]["category"]["index"]]
    except (KeyError, TypeError):
        return []


def _shown(codes: Sequence[str]) -> str:
    """The codes as they are written in the catalogue; of very many, the first."""
    shown = ", ".join(code[:60] for code in codes[:MOST_SHOWN])
    return f"{shown}, …" if len(codes) > MOST_SHOWN else shown
