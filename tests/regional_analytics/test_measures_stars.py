"""Cluster stars: who earns which, where nobody can, and that thresholds come from outside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from factories.employment import employment, partly_known
from regional_analytics import Notes, StarScheme, cluster_stars, location_quotient
from regional_analytics.measures import RefusedInput

TOP_HALF = StarScheme("test", "1", 50, 1.5, 50, 20)

#                  wine   steel
JOBS = np.array([[300.0, 100.0],  # A
                 [200.0, 300.0],  # B
                 [100.0, 100.0],  # C
                 [10.0, 0.0]])  # D: small, and all wine    # fmt: skip


def stars_of(result: Any) -> dict[str, list[list[bool | None]]]:
    return {name: getattr(result, name).tolist() for name in ("size", "specialisation", "focus")}


def test_stars_by_hand() -> None:
    """Wine: 300, 200, 100, 10 people; shares 0.75, 0.4, 0.5, 1; the top half is two of four.

    D leads in focus, and would have a location quotient of 1.82, but ten people are no cluster.
    """
    stars = stars_of(cluster_stars(JOBS, scheme=TOP_HALF))
    assert [row[0] for row in stars["size"]] == [True, True, False, False]
    assert [row[0] for row in stars["focus"]] == [True, False, False, False]
    assert [row[0] for row in stars["specialisation"]] == [False, False, False, False]
    assert float(location_quotient(JOBS)[3, 0]) == pytest.approx(1110 / 610)


def test_thresholds_are_the_values_of_the_last_region_inside() -> None:
    thresholds = cluster_stars(JOBS, scheme=TOP_HALF).thresholds
    assert thresholds.size.tolist() == [200.0, 100.0]
    assert thresholds.focus.tolist() == [0.75, 0.5]
    assert (thresholds.specialisation, thresholds.minimum_employment) == (1.5, 20)


def test_a_tie_at_the_edge_lets_all_in() -> None:
    """Steel: 300, 100, 100, 0: the second place is shared."""
    assert [row[1] for row in stars_of(cluster_stars(JOBS, scheme=TOP_HALF))["size"]] == [
        True,
        True,
        True,
        False,
    ]


def test_specialisation_at_the_threshold_counts() -> None:
    scheme = StarScheme("test", "1", 50, 1.5, 50, 0)
    stars = cluster_stars([[30.0, 10.0], [10.0, 30.0]], scheme=scheme)
    assert stars.specialisation.tolist() == [[True, False], [False, True]]


def test_the_count_adds_up_the_three() -> None:
    stars = cluster_stars(JOBS, scheme=TOP_HALF)
    added = stars.size.astype(int) + stars.specialisation.astype(int) + stars.focus.astype(int)
    assert stars.count.tolist() == added.tolist()
    assert stars.count[0, 0] == 2


def test_nobody_is_no_star_even_where_no_minimum_is_asked() -> None:
    scheme = StarScheme("all", "1", 100, 0, 100, 0)
    assert cluster_stars(JOBS, scheme=scheme).count[3].tolist() == [3, 0]


def test_of_nine_regions_none_is_in_the_top_ten_per_cent_and_of_ten_one_is() -> None:
    scheme = StarScheme("test", "1", 10, 1, 10, 1)
    jobs = np.arange(10.0, 100.0, 10.0)[:, None]
    nine, ten = cluster_stars(jobs, scheme=scheme), cluster_stars(np.vstack([jobs, [[500.0]]]), scheme=scheme)
    assert not nine.size.any()
    assert np.isnan(nine.thresholds.size).all()
    assert ten.size[:, 0].tolist() == [False] * 9 + [True]


@pytest.mark.parametrize(
    ("regions", "percent", "inside"), [(270, 10, 27), (30, 10, 3), (7, 100, 7), (3, 33.4, 1)]
)
def test_binary_fractions_move_nobody_over_the_edge(regions: int, percent: float, inside: int) -> None:
    scheme = StarScheme("test", "1", percent, 0, percent, 1)
    jobs = np.arange(1.0, regions + 1)[:, None]
    assert cluster_stars(jobs, scheme=scheme).size.sum() == inside


def test_the_unknown_earn_nothing_and_do_not_compete() -> None:
    """With B unknown, A is the top one of two known ones... and the top half of three is one region."""
    notes = Notes()
    jobs = np.ma.MaskedArray(JOBS, mask=False)
    jobs[1, 0] = np.ma.masked
    stars = cluster_stars(jobs, scheme=TOP_HALF, notes=notes)
    assert stars.size[:, 0].tolist() == [True, None, False, False]
    assert stars.count.mask.tolist() == [[False, False], [True, False], [False, False], [False, False]]
    (note,) = notes.of_kind("ranked_among_known")
    assert (note.count, note.positions) == (1, ((0,),))


def test_an_unknown_area_hides_specialisation_and_the_count_only() -> None:
    stars = cluster_stars(JOBS, scheme=TOP_HALF, area=np.ma.masked_equal([-1.0, 500.0], -1.0))
    assert stars.specialisation.mask[:, 0].all() and stars.count.mask[:, 0].all()
    assert not stars.size.mask.any() and not stars.count.mask[:, 1].any()


def test_an_empty_region_has_no_share_to_compete_with_and_breaks_nothing() -> None:
    """Of three regions one is empty: half of three is one place for size, half of two is one for focus."""
    stars = cluster_stars([[0.0, 0.0], [300.0, 0.0], [100.0, 0.0]], scheme=TOP_HALF)
    assert stars.size[:, 0].tolist() == [False, True, False]
    assert stars.focus[:, 0].tolist() == [False, True, True]  # both are all wine: a tie
    assert stars.count[:, 1].tolist() == [0, 0, 0]


def test_the_scheme_comes_back_with_the_result() -> None:
    assert cluster_stars(JOBS, scheme=TOP_HALF).scheme is TOP_HALF


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size_top_percent", 0),
        ("focus_top_percent", 101),
        ("specialisation_threshold", -1),
        ("minimum_employment", np.inf),
        ("minimum_employment", np.nan),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused_by_name(field: str, value: float) -> None:
    fields = {
        "size_top_percent": 10,
        "specialisation_threshold": 2,
        "focus_top_percent": 10,
        "minimum_employment": 0,
    }
    with pytest.raises(RefusedInput, match=f"{field} of “mine”"):
        StarScheme("mine", "1", **{**fields, field: value})  # type: ignore[arg-type]


@given(employment(least=1))
@settings(max_examples=40, deadline=None)
def test_counting_in_thousands_moves_no_star_if_the_minimum_moves_with_it(jobs: np.ndarray) -> None:
    here = cluster_stars(jobs, scheme=StarScheme("a", "1", 40, 1.2, 40, 1000))
    there = cluster_stars(jobs / 1024, scheme=StarScheme("b", "1", 40, 1.2, 40, 1000 / 1024))
    assert here.count.tolist() == there.count.tolist()


@given(partly_known())
@settings(max_examples=40, deadline=None)
def test_stars_agree_with_a_data_frame_computation(jobs: Any) -> None:
    """Ranks by pandas, star by star; shares to twelve digits, so that both sides see the same ties."""
    scheme = StarScheme("test", "1", 40, 1.2, 40, 500)
    stars = cluster_stars(jobs, scheme=scheme)
    people = pd.DataFrame(jobs.filled(np.nan))
    share = people.div(people.sum(axis=1), axis=0)
    quotient = pd.DataFrame(location_quotient(jobs).filled(np.nan))
    enough = (people >= 500) & (people > 0)
    expected = {
        "size": (people.rank(method="min", ascending=False) <= 0.4 * people.notna().sum() + 1e-9) & enough,
        "specialisation": (quotient >= 1.2) & enough,
        "focus": (share.rank(method="min", ascending=False) <= 0.4 * share.notna().sum() + 1e-9) & enough,
    }
    for name, wanted in expected.items():
        found = getattr(stars, name)
        assert np.array_equal(found.mask, people.isna().to_numpy())
        assert np.array_equal(found.filled(False), wanted.to_numpy())
