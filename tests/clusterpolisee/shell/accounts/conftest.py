import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """How often somebody tried to sign in or asked for a letter is remembered in the cache."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Hashing is slow on purpose; these tests do it a hundred times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
