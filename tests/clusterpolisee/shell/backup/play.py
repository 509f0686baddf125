"""An instance of its own, played by a process: what no test inside one process can show.

python play.py HOME say JSON | rows | pages ADDRESS… | back-to EVIDENCE_MIGRATION | deeds STOP SEED | read STOP

`say` runs commands one after the other and tells how each ended; `deeds` imports, accepts, rolls back and cites until
the file STOP is there, and `read` reads as long.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(TESTS.parent / "src"), str(TESTS)]


def start(home: str) -> None:
    os.environ["CLUSTERPOLISEE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "clusterpolisee.config.settings"
    import django

    django.setup()


def say(commands: list[list[str]]) -> list[dict[str, object]]:
    from clusterpolisee.config.command import main

    ends = []
    for words in commands:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(words)
        ends.append({"code": code, "out": out.getvalue(), "err": err.getvalue()})
    return ends


def rows() -> dict[str, list[str]]:
    """Every table with its rows, as text that is the same on every database engine."""
    from django.apps import apps

    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        found[model._meta.db_table] = [
            json.dumps(list(row), sort_keys=True, default=_told)
            for row in model._base_manager.order_by("pk").values_list(*names)
        ]
    return found


def _told(value: object) -> str:
    """A moment or a day as both database engines tell it; a name made of digits as it is written."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def pages(addresses: list[str]) -> dict[str, str]:
    """Address → hash of the page a reader without an account gets."""
    from django.test import Client

    reader, found = Client(HTTP_HOST="localhost"), {}
    for address in addresses:
        answer = reader.get(address)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = hashlib.sha256(body).hexdigest()
    return found


def back_to(migration: str) -> None:
    from django.core.management import call_command

    call_command("migrate", "evidence", migration, verbosity=0)


def deeds(stop: Path, seed: int) -> dict[str, int]:
    """Version N says 100 + N for BG31 and the same for three others; each deed in turn, as its state allows."""
    from django.utils import timezone

    from clusterpolisee.evidence import actions, queries
    from clusterpolisee.evidence.models import Citation, DatasetVersion
    from clusterpolisee.evidence.obstacles import Obstacle
    from clusterpolisee.shell.accounts.queries import operator
    from factories.evidence import analyst, bring

    chance, done = random.Random(seed), {"imported": 0, "accepted": 0, "rolled back": 0, "cited": 0}
    ana, number = analyst(), seed * 100_000
    while not stop.exists():
        deed = chance.choice(["imported", "imported", "accepted", "rolled back", "cited"])
        table = queries.dataset("jobs")
        try:
            if deed == "imported":
                number += 1
                lines = "".join(
                    f"BG3{n},C10,{year},{number}\n" for n in (1, 2, 3, 4) for year in range(2000, 2020)
                )
                bring(f"region,activity,year,value\n{lines}", hold=chance.random() < 0.5)
            elif deed == "accepted" and (version := queries.waiting_version(table, None)):
                actions.accept_version(actor=operator(), version=version, now=timezone.now())
            elif deed == "rolled back":
                actions.roll_back(actor=operator(), dataset=table, now=timezone.now())
            elif table.current is not None:
                now = timezone.now()
                Citation.objects.create(
                    reference={},
                    measure="jobs",
                    region="BG31",
                    nuts=2013,
                    year=2015,
                    state="reported",
                    version=DatasetVersion.objects.get(pk=table.current.pk),
                    cited_by=ana,
                    cited_at=now,
                )
            done[deed] += 1
        except Obstacle:
            continue  # nothing to go back to, or another was a moment faster
    return done


def read(stop: Path) -> dict[str, int]:
    """Read the version in use; count how often its figures were not its own."""
    from clusterpolisee.evidence import queries, store

    reads = wrong = 0
    while not stop.exists():
        if version := queries.current_version("jobs"):
            figures = set(store.observations(version, regions=["BG31"])["value"].to_list())
            reads += 1
            wrong += len(figures) != 1
    return {"reads": reads, "wrong": wrong}


def look() -> dict[str, object]:
    """What must be true of an instance: files complete and of one reading, and exactly those the rows name."""
    from clusterpolisee.evidence import store
    from clusterpolisee.evidence.models import Citation, Dataset, DatasetVersion
    from clusterpolisee.shell.history.models import Event

    troubles = []
    for version in DatasetVersion.objects.all():
        frame = store.observations(version)
        if store.observations_sha256(frame) != version.observations_sha256 or frame.height != version.rows:
            troubles.append(f"version {version.number} has other figures")
        with store.opened_raw(version.raw_sha256) as raw:
            if hashlib.sha256(raw.read()).hexdigest() != version.raw_sha256:
                troubles.append(f"version {version.number} has another file")
        if not Event.objects.filter(verb="imported", kind="datasetversion", key=str(version.pk)).exists():
            troubles.append(f"version {version.number} was never imported")
    for table in Dataset.objects.exclude(current=None):
        accepted = list(table.versions.filter(state="accepted"))
        if accepted != [table.current]:
            troubles.append(f"{table.code} uses a version that is not in use")
    numbers = sorted(DatasetVersion.objects.filter(dataset__code="jobs").values_list("number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        troubles.append(f"versions are not counted through: {numbers}")
    folders = {folder.relative_to(store.root()).as_posix() for folder in store.root().glob("versions/*/*")}
    if folders != set(DatasetVersion.objects.values_list("folder", flat=True)):
        troubles.append("folders no version names")
    return {"troubles": troubles, "versions": len(numbers), "citations": Citation.objects.count()}


def main(home: str, deed: str, *rest: str) -> object:
    start(home)
    if deed == "say":
        return say(json.loads(rest[0]))
    if deed == "pages":
        return pages(list(rest))
    if deed == "deeds":
        return deeds(Path(rest[0]), int(rest[1]))
    if deed == "read":
        return read(Path(rest[0]))
    if deed == "table":
        from factories.evidence import bring, table

        table()
        return bring("region,activity,year,value\nBG31,C10,2015,1\nBG32,C10,2015,1\n").kind
    return {"rows": rows, "look": look, "back-to": lambda: back_to(rest[0])}[deed]()


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
