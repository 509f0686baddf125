"""The pictures of a region page, as Vega-Lite specifications in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, log, pi, radians, sin, tan
from typing import Any

from django.utils.translation import gettext as _

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.profile import Activities, Trend
from clusterpolisee.evidence.structure import GrowthParts
from clusterpolisee.shell.languages import format_number

QUOTIENT_BOUNDS = (0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True)
class Picture:
    """A specification with the title that is spoken for it."""

    name: str
    title: str
    spec: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One region of a map: what it is called, what it shows, where it leads."""

    code: str
    name: str
    value: float | None
    state: str
    href: str


def strongest_bars(
    activities: Activities, name_of: Callable[[str], str], *, title: str, count: int = 10
) -> Picture:
    """The highest quotients as bars from the average; the average is the line they start from."""
    rows = [
        {
            "name": name_of(row.code),
            "quotient": row.quotient,
            "label": format_number(row.quotient, decimals=1),
        }
        for row in activities.rows[:count]
        if row.quotient
    ]
    order = [row["name"] for row in rows]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"labelLimit": 190, "domain": False, "ticks": False},
    }
    scale = {"type": "log", "domainMin": min([0.5, *[row["quotient"] for row in rows]]), "nice": False}
    x = {
        "field": "quotient",
        "type": "quantitative",
        "scale": scale,
        "title": _("times the average"),
        "axis": {"values": [0.5, 1, 2, 4, 8, 16, 32], "grid": False, "format": "~g"},
    }
    spec = {
        "height": {"step": 24},
        "width": 330,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "color": theme.BRAND, "height": 13, "cornerRadius": 2},
                "encoding": {"y": y, "x": x, "x2": {"datum": 1}, "tooltip": _spoken("name", "label")},
            },
            {"mark": {"type": "rule", "color": theme.INK_SOFT}, "encoding": {"x": {"datum": 1}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": theme.INK},
                "encoding": {"y": y, "x": x, "text": {"field": "label"}},
            },
        ],
    }
    return Picture("activities", title, _whole(spec))


