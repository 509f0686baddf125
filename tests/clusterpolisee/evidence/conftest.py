"""Every test of evidence has a store of its own, empty at first; only those who visit the world share its."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache, caches

from clusterpolisee.evidence.models import DerivedVersion
from factories.derived import TENS, TWO_YEARS, derive, small


@pytest.fixture(autouse=True)
def own_store(request: pytest.FixtureRequest, settings, tmp_path: Path) -> None:
    if "world" not in request.fixturenames:
        settings.STORE_FOLDER = tmp_path / "store"


@pytest.fixture(autouse=True)
def nobody_asked_the_api_before() -> None:
    """How often somebody asked is remembered in the cache."""
    caches["limits"].clear()


@pytest.fixture
def output_each(world: None) -> DerivedVersion:
    """A derived indicator over two small tables. 2015: 120 ÷ 10 = 12, 300 ÷ 10 = 30, 100 ÷ 20 = 5. 2014: 10, 30, 8."""
    cache.clear()
    small("output", TWO_YEARS)
    small("hands", TENS)
    return derive("output_each", "output / hands")
