"""Twenty million believable observations in 200 tables: python benchmarks/large_world.py HOME [--rows N] [--tables N]

Makes HOME an instance of its own (database, places, catalogue) and fills it the way an import ends: described tables,
Parquet written and published by the store, a version in use with its hashes. What an import does before that (reading
and checking a file) is left out; `benchmarks/explorer.py` measures it by itself.

The figures are made up, the same each time, and look like what statistical offices publish: every region of NUTS 2024
from country to NUTS 3 or NUTS 2, counts by NACE division, rates by sex and age; a country is the sum of its regions; one
value in fifteen is empty, some of them confidential; some carry a flag; every fifth table ends two years early.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from regional_analytics.codes import nace, nuts
from regional_analytics.tables import state_expression

if TYPE_CHECKING:
    from clusterpolisee.evidence.models import Dataset, DatasetVersion

ROWS, TABLES = 20_000_000, 200
KEY_TABLES = 20  # of which an indicator stands on every region page
NUTS = 2024
LAST_YEAR = 2024
SEXES, AGES = ("T", "F", "M"), ("TOTAL", "Y15-24", "Y25-64", "Y_GE65")
FLAGS = np.array(["", "", "", "", "", "", "", "", "b", "e", "p", "u", "d"])
EMPTY_ONE_IN, CONFIDENTIAL_ONE_IN = 15, 60
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Shape:
    """What one table covers. by_activity: counts by division; else rates by sex and age."""

    number: int
    regions: list[str]
    activities: list[str]
    series: list[str]
    years: list[int]

    @property
    def code(self) -> str:
        return f"{'jobs' if self.by_activity else 'rate'}_bench_{self.number:03d}"

    @property
    def by_activity(self) -> bool:
        return len(self.activities) > 1

    @property
    def cells(self) -> int:
        return len(self.regions) * len(self.activities) * len(self.series) * len(self.years)


def shapes(rows: int = ROWS, tables: int = TABLES) -> Iterator[Shape]:
    """Tables of about rows ÷ tables cells each; two in five by activity. Years reach as far back as cells last."""
    every = sorted(nuts.codes(NUTS))
    coarse = [code for code in every if len(code) <= 4]
    divisions = sorted(nace.divisions())
    wanted = rows / tables
    for number in range(tables):
        last = LAST_YEAR - (2 if number % 5 == 4 else 0)
        if number % 5 < 2:
            regions, activities, series = coarse, divisions[number % 7 :: 3], ["THS"]
        else:
            regions, activities = every, [""]
            series = [f"{sex}.{age}" for sex in SEXES for age in AGES[: 1 + number % 4]]
        span = min(40, max(2, round(wanted / (len(regions) * len(activities) * len(series)))))
        yield Shape(number, regions, activities, series, list(range(last - span + 1, last + 1)))


def frame_of(shape: Shape) -> pl.DataFrame:
    """All cells in the order of the store. A region's level is its size, its trend and its mix are its own."""
    chance = np.random.default_rng(shape.number)
    r, s, a, y = (len(one) for one in (shape.regions, shape.series, shape.activities, shape.years))
    size = _sizes(shape.regions, chance) if shape.by_activity else chance.uniform(20, 80, r)
    mix = chance.dirichlet(np.full(a, 1.5), r) if shape.by_activity else np.ones((r, 1))
    trend = 1 + np.cumsum(chance.normal(0.004, 0.015, (r, y)), axis=1)
    level = chance.uniform(0.7, 1.1, s)
    value = (
        size[:, None, None, None]
        * level[None, :, None, None]
        * mix[:, None, :, None]
        * trend[:, None, None, :]
    )
    if shape.by_activity:
        value = _summed_up(shape.regions, value)
    mixed = chance.integers(0, 1 << 31, value.size, dtype=np.int64)
    empty = mixed % EMPTY_ONE_IN == 0
    flag = np.where(mixed % CONFIDENTIAL_ONE_IN == 0, "c", np.where(empty, "", FLAGS[mixed % len(FLAGS)]))
    numbers = np.indices((r, s, a, y), dtype=np.int32).reshape(4, -1)
    figures = np.round(value.ravel(), 1 if shape.by_activity else 2)
    return pl.DataFrame(
        {
            "region": _words(shape.regions, numbers[0]),
            "nuts": pl.Series(np.full(value.size, NUTS, dtype=np.int16)),
            "series": _words(shape.series, numbers[1]),
            "activity": _words(shape.activities, numbers[2]),
            "year": pl.Series(np.array(shape.years, dtype=np.int16)[numbers[3]]),
            "value": pl.Series(figures).set(pl.Series(empty), None),
            "flag": pl.Series(flag),
        }
    ).with_columns(state=state_expression(pl.col("value"), pl.col("flag")))


def _words(words: list[str], numbers: np.ndarray) -> pl.Series:
    return pl.Series(words).gather(pl.Series(numbers))


