"""A comparison as a page: differences in words, pictures on one scale, tables, addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence import comparison_sentences
from clusterpolisee.evidence.comparison_exports import employment_table, indicators_table, strengths_table
from clusterpolisee.evidence.comparison_facts import ComparisonFacts
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures.comparison import side_by_side
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.lines import indexed_lines
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.tables import ExportTable
from clusterpolisee.shell.languages import format_number


class ComparisonPage(ComparisonFacts, PageWithParts):
    """Regions side by side in the active language."""

    @property
    def title(self) -> str:
        return self.names or _("Compare regions")

    @cached_property
    def answer(self) -> list[SafeString]:
        return comparison_sentences.answer(self)

    # Parts

    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        return {"strengths": self._bars, "employment": self._lines}

    def _bars(self) -> Picture | None:
        rows = [
            {
                "thing": self.activity_name(one.code),
                "region": self.name_of(region),
                "value": row.quotient,
                "label": format_number(row.quotient, decimals=1),
            }
            for one in self.strengths
            for region, row in zip(self.regions, one.rows, strict=True)
            if row is not None and row.quotient is not None
        ]
        if not rows:
            return None
        return side_by_side(
            rows,
            name="strengths",
            title=_("Location quotients of the strongest activities, %(year)s")
            % {"year": self.activity_year},
            order=[
                self.name_of(region)
                for region, profile in zip(self.regions, self.profiles, strict=True)
                if profile.activities
            ],
            axis=_("times the average"),
        )

    def _lines(self) -> Picture | None:
        if self.span is None:
            return None
        series = [
            (self.name_of(region), profile.trend.series)
            for region, profile in zip(self.regions, self.profiles, strict=True)
            if profile.trend
        ]
        title = _("Employment, %(year)s = 100") % {"year": self.span[0]}
        return indexed_lines(series, self.span, name="employment", title=title)

    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        return {
            "indicators": lambda: indicators_table(self, address=self.address) if self.indicators else None,
            "strengths": lambda: strengths_table(self, address=self.address) if self.strengths else None,
            "employment": lambda: (
                employment_table(self, address=self.address) if self.trend_version else None
            ),
        }

    # Addresses

    @property
    def query(self) -> str:
        return asking_for([region.code for region in self.regions])

    @property
    def address(self) -> str:
        return f"{reverse('evidence:compare')}?{self.query}"

    @property
    def place(self) -> tuple[str, ...]:
        return ("comparison",)

    def part_address(self, part: str, form: str) -> str:
        return f"{reverse('evidence:compare_part', args=[part, form])}?{self.query}"

    def without(self, region: Region) -> str:
        """The same comparison without one of them."""
        rest = [one.code for one in self.regions if one != region]
        return f"{reverse('evidence:compare')}?{asking_for(rest)}"


def asking_for(codes: Sequence[str]) -> str:
    return urlencode({"r": list(codes)}, doseq=True)
