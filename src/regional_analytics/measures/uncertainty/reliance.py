"""Whether a location quotient can be relied on: three marks, by a named scheme that says which rule decided.

The thresholds are data: a scheme has a name and a version, is handed in, and comes back with the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from regional_analytics.measures.inputs import Flags, Masked, RefusedInput, ratio
from regional_analytics.measures.uncertainty.small_cells import (
    QuotientInterval,
    quotient_interval,
    read_counts,
)
from regional_analytics.notes import Notes

MaskedMarks: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int8]]"


class Mark(IntEnum):
    """How far a quotient can be relied on."""

    DO_NOT_RELY = 0
    WITH_CARE = 1
    RELIABLE = 2


class Rule(IntEnum):
    """What decided a mark, the harshest first."""

    UNDEFINED = 0  # there is no quotient: 0/0, or no bound
    TOO_FEW_PEOPLE = 1
    TOO_WIDE = 2
    FEW_PEOPLE = 3
    WIDE = 4
    AVERAGE_INSIDE = 5  # it may be above or below the area's average
    NOTHING_AGAINST = 6


@dataclass(frozen=True)
class RelianceScheme:
    """What is asked of a quotient, by name and version.

    fewest         do not rely below this many people (draws): those in the cell or those expected, whichever are more
    enough         with care below this many
    widest         do not rely where the interval is wider than this, in parts of the quotient, or of 1 if that is more
    wide           with care where it is wider than this
    near_average   with care where the interval holds 1, unless it lies in 1 ± this altogether: then it is simply average
    level          of the interval
    """

    name: str
    version: str
    fewest: float
    enough: float
    widest: float
    wide: float
    near_average: float
    level: float

    def __post_init__(self) -> None:
        for lesser, greater in (("fewest", "enough"), ("wide", "widest")):
            if not 0 <= getattr(self, lesser) <= getattr(self, greater) < np.inf:
                raise RefusedInput(
                    f"{lesser} of “{self.name}” is {getattr(self, lesser):g} and {greater} {getattr(self, greater):g}",
                    remedy=f"{lesser} is 0 or more, and {greater} not below it.",
                )
        if not 0 <= self.near_average < 1:
            raise RefusedInput(
                f"near_average of “{self.name}” is {self.near_average:g}", remedy="It lies from 0 to below 1."
            )
        if not 0 < self.level < 1:
            raise RefusedInput(f"level of “{self.name}” is {self.level:g}", remedy="It lies between 0 and 1.")


CAREFUL = RelianceScheme(
    "careful", "1", fewest=20, enough=100, widest=1.0, wide=0.5, near_average=0.1, level=0.95
)


@dataclass(frozen=True, eq=False)
class Reliance:
    """How far each quotient can be relied on, and why.

    mark         (regions, activities), numbers of Mark; masked where the quotient is unknown
    decided_by   (regions, activities), numbers of Rule: the first that applied
    interval     what the marks rest on
    width        (regions, activities), high − low, in parts of the quotient or of 1 if that is more
    scheme       the thresholds
    """

    mark: MaskedMarks
    decided_by: MaskedMarks
    interval: QuotientInterval
    width: Masked
    scheme: RelianceScheme

    def count(self, mark: Mark) -> int:
        """How many cells have the mark."""
        return int((self.mark == mark).filled(False).sum())


def reliance(
    employment: npt.ArrayLike,
    *,
    scheme: RelianceScheme = CAREFUL,
    draws_per_unit: npt.ArrayLike = 1.0,
    area: npt.ArrayLike | None = None,
    region_totals: npt.ArrayLike | None = None,
    area_total: float | None = None,
    region_in_area: bool = True,
    notes: Notes | None = None,
) -> Reliance:
    """Mark each location quotient as reliable, to be read with care, or not to be relied on.

        people = max(E[r, a], E[r, ·] E[·, a] / E[·, ·])        width = (high − low) / max(LQ[r, a], 1)

        DO_NOT_RELY   no quotient; people < fewest; width > widest
        WITH_CARE     people < enough; width > wide; low < 1 < high, and not within 1 ± near_average
        RELIABLE      otherwise

    employment       (regions, activities), people
    scheme           the thresholds; CAREFUL by default
    draws_per_unit, area, region_totals, area_total, region_in_area   as in quotient_interval ("fieller"). People are
                     counted in draws
    Returns a Reliance. Three people where five hundred are expected say reliably that there is next to nothing; three
    where two are expected say nothing: so the people expected count too. Masked where the quotient is.
    Raises NegativeEmployment, NotFinite, WrongShape; RefusedInput for draws that are not above 0. RelianceScheme refuses
    thresholds that make no sense.
    Source: ours. That figures of fewer than 20 are not relied on is a custom of statistical offices.

    >>> jobs = [[6.0, 400.0, 594.0], [2994.0, 19600.0, 76406.0]]
    >>> found = reliance(jobs)
    >>> [Mark(mark).name for mark in found.mark[0]], [Rule(rule).name for rule in found.decided_by[0]]
    (['WITH_CARE', 'RELIABLE', 'RELIABLE'], ['FEW_PEOPLE', 'NOTHING_AGAINST', 'NOTHING_AGAINST'])
    """
    notes = Notes() if notes is None else notes
    interval = quotient_interval(
        employment,
        level=scheme.level,
        draws_per_unit=draws_per_unit,
        area=area,
        region_totals=region_totals,
        area_total=area_total,
        region_in_area=region_in_area,
        notes=notes,
    )
    counted = read_counts(employment, draws_per_unit, area, region_totals, area_total)
    expected = np.nan_to_num(ratio(counted.region, counted.area)) * counted.activity
    people = np.maximum(counted.jobs, expected)
    low, high = interval.low.filled(np.nan), interval.high.filled(np.nan)
    width = (high - low) / np.maximum(interval.quotient.filled(np.nan), 1.0)
    near = (low >= 1.0 - scheme.near_average) & (high <= 1.0 + scheme.near_average)
    against: list[tuple[Rule, Flags]] = [
        (Rule.UNDEFINED, np.isnan(width)),
        (Rule.TOO_FEW_PEOPLE, people < scheme.fewest),
        (Rule.TOO_WIDE, width > scheme.widest),
        (Rule.FEW_PEOPLE, people < scheme.enough),
        (Rule.WIDE, width > scheme.wide),
        (Rule.AVERAGE_INSIDE, (low < 1.0) & (high > 1.0) & ~near),
    ]
    decided = np.select(
        [holds for _, holds in against], [int(rule) for rule, _ in against], int(Rule.NOTHING_AGAINST)
    )
    mark = np.where(
        decided <= Rule.TOO_WIDE,
        int(Mark.DO_NOT_RELY),
        np.where(decided == Rule.NOTHING_AGAINST, int(Mark.RELIABLE), int(Mark.WITH_CARE)),
    )
    unknown = np.ma.getmaskarray(interval.quotient)
    return Reliance(
        np.ma.MaskedArray(mark.astype(np.int8), mask=unknown),
        np.ma.MaskedArray(decided.astype(np.int8), mask=unknown),
        interval,
        np.ma.MaskedArray(np.where(unknown, np.nan, width), mask=unknown),
        scheme,
    )
