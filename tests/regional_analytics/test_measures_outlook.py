"""Density, outlook index and gain: by hand, by loops over the formulas, by φ, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.relatedness import ladders, presences
from regional_analytics import (
    NotAPresence,
    Notes,
    NotFinite,
    Outlook,
    RefusedInput,
    WrongShape,
    economic_complexity,
    outlook,
    proximity,
    relatedness_density,
)

pytestmark = pytest.mark.filterwarnings("error")

WAYS = [
    (counting, divided_by, less)
    for counting in ("with_itself", "without_itself")
    for divided_by in ("target", "candidate")
    for less in (False, True)
]


def by_loops(
    there: np.ndarray, pci: np.ndarray, counting: str, divided_by: str, less: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cell by cell; activities that nobody has, or without neighbours, add nothing."""
    regions, activities = there.shape
    u = there.sum(axis=0)
    near = np.zeros((activities, activities))
    for p in range(activities):
        for q in range(activities):
            if u[p] and u[q] and (p != q or counting == "with_itself"):
                near[p, q] = sum(there[:, p] * there[:, q]) / max(u[p], u[q])
    around = [sum(near[:, p]) for p in range(activities)]
    density, gain = np.full(there.shape, np.nan), np.zeros(there.shape)
    index = np.zeros(regions)
    for r in range(regions):
        for p in range(activities):
            if around[p]:
                density[r, p] = sum(there[r, q] * near[q, p] for q in range(activities)) / around[p]
        for p in range(activities):
            if there[r, p] or not u[p]:
                continue
            for q in range(activities):
                whole = around[q] if divided_by == "target" else around[p]
                if not there[r, q] and whole:
                    gain[r, p] += near[q, p] * pci[q] / whole
            if around[p]:
                index[r] += density[r, p] * pci[p]
                gain[r, p] -= density[r, p] * pci[p] if less else 0.0
    return density, gain, index


def same(found: Outlook, other: Outlook) -> None:
    np.testing.assert_allclose(found.density, other.density, atol=1e-10)
    np.testing.assert_allclose(found.gain.filled(np.nan), other.gain.filled(np.nan), atol=1e-10)
    np.testing.assert_allclose(found.index, other.index, atol=1e-10)


HAS = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1]])
PCI = np.array([-1.0, -1.0, 1.0, 3.0])


def test_an_outlook_by_hand() -> None:
    """Wine and steel in A and B, glass in B and C, silk in C: φ(glass, silk) = ½ and φ(glass, wine) = ½ = φ(glass, steel).

    Sums: wine 1 + 1 + ½ = 2.5, steel the same, glass ½ + ½ + 1 + ½ = 2.5, silk ½ + 1 = 1.5.
    A lacks glass and silk: density (½ + ½)/2.5 = 0.4 and 0; COI 0.4 · 1.
    COG of glass: 1 · 1/2.5 + ½ · 3/1.5 = 1.4; of silk: ½ · 1/2.5 + 1 · 3/1.5 = 2.2.
    """
    found = outlook(HAS, PCI)
    np.testing.assert_allclose(found.density[0], [2 / 2.5, 2 / 2.5, 0.4, 0.0], rtol=1e-14)
    assert found.index[0] == pytest.approx(0.4)
    np.testing.assert_allclose(found.gain[0], [0, 0, 1.4, 2.2], rtol=1e-14)


def test_the_conventions_of_an_outlook_by_hand() -> None:
    """Around the candidate: glass (1 + 1.5)/2.5 = 1, silk (½ + 3)/1.5. Less density: 1.4 − 0.4, and nothing of silk.

    Without itself glass has 1.5 around it and silk ½: density 1/1.5 and 0, COG of glass ½ · 3/½ = 3, of silk ½/1.5.
    """
    near = outlook(HAS, PCI, divided_by="candidate").gain[0]
    np.testing.assert_allclose(near, [0, 0, 1.0, 3.5 / 1.5], rtol=1e-14)
    np.testing.assert_allclose(outlook(HAS, PCI, less_density=True).gain[0], [0, 0, 1.0, 2.2], rtol=1e-14)
    alone = outlook(HAS, PCI, counting="without_itself")
    np.testing.assert_allclose(alone.density[0, 2:], [2 / 3, 0.0], atol=1e-15)
    np.testing.assert_allclose(alone.gain[0], [0, 0, 3.0, 1 / 3], atol=1e-15)


