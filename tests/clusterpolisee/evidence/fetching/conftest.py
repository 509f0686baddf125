"""A source on this machine, a clock in the hand, and a folder for the parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clusterpolisee.evidence.fetching.actions import Fetched, fetch_table
from clusterpolisee.evidence.fetching.addresses import Addresses
from clusterpolisee.evidence.fetching.client import Client, Limits, World
from clusterpolisee.evidence.models import Dataset
from factories.background import calm as calm
from factories.evidence import NOW, analyst
from factories.fetched import Fetch
from factories.replay_server import FakeWorld, ReplayServer


@pytest.fixture
def source(settings, tmp_path: Path) -> Iterator[ReplayServer]:
    """A stand-in for all sources; the settings lead there."""
    with ReplayServer() as server:
        settings.SOURCE_STAND_IN = server.address
        settings.FETCH_FOLDER = tmp_path / "fetching"
        yield server


@pytest.fixture
def fake() -> FakeWorld:
    return FakeWorld()


@pytest.fixture
def asker(source: ReplayServer, fake: FakeWorld) -> Iterator[Client]:
    made = Client(
        Addresses(["ec.europa.eu"], stand_in=source.address),
        world=World(clock=fake.clock, sleep=fake.sleep, chance=fake.chance),
        limits=Limits(read_seconds=0.5, connect_seconds=2.0, max_bytes=200_000),
    )
    yield made
    made.close()


@pytest.fixture
def fetch(fake: FakeWorld) -> Fetch:
    def fetch(found: Dataset, years: tuple[int, int] | None = None, **options: Any) -> Fetched:
        options.setdefault("limits", Limits(read_seconds=1.0, attempts=2, max_bytes=1_000_000))
        found.refresh_from_db()
        return fetch_table(
            actor=options.pop("actor", None) or analyst(),
            table=found,
            years=years,
            now=options.pop("now", NOW),
            world=World(clock=fake.clock, sleep=options.pop("sleep", fake.sleep), chance=fake.chance),
            **options,
        )

    return fetch
