"""Who came nearer: level at the start, change since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from clusterpolisee.evidence.catching_up import CatchingUp
from clusterpolisee.evidence.models import DerivedVersion, Indicator
from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.labels import Label, layers_of_names, place_labels, with_room
from clusterpolisee.shell.languages import format_number

LABELLED = 2
WIDTH, HEIGHT = 350, 260
# How far names go beyond the axes to the right.
BESIDE = 60


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
    across = with_room([mover.start for mover in found.movers])
    upwards = with_room([0.0, *(mover.change for mover in found.movers)])
    unit = indicator.unit
    change = _("change, points") if indicator.counts_in_points else _("change, %")
    x = {
        "field": "start",
        "type": "quantitative",
        "title": f"{found.start}, {unit}" if unit else str(found.start),
        "scale": {"domain": across, "nice": False, "zero": False},
        "axis": {"grid": False, "tickCount": 5, "format": ",~f"},
    }
    y = {
        "field": "change",
        "type": "quantitative",
        "title": change,
        "scale": {"domain": upwards, "nice": False, "zero": False},
        "axis": {"tickCount": 5, "domain": False, "ticks": False, "format": ",~f"},
    }
    spec = {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            {
                "data": {"values": [{"change": 0}]},
                "mark": {"type": "rule", "color": theme.INK_SOFT, "strokeWidth": 0.7},
                "encoding": {"y": y},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 46, "color": theme.BRAND, "opacity": 0.85},
                "encoding": {"x": x, "y": y, "tooltip": spoken("name", "label")},
            },
            *layers_of_names(_labels(rows, across, upwards)),
        ],
    }
    return Picture("convergence", title, whole(spec))


def _labels(rows: Sequence[Mapping[str, Any]], across: list[float], upwards: list[float]) -> list[Label]:
    """The names of those who gained most and least, where they have room."""
    points = [
        (
            WIDTH * (row["start"] - across[0]) / (across[1] - across[0]),
            HEIGHT * (upwards[1] - row["change"]) / (upwards[1] - upwards[0]),
        )
        for row in rows
    ]
    known = [(str(row["name"]), *point) for row, point in zip(rows, points, strict=True)]
    named = known if len(known) <= 2 * LABELLED else [*known[:LABELLED], *reversed(known[-LABELLED:])]
    return place_labels(named, points, width=WIDTH + BESIDE, height=HEIGHT)
