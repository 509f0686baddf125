"""Lines of the map, on squares that can be drawn by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts" / "starter"))

import outlines

# Two unit squares side by side, counter-clockwise, the border between them bent at (1.1, 0.5).
LEFT = [(0.0, 0.0), (1.0, 0.0), (1.1, 0.5), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
RIGHT = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.1, 0.5), (1.0, 0.0)]


def test_a_union_loses_the_border_its_parts_share():
    (ring,) = outlines.stitched(outlines.outline([[LEFT], [RIGHT]]))
    assert (1.1, 0.5) not in ring
    assert outlines.area(ring) == 2.0


def test_two_units_apart_stay_two_rings():
    far = [(x + 5, y) for x, y in RIGHT]
    assert len(outlines.stitched(outlines.outline([[LEFT], [far]]))) == 2


def test_a_line_that_does_not_close_is_refused():
    edges = outlines.outline([[LEFT]])
    del edges[(0.0, 1.0), (0.0, 0.0)]
    with pytest.raises(ValueError, match="nothing goes on"):
        outlines.stitched(edges)


def test_junctions_are_where_the_neighbour_changes():
    found = outlines.junctions({"left": outlines.outline([[LEFT]]), "right": outlines.outline([[RIGHT]])})
    assert found == {(1.0, 0.0), (1.0, 1.0)}


def test_both_sides_of_a_border_get_the_same_line():
    fixed = {(1.0, 0.0), (1.0, 1.0)}
    for tolerance, is_bent in ((0.05, True), (0.2, False)):
        left, right = (outlines.simplified(ring, fixed, lambda _edge: tolerance) for ring in (LEFT, RIGHT))  # noqa: B023
        assert ((1.1, 0.5) in left) is is_bent
        assert ((1.1, 0.5) in right) is is_bent


def test_points_of_two_files_that_nearly_meet_become_one():
    shaken = [(x + 0.0005, y - 0.0005) for x, y in RIGHT]
    (left,), (right,) = outlines.snapped([[[LEFT]], [[shaken]]], 0.002)
    assert left == [LEFT]
    assert set(right[0]) & set(LEFT) == {(1.0, 0.0), (1.1, 0.5), (1.0, 1.0)}


def test_a_line_keeps_the_points_that_stand_out():
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 1.0), (3.0, 0.99), (4.0, 0.0)]
    assert outlines.douglas_peucker(line, 0.5) == [(0.0, 0.0), (2.0, 1.0), (4.0, 0.0)]


def test_rounding_leaves_out_repeated_points_and_dead_ends():
    ring = [(0.0, 0.0), (1.0, 0.0), (1.001, 0.001), (1.0, 1.0), (1.0, 2.0), (1.0, 1.001), (0.0, 0.0)]
    assert outlines.rounded(ring, 1) == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]


def test_outer_rings_are_clockwise_with_their_holes_the_other_way():
    hole = [(0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.2)]
    ((outer, inner),) = outlines.polygons_of([hole, LEFT])
    assert outlines.area(outer) < 0 < outlines.area(inner)


def test_a_topology_is_read_with_its_grid_and_backward_arcs():
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [10.0, 40.0]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[0, 0], [0, 2], [2, 0]]],
        "objects": {"layer": {"geometries": [{"type": "Polygon", "arcs": [[0, ~1]]}]}},
    }
    assert outlines.rings_of_units(topology) == [
        [[(10.0, 40.0), (11.0, 40.0), (11.0, 41.0), (10.0, 41.0), (10.0, 40.0)]]
    ]
