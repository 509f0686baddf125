"""The map of the front door and three stories from the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import queries, structure
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.pictures import render as drawing
from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.evidence.pictures.maps import Place, map_of
from clusterpolisee.evidence.profile import ENTERPRISE_EMPLOYMENT, PROSPERITY
from clusterpolisee.evidence.sentences import in_words, link
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.languages import format_number, format_percent

BOUNDS = (40, 55, 70, 85, 100)


@dataclass(frozen=True)
class Overview:
    """What the home page shows of the evidence."""

    indicator: Indicator | None = None
    version: DatasetVersion | None = None
    year: int = 0
    title: str = ""
    places: tuple[Place, ...] = ()
    picture: dict[str, Any] | None = None
    stories: tuple[SafeString, ...] = ()

    def ref(self, code: str) -> FigureRef:
        assert self.indicator is not None
        return FigureRef(
            "observation",
            self.indicator.code,
            code,
            regions.current_vintage(),
            self.year,
            self.indicator.activity,
        )


@dataclass(frozen=True)
class ProsperityMap:
    """Output per inhabitant of all regions, drawn; one of them may stand out."""

    indicator: Indicator
    version: DatasetVersion
    year: int
    places: tuple[Place, ...]
    picture: Picture


def prosperity_map(*, chosen: str = "", width: int = 900, height: int = 800) -> ProsperityMap | None:
    """None where the table behind it is not loaded."""
    indicator = queries.indicators_by_code().get(PROSPERITY)
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None or not version.years:
        return None
    year = max(version.years)
    places = _places(version, indicator, year, get_language() or "en")
    places.sort(key=lambda place: (place.value is None, place.value or 0))
    picture = map_of(
        regions.boundaries(2, regions.current_vintage()),
        places,
        name="place",
        title=_("%(indicator)s, %(year)s") % {"indicator": indicator.name, "year": year},
        bounds=BOUNDS,
        decimals=0,
        chosen=chosen,
        width=width,
        height=height,
    )
    return ProsperityMap(indicator, version, year, tuple(places), picture)


def overview() -> Overview:
    """Empty where nothing is loaded yet."""
    found = prosperity_map(width=1100, height=900)
    if found is None:
        return Overview()
    title = found.picture.title
    text = drawing.svg(found.picture.spec, language=get_language() or "en", title=title)
    picture = {"svg": mark_safe(text), "title": title, "spec": ""}  # noqa: S308 – drawn by vl-convert from our specification
    stories = tuple(_stories(found.version, found.indicator, found.places))
    return Overview(found.indicator, found.version, found.year, title, found.places, picture, stories)


def _places(version: DatasetVersion, indicator: Indicator, year: int, language: str) -> list[Place]:
    vintage = regions.current_vintage()
    found = []
    for region in regions.map_regions(vintage):
        cell = structure.cell(version, indicator, region.code, vintage, indicator.activity, year)
        found.append(
            Place(
                region.code,
                region.name(language),
                cell.value if cell else None,
                cell.state if cell else "not_published",
                reverse("evidence:region", args=[region.code]),
            )
        )
    return found


def _stories(version: DatasetVersion, indicator: Indicator, places: tuple[Place, ...]) -> list[SafeString]:
    return [story for story in (_catching_up(version, indicator, places), *_most_specialised()) if story]


def _catching_up(
    version: DatasetVersion, indicator: Indicator, places: tuple[Place, ...]
) -> SafeString | None:
    """The region that came nearest to the average over its unbroken span."""
    best: tuple[float, Place, tuple[int, int], float, float] | None = None
    for place in places:
        if place.value is None or len(place.code) != 4:
            continue
        series = structure.series_of(
            version, indicator, place.code, regions.current_vintage(), indicator.activity
        )
        span = structure.unbroken_span(series)
        ends = [series.at(year) for year in span] if span else []
        if len(ends) != 2 or any(end is None or end.value is None for end in ends):
            continue
        start, end = (float(cell.value) for cell in ends)  # type: ignore[union-attr, arg-type]
        if best is None or end - start > best[0]:
            best = (end - start, place, span, start, end)  # type: ignore[assignment]
    if best is None:
        return None
    _gain, place, span, start, end = best
    ref = FigureRef(
        "observation", indicator.code, place.code, regions.current_vintage(), span[1], indicator.activity
    )
    before = FigureRef(
        "observation", indicator.code, place.code, regions.current_vintage(), span[0], indicator.activity
    )
    return in_words(
        _(
            "Nobody here caught up faster than {region}: from {before} of the EU average in {start} to {after} in {end}."
        ),
        region=_region_link(place.code, place.name),
        before=link(before, format_percent(start, decimals=0, of=100)),
        after=link(ref, format_percent(end, decimals=0, of=100)),
        start=span[0],
        end=span[1],
    )


def _most_specialised() -> list[SafeString]:
    """The highest quotient, and the activity with stars in most regions, among regions of South East Europe."""
    indicator = queries.indicators_by_code().get(ENTERPRISE_EMPLOYMENT)
    version = indicator.dataset.current if indicator else None
    if indicator is None or version is None:
        return []
    year = max(version.years)
    table = structure.specialisation(version, indicator, year, level=2)
    if table is None:
        return []
    ours = {region.code: region for region in regions.regions_of(None, 2, table.nuts_vintage)}
    cells = [
        (award.quotient, award.count, region, code)
        for row, region in enumerate(table.regions)
        if region in ours
        for column, code in enumerate(table.activities)
        if (award := table.star_award(row, column)).quotient is not None
        and (award.jobs or 0) >= table.scheme.minimum_employment
    ]
    if not cells:
        return []
    language = get_language() or "en"
    quotient, _count, region, code = max(cells, key=lambda cell: cell[0] or 0)
    ref = FigureRef("location-quotient", indicator.code, region, table.nuts_vintage, year, code)
    first = in_words(
        _(
            "The strongest specialisation is “{activity}” in {region}: {quotient} times the average share of jobs ({year})."
        ),
        activity=classifications.label(code, language, short=True),
        region=_region_link(region, ours[region].name(language)),
        quotient=link(ref, format_number(quotient, decimals=1)),
        year=year,
    )
    starred: dict[str, int] = {}
    for _q, count, _region, activity in cells:
        starred[activity] = starred.get(activity, 0) + (count == 3)
    activity = max(starred, key=lambda key: starred[key])
    second = in_words(
        _(
            "“{activity}” earns three cluster stars in {count} regions of South East Europe, more than any other activity ({year})."
        ),
        activity=classifications.label(activity, language, short=True),
        count=starred[activity],
        year=year,
    )
    return [first, second]


def _region_link(code: str, name: str) -> SafeString:
    return in_words(
        '<a href="{address}">{name}</a>', address=reverse("evidence:region", args=[code]), name=name
    )
