"""Lines on a map: joining units to regions and simplifying their borders, so that neighbours keep the same line.

A ring is a closed line of points in degrees, first and last alike. Two units that touch walk their common border in
opposite directions; that is how it is recognised.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Edge = tuple[Point, Point]


def rings_of_units(topology: Mapping[str, Any]) -> list[list[Ring]]:
    """The rings of every unit of a TopoJSON file with one layer, in the order of the file."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    (layer,) = topology["objects"].values()
    return [[_walked(ring, arcs) for ring in _arcs_of(geometry)] for geometry in layer["geometries"]]


def _arcs_of(geometry: Mapping[str, Any]) -> list[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry.get("arcs", [])]
    return [ring for polygon in polygons for ring in polygon]


def _walked(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """A ring from its arcs; ~i is arc i walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def snapped(files: Iterable[list[list[Ring]]], tolerance: float) -> list[list[list[Ring]]]:
    """The same with points of different files that lie closer than the tolerance made one.

    Each file rounds its points to a grid of its own, so a border drawn in two files differs by less than a grid step.
    """
    known: dict[tuple[int, int], list[Point]] = defaultdict(list)
    found = []
    for units in files:
        moved: dict[Point, Point] = {}
        for point in {point for rings in units for ring in rings for point in ring}:
            moved[point] = _nearest(point, known, tolerance) or point
        for point in moved.values():
            cell = _cell(point, tolerance)
            if point not in known[cell]:
                known[cell].append(point)
        found.append(
            [[_without_repeats([moved[point] for point in ring]) for ring in rings] for rings in units]
        )
    return found


def _cell(point: Point, size: float) -> tuple[int, int]:
    return math.floor(point[0] / size), math.floor(point[1] / size)


def _nearest(point: Point, known: Mapping[tuple[int, int], list[Point]], tolerance: float) -> Point | None:
    column, row = _cell(point, tolerance)
    around = (
        other
        for right in (-1, 0, 1)
        for up in (-1, 0, 1)
        for other in known.get((column + right, row + up), ())
        if math.dist(point, other) < tolerance
    )
    return min(around, key=lambda other: math.dist(point, other), default=None)


def _without_repeats(ring: Ring) -> Ring:
    return [point for number, point in enumerate(ring) if number == 0 or point != ring[number - 1]]


def outline(units: Iterable[list[Ring]]) -> Counter[Edge]:
    """The edges around a union of units: those that no other of them walks the other way."""
    edges: Counter[Edge] = Counter(edge for rings in units for ring in rings for edge in pairwise(ring))
    for start, end in list(edges):
        both = min(edges[start, end], edges[end, start])
        edges[start, end] -= both
        edges[end, start] -= both
    return +edges


def stitched(edges: Counter[Edge]) -> list[Ring]:
    """Walk edges end to start until every ring closes; a ring that touches itself falls into two."""
    ends: dict[Point, list[Point]] = defaultdict(list)
    for start, end in sorted(edges.elements()):
        ends[start].append(end)
    rings = []
    for start in list(ends):
        while ends[start]:
            path = [start]
            while ends[path[-1]]:
                following = ends[path[-1]].pop()
                path.append(following)
                if following in path[:-1]:
                    at = path.index(following)
                    rings.append(path[at:])
                    path = path[: at + 1]
            if len(path) > 1:
                raise ValueError(f"A line ends at {path[-1]} and nothing goes on from there.")
    return rings


def junctions(outlines: Mapping[str, Counter[Edge]]) -> set[Point]:
    """Points where lines meet or begin to divide other regions: simplifying must not move them."""
    sides: dict[frozenset[Point], set[str]] = defaultdict(set)
    for name, edges in outlines.items():
        for edge in edges:
            sides[frozenset(edge)].add(name)
    meeting: dict[Point, list[frozenset[str]]] = defaultdict(list)
    for line, names in sides.items():
        for point in line:
            meeting[point].append(frozenset(names))
    return {point for point, names in meeting.items() if len(names) != 2 or names[0] != names[1]}


def simplified(ring: Ring, fixed: set[Point], tolerance_at: Callable[[Edge], float]) -> Ring:
    """A ring with fewer points: each piece between fixed points in one direction, so that both neighbours get the
    same line, and as exact as its first edge asks for."""
    open_ring = ring[:-1]
    stops = [number for number, point in enumerate(open_ring) if point in fixed]
    if not stops:
        stops = [min(range(len(open_ring)), key=lambda number: open_ring[number])]
    turned = open_ring[stops[0] :] + open_ring[: stops[0]] + [open_ring[stops[0]]]
    places = [stop - stops[0] for stop in stops] + [len(turned) - 1]
    line: Ring = []
    for start, end in pairwise(places):
        piece = turned[start : end + 1]
        backwards = piece[0] > piece[-1] or (piece[0] == piece[-1] and area(piece) < 0)
        short = douglas_peucker(piece[::-1] if backwards else piece, tolerance_at((piece[0], piece[1])))
        line += (short[::-1] if backwards else short)[:-1]
    return [*line, line[0]] if line else []


def douglas_peucker(line: Ring, tolerance: float) -> Ring:
    """The fewest of the points that keep the line within the tolerance; a closed line is split at its farthest.

    Source: Douglas and Peucker (1973), Cartographica 10(2).
    """
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    dx, dy = x2 - x1, y2 - y1
    length = math.hypot(dx, dy)
    away = [
        abs(dy * (x - x1) - dx * (y - y1)) / length if length else math.hypot(x - x1, y - y1)
        for x, y in line[1:-1]
    ]
    most = max(away)
    if most <= tolerance:
        return [line[0], line[-1]]
    farthest = away.index(most) + 1
    return douglas_peucker(line[: farthest + 1], tolerance)[:-1] + douglas_peucker(line[farthest:], tolerance)


def rounded(ring: Ring, digits: int) -> Ring:
    """The ring on a grid, without repeated points and without lines that only go there and back."""
    found: Ring = []
    for x, y in ring:
        point = (round(x, digits), round(y, digits))
        if found and found[-1] == point:
            continue
        if len(found) > 1 and found[-2] == point:
            found.pop()
            continue
        found.append(point)
    return found


def polygons_of(rings: Iterable[Ring]) -> list[list[Ring]]:
    """Outer rings clockwise, as drawing on a sphere wants them, each followed by its holes the other way."""
    polygons: list[list[Ring]] = []
    for ring in sorted(rings, key=lambda one: -abs(area(one))):
        around = next((polygon for polygon in polygons if _lies_in(ring, polygon[0])), None)
        if around is None:
            polygons.append([wound(ring, clockwise=True)])
        else:
            around.append(wound(ring, clockwise=False))
    return polygons


def _lies_in(ring: Ring, other: Ring) -> bool:
    own = [point for point in ring[:-1] if point not in other]
    return all(inside(point, other) for point in own[:3]) and bool(own)


def area(ring: Ring) -> float:
    """Signed, in square degrees; positive counter-clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])) / 2


def wound(ring: Ring, *, clockwise: bool) -> Ring:
    return ring[::-1] if (area(ring) > 0) == clockwise else ring


def inside(point: Point, ring: Ring) -> bool:
    """Whether a ray to the right crosses the ring an odd number of times."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed
