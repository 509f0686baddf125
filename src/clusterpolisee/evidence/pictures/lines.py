"""Lines from one start: region beside country, regions beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, whole
from clusterpolisee.evidence.pictures.labels import End, names_at_ends
from clusterpolisee.evidence.structure import Series
from clusterpolisee.shell.languages import format_number

COLOURS = ("#b4532a", "#2c7d70", "#35658f", "#d3a04a", "#8a5a83", "#50605c")
DASHES = ([1, 0], [5, 3], [2, 2], [8, 3], [1, 3], [6, 2, 2, 2])


def indexed_lines(
    series: Sequence[tuple[str, Series]],
    span: tuple[int, int],
    *,
    name: str,
    title: str,
    colours: Sequence[str] = COLOURS,
    dashes: Sequence[Sequence[int]] = DASHES,
    width: int = 240,
    height: int = 200,
) -> Picture | None:
    """Each region as an index of the first common year; every line has a colour, a dash and its name at its end."""
    start, end = span
    rows = [
        {"name": who, "year": year, "index": 100 * cell.value / base.value}
        for who, line in series
        if (base := line.at(start)) is not None and base.value
        for year, cell in line.pairs
        if start <= year <= end and cell.value is not None
    ]
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    if not names:
        return None
    lasts = [
        max((row for row in rows if row["name"] == who), key=lambda row: int(row["year"])) for who in names
    ]
    ends = [
        End(f"{format_number(row['index'], decimals=0)} {row['name']}", float(row["index"]), colour)
        for row, colour in zip(lasts, colours, strict=False)
    ]
    values = [100.0, *(float(row["index"]) for row in rows)]
    room = 0.05 * (max(values) - min(values) or 1.0)
    domain = [min(values) - room, max(values) + room]
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "axis": {"format": "d", "values": list(range(start, end + 1)), "grid": False, "labelOverlap": True},
        "scale": {"domain": [start, end], "nice": False},
    }
    y = {
        "field": "index",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {"tickCount": 5, "domain": False, "ticks": False, "format": ",.0f"},
    }
    colour = {
        "field": "name",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": list(colours)},
    }
    dash = {
        "field": "name",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": list(dashes)},
    }
    spec = {
        "width": width,
        "height": height,
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
            *names_at_ends(ends, domain=domain, width=width, height=height),
        ],
    }
    return Picture(name, title, whole(spec))
