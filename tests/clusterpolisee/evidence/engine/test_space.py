"""The space of activities on a table small enough to see through."""

from __future__ import annotations

import numpy as np
import pytest

from clusterpolisee.evidence.engine.space import Anchor, activity_space, other_years
from clusterpolisee.regions import queries as regions

pytestmark = pytest.mark.usefixtures("world")


def test_a_region_has_what_its_page_gives_a_quotient_of_one_or_more() -> None:
    space = activity_space()
    assert space is not None
    quotients = space.table.quotients
    known = ~np.ma.getmaskarray(quotients)
    clear = known & (np.abs(quotients.filled(0) - 1) > 1e-9)
    assert (space.has[clear] == (quotients.filled(0)[clear] > 1)).all()
    assert (space.known == known).all()


def test_income_tells_which_end_is_complex_and_diversity_does_not() -> None:
    """Software is complex and clothing is not; the most diverse regions have factories."""
    space = activity_space()
    assert space is not None and isinstance(space.anchor, Anchor)
    pci = dict(zip(space.activities, space.complexity.activities, strict=True))
    assert pci["J62"] > 1 > -1 > pci["C14"]
    assert space.complexity.diagnostics.anchored > 0.4
    assert space.complexity.diagnostics.correlation < 0


def test_complexity_of_a_region_is_the_mean_of_what_it_has() -> None:
    space = activity_space()
    assert space is not None
    row = space.row(regions.region("BG31"))
    assert row is not None
    mean = space.complexity.activities[space.has[row]].mean()
    assert space.complexity.regions[row] == pytest.approx(mean, abs=1e-12)


def test_a_region_with_other_borders_or_without_figures_has_no_row() -> None:
    space = activity_space()
    assert space is not None
    assert space.row(regions.region("RS21")) is None
    assert space.row(regions.region("XK00")) is None
    assert space.row(regions.region("HR03")) is not None
    assert space.row(regions.region("BG")) is None


def test_one_year_leaves_nothing_to_test_by(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        space = activity_space()
    assert space is not None
    assert other_years(space) == []
    known, everything = space.coverage(space.row(regions.region("BG31")))  # type: ignore[arg-type]
    assert 0 < known <= everything == len(space.activities)


def test_the_space_is_made_once(django_assert_max_num_queries) -> None:
    assert activity_space() is activity_space()
