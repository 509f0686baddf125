"""The bars of a comparison, on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole


def side_by_side(
    rows: Sequence[Mapping[str, Any]], *, name: str, title: str, order: Sequence[str], axis: str
) -> Picture:
    """One row of bars for each thing compared, on one scale: rows with thing, region, value, label."""
    things = list(dict.fromkeys(row["thing"] for row in rows))
    spec = {
        "data": {"values": [dict(row) for row in rows]},
        "facet": {
            "column": {
                "field": "region",
                "type": "nominal",
                "sort": list(order),
                "title": None,
                "header": {
                    "labelFontSize": 12,
                    "labelColor": theme.INK,
                    "labelLimit": 110,
                    "labelFont": "Sofia Sans",
                },
            }
        },
        "spacing": 14,
        "spec": {
            "width": max(70, 420 // max(1, len(order))),
            "height": {"step": 22},
            "layer": [
                {
                    "mark": {"type": "bar", "color": theme.BRAND, "height": 12, "cornerRadius": 2},
                    "encoding": {
                        "y": {
                            "field": "thing",
                            "type": "nominal",
                            "sort": things,
                            "title": None,
                            "axis": {"labelLimit": 180, "domain": False, "ticks": False},
                        },
                        "x": {
                            "field": "value",
                            "type": "quantitative",
                            "title": axis,
                            "axis": {"tickCount": 3, "grid": False, "format": ",~f"},
                        },
                        "tooltip": spoken("region", "thing", "label"),
                    },
                }
            ],
        },
    }
    return Picture(name, title, whole(spec))
