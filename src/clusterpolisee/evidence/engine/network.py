"""The network of activities and where each lies on paper: one for a space, so that every picture of it can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clusterpolisee.evidence.engine.keeping import kept
from clusterpolisee.evidence.engine.space import ActivitySpace, activity_space
from regional_analytics import measures

LEAST = 0.05  # between two activities, in widths of the picture
ROUNDS = 200
LINKS_EACH = 4.0  # on average, the tree included: fewer hide where it is dense, more hide everything


@dataclass(frozen=True, eq=False)
class Network:
    """links: the tree and the strongest besides. places: (activities, 2), both from 0 to 1, y upwards."""

    links: measures.IndustrySpace
    places: np.ndarray

    @cached_property
    def linked(self) -> np.ndarray:
        """(activities, activities), true where the picture has a link."""
        found = np.zeros((self.links.activities, self.links.activities), dtype=bool)
        found[self.links.first, self.links.second] = found[self.links.second, self.links.first] = True
        return found

    def islands(self, chosen: np.ndarray) -> list[list[int]]:
        """The chosen activities in parts that hang together by links between them; the largest first."""
        columns = np.flatnonzero(chosen)
        if not len(columns):
            return []
        among = coo_array(self.linked[np.ix_(columns, columns)].astype(float))
        count, label = connected_components(among, directed=False)
        parts = [columns[label == part].tolist() for part in range(count)]
        return sorted(parts, key=lambda part: (-len(part), part[0]))


@lru_cache(maxsize=4)
def network_of(space: ActivitySpace) -> Network:
    """The layout knows no chance, so every process and every start finds the same places."""
    links = measures.industry_space(space.proximity, strongest=LINKS_EACH)
    made_from = f"{space.made_from} {LINKS_EACH} {LEAST} {ROUNDS}"
    found = kept("places", made_from, lambda: {"places": _apart(_spread(measures.space_layout(links)))})
    return Network(links, found["places"])


def work_out() -> None:
    """The network of the space in use, before anybody asks."""
    if space := activity_space():
        network_of(space)


def _spread(places: np.ndarray) -> np.ndarray:
    """Half where the layout says, half evenly: the middle of a space is crowded. Left stays left, and above above."""
    reach = np.ptp(places, axis=0)
    where = (places - places.min(axis=0)) / np.where(reach > 0, reach, 1.0)
    rank = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0) / max(1, len(places) - 1)
    return np.asarray((where + rank) / 2)


def _apart(places: np.ndarray) -> np.ndarray:
    """The same, each two at least so far apart that both can be seen and pointed at."""
    for _round in range(ROUNDS):
        away = places[:, None, :] - places[None, :, :]
        far = np.sqrt((away**2).sum(axis=2))
        np.fill_diagonal(far, np.inf)
        push = np.clip(LEAST - far, 0.0, None)[..., None] / 2
        if not push.any():
            break
        places = np.clip(places + (push * away / np.maximum(far, 1e-9)[..., None]).sum(axis=1), 0.0, 1.0)
    return places
