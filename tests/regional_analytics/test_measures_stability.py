"""Ranks of neighbours under drawn weights: the same as ranking everybody in every draw, one draw after the other."""

from __future__ import annotations

import numpy as np
import pytest

from regional_analytics import Notes, Weighting, candidates, neighbour_stability, structural_distance
from regional_analytics.measures.inputs import RefusedInput

SCHEME = Weighting(dimensions=tuple("abcd" * 3), dimension_weights={"a": 1, "b": 2, "c": 1, "d": 1})
DRAWS = 200


def table(regions: int, *, unknown: float = 0.0) -> np.ma.MaskedArray:
    """Made up, with some likeness between regions of close numbers."""
    chance = np.random.default_rng(7)
    values = chance.random((regions, 12)) + np.linspace(0, 1, regions)[:, None]
    return np.ma.MaskedArray(values, mask=chance.random((regions, 12)) < unknown)


def ranked_one_by_one(
    data: np.ma.MaskedArray, drawn: str, concentration: float, allowed: np.ndarray | None = None
) -> np.ndarray:
    """(draws, regions, regions): every distance of every draw by structural_distance, and its place by sorting.

    Weights come from the same seed and the definition of α. A place of 0 says: not to be ranked.
    """
    own = SCHEME.of(12)
    given = own.across if drawn == "dimensions" else own.variables
    sets = np.random.default_rng(3).dirichlet(concentration * given.size * given, DRAWS)
    may = ~np.ma.getmaskarray(structural_distance(data, weighting=SCHEME).distance)
    may &= ~np.eye(len(data), dtype=bool)
    may &= True if allowed is None else allowed
    places = np.zeros((DRAWS, len(data), len(data)), dtype=int)
    for at, weights in enumerate(sets.astype(np.float32).astype(float)):
        each = weights[own.dimension] * own.within if drawn == "dimensions" else weights
        distance = structural_distance(
            data, weighting=Weighting(weights=tuple(each)), least_coverage=0.0
        ).distance
        for region in range(len(data)):
            others = np.flatnonzero(may[region])
            order = others[np.argsort(distance.filled(np.inf)[region, others], kind="stable")]
            places[at, region, order] = np.arange(1, len(order) + 1)
    return places


@pytest.mark.parametrize("drawn", ["dimensions", "variables"])
@pytest.mark.parametrize("unknown", [0.0, 0.1])
@pytest.mark.parametrize("concentration", [1.0, 10.0])
def test_it_is_ranking_everybody_in_every_draw(drawn: str, unknown: float, concentration: float) -> None:
    """45 regions, ranked to the 15th place: the kernel sorts only some of them, and must not miss any."""
    data = table(45, unknown=unknown)
    found = neighbour_stability(
        data,
        seed=3,
        draws=DRAWS,
        weighting=SCHEME,
        drawn=drawn,
        concentration=concentration,
        neighbours=12,
        top=5,
        ranked_to=15,
    )
    places = ranked_one_by_one(data, drawn, concentration)
    for region in range(45):
        listed = found.neighbours[region].compressed()
        own = places[:, region, listed]
        np.testing.assert_allclose(
            found.share_in_top[region].compressed(), (own <= 5).mean(axis=0), atol=1e-9
        )
        for share, ranks in ((0.05, found.lowest), (0.5, found.median), (0.95, found.highest)):
            exact = np.sort(own, axis=0)[int(np.ceil(share * DRAWS - 1e-9)) - 1]
            assert ranks[region].tolist()[: listed.size] == [rank if rank <= 15 else None for rank in exact]
        others = (places[:, region] <= 5) & (places[:, region] > 0)
        others[:, listed] = False
        assert found.share_unlisted[region] == pytest.approx(others.sum() / DRAWS / 5, abs=1e-9)


def test_candidates_compete_only_among_themselves() -> None:
    data, abroad = table(20), candidates(["BG", "RO"] * 10)
    found = neighbour_stability(
        data, seed=3, draws=DRAWS, weighting=SCHEME, neighbours=4, top=2, ranked_to=10, candidates=abroad
    )
    places = ranked_one_by_one(data, "dimensions", 10.0, abroad)
    for region in range(20):
        listed = found.neighbours[region].tolist()
        assert all((other - region) % 2 == 1 for other in listed)
        assert found.share_in_top[region].tolist() == pytest.approx(
            (places[:, region, listed] <= 2).mean(axis=0)
        )