def _sizes(regions: list[str], chance: np.random.Generator) -> np.ndarray:
    """Thousands of people at work in a region that has no regions of its own."""
    return chance.lognormal(5.5, 0.7, len(regions))


def _summed_up(regions: list[str], value: np.ndarray) -> np.ndarray:
    """A region is the sum of its own: from the longest codes up."""
    place = {code: number for number, code in enumerate(regions)}
    for length in (4, 3):
        parents = sorted({code[:-1] for code in regions if len(code) == length and code[:-1] in place})
        for parent in parents:
            parts = [place[code] for code in regions if len(code) == length and code[:-1] == parent]
            value[place[parent]] = value[parts].sum(axis=0)
    return value


# Into an instance ----------------------------------------------------------------------------------------


def fill(rows: int, tables: int) -> int:
    """Describe and fill every table; how many cells there are in the end."""
    from clusterpolisee.evidence import store
    from clusterpolisee.evidence.actions import describe_table
    from clusterpolisee.shell.accounts.queries import operator

    actor, there = operator(), 0
    with store.importing():
        for shape in shapes(rows, tables):
            (table,) = describe_table(actor=actor, text=described(shape), now=NOW)
            there += (table.current or bring(shape, table)).rows
    return there


def bring(shape: Shape, table: Dataset) -> DatasetVersion:
    """One version, stored and in use as an import leaves it. Its original is the recipe it was made by."""
    from django.db import transaction

    from clusterpolisee.evidence import actions, store
    from clusterpolisee.evidence.models import DatasetVersion
    from clusterpolisee.shell.accounts.queries import operator

    frame, recipe = frame_of(shape), json.dumps(vars(shape)).encode()
    sha256 = hashlib.sha256(recipe).hexdigest()
    store.keep_raw(recipe, sha256)
    with store.staging() as folder:
        store.write_observations(folder, frame)
        name = store.publish(folder, table.code)
    with transaction.atomic():
        version = DatasetVersion.objects.create(
            dataset=table,
            number=1,
            raw_sha256=sha256,
            raw_name=f"{shape.code}.json",
            raw_size=len(recipe),
            format="benchmark",
            licence=table.licence,
            retrieved_on=date(2026, 11, 20),
            nuts_declared=NUTS,
            nuts_vintages=[NUTS],
            observations_sha256=store.observations_sha256(frame),
            folder=name,
            rows=frame.height,
            cells_with_value=frame["value"].count(),
            years=shape.years,
            regions=len(shape.regions),
            imported_by=operator(),
            imported_at=NOW,
        )
        return actions.accept_version(actor=operator(), version=version, now=NOW)


def described(shape: Shape) -> str:
    """The table as its catalogue entry; two of its series, or of its activities, are indicators."""
    number, words = shape.number, "Benchmark" if shape.by_activity else "Benchmark rate"
    dimensions = '{ code = "unit" }' if shape.by_activity else '{ code = "sex" }, { code = "age" }'
    scheme, kind = ("nace_r2", "stock") if shape.by_activity else ("", "rate")
    lines = [
        "[[dataset]]",
        f'code = "{shape.code}"',
        f'labels = {{ en = "{words} {number}", bg = "Измерване {number}" }}',
        'publisher = "Made up for measuring"',
        'publisher_names = { en = "Made up for measuring", bg = "Измислено за измерване" }',
        'licence = "CC0"',
        f"dimensions = [{dimensions}]",
        f"nuts_vintage = {NUTS}",
        f'activity_scheme = "{scheme}"',
        f'kind = "{kind}"',
        f"order = {500 + number}",
    ]
    for part in range(2):
        series = shape.series[0] if shape.by_activity else shape.series[part % len(shape.series)]
        activity = shape.activities[part] if shape.by_activity else ""
        name = f"{number}, {activity or series}"
        lines += [
            "[[dataset.indicator]]",
            f'code = "bench_{number:03d}_{part}"',
            f'series = "{series}"',
            f'activity = "{activity}"',
            f'labels = {{ en = "{words} {name}", bg = "Измерване {name}" }}',
            'unit_labels = { en = "units", bg = "единици" }',
            "decimals = 1",
            f"is_key = {'true' if part == 0 and number < KEY_TABLES else 'false'}",
            f"order = {500 + number}",
        ]
    return "\n".join([*lines, ""])


def start(home: Path) -> None:
    os.environ["CLUSTERPOLISEE_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterpolisee.config.settings")
    import django

    django.setup()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--tables", type=int, default=TABLES)
    given = parser.parse_args()
    start(given.home)
    from clusterpolisee.config.command import main as command

    if command(["setup"]):
        return 1
    before = time.monotonic()
    written = fill(given.rows, given.tables)
    print(f"{written:,} observations in {given.tables} tables, {time.monotonic() - before:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
