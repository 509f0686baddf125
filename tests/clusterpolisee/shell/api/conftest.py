import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """How often somebody asked is remembered in the cache."""
    caches["limits"].clear()
