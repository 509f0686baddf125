"""Deeds on sources: fetch a table now, put the fetching of one into the queue, ask all that are due."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.evidence import actions
from clusterpolisee.evidence.actions import Outcome
from clusterpolisee.evidence.fetching import parts
from clusterpolisee.evidence.fetching.addresses import Addresses
from clusterpolisee.evidence.fetching.client import Client, Known, Limits, World
from clusterpolisee.evidence.fetching.errors import NotModified
from clusterpolisee.evidence.fetching.query import Query
from clusterpolisee.evidence.fetching.source import source_of
from clusterpolisee.evidence.fetching.whole import Fetching, Whole
from clusterpolisee.evidence.models import Dataset, SourceState
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.jobs.actions import start_job
from clusterpolisee.shell.jobs.models import Job

if TYPE_CHECKING:
    from clusterpolisee.shell.accounts.models import User

Years = tuple[int, int]
FETCH = "evidence.fetch"


@dataclass(frozen=True)
class Told:
    """Where a fetch says how far it is. parts: done and of; received: bytes of the answer on its way; step: of the import."""

    parts: Callable[[int, int], None] = lambda done, of: None
    received: Callable[[int], None] = lambda count: None
    step: Callable[[str], None] = lambda step: None


@dataclass(frozen=True)
class Fetched:
    """How a fetch ended: nothing new at the source, or as an import does."""

    outcome: Outcome | None
    years: Years
    parts: int = 0


def fetch_table(
    *,
    actor: User,
    table: Dataset,
    years: Years | None = None,
    now: datetime,
    accept: bool = False,
    dry_run: bool = False,
    only_if_changed: bool = False,
    told: Told | None = None,
    world: World | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Fetch a table from its source into a new version, which waits for acceptance unless `accept`.

    years: those wanted besides the years in use, which stay; without them all that the source has.
    only_if_changed: ask first whether the source has anything new. told: hears how far it is.
    Raises Obstacle (FetchError among them) with a sentence.
    """
    require(actor, "evidence.fetch")
    told = told or Told()
    source = source_of(table)
    query = source.query(_with_years_in_use(table, years), this_year=now.year)
    kept = parts.Parts(Path(settings.FETCH_FOLDER), table.code)
    with kept.held(), _client(told, world, limits) as client:
        fetching = Fetching(
            source.connector,
            _base(source.connector.source),
            client,
            kept,
            table=table.code,
            places=source.places,
            progress=told.parts,
        )
        state, _created = SourceState.objects.get_or_create(dataset=table)
        whole, updated = _whole(fetching, query, state if only_if_changed else None)
        if whole is None:
            SourceState.objects.filter(pk=state.pk).update(asked_at=now)
            return Fetched(None, (query.first, query.last))
        try:
            outcome = _import(actor, table, whole, query, now, accept=accept, dry_run=dry_run, told=told)
        except Obstacle:
            kept.clear()  # the next attempt shall not find the same again
            raise
        if not dry_run:
            _remember(state, whole, updated, now)
            kept.clear()
    return Fetched(outcome, (query.first, query.last), whole.parts)


def start_fetch(
    *,
    actor: User,
    table: Dataset,
    years: Years | None = None,
    now: datetime,
    accept: bool = False,
    only_if_changed: bool = False,
    language: str = "",
) -> Job:
    """Put the fetching of a table into the queue; what cannot be fetched at all is said at once."""
    require(actor, "evidence.fetch")
    source_of(table).query(_with_years_in_use(table, years), this_year=now.year)
    arguments = {
        "table": table.code,
        "years": list(years) if years else None,
        "accept": accept,
        "only_if_changed": only_if_changed,
    }
    return start_job(
        actor=actor, kind=FETCH, about=table.code, arguments=arguments, now=now, language=language
    )


def refresh_due(*, actor: User, now: datetime) -> list[Job]:
    """Put every table into the queue whose interval has passed since its source was asked last."""
    require(actor, "evidence.fetch")
    parts.sweep(Path(settings.FETCH_FOLDER))
    started = []
    for table in Dataset.objects.filter(refresh_days__gt=0).order_by(F("order"), "code"):
        state = SourceState.objects.filter(dataset=table).first()
        asked = state.asked_at if state else None
        # Half a day of tolerance: a daily look that began a minute earlier than yesterday's is on time.
        if table.source and (asked is None or asked <= now - timedelta(days=table.refresh_days - 0.5)):
            started.append(
                start_fetch(
                    actor=actor,
                    table=table,
                    now=now,
                    accept=table.accept_refreshed,
                    only_if_changed=True,
                    language="en",
                )
            )
    return started


# Asking --------------------------------------------------------------------------------------------------


def _whole(fetching: Fetching, query: Query, state: SourceState | None) -> tuple[Whole | None, str]:
    """The table and when it was updated; no table where the source has nothing new since `state`."""
    updated = fetching.updated(query)
    if state is not None and updated and updated == state.updated and state.fetched_at:
        return None, updated
    known = Known(state.etag, state.last_modified) if state is not None and not updated else None
    try:
        return fetching.fetch(query, known, edition=updated), updated
    except NotModified:
        return None, updated


def _import(
    actor: User,
    table: Dataset,
    whole: Whole,
    query: Query,
    now: datetime,
    *,
    accept: bool,
    dry_run: bool,
    told: Told,
) -> Outcome:
    """Into the pipeline, as any file: the bytes are kept with their address and this day."""
    ending = "json" if query.service == "eurostat-statistics" else "csv"
    note = _("Fetched from the source in %(parts)s parts and put together.") % {"parts": whole.parts}
    return actions.import_file(
        actor=actor,
        file=whole.path,
        source=actions.Source(
            name=f"{table.code}-{query.first}-{query.last}.{ending}{'.gz' if _is_packed(whole.path) else ''}",
            retrieved_on=timezone.localdate(now),
            url=whole.url[:500],
            note=note if whole.parts > 1 else "",
        ),
        dataset=table.code,
        now=now,
        hold=not accept,
        dry_run=dry_run,
        progress=told.step,
    )


def _remember(state: SourceState, whole: Whole, updated: str, now: datetime) -> None:
    SourceState.objects.filter(pk=state.pk).update(
        address=whole.url,
        etag=whole.known.etag[:300],
        last_modified=whole.known.last_modified[:60],
        updated=updated[:60],
        asked_at=now,
        fetched_at=now,
    )


def _with_years_in_use(table: Dataset, years: Years | None) -> Years | None:
    """A version is whole: the years that are in use come along, so that more years never take any away."""
    current = table.current
    if years is None or years[0] > years[1] or current is None or not current.years:
        return years
    return min(years[0], current.years[0]), max(years[1], current.years[-1])


@contextlib.contextmanager
def _client(told: Told, world: World | None, limits: Limits | None) -> Iterator[Client]:
    hosts = [urlsplit(address).hostname or "" for address in settings.SOURCE_ADDRESSES.values()]
    addresses = Addresses(hosts, stand_in=settings.SOURCE_STAND_IN)
    client = Client(addresses, world=world, limits=limits, received=told.received)
    try:
        yield client
    finally:
        client.close()


def _base(source: str) -> str:
    """The address of a source, or of the stand-in with the source's own path."""
    address = settings.SOURCE_ADDRESSES[source]
    return settings.SOURCE_STAND_IN + urlsplit(address).path if settings.SOURCE_STAND_IN else address


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"