@pytest.mark.parametrize(("counting", "divided_by", "less"), WAYS)
@given(presences(), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_it_is_the_formula_by_either_route(
    counting: Any, divided_by: Any, less: bool, there: np.ndarray, seed: int
) -> None:
    pci = np.random.default_rng(seed).normal(size=there.shape[1])
    density, gain, index = by_loops(there, pci, counting, divided_by, less)
    for route in ("with_proximity", "without_proximity", "auto"):
        found = outlook(
            there,
            pci,
            counting=counting,
            divided_by=divided_by,
            less_density=less,
            route=route,  # type: ignore[arg-type]
        )
        np.testing.assert_allclose(found.density, density, atol=1e-12)
        np.testing.assert_allclose(found.gain, gain, atol=1e-12)
        np.testing.assert_allclose(found.index, index, atol=1e-12)


@pytest.mark.parametrize("counting", ["with_itself", "without_itself"])
@given(presences())
@settings(max_examples=60, deadline=None)
def test_density_is_that_of_relatedness_with_this_proximity(counting: Any, there: np.ndarray) -> None:
    found = outlook(there, np.zeros(there.shape[1]), counting=counting).density
    other = relatedness_density(there, proximity(there), counting=counting)
    np.testing.assert_allclose(found, other.filled(np.nan), atol=1e-12)
    assert (np.nan_to_num(found) > -1e-12).all() and (np.nan_to_num(found) < 1 + 1e-12).all()


@pytest.mark.parametrize("shape", [(130, 70), (70, 400), (510, 1300)])
def test_both_routes_agree_on_larger_ones(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(8)
    chances = np.where(random.random(shape[1]) < 0.5, 0.02, random.random(shape[1]))
    there = (random.random(shape) < chances).astype(float)
    pci = random.normal(size=shape[1])
    one, other = (outlook(there, pci, route=route) for route in ("with_proximity", "without_proximity"))  # type: ignore[arg-type]
    same(one, other)
    fast = outlook(there, pci, precision="fast")
    assert fast.density.dtype == fast.gain.dtype == np.float64
    np.testing.assert_allclose(fast.density, one.density, atol=1e-5)
    np.testing.assert_allclose(fast.gain, one.gain, atol=1e-5 * np.abs(one.gain).max())
    np.testing.assert_allclose(fast.index, one.index, atol=1e-5 * np.abs(one.index).max())


@given(ladders(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_regions_and_activities_does_not_matter(there: np.ndarray, random: Any) -> None:
    pci = economic_complexity(there).activities
    rows, columns = (random.sample(range(length), length) for length in there.shape)
    found, mixed = outlook(there, pci), outlook(there[np.ix_(rows, columns)], pci[columns])
    np.testing.assert_allclose(mixed.density, found.density[np.ix_(rows, columns)], atol=1e-12)
    np.testing.assert_allclose(mixed.gain, found.gain[np.ix_(rows, columns)], atol=1e-9)
    np.testing.assert_allclose(mixed.index, found.index[rows], atol=1e-9)


@given(ladders())
@settings(max_examples=40, deadline=None)
def test_everybody_twice_changes_nothing_and_the_scale_of_complexity_is_that_of_the_outlook(
    there: np.ndarray,
) -> None:
    pci = economic_complexity(there).activities
    found, twice, tenfold = (
        outlook(there, pci),
        outlook(np.vstack([there] * 2), pci),
        outlook(there, 10 * pci),
    )
    np.testing.assert_allclose(twice.density, np.vstack([found.density] * 2), atol=1e-12)
    np.testing.assert_allclose(twice.gain, np.vstack([found.gain] * 2), atol=1e-9)
    np.testing.assert_allclose(tenfold.index, 10 * found.index, atol=1e-9)


# What is not there, not known, not to be had --------------------------------------------------------------


def test_what_nobody_has_promises_nothing() -> None:
    notes = Notes()
    found = outlook(np.hstack([HAS, np.zeros((3, 1))]), [*PCI, 99.0], notes=notes)
    plain = outlook(HAS, PCI)
    np.testing.assert_array_equal(found.density[:, :4], plain.density)
    np.testing.assert_array_equal(found.index, plain.index)
    assert np.isnan(found.density[:, 4]).all() and (found.gain[:, 4] == 0).all()
    assert str(*notes) == "undefined: 1 cell, density of what no region has, at activity 4"


def test_without_itself_an_activity_that_meets_no_other_has_no_neighbourhood() -> None:
    notes = Notes()
    found = outlook(np.eye(3), [1.0, 1.0, 1.0], counting="without_itself", notes=notes)
    assert np.isnan(found.density).all() and (found.gain == 0).all() and (found.index == 0).all()
    assert notes.count("undefined") == 3
    assert outlook(np.eye(3), [1.0, 1.0, 1.0]).density.tolist() == np.eye(3).tolist()


def test_where_it_is_unknown_whether_a_region_has_it_there_is_no_gain() -> None:
    notes = Notes()
    there = np.ma.MaskedArray(HAS, mask=np.zeros(HAS.shape, dtype=bool))
    there[0, 3] = np.ma.masked
    found = outlook(there, PCI, notes=notes)
    assert found.gain.mask.sum() == 1 and found.gain.mask[0, 3] and np.isnan(found.gain.data[0, 3])
    np.testing.assert_allclose(found.gain[0, 2], 1.4)
    assert notes.count("unknown_as_absent") == 1


@pytest.mark.parametrize("unknown", [np.nan, np.inf])
def test_what_has_no_complexity_promises_nothing(unknown: float) -> None:
    """Masked, whatever stands underneath, or NaN; an infinite one that is not masked is refused."""
    given_ = np.ma.masked_invalid([-1.0, -1.0, 1.0, unknown])
    found = outlook(HAS, given_)
    np.testing.assert_allclose(found.gain[0], [0, 0, 0.4, 0.2], atol=1e-15)
    same(found, outlook(HAS, [-1.0, -1.0, 1.0, np.nan]))
    with pytest.raises(NotFinite, match="at activity 3"):
        outlook(HAS, [-1.0, -1.0, 1.0, np.inf])


@pytest.mark.parametrize("route", ["auto", "with_proximity", "without_proximity"])
@pytest.mark.parametrize("precision", ["exact", "fast"])
@pytest.mark.parametrize("shape", [(3, 4), (0, 4), (3, 0), (0, 0), (1, 1)])
def test_where_nothing_is_present_nothing_is_near(
    shape: tuple[int, int], route: Any, precision: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor does the linear algebra underneath complain of empty matrices, which it does past Python, on the screen."""
    for there in (np.zeros(shape), np.ma.masked_all(shape)):
        found = outlook(there, np.ones(shape[1]), route=route, precision=precision)
        assert found.density.shape == found.gain.shape == shape and found.index.tolist() == [0.0] * shape[0]
        assert np.isnan(found.density).all() and (found.gain.data[~np.ma.getmaskarray(found.gain)] == 0).all()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("shape", [(1, 4), (4, 1), (3, 4)])
def test_where_all_is_present_all_is_near_and_nothing_is_left_to_gain(shape: tuple[int, int]) -> None:
    for route in ("with_proximity", "without_proximity"):
        found = outlook(np.ones(shape), np.ones(shape[1]), route=route)  # type: ignore[arg-type]
        np.testing.assert_allclose(found.density, 1.0)
        assert (found.gain == 0).all() and (found.index == 0).all()


@pytest.mark.parametrize(
    ("there", "pci", "error"),
    [
        ([[0.5]], [1.0], NotAPresence),
        ([[np.nan]], [1.0], NotFinite),
        (np.ones((1, 1, 1)), [1.0], WrongShape),
        ([[1.0, 0.0]], [1.0], WrongShape),
        ([[1.0, 0.0]], [[1.0, 0.0]], WrongShape),
    ],
)
def test_what_does_not_fit_is_refused(there: Any, pci: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        outlook(there, pci)


@pytest.mark.parametrize("option", ["counting", "divided_by", "route", "precision"])
def test_a_convention_nobody_knows_is_refused(option: str) -> None:
    with pytest.raises(RefusedInput, match="Choose one of"):
        outlook(HAS, PCI, **{option: "atlas"})


def test_nothing_is_written_into() -> None:
    there, pci = HAS.astype(float), PCI.copy()
    there.flags.writeable = pci.flags.writeable = False
    for route in ("with_proximity", "without_proximity"):
        outlook(there, pci, route=route)  # type: ignore[arg-type]
    assert (there == HAS).all() and (pci == PCI).all()
