"""The figures of an indicator, whether a table has them or a formula makes them: the same questions of both.

    Indicator      ──▶ TableFigures     cells of one series of one dataset version
    DerivedVersion ──▶ DerivedFigures   values of a plan over several of them

Pages, exports and the API ask these and need not know which it is; what only a derived indicator can tell (its parts,
what is missing of them) is asked of `DerivedFigures`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from clusterpolisee.evidence import derived_plans, queries, structure
from clusterpolisee.evidence.derived_plans import Defined, NotComputable, Plan, comparable_of, plan_over
from clusterpolisee.evidence.derived_tables import DerivedTable, table_of
from clusterpolisee.evidence.figure_refs import FigureRef
from clusterpolisee.evidence.models import DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.structure import Cell, ManyRegions, Series
from regional_analytics import measures
from regional_analytics.formulas import Comparable

LEVEL = 2  # of the regions on maps and in rankings


@dataclass(frozen=True)
class TableFigures:
    """An indicator that is read from a table."""

    indicator: Indicator
    version: DatasetVersion
    measure = "observation"
    is_derived = False
    formula = ""

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return (self.version,)

    @property
    def comparable(self) -> Comparable:
        return comparable_of(self.indicator)

    @property
    def are_counts(self) -> bool:
        """Levels that differ because regions do, so that only a scale of ratios shows them together."""
        return not self.indicator.compares_levels and self.indicator.dataset.kind != "index"

    def many(self, codes: Iterable[str], vintage: int, activity: str) -> ManyRegions:
        return structure.many_regions(self.version, self.indicator, activity, codes, vintage)

    def series(self, region: str, vintage: int, activity: str) -> Series:
        return structure.series_of(self.version, self.indicator, region, vintage, activity)

    def series_of_regions(self, regions: list[str], vintage: int, activity: str) -> dict[str, Series]:
        return structure.series_of_regions(self.version, self.indicator, regions, vintage, activity)

    def country(self, region: str, vintage: int, activity: str, year: int) -> Cell | None:
        """The figure of the region's country in the same year."""
        return structure.cell(self.version, self.indicator, region[:2], vintage, activity, year)

    def standing(self, region: str, vintage: int, activity: str, year: int) -> measures.Standing | None:
        return structure.standing_of(self.version, self.indicator, region, vintage, activity, year)

    def ref(self, region: str, vintage: int, year: int, activity: str) -> FigureRef:
        return FigureRef(self.measure, self.indicator.code, region, vintage, year, activity)


@dataclass(frozen=True)
class Cover:
    """How much is known behind one value. missing: (name in the formula, year, reason)."""

    known: int
    all: int
    missing: tuple[tuple[str, int, str], ...]
    reason: str


