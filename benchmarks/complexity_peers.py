"""One contestant: python benchmarks/complexity_peers.py NAME FILE.parquet [--years N] [--rounds N]

From a tidy table in memory to all that the contestant has to say, in a process of its own, as often as asked. Prints the
seconds of each round, and the most memory the process ever had.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any


def ours(table: Any, *, precision: str = "exact", workers: int = 1) -> Callable[[], Any]:
    import regional_analytics as ra

    def run() -> Any:
        found = ra.Panel.from_table(table, absent="zero").complexity(precision=precision, workers=workers)
        return found.cells(), found.regions(), found.activities()

    return run


def ecomplexity(table: Any) -> Callable[[], Any]:
    from ecomplexity import ecomplexity as peer

    frame = table.to_pandas()
    columns = {"time": "year", "loc": "region", "prod": "activity", "val": "value"}
    # Its check of log-supermodularity costs more than all the rest of a small table, and is no result.
    return lambda: peer(frame, columns, check_logsupermodularity=False, verbose=False)


def econcomplex(table: Any) -> Callable[[], Any]:
    from econcomplex import compute_complexity

    frame = table.to_pandas()
    columns = {"time": "year", "loc": "region", "act": "activity", "val": "value"}
    return lambda: compute_complexity(frame, columns)


def economic_complexity(table: Any) -> Callable[[], Any]:
    import economic_complexity as peer

    frame = table.to_pandas()

    def run() -> Any:
        results = []
        for _, year in frame.groupby("year"):
            wide = year.pivot_table(
                index="region", columns="activity", values="value", aggfunc="sum", fill_value=0.0
            )
            advantage = peer.rca(wide)
            eci, pci = peer.complexity(advantage)
            near = peer.proximity(advantage)
            related = peer.relatedness(advantage, proximities=near)
            results.append((eci, pci, related, peer.opportunity_gain(advantage, proximities=near, pci=pci)))
        return results

    return run


def econci(table: Any) -> Callable[[], Any]:
    from econci import Complexity

    frame = table.to_pandas()

    def run() -> Any:
        results = []
        for _, year in frame.groupby("year"):
            one = Complexity(year, c="region", p="activity", values="value")
            one.calculate_indexes()
            results.append(one)
        return results

    return run


def fermi(table: Any) -> Callable[[], Any]:
    import numpy as np
    from fermi import MatrixProcessorCA, RelatednessMetrics, efc

    frame = table.to_pandas()

    def run() -> Any:
        results = []
        for _, year in frame.groupby("year"):
            wide = year.pivot_table(
                index="region", columns="activity", values="value", aggfunc="sum", fill_value=0.0
            )
            has = MatrixProcessorCA().load(wide).compute_rca().binarize().get_matrix()
            complexity = efc().load(has).get_eci_pci()
            near = RelatednessMetrics(has).get_projection(rows=False, projection_method="proximity")
            sums = np.asarray(near.sum(axis=0)).ravel()
            density = np.asarray((has @ near).todense()) / np.where(sums > 0, sums, 1)
            results.append((complexity, density))
        return results

    return run


CONTESTANTS: dict[str, Callable[[Any], Callable[[], Any]]] = {
    "ours": ours,
    "ours, fast": lambda table: ours(table, precision="fast"),
    "ours, two workers": lambda table: ours(table, workers=2),
    "ecomplexity": ecomplexity,
    "econcomplex": econcomplex,
    "economic-complexity": economic_complexity,
    "econci": econci,
    "fermi-cref": fermi,
}


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("name", choices=CONTESTANTS)
    options.add_argument("file", type=Path)
    options.add_argument("--years", type=int, help="the first so many")
    options.add_argument("--rounds", type=int, default=1)
    given = options.parse_args()
    import polars as pl

    table = pl.read_parquet(given.file)
    if given.years:
        table = table.filter(pl.col("year") < 2000 + given.years)
    warnings.simplefilter("ignore")
    run, seconds = CONTESTANTS[given.name](table), []
    with contextlib.redirect_stdout(io.StringIO()):  # some talk while they work
        for _ in range(given.rounds):
            before = time.perf_counter()
            run()
            seconds.append(time.perf_counter() - before)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    json.dump({"seconds": seconds, "gigabytes": memory}, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
