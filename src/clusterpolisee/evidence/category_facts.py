"""What is known of a cluster category: its ranking, parts, years and clusters, over the regions selected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.classifications.models import ClusterCategory
from clusterpolisee.community import queries as community
from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.figure_refs import COUNTRIES
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.no_comparison import why_no_comparison
from clusterpolisee.evidence.pictures.maps import NOT_ASKED, Place
from clusterpolisee.evidence.profile import ENTERPRISE_EMPLOYMENT
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.evidence.sentences import link
from clusterpolisee.evidence.structure import CategoryCell, CategoryTable
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region

LEVEL = 2
FIRST = 15  # regions of the ranking that are seen at once


@dataclass(frozen=True)
class Row:
    """A region of the ranking; `place` where its total is known."""

    region: Region
    name: str
    cell: CategoryCell
    address: str
    place: int | None = None


@dataclass(frozen=True)
class PartRow:
    """A part of a region's figure, with the figure it is read from."""

    code: str
    name: str
    part: structure.PartCell
    ref: FigureRef

    @property
    def cell(self) -> structure.Cell:
        return structure.Cell(self.part.jobs, self.part.state, self.part.flag)


@dataclass(frozen=True)
class YearRow:
    """One year of the trend."""

    year: int
    cell: structure.Cell
    ref: FigureRef


class Sources:
    """What every category page is made from; asked once where many categories are shown together."""

    def __init__(self) -> None:
        self._tables: dict[int, structure.Specialisation | None] = {}
        self._places: dict[int, list[Region]] = {}

    @cached_property
    def indicator(self) -> Indicator | None:
        return queries.indicators_by_code().get(ENTERPRISE_EMPLOYMENT)

    @property
    def version(self) -> DatasetVersion | None:
        return self.indicator.dataset.current if self.indicator else None

    @cached_property
    def names(self) -> dict[str, str]:
        return classifications.short_names(get_language() or "en")

    @cached_property
    def countries(self) -> list[Region]:
        return regions.countries()

    def specialisation(self, year: int) -> structure.Specialisation | None:
        if year not in self._tables and self.indicator and self.version:
            self._tables[year] = structure.specialisation(self.version, self.indicator, year, level=LEVEL)
        return self._tables.get(year)

    def why_no_comparison(self, year: int) -> SafeString | None:
        """Where the table has regions, but no country to compare them with."""
        if not self.indicator or not self.version:
            return None
        return why_no_comparison(self.version, self.indicator, year, level=LEVEL)

    def places(self, vintage: int) -> list[Region]:
        """The regions of South East Europe in a vintage."""
        if vintage not in self._places:
            self._places[vintage] = regions.map_regions(vintage)
        return self._places[vintage]


