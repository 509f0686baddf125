"""The options of a region: what it could start next. The one place that says which activities those are."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.engine.space import ActivitySpace

MOST = 10
RULE = _(
    "of what the region lacks, the half that is nearer to what it has; of these the ten that would open up most "
    "(outlook gain)"
)


@lru_cache(maxsize=4)
def options_of(space: ActivitySpace) -> np.ndarray:
    """(regions, activities), true where the activity is an option of the region, as RULE says in words.

    What is unknown is no option. Of equal gains, the activity that comes first in the table.
    """
    found = np.zeros(space.has.shape, dtype=bool)
    lacks = space.known & ~space.has & np.isfinite(space.outlook.density)
    gains = space.outlook.gain.filled(np.nan)
    for row, missing in enumerate(lacks):
        if not missing.any():
            continue
        density = space.outlook.density[row]
        near = missing & (density >= np.median(density[missing])) & np.isfinite(gains[row])
        best = np.argsort(np.where(near, -gains[row], np.inf), kind="stable")[: min(MOST, int(near.sum()))]
        found[row, best] = True
    found.setflags(write=False)
    return found
