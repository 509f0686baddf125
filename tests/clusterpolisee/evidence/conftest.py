"""Every test of evidence has a store of its own, empty at first; only those who visit the world share its."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def own_store(request: pytest.FixtureRequest, settings, tmp_path: Path) -> None:
    if "world" not in request.fixturenames:
        settings.STORE_FOLDER = tmp_path / "store"


@pytest.fixture(autouse=True)
def nobody_asked_the_api_before() -> None:
    """How often somebody asked is remembered in the cache."""
    caches["limits"].clear()
