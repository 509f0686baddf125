"""Who comes nearer to the others and who falls behind, over years that can be compared.

ManyRegions → the span (as long as it still compares most regions) → changes, β- and σ-convergence
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterpolisee.evidence.models import DerivedVersion, Indicator
from clusterpolisee.evidence.structure import ManyRegions, change_between
from regional_analytics import measures

SHORTEST_SPAN = 3
FEWEST_REGIONS = 6
# A longer span may lose this part of the regions that the best shorter one compares.
MAY_LOSE = 0.25


@dataclass(frozen=True)
class Mover:
    """One region at both ends. change: points or percent, as the indicator counts."""

    code: str
    start: float
    end: float
    change: float


@dataclass(frozen=True)
class CatchingUp:
    """The regions comparable over a span, in the order of their change, the greatest gain first."""

    start: int
    end: int
    movers: tuple[Mover, ...]
    beta: measures.BetaConvergence | None
    spread_start: float
    spread_end: float
    compared_by_year: int
    left_out: int

    @property
    def nearer(self) -> bool:
        return self.spread_end < self.spread_start

    @property
    def behind_grow_faster(self) -> bool | None:
        """None where the slope cannot be told from zero (within two standard errors)."""
        if self.beta is None or abs(self.beta.slope) <= 2 * self.beta.standard_error:
            return None
        return self.beta.slope < 0


def catching_up(many: ManyRegions, end: int, indicator: Indicator | DerivedVersion) -> CatchingUp | None:
    """Up to the year shown; where a break stands just before it, up to the last year before the break."""
    for last in [year for year in reversed(many.years) if year <= end]:
        span = span_of_most(many, last)
        if span is not None:
            return _over(many, *span, indicator)
    return None


def span_of_most(many: ManyRegions, end: int, *, fewest: int = FEWEST_REGIONS) -> tuple[int, int] | None:
    """The longest span up to a year that still compares most of the regions; None where too few can be compared."""
    starts = [year for year in many.years if year <= end - SHORTEST_SPAN]
    counts = {year: sum(many.comparable_span(code, year, end) for code in many.regions) for year in starts}
    if not counts or max(counts.values()) < fewest:
        return None
    enough = (1 - MAY_LOSE) * max(counts.values())
    return min(year for year, count in counts.items() if count >= enough), end


def _over(
    many: ManyRegions, start: int, end: int, indicator: Indicator | DerivedVersion
) -> CatchingUp | None:
    movers = []
    for code in many.regions:
        if not many.comparable_span(code, start, end):
            continue
        series = many.series(code)
        before, after = series.at(start), series.at(end)
        assert before is not None and after is not None
        assert before.value is not None and after.value is not None
        change = change_between(before.value, after.value, in_points=indicator.counts_in_points)
        if change is not None:
            movers.append(Mover(code, before.value, after.value, change))
    if len(movers) < FEWEST_REGIONS:
        return None
    ends = np.array([[mover.start for mover in movers], [mover.end for mover in movers]])
    spread = measures.sigma_convergence(ends)
    if np.ma.getmaskarray(spread.variation).any():
        return None
    try:
        beta = measures.beta_convergence(ends[0], ends[1], end - start)
    except measures.TooFewRegions:
        beta = None
    best = 1 if indicator.direction >= 0 else -1
    return CatchingUp(
        start=start,
        end=end,
        movers=tuple(sorted(movers, key=lambda mover: (-best * mover.change, mover.code))),
        beta=beta,
        spread_start=float(spread.variation[0]),
        spread_end=float(spread.variation[1]),
        compared_by_year=spread.regions,
        left_out=len(many.regions) - len(movers),
    )