class CategoryFacts:
    """One category. Everything is computed when it is asked for, once."""

    def __init__(
        self,
        category: ClusterCategory,
        *,
        sources: Sources | None = None,
        year: int | None = None,
        country: str = "",
        kind: str = "",
        region: str = "",
    ) -> None:
        self.category = category
        self.sources = sources or Sources()
        self._asked_year, self._asked_country, self.kind, self._asked_region = year, country, kind, region

    @property
    def language(self) -> str:
        return get_language() or "en"

    # What it is made from

    @property
    def indicator(self) -> Indicator | None:
        return self.sources.indicator

    @property
    def version(self) -> DatasetVersion | None:
        return self.sources.version

    @property
    def years(self) -> list[int]:
        return sorted(self.version.years, reverse=True) if self.version else []

    @property
    def year(self) -> int | None:
        if self._asked_year in self.years:
            return self._asked_year
        return self.years[0] if self.years else None

    @cached_property
    def table(self) -> CategoryTable | None:
        """The category in every region; None where no table has any of its parts."""
        whole = self.sources.specialisation(self.year) if self.year is not None else None
        found = CategoryTable(whole, self.category.weights) if whole is not None else None
        return found if found is not None and found.parts else None

    @cached_property
    def why_no_comparison(self) -> SafeString | None:
        """What is missing where a table in use has regions, but no country."""
        return self.sources.why_no_comparison(self.year) if self.year is not None else None

    @cached_property
    def parts(self) -> list[tuple[str, str, float]]:
        """Code, name and weight of every part."""
        return [(code, self._name(code), weight) for code, weight in self.category.weights.items()]

    def _name(self, code: str) -> str:
        return self.sources.names.get(code, code)

    # Regions

    @cached_property
    def _mapped(self) -> list[Region]:
        """The regions of South East Europe as the table knows them."""
        return self.sources.places(self.vintage)

    @property
    def vintage(self) -> int:
        return self.table.table.nuts_vintage if self.table else regions.current_vintage()

    @cached_property
    def _rows(self) -> list[Row]:
        """Every region with at least one known part: those with a total by their quotient, then the lower bounds."""
        found = [
            Row(place, place.name(self.language), cell, self._region_address(place.code))
            for place in self._mapped
            if self.table and (cell := self.table.of(place.code)) and cell.parts_known
        ]
        whole = sorted((one for one in found if one.cell.is_complete), key=_by_quotient)
        bounds = sorted((one for one in found if not one.cell.is_complete), key=_by_bound)
        placed = [
            Row(
                one.region, one.name, one.cell, one.address, number if one.cell.quotient is not None else None
            )
            for number, one in enumerate(whole, start=1)
        ]
        return placed + bounds

    @property
    def country(self) -> str:
        known = {one.country for one in self._mapped}
        return self._asked_country if self._asked_country in known else ""

    @property
    def country_name(self) -> str:
        found = (one.name(self.language) for one in self.sources.countries if one.code == self.country)
        return next(found, "")

    @cached_property
    def selection(self) -> Selection:
        """The same question as on pages of indicators and activities."""
        return Selection(self.year, self.country, self.kind, self.vintage)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(place.code for place in self.selection.among(self._mapped))

    @property
    def rows(self) -> list[Row]:
        return [one for one in self._rows if one.region.code in self._wanted]

    @property
    def first_rows(self) -> list[Row]:
        return self.ranked[:FIRST]

    @property
    def other_rows(self) -> list[Row]:
        return self.ranked[FIRST:]

    @property
    def ranked(self) -> list[Row]:
        return [one for one in self.rows if one.cell.is_complete]

    @property
    def bounded(self) -> list[Row]:
        """Of whose parts only some are known."""
        return [one for one in self.rows if not one.cell.is_complete]

    @property
    def bounded_by_jobs(self) -> list[Row]:
        return [one for one in self.bounded if one.cell.at_least]

    @property
    def bounded_by_nothing(self) -> list[Row]:
        """“At least 0” says nothing in a row of its own: these are named one after the other."""
        return [one for one in self.bounded if not one.cell.at_least]

    @property
    def without_figures(self) -> list[str]:
        """Names of regions of which no part is known; countries that the table does not have among them."""
        shown = {one.region.code for one in self._rows}
        return [
            one.name(self.language)
            for one in self._mapped
            if one.code not in shown and one.code in self._wanted
        ]

    @property
    def places(self) -> list[Place]:
        """The regions as the map shows them: only totals have a colour."""
        found = []
        for place in self._mapped:
            cell = self.table.of(place.code) if self.table else None
            found.append(
                Place(
                    place.code,
                    place.name(self.language),
                    cell.quotient if cell and place.code in self._wanted else None,
                    NOT_ASKED if place.code not in self._wanted else cell.state if cell else "not_published",
                    self._region_address(place.code),
                )
            )
        return found

    # One region in detail

    @cached_property
    def chosen(self) -> Row | None:
        """The region whose parts are shown: the one asked for, else the first of the ranking."""
        asked = next((one for one in self._rows if one.region.code == self._asked_region), None)
        return asked or next(iter(self.rows), None)

    @property
    def chosen_parts(self) -> list[PartRow]:
        if self.table is None or self.chosen is None or self.indicator is None:
            return []
        return [
            PartRow(
                one.activity,
                self._name(one.activity),
                one,
                self._ref("observation", self.chosen.region.code, one.activity),
            )
            for one in self.table.parts_of(self.chosen.region.code)
        ]

    def _ref(self, measure: str, region: str, activity: str) -> FigureRef:
        assert self.table is not None and self.indicator is not None
        return FigureRef(
            measure, self.indicator.code, region, self.table.table.nuts_vintage, self.table.year, activity
        )

    def ref(self, measure: str, region: str) -> FigureRef:
        """The figure behind a number of the category: its jobs, share, quotient or stars in a region."""
        return self._ref(f"category-{measure}", region, self.category.code)

    # In words

    @property
    def leader(self) -> Row | None:
        """The highest quotient among regions where enough people work in it to carry a statement."""
        if self.table is None:
            return None
        least = self.table.table.scheme.minimum_employment
        ranked = [one for one in self.ranked if one.cell.quotient is not None]
        return next((one for one in ranked if (one.cell.jobs or 0) >= least), ranked[0] if ranked else None)

    def number(self, measure: str, region: str, text: str) -> SafeString:
        """A number of a region, opening its card."""
        return link(self.ref(measure, region), text)

    # Years

    @cached_property
    def trend(self) -> structure.CategoryTrend | None:
        """Jobs over the years, of the country chosen or of all; None where there is one year only."""
        if self.table is None or self.version is None or self.indicator is None or len(self.years) < 2:
            return None
        countries = (self.country,) if self.country else self.table.table.reference_countries
        found = structure.category_trend(self.version, self.indicator, self.category.weights, countries)
        return found if len(found.series.years) > 1 else None

    @property
    def trend_rows(self) -> list[YearRow]:
        if self.trend is None:
            return []
        ref = self.ref("jobs", self.country) if self.country else self.ref("sum", COUNTRIES)
        return [YearRow(year, cell, replace(ref, year=year)) for year, cell in self.trend.series.pairs]

    @property
    def growth_ref(self) -> FigureRef:
        """The change over the span of the trend; there must be one."""
        assert self.trend is not None and self.trend.span is not None
        start, end = self.trend.span
        return replace(self.ref("growth", self.country or COUNTRIES), base_year=start, year=end)

    # What stands beside

    @cached_property
    def clusters(self) -> community.Some:
        return community.clusters_of_category(self.category, self.country)

    # Addresses

    @property
    def address(self) -> str:
        return f"{reverse('evidence:category', args=[self.category.code])}{self.query()}"

    def query(self, **more: Any) -> str:
        said = {
            "year": self.year if self.years and self.year != self.years[0] else None,
            "country": self.country,
            "type": self.kind,
            **more,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def region_query(self, code: str) -> str:
        """The address of the parts of one region, on this page."""
        return f"{self.query(region=code)}#parts"

    def _region_address(self, code: str) -> str:
        path = reverse("evidence:region", args=[code])
        return path if self.vintage == regions.current_vintage() else f"{path}?nuts={self.vintage}"


def _by_quotient(row: Row) -> tuple[bool, float, str]:
    return row.cell.quotient is None, -(row.cell.quotient or 0.0), row.region.code


def _by_bound(row: Row) -> tuple[float, str]:
    return -(row.cell.at_least or 0.0), row.region.code