@dataclass(frozen=True)
class DerivedFigures:
    """An indicator that is made of others. Activities are named inside its formula, so it has none of its own."""

    defined: Defined
    plan: Plan
    versions: tuple[DatasetVersion, ...]
    measure = "derived"
    is_derived = True

    @property
    def indicator(self) -> DerivedVersion:
        return self.defined.version

    @property
    def formula(self) -> str:
        """As files tell it: with the version of the definition."""
        return f"{self.indicator.code} {self.indicator.number}: {self.indicator.formula}"

    @property
    def version(self) -> DatasetVersion:
        return self.versions[0]

    @property
    def comparable(self) -> Comparable:
        return self.plan.comparable

    @property
    def are_counts(self) -> bool:
        over_years = any(function in self.plan.formula for function in ("index(", "difference("))
        return not (self.comparable.regions or over_years)

    def table(self, level: int, vintage: int) -> DerivedTable:
        return table_of(self.plan, level, vintage)

    def many(self, codes: Iterable[str], vintage: int, activity: str = "") -> ManyRegions:
        """Countries stand for their regions where those are not known; as a position among regions they have no value."""
        wanted = list(codes)
        if self.comparable.years:
            levels = sorted({len(code) - 2 for code in wanted})
            return structure.together(_many(self.plan, level, vintage) for level in levels).only(wanted)
        placed = _many(self.plan, LEVEL, vintage)
        countries = tuple(code for code in wanted if not self.is_placed(code))
        nothing = (Cell(None, "not_applicable", ""),) * len(countries)
        others = ManyRegions(placed.years, countries, (nothing,) * len(placed.years))
        return structure.together([placed, others]).only(wanted)

    def is_placed(self, code: str) -> bool:
        """Whether a code can stand in a ranking of regions."""
        return self.comparable.years or len(code) - 2 == LEVEL

    def series(self, region: str, vintage: int, activity: str = "") -> Series:
        if len(region) > 5 or activity:
            return Series((), ())
        return _many(self.plan, len(region) - 2, vintage).series(region)

    def series_of_regions(self, regions: list[str], vintage: int, activity: str = "") -> dict[str, Series]:
        return {region: self.series(region, vintage, activity) for region in regions}

    def country(self, region: str, vintage: int, activity: str, year: int) -> Cell | None:
        """None for positions: a country has its place among countries, a region among regions."""
        return self.series(region[:2], vintage).at(year) if self.comparable.years else None

    def standing(self, region: str, vintage: int, activity: str, year: int) -> measures.Standing | None:
        table = self.table(len(region) - 2, vintage)
        place = table.place(region, year)
        if place is None or table.value(*place) is None:
            return None
        known = table.result.value.known[place[0]]
        best: Literal["highest", "lowest"] = "lowest" if self.indicator.direction < 0 else "highest"
        values = table.result.value.values[place[0], known]
        return measures.standing(values, int(np.sum(known[: place[1]])), best=best)

    def ref(self, region: str, vintage: int, year: int, activity: str = "") -> FigureRef:
        return FigureRef(self.measure, self.indicator.code, region, vintage, year)

    def cover_in_ranking(self, region: str, vintage: int, year: int) -> Cover:
        """The same where all regions stand together."""
        if self.is_placed(region):
            return self.cover(region, vintage, year)
        return Cover(0, len(self.plan.parts), (), "not_placed")

    def cover(self, region: str, vintage: int, year: int) -> Cover:
        """What is known behind a value, and what is missing."""
        table = self.table(len(region) - 2, vintage)
        place, count = table.place(region, year), len(table.result.parts)
        if place is None:
            return Cover(
                0, count, tuple((name, year, "not_published") for name in table.result.parts), "not_published"
            )
        known = int(table.result.parts_known[place])
        return Cover(known, count, table.missing(*place), table.reason(*place))


IndicatorFigures = TableFigures | DerivedFigures


@lru_cache(maxsize=64)
def _many(plan: Plan, level: int, vintage: int) -> ManyRegions:
    table = table_of(plan, level, vintage)
    places = range(len(table.regions))
    return ManyRegions(
        table.years,
        table.regions,
        tuple(
            tuple(
                Cell(table.value(row, at), table.state(row, at), str(table.flags[row, at])) for at in places
            )
            for row in range(len(table.years))
        ),
    )


def find(code: str) -> Indicator | Defined | None:
    """The indicator with this code: of a table, else a derived one that is published."""
    return queries.indicator(code) or derived_plans.defined(code)


def every() -> list[Indicator | Defined]:
    """All indicators of tables in their order, then the derived ones (two queries)."""
    return [*queries.indicators(), *derived_plans.published().values()]


def figures_of(found: Indicator | Defined, known: dict[str, Defined] | None = None) -> IndicatorFigures:
    """Raises NotComputable where a table behind it has no version in use."""
    if isinstance(found, Defined):
        plan, versions = plan_over(found.version, found.parts, known)
        return DerivedFigures(found, plan, versions)
    if found.dataset.current is None:
        raise NotComputable(table=found.dataset.code)
    found.dataset.current.dataset = found.dataset
    return TableFigures(found, found.dataset.current)


def derived_with_figures() -> list[DerivedFigures]:
    """The published derived indicators whose tables are all loaded (one query)."""
    known, found = derived_plans.published(), []
    for one in known.values():
        try:
            found.append(DerivedFigures(one, *plan_over(one.version, one.parts, known)))
        except NotComputable:
            continue
    return found


def indicator_in(found: Indicator | Defined) -> Indicator | DerivedVersion:
    return found.version if isinstance(found, Defined) else found
