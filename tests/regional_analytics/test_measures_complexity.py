"""Complexity of regions and activities: by hand, by all eigenvectors at once, what must hold, and what is refused."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories.employment import employment
from factories.relatedness import ladders, presences
from regional_analytics import (
    Complexity,
    NotAPresence,
    Notes,
    NotFinite,
    RefusedInput,
    WrongShape,
    economic_complexity,
    presence,
)
from regional_analytics.measures.complexity.economic_complexity import complexity_of
from regional_analytics.measures.complexity.spectrum import second_vector

pytestmark = pytest.mark.filterwarnings("error")

LADDER = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])  # A has all three, B two, C what everybody has


def by_all_eigenvectors(there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """ECI and PCI in the plainest form, of a presence without empty rows and columns."""
    of_region, of_activity = there / there.sum(axis=1)[:, None], there / there.sum(axis=0)
    values, vectors = np.linalg.eig(of_region @ of_activity.T)
    k = vectors.real[:, np.argsort(values.real)[-2]]
    k = k * np.sign(np.corrcoef(k, there.sum(axis=1))[0, 1])
    q = of_activity.T @ k / np.sort(values.real)[-2]
    return (k - k.mean()) / k.std(), (q - k.mean()) / k.std()


def clear(found: Complexity) -> bool:
    """Neither the vector nor its sign hangs on rounding."""
    told = found.diagnostics
    return bool(told.gap > 1e-3 and told.correlation > 1e-3 and told.components == 1)


def of_kind(there: np.ndarray, kind: Any, notes: Notes | None = None) -> Complexity:
    notes = Notes() if notes is None else notes
    return complexity_of(there.astype(kind), scale="regions", signs="together", ddof=0, notes=notes)


def test_complexity_of_a_ladder_by_hand() -> None:
    """k = (2, −1, −4)/3 and q = (−4, 2, 8)/3, both off their level by a third.

    The mean q of A is (−4 + 2 + 8)/9 = 2/3, of B −1/3, of C −4/3; the mean k of those with wine (2 − 1 − 4)/9 = −1/3, a
    quarter of its q: λ₂ = ¼. The mean of k is −1/3 and its spread √⅔, so ECI = (1, 0, −1)/√⅔ = (1, 0, −1) √1.5
    and PCI = (−1, 1, 3) √1.5.
    """
    notes = Notes()
    found = economic_complexity(LADDER, notes=notes)
    assert len(notes) == 0
    np.testing.assert_allclose(found.regions, np.array([1, 0, -1]) * sqrt(1.5), atol=1e-14)
    np.testing.assert_allclose(found.activities, np.array([-1, 1, 3]) * sqrt(1.5), rtol=1e-13)
    assert found.diagnostics.second == pytest.approx(1 / 4)
    assert found.diagnostics.correlation == pytest.approx(1.0)
    assert (found.diagnostics.components, found.diagnostics.rare) == (1, pytest.approx(2 / 3))


def test_the_scales_of_a_ladder_by_hand() -> None:
    """Own: q has the mean 2/3 and the spread √(8/3). None: k in a metric of 3, 2, 1, (3·4 + 2·1 + 1·16)/9 = 10/3."""
    own = economic_complexity(LADDER, scale="own", ddof=1)
    np.testing.assert_allclose(own.regions, [1, 0, -1], atol=1e-14)
    np.testing.assert_allclose(own.activities, np.array([-2, 0, 2]) / 2, atol=1e-14)
    raw = economic_complexity(LADDER, scale="none")
    np.testing.assert_allclose(raw.regions, np.array([2, -1, -4]) / 3 / sqrt(10 / 3), rtol=1e-13)
    np.testing.assert_allclose(raw.activities, np.array([-4, 2, 8]) / 3 / sqrt(10 / 3), rtol=1e-13)


@given(ladders() | ladders(regions=6, activities=12))
@settings(max_examples=150, deadline=None)
def test_it_is_the_second_vector_of_the_matrix_that_is_not_symmetric(there: np.ndarray) -> None:
    found = economic_complexity(there)
    assume(clear(found))
    regions, activities = by_all_eigenvectors(there)
    np.testing.assert_allclose(found.regions, regions, atol=1e-7)
    np.testing.assert_allclose(found.activities, activities, atol=1e-7, rtol=1e-7)


@pytest.mark.parametrize("shape", [(200, 260), (260, 200), (160, 151)])
def test_a_large_one_is_found_as_a_small_one_is(shape: tuple[int, int]) -> None:
    """Above 150 by Lanczos: the same as all eigenvectors at once, and the same every time."""
    random = np.random.default_rng(3)
    there = (random.random(shape) < np.linspace(0.1, 0.6, shape[0])[:, None]).astype(float)
    found = economic_complexity(there)
    regions, activities = by_all_eigenvectors(there)
    np.testing.assert_allclose(found.regions, regions, atol=1e-9)
    np.testing.assert_allclose(found.activities, activities, atol=1e-9)
    assert (economic_complexity(there).regions == found.regions).all()


@given(presences())
@settings(max_examples=200, deadline=None)
def test_a_region_is_as_complex_as_what_it_has_on_average(there: np.ndarray) -> None:
    found = economic_complexity(there)
    has = there.any(axis=1)
    assert (np.isnan(found.activities) == ~there.any(axis=0)).all() or np.isnan(found.regions).all()
    if not np.isnan(found.regions).all():
        assert (np.isnan(found.regions) == ~has).all()
        means = there @ np.nan_to_num(found.activities) / np.maximum(there.sum(axis=1), 1)
        np.testing.assert_allclose(found.regions[has], means[has], atol=1e-9)
        assert np.nanmean(found.regions) == pytest.approx(0.0, abs=1e-9)
        assert np.nanstd(found.regions) == pytest.approx(1.0)


@given(ladders(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_regions_and_activities_does_not_matter(there: np.ndarray, random: Any) -> None:
    found = economic_complexity(there)
    assume(clear(found))
    rows, columns = (random.sample(range(length), length) for length in there.shape)
    mixed = economic_complexity(there[np.ix_(rows, columns)])
    np.testing.assert_allclose(mixed.regions, found.regions[rows], atol=1e-8)
    np.testing.assert_allclose(mixed.activities, found.activities[columns], atol=1e-8)


@given(employment(), st.sampled_from([2.0, 7.0, 1000.0]))
@settings(max_examples=60, deadline=None)
def test_counting_in_other_units_changes_nothing(jobs: np.ndarray, units: float) -> None:
    one, other = (economic_complexity(presence(figures)) for figures in (jobs, jobs * units))
    np.testing.assert_array_equal(one.regions, other.regions)
    np.testing.assert_array_equal(one.activities, other.activities)


@given(ladders())
@settings(max_examples=60, deadline=None)
def test_two_regions_that_have_the_same_are_as_complex_as_each_other(there: np.ndarray) -> None:
    found = economic_complexity(np.vstack([there, there[:1]]))
    assume(clear(found))
    np.testing.assert_allclose(found.regions[0], found.regions[-1], atol=1e-9)
    everyone_twice, once = economic_complexity(np.vstack([there, there])), economic_complexity(there)
    assume(clear(once))
    np.testing.assert_allclose(everyone_twice.activities, once.activities, atol=1e-8)


def test_signs_never_clash_where_packages_that_set_them_apart_let_them() -> None:
    """Of 300 random presences many have an ECI that falls with diversity, or a PCI that is no part of it, if set apart."""
    random, clashes = np.random.default_rng(1), 0
    for _ in range(300):
        there = (random.random((12, 9)) < 0.4).astype(float)
        found, apart = economic_complexity(there), economic_complexity(there, signs="apart")
        has, anywhere = there.any(axis=1), there.any(axis=0)
        means = there @ np.nan_to_num(found.activities) / np.maximum(there.sum(axis=1), 1)
        np.testing.assert_allclose(found.regions[has], means[has], atol=1e-9)
        assert np.corrcoef(found.regions[has], there.sum(axis=1)[has])[0, 1] >= -1e-12
        assert np.corrcoef(apart.activities[anywhere], there.sum(axis=0)[anywhere])[0, 1] <= 1e-12
        means = there @ np.nan_to_num(apart.activities) / np.maximum(there.sum(axis=1), 1)
        clashes += not np.allclose(apart.regions[has], means[has])
    assert clashes > 30


# What cannot be told, and what one should know ------------------------------------------------------------


def test_what_has_nothing_is_not_complex_and_touches_no_other() -> None:
    notes = Notes()
    wide = np.zeros((5, 4))
    wide[np.ix_([0, 2, 4], [0, 1, 3])] = LADDER
    found = economic_complexity(wide, notes=notes)
    np.testing.assert_allclose(found.regions[[0, 2, 4]], np.array([1, 0, -1]) * sqrt(1.5), atol=1e-14)
    assert np.isnan(found.regions[[1, 3]]).all() and np.isnan(found.activities[2])
    assert [note.positions for note in notes.of_kind("undefined")] == [((1,), (3,)), ((2,),)]


@pytest.mark.parametrize("shape", [(1, 4), (4, 1), (1, 1), (5, 7), (200, 220)])
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_where_all_are_alike_nobody_is_complex(shape: tuple[int, int], kind: Any) -> None:
    notes = Notes()
    found = of_kind(np.ones(shape), kind, notes)
    assert np.isnan(found.regions).all() and np.isnan(found.activities).all()
    assert found.diagnostics.components == 1 and notes.count("undefined") == sum(shape)


@pytest.mark.parametrize("shape", [(3, 4), (0, 4), (3, 0), (0, 0)])
def test_where_nothing_is_present_nothing_is_told(shape: tuple[int, int]) -> None:
    notes = Notes()
    for given_ in (np.zeros(shape), np.ma.masked_all(shape)):
        found = economic_complexity(given_, notes=notes)
        assert (found.regions.shape, found.activities.shape) == ((shape[0],), (shape[1],))
        assert np.isnan(found.regions).all() and np.isnan(found.activities).all()
        assert found.diagnostics.components == 0
    assert notes.count("undefined") > 0


def test_the_unknown_counts_as_absent_and_a_note_says_so() -> None:
    notes = Notes()
    found = economic_complexity(np.ma.masked_equal([[1, 1, 1], [1, 1, -1], [1, -1, -1]], -1), notes=notes)
    np.testing.assert_allclose(found.regions, np.array([1, 0, -1]) * sqrt(1.5), atol=1e-14)
    assert notes.count("unknown_as_absent") == 3


@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("times", [1, 50])
def test_two_parts_that_share_nothing_are_counted_and_the_smaller_is_named(kind: Any, times: int) -> None:
    """Also when computed in 32 bits, where λ₂ of two parts is 0.9999997, and for 350 regions."""
    there = np.zeros((7, 5))
    there[:3, :2] = [[1, 1], [0, 1], [1, 0]]
    there[3:, 2:] = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 1]]
    notes = Notes()
    found = of_kind(np.repeat(there, times, axis=0), kind, notes)
    assert (found.diagnostics.components, round(found.diagnostics.second, 5)) == (2, 1.0)
    (note,) = notes.of_kind("disconnected")
    assert note.positions == tuple((at,) for at in range(3 * times))


def test_where_two_readings_explain_as_much_a_note_says_so() -> None:
    """Each region shares one activity with the next around a ring: λ₂ = λ₃, and diversity is the same everywhere."""
    notes = Notes()
    found = economic_complexity(np.eye(6) + np.roll(np.eye(6), 1, axis=1), notes=notes)
    assert found.diagnostics.gap == pytest.approx(0.0, abs=1e-12) and found.diagnostics.gap >= 0
    assert found.diagnostics.second == pytest.approx(0.75)
    assert {note.kind for note in notes} == {"weak_sign", "close_eigenvalues"}


def test_two_regions_have_no_third_eigenvalue_and_a_gap_all_the_same() -> None:
    found = economic_complexity([[1, 1, 0], [0, 1, 1]])
    assert found.diagnostics.gap == pytest.approx(found.diagnostics.second) == pytest.approx(0.5)


def test_raw_vectors_have_the_same_length_whichever_side_is_longer() -> None:
    random = np.random.default_rng(2)
    for shape in ((9, 20), (20, 9)):
        there = (random.random(shape) < 0.5).astype(float)
        k = economic_complexity(there, scale="none").regions
        assert (there.sum(axis=1) * k**2).sum() == pytest.approx(1.0)


def test_thirty_two_bits_are_near_enough() -> None:
    random = np.random.default_rng(4)
    there = (random.random((180, 400)) < np.linspace(0.05, 0.5, 180)[:, None]).astype(float)
    exact, fast = of_kind(there, np.float64), of_kind(there, np.float32)
    np.testing.assert_allclose(fast.regions, exact.regions, atol=1e-4)
    assert fast.diagnostics.second == pytest.approx(exact.diagnostics.second, rel=1e-5)


def test_a_lanczos_that_finds_nothing_is_replaced_by_the_direct_way(monkeypatch: pytest.MonkeyPatch) -> None:
    from regional_analytics.measures.complexity import spectrum

    random = np.random.default_rng(5)
    there = (random.random((170, 180)) < np.linspace(0.05, 0.5, 170)[:, None]).astype(float)
    found = second_vector(there)

    def fails(*_: Any, **__: Any) -> None:
        raise spectrum.ArpackError(-9)

    monkeypatch.setattr(spectrum, "eigsh", fails)
    direct = second_vector(there)
    assert (direct.second, direct.third) == pytest.approx((found.second, found.third))
    np.testing.assert_allclose(np.abs(direct.regions), np.abs(found.regions), atol=1e-10)


@pytest.mark.parametrize(
    ("given_", "error"),
    [
        ([[1.0, 0.5]], NotAPresence),
        ([[1.0, -1.0]], NotAPresence),
        ([[1.0, np.nan]], NotFinite),
        (np.ones((2, 2, 2)), WrongShape),
        ([1.0, 0.0], WrongShape),
    ],
)
def test_what_is_no_presence_is_refused(given_: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        economic_complexity(given_)


@pytest.mark.parametrize("options", [{"scale": "atlas"}, {"signs": "none"}, {"ddof": 2}])
def test_a_convention_nobody_knows_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(RefusedInput, match="Choose one of"):
        economic_complexity(LADDER, **options)


def test_the_input_stays_as_it_was() -> None:
    there = LADDER.astype(float)
    there.flags.writeable = False
    economic_complexity(there)
    second_vector(there)
    assert (there == LADDER).all()
