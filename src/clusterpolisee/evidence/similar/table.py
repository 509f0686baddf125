"""The table of likeness: how unlike all regions of South East Europe are, pair by pair, in each thing they are compared in.

One scale for all: 1 is as unlike as two regions usually are (the mean of all pairs). So an unknown part can be taken to be
neither alike nor unlike, by counting 1; were it left out instead, regions of which little is known would come out as the nearest.
It holds nothing but what the versions in use say, so it is kept by their folders and made anew after an import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from clusterpolisee.evidence.derived_plans import Defined, NotComputable
from clusterpolisee.evidence.indicator_figures import DerivedFigures, IndicatorFigures, every, figures_of
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.similar.columns import Column, column_of, settlement_column
from clusterpolisee.evidence.similar.mixes import MixTable, mix_table
from clusterpolisee.evidence.similar.weightings import Mix, Variable, rules
from clusterpolisee.evidence.structure.series import Folder
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from regional_analytics import measures


@dataclass(frozen=True)
class Sources:
    """The indicators there are, by code, with their figures where their tables are loaded (two queries)."""

    indicators: Mapping[str, Indicator | Defined]
    figures: Mapping[str, IndicatorFigures]

    @classmethod
    def now(cls) -> Sources:
        known = {one.version.code if isinstance(one, Defined) else one.code: one for one in every()}
        derived = {code: one for code, one in known.items() if isinstance(one, Defined)}
        found = {}
        for code in _wanted():
            if code in known:
                try:
                    found[code] = figures_of(known[code], derived)
                except NotComputable:
                    continue
        return cls(known, found)


def _wanted() -> list[str]:
    by = rules()
    codes = [one.indicator for one in (*by.variables, *by.mixes) if one.indicator]
    return list(dict.fromkeys([*codes, *by.performance]))


@dataclass(frozen=True, eq=False)
class LikenessTable:
    """apart: (parts, regions, regions), in the order of `parts`; 1 is usual, masked where one of the two is unknown."""

    key: tuple[object, ...]
    codes: tuple[str, ...]
    vintage: int
    columns: tuple[Column, ...]
    mixes: tuple[MixTable, ...]
    apart: np.ma.MaskedArray = field(repr=False)

    @property
    def parts(self) -> tuple[Column | MixTable, ...]:
        return (*self.columns, *self.mixes)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Those that this instance has figures for."""
        return tuple(dict.fromkeys(part.dimension for part in self.parts))

    def weights(self, of_dimensions: Mapping[str, int]) -> np.ndarray:
        """(parts,), adding up to 1: parts of a dimension share its weight."""
        inside = [part.dimension for part in self.parts]
        shared = np.array([of_dimensions.get(one, 0) / inside.count(one) for one in inside])
        return shared / shared.sum()

    def known(self, row: int) -> np.ndarray:
        """(parts,), whether anything is known of a region."""
        known: np.ndarray = ~np.ma.getmaskarray(self.apart)[:, row, row]
        return known

    @property
    def versions(self) -> list[DatasetVersion]:
        return list({version.pk: version for part in self.parts for version in part.versions}.values())

    def row(self, code: str) -> int | None:
        return self.codes.index(code) if code in self.codes else None


def likeness_table(sources: Sources, places: list[Region]) -> LikenessTable:
    """The table of today: of these regions, from the versions in use."""
    types = regions.types()
    codes = tuple(place.code for place in places)
    settled = tuple((code, tuple(sorted(types.get(code, ())))) for code in codes)
    key = (regions.current_vintage(), settled, tuple(_key_of(sources, code) for code in _wanted()))
    return _kept(_Made(key, lambda: _made(key, sources, codes, types)))


def _key_of(sources: Sources, code: str) -> tuple[object, ...]:
    """Everything the figures of an indicator depend on."""
    figures = sources.figures.get(code)
    if figures is None:
        return (code,)
    if isinstance(figures, DerivedFigures):
        return (code, figures.plan)
    own = figures.indicator
    return (code, Folder(figures.version), own.series, own.activity, own.dataset.multiplier)


@dataclass(frozen=True)
class _Made:
    """A key that knows how to make what it names."""

    key: tuple[object, ...]
    make: Callable[[], Any] = field(compare=False, hash=False)


@lru_cache(maxsize=4)
def _kept(made: _Made) -> LikenessTable:
    table: LikenessTable = made.make()
    return table


def _made(
    key: tuple[object, ...],
    sources: Sources,
    codes: tuple[str, ...],
    types: Mapping[str, frozenset[str]],
) -> LikenessTable:
    vintage = regions.current_vintage()
    found = [_column(variable, sources, codes, types, vintage) for variable in rules().variables]
    columns = tuple(one for one in found if one is not None)
    mixes = tuple(
        one for one in (_mix(mix, sources, codes, vintage) for mix in rules().mixes) if one is not None
    )
    apart = [usual_is_one(difference(one.values, one.variable.transformation)) for one in columns]
    apart += [usual_is_one(one.distance) for one in mixes]
    nothing = np.ma.masked_all((0, len(codes), len(codes)))
    return LikenessTable(key, codes, vintage, columns, mixes, np.ma.stack(apart) if apart else nothing)


def difference(values: np.ma.MaskedArray, transformation: Literal["none", "log"]) -> np.ma.MaskedArray:
    """(regions, regions), how far the figures of each two regions lie apart, outliers capped."""
    scaled = measures.scale_variables(
        np.ma.reshape(values, (-1, 1)), transformations=transformation, cap=rules().cap
    )[:, 0]
    return np.ma.abs(np.ma.masked_invalid(scaled)[:, None] - np.ma.masked_invalid(scaled)[None, :])


def usual_is_one(apart: np.ma.MaskedArray) -> np.ma.MaskedArray:
    """Divided by the mean of all pairs of two regions."""
    pairs = apart[np.triu_indices(len(apart), 1)]
    usual = pairs.mean() if pairs.count() else np.ma.masked
    return apart if usual is np.ma.masked or usual == 0 else apart / usual


def _column(
    variable: Variable,
    sources: Sources,
    codes: tuple[str, ...],
    types: Mapping[str, frozenset[str]],
    vintage: int,
) -> Column | None:
    if variable.kind == "type":
        return settlement_column(variable, codes, types)
    figures = sources.figures.get(variable.indicator)
    return column_of(variable, figures, codes, vintage) if figures else None


def _mix(mix: Mix, sources: Sources, codes: tuple[str, ...], vintage: int) -> MixTable | None:
    indicator = sources.indicators.get(mix.indicator)
    return mix_table(mix, indicator, codes, vintage) if isinstance(indicator, Indicator) else None
