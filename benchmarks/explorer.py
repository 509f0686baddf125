"""Measure the evidence explorer on a large instance: python benchmarks/explorer.py [HOME] [--page NAME=ADDRESS …]

Without HOME it makes one with 20 million observations in 200 tables (large_world.py). It starts the real server on it
and asks for each page over 16 connections, anonymously and as a reader who is signed in; times one API series one after
the other; and imports a file of five million rows in a process of its own. What misses its aim is marked ✗.
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
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import large_world
from load import load
from pages import Finding, _count, _demo, _seconds_of, _status

HERE = Path(__file__).resolve().parent
PAGES = {
    "indicator": "/en/indicators/bench_002_0/",
    "rate": "/bg/indicators/bench_150_0/",
    "activity": "/bg/activities/C14/",
    "category": "/en/categories/food-and-drink/",
    "comparison": "/en/regions/compare/?r=BG31&r=EL52",
    "region": "/bg/regions/BG31/",
    "data": "/en/data/",
}
SERIES = "/api/v1/indicators/bench_002_0/series?region=BG31"
AIM_MS = dict.fromkeys(PAGES, 150)
AIM_SERIES_MS = 30
AIM_IMPORT_SECONDS, AIM_IMPORT_MB = 60, 1200
SERIES_ASKED = 60
IMPORTED_ROWS = 5_000_000


def main() -> int:
    options = _options()
    if options.import_into:
        print(json.dumps(_imported(options.import_into)))
        return 0
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-large-") as folder:
        home = options.home or Path(folder) / "home"
        if not (home / "clusterpolisee.sqlite3").exists():
            subprocess.run([sys.executable, str(HERE / "large_world.py"), str(home)], check=True)
        findings = list(_measured(options, home))
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = ("✓" if finding.is_met else "✗") if finding.aim else " "
        print(f"{mark} {finding.name:{width}}  {finding.text:>22}  {finding.aim}")
    return 0 if all(finding.is_met for finding in findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the evidence explorer on a large instance.")
    parser.add_argument("home", type=Path, nargs="?", help="an instance made by large_world.py; kept")
    parser.add_argument(
        "--page", dest="pages", action="append", metavar="NAME=ADDRESS", help="instead of the usual ones"
    )
    parser.add_argument(
        "--series", default=SERIES, metavar="ADDRESS", help="one series of the API; “” leaves it out"
    )
    parser.add_argument("--seconds", type=int, default=5, help="of each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-import", action="store_true", help="leave the import out")
    parser.add_argument("--import-into", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(options: argparse.Namespace, home: Path) -> Iterator[Finding]:
    environment = os.environ | {
        "CLUSTERPOLISEE_HOME": str(home),
        "CLUSTERPOLISEE_DEMO": "1",
        "PYTHONPATH": _path(),
    }
    pages = dict(one.split("=", 1) for one in options.pages) if options.pages else PAGES
    with _demo(
        environment, options.workers
    ) as ours:  # the first start also brings the demo figures and accounts
        yield Finding("start", f"{ours.seconds:.1f} s")
        there = {name: page for name, page in pages.items() if _status(ours.site + page) == 200}
        for name in pages.keys() - there.keys():
            yield Finding(f"{name} page", "does not answer 200", pages[name], False)
    cookies = {name: _count(page, environment) for name, page in there.items()}
    with _demo(environment, options.workers) as ours:
        for name, page in there.items():
            yield Finding(
                f"{name} page, for the first time", f"{_seconds_of(ours.site + page) * 1000:.0f} ms"
            )
            yield from _read_by_many(options, name, ours.site + page, cookies[name]["cookie"])
            first, _, third = cookies[name]["queries"]
            yield Finding(f"{name} page, queries first and third", f"{first} and {third}")
        if options.series:
            yield _series(ours.site + options.series)
    if not options.no_import:
        yield from _import()


def _read_by_many(options: argparse.Namespace, name: str, page: str, cookie: str) -> Iterator[Finding]:
    for who, said in (("anonymous", ""), ("signed in", cookie)):
        load(
            page, connections=options.connections, seconds=2, cookie=said
        )  # every worker has drawn its pictures
        rounds = [
            load(page, connections=options.connections, seconds=options.seconds, cookie=said)
            for _ in range(options.rounds)
        ]
        p95 = statistics.median(one.p95_ms for one in rounds)
        failures = sum(one.failures for one in rounds)
        aim = AIM_MS.get(name) if who == "anonymous" else None
        per_second = statistics.median(one.requests_per_second for one in rounds)
        if not per_second:
            yield Finding(f"{name} page, {who}", "no answer in time", f"within {options.seconds} s", False)
            continue
        yield Finding(
            f"{name} page, {who}, 95th percentile",
            f"{p95:.0f} ms ({per_second:.0f}/s)",
            f"under {aim} ms" if aim else "",
            not aim or p95 < aim,
        )
        yield Finding(f"{name} page, {who}, failures", str(failures), "none", failures == 0)


def _series(address: str) -> Finding:
    """The server's own time, as one reader waits for it: from asking to the first byte, one after the other."""
    if _status(address) != 200:
        return Finding("API, one series", "does not answer 200", address, False)
    times = []
    for _ in range(SERIES_ASKED):
        before = time.perf_counter()
        with urllib.request.urlopen(address, timeout=60):
            times.append((time.perf_counter() - before) * 1000)
    p95 = sorted(times)[int(SERIES_ASKED * 0.95)]
    text = f"{statistics.median(times):.0f} ms, p95 {p95:.0f} ms"
    return Finding("API, one series", text, f"p95 under {AIM_SERIES_MS} ms", p95 < AIM_SERIES_MS)


