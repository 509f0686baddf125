"""Presences for the tests of the library: yes, no and unknown, of one year or of several."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

UNKNOWN = -1


def presences(*, least_years: int = 2, most_years: int = 6, largest: int = 4) -> st.SearchStrategy[Any]:
    """(years, regions, activities) of 0, 1 and masked."""
    shapes = st.tuples(st.integers(least_years, most_years), st.integers(1, largest), st.integers(1, largest))
    states = st.sampled_from([0, 0, 0, 1, 1, 1, UNKNOWN])
    return shapes.flatmap(lambda shape: arrays.arrays(np.int64, shape, elements=states)).map(
        lambda found: np.ma.masked_equal(found, UNKNOWN)
    )
