"""How options are weighed, by name and version: what counts how much, on which scale, within which limits.

A scheme is data: it is handed in, and comes back with the result. The three below are ways of choosing that practice tells apart;
their weights are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from regional_analytics.measures.inputs import RefusedInput, one_of

OptionScale: TypeAlias = Literal["percentile", "z", "minmax"]
CRITERIA: Final = ("relatedness", "complexity", "gain", "growth", "size")


@dataclass(frozen=True)
class OptionScheme:
    """What is looked for in an option.

    relatedness, complexity, gain, growth, size   weights, 0 or more, at least one above 0; only their proportions count
    scale                   how criteria are brought together, among a region's own options:
                            "percentile" (default)  the part of them below, equal ones by half: 0 to 1. Every criterion is then spread
                                                    alike, so that weights mean what they say and no outlier sets the scale;
                                                    a region chooses among its own options and no others
                            "z"                     standard deviations from their mean: keeps how far apart they are
                            "minmax"                0 for the worst, 1 for the best: keeps it too, and one outlier sets it
    least_relatedness, most_relatedness   options nearer or farther are not listed; a density from 0 to 1. None: no limit
    least_complexity_above  how far the activity's complexity must be above the region's own at least, in the unit of both.
                            None: no limit
    most_options            how many are listed for each region; those equal to the last too. None: all
    """

    name: str
    version: str
    relatedness: float = 0.0
    complexity: float = 0.0
    gain: float = 0.0
    growth: float = 0.0
    size: float = 0.0
    scale: OptionScale = "percentile"
    least_relatedness: float | None = None
    most_relatedness: float | None = None
    least_complexity_above: float | None = None
    most_options: int | None = None

    def __post_init__(self) -> None:
        for name in CRITERIA:
            if not 0 <= getattr(self, name) < np.inf:
                raise RefusedInput(
                    f"The weight of {name} in “{self.name}” is {getattr(self, name):g}",
                    remedy="It is 0 or more.",
                )
        if not self.weights:
            raise RefusedInput(f"“{self.name}” weighs nothing", remedy="Give one criterion a weight above 0.")
        one_of(self.scale, "scale", ("percentile", "z", "minmax"))
        least = 0.0 if self.least_relatedness is None else self.least_relatedness
        most = 1.0 if self.most_relatedness is None else self.most_relatedness
        if not 0 <= least <= most <= 1:
            raise RefusedInput(
                f"“{self.name}” takes a relatedness from {least:g} to {most:g}",
                remedy="Both lie between 0 and 1, the least not above the most.",
            )
        above = self.least_complexity_above
        if above is not None and not np.isfinite(above):
            raise RefusedInput(
                f"least_complexity_above of “{self.name}” is {above:g}", remedy="Give a figure, or None."
            )
        if self.most_options is not None and self.most_options < 1:
            raise RefusedInput(
                f"“{self.name}” lists {self.most_options} options",
                remedy="Ask for 1 or more, or None for all.",
            )

    @property
    def weights(self) -> dict[str, float]:
        """What counts, and how much of 1."""
        given = {name: float(getattr(self, name)) for name in CRITERIA if getattr(self, name) > 0}
        whole = sum(given.values())
        return {name: weight / whole for name, weight in given.items()}

    @property
    def needed(self) -> tuple[str, ...]:
        """The criteria without which it cannot weigh, for weights and for limits."""
        limits = []
        if self.least_relatedness is not None or self.most_relatedness is not None:
            limits.append("relatedness")
        if self.least_complexity_above is not None:
            limits.append("complexity")
        return tuple(name for name in CRITERIA if name in self.weights or name in limits)


LOW_HANGING_FRUIT: Final = OptionScheme("low-hanging fruit", "1", relatedness=0.6, complexity=0.2, gain=0.2)
BALANCED: Final = OptionScheme("balanced", "1", relatedness=0.4, complexity=0.3, gain=0.3)
LONG_JUMPS: Final = OptionScheme(
    "long jumps", "1", relatedness=0.2, complexity=0.4, gain=0.4, least_complexity_above=0.0
)