def test_two_workers_find_the_same_and_so_does_the_same_seed() -> None:
    options = {"weighting": SCHEME, "draws": 50, "neighbours": 5, "top": 3}
    one = neighbour_stability(table(30), seed=1, **options)
    two = neighbour_stability(table(30), seed=1, workers=2, **options)
    other = neighbour_stability(table(30), seed=2, **options)
    assert (one.share_in_top == two.share_in_top).all() and (one.highest == two.highest).all()
    assert (one.share_in_top != other.share_in_top).any()


def test_who_is_nearer_in_everything_is_nearer_under_all_weights() -> None:
    data = [[0.0, 0.0], [0.1, 0.1], [0.2, 0.3], [0.9, 0.9]]
    found = neighbour_stability(data, seed=1, drawn="variables", concentration=1.0, top=1)
    assert found.lowest[0].tolist() == found.highest[0].tolist() == [1, 2, 3]
    assert found.share_in_top[0].tolist() == [1.0, 0.0, 0.0]


def test_high_concentration_moves_nobody() -> None:
    data = table(30)
    found = neighbour_stability(data, seed=1, weighting=SCHEME, concentration=1e9, draws=20, neighbours=6)
    assert (found.lowest == found.highest).all()
    assert found.median[4].tolist() == [1, 2, 3, 4, 5, 6]


def test_a_dimension_without_weight_gets_none_in_any_draw() -> None:
    """Only b would make the two differ, and b does not count."""
    scheme = Weighting(dimensions=("a", "b", "c"), dimension_weights={"a": 1, "b": 0, "c": 1})
    data = [[0.0, 0.0, 0.0], [0.1, 9.0, 0.1], [0.2, 0.0, 0.2]]
    found = neighbour_stability(data, seed=1, weighting=scheme, concentration=1.0, top=1)
    assert found.share_in_top[0].tolist() == [1.0, 0.0]


def test_a_block_is_drawn_like_a_dimension() -> None:
    """People say 1, industries say 2: each is nearest when its weight is above the other's, in half of the draws."""
    mix = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.5], [0.0, 0.5, 0.0]]
    found = neighbour_stability([[0.0], [0.0], [1.0]], seed=1, blocks={"industries": mix}, top=1)
    assert found.share_in_top[0].tolist() == pytest.approx([0.5, 0.5], abs=0.05)


def test_a_region_without_figures_has_no_neighbours_and_disturbs_nobody() -> None:
    data = np.ma.masked_invalid([[0.0, 0.0], [0.1, 0.1], [np.nan, np.nan]])
    notes = Notes()
    found = neighbour_stability(data, seed=1, drawn="variables", notes=notes)
    assert found.neighbours.tolist() == [[1, None], [0, None], [None, None]]
    assert found.share_unlisted.tolist() == [0.0, 0.0, None]
    assert notes.count("too_little_in_common") == 3


def test_weight_on_what_is_unknown_alone_comes_last_and_not_first() -> None:
    """At so low a concentration single precision gives whole draws to one variable, and 2 lacks the first."""
    data = np.ma.masked_invalid([[0.0, 0.0, 0.0], [0.5, 0.5, 0.5], [np.nan, 0.9, 0.9]])
    found = neighbour_stability(data, seed=1, drawn="variables", concentration=1e-3, top=1)
    assert found.share_in_top[0].tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"drawn": "regions"}, "no drawing of “regions”"),
        ({"concentration": 0.0}, "concentration of 0"),
        ({"draws": 0}, "draws is 0"),
        ({"workers": 0}, "workers is 0"),
        ({"top": 10, "ranked_to": 5}, "do not tell the first 10"),
        ({"weighting": Weighting(), "drawn": "dimensions"}, "one weight cannot move"),
    ],
)
def test_what_cannot_be_drawn_is_refused(options: dict, words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        neighbour_stability(table(5), seed=1, **({"weighting": SCHEME} | options))
