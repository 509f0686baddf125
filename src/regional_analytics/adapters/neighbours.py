"""Who is next to whom: neighbour lists with our labels made a matrix, and what is left of it without the unknown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from regional_analytics.adapters.borrowed import borrowed
from regional_analytics.measures.change.shift_share_spatial import NotNeighbours, read_weights
from regional_analytics.measures.inputs import Flags, Floats, RefusedInput, positions_of, read_cells
from regional_analytics.notes import Notes

Unknown = Literal["refuse", "leave_out"]
FEWEST = 4  # the variance of Moran's I divides by (n − 1)(n − 2)(n − 3)


class UnknownCell(RefusedInput):
    """A cell is unknown, and what was asked for needs all of them."""


class NotJoined(RefusedInput):
    """The neighbours fall into parts that nothing joins."""


def neighbour_matrix(neighbours: Mapping[str, Collection[str]], regions: Sequence[str]) -> Floats:
    """Lists of neighbours as a matrix, in the order of the regions.

        W[r, s] = 1  where s stands in the list of r, else 0

    neighbours   by label: the labels of those around it. A region without a list has no neighbours
    regions      the labels, in the order of the figures: panel.regions
    Returns (regions, regions). It is the same both ways only if the lists are.
    Raises RefusedInput for labels that are not among the regions, or stand there twice; NotNeighbours for a region in its
    own list.

    >>> neighbour_matrix({"BG31": ["BG32", "BG41"], "BG32": ["BG31"]}, ["BG31", "BG32", "BG41"]).tolist()
    [[0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    at = {label: position for position, label in enumerate(regions)}
    if len(at) != len(regions):
        raise RefusedInput("A region is named twice", remedy="Give each label once.")
    named = {label for lists in neighbours.items() for label in (lists[0], *lists[1])}
    if strange := sorted(named - at.keys()):
        raise RefusedInput(
            "The lists name regions there are not",
            remedy="Leave them out of the lists, or correct them.",
            places=strange,
        )
    matrix = np.zeros((len(at), len(at)))
    for label, around in neighbours.items():
        matrix[at[label], [at[other] for other in around]] = 1.0
    if matrix.diagonal().any():
        own = [regions[int(position)] for position in np.flatnonzero(matrix.diagonal())]
        raise NotNeighbours(
            "A region is no neighbour of itself", remedy="Take it out of its own list.", places=own
        )
    return matrix


class Placed(NamedTuple):
    """Figures of the regions that are known, and who of them is next to whom.

    values    (kept, variables)
    weights   (kept, kept)
    kept      (regions,), which regions these are
    """

    values: Floats
    weights: Floats
    kept: Flags

    def spread(self, found: npt.ArrayLike) -> np.ma.MaskedArray[Any, Any]:
        """Results of the kept regions at the places of all; the others masked."""
        results = np.asarray(found, dtype=np.float64)
        whole = np.full(self.kept.shape, np.nan)
        whole[self.kept] = results
        return np.ma.MaskedArray(whole, mask=~self.kept)


def read_placed(
    given: npt.ArrayLike, weights: npt.ArrayLike, what: str, unknown: Unknown, notes: Notes
) -> Placed:
    """Take figures, (regions,) or (regions, variables), with who is next to whom; the unknown refused or left out."""
    axes = ("region",) if np.ndim(np.ma.getdata(given)) == 1 else ("region", "variable")
    cells = read_cells(given, what, axes)
    around = read_weights(weights, len(cells.values))
    if unknown not in ("refuse", "leave_out"):
        raise RefusedInput(
            f"The unknown cannot be treated by “{unknown}”", remedy="Choose refuse or leave_out."
        )
    if unknown == "refuse" and not cells.known.all():
        raise UnknownCell(
            f"{what} is unknown",
            axes,
            positions_of(~cells.known),
            "Fill it, or leave the regions out with unknown=“leave_out”.",
        )
    table = cells.values.reshape(len(cells.values), -1)
    kept: Flags = np.logical_and.reduce(cells.known.reshape(table.shape), axis=1)
    notes.add(
        "left_out",
        "unknown, so that it is nobody's neighbour either",
        axes=("region",),
        positions=np.argwhere(~kept),
    )
    if kept.sum() < FEWEST:
        raise RefusedInput(f"Only {int(kept.sum())} regions are known", remedy=f"It takes {FEWEST} or more.")
    return Placed(table[kept], around[np.ix_(kept, kept)], kept)


def note_alone(placed: Placed, notes: Notes) -> None:
    """Say which of the kept regions have no neighbour."""
    alone = np.flatnonzero(placed.kept)[~placed.weights.any(axis=1)]
    notes.add(
        "no_neighbours",
        "without a neighbour that is known",
        axes=("region",),
        positions=alone[:, None],
    )
    if not placed.weights.any():
        raise NotNeighbours("No region has a neighbour", remedy="Give weights above 0.")


def refuse_parts(placed: Placed) -> None:
    """Refuse neighbours that are not the same both ways, or fall into parts: groups could not hang together."""
    lopsided = (placed.weights > 0) != (placed.weights.T > 0)
    places = np.flatnonzero(placed.kept)
    if lopsided.any():
        pairs = [(int(places[r]), int(places[s])) for r, s in np.argwhere(lopsided)]
        raise NotNeighbours(
            "Neighbours are not the same both ways", ("region", "neighbour"), pairs, "Add the way back."
        )
    count, part = sp.csgraph.connected_components(sp.csr_matrix(placed.weights))
    if count > 1:
        apart = places[part != np.bincount(part).argmax()]
        raise NotJoined(
            "Nothing joins these to the largest part of the regions",
            ("region",),
            [(int(position),) for position in apart],
            "Leave them out, or give them a neighbour, across the sea say.",
        )


def as_pysal(weights: Floats) -> Any:
    """The weights in the form that esda and spopt read."""
    around = {row: np.flatnonzero(line).tolist() for row, line in enumerate(weights)}
    sizes = {row: weights[row, columns].tolist() for row, columns in around.items()}
    module = borrowed("libpysal.weights", "space")
    return module.W(around, sizes, id_order=list(around), silence_warnings=True)
