"""Options by nearness and complexity: what is near to the right, what is complex above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.labels import Label, place_labels

WIDTH, HEIGHT = 365, 320
LISTED, OTHER = "#2c7d70", "#9fcabf"
MARGIN = 0.09
LEAST, MOST = 30, 400  # areas of circles
WIDE = 8  # circles with a larger radius are more than a point to the names beside them


@dataclass(frozen=True)
class Bubble:
    """One option: how near in per cent, how complex, how much of all jobs; what is said of it under the pointer."""

    name: str
    near: float
    complexity: float
    weight: float
    words: str
    is_listed: bool
    is_on_frontier: bool


def frontier_bubbles(
    bubbles: Sequence[Bubble],
    *,
    own: float,
    title: str,
    near_title: str,
    complexity_title: str,
    own_title: str,
    kinds: tuple[str, str, str],
) -> Picture:
    """Size: its part of all jobs. A ring: no other option beats it in both. Names: those on the list.

    own: complexity of the region, drawn as a line. kinds: what those on the list, the others and the ring are called.
    """
    rows = [
        {
            "name": one.name,
            "near": round(one.near, 2),
            "complexity": round(one.complexity, 3),
            "weight": one.weight,
            "kind": kinds[0] if one.is_listed else kinds[1],
            "label": one.words,
        }
        for one in bubbles
    ]
    across = _domain([one.near for one in bubbles])
    upwards = _domain([own, *(one.complexity for one in bubbles)])
    x = {
        "field": "near",
        "type": "quantitative",
        "title": near_title,
        "scale": {"domain": across, "nice": False, "zero": False},
        "axis": {"grid": False, "tickCount": 5, "format": ",~f"},
    }
    y = {
        "field": "complexity",
        "type": "quantitative",
        "title": complexity_title,
        "scale": {"domain": upwards, "nice": False, "zero": False},
        "axis": {"tickCount": 5, "domain": False, "ticks": False, "format": ",~f"},
    }
    size = {
        "field": "weight",
        "type": "quantitative",
        "scale": {"range": [LEAST, MOST], "zero": True},
        "legend": None,
    }
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": [*kinds], "range": [LISTED, OTHER, "transparent"]},
        "legend": {
            "orient": "bottom",
            "title": None,
            "columns": 1,
            "labelLimit": 400,
            "symbolSize": 90,
            "symbolType": "circle",
            "symbolStrokeWidth": 1.6,
            "symbolStrokeColor": {"expr": f"datum.index === 2 ? '{theme.ACCENT}' : 'transparent'"},
        },
    }
    ringed = [row for row, one in zip(rows, bubbles, strict=True) if one.is_on_frontier]
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            {
                "data": {"values": [{"complexity": own, "name": own_title}]},
                "mark": {"type": "rule", "color": theme.INK_SOFT, "strokeWidth": 0.8, "strokeDash": [3, 3]},
                "encoding": {"y": y},
            },
            {
                "data": {"values": [{"complexity": own, "name": own_title}]},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "bottom",
                    "dx": 3,
                    "dy": -3,
                    "fontSize": 12,
                    "color": theme.INK_SOFT,
                },
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "name"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "opacity": 0.9},
                "encoding": {
                    "x": x,
                    "y": y,
                    "size": size,
                    "color": colour,
                    "tooltip": spoken("name", "label"),
                },
            },
            {
                "data": {"values": ringed},
                "mark": {"type": "point", "filled": False, "stroke": theme.ACCENT, "strokeWidth": 1.8},
                "encoding": {"x": x, "y": y, "size": size, "tooltip": spoken("name", "label")},
            },
            *_names(_labels(bubbles, across, upwards)),
        ],
    }
    return Picture("options", title, whole(spec))


def _domain(values: Sequence[float]) -> list[float]:
    room = MARGIN * (max(values) - min(values) or abs(values[0]) or 1.0)
    return [min(values) - room, max(values) + room]


def _labels(bubbles: Sequence[Bubble], across: list[float], upwards: list[float]) -> list[Label]:
    points = [
        (
            WIDTH * (one.near - across[0]) / (across[1] - across[0]),
            HEIGHT * (upwards[1] - one.complexity) / (upwards[1] - upwards[0]),
        )
        for one in bubbles
    ]
    largest = max(one.weight for one in bubbles) or 1.0
    radii = [sqrt((LEAST + (MOST - LEAST) * one.weight / largest) / pi) for one in bubbles]
    edges = [
        (x + side * radius, y)
        for radius, (x, y) in zip(radii, points, strict=True)
        if radius > WIDE
        for side in (-1, 1)
    ]
    named = [(one.name, *point) for one, point in zip(bubbles, points, strict=True) if one.is_listed]
    return place_labels(named, [*points, *edges], width=WIDTH, height=HEIGHT, size=12, gap=9)


def _names(labels: Sequence[Label]) -> list[dict[str, Any]]:
    return [
        {
            "data": {"values": [label.as_datum for label in labels if label.align == align]},
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "middle",
                "fontSize": 12,
                "color": theme.INK,
            },
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None},
                "y": {"field": "y", "type": "quantitative", "scale": None},
                "text": {"field": "name"},
            },
        }
        for align in dict.fromkeys(label.align for label in labels)
    ]
