"""References to figures: which number is meant, written as an address and read back from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.regions.queries import current_vintage

NO_ACTIVITY = "-"
COUNTRIES = "ALL"  # stands for a region: the countries of a table counted together


class FigureNotFound(LookupError):
    """The reference names a figure that cannot be had; the sentence says why and what to do."""


def no_figure() -> FigureNotFound:
    return FigureNotFound(_("This address does not name a figure. Open a region page and click a number."))


@dataclass(frozen=True, order=True)
class FigureRef:
    """Which figure: measure, indicator, region in its NUTS vintage, activity, year (and the year before)."""

    measure: str
    indicator: str
    region: str
    nuts: int
    year: int
    activity: str = ""
    base_year: int | None = None

    @property
    def category(self) -> str:
        """The code of the cluster category it counts, where it does; it stands in the place of an activity."""
        return self.activity if EXPLANATIONS[self.measure].of_category else ""

    @property
    def years(self) -> str:
        return f"{self.base_year}-{self.year}" if self.base_year else str(self.year)

    def address(self, *, version: int | None = None) -> str:
        path = reverse(
            "evidence:figure",
            args=[self.measure, self.indicator, self.region, self.activity or NO_ACTIVITY, self.years],
        )
        query: dict[str, Any] = {} if self.nuts == current_vintage() else {"nuts": self.nuts}
        if version is not None:
            query["version"] = version
        return f"{path}?{urlencode(query)}" if query else path

    def as_record(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "indicator": self.indicator,
            "region": self.region,
            "nuts": self.nuts,
            "year": self.year,
            "activity": self.activity,
            "base_year": self.base_year,
        }

    @classmethod
    def from_parts(
        cls, measure: str, indicator: str, region: str, activity: str, years: str, nuts: int
    ) -> FigureRef:
        """Read an address back; raises FigureNotFound on anything that is not one."""
        try:
            numbers = [int(year) for year in years.split("-")]
        except ValueError:
            numbers = []
        if (
            measure not in EXPLANATIONS
            or not 1 <= len(numbers) <= 2
            or any(not 1900 <= n <= 2200 for n in numbers)
        ):
            raise no_figure()
        return cls(
            measure=measure,
            indicator=indicator,
            region=region,
            nuts=nuts,
            year=numbers[-1],
            activity="" if activity == NO_ACTIVITY else activity,
            base_year=numbers[0] if len(numbers) == 2 else None,
        )
