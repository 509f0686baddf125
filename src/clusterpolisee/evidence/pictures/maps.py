"""Maps of South East Europe: regions by classes of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, log, pi, radians, sin, tan
from typing import Any

from django.utils.translation import gettext as _

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, whole
from clusterpolisee.evidence.pictures.labels import LETTER
from clusterpolisee.shell.languages import format_number

QUOTIENT_BOUNDS = (0.5, 1.0, 2.0, 4.0, 8.0)
# A region that the reader left out: drawn as land, neither hatched nor coloured.
NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Place:
    """One region of a map: what it is called, what it shows, where it leads."""

    code: str
    name: str
    value: float | None
    state: str
    href: str


@dataclass(frozen=True)
class Look:
    """What is drawn of a region: its class, which has a colour, and the words said of it."""

    shown: str
    words: str


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

    def look(place: Place) -> Look:
        if place.value is None:
            return Look(_without_value(place), _without_value(place))
        shown = classes[sum(place.value >= bound for bound in bounds)]
        return Look(shown, format_number(place.value, decimals=decimals))

    return _drawn(
        features,
        {place.code: (place, look(place)) for place in places},
        dict(zip(classes, _ramp(len(classes)), strict=True)),
        name=name,
        title=title,
        chosen=chosen,
        width=width,
        height=height,
    )


def map_of_groups(
    features: Mapping[str, Any],
    places: Sequence[tuple[Place, str]],
    colours: Mapping[str, str],
    *,
    name: str,
    title: str,
) -> Picture:
    """Regions by the group they belong to, each group with its colour; without one, by the state of the place."""
    looks = {
        place.code: (place, Look(group or _without_value(place), group or _without_value(place)))
        for place, group in places
    }
    return _drawn(features, looks, colours, name=name, title=title)


def _without_value(place: Place) -> str:
    return {"confidential": _("confidential"), NOT_ASKED: _("not chosen")}.get(place.state, _("no data"))


def _drawn(
    features: Mapping[str, Any],
    looks: Mapping[str, tuple[Place, Look]],
    colours: Mapping[str, str],
    *,
    name: str,
    title: str,
    chosen: str = "",
    width: int = 900,
    height: int = 800,
) -> Picture:
    """Each region in the colour of its class, under a legend that names those without a figure where there are any."""
    values = []
    for feature in features["features"]:
        code = feature["properties"]["code"]
        place, look = looks.get(code, (Place(code, code, None, "", ""), Look(_("no data"), _("no data"))))
        said = {"class": look.shown, "name": place.name, "value": look.words, "href": place.href}
        said |= {"chosen": code == chosen, "label": f"{place.name}: {look.words}"}  # type: ignore[dict-item]
        values.append({"type": "Feature", "geometry": feature["geometry"], "properties": said})
    used = {value["properties"]["class"] for value in values}
    without = {
        _("no data"): theme.NO_DATA,
        _("confidential"): theme.CONFIDENTIAL,
        _("not chosen"): theme.CARD,
    }
    filled = {**colours, **{extra: colour for extra, colour in without.items() if extra in used}}
    fill = {
        "field": "properties.class",
        "type": "nominal",
        "scale": {"domain": list(filled), "range": list(filled.values())},
        "legend": {
            "orient": "bottom",
            "title": None,
            "columns": _columns(list(filled), width),
            "symbolType": "square",
            "symbolSize": 800,
            "labelFontSize": _LEGEND_TYPE,
            "labelLimit": width,
            "columnPadding": 24,
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
                "mark": {
                    "type": "geoshape",
                    "stroke": theme.LINE if _("not chosen") in used else theme.CARD,
                    "strokeWidth": 1.4,
                    "clip": True,
                },
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
    return Picture(name, title, whole(spec))


# Maps are drawn 900 wide and shown a third of that on a telephone.
_LEGEND_TYPE = 30


def _columns(labels: Sequence[str], width: int) -> int:
    """As many columns of the legend as the map is wide enough for; otherwise a long name would make the map small."""
    longest = max(map(len, labels)) * _LEGEND_TYPE * LETTER + 54
    return max(1, min(4, int(width // longest)))


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


def on_map(longitude: float, latitude: float, width: int, height: int) -> tuple[float, float]:
    """Where a point of the Earth lies on a map of this size, in pixels; y grows downwards."""
    drawn = _projection(width, height)
    (x, y), (origin_x, origin_y) = _on_cone(longitude, latitude), _on_cone(_MERIDIAN, 0.0)
    left, top = drawn["translate"]
    return left + drawn["scale"] * (x - origin_x), top - drawn["scale"] * (y - origin_y)


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


def _ramp(count: int) -> list[str]:
    steps = len(theme.RAMP)
    return [theme.RAMP[round(index * (steps - 1) / max(1, count - 1))] for index in range(count)]
