"""Small presences and relatednesses for the tests of the library: random, with rows and columns that may be empty."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays


def presences(*, regions: int = 7, activities: int = 6) -> st.SearchStrategy[Any]:
    """(regions, activities) of 0 and 1."""
    shapes = st.tuples(st.integers(1, regions), st.integers(1, activities))
    return shapes.flatmap(lambda shape: arrays.arrays(np.bool_, shape)).map(lambda found: found.astype(float))


def ladders(*, regions: int = 10, activities: int = 9) -> st.SearchStrategy[Any]:
    """(regions, activities) of 0 and 1 that are nested but for chance, so that complexity is clear; none of them empty."""

    def ladder(seed: int) -> Any:
        random = np.random.default_rng(seed)
        means, needs = random.normal(size=(regions, 1)), random.normal(size=activities)
        there = means - needs + 0.5 * random.normal(size=(regions, activities)) > 0
        there[
            np.arange(max(regions, activities)) % regions, np.arange(max(regions, activities)) % activities
        ] = True
        return there[random.permutation(regions)].astype(float)

    return st.integers(0, 10**6).map(ladder)


def relations(*, least: int = 0, activities: int = 7) -> st.SearchStrategy[Any]:
    """(activities, activities), symmetric, in eighths so that ties and sums are exact; from least/8 to 1."""
    sizes = st.integers(1, activities)
    squares = sizes.flatmap(
        lambda size: arrays.arrays(np.int64, (size, size), elements=st.integers(least, 8))
    )
    return squares.map(lambda found: np.triu(found) + np.triu(found, 1).T).map(lambda found: found / 8)
