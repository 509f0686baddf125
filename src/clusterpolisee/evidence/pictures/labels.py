"""Names beside points and lines, placed so that none lies on another and none is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from clusterpolisee.evidence.pictures import theme

# How much room letters of Sofia Sans take, a little more than on average.
LETTER = 0.56
LINE_HEIGHT = 1.2
LONGEST_LINE = 20
# How far axes go beyond the outermost points.
MARGIN = 0.06
# A name may lie on so many points that are not its own; otherwise it is left out.
COVERS = 1


def in_lines(text: str, longest: int = LONGEST_LINE) -> list[str]:
    """A name in as few lines as it needs; words stay whole.

    >>> in_lines("Автономна провинция Тренто")
    ['Автономна провинция', 'Тренто']
    """
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture, in its pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def lies_in(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True)
class Label:
    """A name and where it stands: `align` says which end of it is at x; y is its middle."""

    lines: tuple[str, ...]
    x: float
    y: float
    align: str
    box: Box

    @property
    def first_line(self) -> float:
        """The middle of the first line: Vega writes the others below it, and does not centre them."""
        return round(self.box.top + (self.box.bottom - self.box.top) / len(self.lines) / 2, 1)

    @property
    def as_datum(self) -> dict[str, Any]:
        return {"name": list(self.lines), "x": round(self.x, 1), "y": self.first_line}


def place_labels(
    named: Sequence[tuple[str, float, float]],
    points: Sequence[tuple[float, float]],
    *,
    width: float,
    height: float,
    size: float = theme.TYPE,
    gap: float = 7,
    taken: Sequence[Label] = (),
) -> list[Label]:
    """Each name beside its point, on the side where it covers the fewest other points; without room it is left out.

    named: name, x, y in pixels; the first are placed first and so have the best places. points: all that is drawn.
    taken: labels that stand there already; what comes back does not repeat them.
    """
    placed: list[Label] = []
    dots = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in points]
    for name, x, y in named:
        free = [
            (sum(label.box.meets(dot) for dot in dots), order, label)
            for order, label in enumerate(_around(tuple(in_lines(name)), x, y, size=size, gap=gap))
            if label.box.lies_in(width, height)
            and not any(label.box.meets(other.box) for other in (*taken, *placed))
        ]
        covered, _order, best = min(free, default=(COVERS + 1, 0, None))
        if best is not None and covered <= COVERS:
            placed.append(best)
    return placed


def _around(lines: tuple[str, ...], x: float, y: float, *, size: float, gap: float) -> list[Label]:
    """Right, left, above and below of a point and the corners between, the best first."""
    wide = max(map(len, lines)) * size * LETTER
    high = len(lines) * size * LINE_HEIGHT
    ends = {"left": 0.0, "center": -wide / 2, "right": -wide}
    places = [
        ("left", x + gap, y),
        ("right", x - gap, y),
        ("center", x, y - gap - high / 2),
        ("center", x, y + gap + high / 2),
        *[
            (align, across, y + side * (high / 2 + gap / 2))
            for side in (-1, 1)
            for align, across in (("left", x + gap / 2), ("right", x - gap / 2))
        ],
    ]
    return [
        Label(
            lines,
            across,
            down,
            align,
            Box(across + ends[align], down - high / 2, across + ends[align] + wide, down + high / 2),
        )
        for align, across, down in places
    ]


def with_room(values: Sequence[float]) -> list[float]:
    """A domain that goes a little beyond the outermost values."""
    room = MARGIN * (max(values) - min(values) or abs(values[0]) or 1.0)
    return [min(values) - room, max(values) + room]


def layers_of_names(labels: Sequence[Label], size: float = theme.TYPE) -> list[dict[str, Any]]:
    """Names where `place_labels` put them: a layer for each way to align."""
    return [
        {
            "data": {"values": [label.as_datum for label in labels if label.align == align]},
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "middle",
                "fontSize": size,
                "color": theme.INK_SOFT,
            },
            "encoding": {
                "x": {"field": "x", "type": "quantitative", "scale": None},
                "y": {"field": "y", "type": "quantitative", "scale": None},
                "text": {"field": "name"},
            },
        }
        for align in dict.fromkeys(label.align for label in labels)
    ]


@dataclass(frozen=True)
class End:
    """The end of a line: what it is called, where it stops, in which colour."""

    name: str
    value: float
    colour: str


def names_at_ends(
    ends: Sequence[End], *, domain: Sequence[float], width: float, height: float
) -> list[dict[str, Any]]:
    """A layer for each line: its name behind its end, as high as it stops or as little above as keeps names apart."""
    low, high = domain
    lines = [in_lines(end.name) for end in ends]
    heights = [height * (end.value - low) / (high - low) for end in ends]
    moved = apart(heights, [len(text) * theme.TYPE * LINE_HEIGHT for text in lines])
    return [
        {
            "data": {
                "values": [
                    {
                        "name": text,
                        "y": round(height - up - (len(text) - 1) * theme.TYPE * LINE_HEIGHT / 2, 1),
                    }
                ]
            },
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "fontWeight": "bold",
                "color": end.colour,
            },
            "encoding": {
                "x": {"value": width + 6},
                "y": {"field": "y", "type": "quantitative", "scale": None},
                "text": {"field": "name"},
            },
        }
        for end, text, up in zip(ends, lines, moved, strict=True)
    ]


def apart(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles of names at the ends of lines, moved up as little as keeps each off the one below it.

    >>> apart([10.0, 11.0, 30.0], [4.0, 4.0, 4.0])
    [10.0, 14.0, 30.0]
    """
    moved = list(places)
    order = sorted(range(len(places)), key=lambda index: places[index])
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + (heights[below] + heights[above]) / 2)
    return moved
