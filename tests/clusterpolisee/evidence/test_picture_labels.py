"""Names in pictures: none lies on another, none is cut, none stands far from what it names."""

from __future__ import annotations

from itertools import combinations, pairwise

from clusterpolisee.evidence.pictures.comparison import side_by_side
from clusterpolisee.evidence.pictures.labels import (
    LINE_HEIGHT,
    End,
    apart,
    in_lines,
    names_at_ends,
    place_labels,
)
from clusterpolisee.evidence.pictures.many import many_lines
from clusterpolisee.evidence.structure.many import ManyRegions
from clusterpolisee.evidence.structure.series import Cell

WIDTH, HEIGHT = 350, 260


def test_a_long_name_takes_several_lines_and_keeps_its_words() -> None:
    assert in_lines("Autonomous Province of Trento", 20) == ["Autonomous Province", "of Trento"]
    assert in_lines("Vienna") == ["Vienna"]
    assert in_lines("Niederösterreichischestes") == ["Niederösterreichischestes"]


def test_names_of_neighbouring_points_do_not_lie_on_one_another() -> None:
    """Trento and Vienna, a few pixels apart at the right edge: their names once covered each other."""
    named = [
        ("Vienna", 340.0, 246.0),
        ("Autonomous Province of Trento", 330.0, 240.0),
        ("Bucharest", 60.0, 12.0),
    ]
    placed = place_labels(named, [(x, y) for _name, x, y in named], width=WIDTH, height=HEIGHT)
    assert {" ".join(label.lines) for label in placed} == {name for name, _x, _y in named}
    assert not any(one.box.meets(other.box) for one, other in combinations(placed, 2))
    assert all(label.box.lies_in(WIDTH, HEIGHT) for label in placed)


def test_a_name_without_room_is_left_out_rather_than_laid_on_points() -> None:
    crowd = [(float(x), float(y)) for x in range(0, WIDTH, 8) for y in range(0, HEIGHT, 8)]
    assert place_labels([("Vienna", 170.0, 130.0)], crowd, width=WIDTH, height=HEIGHT) == []


def test_names_at_the_ends_of_lines_keep_their_distance() -> None:
    assert apart([50.0, 10.0, 12.0], [4.0, 4.0, 8.0]) == [50.0, 10.0, 16.0]
    ends = [End("96 Severozapaden", 96.0, "#000000"), End("96 Central Macedonia and beyond", 96.1, "#000000")]
    layers = names_at_ends(ends, domain=[90.0, 110.0], width=240, height=200)
    below, above = (layer["data"]["values"][0] for layer in layers)
    assert (len(below["name"]), len(above["name"])) == (1, 2)
    assert below["y"] == 140.0
    last_line_above = above["y"] + 13 * LINE_HEIGHT  # Vega writes further lines below the first
    assert below["y"] - last_line_above >= 13 * LINE_HEIGHT - 0.1


def test_counts_are_drawn_as_an_index_so_that_large_and_small_regions_share_a_scale() -> None:
    """A grows from 100 to 110 and B from 10 000 to 9 000; C has a break and is left out."""
    cells = (
        (Cell(100.0, "reported", ""), Cell(10_000.0, "reported", ""), Cell(5.0, "reported", "")),
        (Cell(110.0, "reported", ""), Cell(9_000.0, "reported", ""), Cell(50.0, "reported", "b")),
    )
    names = {"A": "Small", "B": "Large", "C": "Broken"}
    picture = many_lines(
        ManyRegions((2011, 2015), ("A", "B", "C"), cells),
        names,
        title="Employed people",
        unit="persons",
        decimals=0,
        span=(2011, 2015),
    )
    assert picture is not None
    thin, outer, median = picture.spec["layer"][:3]
    drawn = {
        (row["region"], row["year"]): row["value"] for row in thin["data"]["values"] + outer["data"]["values"]
    }
    assert drawn == {("A", 2011): 100.0, ("A", 2015): 110.0, ("B", 2011): 100.0, ("B", 2015): 90.0}
    assert [row["value"] for row in median["data"]["values"]] == [100.0, 100.0]
    assert "type" not in median["encoding"]["y"]["scale"]
    ends = [layer["data"]["values"][0] for layer in picture.spec["layer"][3:]]
    assert [end["name"] for end in ends] == [["Small"], ["Large"], ["median"]]
    assert all(lower["y"] != higher["y"] for lower, higher in pairwise(ends))


def test_a_region_of_a_comparison_keeps_its_colour_when_another_has_no_figures() -> None:
    rows = [{"thing": "Clothing", "region": region, "value": 2.0, "label": "2"} for region in ("A", "C")]
    picture = side_by_side(rows, name="strengths", title="Strengths", order=["A", "B", "C"], axis="times")
    marks = picture.spec["layer"][1]["encoding"]
    assert marks["color"]["scale"] == {"domain": ["A", "C"], "range": ["#b4532a", "#35658f"]}
    assert marks["shape"]["scale"]["range"] == ["circle", "diamond"]
