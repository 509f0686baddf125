"""By what the page “A place for all regions” judges: named, versioned rules the package brings along."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np

from clusterpolisee.shell.languages import pick


@dataclass(frozen=True)
class Rule:
    """A rule with its name, its version and what there is to say of it."""

    version: str
    names: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)
    key: str = ""
    percent: float = 50.0
    value: float | None = None
    indicator: str = ""
    lowest_percent: float = 0.0
    type: str = ""

    @property
    def name(self) -> str:
        return pick(self.names)

    @property
    def note(self) -> str:
        return pick(self.notes)

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def bound(self, values: list[float]) -> float | None:
        """Where the line lies among these values; None where there are none."""
        if self.value is not None:
            return self.value
        return float(np.percentile(values, self.percent)) if values else None


@dataclass(frozen=True)
class Yardsticks:
    """What can be caught up in, what counts as knowledge-intensive, where the lines lie, who is weakest."""

    lines: dict[str, Rule]  # by indicator: what must be gained more than
    categories: tuple[str, ...]
    share_line: Rule
    weakest: tuple[Rule, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(self.lines)


@lru_cache(maxsize=1)
def yardsticks() -> Yardsticks:
    text = files("clusterpolisee.evidence").joinpath("place_for_all.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    lines = {one["key"]: Rule(**one) for one in said["line"]}
    return Yardsticks(
        lines={one["code"]: lines[one["line"]] for one in said["indicator"]},
        categories=tuple(said["categories"]),
        share_line=lines[said["share_line"]],
        weakest=tuple(Rule(**one) for one in said["weakest"]),
    )
