"""Figures: numbers as a page shows them, each with an address that says what it is and where it comes from.

A `FigureRef` names a figure; `resolve` computes it from dataset versions. The same reference can be resolved
against the newest version or against the one a citation froze.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.derived_plans import Defined, NotComputable, defined
from clusterpolisee.evidence.explanations import EXPLANATIONS, Explanation
from clusterpolisee.evidence.figure_refs import FigureNotFound, FigureRef, no_figure
from clusterpolisee.evidence.indicator_figures import IndicatorFigures, TableFigures, figures_of
from clusterpolisee.evidence.models import CategoryDefinition, DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.no_comparison import said_plainly, why_no_comparison

__all__ = [
    "PLUGGED_RESOLVERS",
    "RESOLVERS",
    "Figure",
    "FigureNotFound",
    "FigureRef",
    "Part",
    "no_cell",
    "resolve",
    "star_parts",
]


@dataclass(frozen=True)
class Part:
    """A number that went into a figure, named, and itself a figure where it has an address."""

    name: str
    value: float | None
    unit: str
    decimals: int
    ref: FigureRef | None = None
    origin: str = ""  # where a part comes from, if not from the table of the figure
    told_state: str = ""  # where more is known of it than that there is a value, or none
    weight: float | None = None  # how much of it counts, where parts are weighted

    @property
    def state(self) -> str:
        return self.told_state or ("reported" if self.value is not None else "not_published")


@dataclass(frozen=True)
class Figure:
    """A number with its state, its unit, its origin and the parts it was made of."""

    ref: FigureRef
    value: float | None
    state: str
    flag: str
    unit: str
    decimals: int
    version: DatasetVersion
    indicator: Indicator | DerivedVersion
    parts: tuple[Part, ...] = ()
    coverage: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    further_versions: tuple[DatasetVersion, ...] = ()
    category: CategoryDefinition | None = None  # what it counts, where that is a cluster category
    at_least: float | None = None  # a lower bound, where there is no value
    words: str = ""  # the formula with the names of what went into it

    @property
    def versions(self) -> tuple[DatasetVersion, ...]:
        return (self.version, *self.further_versions)

    @property
    def formula_version(self) -> int:
        own = self.indicator
        return own.number if isinstance(own, DerivedVersion) else self.explanation.version

    @property
    def explanation(self) -> Explanation:
        return EXPLANATIONS[self.ref.measure]

    @property
    def is_known(self) -> bool:
        return self.value is not None


Resolver = Callable[[FigureRef, Indicator, DatasetVersion], Figure]

# Figures that are not read from one indicator's table are resolved by whoever knows them: (measure → resolver).
PLUGGED_RESOLVERS: dict[str, Callable[[FigureRef, Defined | None], Figure]] = {}


def resolve(
    ref: FigureRef, *, version: DatasetVersion | None = None, indicator: Indicator | Defined | None = None
) -> Figure:
    """Compute one figure from the newest version of its table, or from the version given.

    indicator: the one the reference names, where it is at hand already.
    Raises FigureNotFound, with a sentence, when indicator, table, region, activity or year are not there.
    """
    if plugged := PLUGGED_RESOLVERS.get(ref.measure):
        return plugged(ref, indicator if isinstance(indicator, Defined) else None)
    indicator = indicator or queries.indicator(ref.indicator)
    if not isinstance(indicator, Indicator):
        return _of_derived(ref, indicator)
    version = version or indicator.dataset.current
    if version is None:
        raise FigureNotFound(str(NotComputable(table=indicator.dataset.code)))
    compute = RESOLVERS.get(ref.measure)
    if compute is None:
        raise no_figure()
    return compute(ref, indicator, version)


def no_cell(ref: FigureRef, version: DatasetVersion) -> FigureNotFound:
    """The sentence for a place, activity or year that a table does not have."""
    told = {
        "table": version.dataset.code,
        "region": ref.region,
        "activity": ref.activity or "–",
        "year": ref.year,
    }
    return FigureNotFound(_("The table %(table)s has no cell for %(region)s, %(activity)s, %(year)s.") % told)


def _observation(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    cell = structure.cell(version, indicator, ref.region, ref.nuts, ref.activity, ref.year)
    if cell is None:
        raise no_cell(ref, version)
    return Figure(
        ref=ref,
        value=cell.value,
        state=cell.state,
        flag=cell.flag,
        unit=indicator.unit,
        decimals=indicator.decimals,
        version=version,
        indicator=indicator,
    )


def _of_derived(ref: FigureRef, found: Defined | None) -> Figure:
    """Growth and position of a derived indicator; a sentence where there is none of this code."""
    found = found or defined(ref.indicator)
    observed = PLUGGED_RESOLVERS["derived"](replace(ref, measure="derived", base_year=None), found)
    compute = _OF_DERIVED.get(ref.measure)
    if compute is None or found is None or ref.activity:
        raise no_figure()
    return compute(ref, observed, figures_of(found))


def _growth(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    end = _observation(replace(ref, measure="observation", base_year=None), indicator, version)
    return _growth_until(ref, end, TableFigures(indicator, version))


def _growth_until(ref: FigureRef, end: Figure, figures: IndicatorFigures) -> Figure:
    if ref.base_year is None:
        raise FigureNotFound(_("A change needs two years."))
    if not figures.comparable.years:
        raise FigureNotFound(
            _("“%(indicator)s” places regions among each other, each year by itself: no change is stated.")
            % {"indicator": figures.indicator.name}
        )
    series = figures.series(ref.region, ref.nuts, ref.activity)
    first = series.at(ref.base_year)
    start = replace(end.ref, year=ref.base_year)
    if first is None:
        raise no_cell(start, figures.version)
    if structure.breaks_between(series, ref.base_year, ref.year):
        raise FigureNotFound(
            _(
                "There is a break in series between %(start)s and %(end)s, so a change over these years is not a fact."
            )
            % {"start": ref.base_year, "end": ref.year}
        )
    value = structure.growth(first.value, end.value)
    parts = ((start, first.value), (end.ref, end.value))
    return Figure(
        ref=ref,
        value=value,
        state="reported" if value is not None else "not_published",
        flag="".join(sorted(set(first.flag.replace("b", "") + end.flag))),
        unit="%",
        decimals=1,
        version=end.version,
        indicator=end.indicator,
        parts=tuple(Part(str(one.year), number, end.unit, end.decimals, one) for one, number in parts),
        further_versions=end.further_versions,
    )


def _share(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    """Of the published whole where the table has one, else of the sum of its published divisions."""
    observed = replace(ref, measure="observation")
    of_all = replace(observed, activity=structure.WHOLE)
    if structure.cell(version, indicator, ref.region, ref.nuts, structure.WHOLE, ref.year) is None:
        return _specialisation(ref, indicator, version)
    part, whole = (_observation(one, indicator, version) for one in (observed, of_all))
    value = structure.share_percent(part.value, whole.value)
    parts = ((_("Employed in the activity"), part), (_("Employed in all activities"), whole))
    return replace(
        part,
        ref=ref,
        value=value,
        state=part.state if part.value is None else "reported" if value is not None else whole.state,
        flag="".join(sorted(set(part.flag + whole.flag))),
        unit="%",
        decimals=1,
        parts=tuple(Part(name, one.value, one.unit, 0, one.ref) for name, one in parts),
    )


def _specialisation(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    table, row, column = _place(ref, indicator, version)
    jobs, flag = table.cell(row, column)
    observed = replace(ref, measure="observation")
    share = replace(ref, measure="share")
    parts: tuple[Part, ...]
    in_region = Part(_("Employed in the activity"), jobs, indicator.unit, 0, observed)
    whole = Part(
        _("Employed in all published activities of the region"), table.region_total(row), indicator.unit, 0
    )
    if ref.measure == "share":
        value, unit, decimals = table.share(row, column), "%", 1
        parts = (in_region, whole)
    else:
        value, unit, decimals = table.quotient(row, column), "", 1
        parts = (
            Part(_("Share in the region"), table.share(row, column), "%", 1, share),
            Part(
                _("Share in the %(count)s reference countries") % {"count": len(table.reference_countries)},
                table.share_in_area(column),
                "%",
                2,
            ),
        )
    known, all_cells = table.coverage(row)
    return Figure(
        ref=ref,
        value=value,
        state="reported" if value is not None else table.state(row, column),
        flag=flag,
        unit=unit,
        decimals=decimals,
        version=version,
        indicator=indicator,
        parts=parts,
        coverage=_("%(known)s of %(all)s activities of the region are published.")
        % {"known": known, "all": all_cells},
        details={"reference_countries": table.reference_countries},
    )


def _stars(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    table, row, column = _place(ref, indicator, version)
    award = table.star_award(row, column)
    refs = {one: replace(ref, measure=one) for one in ("observation", "location-quotient", "share")}
    parts = star_parts(award, indicator.unit, refs)
    return Figure(
        ref=ref,
        value=award.count,
        state="reported" if award.count is not None else table.state(row, column),
        flag="",
        unit=_("stars"),
        decimals=0,
        version=version,
        indicator=indicator,
        parts=parts,
        coverage=_("Scheme: %(name)s. Fewer than %(minimum)s jobs earn no star.")
        % {"name": table.scheme.name, "minimum": int(table.scheme.minimum_employment)},
        details={"scheme": f"{table.scheme.name} {table.scheme.version}"},
    )


def star_parts(
    award: structure.StarAward, unit_of_jobs: str, refs: Mapping[str, FigureRef]
) -> tuple[Part, ...]:
    """What each star was measured by, and against; refs: the figures behind jobs, quotient and share."""
    return tuple(
        Part(
            f"{'★' if won else '☆'} {name}: {value_name}",
            value,
            unit,
            decimals,
            refs.get(measure),
        )
        for won, name, value_name, value, unit, decimals, measure in (
            (award.size, _("Size"), _("jobs"), award.jobs, unit_of_jobs, 0, "observation"),
            (award.size, _("Size"), _("threshold"), award.size_threshold, unit_of_jobs, 0, ""),
            (
                award.specialisation,
                _("Specialisation"),
                _("quotient"),
                award.quotient,
                "",
                1,
                "location-quotient",
            ),
            (award.specialisation, _("Specialisation"), _("threshold"), award.quotient_threshold, "", 1, ""),
            (award.focus, _("Focus"), _("share"), award.share, "%", 1, "share"),
            (award.focus, _("Focus"), _("threshold"), award.share_threshold, "%", 1, ""),
        )
    )


def _place(
    ref: FigureRef, indicator: Indicator, version: DatasetVersion
) -> tuple[structure.Specialisation, int, int]:
    level = len(ref.region) - 2
    table = structure.specialisation(version, indicator, ref.year, level=level)
    if table is None and (why := why_no_comparison(version, indicator, ref.year, level=level)):
        raise FigureNotFound(said_plainly(why))
    place = table.place(ref.region, ref.activity) if table else None
    if (
        table is None
        or place is None
        or not structure.same_territory(ref.region, table.nuts_vintage, ref.nuts)
    ):
        raise no_cell(ref, version)
    return table, *place


def _shift_share(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    parts_of_growth = structure.shift_share_of(
        version, indicator, ref.region, ref.nuts, ref.base_year, ref.year
    )
    if parts_of_growth is None:
        raise FigureNotFound(
            _("For these years the growth of the region cannot be taken apart: no unbroken span.")
        )
    unit, decimals = indicator.unit, 0
    return Figure(
        ref=ref,
        value=parts_of_growth.regional_total,
        state="reported",
        flag="",
        unit=unit,
        decimals=decimals,
        version=version,
        indicator=indicator,
        parts=(
            Part(_("Change of employment"), parts_of_growth.change, unit, decimals),
            Part(_("with the country"), parts_of_growth.national_total, unit, decimals),
            Part(_("through the mix of activities"), parts_of_growth.mix_total, unit, decimals),
            Part(_("through the region itself"), parts_of_growth.regional_total, unit, decimals),
        ),
        coverage=_("%(known)s of %(all)s activity groups are published in both years.")
        % {"known": parts_of_growth.groups_used, "all": parts_of_growth.groups},
    )


def _among_regions(ref: FigureRef, indicator: Indicator, version: DatasetVersion) -> Figure:
    observed = _observation(replace(ref, measure="observation"), indicator, version)
    return _position(ref, observed, TableFigures(indicator, version))


def _position(ref: FigureRef, observed: Figure, figures: IndicatorFigures) -> Figure:
    place = figures.standing(ref.region, ref.nuts, ref.activity, ref.year)
    if place is None:
        raise FigureNotFound(_("The region has no published figure for this year, so it has no position."))
    is_rank = ref.measure == "rank"
    return Figure(
        ref=ref,
        value=float(place.rank) if is_rank else place.median,
        state="reported",
        flag="",
        unit="" if is_rank else observed.unit,
        decimals=0 if is_rank else observed.decimals,
        version=observed.version,
        indicator=observed.indicator,
        parts=(Part(_("The region"), observed.value, observed.unit, observed.decimals, observed.ref),),
        coverage=_("Among %(count)s regions of the same level with a published figure.")
        % {"count": place.out_of},
        details={"out_of": place.out_of},
        further_versions=observed.further_versions,
    )


# Figures that are read from one indicator's table: (measure → resolver). Who knows more measures adds them.
RESOLVERS: dict[str, Resolver] = {
    "observation": _observation,
    "growth": _growth,
    "share": _share,
    "location-quotient": _specialisation,
    "stars": _stars,
    "shift-share": _shift_share,
    "rank": _among_regions,
    "median": _among_regions,
}
_OF_DERIVED: dict[str, Callable[[FigureRef, Figure, IndicatorFigures], Figure]] = {
    "growth": _growth_until,
    "rank": _position,
    "median": _position,
}
