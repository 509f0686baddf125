"""Pictures of many regions: the map of an indicator and its years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.labels import End, names_at_ends
from clusterpolisee.evidence.pictures.maps import Place, map_of
from clusterpolisee.evidence.structure import ManyRegions
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.languages import format_number

CLASSES = 6
WIDTH, HEIGHT = 270, 240


def map_of_indicator(places: Sequence[Place], *, title: str, vintage: int, decimals: int) -> Picture:
    """Six classes with about as many regions each, between round numbers."""
    values = [place.value for place in places if place.value is not None]
    return map_of(
        regions.boundaries(2, vintage),
        places,
        name="map",
        title=title,
        bounds=class_bounds(values),
        decimals=decimals,
    )


def class_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """Up to five bounds near the sextiles, each as round as keeps them apart and leaves something under the first.

    >>> class_bounds([10, 20, 30, 40, 50, 60, 70])
    (20.0, 30.0, 40.0, 50.0, 60.0)
    """
    if not values:
        return (0.0,)
    wanted = np.quantile(values, [step / CLASSES for step in range(1, CLASSES)])
    span = float(max(values) - min(values)) or abs(float(values[0])) or 1.0
    for digits in range(4):
        step = 10.0 ** (floor(log10(span)) - digits)
        for part in (step, step / 2, step / 5):
            rounded = [round(round(float(value) / part) * part, 10) for value in wanted]
            if len(set(rounded)) == len(rounded) and min(values) < rounded[0]:
                return tuple(rounded)
    distinct = tuple(sorted(set(rounded)))
    return tuple(bound for bound in distinct if min(values) < bound) or distinct[-1:]


def many_lines(
    many: ManyRegions,
    names: Mapping[str, str],
    *,
    title: str,
    unit: str,
    decimals: int,
    span: tuple[int, int] | None = None,
) -> Picture | None:
    """A thin line for each region; the median of those with a figure and the outermost lines say who they are.

    span: draw each region as an index of the span's first year, so that large and small ones share a scale; those
    that cannot be compared over it are left out. Without it lines show figures and are broken where a series is.
    """
    rows = _indexed(many, names, span) if span else _levels(many, names)
    if not rows:
        return None
    years = sorted({row["year"] for row in rows})
    median = [
        {"year": year, "value": float(np.median([row["value"] for row in rows if row["year"] == year]))}
        for year in years
    ]
    values = [row["value"] for row in rows]
    room = 0.03 * (max(values) - min(values) or 1.0)
    domain = [min(values) - room if span or min(values) < 0 else 0.0, max(values) + room]
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "axis": {"format": "d", "values": years[:: -max(1, len(years) // 5)][::-1], "grid": False},
        "scale": {"domain": [years[0], years[-1]], "nice": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": f"{span[0]} = 100" if span else unit or None,
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {"tickCount": 5, "domain": False, "ticks": False, "format": ",~f"},
    }
    last = [row for row in rows if row["year"] == years[-1]]
    outer = [] if len(last) < 2 else [max(last, key=_value), min(last, key=_value)]
    outermost = {row["region"] for row in outer}
    tips = [{**row, "label": format_number(row["value"], decimals=1 if span else decimals)} for row in rows]
    thin = {"x": x, "y": y, "detail": {"field": "piece"}, "tooltip": spoken("name", "year", "label")}
    ends = [
        *[End(row["name"], row["value"], theme.INK_SOFT) for row in outer],
        End(_("median"), median[-1]["value"], theme.BRAND),
    ]
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            {
                "data": {"values": [row for row in tips if row["region"] not in outermost]},
                "mark": {"type": "line", "strokeWidth": 0.8, "color": theme.SOFT},
                "encoding": thin,
            },
            {
                "data": {"values": [row for row in tips if row["region"] in outermost]},
                "mark": {"type": "line", "strokeWidth": 1.4, "color": theme.INK_SOFT},
                "encoding": thin,
            },
            {
                "data": {"values": median},
                "mark": {"type": "line", "strokeWidth": 3, "color": theme.BRAND},
                "encoding": {"x": x, "y": y},
            },
            *names_at_ends(ends, domain=domain, width=WIDTH, height=HEIGHT),
        ],
    }
    return Picture("years", title, whole(spec))


def _value(row: Mapping[str, Any]) -> float:
    return float(row["value"])


def _levels(many: ManyRegions, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"region": code, "name": names[code], "piece": f"{code}-{piece}", "year": year, "value": value}
        for code in many.regions
        for piece, year, value in _pieces(many, code)
    ]


def _indexed(many: ManyRegions, names: Mapping[str, str], span: tuple[int, int]) -> list[dict[str, Any]]:
    start, end = span
    rows = []
    for code in many.regions:
        base = many.series(code).at(start)
        if base is None or not base.value or not many.comparable_span(code, start, end):
            continue
        rows += [
            {
                "region": code,
                "name": names[code],
                "piece": code,
                "year": year,
                "value": 100 * cell.value / base.value,
            }
            for year, cell in many.series(code).pairs
            if start <= year <= end and cell.value is not None
        ]
    return rows


def _pieces(many: ManyRegions, code: str) -> list[tuple[int, int, float]]:
    """The figures of a region with the number of the unbroken piece they belong to: lines stop at a break or a gap."""
    found, piece, previous = [], 0, None
    series = many.series(code)
    for year, cell in zip(series.years, series.cells, strict=True):
        if cell.value is None:
            continue
        if "b" in cell.flag or (previous is not None and year != previous + 1):
            piece += 1
        found.append((piece, year, cell.value))
        previous = year
    return found
