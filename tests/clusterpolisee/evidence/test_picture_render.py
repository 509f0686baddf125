"""What is drawn from one specification is one text, whatever was drawn before it."""

from __future__ import annotations

import re
from pathlib import Path

from clusterpolisee.evidence.pictures import render


def clipped(colour: str) -> dict:
    """A point that is cut off at the edge of its picture; scales say where."""
    return {
        "data": {"values": [{"x": 0, "y": 0}]},
        "mark": {"type": "point", "clip": True, "color": colour},
        "encoding": {axis: {"field": axis, "type": "quantitative"} for axis in "xy"},
    }


def drawn(folder: Path, settings, *colours: str) -> list[str]:
    settings.PICTURE_FOLDER = folder
    return [render.svg(clipped(colour), language="en", title=f"A {colour} point") for colour in colours]


def test_a_picture_is_the_same_after_another_one(tmp_path: Path, settings) -> None:
    red, blue = drawn(tmp_path / "one", settings, "red", "blue")
    assert drawn(tmp_path / "other", settings, "blue", "red") == [blue, red]


def test_names_inside_a_picture_carry_its_own_name_since_others_may_be_drawn_elsewhere(
    tmp_path: Path, settings
) -> None:
    (picture,) = drawn(tmp_path, settings, "red")
    title, *names = re.findall(r' id="([^"]+)"', picture)
    own = title.removeprefix("t-")
    assert names and all(name.endswith(f"-{own}") for name in names)
    assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= set(names)


def test_words_of_a_picture_are_left_alone() -> None:
    assert render._with_own_names("<text>clip1</text>", "name") == "<text>clip1</text>"
