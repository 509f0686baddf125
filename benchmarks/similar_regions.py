"""Measure the search for similar regions: python benchmarks/similar_regions.py [--regions N] [--variables N] [--draws N]

All pairs of a continent: structural distance, who is nearest under all drawn weights, and who could help whom. One thread
for linear algebra; --workers 2 uses two cores. The table is made up, the same each time: a few things in common, the
rest by chance. What misses its aim is marked ✗. Processor seconds count when the machine is busy with other things.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

import regional_analytics as ra

DIMENSIONS = 8
IN_COMMON = 6  # things that lie behind all variables
UNKNOWN_ONE_IN = 20
ACTIVITIES = 600
AIM_STABILITY, AIM_DISTANCE, AIM_PARTNERS, AIM_MB = 10.0, 1.0, 2.0, 600


@dataclass(frozen=True)
class Measured:
    name: str
    seconds: float
    processor: float
    aim: float

    @property
    def is_met(self) -> bool:
        return min(self.seconds, self.processor) < self.aim


def main() -> int:
    options = _options()
    table = _table(options.regions, options.variables)
    chance = np.random.default_rng(2)
    partly = np.ma.MaskedArray(table, mask=chance.random(table.shape) < 1 / UNKNOWN_ONE_IN)
    scheme = ra.Weighting(dimensions=tuple(f"dimension {at % DIMENSIONS}" for at in range(options.variables)))
    has, related = _presence(options.regions, ACTIVITIES)

    def stability(values: np.ndarray, drawn: str) -> Callable[[], object]:
        return lambda: ra.neighbour_stability(
            values, seed=1, draws=options.draws, weighting=scheme, drawn=drawn, workers=options.workers
        )

    def distance() -> object:
        return ra.nearest_regions(ra.structural_distance(partly, weighting=scheme).distance)

    with threadpool_limits(limits=1, user_api="blas"):
        found = [
            _measured("distance and nearest, one cell in twenty unknown", distance, AIM_DISTANCE),
            _measured("stability by dimension", stability(table, "dimensions"), AIM_STABILITY),
            _measured("… one cell in twenty unknown", stability(partly, "dimensions"), AIM_STABILITY),
            _measured("stability by variable", stability(table, "variables"), AIM_STABILITY),
            _measured("… one cell in twenty unknown", stability(partly, "variables"), AIM_STABILITY),
            _measured("partners", lambda: ra.complementary_partners(has, related), AIM_PARTNERS),
        ]
    for one in found:
        mark = "✓" if one.is_met else "✗"
        print(
            f"{mark} {one.name:50} {one.seconds:6.2f} s, processor {one.processor:6.2f} s   under {one.aim:g} s"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'✓' if peak < AIM_MB else '✗'} {'most memory':50} {peak:6.0f} MB   under {AIM_MB} MB")
    return 0 if all(one.is_met for one in found) and peak < AIM_MB else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the search for similar regions.")
    parser.add_argument("--regions", type=int, default=1500)
    parser.add_argument("--variables", type=int, default=60)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def _table(regions: int, variables: int) -> np.ndarray:
    chance = np.random.default_rng(1)
    common = chance.normal(size=(regions, IN_COMMON)) @ chance.normal(size=(IN_COMMON, variables))
    return ra.scale_variables(common + chance.normal(size=(regions, variables))).filled(np.nan)


def _presence(regions: int, activities: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(3)
    related = chance.random((activities, activities))
    return chance.random((regions, activities)) < 0.3, related + related.T


def _measured(name: str, work: Callable[[], object], aim: float) -> Measured:
    seconds, processor = time.perf_counter(), time.process_time()
    work()
    return Measured(name, time.perf_counter() - seconds, time.process_time() - processor, aim)


if __name__ == "__main__":
    sys.exit(main())
