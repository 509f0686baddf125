"""Deeds on data gaps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from clusterpolisee.evidence.models import GAP_TRANSITIONS, DataGap, Dataset, GapState, Indicator
from clusterpolisee.evidence.obstacles import GapNotPossible, ReasonNeeded
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User


@transaction.atomic
def open_gap(
    *,
    actor: User,
    missing: str,
    now: datetime,
    why: str = "",
    dataset: Dataset | None = None,
    indicator: Indicator | None = None,
    region: str = "",
    first_year: int | None = None,
    last_year: int | None = None,
) -> DataGap:
    """Say that figures are missing, and why they matter."""
    require(actor, "evidence.open_gap")
    gap = DataGap.objects.create(
        missing=missing,
        why=why,
        dataset=dataset or (indicator.dataset if indicator else None),
        indicator=indicator,
        region=region,
        first_year=first_year,
        last_year=last_year,
        opened_by=actor,
        opened_at=now,
    )
    record(actor, "opened", gap, at=now)
    return gap


def take_gap(*, actor: User, gap: DataGap, now: datetime, why: str = "") -> DataGap:
    """Take it upon oneself to look for the figures."""
    return _move(actor, gap, "take", "taken", now, why, owner=actor)


def release_gap(*, actor: User, gap: DataGap, now: datetime, why: str = "") -> DataGap:
    """Give it back to whoever comes next."""
    return _move(actor, gap, "release", "released", now, why, owner=None)


def close_gap(*, actor: User, gap: DataGap, now: datetime, why: str) -> DataGap:
    """Say that nobody looks for the figures any more, and why: they came, or they cannot."""
    if not why.strip():
        require(actor, "evidence.work_on_gap", gap)
        raise ReasonNeeded()
    return _move(actor, gap, "close", "closed", now, why, reason=why.strip(), closed_at=now)


def reopen_gap(*, actor: User, gap: DataGap, now: datetime, why: str = "") -> DataGap:
    """Look for the figures again after all."""
    return _move(actor, gap, "reopen", "reopened", now, why, owner=None, reason="", closed_at=None)


@transaction.atomic
def _move(
    actor: User, gap: DataGap, deed: str, verb: str, now: datetime, why: str, **fields: object
) -> DataGap:
    require(actor, "evidence.work_on_gap", gap)
    held = DataGap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
    if not held.can(deed):
        raise GapNotPossible(held)
    held.state = GapState(GAP_TRANSITIONS[held.state, deed])
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *fields])
    record(actor, verb, held, at=now, why=why.strip())
    return held
