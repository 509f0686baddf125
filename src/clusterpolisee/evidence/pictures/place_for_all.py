"""The two scales of “A place for all regions” in one picture: knowledge at work to the right, gains upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole

# Green catches up, warm falls behind; dark where knowledge weighs more among those, light where less.
COLOURS = {"up-more": "#11534a", "up-less": "#5fa899", "down-more": "#d3a04a", "down-less": "#b4532a"}


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
    """The lines between the corners are drawn; the weakest regions carry their names."""
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
    named = [row for row, one in zip(rows, points, strict=True) if one.is_named]
    x = {
        "field": "share",
        "type": "quantitative",
        "title": share_title,
        "axis": {"grid": False, "tickCount": 6, "format": ",~f"},
    }
    y = {
        "field": "change",
        "type": "quantitative",
        "title": change_title,
        "axis": {"tickCount": 6, "domain": False, "ticks": False, "format": ",~f"},
        "scale": {"reverse": little_is_good},
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
        "width": 430,
        "height": 320,
        "layer": [
            _rule({"x": {"datum": share_line}}),
            _rule({"y": {"datum": change_line}}),
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 55, "opacity": 0.95},
                "encoding": {"x": x, "y": y, "color": colour, "tooltip": spoken("name", "label")},
            },
            {
                "data": {"values": named},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 7,
                    "fontSize": 11,
                    "limit": 130,
                    "color": theme.INK_SOFT,
                },
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
        ],
    }
    return Picture("matrix", title, whole(spec))


def _rule(at: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": theme.INK_SOFT, "strokeWidth": 0.8, "strokeDash": [3, 3]},
        "encoding": at,
    }
