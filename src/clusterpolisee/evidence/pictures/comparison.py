"""What several regions are strong in, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.lines import COLOURS

# Two names of this many letters stand beside each other under the picture.
LONGEST_OF_TWO = 20
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down")


def side_by_side(
    rows: Sequence[Mapping[str, Any]], *, name: str, title: str, order: Sequence[str], axis: str
) -> Picture:
    """A row for each thing compared, in it a mark for each region: rows with thing, region, value, label.

    Every region has the colour it has in the lines beside, and a shape for those who cannot tell colours apart.
    """
    things = list(dict.fromkeys(row["thing"] for row in rows))
    regions = [region for region in order if any(row["region"] == region for row in rows)]
    places = [order.index(region) for region in regions]
    columns = 2 if max(map(len, regions)) <= LONGEST_OF_TWO else 1
    legend = {"orient": "bottom", "title": None, "columns": columns, "labelLimit": 340, "symbolSize": 90}
    mark = {"field": "region", "type": "nominal", "legend": legend}
    x = {
        "field": "value",
        "type": "quantitative",
        "title": axis,
        # Quotients crowd near the average; the root gives them room and has a place for zero.
        "scale": {"type": "sqrt", "zero": True, "nice": False},
        "axis": {"values": [0, 1, 2, 4, 8, 16, 32, 64], "grid": False, "labelOverlap": True, "format": "~g"},
    }
    spec = {
        "width": 230,
        "height": {"step": 26},
        "layer": [
            {
                "data": {"values": [{"average": 1}]},
                "mark": {"type": "rule", "color": theme.INK_SOFT},
                "encoding": {"x": {"field": "average", "type": "quantitative"}},
            },
            {
                "data": {"values": [dict(row) for row in rows]},
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.9},
                "encoding": {
                    "y": {
                        "field": "thing",
                        "type": "nominal",
                        "sort": things,
                        "title": None,
                        "axis": {"labelLimit": 180, "domain": False, "ticks": False, "grid": True},
                    },
                    "x": x,
                    "color": {
                        **mark,
                        "scale": {"domain": regions, "range": [COLOURS[place] for place in places]},
                    },
                    "shape": {
                        **mark,
                        "scale": {"domain": regions, "range": [SHAPES[place] for place in places]},
                    },
                    "tooltip": spoken("region", "thing", "label"),
                },
            },
        ],
    }
    return Picture(name, title, whole(spec))
