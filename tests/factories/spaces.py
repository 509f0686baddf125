"""A space of activities small enough to reckon in one's head: wine (C11), corks (C16) and bottles (C23).

Bottles and corks go together (3), wine goes a little with each (1). BG31 makes wine, RO31 bottles, EL52 bottles and corks,
BG42 wine too; of HU23 it is not known whether it has corks.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import numpy as np

from clusterpolisee.evidence.engine.space import ActivitySpace
from regional_analytics.measures import Outlook

ACTIVITIES = ("C11", "C16", "C23")
REGIONS = ("BG31", "BG42", "EL52", "HU23", "RO31")
HAS = [[1, 0, 0], [1, 0, 0], [0, 1, 1], [0, -1, 0], [0, 0, 1]]
RELATED = [[1.0, 1.0, 1.0], [1.0, 1.0, 3.0], [1.0, 3.0, 1.0]]
GAINS = [[0.0, 0.5, 0.2]] * 5


def small_space(
    has: list[list[int]] = HAS, related: list[list[float]] = RELATED, gains: list[list[float]] = GAINS
) -> ActivitySpace:
    """−1 is unknown. Density is what density is: with the activity itself."""
    cells = np.array(has)
    presence = np.ma.masked_array(cells == 1, mask=cells == -1)
    there, near = presence.filled(False).astype(float), np.array(related)
    table = SimpleNamespace(year=2015, regions=REGIONS, activities=ACTIVITIES, nuts_vintage=2013)
    return ActivitySpace(
        version=cast(Any, SimpleNamespace(years=[2015], observations_sha256=uuid4().hex)),
        indicator=cast(Any, SimpleNamespace(code="persons_employed")),
        table=cast(Any, table),
        anchor=None,
        presence=presence,
        proximity=near,
        complexity=cast(Any, None),
        outlook=Outlook(
            density=there @ near / near.sum(axis=0),
            gain=np.ma.masked_array(np.array(gains), mask=np.ma.getmaskarray(presence)),
            index=np.zeros(len(has)),
        ),
        notes=(),
    )
