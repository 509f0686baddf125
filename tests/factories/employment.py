"""Small employment tables for the tests of the library: typed by hand, or random."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays


def rows(*cells: tuple[Any, ...], columns: str = "region activity year value") -> pl.DataFrame:
    return pl.DataFrame(list(cells), schema=columns.split(), orient="row", infer_schema_length=None)


#            wine 2014, 2015; steel 2014, 2015
JOBS = rows(
    ("B", "wine", 2015, 10.0),
    ("A", "wine", 2014, 20.0),
    ("A", "wine", 2015, 30.0),
    ("A", "steel", 2014, 20.0),
    ("A", "steel", 2015, 10.0),
    ("B", "steel", 2015, 30.0),
    ("B", "steel", 2014, None),
)


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


def four_years() -> st.SearchStrategy[Any]:
    """start, end of a region and of its area, which holds the region and others."""
    sizes = st.integers(1, 6)
    return sizes.flatmap(
        lambda size: arrays.arrays(np.float64, (4, size), elements=st.integers(0, 900).map(float))
    ).map(lambda given: (given[0], given[1], given[0] + given[2] + 1, given[1] + given[3]))
