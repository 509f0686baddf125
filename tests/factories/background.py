"""A worker inside a test: nothing begins by the clock, and the transaction of the test stays open."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def calm(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.JOB_SCHEDULE = ""
    # Between two jobs a worker throws old connections away; PostgreSQL would lose what the test has written so far.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
