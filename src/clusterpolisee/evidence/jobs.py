"""What evidence does in the background: fetching a table, and looking which are due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.actions import ACCEPTED, ALREADY_IMPORTED
from clusterpolisee.evidence.fetching.actions import FETCH, Fetched, Told, fetch_table, refresh_due
from clusterpolisee.evidence.fetching.client import Impatient, World
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.jobs.kinds import Result, Spoken, kind
from clusterpolisee.shell.jobs.running import SHORT_WAIT, Running

MB = 1024 * 1024
MOST_RETURNS = 12
WORDS = {
    "evidence.asking": _("Asking the source."),
    "evidence.receiving": _("Receiving: %(mb)s MB of this part so far."),
    "evidence.importing": _("Everything is here. Reading and checking the figures."),
    "evidence.staged": _("Version %(number)s of %(table)s is stored, and waits for your decision."),
    "evidence.accepted": _("Version %(number)s of %(table)s is stored and in use."),
    "evidence.known": _(
        "The source has the same figures as version %(number)s of %(table)s; nothing was stored."
    ),
    "evidence.unchanged": _("The source has nothing new of %(table)s."),
    "evidence.due": _("Tables that were due: %(count)s. Their sources are being asked."),
    "evidence.none-due": _("No table is due."),
}


class Said(Spoken):
    """An obstacle that has its sentence already, in the language of whoever started the work."""

    key = "said"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.words = {"text": sentence}


@kind(FETCH, title=_("Fetching a table from its source"), permission="evidence.fetch", words=WORDS)
def fetch(
    running: Running,
    table: str,
    years: list[int] | None = None,
    accept: bool = False,
    only_if_changed: bool = False,
) -> Result:
    """Fetch one table; what is said on the way is said in parts, with one more for reading what came."""
    found = queries.dataset(table)
    if found is None:
        raise Said(gettext("The catalogue has no table “%(code)s” any more.") % {"code": table})
    try:
        fetched = fetch_table(
            actor=running.starter,
            table=found,
            years=(years[0], years[1]) if years else None,
            now=timezone.now(),
            accept=accept,
            only_if_changed=only_if_changed,
            told=_told(running),
            world=World(sleep=_sleep_of(running)),
        )
    except Spoken:
        raise
    except Obstacle as obstacle:
        raise Said(str(obstacle)) from obstacle
    return _result(fetched, found.code)


@kind(
    "evidence.refresh", title=_("Asking the sources of all tables that are due"), permission="evidence.fetch"
)
def refresh(running: Running) -> Result:
    """Each table becomes a job of its own, so that one that fails does not hold up the others."""
    started = refresh_due(actor=running.starter, now=timezone.now())
    if not started:
        return Result("evidence.none-due")
    return Result("evidence.due", {"count": len(started)}, _address(reverse("jobs:list")))


def _sleep_of(running: Running) -> Callable[[float], None]:
    """Waits as jobs wait; a source that asks twelve times to come back much later is left, with its own sentence."""

    def sleep(seconds: float) -> None:
        if seconds > SHORT_WAIT and running.job.attempt % MOST_RETURNS == 0:
            raise Impatient
        running.sleep(seconds)

    return sleep


def _told(running: Running) -> Told:
    progress: dict[str, Any] = {"done": 0, "of": None}

    def parts(done: int, of: int) -> None:
        progress.update(done=done, of=of + 1)
        running.say("evidence.asking", **progress)

    def received(count: int) -> None:
        running.say("evidence.receiving", **progress, mb=round(count / MB, 1))

    def step(_step: str) -> None:
        running.say("evidence.importing", **progress)

    return Told(parts=parts, received=received, step=step)


def _result(fetched: Fetched, code: str) -> Result:
    outcome = fetched.outcome
    if outcome is None or outcome.version is None:
        return Result("evidence.unchanged", {"table": code}, _page(None, code))
    message = {ACCEPTED: "evidence.accepted", ALREADY_IMPORTED: "evidence.known"}.get(
        outcome.kind, "evidence.staged"
    )
    words = {"table": code, "number": outcome.version.number}
    return Result(message, words, _page(outcome.version, code))


def _page(version: DatasetVersion | None, code: str) -> str:
    if version is None:
        return _address(reverse("evidence:data_set", args=[code]))
    return _address(reverse("evidence:data_version", args=[code, version.number]))


def _address(path: str) -> str:
    """Without its language: whoever looks at the job has one of their own."""
    return "/" + path.lstrip("/").partition("/")[2]
