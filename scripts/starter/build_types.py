"""Make the seed of region types from the published lists.

    CLUSTERPOLISEE_DATA=<folder of full tables> python scripts/starter/build_types.py

Development: the categories of cohesion policy 2014-2020 (less developed, transition, more developed), for the regions
of the Union. Settlement: a region of level 2 is what the regions of level 3 are in which most of its people live
(Eurostat's urban-rural typology, population of 2021); regions of level 3 carry the published type.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src/clusterpolisee/regions/seeds/types.csv"
UNION = ("BG", "EL", "RO", "HR", "SI", "HU", "SK", "AT", "IT")
SETTLEMENT = {1: "urban", 2: "intermediate", 3: "rural"}


def main() -> None:
    data = Path(os.environ["CLUSTERPOLISEE_DATA"])
    rows = [*_development(data), *_settlement(data)]
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "code", "type"])
        writer.writerows(sorted(rows))


def _development(data: Path) -> list[tuple[str, str, str]]:
    with (data / "indicators/cohesion_region_categories_2014_2020.csv").open(encoding="utf-8") as file:
        return [
            ("development", row["nuts2_id"], row["category_2014_2020"])
            for row in csv.DictReader(file)
            if row["nuts2_id"][:2] in UNION
        ]


def _settlement(data: Path) -> list[tuple[str, str, str]]:
    packed = (data / "nuts/nuts_2024_20m_all_levels_incl_candidates.geojson.gz").read_bytes()
    places = [feature["properties"] for feature in json.loads(gzip.decompress(packed))["features"]]
    types = {
        place["nuts_id"]: SETTLEMENT[place["urbn_type"]]
        for place in places
        if place["level"] == 3 and place["country"] in UNION and place["urbn_type"]
    }
    with (data / "nuts/nuts_2024_area_population.csv").open(encoding="utf-8") as file:
        people = {row["nuts_id"]: float(row["pop_2021"] or 0) for row in csv.DictReader(file)}
    above: dict[str, Counter[str]] = defaultdict(Counter)
    for code, kind in types.items():
        above[code[:4]][kind] += people.get(code, 0)
    whole = {code: count.most_common(1)[0][0] for code, count in above.items()}
    return [("settlement", code, kind) for code, kind in {**types, **whole}.items()]


if __name__ == "__main__":
    main()
