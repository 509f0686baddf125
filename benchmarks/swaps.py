"""A hundred versions change places while readers read: python benchmarks/swaps.py [--swaps 100] [--readers 8] [--answers 8]

The real server answers; readers ask without pause for a table of one region; meanwhile the table's version in use changes
a hundred times, by imports, by going back and by accepting again. A swap takes less time than an answer made afresh, so
each waits until the readers have had eight more; the readers stop for nothing. Every figure of version N is 1000 + N, so
an answer whose figures and origin do not all say the same N was mixed from two versions. Aims: none failed, none mixed,
none that never was.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import large_world
from explorer import _path
from pages import Finding, _demo

# The table of one region's activities, as CSV: every line says one figure of the version in use.
CODE, REGION = "sbs_r_nuts06_r2", "BG31"
TABLE = f"/en/regions/{REGION}/tables/activities.csv"
DIVISIONS = [f"C{number}" for number in range(10, 34)]
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
OFFSET = 1000
PARTS = (REGION, "BG32", "BG33", "BG34", "BG41", "BG42")  # the country is their sum
PATIENCE = 60  # seconds; a server that answers nobody must not hold the benchmark for ever


@dataclass
class Seen:
    """What the readers got; `more` wakes who waits for further answers."""

    answers: int = 0
    during_swaps: int = 0
    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    versions: Counter[int] = field(default_factory=Counter)
    slowest_ms: float = 0
    swapping: bool = False
    more: threading.Condition = field(default_factory=threading.Condition)

    def count(self, milliseconds: float) -> None:
        with self.more:
            self.slowest_ms = max(self.slowest_ms, milliseconds)
            self.answers += 1
            self.during_swaps += self.swapping
            self.more.notify_all()

    def wait_for_more(self, answers: int) -> None:
        with self.more:
            wanted = self.answers + answers
            if not self.more.wait_for(lambda: self.answers >= wanted, timeout=PATIENCE):
                self.failed.append(f"no {answers} answers within {PATIENCE} s of a swap")


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-swaps-") as folder:
        environment = os.environ | {
            "CLUSTERPOLISEE_HOME": folder,
            "CLUSTERPOLISEE_DEMO": "1",
            "PYTHONPATH": _path(),
        }
        with _demo(environment, options.workers) as server:
            large_world.start(Path(folder))
            used = [_bring()]
            seen, done = Seen(), threading.Event()
            readers = [
                threading.Thread(target=_read, args=(server.site, seen, done)) for _ in range(options.readers)
            ]
            before = time.monotonic()
            for reader in readers:
                reader.start()
            try:
                for step in range(options.swaps):
                    seen.swapping = True
                    used.append(_swap(step))
                    seen.swapping = False
                    seen.wait_for_more(options.answers)
            finally:
                done.set()
                for reader in readers:
                    reader.join()
            seconds = time.monotonic() - before
            last = _figures(server.site)
    findings = _findings(options, seen, used, last, seconds)
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = ("✓" if finding.is_met else "✗") if finding.aim else " "
        print(f"{mark} {finding.name:{width}}  {finding.text:>24}  {finding.aim}")
    for example in [*seen.failed[:3], *seen.mixed[:3]]:
        print(f"    {example}")
    return 0 if all(finding.is_met for finding in findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Change versions under load.")
    parser.add_argument("--swaps", type=int, default=100)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument(
        "--answers", type=int, default=8, help="that readers have between two swaps, at least"
    )
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


def _findings(
    options: argparse.Namespace, seen: Seen, used: list[int], last: set[int], seconds: float
) -> list[Finding]:
    never = sorted(set(seen.versions) - set(used))
    wanted = options.swaps * options.answers
    return [
        Finding("swaps", f"{options.swaps} in {seconds:.0f} s"),
        Finding(
            "answers",
            f"{seen.answers:,} by {options.readers} readers",
            f"at least {wanted:,}",
            seen.answers >= wanted,
        ),
        Finding("… that came during a swap", f"{seen.during_swaps:,}"),
        Finding(
            "versions seen",
            f"{len(seen.versions)} of {len(set(used))}",
            "at least 10",
            len(seen.versions) >= 10,
        ),
        Finding("slowest answer", f"{seen.slowest_ms:.0f} ms"),
        Finding("failed answers", str(len(seen.failed)), "none", not seen.failed),
        Finding("mixed answers", str(len(seen.mixed)), "none", not seen.mixed),
        Finding("answers of versions never in use", str(len(never)), "none", not never),
        Finding("the last answer is of the last version", str(last), str({used[-1]}), last == {used[-1]}),
    ]


# Reading -------------------------------------------------------------------------------------------------


def _read(site: str, seen: Seen, done: threading.Event) -> None:
    """Ask until all is done. Each reader keeps what it saw in lists and counters that only grow."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    while not done.is_set():
        before = time.perf_counter()
        try:
            connection.request("GET", TABLE)
            answer = connection.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException) as mistake:
            seen.failed.append(repr(mistake))
            connection.close()
            continue
        seen.count((time.perf_counter() - before) * 1000)
        found = _versions_in(body) if answer.status == 200 else set()
        if answer.status != 200 or not found:
            seen.failed.append(f"{answer.status}: {body[:100]}")
        elif len(found) > 1:
            seen.mixed.append(str(sorted(found)))
        else:
            seen.versions.update(found)


def _figures(site: str) -> set[int]:
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    connection.request("GET", TABLE)
    return _versions_in(connection.getresponse().read().decode())


def _versions_in(body: str) -> set[int]:
    """The versions an answer speaks of: by its origin, and by each figure."""
    lines = body.splitlines()
    said = {int(line.rpartition(" ")[2]) for line in lines if line.startswith("# version:")}
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    figures = {round(float(row["persons_employed"])) - OFFSET for row in rows if row["persons_employed"]}
    return said | figures if figures else set()


# Swapping ------------------------------------------------------------------------------------------------


def _bring() -> int:
    """Import the next version and bring it into use; returns its number, which its figures say too."""
    from clusterpolisee.evidence.actions import Source, accept_version, import_file
    from clusterpolisee.evidence.models import DatasetVersion
    from clusterpolisee.shell.accounts.queries import operator

    number = DatasetVersion.objects.filter(dataset__code=CODE).count() + 1
    figure = OFFSET + number
    lines = "".join(
        f"{region},{division},{year},{figure if region in PARTS else figure * len(PARTS)}\n"
        for region in ("BG", *PARTS)
        for division in DIVISIONS
        for year in range(2010, 2016)
    )
    outcome = import_file(
        actor=operator(),
        file=f"geo,nace_r2,time,value\n{lines}".encode(),
        source=Source(name=f"{CODE}-{number}.csv", retrieved_on=date(2026, 11, 20)),
        dataset=CODE,
        now=NOW,
    )
    assert outcome.version is not None and outcome.version.number == number
    if outcome.version.waits:
        accept_version(actor=operator(), version=outcome.version, now=NOW)
    return number


def _swap(step: int) -> int:
    """Two imports, back to the first of them, forward again: four swaps with two files."""
    from clusterpolisee.evidence.actions import accept_version, roll_back
    from clusterpolisee.evidence.queries import dataset
    from clusterpolisee.shell.accounts.queries import operator

    table = dataset(CODE)
    assert table is not None
    kind = step % 4
    if kind < 2:
        return _bring()
    if kind == 2:
        return roll_back(actor=operator(), dataset=table, now=NOW).number
    newest = table.versions.order_by("-number").first()
    assert newest is not None
    return accept_version(actor=operator(), version=newest, now=NOW).number


if __name__ == "__main__":
    sys.exit(main())
