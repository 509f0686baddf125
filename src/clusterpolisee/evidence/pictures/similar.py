"""Similar regions: ranks as ranges, and where the region stands inside its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.labels import in_lines

# What a map of similar regions shows: this one, the first, the next, the others.
COLOURS = (theme.ACCENT, "#11534a", "#5fa899", "#e3ece8")


@dataclass(frozen=True)
class Range:
    """One neighbour: its name, its ranks, and the words said of it."""

    name: str
    lowest: int
    median: int
    highest: int
    is_steady: bool
    words: str


def rank_ranges(ranges: Sequence[Range], *, title: str, axis: str, steady: str, other: str) -> Picture:
    """A dot at the median rank, a line from where to where it goes; filled dark where it is steady."""
    rows = [
        {
            "name": _numbered(one.name),
            "low": one.lowest,
            "rank": one.median,
            "high": one.highest,
            "kind": steady if one.is_steady else other,
            "label": one.words,
        }
        for one in ranges
    ]
    most = max(one.highest for one in ranges)
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [row["name"] for row in rows],
        "title": None,
        "axis": {
            "labelLimit": 170,
            "domain": False,
            "ticks": False,
            "labelExpr": "split(datum.value, '\\n')",
        },
    }
    scale = {"domain": [0.5, most + 0.5], "nice": False, "zero": False}
    values = sorted({1, *range(5, most + 1, 5 if most <= 30 else 10)})
    x = {
        "field": "low",
        "type": "quantitative",
        "title": axis,
        "scale": scale,
        "axis": {"values": values, "format": "d", "grid": True, "labelOverlap": True},
    }
    kinds = [one for one in (steady, other) if any(row["kind"] == one for row in rows)]
    shades = {steady: theme.RAMP[5], other: theme.RAMP[3]}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": kinds, "range": [shades[one] for one in kinds]},
        "legend": {
            "orient": "bottom",
            "title": None,
            "columns": 1,
            "labelLimit": 380,
            "symbolType": "circle",
        },
    }
    spec = {
        "width": 250,
        "height": {"step": 34},
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 5, "strokeCap": "round", "color": theme.RAMP[2]},
                "encoding": {"x": x, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {
                    "x": {"field": "rank", "type": "quantitative"},
                    "color": colour,
                    "tooltip": spoken("name", "label"),
                },
            },
        ],
    }
    return Picture("ranks", title, whole(spec))


def _numbered(name: str) -> str:
    return "\n".join(in_lines(name, 22))


@dataclass(frozen=True)
class Strip:
    """One indicator over the group: its title, the values with names, the region's own, quartiles, which way is good."""

    title: str
    values: Sequence[tuple[str, float, str]]
    own: float | None
    own_words: str
    lower: float
    median: float
    upper: float
    lowest_is_best: bool


def strips(several: Sequence[Strip], *, title: str) -> Picture:
    """One line an indicator, each on its own scale, better to the right."""
    spec = {"spacing": 14, "vconcat": [_strip(one) for one in several]}
    return Picture("performance", title, whole(spec))


def _strip(one: Strip) -> dict[str, Any]:
    x = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": False, "nice": True, "reverse": one.lowest_is_best, "padding": 8},
        "axis": {"tickCount": 5, "grid": False, "format": ",~f", "labelOverlap": True},
    }
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [{"value": one.lower, "upper": one.upper}]},
            "mark": {"type": "bar", "height": 16, "color": theme.RAMP[1]},
            "encoding": {"x": x, "x2": {"field": "upper"}},
        },
        {
            "data": {"values": [{"value": one.median}]},
            "mark": {"type": "tick", "thickness": 2, "size": 20, "color": theme.INK},
            "encoding": {"x": x},
        },
        {
            "data": {
                "values": [
                    {"name": name, "value": value, "label": label} for name, value, label in one.values
                ]
            },
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 0.85, "color": theme.BRAND},
            "encoding": {"x": x, "tooltip": spoken("name", "label")},
        },
    ]
    if one.own is not None:
        layers.append(
            {
                "data": {"values": [{"value": one.own, "label": one.own_words}]},
                "mark": {
                    "type": "point",
                    "filled": True,
                    "shape": "diamond",
                    "size": 170,
                    "opacity": 1,
                    "color": theme.ACCENT,
                },
                "encoding": {"x": x, "tooltip": spoken("label")},
            }
        )
    heading = {
        "text": in_lines(one.title, 56),
        "anchor": "start",
        "fontSize": theme.TYPE,
        "fontWeight": "normal",
        "color": theme.INK,
        "offset": 4,
    }
    return {"width": 380, "height": 26, "title": heading, "layer": layers}
