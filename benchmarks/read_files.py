"""How fast files become observations, and in how much memory: ours beside the PyPI eurostat package and pandas.

    CLUSTERPOLISEE_DATA=FOLDER python benchmarks/read_files.py [--rounds 7] [--large]

Each reading runs in a process of its own, ours and theirs in turn, on the same bytes. See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LFS = "employment/lfst_r_lfe2en2_2008_2015_raw.tsv.gz"
SBS = "employment/sbs_r_nuts06_r2_persons_employed_2015.csv"
FASTER, LEANER = 5.0, 0.5
SMALL = {
    "tsv": "unit,nace_r2,age,geo\\time\t2015 \t2014 \r\nTHS,A,Y15-64,BG31\t1.5 b\t: \r\n",
    "csv": "geo,nace_r2,year,value\nBG31,A,2015,1.5\nBG32,A,2015,\n",
}


@dataclass(frozen=True)
class Run:
    """One reading in one process: seconds, rise of the resident memory at its highest, and what was read."""

    seconds: float
    rise: float  # of memory at its highest
    cells: int
    filled: int
    total: float
    states: dict[str, int]


def main() -> int:
    options = _options()
    if options.run:
        print(json.dumps(_measured(options.run, Path(options.file), warm=options.warm)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if options.large:
            return _large(Path(folder) / "large.csv")
        data = Path(os.environ["CLUSTERPOLISEE_DATA"])
        lfs = _with_crlf(data / LFS, Path(folder) / "lfs.tsv.gz")
        is_met = True
        for warm in (False, True):
            print("\nA reading in a new process" + (", after one of a two-line file" if warm else ""))
            is_met &= _compare("LFS", lfs, "eurostat", options.rounds, warm=warm)
            is_met &= _compare("SBS", data / SBS, "pandas", options.rounds, warm=warm)
            is_met &= _compare("SBS", data / SBS, "careful-pandas", options.rounds, warm=warm)
    return 0 if is_met else 1


def _compare(what: str, path: Path, way: str, rounds: int, *, warm: bool) -> bool:
    """Ours and theirs in turn; prints a line each and the ratios; whether both aims are met."""
    pairs = [(_started("ours", path, warm), _started(way, path, warm)) for _round in range(rounds)]
    for ours, theirs in pairs:
        same = (ours.cells, ours.filled, ours.states) == (theirs.cells, theirs.filled, theirs.states)
        if not same or not math.isclose(ours.total, theirs.total, rel_tol=1e-12):
            raise SystemExit(f"{what}: ours and {way} do not read the same: {ours} {theirs}")
    ours, theirs = zip(*pairs, strict=True)
    for name, runs in (("ours", ours), (way, theirs)):
        seconds = sorted(run.seconds * 1000 for run in runs)
        rise = statistics.median(run.rise for run in runs)
        spread = f"{seconds[0]:8.1f} {statistics.median(seconds):8.1f} {seconds[-1]:8.1f}"
        print(
            f"  {what} {name:15s} ms min, median, max {spread}   rise {rise:7.1f} MB   {runs[0].cells:,} cells"
        )
    faster = statistics.median(theirs.seconds / ours.seconds for ours, theirs in pairs)
    leaner = statistics.median(run.rise for run in ours) / statistics.median(run.rise for run in theirs)
    marks = ["✓" if faster >= FASTER else "✗", "✓" if leaner <= LEANER else "✗"]
    print(f"  {what} {faster:5.1f} × faster {marks[0]}   {leaner:5.2f} of the memory {marks[1]}")
    return "✗" not in marks


def _started(way: str, path: Path, warm: bool) -> Run:
    command = [sys.executable, __file__, "--run", way, "--file", str(path), *(["--warm"] if warm else [])]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def _measured(way: str, path: Path, *, warm: bool) -> dict[str, Any]:
    """Import, perhaps read a small file, then read the file: only the last is measured."""
    read = _reader(way)
    if warm:
        with tempfile.TemporaryDirectory() as folder:
            small = Path(folder) / "small"
            text = SMALL["tsv" if path.name.endswith(".tsv.gz") else "csv"].encode()
            small.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
            read(small)
    Path("/proc/self/clear_refs").write_text("5")  # forget the highest mark, which imports may have set
    before = _resident()
    started = time.perf_counter()
    frame = read(path)
    seconds = time.perf_counter() - started
    after = _resident()
    values = frame["value"]
    filled = values.is_not_null() if way == "ours" else values.notna()
    counted = frame["state"].value_counts()
    states = dict(counted.iter_rows()) if way == "ours" else counted[counted > 0].to_dict()
    return {
        "seconds": seconds,
        # Program code that is read from disk when it is first needed is no memory of the data.
        "rise": after["VmHWM"] - before["VmRSS"] - (after["RssFile"] - before["RssFile"]),
        "cells": len(frame),
        "filled": int(filled.sum()),
        "total": float(values.sum()),
        "states": {str(state): int(count) for state, count in states.items()},
    }


def _reader(way: str) -> Callable[[Path], Any]:
    if way == "ours":
        from regional_analytics import sources

        return lambda path: sources.read(path).observations
    import other_readers

    ways = {
        "eurostat": other_readers.by_eurostat,
        "pandas": other_readers.by_pandas,
        "careful-pandas": other_readers.by_careful_pandas,
    }
    return ways[way]


def _resident() -> dict[str, float]:
    """Megabytes in memory now (VmRSS), of them from files (RssFile), and at most since the mark was reset (VmHWM)."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {
        words[0].rstrip(":"): int(words[1]) / 1024
        for words in lines
        if words[0].startswith(("VmRSS", "VmHWM", "RssFile"))
    }


def _with_crlf(source: Path, target: Path) -> Path:
    """Eurostat sends lines that end in CRLF, and its package splits there; our copy of the file has lost the CR."""
    text = gzip.decompress(source.read_bytes()).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    target.write_bytes(gzip.compress(text, mtime=0))
    return target


def _large(path: Path) -> int:
    """Five million rows: seconds, highest memory, and what the observations themselves take."""
    import large_table

    large_table.write(path)
    run = _started("ours", path, warm=True)
    size = path.stat().st_size / 2**20
    print(f"{run.cells:,} rows, {size:.0f} MB of text: {run.seconds:.1f} s, rise {run.rise:.0f} MB")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--large", action="store_true", help="read five million generated rows instead")
    parser.add_argument(
        "--run", choices=["ours", "eurostat", "pandas", "careful-pandas"], help=argparse.SUPPRESS
    )
    parser.add_argument("--file", help=argparse.SUPPRESS)
    parser.add_argument("--warm", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
