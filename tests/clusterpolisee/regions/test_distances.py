"""How far regions lie apart, over the boundaries of the first start."""

from __future__ import annotations

import pytest

from clusterpolisee.regions.distances import centres, kilometres

pytestmark = pytest.mark.usefixtures("world")


def test_the_middles_of_regions_lie_on_their_land() -> None:
    found = centres(2, 2013)
    assert len(found) > 60
    west, north = found["BG31"]
    assert 22.3 < west < 25.4 and 42.6 < north < 44.3


@pytest.mark.parametrize(
    ("one", "other", "least", "most"), [("BG31", "RO41", 100, 170), ("BG31", "EL42", 800, 950)]
)
def test_neighbours_are_near_and_islands_are_far(one: str, other: str, least: float, most: float) -> None:
    found = centres(2, 2013)
    assert least < kilometres(found[one], found[other]) < most
    assert kilometres(found[one], found[other]) == pytest.approx(kilometres(found[other], found[one]))


def test_what_has_no_boundary_here_has_no_middle() -> None:
    assert "DE11" not in centres(2, 2013)