# An import of millions -----------------------------------------------------------------------------------


def _import() -> Iterator[Finding]:
    """In a process of its own and an instance of its own: its memory is the import's."""
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-import-") as folder:
        command = [sys.executable, str(HERE / "explorer.py"), "--import-into", folder]
        environment = os.environ | {"PYTHONPATH": _path()}
        said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    found = json.loads(said.splitlines()[-1])
    rows = f"import of {found['rows']:,} rows, {found['megabytes']:.0f} MB"
    seconds, peak = found["seconds"], found["peak_mb"]
    yield Finding(rows, f"{seconds:.1f} s", f"under {AIM_IMPORT_SECONDS} s", seconds < AIM_IMPORT_SECONDS)
    yield Finding(
        "… again, next to the version before",
        f"{found['again_seconds']:.1f} s",
        f"under {AIM_IMPORT_SECONDS} s",
        found["again_seconds"] < AIM_IMPORT_SECONDS,
    )
    yield Finding(
        "… most memory of both", f"{peak:.0f} MB", f"under {AIM_IMPORT_MB} MB", peak < AIM_IMPORT_MB
    )


def _imported(folder: Path) -> dict[str, float]:
    """Import five million rows, then the same table with every tenth figure revised."""
    import resource

    large_world.start(folder / "home")
    from clusterpolisee.config.command import main as command

    command(["setup"])
    (shape,) = [large_world.Shape(0, *_five_million())]
    from clusterpolisee.evidence.actions import Source, describe_table, import_file
    from clusterpolisee.shell.accounts.queries import operator

    describe_table(actor=operator(), text=large_world.described(shape), now=large_world.NOW)
    _write(shape, folder / "first.csv", revised=False)
    _write(shape, folder / "second.csv", revised=True)
    seconds, processor = [], []
    for name in ("first.csv", "second.csv"):
        source = Source(name=name, retrieved_on=large_world.NOW.date())
        before, used_before = time.monotonic(), time.process_time()
        outcome = import_file(
            actor=operator(), file=folder / name, source=source, dataset=shape.code, now=large_world.NOW
        )
        seconds.append(time.monotonic() - before)
        processor.append(time.process_time() - used_before)
        if outcome.kind == "staged":
            command(["data", "accept", shape.code])
    assert outcome.report is not None
    return {
        "rows": outcome.report.rows,
        "revised": outcome.report.revised,
        "megabytes": (folder / "first.csv").stat().st_size / 1e6,
        "seconds": seconds[0],
        "again_seconds": seconds[1],
        "processor_seconds": processor,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _five_million() -> tuple[list[str], list[str], list[str], list[int]]:
    from regional_analytics.codes import nace, nuts

    regions, activities = sorted(nuts.codes(large_world.NUTS)), sorted(nace.divisions())
    years = round(IMPORTED_ROWS / len(regions) / len(activities)) + 1
    return regions, activities, ["THS"], list(range(2025 - years, 2025))


def _write(shape: large_world.Shape, path: Path, *, revised: bool) -> None:
    """In a process of its own, so that making the file is not taken for importing it."""
    program = (
        "import sys, json, polars as pl, large_world as w;"
        "frame = w.frame_of(w.Shape(*json.loads(sys.argv[1])));"
        f"frame = frame.with_columns(pl.when(pl.int_range(pl.len()) % 10 == 0).then(pl.col('value') * 1.1).otherwise('value').round(1).alias('value')) if {revised} else frame;"
        "frame.select(unit='series', nace_r2='activity', geo='region', time='year', obs_value='value', obs_flag='flag').write_csv(sys.argv[2])"
    )
    said = json.dumps([shape.number, shape.regions, shape.activities, shape.series, shape.years])
    subprocess.run(
        [sys.executable, "-c", program, said, str(path)],
        check=True,
        cwd=HERE,
        env=os.environ | {"PYTHONPATH": _path()},
    )


def _path() -> str:
    return os.pathsep.join(
        filter(None, [str(HERE), str(HERE.parent / "src"), os.environ.get("PYTHONPATH", "")])
    )


if __name__ == "__main__":
    sys.exit(main())
