"""When a rank or a place on a list of options is firm enough to be relied on, by name and version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from regional_analytics.measures.inputs import Flags, Floats, RefusedInput
from regional_analytics.measures.uncertainty.reliance import Mark, MaskedMarks


@dataclass(frozen=True)
class StabilityScheme:
    """What is asked of ranks and options that were drawn again and again.

    wide, widest            a rank is read with care where its interval spans more than `wide` of all ranks, and not relied on
                            where it spans more than `widest`: parts of 1
    enough, fewest          an option is reliable where it is on the list in at least `enough` of the draws, and not relied on
                            where it is in less than `fewest`: parts of 1
    level                   how many of the draws the interval of a rank holds
    """

    name: str
    version: str
    wide: float
    widest: float
    enough: float
    fewest: float
    level: float

    def __post_init__(self) -> None:
        for lesser, greater in (("wide", "widest"), ("fewest", "enough")):
            if not 0 <= getattr(self, lesser) <= getattr(self, greater) <= 1:
                raise RefusedInput(
                    f"{lesser} of “{self.name}” is {getattr(self, lesser):g} and {greater} {getattr(self, greater):g}",
                    remedy=f"Both lie between 0 and 1, {greater} not below {lesser}.",
                )
        if not 0 < self.level < 1:
            raise RefusedInput(f"level of “{self.name}” is {self.level:g}", remedy="It lies between 0 and 1.")


STEADY: Final = StabilityScheme("steady", "1", wide=0.1, widest=0.25, enough=0.8, fewest=0.5, level=0.9)


def marks(firm: Flags, careful: Flags, known: Flags) -> MaskedMarks:
    """Reliable where firm, with care where careful, otherwise not to be relied on."""
    mark = np.where(firm, Mark.RELIABLE, np.where(careful, Mark.WITH_CARE, Mark.DO_NOT_RELY))
    return np.ma.MaskedArray(mark.astype(np.int8), mask=~known)


def marks_of_ranks(spans: Floats, known: Flags, scheme: StabilityScheme) -> MaskedMarks:
    """spans are parts of all ranks."""
    return marks(spans <= scheme.wide, spans <= scheme.widest, known)


def marks_of_options(share: Floats, known: Flags, scheme: StabilityScheme) -> MaskedMarks:
    """share is the part of the draws in which an option is on the list."""
    return marks(share >= scheme.enough, share >= scheme.fewest, known)
