"""Random employment tables for the tests of measures: whole numbers, and unknown cells if asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays


def employment(*, least: int = 0, most: int = 5000, largest: int = 6) -> st.SearchStrategy[Any]:
    """(regions, activities) of whole people, everything known."""
    shapes = st.tuples(st.integers(2, largest), st.integers(2, largest))
    return shapes.flatmap(
        lambda shape: arrays.arrays(np.float64, shape, elements=st.integers(least, most).map(float))
    )


def partly_known(*, least: int = 0) -> st.SearchStrategy[Any]:
    """The same with some cells masked."""
    return employment(least=least).flatmap(
        lambda jobs: arrays.arrays(np.bool_, jobs.shape).map(
            lambda unknown: np.ma.MaskedArray(jobs, mask=unknown)
        )
    )