def employment_lines(trend: Trend, *, region: str, country: str, title: str) -> Picture | None:
    """Region and country as an index of the first comparable year; earlier years are not drawn."""
    if trend.span is None:
        return None
    start, end = trend.span
    lines = [(region, trend.series, theme.ACCENT, [1, 0])]
    if trend.country is not None:
        lines.append((country, trend.country, theme.INK_SOFT, [5, 4]))
    rows = []
    for name, series, _colour, _dash in lines:
        base = series.at(start)
        if base is None or not base.value:
            continue
        rows += [
            {"name": name, "year": year, "index": 100 * cell.value / base.value}
            for year, cell in zip(series.years, series.cells, strict=True)
            if start <= year <= end and cell.value is not None
        ]
    drawn = [line for line in lines if any(row["name"] == line[0] for row in rows)]
    ends = [
        {**max((r for r in rows if r["name"] == name), key=lambda r: r["year"])} for name, *_rest in drawn
    ]
    for row in ends:
        row["label"] = f"{format_number(row['index'], decimals=0)} {row['name']}"
    domain, colours = [line[0] for line in drawn], [line[2] for line in drawn]
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "axis": {"format": "d", "values": list(range(start, end + 1)), "grid": False},
        "scale": {"domain": [start, end], "nice": False},
    }
    y = {
        "field": "index",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": False, "nice": True},
        "axis": {"tickCount": 5, "domain": False, "ticks": False, "format": ",.0f"},
    }
    colour = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": domain, "range": colours},
        "legend": None,
    }
    dash = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": domain, "range": [line[3] for line in drawn]},
        "legend": None,
    }
    spec = {
        "width": 300,
        "height": 170,
        "layer": [
            {
                "data": {"values": [{"index": 100}]},
                "mark": {"type": "rule", "color": theme.INK_SOFT, "strokeWidth": 0.7},
                "encoding": {"y": {"field": "index", "type": "quantitative"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash},
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold", "limit": 150},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}, "color": colour},
            },
        ],
    }
    return Picture("trend", title, _whole(spec))


def growth_bars(parts: GrowthParts, name_of: Callable[[str], str], *, title: str) -> Picture:
    """Each activity group's change, taken apart into the three reasons; below zero is a loss."""
    reasons = (
        ("national", _("with the country"), "#8a9a95", parts.national),
        ("mix", _("through the mix"), "#d3a04a", parts.mix),
        ("regional", _("through the region"), theme.BRAND, parts.regional),
    )
    rows = [
        {
            "name": name_of(code),
            "reason": label,
            "people": values[index],
            "label": format_number(values[index], decimals=0),
            "order": place,
        }
        for place, (_key, label, _colour, values) in enumerate(reasons)
        for index, code in enumerate(parts.activities)
    ]
    rows += [
        {
            "name": _("All groups"),
            "reason": label,
            "people": sum(values),
            "label": format_number(sum(values), decimals=0),
            "order": place,
        }
        for place, (_key, label, _colour, values) in enumerate(reasons)
    ]
    order = [_("All groups")] + [name_of(code) for code in parts.activities]
    spec = {
        "width": 300,
        "height": {"step": 24},
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "height": 13},
                "encoding": {
                    "y": {
                        "field": "name",
                        "type": "nominal",
                        "sort": order,
                        "title": None,
                        "axis": {"labelLimit": 180, "domain": False, "ticks": False},
                    },
                    "x": {
                        "field": "people",
                        "type": "quantitative",
                        "title": _("employed persons"),
                        "axis": {"tickCount": 5, "format": ",.0f"},
                    },
                    "color": {
                        "field": "reason",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": [r[1] for r in reasons], "range": [r[2] for r in reasons]},
                        "legend": {"orient": "bottom", "columns": 3, "symbolType": "square"},
                    },
                    "order": {"field": "order"},
                    "tooltip": _spoken("name", "reason", "label"),
                },
            },
            {"mark": {"type": "rule", "color": theme.INK_SOFT}, "encoding": {"x": {"datum": 0}}},
        ],
    }
    return Picture("growth", title, _whole(spec))


def map_of(
    features: Mapping[str, Any],
    places: Sequence[Place],
    *,
    name: str,
    title: str,
    bounds: Sequence[float],
    decimals: int,
    chosen: str = "",
    width: int = 900,
    height: int = 800,
) -> Picture:
    """Regions by classes of a figure. What is not published is hatched, what is secret dotted, zero has colour."""
    classes = _class_names(bounds, decimals)
    no_data, secret = _("no data"), _("confidential")
    by_code = {place.code: place for place in places}
    values = []
    for feature in features["features"]:
        code = feature["properties"]["code"]
        place = by_code.get(code)
        shown = _class_of(place, bounds, classes, no_data, secret)
        values.append(
            {
                "type": "Feature",
                "geometry": feature["geometry"],
                "properties": {
                    "class": shown,
                    "name": place.name if place else code,
                    "value": shown
                    if place is None or place.value is None
                    else format_number(place.value, decimals=decimals),
                    "href": place.href if place else "",
                    "chosen": code == chosen,
                },
            }
        )
    used = {value["properties"]["class"] for value in values}
    domain = [*classes, *[extra for extra in (no_data, secret) if extra in used]]
    colours = [
        *_ramp(len(classes)),
        *[fill for extra, fill in ((no_data, theme.NO_DATA), (secret, theme.CONFIDENTIAL)) if extra in used],
    ]
    fill = {
        "field": "properties.class",
        "type": "nominal",
        "scale": {"domain": domain, "range": colours},
        "legend": {
            "orient": "bottom",
            "title": None,
            "columns": 4,
            "symbolType": "square",
            "symbolSize": 700,
            "labelFontSize": 27,
            "labelLimit": 400,
            "columnPadding": 30,
            "rowPadding": 8,
        },
    }
    spec: dict[str, Any] = {
        "width": width,
        "height": height,
        "projection": _projection(width, height),
        "layer": [
            {
                "data": {"values": values},
                "mark": {"type": "geoshape", "stroke": theme.CARD, "strokeWidth": 1.4, "clip": True},
                "encoding": {
                    "fill": fill,
                    "href": {"field": "properties.href", "type": "nominal"},
                    "description": {"field": "properties.label", "type": "nominal"},
                    "tooltip": [
                        {"field": "properties.name", "type": "nominal", "title": _("Region")},
                        {"field": "properties.value", "type": "nominal", "title": title},
                    ],
                },
            }
        ],
    }
    for value in values:
        value["properties"]["label"] = f"{value['properties']['name']}: {value['properties']['value']}"
    if chosen:
        spec["layer"].append(
            {
                "data": {"values": [value for value in values if value["properties"]["chosen"]]},
                "mark": {
                    "type": "geoshape",
                    "fill": None,
                    "stroke": theme.ACCENT,
                    "strokeWidth": 5,
                    "aria": False,
                },
            }
        )
    return Picture(name, title, _whole(spec))


