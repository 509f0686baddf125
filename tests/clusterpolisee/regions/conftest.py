"""The places of the package, loaded once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from clusterpolisee.regions.seeding import load_regions


@pytest.fixture(scope="module")
def loaded_places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Regions and boundaries, taken away again after the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_regions()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def places(loaded_places: None, db: None) -> None:
    """Regions and boundaries of the package, and nothing else."""
