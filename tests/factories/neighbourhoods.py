"""Maps that can be drawn by hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def lattice(rows: int, columns: int) -> npt.NDArray[np.float64]:
    """Squares in rows, numbered row by row; those that share an edge are neighbours."""
    row, column = np.divmod(np.arange(rows * columns), columns)
    apart = np.abs(row[:, None] - row) + np.abs(column[:, None] - column)
    return (apart == 1).astype(np.float64)


def checkerboard(rows: int, columns: int) -> npt.NDArray[np.float64]:
    """0 and 1 in turns."""
    row, column = np.divmod(np.arange(rows * columns), columns)
    return ((row + column) % 2).astype(np.float64)
