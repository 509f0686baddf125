"""How regions are drawn: the boundaries of the package, and the table they were made with."""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from regional_analytics.codes import nuts

TABLE = Path(__file__).resolve().parents[3] / "scripts/starter/admin1_to_nuts2.csv"
COUNTRIES = (
    "AL",
    "AT",
    "BA",
    "BG",
    "EL",
    "HR",
    "HU",
    "IT",
    "MD",
    "ME",
    "MK",
    "RO",
    "RS",
    "SI",
    "SK",
    "UA",
    "XK",
)
UNITS = {"alb": 12, "aut": 9, "bgr": 28, "bih": 18, "grc": 14, "hrv": 22, "hun": 43, "ita": 110, "kos": 30}
UNITS |= {"mda": 40, "mkd": 84, "mne": 21, "rou": 42, "srb": 25, "svk": 8, "svn": 193, "ukr": 27}
KILOMETRES_PER_DEGREE = 111.2


@pytest.fixture(scope="module")
def packed() -> dict:
    seed = files("clusterpolisee.regions").joinpath("seeds", "boundaries.json.gz").read_bytes()
    return json.loads(gzip.decompress(seed))


def drawn(packed: dict, vintage: int, level: int) -> dict[str, dict]:
    return {
        one["code"]: one["geometry"]
        for one in packed["boundaries"]
        if one["level"] == level and one["first"] <= vintage <= one["last"]
    }


def signed_area(ring: list) -> float:
    """Square degrees, positive counter-clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def square_kilometres(geometry: dict) -> float:
    """Clockwise outer rings count, holes are taken off."""
    total = 0.0
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            middle = sum(y for _, y in ring) / len(ring)
            total -= signed_area(ring) * KILOMETRES_PER_DEGREE**2 * math.cos(math.radians(middle))
    return total


@pytest.mark.parametrize("vintage", nuts.VINTAGES)
@pytest.mark.parametrize("level", [0, 1, 2])
def test_every_region_of_a_vintage_is_drawn_once_and_nothing_else(packed, vintage, level):
    expected = {code for code in nuts.codes(vintage, level=level) if code[:2] in COUNTRIES}
    codes = Counter(
        one["code"]
        for one in packed["boundaries"]
        if one["level"] == level and one["first"] <= vintage <= one["last"]
    )
    assert set(codes) == expected
    assert set(codes.values()) <= {1}


def test_outer_rings_run_clockwise_and_holes_the_other_way(packed):
    """On a sphere a ring drawn the wrong way means the rest of the world."""
    for one in packed["boundaries"]:
        for outer, *holes in one["geometry"]["coordinates"]:
            assert signed_area(outer) < 0, one["code"]
            assert all(signed_area(hole) > 0 for hole in holes), one["code"]


def test_rings_are_closed_and_have_at_least_three_corners(packed):
    for one in packed["boundaries"]:
        assert one["geometry"]["type"] == "MultiPolygon"
        assert one["geometry"]["coordinates"], one["code"]
        for polygon in one["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4


def test_everything_lies_in_south_east_europe(packed):
    points = [
        point
        for one in packed["boundaries"]
        for polygon in one["geometry"]["coordinates"]
        for ring in polygon
        for point in ring
    ]
    assert min(x for x, _ in points) > 6
    assert max(x for x, _ in points) < 41
    assert min(y for _, y in points) > 34
    assert max(y for _, y in points) < 53


def test_neighbours_share_their_border_point_by_point(packed):
    """BG31 touches Serbia and Romania: what it draws there, they draw too, the other way round."""

    def edges(code: str) -> set:
        geometry = drawn(packed, 2024, len(code) - 2)[code]
        rings = [ring for polygon in geometry["coordinates"] for ring in polygon]
        return {(tuple(start), tuple(end)) for ring in rings for start, end in pairwise(ring)}

    around = set().union(*(edges(code) for code in ("RS22", "RO41", "RO31", "BG41", "BG32", "BG42")))
    alone = {edge for edge in edges("BG31") if edge[::-1] not in around}
    assert not alone


def test_a_country_is_the_sum_of_its_regions(packed):
    countries, regions = drawn(packed, 2024, 0), drawn(packed, 2024, 2)
    for code, geometry in countries.items():
        parts = [square_kilometres(one) for part, one in regions.items() if part.startswith(code)]
        if parts:
            assert sum(parts) == pytest.approx(square_kilometres(geometry), rel=0.01), code


def test_slovenia_of_2010_has_litija_in_the_west(packed):
    then, now = drawn(packed, 2010, 2), drawn(packed, 2024, 2)
    assert square_kilometres(now["SI03"]) - square_kilometres(then["SI01"]) == pytest.approx(221, abs=25)


def test_the_source_says_what_it_draws_where_that_is_disputed(packed):
    by_code = {one["code"]: packed["sources"][one["source"]] for one in packed["boundaries"]}
    assert all(text.startswith("Natural Earth (public domain)") for text in by_code.values())
    assert "Crimea" in by_code["UA"]
    assert "Kosovo" in by_code["XK00"]


def test_boundaries_are_small_enough_for_a_page():
    seed = files("clusterpolisee.regions").joinpath("seeds", "boundaries.json.gz").read_bytes()
    assert len(seed) < 100_000


def test_the_table_accounts_for_every_unit_of_the_source_once():
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert Counter(row["file"] for row in rows) == UNITS
    assert len({(row["file"], row["unit"]) for row in rows}) == len(rows)
    for row in rows:
        assert nuts.exists(row["nuts2"], 2024), row
        assert nuts.level(row["nuts2"]) == 2 or row["nuts2"] in ("MD", "UA"), row


@pytest.mark.full_data
def test_the_table_names_the_units_as_the_source_does(full_tables):
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for file in full_tables.glob("nuts/admin1_naturalearth/*.topo.json"):
        (layer,) = json.loads(file.read_text())["objects"].values()
        source = [(one["id"], one["properties"]["name"] or "") for one in layer["geometries"]]
        ours = [(row["id"], row["name"]) for row in rows if f"{row['file']}.topo.json" == file.name]
        assert ours == source, file.name


@pytest.mark.full_data
def test_regions_are_drawn_as_large_as_they_are(packed, full_tables):
    """Simplified lines and left-out islands cost a little; the small islands of the South Aegean most."""
    with (full_tables / "nuts/nuts_2024_area_population.csv").open(encoding="utf-8", newline="") as table:
        official = {row["nuts_id"]: float(row["area_km2"]) for row in csv.DictReader(table)}
    off = {
        code: square_kilometres(geometry) / official[code] - 1
        for code, geometry in drawn(packed, 2024, 2).items()
        if code in official
    }
    assert len(off) == 75  # the regions of the nine members of the Union
    assert {code for code, part in off.items() if abs(part) > 0.09} == {"EL42"}
    assert abs(off["EL42"]) < 0.15


@pytest.mark.parametrize(
    ("country", "km2"),
    [("AL", 28748), ("BA", 51197), ("RS", 77474), ("ME", 13812), ("MK", 25713), ("XK", 10887), ("MD", 33846)],
)
def test_countries_outside_the_union_are_drawn_as_large_as_they_are(packed, country, km2):
    assert square_kilometres(drawn(packed, 2024, 0)[country]) == pytest.approx(km2, rel=0.03)
