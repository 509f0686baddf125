"""What evidence does in the background: fetching a table, looking which are due, and the steps of long files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.actions import ACCEPTED, ALREADY_IMPORTED
from clusterpolisee.evidence.engine import network
from clusterpolisee.evidence.engine.reckoning import RECKON, Step, reckon
from clusterpolisee.evidence.engine.space import activity_space
from clusterpolisee.evidence.fetching.actions import FETCH, Fetched, Told, fetch_table, refresh_due
from clusterpolisee.evidence.fetching.client import Impatient, World
from clusterpolisee.evidence.importing import actions as importing
from clusterpolisee.evidence.importing import background, steps
from clusterpolisee.evidence.models import DatasetVersion, Upload
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.evidence.opportunities import stability
from clusterpolisee.shell.jobs.kinds import Result, Spoken, kind
from clusterpolisee.shell.jobs.running import SHORT_WAIT, Running

MB = 1024 * 1024
# What pages ask of the engine, in the order in which one needs the other.
STEPS = (
    Step(
        "evidence.reckon-space",
        _("Working out how activities are related, and how complex they are."),
        activity_space,
    ),
    Step(
        "evidence.reckon-options",
        _("Drawing the table anew, to see which options and ranks are firm."),
        stability.work_out,
    ),
    Step("evidence.reckon-network", _("Laying out the map of activities."), network.work_out),
)
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
    "evidence.import-opening": _("Looking which sheets the workbook has."),
    "evidence.import-surveying": _("Looking through the sheet for formulas and merged cells. Counted in MB."),
    "evidence.import-counting": _("Counting the lines of the file."),
    "evidence.import-rows": _("Reading the rows. Counted in lines."),
    "evidence.import-understanding": _("All rows are there. Finding regions, years and figures in them."),
    "evidence.import-applying": _("Taking the figures as you have decided."),
    "evidence.import-checking": _("Checking codes and figures, and comparing them with the version in use."),
    "evidence.import-storing": _("Storing the figures as a new version."),
    "evidence.import-was-read": _("The file is read. Go on with the next step."),
    "evidence.import-was-checked": _(
        "The file is checked; nothing is stored yet. Look at what it would change."
    ),
    "evidence.reckoned": _("All that follows from the figures has been worked out again."),
    "evidence.import-was-brought": _("The file is version %(number)s of %(table)s now."),
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


@kind(
    RECKON,
    title=_("Working out again what follows from the figures"),
    permission="evidence.import",
    words={one.key: one.sentence for one in STEPS},
)
def reckon_again(running: Running) -> Result:
    """Relatedness, complexity, similar regions and all else that pages ask for."""
    reckon(STEPS, lambda key, done, of: running.say(key, done=done, of=of))
    return Result("evidence.reckoned", {}, _address(reverse("evidence:regions")))


@kind(background.READ, title=_("Reading a long file"), permission="evidence.import")
def read_upload(running: Running, upload: str) -> Result:
    """What the next step of a long file needs; what was read before is not read again."""
    found = _upload(running, upload)
    with _spoken():
        background.read_long(actor=running.starter, upload=found, say=running.say)
    return Result("evidence.import-was-read", {}, _step(found, steps.next_step(found)))


@kind(background.CHECK, title=_("Checking a long file"), permission="evidence.import")
def check_upload(running: Running, upload: str) -> Result:
    """All that a long file would change."""
    found = _upload(running, upload)
    with _spoken():
        background.read_long(actor=running.starter, upload=found, say=running.say)
        importing.check_upload(actor=running.starter, upload=found, now=timezone.now(), say=running.say)
    return Result("evidence.import-was-checked", {}, f"{_step(found, steps.CHECK)}#report")


@kind(background.BRING, title=_("Storing a long file"), permission="evidence.import")
def bring_upload(running: Running, upload: str) -> Result:
    """A long file as a version. Broken off after the version came to be, it is found again, not stored twice."""
    found = _upload(running, upload)
    if found.state != Upload.State.BROUGHT:
        with _spoken():
            background.read_long(actor=running.starter, upload=found, say=running.say)
            importing.bring_upload(actor=running.starter, upload=found, now=timezone.now(), say=running.say)
    version = found.version
    if version is None:
        return Result("evidence.import-was-read", {}, _address(reverse("evidence:import_start")))
    words = {"number": version.number, "table": version.dataset.code}
    return Result("evidence.import-was-brought", words, _page(version, version.dataset.code))


def _upload(running: Running, token: str) -> Upload:
    found = queries.upload(running.starter, token)
    if found is None:
        raise Said(gettext("The file is not being brought any more."))
    return found


def _step(upload: Upload, key: str) -> str:
    asks = "?forward=first" if key == steps.CODES else ""  # where nothing has to be asked, it leads on
    return _address(steps.address(upload, key)) + asks


@contextmanager
def _spoken() -> Iterator[None]:
    """An obstacle, with its sentence in the language of whoever began the work, ends it."""
    try:
        yield
    except Obstacle as obstacle:
        raise Said(str(obstacle)) from obstacle


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