# The window of every map, in degrees: from the Alps to the Black Sea. What reaches beyond it is cut at its edge.
_WEST, _EAST, _SOUTH, _NORTH = 8.0, 30.5, 34.7, 49.3
_PARALLELS = (38.0, 48.0)
_MERIDIAN = 19.0


def _projection(width: int, height: int) -> dict[str, Any]:
    """Lambert's conic on the window: conformal, so that regions keep their shape."""
    corners = [_on_cone(x, y) for x in (_WEST, _MERIDIAN, _EAST) for y in (_SOUTH, _NORTH)]
    left, right = min(x for x, _y in corners), max(x for x, _y in corners)
    bottom, top = min(y for _x, y in corners), max(y for _x, y in corners)
    scale = min(width / (right - left), height / (top - bottom))
    origin_x, origin_y = _on_cone(_MERIDIAN, 0.0)
    return {
        "type": "conicConformal",
        "parallels": list(_PARALLELS),
        "rotate": [-_MERIDIAN, 0, 0],
        "center": [0, 0],
        "scale": round(scale, 2),
        "translate": [
            round(width / 2 - scale * ((left + right) / 2 - origin_x), 2),
            round(height / 2 + scale * ((top + bottom) / 2 - origin_y), 2),
        ],
    }


def _on_cone(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point lies on the unit cone, as d3-geo computes it."""
    first, second = (radians(one) for one in _PARALLELS)

    def half(angle: float) -> float:
        return tan(pi / 4 + angle / 2)

    bend = log(cos(first) / cos(second)) / log(half(second) / half(first))
    size = cos(first) * half(first) ** bend / bend
    radius = size / half(radians(latitude)) ** bend
    turn = bend * radians(longitude - _MERIDIAN)
    return radius * sin(turn), size - radius * cos(turn)


def _class_names(bounds: Sequence[float], decimals: int) -> list[str]:
    def number(value: float) -> str:
        return format_number(value, decimals=None if value != int(value) else 0)

    middle = [f"{number(low)}–{number(high)}" for low, high in pairwise(bounds)]
    return [
        _("under {number}").format(number=number(bounds[0])),
        *middle,
        _("{number} and over").format(number=number(bounds[-1])),
    ]


def _class_of(
    place: Place | None, bounds: Sequence[float], classes: Sequence[str], no_data: str, secret: str
) -> str:
    if place is None or place.value is None:
        return secret if place is not None and place.state == "confidential" else no_data
    return classes[sum(place.value >= bound for bound in bounds)]


def _ramp(count: int) -> list[str]:
    steps = len(theme.RAMP)
    return [theme.RAMP[round(index * (steps - 1) / max(1, count - 1))] for index in range(count)]


def _spoken(*fields: str) -> list[dict[str, str]]:
    """What an interactive view says of the mark under the pointer."""
    return [{"field": field, "type": "nominal"} for field in fields]


def _whole(spec: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": theme.SCHEMA, "config": theme.config(), **spec}
