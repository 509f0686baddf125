"""Pictures of many regions: the map of an indicator, its years, and who came nearer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from clusterpolisee.evidence.catching_up import CatchingUp
from clusterpolisee.evidence.models import DerivedVersion, Indicator
from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.maps import Place, map_of
from clusterpolisee.evidence.structure import ManyRegions
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.languages import format_number

CLASSES = 6
LABELLED = 2


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
    """Up to five bounds near the sextiles, each as round as keeps them apart.

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
            if len(set(rounded)) == len(rounded):
                return tuple(rounded)
    return tuple(sorted(set(rounded)))


def many_lines(
    many: ManyRegions,
    names: Mapping[str, str],
    *,
    title: str,
    unit: str,
    decimals: int,
    are_counts: bool = False,
) -> Picture | None:
    """A thin line for each region, broken where its series is; the median of those with a figure stands out.

    are_counts: large and small regions on a scale of ratios, so that equal slopes are equal growth.
    """
    rows = [
        {"region": code, "name": names[code], "piece": f"{code}-{piece}", "year": year, "value": value}
        for code in many.regions
        for piece, year, value in _pieces(many, code)
        if value > 0 or not are_counts
    ]
    if not rows:
        return None
    years = sorted({row["year"] for row in rows})
    medians = [
        {"year": year, "value": float(np.median([row["value"] for row in rows if row["year"] == year]))}
        for year in years
    ]
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "axis": {"format": "d", "values": years[:: -max(1, len(years) // 6)][::-1], "grid": False},
        "scale": {"domain": [years[0], years[-1]], "nice": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": unit or None,
        "axis": {"tickCount": 6, "domain": False, "ticks": False, "format": ",~f"},
        **({"scale": {"type": "log"}} if are_counts else {}),
    }
    tips = [{**row, "label": format_number(row["value"], decimals=decimals)} for row in rows]
    spec = {
        "width": 470,
        "height": 240,
        "layer": [
            {
                "data": {"values": tips},
                "mark": {"type": "line", "strokeWidth": 0.8, "color": theme.SOFT, "interpolate": "linear"},
                "encoding": {
                    "x": x,
                    "y": y,
                    "detail": {"field": "piece"},
                    "tooltip": spoken("name", "year", "label"),
                },
            },
            {
                "data": {"values": medians},
                "mark": {"type": "line", "strokeWidth": 3, "color": theme.BRAND},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": [{**medians[-1], "label": _("median")}]},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 6,
                    "fontWeight": "bold",
                    "color": theme.BRAND,
                },
                "encoding": {"x": x, "y": y, "text": {"field": "label"}},
            },
        ],
    }
    return Picture("years", title, whole(spec))


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


def convergence_points(
    found: CatchingUp, names: Mapping[str, str], *, title: str, indicator: Indicator | DerivedVersion
) -> Picture:
    """Level at the start to the right, change upwards: those who catch up stand at the upper left."""
    rows = [
        {
            "name": names[mover.code],
            "start": mover.start,
            "change": mover.change,
            "label": f"{format_number(mover.start, decimals=indicator.decimals)} → "
            f"{format_number(mover.end, decimals=indicator.decimals)}",
        }
        for mover in found.movers
    ]
    named = [*rows[:LABELLED], *rows[-LABELLED:]]
    unit = indicator.unit
    change = _("change, points") if indicator.counts_in_points else _("change, %")
    x = {
        "field": "start",
        "type": "quantitative",
        "title": f"{found.start}, {unit}" if unit else str(found.start),
        "scale": {"zero": False},
        "axis": {"grid": False, "tickCount": 6, "format": ",~f"},
    }
    y = {
        "field": "change",
        "type": "quantitative",
        "title": change,
        "axis": {"tickCount": 6, "domain": False, "ticks": False, "format": ",~f"},
    }
    spec = {
        "width": 420,
        "height": 260,
        "layer": [
            {
                "mark": {"type": "rule", "color": theme.INK_SOFT, "strokeWidth": 0.7},
                "encoding": {"y": {"datum": 0}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 46, "color": theme.BRAND, "opacity": 0.85},
                "encoding": {"x": x, "y": y, "tooltip": spoken("name", "label")},
            },
            *[_names(points, x, y, align) for points, align in _sides(named) if points],
        ],
    }
    return Picture("convergence", title, whole(spec))


def _sides(named: Sequence[dict[str, Any]]) -> list[tuple[list[dict[str, Any]], str]]:
    """Names stand on the side of their point that has room."""
    middle = (min(row["start"] for row in named) + max(row["start"] for row in named)) / 2
    return [
        ([row for row in named if row["start"] <= middle], "left"),
        ([row for row in named if row["start"] > middle], "right"),
    ]


def _names(points: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], align: str) -> dict[str, Any]:
    return {
        "data": {"values": points},
        "mark": {
            "type": "text",
            "align": align,
            "dx": 6 if align == "left" else -6,
            "limit": 150,
            "fontSize": 11,
            "color": theme.INK_SOFT,
        },
        "encoding": {"x": x, "y": y, "text": {"field": "name"}},
    }
