"""Where to put each activity of an industry space on paper: near in the network, near in the picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path
from threadpoolctl import threadpool_limits

from regional_analytics.measures.inputs import Floats
from regional_analytics.measures.relations.industry_space import IndustrySpace

ROUNDS = 100  # always so many: a rule when to stop could end a round earlier on another machine
ROUNDS_OF_AXES = 20
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
ROOM = 1.0  # between parts, in lengths of a link
WIDER_THAN_HIGH = 1.5


def space_layout(space: IndustrySpace) -> Floats:
    """Coordinates for a picture of the industry space: two activities as far apart as there are links between them.

        stress = Σ_{i<j} (‖x[i] − x[j]‖ − d[i, j])² / d[i, j]²        d[i, j] the links on the shortest way

    space   from industry_space(); all its links have the length 1
    The stress is lessened in a hundred rounds that begin with the two main axes of d. No chance is involved: the same
    space gives the same picture. Parts that no link joins stand side by side, the largest first. The widest direction
    lies across. Work grows with the square of the activities: made for some thousand of them.
    Returns (activities, 2), x and y in lengths of a link. A space of nothing gives nothing.
    Raises nothing of its own: what is wrong with a relatedness, industry_space() has refused.
    Source: Kamada & Kawai (1989), Information Processing Letters 31(1); the rounds are Gansner, Koren & North (2005),
    Graph Drawing 2004, Lecture Notes in Computer Science 3383.

    >>> from regional_analytics import industry_space
    >>> chain = industry_space([[0.0, 0.8, 0.0], [0.8, 0.0, 0.6], [0.0, 0.6, 0.0]])
    >>> np.abs(space_layout(chain)[:, 0]).round(1).tolist()      # in a row, away from the middle
    [1.0, 0.0, 1.0]
    """
    size = space.activities
    ones = np.ones(len(space.first))
    links = coo_array((ones, (space.first, space.second)), shape=(size, size)).tocsr()
    parts = [np.flatnonzero(space.component == part) for part in range(space.components)]
    with threadpool_limits(1):  # more would wait for each other a hundred times, and round otherwise
        drawn = [_drawn(links[members][:, members]) for members in parts]
    places = np.zeros((size, 2))
    for members, points, corner in zip(parts, drawn, _side_by_side(drawn), strict=True):
        places[members] = points - points.min(axis=0) + corner
    return places - (places.max(axis=0) + places.min(axis=0)) / 2 if size else places


def _drawn(links: coo_array) -> Floats:
    """The picture of one connected part, around its centre."""
    if links.shape[0] == 1:
        return np.zeros((1, 2))
    far = shortest_path(links, method="D", directed=False, unweighted=True)
    return _turned(_relaxed(_main_axes(far), far))


def _main_axes(far: Floats) -> Floats:
    """The two directions in which distances differ most, and a spiral, so that no two activities begin in one place."""
    size = len(far)
    turn = np.arange(size) * GOLDEN_ANGLE
    away = np.sqrt((np.arange(size) + 1) / size)
    spiral = np.column_stack((np.cos(turn), np.sin(turn))) * away[:, None]
    squares = far**2
    inner = -(squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()) / 2
    axes = spiral
    for _ in range(ROUNDS_OF_AXES):
        axes, _ = np.linalg.qr(inner @ axes)
    reach = np.sqrt(np.maximum(np.einsum("ik,ij,jk->k", axes, inner, axes, optimize=True), 0.0))
    begun: Floats = axes * reach + spiral / 10
    return begun


def _relaxed(points: Floats, far: Floats) -> Floats:
    """Lessen the stress: each round solves for the places that the directions of the round before ask for."""
    size = len(far)
    np.fill_diagonal(far, 1.0)
    weights = far**-2
    np.fill_diagonal(weights, 0.0)
    pull = np.diag(weights.sum(axis=1)) - weights
    factor = cho_factor(pull + 1.0 / size)  # what is added keeps the centre where it is
    wished = weights * far
    for _ in range(ROUNDS):
        toward = wished / _apart(points)
        points = cho_solve(factor, toward.sum(axis=1)[:, None] * points - toward @ points)
    return points


def _apart(points: Floats) -> Floats:
    """How far each two are apart, and never nothing."""
    across = np.subtract.outer(points[:, 0], points[:, 0])
    up = np.subtract.outer(points[:, 1], points[:, 1])
    across *= across
    up *= up
    across += up
    np.maximum(across, 1e-18, out=across)
    distance: Floats = np.sqrt(across, out=across)
    return distance


def _turned(points: Floats) -> Floats:
    """The widest direction across; what sticks out farthest to the right and upwards."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    points = points @ axes[:, ::-1]
    farthest = points[np.abs(points).argmax(axis=0), [0, 1]]
    turned: Floats = points * np.where(farthest < 0, -1.0, 1.0)
    return turned


def _side_by_side(drawn: list[Floats]) -> list[npt.NDArray[np.float64]]:
    """The lower left corner of each part: on shelves, from left to right and from the top down."""
    sizes = [np.ptp(points, axis=0) + ROOM for points in drawn]
    if not sizes:
        return []
    area = sum(float(width * height) for width, height in sizes)
    shelf = max(float(np.sqrt(area * WIDER_THAN_HIGH)), *(float(width) for width, _ in sizes), 0.0)
    corners = []
    right, top, height = 0.0, 0.0, 0.0
    for width, high in sizes:
        if right and right + width > shelf + 1e-9:
            right, top, height = 0.0, top - height, 0.0
        corners.append(np.array([right, top - high]))
        right, height = right + width, max(height, float(high))
    return corners
