"""The tables of the similar regions as they leave the house: ranks, reasons, performance, each with rules and origins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.origins import origins_of
from clusterpolisee.evidence.similar.facts import Alike, SimilarFacts
from clusterpolisee.evidence.similar.wording import part_name, part_year
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.tables import Column, ExportTable

Naming = Callable[[Region], str]


def ranks_table(page: SimilarFacts, name_of: Naming, *, address: str, language: str) -> ExportTable | None:
    """Every region compared, nearest first."""
    if not page.is_answered:
        return None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("rank", _("Rank by these weights"), "number", decimals=0, role="value"),
        Column("rank_median", _("Median rank"), "number", decimals=0),
        Column("rank_low", _("Rank, low end of the range"), "number", decimals=0),
        Column("rank_high", _("Rank, high end of the range"), "number", decimals=0),
        Column(
            "share_first_percent",
            _("Among the first %(first)s") % {"first": page.rules.first},
            "percent",
            decimals=1,
        ),
        Column("distance", _("Distance, 1 is usual"), "number", decimals=3),
        Column("coverage_percent", _("Known of both"), "percent", decimals=0),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (
            one.code,
            name_of(one.region),
            one.found.rank,
            one.found.median,
            one.found.lowest,
            one.found.highest,
            None if one.found.share_first is None else 100 * one.found.share_first,
            one.found.distance,
            100 * one.found.coverage,
            "reported" if one.found.median is not None else "not_applicable",
        )
        for one in page.neighbours
    ]
    return ExportTable(
        key=f"{page.region.code}-similar",
        title=_("%(region)s: similar regions") % {"region": name_of(page.region)},
        columns=columns,
        rows=rows,
        origins=_origins(page.versions, "similar-regions", address),
        note=rules_in_words(page),
        language=language,
    )


def reasons_table(
    page: SimilarFacts, some: Sequence[Alike], name_of: Naming, *, address: str, language: str
) -> ExportTable | None:
    """What the nearest are compared in: both figures with their years, and what each adds to the distance."""
    if not page.is_answered or page.row is None:
        return None
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("thing", _("Compared in"), "text"),
        Column("thing_name", _("In words"), "text", of="thing"),
        Column("own_years", _("Year here"), "text", of="thing"),
        Column("own_value", _("Here"), "number"),
        Column("own_state", _("State here"), "state", of="own_value"),
        Column("other_years", _("Year there"), "text", of="thing"),
        Column("other_value", _("There"), "number"),
        Column("other_state", _("State there"), "state", of="other_value"),
        Column("apart", _("How unlike, 1 is usual"), "number", decimals=3, role="value"),
        Column("weight_percent", _("Weight"), "percent", decimals=1),
        Column("adds", _("Adds to the distance"), "number", decimals=3),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = []
    for one in some:
        for why in one.reasons:
            none = "not_applicable" if why.is_mix else "not_published"
            rows.append(
                (
                    one.code,
                    name_of(one.region),
                    why.key,
                    part_name(why.part),
                    part_year(why.part, page.row),
                    why.own,
                    none if why.own is None else "reported",
                    part_year(why.part, one.found.row),
                    why.other,
                    none if why.other is None else "reported",
                    why.apart,
                    100 * why.weight,
                    why.counts,
                    "not_published" if why.apart is None else "reported",
                )
            )
    return ExportTable(
        key=f"{page.region.code}-similar-why",
        title=_("%(region)s: why these regions are similar") % {"region": name_of(page.region)},
        columns=columns,
        rows=rows,
        origins=_origins(page.versions, "similar-regions", address),
        note=rules_in_words(page),
        language=language,
    )


def performance_table(
    page: SimilarFacts, name_of: Naming, *, address: str, language: str
) -> ExportTable | None:
    """Every region of the group in every indicator."""
    if not page.performance:
        return None
    columns = [
        Column("indicator", _("Code"), "text"),
        Column("indicator_name", _("Indicator"), "text", of="indicator"),
        Column("unit", _("Unit"), "text", of="indicator"),
        Column("best", _("What is best"), "text", of="indicator"),
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", _("Value"), "number", role="value"),
        Column("state", _("State"), "state", role="status", of="value"),
        Column("flag", _("Flag"), "flag", of="value"),
        Column("median", _("Median of the group"), "number"),
        Column("lower_quartile", _("Lower quartile"), "number"),
        Column("upper_quartile", _("Upper quartile"), "number"),
        Column("group_state", _("State of the group"), "state"),
    ]
    rows = [
        (
            one.indicator.code,
            one.indicator.name,
            one.indicator.unit,
            _("lowest") if one.lowest_is_best else _("highest"),
            member.region.code,
            name_of(member.region),
            one.year,
            member.cell.value,
            member.cell.state,
            member.cell.flag,
            one.median,
            one.lower_quartile,
            one.upper_quartile,
            "reported",
        )
        for one in page.performance
        for member in one.members
    ]
    return ExportTable(
        key=f"{page.region.code}-among-similar",
        title=_("%(region)s among the regions like it") % {"region": name_of(page.region)},
        columns=columns,
        rows=rows,
        origins=_origins(page.versions_of_performance, "peer-performance", address),
        note=rules_in_words(page),
        language=language,
    )


def _origins(versions: Sequence[DatasetVersion], measure: str, address: str) -> list:  # type: ignore[type-arg]
    return origins_of(versions, formula=EXPLANATIONS[measure].formula, address=address)


def rules_in_words(page: SimilarFacts) -> str:
    """The weighting with its version, the weights in use, how they were moved."""
    names = page.rules.dimensions
    weights = ", ".join(f"{names[key].name} {weight}" for key, weight in page.asked.weighed.items())
    text = _(
        "Weighting: %(scheme)s; weights: %(weights)s; %(draws)s sets tried around them; least coverage %(least)s."
    )
    return text % {
        "scheme": str(page.asked.scheme),
        "weights": weights,
        "draws": page.rules.draws,
        "least": page.rules.least_coverage,
    }
