"""Worlds to compute complexity on: python benchmarks/complexity_world.py SIZE FILE.parquet

Made up, the same each time. Regions have sizes (lognormal), activities have reach (Pareto), a hidden likeness of six
dimensions draws them together, and what is left wavers over the years (each year nine tenths of the one before). A cell is
there where all of that lies above a cut, which sets how full the table is. Rows come shuffled, as rows do.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl


@dataclass(frozen=True)
class Size:
    """How many regions, activities and years, and what part of the cells is there."""

    regions: int
    activities: int
    years: int
    filled: float
    seed: int = 1


SIZES = {
    "S": Size(300, 88, 12, 0.55),
    "M": Size(1400, 615, 12, 0.36),
    "L": Size(230, 5000, 20, 0.31),
    "XL": Size(1489, 9421, 1, 0.058),
}


def world(size: Size) -> pl.DataFrame:
    random = np.random.default_rng(size.seed)
    shape = (size.regions, size.activities)
    large = np.log(random.lognormal(0, 1, size.regions))
    common = np.log(random.pareto(1.5, size.activities) + 0.2)
    alike = random.normal(size=(size.regions, 6)) @ random.normal(size=(6, size.activities)) / np.sqrt(6)
    wavering = random.normal(size=shape)
    parts = []
    for year in range(size.years):
        level = 1.2 * (large[:, None] + common) + 1.2 * alike + 0.8 * wavering
        above = level - np.quantile(level, 1 - size.filled)
        region, activity = np.nonzero(above > 0)
        people = np.ceil(10 * np.exp(0.9 * above[region, activity]))
        parts.append((region, activity, np.full(region.size, 2000 + year), people))
        wavering = 0.9 * wavering + np.sqrt(1 - 0.81) * random.normal(size=shape)
    region, activity, year, people = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = random.permutation(region.size)
    return pl.DataFrame(
        {
            "region": _names("R", size.regions).gather(region[order]),
            "activity": _names("A", size.activities).gather(activity[order]),
            "year": pl.Series(year[order].astype(np.int32)),
            "value": people[order],
        }
    )


def _names(letter: str, count: int) -> pl.Series:
    return pl.Series([f"{letter}{number:05}" for number in range(count)])


if __name__ == "__main__":
    world(SIZES[sys.argv[1]]).write_parquet(Path(sys.argv[2]))
