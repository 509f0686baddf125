"""Scores and what came of them for the tests of the library, with many scores equal and some of both unknown."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays


def scored(*, largest: int = 5) -> st.SearchStrategy[Any]:
    """(scores, outcomes), both (regions, activities)."""
    shapes = st.tuples(st.integers(1, largest), st.integers(1, largest + 2))

    def of(shape: tuple[int, int]) -> st.SearchStrategy[Any]:
        scores = arrays.arrays(np.float64, shape, elements=st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0, np.nan]))
        outcomes = arrays.arrays(np.int64, shape, elements=st.sampled_from([0, 0, 1, 1, 9]))
        return st.tuples(scores, outcomes.map(lambda found: np.ma.masked_equal(found, 9)))

    return shapes.flatmap(of)


def before_and_after(*, largest: int = 5) -> st.SearchStrategy[Any]:
    """(scores, before, after) with at least one absent activity that has a score and a known outcome."""
    shapes = st.tuples(st.integers(1, largest), st.integers(2, largest + 2))

    def of(shape: tuple[int, int]) -> st.SearchStrategy[Any]:
        scores = arrays.arrays(np.float64, shape, elements=st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0, np.nan]))
        years = arrays.arrays(np.int64, (2, *shape), elements=st.sampled_from([0, 0, 0, 1, 1, 9]))
        return st.tuples(scores, years)

    def judged(found: tuple[Any, Any]) -> Any:
        scores, years = found
        scores[0, 0], years[0, 0, 0], years[1, 0, 0] = 0.3, 0, years[1, 0, 0] % 2
        return scores, *np.ma.masked_equal(years, 9)

    return shapes.flatmap(of).map(judged)
