"""Conventions of complexity: what packages and books of the field do differently, by name, all switches together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from regional_analytics.measures.complexity.economic_complexity import Scale, Signs
from regional_analytics.measures.complexity.outlook import Counting, DividedBy
from regional_analytics.measures.inputs import RefusedInput, one_of


@dataclass(frozen=True)
class Convention:
    """How complexity and outlook are computed, and in which scale they are told.

    method          "eigenvector", or "reflections" after so many steps
    scale, signs, ddof   as in economic_complexity()
    counting, divided_by, less_density   as in outlook()
    inside          the scale of activity complexity inside COI and COG: "told" as it is reported, or "uncentred", the
                    raw vector next to the spread of the regions' one, whose 0 is where the vector has it
    index           COI as a "sum", or that sum z-scored over the regions ("z")
    """

    name: str
    method: Literal["eigenvector", "reflections"] = "eigenvector"
    steps: int = 18
    scale: Scale = "regions"
    signs: Signs = "together"
    ddof: int = 0
    counting: Counting = "with_itself"
    divided_by: DividedBy = "target"
    less_density: bool = False
    inside: Literal["told", "uncentred"] = "told"
    index: Literal["sum", "z"] = "sum"

    def __post_init__(self) -> None:
        one_of(self.method, "method", ("eigenvector", "reflections"))
        one_of(self.scale, "scale", ("regions", "own", "none"))
        one_of(self.signs, "rule of signs", ("together", "apart"))
        one_of(self.ddof, "ddof", (0, 1))
        one_of(self.counting, "way of counting", ("with_itself", "without_itself"))
        one_of(self.divided_by, "division by", ("target", "candidate"))
        one_of(self.inside, "scale inside the outlook", ("told", "uncentred"))
        one_of(self.index, "index", ("sum", "z"))


CONVENTIONS: Final = {
    one.name: one
    for one in (
        Convention("atlas"),
        Convention("stata", inside="uncentred", index="z"),
        Convention("econgeo", scale="own", signs="apart", ddof=1, counting="without_itself"),
        Convention(
            "econcomplex",
            scale="own",
            signs="apart",
            counting="without_itself",
            divided_by="candidate",
        ),
        Convention(
            "datawheel",
            method="reflections",
            scale="own",
            ddof=1,
            counting="without_itself",
            divided_by="candidate",
            less_density=True,
        ),
        Convention("r-economiccomplexity", scale="own", ddof=1),
    )
}


def convention_named(given: str | Convention) -> Convention:
    """A convention by its name, or as it is."""
    if isinstance(given, Convention):
        return given
    if given not in CONVENTIONS:
        raise RefusedInput(
            f"There is no convention “{given}”",
            remedy=f"Choose one of {', '.join(CONVENTIONS)}, or make one.",
        )
    return CONVENTIONS[given]
