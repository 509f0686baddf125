"""By what regions are alike and what is compared among them: named, versioned rules the package brings along."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from clusterpolisee.shell.languages import pick

MOST_WEIGHT = 5
Kind = Literal["level", "change", "type"]


@dataclass(frozen=True)
class Dimension:
    """What a reader weighs: one or more variables, or a mix of activities."""

    key: str
    names: dict[str, str]
    notes: dict[str, str]

    @property
    def name(self) -> str:
        return pick(self.names)

    @property
    def note(self) -> str:
        return pick(self.notes)


@dataclass(frozen=True)
class Variable:
    """One column: an indicator as it is, its change in percent over `years`, or the type of a region."""

    key: str
    dimension: str
    indicator: str = ""
    kind: Kind = "level"
    transformation: Literal["none", "log"] = "none"
    window: int = 0
    years: int = 0


@dataclass(frozen=True)
class Mix:
    """Jobs by activity; a dimension of its own, with its key."""

    key: str
    indicator: str
    window: int = 0

    @property
    def dimension(self) -> str:
        return self.key


@dataclass(frozen=True)
class Scheme:
    """A weighting: how much each dimension counts; those it does not name count nothing."""

    key: str
    version: str
    names: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return pick(self.names)

    @property
    def note(self) -> str:
        return pick(self.notes)

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


@dataclass(frozen=True)
class Rules:
    """Everything the file says."""

    cap: Literal["none", "inner_fences", "outer_fences", "percentiles"]
    least_coverage: float
    group: int
    first: int
    draws: int
    concentration: float
    seed: int
    performance: tuple[str, ...]
    dimensions: Mapping[str, Dimension]
    variables: tuple[Variable, ...]
    mixes: tuple[Mix, ...]
    weightings: tuple[Scheme, ...]

    def scheme(self, key: str) -> Scheme:
        """The weighting with this key, else the first."""
        return next((one for one in self.weightings if one.key == key), self.weightings[0])


@lru_cache(maxsize=1)
def rules() -> Rules:
    text = files("clusterpolisee.evidence.similar").joinpath("weightings.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    parts = ("performance", "dimension", "variable", "mix", "weighting")
    return Rules(
        **{key: value for key, value in said.items() if key not in parts},
        performance=tuple(said["performance"]),
        dimensions={one["key"]: Dimension(**one) for one in said["dimension"]},
        variables=tuple(Variable(**one) for one in said["variable"]),
        mixes=tuple(Mix(**one) for one in said["mix"]),
        weightings=tuple(Scheme(**one) for one in said["weighting"]),
    )
