"""A source on this machine, a clock in the hand, and a folder for the parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterpolisee.evidence.fetching.addresses import Addresses
from clusterpolisee.evidence.fetching.client import Client, Limits, World
from factories.background import calm as calm
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
