"""The pictures of a region page, as Vega-Lite specifications in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.lines import indexed_lines
from clusterpolisee.evidence.profile import Activities, Trend
from clusterpolisee.evidence.structure import GrowthParts
from clusterpolisee.shell.languages import format_number


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
        "axis": {"labelLimit": 175, "domain": False, "ticks": False},
    }
    scale = {"type": "log", "domainMin": min([0.5, *[row["quotient"] for row in rows]]), "nice": False}
    x = {
        "field": "quotient",
        "type": "quantitative",
        "scale": scale,
        "title": _("times the average"),
        "axis": {"values": [0.5, 1, 2, 4, 8, 16, 32], "labelOverlap": True, "grid": False, "format": "~g"},
    }
    spec = {
        "height": {"step": 24},
        "width": 215,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "color": theme.BRAND, "height": 13, "cornerRadius": 2},
                "encoding": {"y": y, "x": x, "x2": {"datum": 1}, "tooltip": spoken("name", "label")},
            },
            {"mark": {"type": "rule", "color": theme.INK_SOFT}, "encoding": {"x": {"datum": 1}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": theme.INK},
                "encoding": {"y": y, "x": x, "text": {"field": "label"}},
            },
        ],
    }
    return Picture("activities", title, whole(spec))


def employment_lines(trend: Trend, *, region: str, country: str, title: str) -> Picture | None:
    """Region and country as an index of the first comparable year; earlier years are not drawn."""
    if trend.span is None:
        return None
    series = [(region, trend.series), *([(country, trend.country)] if trend.country is not None else [])]
    return indexed_lines(
        series,
        trend.span,
        name="trend",
        title=title,
        colours=(theme.ACCENT, theme.INK_SOFT),
        dashes=([1, 0], [5, 4]),
        width=240,
        height=170,
    )


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
        "width": 190,
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
                        "axis": {"labelLimit": 210, "domain": False, "ticks": False},
                    },
                    "x": {
                        "field": "people",
                        "type": "quantitative",
                        "title": _("employed persons"),
                        "axis": {"tickCount": 3, "format": ",.0f"},
                    },
                    "color": {
                        "field": "reason",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": [r[1] for r in reasons], "range": [r[2] for r in reasons]},
                        "legend": {"orient": "bottom", "columns": 2, "symbolType": "square"},
                    },
                    "order": {"field": "order"},
                    "tooltip": spoken("name", "reason", "label"),
                },
            },
            {"mark": {"type": "rule", "color": theme.INK_SOFT}, "encoding": {"x": {"datum": 0}}},
        ],
    }
    return Picture("growth", title, whole(spec))
