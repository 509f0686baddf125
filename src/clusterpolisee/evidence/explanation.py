"""How a reader meets a measure: one shape for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Explanation:
    """One measure as a reader meets it; `version` is raised when the formula changes.

    method: the key of the page it is explained on, where that is not its own. of_category: it counts a cluster
    category, whose code stands in the place of an activity.
    """

    key: str
    version: int
    name: Any
    meaning: Any
    formula: str
    reading: Any
    caveats: tuple[Any, ...]
    source: str
    method: str = ""
    of_category: bool = False

    @property
    def page(self) -> str:
        """The key of the method page that explains it."""
        return self.method or self.key
