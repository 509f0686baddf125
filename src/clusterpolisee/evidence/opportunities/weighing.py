"""What the library says of all options of all regions, once for each space and scheme."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from clusterpolisee.evidence.engine.space import ActivitySpace
from regional_analytics import measures

# People are no independent draws: they come in workplaces. How many to one is an assumption, said on the page.
WORKPLACE = 10


def criteria_of(space: ActivitySpace) -> dict[str, np.ndarray]:
    """By what options are weighed; more is better."""
    return {
        "relatedness": space.outlook.density,
        "complexity": space.complexity.activities,
        "gain": space.outlook.gain,
    }


@lru_cache(maxsize=32)
def weighed(space: ActivitySpace, scheme: measures.OptionScheme) -> measures.WeighedOptions:
    return measures.weigh_options(
        criteria_of(space),
        scheme,
        space.presence,
        own_complexity=np.ma.masked_invalid(space.complexity.regions),
    )


@lru_cache(maxsize=4)
def frontier(space: ActivitySpace) -> measures.Frontier:
    """Which options no other option of their region beats in both nearness and complexity."""
    return measures.opportunity_frontier(
        space.outlook.density, space.complexity.activities, present=space.presence, deepest=1
    )


@lru_cache(maxsize=4)
def reliance(space: ActivitySpace) -> measures.Reliance:
    """How far each quotient can be relied on, as if people came in workplaces."""
    table = space.table
    return measures.reliance(
        table.employment, area=table.area_shares * table.area_total, draws_per_unit=1 / WORKPLACE
    )


@lru_cache(maxsize=4)
def places_by_complexity(space: ActivitySpace) -> tuple[np.ndarray, int]:
    """The place of each activity, 1 for the most complex, and of how many."""
    complexity = space.complexity.activities
    known = ~np.isnan(complexity)
    places = 1 + (complexity[None, :] > complexity[:, None]).sum(axis=1)
    return np.where(known, places, 0), int(known.sum())
