"""The two scales of “A place for all regions” in one picture: knowledge at work to the right, gains upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.labels import layers_of_names, place_labels, with_room

# Green catches up, warm falls behind; dark where knowledge weighs more among those, light where less.
COLOURS = {"up-more": "#11534a", "up-less": "#5fa899", "down-more": "#d3a04a", "down-less": "#b4532a"}

WIDTH, HEIGHT = 430, 320
# How far names go beyond the axes to the right, and how small they are.
BESIDE, SMALL = 100, 11


@dataclass(frozen=True)
class Point:
    """One region: its share of jobs, its change, the corner it stands in, whether it is named."""

    name: str
    share: float
    change: float
    corner: str
    words: str
    is_named: bool


def two_scales(
    points: Sequence[Point],
    *,
    share_line: float,
    change_line: float,
    corners: Mapping[str, str],
    title: str,
    share_title: str,
    change_title: str,
    little_is_good: bool = False,
) -> Picture:
    """The lines between the corners are drawn; the weakest regions carry their names, where these have room."""
    rows = [
        {
            "name": one.name,
            "share": one.share,
            "change": one.change,
            "corner": corners[one.corner],
            "label": one.words,
        }
        for one in points
    ]
    across = [0.0, with_room([0.0, *(one.share for one in points)])[1]]
    upwards = with_room([change_line, *(one.change for one in points)])
    places = [_place(one, across, upwards, downwards=little_is_good) for one in points]
    named = [(one.name, *place) for one, place in zip(points, places, strict=True) if one.is_named]
    labels = place_labels(named, places, width=WIDTH + BESIDE, height=HEIGHT, size=SMALL)
    x = {
        "field": "share",
        "type": "quantitative",
        "title": share_title,
        "scale": {"domain": across, "nice": False},
        "axis": {"grid": False, "tickCount": 6, "format": ",~f"},
    }
    y = {
        "field": "change",
        "type": "quantitative",
        "title": change_title,
        "axis": {"tickCount": 6, "domain": False, "ticks": False, "format": ",~f"},
        "scale": {"domain": upwards, "nice": False, "zero": False, "reverse": little_is_good},
    }
    colour = {
        "field": "corner",
        "type": "nominal",
        "scale": {
            "domain": [corners[key] for key in COLOURS],
            "range": list(COLOURS.values()),
        },
        "legend": {"orient": "bottom", "title": None, "columns": 1, "labelLimit": 420, "symbolSize": 90},
    }
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            _rule({"x": {"datum": share_line}}),
            _rule({"y": {"datum": change_line}}),
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 55, "opacity": 0.95},
                "encoding": {"x": x, "y": y, "color": colour, "tooltip": spoken("name", "label")},
            },
            *layers_of_names(labels, SMALL),
        ],
    }
    return Picture("matrix", title, whole(spec))


def _place(
    one: Point, across: Sequence[float], upwards: Sequence[float], *, downwards: bool
) -> tuple[float, float]:
    """Where a point lies, in pixels from the upper left."""
    up = (one.change - upwards[0]) / (upwards[1] - upwards[0])
    return WIDTH * one.share / across[1], HEIGHT * (up if downwards else 1 - up)


def _rule(at: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": theme.INK_SOFT, "strokeWidth": 0.8, "strokeDash": [3, 3]},
        "encoding": at,
    }
