"""The map of partners: what each region adds, with lines from the region to those that are named, and their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.many import class_bounds
from clusterpolisee.evidence.pictures.maps import Place, map_of, on_map
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.distances import centres

WIDTH, HEIGHT = 900, 800
RADIUS = 21
ROUNDS = 60
TYPE = 27


def map_of_partners(
    places: Sequence[Place],
    *,
    level: int,
    vintage: int,
    chosen: str,
    named: Mapping[str, int],
    title: str,
) -> Picture:
    """named: code → the number it has in the list."""
    drawn = map_of(
        regions.boundaries(level, vintage),
        places,
        name="map",
        title=title,
        bounds=class_bounds([place.value for place in places if place.value is not None]),
        decimals=0,
        chosen=chosen,
        width=WIDTH,
        height=HEIGHT,
    )
    middles = {
        code: on_map(*point, WIDTH, HEIGHT)
        for code, point in centres(level, vintage).items()
        if code in named or code == chosen
    }
    ours = middles.pop(chosen, None)
    shown = dict(zip(middles, _apart(list(middles.values()), ours), strict=True))
    if ours is not None:
        drawn.spec["layer"] += [_lines(ours, shown), _start(ours)]
    drawn.spec["layer"] += _numbers(shown, named)
    return drawn


def _apart(points: list[tuple[float, float]], ours: tuple[float, float] | None) -> list[tuple[float, float]]:
    """The same places, moved as little as keeps their circles off each other and inside the map."""
    moved = [list(point) for point in points]
    fixed = [list(ours)] if ours else []
    for _round in range(ROUNDS):
        for at, one in enumerate(moved):
            for other in [*moved[:at], *moved[at + 1 :], *fixed]:
                across, up = one[0] - other[0], one[1] - other[1]
                far = (across**2 + up**2) ** 0.5
                if far < 2 * RADIUS + 2:
                    push = (2 * RADIUS + 2 - far) / 2
                    one[0] += push * (across / far if far else 1.0)
                    one[1] += push * (up / far if far else 0.0)
            one[0] = min(max(one[0], RADIUS), WIDTH - RADIUS)
            one[1] = min(max(one[1], RADIUS), HEIGHT - RADIUS)
    return [(one[0], one[1]) for one in moved]


def _at(field: str) -> dict[str, Any]:
    """A place in pixels of the picture."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _lines(ours: tuple[float, float], shown: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    rows = [
        {"x": round(ours[0], 1), "y": round(ours[1], 1), "x2": round(x, 1), "y2": round(y, 1)}
        for x, y in shown.values()
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "color": theme.ACCENT, "strokeWidth": 3, "opacity": 0.65},
        "encoding": {"x": _at("x"), "y": _at("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
    }


def _start(ours: tuple[float, float]) -> dict[str, Any]:
    return {
        "data": {"values": [{"x": round(ours[0], 1), "y": round(ours[1], 1)}]},
        "mark": {"type": "point", "filled": True, "color": theme.ACCENT, "size": 260, "opacity": 1},
        "encoding": {"x": _at("x"), "y": _at("y")},
    }


def _numbers(shown: Mapping[str, tuple[float, float]], named: Mapping[str, int]) -> list[dict[str, Any]]:
    rows = [
        {"x": round(x, 1), "y": round(y, 1), "number": str(named[code])} for code, (x, y) in shown.items()
    ]
    place = {"x": _at("x"), "y": _at("y")}
    return [
        {
            "data": {"values": rows},
            "mark": {
                "type": "point",
                "filled": True,
                "color": theme.CARD,
                "stroke": theme.ACCENT,
                "strokeWidth": 3,
                "size": 4 * RADIUS**2 * 0.8,
                "opacity": 1,
            },
            "encoding": place,
        },
        {
            "data": {"values": rows},
            "mark": {
                "type": "text",
                "fontSize": TYPE,
                "fontWeight": "bold",
                "color": theme.INK,
                "baseline": "middle",
                "dy": 1,
            },
            "encoding": {**place, "text": {"field": "number"}},
        },
    ]
