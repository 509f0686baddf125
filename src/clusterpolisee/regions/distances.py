"""How far regions lie apart: between the middles of their land, as the crow flies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

from clusterpolisee.regions.queries import boundaries

EARTH_KM = 6371.0
Point = tuple[float, float]  # longitude, latitude


def centres(level: int, vintage: int) -> dict[str, Point]:
    """Code → the middle of the land of each region that has a boundary here."""
    drawn = boundaries(level, vintage)
    return _centres(level, vintage) if drawn["features"] else {}


@lru_cache(maxsize=16)
def _centres(level: int, vintage: int) -> dict[str, Point]:
    features = boundaries(level, vintage)["features"]
    return {one["properties"]["code"]: _middle(one["geometry"]) for one in features}


def kilometres(one: Point, other: Point) -> float:
    """
    >>> round(kilometres((23.3, 42.7), (26.1, 44.4)))     # Sofia to Bucharest
    294
    """
    (west, south), (east, north) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _middle(geometry: dict[str, Any]) -> Point:
    """The centroid of the largest piece: islands far out do not draw a region into the sea.

    >>> _middle({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]})
    (2.0, 1.0)
    """
    _area, point = max(map(_centroid, _outlines(geometry)), key=lambda found: found[0])
    return point


def _outlines(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    pieces = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for piece in pieces:
        yield piece[0]


def _centroid(outline: Iterable[list[float]]) -> tuple[float, Point]:
    """Area in square degrees and centroid of a ring."""
    points = [(x, y) for x, y, *_height in outline]
    doubled = across = up = 0.0
    for (x, y), (next_x, next_y) in zip(points, points[1:] + points[:1], strict=True):
        cross = x * next_y - next_x * y
        doubled += cross
        across += (x + next_x) * cross
        up += (y + next_y) * cross
    if not doubled:
        return 0.0, points[0]
    return abs(doubled) / 2, (round(across / (3 * doubled), 4), round(up / (3 * doubled), 4))
