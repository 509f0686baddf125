"""The tables of a region page as they leave the house: the same rows, machine keys, states and origins."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence.comparison_facts import ComparedIndicator
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.origins import origin_of, origins_of
from clusterpolisee.evidence.overview import ProsperityMap
from clusterpolisee.evidence.pictures.maps import Place
from clusterpolisee.evidence.profile import Activities, IndicatorRow, Profile, Trend
from clusterpolisee.evidence.structure import GrowthParts
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.tables import Column, ExportTable, Origin

Naming = Callable[[str], str]


def activities_table(region: Region, activities: Activities, name_of: Naming, *, address: str) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("activity_name", _("Activity"), "text", of="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("location_quotient", _("Location quotient"), "number", decimals=1, role="value"),
        Column("persons_employed", _("Jobs"), "number", decimals=0),
        Column("share_percent", _("Share"), "percent", decimals=1),
        Column("stars", _("Cluster stars"), "number", decimals=0),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    rows = [
        (
            region.code,
            row.code,
            name_of(row.code),
            activities.year,
            row.quotient,
            row.jobs,
            row.share_percent,
            row.stars.count,
            row.state,
            row.flag,
        )
        for row in activities.rows
    ]
    quotient = EXPLANATIONS["location-quotient"]
    note = _("Reference: %(count)s countries together (%(codes)s). Stars: %(scheme)s.") % {
        "count": len(activities.table.reference_countries),
        "codes": ", ".join(activities.table.reference_countries),
        "scheme": str(activities.table.scheme),
    }
    return ExportTable(
        key=f"{region.code}-activities-{activities.year}",
        title=_("%(region)s: activities, %(year)s")
        % {"region": region.name(_language()), "year": activities.year},
        columns=columns,
        rows=rows,
        origins=[origin_of(activities.version, formula=quotient.formula, address=address)],
        note=note,
        language=_language(),
    )


def trend_table(region: Region, trend: Trend, *, address: str) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("employed", _("Employed, aged 15 and over"), "number", decimals=0, role="value"),
        Column("state", _("State"), "state", role="status"),
        Column("flag", _("Flag"), "flag"),
    ]
    pairs = [(region.code, trend.series)] + ([(region.country, trend.country)] if trend.country else [])
    rows = [
        (code, year, cell.value, cell.state, cell.flag)
        for code, series in pairs
        for year, cell in zip(series.years, series.cells, strict=True)
    ]
    note = ""
    if trend.span:
        note = _("Comparable without a break: %(start)s–%(end)s.") % {
            "start": trend.span[0],
            "end": trend.span[1],
        }
    return ExportTable(
        key=f"{region.code}-employment",
        title=_("%(region)s: employment") % {"region": region.name(_language())},
        columns=columns,
        rows=rows,
        origins=[origin_of(trend.version, address=address)],
        note=note,
        language=_language(),
    )


def growth_table(region: Region, profile: Profile, name_of: Naming, *, address: str) -> ExportTable:
    parts, trend = profile.growth, profile.trend
    if parts is None or trend is None:
        raise ValueError("A region without shift-share has no such table.")
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("activity_name", _("Activity"), "text", of="activity"),
        Column("start_year", _("From"), "year", of="year"),
        Column("year", _("To"), "year", role="time"),
        Column("change", _("Change"), "number", decimals=0, role="value"),
        Column("national", _("with the country"), "number", decimals=0),
        Column("mix", _("through the mix"), "number", decimals=0),
        Column("regional", _("through the region"), "number", decimals=0),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (region.code, code, name_of(code), parts.start, parts.end, *figures, "reported")
        for code, *figures in zip(
            parts.activities, parts.changes, parts.national, parts.mix, parts.regional, strict=True
        )
    ]
    return ExportTable(
        key=f"{region.code}-shift-share-{parts.start}-{parts.end}",
        title=_("%(region)s: why employment changed, %(start)s–%(end)s")
        % {"region": region.name(_language()), "start": parts.start, "end": parts.end},
        columns=columns,
        rows=rows,
        origins=[origin_of(trend.version, formula=EXPLANATIONS["shift-share"].formula, address=address)],
        note=_coverage(parts),
        language=_language(),
    )


def _coverage(parts: GrowthParts) -> str:
    return _("%(known)s of %(all)s activity groups are published in both years.") % {
        "known": parts.groups_used,
        "all": parts.groups,
    }


def indicators_table(region: Region, profile: Profile, *, address: str) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("indicator", _("Code"), "text"),
        Column("indicator_name", _("Indicator"), "text", of="indicator"),
        Column("unit", _("Unit"), "text", of="indicator"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", _("Value"), "number", role="value"),
        Column("state", _("State"), "state", role="status", of="value"),
        Column("flag", _("Flag"), "flag", of="value"),
        Column("country_value", _("Country"), "number"),
        Column("country_state", _("State, country"), "state", of="country_value"),
        Column("rank", _("Place"), "number", decimals=0),
        Column("regions", _("of regions"), "number", decimals=0),
        Column("median", _("Median of all regions"), "number"),
        Column("position_state", _("State, position"), "state"),
    ]
    rows = [
        (
            region.code,
            row.indicator.code,
            row.indicator.name,
            row.indicator.unit,
            row.year,
            row.cell.value,
            row.cell.state,
            row.cell.flag,
            row.country.value if row.country else None,
            row.country.state if row.country else "not_published",
            row.standing.rank if row.standing else None,
            row.standing.out_of if row.standing else None,
            row.standing.median if row.standing else None,
            "reported" if row.standing else "not_published",
        )
        for row in profile.indicators
    ]
    return ExportTable(
        key=f"{region.code}-indicators",
        title=_("%(region)s: key indicators") % {"region": region.name(_language())},
        columns=columns,
        rows=rows,
        origins=origins_of_rows(profile.indicators, address=address),
        note=formulas_of_rows(profile.indicators),
        language=_language(),
    )


def origins_of_rows(rows: Iterable[IndicatorRow | ComparedIndicator], *, address: str) -> list[Origin]:
    """Every table behind rows of indicators, once."""
    versions = {version.pk: version for row in rows for version in row.figures.versions}
    return origins_of(versions.values(), address=address)


def formulas_of_rows(rows: Iterable[IndicatorRow | ComparedIndicator]) -> str:
    """The formulas of the derived ones among rows of indicators."""
    made = [row.figures.formula for row in rows if row.figures.formula]
    return _("Derived: %(formulas)s.") % {"formulas": "; ".join(made)} if made else ""


def place_table(map_: ProsperityMap, *, address: str) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("year", _("Year"), "year", role="time"),
        Column("value", map_.indicator.short_name, "number", decimals=map_.indicator.decimals, role="value"),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [(place.code, place.name, map_.year, place.value, place.state) for place in map_.places]
    return ExportTable(
        key=f"{map_.indicator.code}-{map_.year}",
        title=map_.picture.title,
        columns=columns,
        rows=rows,
        origins=[origin_of(map_.version, address=address)],
        language=_language(),
    )


def map_table(
    region: Region, activities: Activities, places: list[Place], activity: str, *, address: str
) -> ExportTable:
    columns = [
        Column("region", _("Region"), "text", role="region"),
        Column("region_name", _("Name"), "text", of="region"),
        Column("activity", _("Code"), "text", role="activity"),
        Column("year", _("Year"), "year", role="time"),
        Column("location_quotient", _("Location quotient"), "number", decimals=1, role="value"),
        Column("state", _("State"), "state", role="status"),
    ]
    rows = [
        (place.code, place.name, activity, activities.year, place.value, place.state)
        for place in sorted(places, key=lambda p: (p.value is None, -(p.value or 0), p.code))
    ]
    return ExportTable(
        key=f"location-quotient-{activity}-{activities.year}",
        title=_("Location quotient of %(activity)s by region, %(year)s")
        % {"activity": activity, "year": activities.year},
        columns=columns,
        rows=rows,
        origins=[
            origin_of(activities.version, formula=EXPLANATIONS["location-quotient"].formula, address=address)
        ],
        language=_language(),
    )


def _language() -> str:
    return get_language() or "en"
