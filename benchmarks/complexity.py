"""Complexity of a whole table, ours beside the packages of the field: python benchmarks/complexity.py [SIZE …] [--long]

Every contestant gets the same tidy table and gives all it has, in a process of its own with one thread; ours goes before and
after each of them. Sizes S, M, L, XL as in complexity_world.py. See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
from complexity_world import SIZES, Size, world
from scipy.linalg import blas
from scipy.sparse.linalg import eigsh

HERE = Path(__file__).resolve().parent
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
# Peers that take longer than five minutes wait for --long.
LONG = {
    ("XL", "ecomplexity"),
    ("XL", "econcomplex"),
    ("XL", "economic-complexity"),
    ("XL", "econci"),
    ("L", "econci"),
}
ALL = ("ecomplexity", "econcomplex")  # compute all of it; the others leave COI, COG or both out
LESS = ("economic-complexity", "econci", "fermi-cref")
# Packages of R, where R or they are not installed: seconds measured on another day, on two cores of the same kind.
RECORDED = {
    "economiccomplexity (R)": {"S": 0.60, "M": 31.6, "L": 75.0, "XL": 456.0},
    "EconGeo (R, less)": {"S": 2.2, "M": 107.0, "L": 96.0, "XL": 510.0},
}
AIMS = {
    "S": (10.0, 4.0),
    "M": (12.0, 4.0),
    "L": (200.0, 25.0),
    "XL": (30.0, 2.0),
}  # beside all, beside fermi-cref
FAST_AIMS = {"XL": (50.0, 5.0)}
MEMORY = {"M": 1.3, "L": 2.5, "XL": 1.2}
FLOOR = {"M": 1.6, "XL": 1.6}
ROUNDS = {"S": 7, "M": 3, "L": 1, "XL": 1}


@dataclass
class Sheet:
    """What was found, line by line, and whether all aims were met."""

    lines: list[str] = field(default_factory=list)
    is_met: bool = True

    def add(
        self, text: str, ratio: float | None = None, aim: float | None = None, most: bool = False
    ) -> None:
        met = aim is None or ratio is None or (ratio <= aim if most else ratio >= aim)
        self.is_met &= met
        mark = " " if aim is None else "✓" if met else "✗"
        wanted = "" if aim is None else f"   {'at most' if most else 'at least'} {aim:g}"
        shown = "" if ratio is None else f"{ratio:9.2f}"
        line = f"{mark} {text:46}{shown}{wanted}"
        print(line, flush=True)
        self.lines.append(line)


@dataclass(frozen=True)
class Run:
    """Seconds of each round, and memory."""

    seconds: list[float]
    gigabytes: float

    @property
    def least(self) -> float:
        return min(self.seconds)

    def __str__(self) -> str:
        middle = statistics.median(self.seconds)
        return f"{self.least:.3f} / {middle:.3f} s ({len(self.seconds)}), {self.gigabytes:.2f} GB"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", default=["S", "M"], choices=SIZES)
    options.add_argument("--long", action="store_true", help="also peers that take more than five minutes")
    options.add_argument("--worlds", type=Path, help="a folder that keeps the tables for the next time")
    given = options.parse_args()
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder:
        for name in given.sizes:
            _compare(name, _table(name, given.worlds or Path(folder)), sheet, given.long)
    return 0 if sheet.is_met else 1


def _table(name: str, folder: Path) -> Path:
    file = folder / f"{name}.parquet"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        world(SIZES[name]).write_parquet(file)
    return file


def _compare(name: str, file: Path, sheet: Sheet, long: bool) -> None:
    size, rounds = SIZES[name], ROUNDS[name]
    years = (
        1 if name == "L" else size.years
    )  # peers get one year of L; ours all twenty, and a twentieth is compared
    rows = pl.scan_parquet(file).select(pl.len()).collect().item()
    print(
        f"\n{name}: {size.regions} regions × {size.activities} activities × {size.years} years, {rows:,} rows"
    )
    own = [_run("ours", file, rounds)]
    peers: dict[str, list[float]] = {}
    for peer in (*ALL, *LESS):
        if (name, peer) in LONG and not long:
            print(f"  {peer:46} waits for --long")
            continue
        found = _run(peer, file, max(1, rounds // 2), years=years)
        own.append(_run("ours", file, rounds))
        print(f"  {peer:46} {found}", flush=True)
        peers[peer] = found.seconds
    quick, both = _run("ours, fast", file, rounds), _run("ours, two workers", file, rounds, threads=2)
    ours = Run([second for run in own for second in run.seconds], max(run.gigabytes for run in own))
    for label, run in (("ours", ours), ("ours, fast", quick), ("ours, two workers", both)):
        print(f"  {label:46} {run}")
    share = years / size.years
    for label, run, aims in (("", ours, AIMS[name]), (", fast", quick, FAST_AIMS.get(name, (None, None)))):
        for peer, seconds in _beside(peers, name):
            aim = aims[0] if peer in ALL or peer == "economiccomplexity (R)" else None
            aim = aims[1] if peer == "fermi-cref" else aim
            sheet.add(f"times faster than {peer}{label}", min(seconds) / (run.least * share), aim)
    if name in MEMORY:
        sheet.add("gigabytes at most", ours.gigabytes, MEMORY[name], most=True)
    if name in FLOOR:
        sheet.add(
            "times the products, vectors and codes alone",
            ours.least / _floor(file, size),
            FLOOR[name],
            most=True,
        )
    if size.years > 1:
        sheet.add("times faster with two workers", ours.least / both.least, 1.6 if name != "S" else None)


def _beside(peers: dict[str, list[float]], name: str) -> Iterator[tuple[str, list[float]]]:
    yield from peers.items()
    for peer, seconds in RECORDED.items():
        print(f"  {peer + ', as recorded':46} {seconds[name]:.3f} s")
        yield peer, [seconds[name]]


def _run(name: str, file: Path, rounds: int, *, years: int | None = None, threads: int = 1) -> Run:
    command = [sys.executable, str(HERE / "complexity_peers.py"), name, str(file), "--rounds", str(rounds)]
    if years:
        command += ["--years", str(years)]
    limits = ONE_THREAD | ({"POLARS_MAX_THREADS": str(threads)})
    source = str(HERE.parent / "src")
    answer = subprocess.run(
        command, env=os.environ | limits | {"PYTHONPATH": source}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        print(answer.stderr[-2000:], file=sys.stderr)
        raise SystemExit(f"{name} could not finish; its last words stand above.")
    return Run(**json.loads(answer.stdout))


def _floor(file: Path, size: Size) -> float:
    """Seconds of what cannot be left out, done alone: codes of the labels, symmetric products, and one eigenvector.

    Where φ is not formed (XL) the products are those of the dense way without it: 12 · regions² · activities.
    """
    table = pl.read_parquet(file)
    before = time.perf_counter()
    for column in ("region", "activity"):
        table[column].cast(pl.Enum(table[column].unique().sort())).to_physical()
    codes = time.perf_counter() - before
    random = np.random.default_rng(0)
    has = (random.random((size.regions, size.activities)) < 0.2).astype(np.float64)
    small = min(has.shape)
    rows = has if size.regions <= size.activities else np.ascontiguousarray(has.T)
    square = rows @ rows.T
    seconds = _least(lambda: rows @ rows.T) + _least(lambda: eigsh(square, k=2, v0=np.ones(small)))
    if size.activities > 2.4 * size.regions:
        part = np.asfortranarray(has[:, :256])
        full = np.asfortranarray(square)
        blocks = size.activities / 256
        seconds += (
            4 * blocks * (_least(lambda: blas.dsyrk(1.0, part)) + _least(lambda: blas.dsymm(1.0, full, part)))
        )
    else:
        turned = np.asfortranarray(has.T)
        near = np.asfortranarray(has.T @ has)
        seconds += _least(lambda: blas.dsyrk(1.0, turned)) + 2 * _least(lambda: blas.dsymm(1.0, near, turned))
    return codes + size.years * seconds


def _least(work: object, times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        before = time.perf_counter()
        work()  # type: ignore[operator]
        seconds.append(time.perf_counter() - before)
    return min(seconds)


if __name__ == "__main__":
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":  # read when the library is loaded, so begin again
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    raise SystemExit(main())
