"""The industry space over five activities in a row and apart: numbers that can be reckoned by hand.

C11 – C16 – C23 – F41 hang together in a chain, J62 hangs on F41 by a thread.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import numpy as np
import pytest

from clusterpolisee.evidence.engine.network import LEAST, network_of
from clusterpolisee.evidence.engine.space import ActivitySpace
from clusterpolisee.evidence.industry_space import sentences as words
from clusterpolisee.evidence.industry_space.corners import Corner
from clusterpolisee.evidence.industry_space.facts import RegionInSpace, State, neighbours_of
from clusterpolisee.evidence.industry_space.whole import WholeSpace
from clusterpolisee.evidence.pictures.industry_space import Dot, links_of, network_picture
from regional_analytics.measures import Outlook

ACTIVITIES = ("C11", "C16", "C23", "F41", "J62")
REGIONS = ("BG31", "BG32", "DE11", "RO11")
HAS = [[1, 0, 1, 1, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, 1], [1, 0, 0, -1, 1]]
NEAR = [
    [1.0, 0.8, 0.0, 0.0, 0.0],
    [0.8, 1.0, 0.6, 0.0, 0.0],
    [0.0, 0.6, 1.0, 0.5, 0.0],
    [0.0, 0.0, 0.5, 1.0, 0.1],
    [0.0, 0.0, 0.0, 0.1, 1.0],
]


@pytest.fixture(scope="module")
def chain() -> ActivitySpace:
    cells, near = np.array(HAS), np.array(NEAR)
    presence = np.ma.masked_array(cells == 1, mask=cells == -1)
    table = SimpleNamespace(
        year=2015,
        regions=REGIONS,
        activities=ACTIVITIES,
        nuts_vintage=2013,
        cell=lambda row, at: (100.0, ""),
        quotient=lambda row, at: 2.0 if cells[row, at] == 1 else 0.5,
    )
    there = presence.filled(False).astype(float)
    return ActivitySpace(
        version=cast(Any, SimpleNamespace(observations_sha256=uuid4().hex)),
        indicator=cast(Any, None),
        table=cast(Any, table),
        anchor=None,
        presence=presence,
        proximity=near,
        complexity=cast(Any, None),
        outlook=Outlook(
            density=there @ near / near.sum(axis=0),
            gain=np.ma.masked_array(np.ones(cells.shape), mask=cells == -1),
            index=np.zeros(len(cells)),
        ),
        notes=(),
    )


def region(space: ActivitySpace, code: str) -> RegionInSpace:
    return RegionInSpace(space, REGIONS.index(code))


def test_the_network_is_the_chain(chain: ActivitySpace) -> None:
    links = links_of(network_of(chain), ACTIVITIES)
    assert links == [
        ("C11", "C16", True),
        ("C16", "C23", True),
        ("C23", "F41", True),
        ("F41", "J62", True),
    ]


def test_every_picture_of_a_space_has_the_same_places(chain: ActivitySpace) -> None:
    places = network_of(chain).places
    network_of.cache_clear()
    assert np.array_equal(places, network_of(chain).places)
    assert places.min() >= 0 and places.max() <= 1
    far = np.linalg.norm(places[:, None] - places[None, :], axis=2)[~np.eye(len(places), dtype=bool)]
    assert far.min() >= LEAST * 0.9


def test_islands_and_the_bridge_between_them(chain: ActivitySpace) -> None:
    found = region(chain, "BG31")
    assert found.islands == [["C23", "F41"], ["C11"]]
    assert [(one.activity, one.joins, one.ends) for one in found.bridges] == [("C16", (2, 1), ("C23", "C11"))]


def test_a_region_that_has_everything_hangs_together(chain: ActivitySpace) -> None:
    found = region(chain, "BG32")
    assert found.islands == [list(ACTIVITIES)] and found.bridges == []


def test_what_is_unknown_is_neither_had_nor_a_bridge(chain: ActivitySpace) -> None:
    found = region(chain, "RO11")
    assert found.states == [State.HAS, State.NEAR, State.LACKS, State.UNKNOWN, State.HAS]
    assert found.islands == [["C11"], ["J62"]] and found.bridges == []


def test_coherence_is_the_mean_proximity_of_what_is_there(chain: ActivitySpace) -> None:
    """BG31: C11 with C23 and F41: 0, 0; C23 with F41 0.5: pairs 0, 0, 0.5."""
    found = region(chain, "BG31").coherence
    assert found is not None and found.value == pytest.approx(0.5 / 3)
    assert (found.place, found.out_of) == (
        2,
        3,
    )  # BG32 (0.8 + 0.6 + 0.5 + 0.1) / 10 = 0.2, RO11 0, DE11 has one
    assert found.middle == pytest.approx(0.5 / 3)
    assert region(chain, "DE11").coherence is None


def test_corners_count_what_is_known(chain: ActivitySpace) -> None:
    found = {one.corner: (one.has, one.known) for one in region(chain, "RO11").corners}
    assert found == {Corner.CONSUMER: (1, 2), Corner.HEAVY: (0, 1), Corner.KNOWLEDGE: (1, 1)}


def test_neighbours_are_the_most_related_first(chain: ActivitySpace) -> None:
    assert [(one.activity, one.proximity) for one in neighbours_of(chain)["C16"]] == [
        ("C11", 0.8),
        ("C23", 0.6),
    ]


@pytest.mark.parametrize(
    ("value", "said"), [(0.7, "very closely"), (0.5, "closely"), (0.41, "nearly"), (0.1, "loosely")]
)
def test_how_related_is_said_in_words(value: float, said: str) -> None:
    assert words.strength(value) == said


def test_the_whole_counts_regions_here_and_elsewhere(chain: ActivitySpace) -> None:
    whole = WholeSpace(chain)
    assert {one.activity: (one.here.has, one.here.known, one.elsewhere.has) for one in whole.nodes} == {
        "C11": (3, 3, 0),
        "C16": (1, 3, 0),
        "C23": (2, 3, 0),
        "F41": (2, 2, 0),
        "J62": (2, 3, 1),
    }
    assert [one.code for one in whole.standings] == ["BG32", "BG31", "RO11"]
    assert {one.code for one in WholeSpace(chain, "BG").standings} == {"BG31", "BG32"}


def test_the_corner_of_the_regions_here_is_where_they_are_ahead(chain: ActivitySpace) -> None:
    shares = {one.corner: (one.here, one.elsewhere) for one in WholeSpace(chain).corners}
    assert shares[Corner.CONSUMER] == (pytest.approx(4 / 6), 0.0)
    assert shares[Corner.KNOWLEDGE] == (pytest.approx(2 / 3), 1.0)
    assert WholeSpace(chain).corners[-1].corner is Corner.KNOWLEDGE


def test_a_name_without_room_gives_way_to_its_code() -> None:
    """Two activities with long names in one place: one is named, the other keeps its code."""
    dots = [
        Dot(
            code, f"A name that is long enough {code}", 0.5, 0.5 + at / 100, "a", 0.0, "filled", "", "/", True
        )
        for at, code in enumerate(["C10", "C11", "C12", "C13", "C14", "C15"])
    ]
    corners = {key: key for key in "abcde"}
    spec = network_picture(dots, [], corners=corners, looks={"filled": "has"}, title="").spec
    said = [
        " ".join(row["name"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
        if "name" in row
    ]
    assert any(text.startswith("A name") for text in said)
    assert len(said) == len(set(said))
