"""What every picture is: a Vega-Lite specification with a title that is spoken for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterpolisee.evidence.pictures import theme


@dataclass(frozen=True)
class Picture:
    """A specification with the title that is spoken for it."""

    name: str
    title: str
    spec: dict[str, Any]


def spoken(*fields: str) -> list[dict[str, str]]:
    """What an interactive view says of the mark under the pointer."""
    return [{"field": field, "type": "nominal"} for field in fields]


def whole(spec: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": theme.SCHEMA, "config": theme.config(), **spec}
