"""The options of one region, each with what speaks for it, in no language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from clusterpolisee.evidence.engine.space import EMPLOYMENT, ActivitySpace
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.opportunities.choices import CHOICES, LISTED, Choice
from clusterpolisee.evidence.opportunities.stability import Stability, stability_of
from clusterpolisee.evidence.opportunities.weighing import (
    frontier,
    places_by_complexity,
    reliance,
    weighed,
)
from clusterpolisee.regions.models import Region
from regional_analytics import measures

NAMED = 3  # activities named as the reason


@dataclass(frozen=True)
class Reason:
    """An activity that carries a nearness, or lies behind a door: its part of the whole sum."""

    code: str
    part: float


@dataclass(frozen=True)
class Option:
    """An activity that the region is known not to have.

    near, near_at_most   the part of what is related to it that the region has; if all that is not published were there
    place                by complexity, 1 is the most complex
    weight               its part of all jobs in the countries of the table
    score, terms, rank   by the choice; None and empty where it is outside its limits. Terms add up to the score
    listed_by            the choices that have it among the first ten
    firm                 in what part of the draws of a table drawn anew it is on the list; None where that says nothing
    """

    code: str
    near: float
    near_at_most: float
    complexity: float
    place: int
    gain: float
    jobs: float | None
    flag: str
    quotient: float
    low: float | None
    high: float | None
    mark: measures.Mark | None
    weight: float
    score: float | None
    terms: Mapping[str, float]
    rank: int | None
    is_listed: bool
    is_on_frontier: bool
    is_more_complex: bool
    listed_by: tuple[str, ...]
    firm: float | None
    carriers: tuple[Reason, ...]
    carried_by: int
    opens: tuple[Reason, ...]

    @property
    def may_be_there(self) -> bool:
        """Whether chance alone could lift its quotient to 1."""
        return self.high is not None and self.high >= 1.0


@dataclass(frozen=True)
class Step:
    """One step of the shortest path, when its turn comes."""

    option: Option
    distance: float
    complexity: float


class OpportunityFacts:
    """One region in one space by one choice. Everything is computed when it is asked for, once."""

    def __init__(self, space: ActivitySpace, region: Region, row: int, choice: Choice) -> None:
        self.space = space
        self.region = region
        self.row = row
        self.choice = choice

    @cached_property
    def columns(self) -> list[int]:
        """Of the options: known, not there, related to something and with a complexity."""
        space = self.space
        there = space.known[self.row] & ~space.has[self.row]
        told = ~np.isnan(space.outlook.density[self.row]) & ~np.isnan(space.complexity.activities)
        return [int(column) for column in np.flatnonzero(there & told)]

    @cached_property
    def options(self) -> list[Option]:
        """The best by the choice first; those outside its limits last, the nearest of them first."""
        ordered = sorted(
            (self._option(column) for column in self.columns),
            key=lambda one: (one.rank or len(self.columns) + 1, -one.near, one.code),
        )
        return ordered

    @property
    def listed(self) -> list[Option]:
        return [one for one in self.options if one.is_listed]

    def option(self, code: str) -> Option | None:
        return next((one for one in self.options if one.code == code), None)

    @cached_property
    def unknown(self) -> list[str]:
        """Activities of which it is not published whether the region has them."""
        return [
            code
            for code, known in zip(self.space.activities, self.space.known[self.row], strict=True)
            if not known
        ]

    @cached_property
    def present(self) -> list[str]:
        return [
            code for code, has in zip(self.space.activities, self.space.has[self.row], strict=True) if has
        ]

    @property
    def own_complexity(self) -> float:
        return float(self.space.complexity.regions[self.row])

    @property
    def of_activities(self) -> int:
        """How many activities have a place by complexity."""
        return places_by_complexity(self.space)[1]

    # The two that the answer names

    @property
    def nearest_and_more_complex(self) -> list[Option]:
        return sorted((one for one in self.options if one.is_more_complex), key=lambda one: -one.near)

    @property
    def nearest(self) -> list[Option]:
        return sorted(self.options, key=lambda one: -one.near)

    @cached_property
    def by_choice(self) -> dict[str, list[str]]:
        """The first ten codes of every choice, in its order."""
        found = {}
        for choice in CHOICES:
            if choice.scheme is None:
                found[choice.key] = (
                    [self.space.activities[int(step)] for step in self.path.steps] if self.path else []
                )
                continue
            ranks = weighed(self.space, choice.scheme).rank[self.row]
            listed = weighed(self.space, choice.scheme).listed[self.row].filled(False)
            order = sorted(
                np.flatnonzero(listed), key=lambda column: (int(ranks[column]), self.space.activities[column])
            )
            found[choice.key] = [self.space.activities[column] for column in order][:LISTED]
        return found

    @property
    def jump(self) -> Option | None:
        """The first of the long jumps that is not among the nearest."""
        near = {one.code for one in self.nearest_and_more_complex[:NAMED]}
        first = next((code for code in self.by_choice["long-jumps"] if code not in near), None)
        return self.option(first) if first else None

    @cached_property
    def stability(self) -> Stability:
        return stability_of(self.space, self.choice)

    @property
    def complexity_rank(self) -> tuple[int, int, int]:
        """Of the region: in the table, and between which ranks the draws lie."""
        found = self.stability
        return int(found.rank[self.row]), int(found.lowest[self.row]), int(found.highest[self.row])

    # The path

    @cached_property
    def target(self) -> tuple[int, float] | None:
        """The next quarter of regions by complexity, and where it begins; None for the most complex quarter."""
        known = self.space.complexity.regions[~np.isnan(self.space.complexity.regions)]
        for percent in (25, 50, 75):
            bound = float(np.percentile(known, percent))
            if self.own_complexity < bound:
                return percent, bound
        return None

    @cached_property
    def path(self) -> measures.Path | None:
        scheme = next(one.path for one in CHOICES if one.path is not None)
        if self.target is None or not self.present:
            return None
        return measures.parsimonious_path(
            self.space.presence[self.row],
            self.space.proximity,
            self.space.complexity.activities,
            self.target[1],
            scheme=scheme,
        )

    @cached_property
    def steps(self) -> list[Step]:
        if self.path is None:
            return []
        by_code = {one.code: one for one in self.options}
        return [
            Step(by_code[self.space.activities[int(step)]], float(distance), float(complexity))
            for step, distance, complexity in zip(
                self.path.steps, self.path.distance, self.path.complexity, strict=True
            )
        ]

    # One option

    def _option(self, column: int) -> Option:
        space, row, table = self.space, self.row, self.space.table
        code = space.activities[column]
        scheme = self.choice.scheme
        found = weighed(space, scheme) if scheme else None
        rank = self._rank(found, column, code)
        related = space.proximity[:, column]
        whole = float(related.sum())
        mark, interval = reliance(space).mark[row, column], reliance(space).interval
        return Option(
            code=code,
            near=float(space.outlook.density[row, column]),
            near_at_most=float((space.has[row] | ~space.known[row]) @ related) / whole,
            complexity=float(space.complexity.activities[column]),
            place=int(places_by_complexity(space)[0][column]),
            gain=float(space.outlook.gain[row, column]),
            jobs=_number(table.employment[row, column]),
            flag=str(table.flags[row, column]),
            quotient=float(table.quotients[row, column]),
            low=_number(interval.low[row, column]),
            high=_number(interval.high[row, column]),
            mark=None if mark is np.ma.masked else measures.Mark(int(mark)),
            weight=_number(table.area_shares[column]) or 0.0,
            score=_number(found.score[row, column]) if found and rank else None,
            terms={key: float(part[row, column]) for key, part in found.contributions.items()}
            if found
            else {},
            rank=rank,
            is_listed=code in self.by_choice[self.choice.key],
            is_on_frontier=bool(frontier(space).depth[row].filled(0)[column] == 1),
            is_more_complex=bool(space.complexity.activities[column] > self.own_complexity),
            firm=_number(self.stability.share[row, column]) if scheme else None,
            listed_by=tuple(key for key, codes in self.by_choice.items() if code in codes),
            carriers=self._first(space.has[row] * related / whole),
            carried_by=int((space.has[row] * related > 0).sum()),
            opens=self._first(self._behind(column)),
        )

    def _rank(self, found: measures.WeighedOptions | None, column: int, code: str) -> int | None:
        if found is None:
            path = self.by_choice[self.choice.key]
            return path.index(code) + 1 if code in path else None
        rank = found.rank[self.row, column]
        return None if rank is np.ma.masked else int(rank)

    def _behind(self, column: int) -> np.ndarray:
        """What each other absent activity adds to the gain: those it would bring nearer, by how complex they are."""
        space = self.space
        sums = space.proximity.sum(axis=0)
        complexity = np.nan_to_num(space.complexity.activities)
        parts = ~space.has[self.row] * space.proximity[:, column] * complexity / np.where(sums > 0, sums, 1.0)
        parts[column] = 0.0
        return np.asarray(parts)

    def _first(self, parts: np.ndarray) -> tuple[Reason, ...]:
        order = np.argsort(-parts, kind="stable")[:NAMED]
        return tuple(Reason(self.space.activities[i], float(parts[i])) for i in order if parts[i] > 0)

    # Where its figures lie

    def ref(self, measure: str, code: str) -> FigureRef:
        return FigureRef(
            measure=measure,
            indicator=EMPLOYMENT,
            region=self.region.code,
            nuts=self.region.vintage,
            year=self.space.year,
            activity=code,
        )


def _number(value: Any) -> float | None:
    return None if value is np.ma.masked or np.isnan(value) else float(value)
