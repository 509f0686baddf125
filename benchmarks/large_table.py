"""A table of as many rows as one likes, the same each time: python benchmarks/large_table.py FILE [ROWS]

Tidy CSV with regions × activities × years in the order of a statistical office's download, values with one decimal, one
in twelve empty, some with a flag. The figures mean nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

FIVE_MILLION = 5_000_000
REGIONS = [f"{country}{number:02d}" for country in ("BG", "EL", "RO", "HR", "SI") for number in range(10, 60)]
ACTIVITIES = [f"{section}{division:03d}" for section in "ABCDEFGHIJ" for division in range(100)]
YEARS = range(2000, 2030)
FLAGS = ("", "", "", "", "", "b", "", "", "e", "", "u", "", "p")


def rows(count: int) -> Iterator[str]:
    cells = product(ACTIVITIES, REGIONS, YEARS)
    for place, (activity, region, year) in enumerate(islice(cells, count)):
        mixed = place * 2_654_435_761 % 4_294_967_296
        value = "" if mixed % 12 == 0 else f"{mixed % 1_000_003 / 10}"
        yield f"THS,{activity},{region},{year},{value},{FLAGS[mixed % 13]}\n"


def write(path: Path, count: int = FIVE_MILLION) -> None:
    """At most regions × activities × years = 7,500,000 rows."""
    with path.open("w", encoding="utf-8") as file:
        file.write("unit,nace_r2,geo,year,value,flag\n")
        file.writelines(rows(count))


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else FIVE_MILLION)
