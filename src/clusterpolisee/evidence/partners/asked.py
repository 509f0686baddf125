"""What a reader can ask of the partners of a region: for which option, where to look, ranked by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from regional_analytics.measures.partners.complementarity import Reciprocity

Kind = TypeVar("Kind", bound=StrEnum)


class Where(StrEnum):
    """Who may be named. ABROAD, EVERYWHERE and NEAR look at South East Europe, EUROPE at all regions of the table."""

    ABROAD = "abroad"
    NEAR = "near"
    EVERYWHERE = "everywhere"
    EUROPE = "europe"


class By(StrEnum):
    """What partners are ranked by; the names are the library's rules of reciprocity."""

    GAIN = "gain"
    MINIMUM = "minimum"
    GEOMETRIC_MEAN = "geometric_mean"

    @property
    def reciprocity(self) -> Reciprocity:
        return "none" if self is By.GAIN else self.value  # type: ignore[return-value]


@dataclass(frozen=True)
class Asked:
    """What a reader asked for. activity: one option instead of the region's best; empty is those."""

    activity: str = ""
    where: Where = Where.ABROAD
    by: By = By.GAIN

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """What is no answer to a question is taken for the first one."""
        activity = given.get("for", "")
        looks_right = activity.isascii() and activity.isalnum() and 1 <= len(activity) <= 6
        return cls(
            activity=activity.upper() if looks_right else "",
            where=_one_of(Where, given.get("where", "")),
            by=_one_of(By, given.get("by", "")),
        )

    @property
    def choices(self) -> dict[str, str]:
        """Those that are not the first ones, as they stand in an address."""
        said = {
            "for": self.activity,
            "where": self.where.value if self.where is not Where.ABROAD else "",
            "by": self.by.value if self.by is not By.GAIN else "",
        }
        return {key: value for key, value in said.items() if value}


def _one_of(kind: type[Kind], wanted: str) -> Kind:
    return next((one for one in kind if one.value == wanted), next(iter(kind)))
