"""What such a list would have said years ago, and what of it came: lists of an earlier space against a later one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from clusterpolisee.evidence.engine.space import ActivitySpace, activity_space, other_years
from clusterpolisee.evidence.opportunities.choices import CHOICES, LISTED, Choice
from clusterpolisee.evidence.opportunities.weighing import weighed
from clusterpolisee.evidence.structure import same_territory
from regional_analytics import measures

SPAN = 5  # years back, or as near to it as the table has


@dataclass(frozen=True)
class Then:
    """One activity on the list of that time: its place, and whether it came. None: not published at the end."""

    code: str
    place: int
    came: bool | None


@dataclass(frozen=True, eq=False)
class Hindsight:
    """Lists of `start` held against `end`, over all regions with the same borders in both."""

    start: int
    end: int
    choice: Choice
    regions: tuple[str, ...]
    activities: tuple[str, ...]
    test: measures.BackTest

    def of(self, region: str) -> list[Then]:
        """The list of one region, in its order; empty where it stands not in both years."""
        if region not in self.regions:
            return []
        row = self.regions.index(region)
        found = []
        for place, column in enumerate(self.test.options[row], start=1):
            if column is np.ma.masked:
                continue
            came = self.test.came[row, place - 1]
            found.append(
                Then(self.activities[int(column)], place, None if came is np.ma.masked else bool(came))
            )
        return found


def hindsight_of(space: ActivitySpace, choice: Choice) -> Hindsight | None:
    """By the choice, or by the first one where it is no sum; None where no earlier year can be held against this one."""
    tested = choice if choice.scheme is not None else CHOICES[0]
    years = sorted(other_years(space), key=lambda year: (abs(space.year - SPAN - year), year))
    earlier = next((found for year in years if (found := activity_space(year)) is not None), None)
    return _test(earlier, space, tested) if earlier is not None else None


@lru_cache(maxsize=16)
def _test(earlier: ActivitySpace, later: ActivitySpace, choice: Choice) -> Hindsight | None:
    assert choice.scheme is not None
    vintages = earlier.table.nuts_vintage, later.table.nuts_vintage
    regions = tuple(
        code for code in earlier.regions if code in later.regions and same_territory(code, *vintages)
    )
    activities = tuple(code for code in earlier.activities if code in later.activities)
    if not regions or not activities:
        return None
    found = weighed(earlier, choice.scheme)
    scores = np.ma.MaskedArray(found.score.filled(np.nan), mask=np.ma.getmaskarray(found.rank))
    try:
        test = measures.back_test(
            _part(scores, earlier, regions, activities),
            _part(earlier.presence, earlier, regions, activities),
            _part(later.presence, later, regions, activities),
            top=LISTED,
        )
    except measures.RefusedInput:
        return None
    return Hindsight(earlier.year, later.year, choice, regions, activities, test)


def _part(
    matrix: np.ma.MaskedArray, space: ActivitySpace, regions: tuple[str, ...], activities: tuple[str, ...]
) -> np.ma.MaskedArray:
    rows = [space.regions.index(code) for code in regions]
    columns = [space.activities.index(code) for code in activities]
    return matrix[np.ix_(rows, columns)]
