"""Figures of cluster categories: jobs, share, quotient and stars of a region, and countries counted together.

reference (category-…, indicator, region, category, year) ──definition_of──▶ parts and weights
    ──structure.category_table | category_trend──▶ value, state, flag ──▶ Figure with its parts, each a figure itself

Where a part is not published there is no value: the lower bound stands in the coverage and in `details`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence import category_coverage as coverage
from clusterpolisee.evidence import structure
from clusterpolisee.evidence.category_definition import activity_names, definition_of
from clusterpolisee.evidence.figure_refs import COUNTRIES
from clusterpolisee.evidence.figures import Figure, FigureNotFound, FigureRef, Part, no_cell, star_parts
from clusterpolisee.evidence.models import CategoryDefinition, DatasetVersion, Indicator
from clusterpolisee.evidence.no_comparison import said_plainly, why_no_comparison
from clusterpolisee.regions.country_names import names_of_countries
from clusterpolisee.shell.languages import format_number

COUNTRY_CODE = 2  # letters


@dataclass(frozen=True)
class _Asked:
    """What every measure of a category begins with."""

    ref: FigureRef
    indicator: Indicator
    version: DatasetVersion
    definition: CategoryDefinition

    def other(self, measure: str, **changed: Any) -> FigureRef:
        return replace(self.ref, measure=measure, **changed)

    def figure(self, value: float | None, cell_state: str, flag: str, **told: Any) -> Figure:
        details = {"category": self.definition.as_record(), **told.pop("details", {})}
        return Figure(
            ref=self.ref,
            value=value,
            state=cell_state,
            flag=flag,
            version=self.version,
            indicator=self.indicator,
            category=self.definition,
            details=details,
            **told,
        )


def figure(
    ref: FigureRef,
    indicator: Indicator,
    version: DatasetVersion,
    definition: CategoryDefinition | None = None,
) -> Figure:
    """One figure by the definition given, or by the one of today. Raises FigureNotFound with a sentence."""
    asked = _Asked(ref, indicator, version, definition or definition_of(ref.activity))
    return _MEASURES[ref.measure](asked)


# One place -----------------------------------------------------------------------------------------------


def _cell(asked: _Asked) -> tuple[structure.CategoryTable, structure.CategoryCell]:
    ref, level = asked.ref, len(asked.ref.region) - COUNTRY_CODE
    table = structure.category_table(
        asked.version, asked.indicator, ref.year, level=level, weights=asked.definition.weights
    )
    if table is None and (why := why_no_comparison(asked.version, asked.indicator, ref.year, level=level)):
        raise FigureNotFound(said_plainly(why))
    cell = table.of(ref.region) if table else None
    if (
        table is None
        or cell is None
        or not structure.same_territory(ref.region, table.table.nuts_vintage, ref.nuts)
    ):
        raise no_cell(ref, asked.version)
    return table, cell


def _jobs(asked: _Asked) -> Figure:
    table, cell = _cell(asked)
    bound = None if cell.is_complete else cell.at_least
    return asked.figure(
        cell.jobs,
        cell.state,
        cell.flag,
        unit=asked.indicator.unit,
        decimals=0,
        parts=tuple(_part(asked, one) for one in table.parts_of(cell.region)),
        coverage=coverage.of_parts(table, cell, activity_names()),
        words=_sum_in_words(asked.definition),
        at_least=bound,
        details={"parts_published": cell.parts_known, "parts": table.parts_in_all, "at_least": bound},
    )


def _part(asked: _Asked, part: structure.PartCell) -> Part:
    ref = asked.ref
    own = replace(ref, measure="observation", activity=part.activity)
    known = part.jobs is not None or structure.cell(
        asked.version, asked.indicator, ref.region, ref.nuts, part.activity, ref.year
    )
    return Part(
        _("%(activity)s (%(code)s), weight %(weight)s")
        % {
            "activity": activity_names().get(part.activity, part.activity),
            "code": part.activity,
            "weight": format_number(part.weight),
        },
        part.jobs,
        asked.indicator.unit,
        0,
        own if known else None,
        told_state=part.state,
        weight=part.weight,
    )


def _jobs_part(asked: _Asked, cell: structure.CategoryCell) -> Part:
    jobs = asked.other("category-jobs")
    return Part(_("Jobs in the category"), cell.jobs, asked.indicator.unit, 0, jobs, told_state=cell.state)


def _share(asked: _Asked) -> Figure:
    table, cell = _cell(asked)
    total = table.table.region_total(table.table.regions.index(cell.region))
    whole = Part(_("Employed in all published activities of the region"), total, asked.indicator.unit, 0)
    words = _("“%(name)s” ÷ all published activities of the region. %(sum)s")
    return asked.figure(
        cell.share,
        _state(cell, cell.share),
        cell.flag,
        unit="%",
        decimals=1,
        parts=(_jobs_part(asked, cell), whole),
        coverage=coverage.of_region(table, cell, activity_names()),
        words=words % {"name": asked.definition.name, "sum": _sum_in_words(asked.definition)},
    )


def _quotient(asked: _Asked) -> Figure:
    table, cell = _cell(asked)
    countries = table.table.reference_countries
    here = Part(
        _("Share in the region"), cell.share, "%", 1, asked.other("category-share"), told_state=cell.state
    )
    there = Part(
        _("Share in the %(count)s reference countries") % {"count": len(countries)},
        table.share_in_area,
        "%",
        2,
    )
    words = _("Share of “%(name)s” in the region ÷ its share in %(count)s countries together. %(sum)s")
    told = {"name": asked.definition.name, "count": len(countries), "sum": _sum_in_words(asked.definition)}
    return asked.figure(
        cell.quotient,
        _state(cell, cell.quotient),
        cell.flag,
        unit="",
        decimals=1,
        parts=(here, there),
        coverage=coverage.of_region(table, cell, activity_names()),
        words=words % told,
        details={"reference_countries": countries},
    )


def _stars(asked: _Asked) -> Figure:
    table, cell = _cell(asked)
    refs = {
        "observation": asked.other("category-jobs"),
        "location-quotient": asked.other("category-quotient"),
        "share": asked.other("category-share"),
    }
    scheme = table.table.scheme
    words = _("A star each for size, specialisation and focus of “%(name)s”. %(sum)s")
    return asked.figure(
        cell.stars.count,
        _state(cell, cell.stars.count),
        cell.flag,
        unit=_("stars"),
        decimals=0,
        parts=star_parts(cell.stars, asked.indicator.unit, refs),
        coverage=coverage.of_stars(table, cell, activity_names()),
        words=words % {"name": asked.definition.name, "sum": _sum_in_words(asked.definition)},
        details={"scheme": f"{scheme.name} {scheme.version}"},
    )


def _state(cell: structure.CategoryCell, value: float | None) -> str:
    """What is known of every part can still be unknown here, where there is nothing to divide by."""
    return "not_published" if value is None and cell.is_complete else cell.state


# Countries together, and over the years -------------------------------------------------------------------


def _countries(asked: _Asked) -> tuple[str, ...]:
    """The countries of the table in the year, in the vintage it is coded in."""
    table = structure.category_table(
        asked.version, asked.indicator, asked.ref.year, level=0, weights=asked.definition.weights
    )
    if table is None:
        raise no_cell(asked.ref, asked.version)
    if table.table.nuts_vintage != asked.ref.nuts:
        raise FigureNotFound(
            _("The countries together are counted in NUTS %(vintage)s, as the table %(table)s draws them.")
            % {"vintage": table.table.nuts_vintage, "table": asked.version.dataset.code}
        )
    return table.table.reference_countries


def _trend(asked: _Asked, countries: tuple[str, ...]) -> structure.CategoryTrend:
    found = structure.category_trend(asked.version, asked.indicator, asked.definition.weights, countries)
    if asked.ref.year not in found.series.years:
        raise FigureNotFound(
            _("No country has every part of “%(name)s” published in every year, so nothing can be added up.")
            % {"name": asked.definition.name}
        )
    return found


def _countries_together(asked: _Asked) -> Figure:
    if asked.ref.region != COUNTRIES:
        raise no_cell(asked.ref, asked.version)
    countries = _countries(asked)
    trend = _trend(asked, countries)
    cell = trend.series.at(asked.ref.year)
    assert cell is not None
    names = names_of_countries(countries, get_language() or "en")
    parts = []
    for country in trend.countries:
        one = trend.by_country[country].at(asked.ref.year)
        assert one is not None
        parts.append(
            Part(
                f"{names[country]} ({country})",
                one.value,
                asked.indicator.unit,
                0,
                asked.other("category-jobs", region=country),
                told_state=one.state,
            )
        )
    words = _("“%(name)s” in %(count)s countries, added up. %(sum)s")
    told = {"name": asked.definition.name, "count": len(parts), "sum": _sum_in_words(asked.definition)}
    return asked.figure(
        cell.value,
        cell.state,
        cell.flag,
        unit=asked.indicator.unit,
        decimals=0,
        parts=tuple(parts),
        coverage=coverage.of_countries(trend.countries, countries, names),
        words=words % told,
        details={"countries": trend.countries},
    )


def _growth(asked: _Asked) -> Figure:
    ref, base = asked.ref, asked.ref.base_year
    if base is None:
        raise FigureNotFound(_("A change needs two years."))
    is_together = ref.region == COUNTRIES
    if not is_together and len(ref.region) != COUNTRY_CODE:
        raise FigureNotFound(_("The change of a category is told of countries only."))
    trend = _trend(asked, _countries(asked) if is_together else (ref.region,))
    start, end = trend.series.at(base), trend.series.at(ref.year)
    if start is None or end is None:
        raise no_cell(asked.other(ref.measure, year=base), asked.version)
    if trend.has_break(base, ref.year):
        raise FigureNotFound(
            _(
                "There is a break in series between %(start)s and %(end)s, so a change over these years is not a fact."
            )
            % {"start": base, "end": ref.year}
        )
    measure = "category-sum" if is_together else "category-jobs"
    value = structure.growth(start.value, end.value)
    parts = tuple(
        Part(
            str(year),
            cell.value,
            asked.indicator.unit,
            0,
            asked.other(measure, year=year, base_year=None),
            told_state=cell.state,
        )
        for year, cell in ((base, start), (ref.year, end))
    )
    names = names_of_countries(trend.countries, get_language() or "en")
    words = _("Change of “%(name)s” from %(start)s to %(end)s. %(sum)s")
    told = {"name": asked.definition.name, "start": base, "end": ref.year}
    return asked.figure(
        value,
        end.state if value is not None else "not_published",
        "".join(sorted(set(start.flag.replace("b", "") + end.flag))),
        unit="%",
        decimals=1,
        parts=parts,
        coverage=coverage.of_countries(trend.countries, trend.countries, names),
        words=words % {**told, "sum": _sum_in_words(asked.definition)},
        details={"countries": trend.countries},
    )


def _sum_in_words(definition: CategoryDefinition) -> str:
    """“Tourism” = Accommodation (I55) + 0.5 × Restaurants (I56)"""
    names = activity_names()
    parts = [
        ("" if weight == 1 else f"{format_number(weight)} × ") + f"{names.get(code, code)} ({code})"
        for code, weight in definition.weights.items()
    ]
    return _("“%(name)s” = %(parts)s.") % {"name": definition.name, "parts": " + ".join(parts)}


_MEASURES: dict[str, Callable[[_Asked], Figure]] = {
    "category-jobs": _jobs,
    "category-share": _share,
    "category-quotient": _quotient,
    "category-stars": _stars,
    "category-sum": _countries_together,
    "category-growth": _growth,
}
RESOLVERS = dict.fromkeys(_MEASURES, figure)
