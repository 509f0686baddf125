"""What is wanted of a table, and how it is asked for in smaller parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class Query:
    """Filters by dimension, years, and places where not all are wanted. Plain values: the same query, the same name."""

    service: str
    resource: str
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    first: int
    last: int
    order: tuple[str, ...] = ()  # of the key's dimensions, for services that want them in theirs
    places: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The same for the same question, today and after a restart."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:24]

    def halves(self, all_places: Sequence[str]) -> tuple[Query, Query] | None:
        """The same in two parts: by years while there are several, then by places; None for a single cell of both.

        >>> query = Query("sdmx", "t", (), 2016, 2020)
        >>> [(half.first, half.last) for half in query.halves([])]
        [(2016, 2018), (2019, 2020)]
        """
        if self.first < self.last:
            middle = (self.first + self.last) // 2
            return replace(self, last=middle), replace(self, first=middle + 1)
        places = self.places or tuple(all_places)
        if len(places) < 2:
            return None
        half = (len(places) + 1) // 2
        return replace(self, places=places[:half]), replace(self, places=places[half:])
