"""The industry space as a picture: links, activities in the colours of their corners, names that do not overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi
from typing import Any

from clusterpolisee.evidence.engine.network import Network
from clusterpolisee.evidence.pictures import theme
from clusterpolisee.evidence.pictures.grammar import Picture, spoken, whole
from clusterpolisee.evidence.pictures.labels import LINE_HEIGHT, Box, Label, place_labels

WIDTH, HEIGHT = 640, 560
MARGIN = 26
LEGEND_LINE = 24
SMALLEST, LARGEST = 55.0, 260.0  # areas of points
NAMES = 12.5
LARGE = 0.15  # from this weight on no name may lie on an activity
# Five of the six kinds; the grey one is kept for what is absent.
COLOURS = ("#d3a04a", "#35658f", "#b4532a", "#2c7d70", "#8a5a83")


@dataclass(frozen=True)
class Dot:
    """One activity. weight: what its size tells, from 0 to 1; look: filled, ring, absent or unknown."""

    code: str
    name: str
    x: float
    y: float
    corner: str
    weight: float
    look: str
    words: str
    href: str
    is_named: bool


def network_picture(
    dots: Sequence[Dot],
    links: Sequence[tuple[str, str, bool]],
    *,
    corners: Mapping[str, str],
    looks: Mapping[str, str],
    title: str,
    name: str = "space",
) -> Picture:
    """links: two codes and whether the link belongs to the tree. corners: key → its words, in the order of the colours.
    looks: look → what it means.
    """
    places = {dot.code: _place(dot) for dot in dots}
    colours = dict(zip(corners, COLOURS, strict=True))
    entries = len(corners) + len(looks)
    spec = {
        "width": WIDTH,
        "height": HEIGHT + 12 + LEGEND_LINE * ((entries + 1) // 2),
        "layer": [
            *_links(links, places),
            *(
                _points([dot for dot in dots if dot.look == look], places, look, colours)
                for look in LOOKS
                if any(dot.look == look for dot in dots)
            ),
            *_names(dots, places),
            *_legend(corners, looks),
        ],
    }
    return Picture(name, title, whole(spec))


LOOKS = ("absent", "unknown", "ring", "filled")


def _place(dot: Dot) -> tuple[float, float]:
    return (
        round(MARGIN + dot.x * (WIDTH - 2 * MARGIN), 1),
        round(HEIGHT - MARGIN - dot.y * (HEIGHT - 2 * MARGIN), 1),
    )


def _at(field: str) -> dict[str, Any]:
    """A place in pixels of the picture."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _links(
    links: Sequence[tuple[str, str, bool]], places: Mapping[str, tuple[float, float]]
) -> list[dict[str, Any]]:
    found = []
    for in_tree in (False, True):
        rows = [
            {
                "x": places[one][0],
                "y": places[one][1],
                "x2": places[other][0],
                "y2": places[other][1],
            }
            for one, other, is_tree in links
            if is_tree is in_tree
        ]
        if rows:
            mark = {
                "type": "rule",
                "color": theme.SOFT if in_tree else theme.LINE,
                "strokeWidth": 1.4 if in_tree else 1.0,
            }
            found.append(
                {
                    "data": {"values": rows},
                    "mark": mark,
                    "encoding": {"x": _at("x"), "y": _at("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
                }
            )
    return found


def _points(
    dots: Sequence[Dot], places: Mapping[str, tuple[float, float]], look: str, colours: Mapping[str, str]
) -> dict[str, Any]:
    """The activities of one look. Those that are had or near carry the colour of their corner."""
    rows = [
        {
            "x": places[dot.code][0],
            "y": places[dot.code][1],
            "size": round(SMALLEST + (LARGEST - SMALLEST) * dot.weight, 1),
            "colour": colours[dot.corner],
            "name": dot.name,
            "words": dot.words,
            "label": f"{dot.name}: {dot.words}",
            "href": dot.href,
        }
        for dot in dots
    ]
    said = {
        "size": {"field": "size", "type": "quantitative", "scale": None},
        "href": {"field": "href", "type": "nominal"},
        "description": {"field": "label", "type": "nominal"},
        "tooltip": spoken("name", "words"),
    }
    return _marks(rows, look, said, is_spoken=True)


def _marks(
    rows: Sequence[Mapping[str, Any]], look: str, said: Mapping[str, Any], *, is_spoken: bool = False
) -> dict[str, Any]:
    mark: dict[str, Any] = {"type": "point", "opacity": 1, "aria": is_spoken, "strokeWidth": 1}
    encoding = {"x": _at("x"), "y": _at("y"), **said}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    if look == "filled":
        mark["stroke"] = theme.CARD
        encoding["fill"] = colour
    elif look == "ring":
        mark |= {"fill": theme.CARD, "strokeWidth": 3}
        encoding["stroke"] = colour
    elif look == "unknown":
        mark |= {"fill": theme.NO_DATA, "stroke": theme.SOFT}
    else:
        mark |= {"fill": theme.SOFT, "stroke": theme.CARD}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def _legend(corners: Mapping[str, str], looks: Mapping[str, str]) -> list[dict[str, Any]]:
    """Below the network: the colours of the corners, and what the looks mean."""
    entries = [("filled", colour, words) for colour, words in zip(COLOURS, corners.values(), strict=True)]
    entries += [(look, theme.INK_SOFT, words) for look, words in looks.items()]
    rows = [
        {
            "x": 10 + (at % 2) * WIDTH / 2,
            "y": HEIGHT + 22 + (at // 2) * LEGEND_LINE,
            "colour": colour,
            "words": words,
            "look": look,
        }
        for at, (look, colour, words) in enumerate(entries)
    ]
    size = {"size": {"value": 130}}
    marks = [_marks([row for row in rows if row["look"] == look], look, size) for look in LOOKS]
    text = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "dx": 14,
        "fontSize": 14,
        "color": theme.INK_SOFT,
    }
    named = {"x": _at("x"), "y": _at("y"), "text": {"field": "words"}}
    return [
        *(one for one in marks if one["data"]["values"]),
        {"data": {"values": rows}, "mark": text, "encoding": named},
    ]


def _names(dots: Sequence[Dot], places: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """A name beside each activity that is to be named; where there is no room for it, its code. Soft: not had."""
    points, taken = list(places.values()), [_covered(places[dot.code], dot.weight) for dot in dots]
    wanted = sorted((dot for dot in dots if dot.is_named), key=lambda dot: dot.look != "filled")
    labels = _fitted([(dot.name, *places[dot.code]) for dot in wanted], points, taken)
    said = {" ".join(label.lines) for label in labels}
    short = [(dot.code, *places[dot.code]) for dot in wanted if dot.name not in said]
    labels += _fitted(short, points, [*taken, *labels])
    had = {word for dot in dots if dot.look == "filled" for word in (dot.name, dot.code)}
    found = []
    for align in ("left", "center", "right"):
        for colour in (theme.INK, theme.INK_SOFT):
            rows = [
                _as_datum(label)
                for label in labels
                if label.align == align and (" ".join(label.lines) in had) == (colour == theme.INK)
            ]
            if rows:
                mark = {
                    "type": "text",
                    "align": align,
                    "baseline": "middle",
                    "fontSize": NAMES,
                    "color": colour,
                }
                mark |= {"lineHeight": NAMES * LINE_HEIGHT}
                place = {"x": _at("x"), "y": _at("y"), "text": {"field": "name"}}
                found.append({"data": {"values": rows}, "mark": mark, "encoding": place})
    return found


def _as_datum(label: Label) -> dict[str, Any]:
    """Vega-Lite takes the place of the first line; a label knows its middle."""
    up = (len(label.lines) - 1) * NAMES * LINE_HEIGHT / 2
    return {**label.as_datum, "y": round(label.y - up, 1)}


def _covered(place: tuple[float, float], weight: float) -> Label:
    """The room a large activity takes, which no name may lie on; of small ones a name may cover one."""
    reach = ((SMALLEST + (LARGEST - SMALLEST) * weight) / pi) ** 0.5 if weight > LARGE else 0.0
    x, y = place
    return Label((), x, y, "center", Box(x - reach, y - reach, x + reach, y + reach))


def _fitted(
    named: Sequence[tuple[str, float, float]],
    points: Sequence[tuple[float, float]],
    taken: Sequence[Label],
) -> list[Label]:
    return place_labels(named, points, width=WIDTH, height=HEIGHT, size=NAMES, gap=10, taken=taken)


def links_of(network: Network, activities: Sequence[str]) -> list[tuple[str, str, bool]]:
    """The links of a network with the codes of their ends."""
    return [
        (activities[one], activities[other], in_tree)
        for one, other, _weight, in_tree in network.links.edges()
    ]
