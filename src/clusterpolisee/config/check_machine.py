"""Looks at what an instance stands on: Python, packages, disk, clock, secret, static files, languages."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.config.check_results import Result, look, right, wrong
from clusterpolisee.config.server import static_fingerprint
from clusterpolisee.shell.backup.folders import SECRET
from clusterpolisee.shell.history.models import Event
from clusterpolisee.shell.languages.compile import LOCALE

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35)
LEAST_FREE = 200_000_000
COMFORTABLE_FREE = 2_000_000_000
SHORTEST_SECRET = 32
_WANTED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(~=|>=)\s*([0-9.]+)")


def python() -> Iterator[Result]:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        yield wrong(
            "python", _("Python is %(found)s.") % {"found": found}, _("Install Python 3.11 or newer.")
        )
    elif sqlite3.sqlite_version_info < OLDEST_SQLITE:
        words = {"found": found, "sqlite": sqlite3.sqlite_version}
        yield wrong(
            "python",
            _("Python is %(found)s, with SQLite %(sqlite)s.") % words,
            _("Use a Python built with SQLite 3.35 or newer, or PostgreSQL."),
        )
    else:
        yield right("python", _("Python is %(found)s.") % {"found": found})


def packages() -> Iterator[Result]:
    """Every package the platform asks for is there, in a version it was tried with."""
    troubles = [trouble for line in wanted_packages() if (trouble := trouble_with(line))]
    for trouble in troubles:
        yield wrong(
            "packages",
            trouble,
            _(
                "Install the pinned packages again: make demo, or pip install --require-hashes -r requirements/runtime.txt."
            ),
        )
    if not troubles:
        yield right("packages", _("All packages are there, in versions that fit."))


def wanted_packages() -> list[str]:
    """As installed by a package manager, else as the source folder writes them."""
    kind = "postgresql" if connection.vendor == "postgresql" else "runtime"
    written = Path(settings.PACKAGE).parent.parent / "requirements" / f"{kind}.in"
    if written.exists():
        return written.read_text().splitlines()
    try:
        return [line.partition(";")[0] for line in metadata.requires("clusterpolisee") or ()]
    except metadata.PackageNotFoundError:
        return []


def trouble_with(line: str) -> str:
    """A sentence where a package is missing or of another version than `name~=1.2` asks for; else nothing."""
    if not (asked := _WANTED.match(line)):
        return ""
    name, relation, version = asked.groups()
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return _("The package %(name)s is not installed.") % {"name": name}
    wanted = tuple(map(int, version.split(".")))
    have = tuple(int(part) for part in re.findall(r"\d+", found)[: max(3, len(wanted))])
    fits = have >= wanted and (relation == ">=" or have[: len(wanted) - 1] == wanted[:-1])
    return (
        ""
        if fits
        else _("%(name)s is %(found)s, and %(asked)s is asked for.")
        % {
            "name": name,
            "found": found,
            "asked": f"{relation}{version}",
        }
    )


def home() -> Iterator[Result]:
    try:
        with tempfile.NamedTemporaryFile(dir=settings.HOME, prefix=".check-"):
            pass
    except OSError as mistake:
        words = {"home": settings.HOME, "words": mistake.strerror}
        yield wrong(
            "home",
            _("%(home)s cannot be written: %(words)s.") % words,
            _("Give the folder to the account that runs the server."),
        )
    else:
        yield right("home", _("%(home)s can be written.") % {"home": settings.HOME})


def disk() -> Iterator[Result]:
    free = shutil.disk_usage(settings.HOME).free
    words = {"home": settings.HOME, "free": f"{free / 1e9:.1f}"}
    sentence = _("%(home)s has %(free)s GB left.") % words
    if free < LEAST_FREE:
        yield wrong("disk", sentence, _("Make room: imports and backups would fail."))
    elif free < COMFORTABLE_FREE:
        yield look("disk", sentence, _("Make room before the next large import or backup."))
    else:
        yield right("disk", sentence)


def clock(now: datetime | None = None) -> Iterator[Result]:
    """Nothing that was remembered can lie ahead; a clock gone wrong would date citations wrongly."""
    now = now or timezone.now()
    newest = Event.objects.aggregate(newest=Max("at"))["newest"]
    words = {"now": f"{timezone.localtime(now):%Y-%m-%d %H:%M}"}
    if newest and newest > now + timedelta(minutes=5):
        words["newest"] = f"{timezone.localtime(newest):%Y-%m-%d %H:%M}"
        yield wrong(
            "clock",
            _("The clock says %(now)s, but something is remembered of %(newest)s.") % words,
            _("Set the clock of the machine (timedatectl set-ntp true)."),
        )
    else:
        yield right("clock", _("The clock says %(now)s, after everything remembered.") % words)


def secret() -> Iterator[Result]:
    kept = Path(settings.HOME) / SECRET
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield wrong(
            "secret",
            _("The secret key has only %(count)s characters.") % {"count": len(settings.SECRET_KEY)},
            _(
                "Take CLUSTERPOLISEE_SECRET_KEY away, so that a good one is made, or give 50 random characters."
            ),
        )
    elif kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield wrong(
            "secret", _("Others on this machine can read %(file)s.") % {"file": kept}, f"chmod 600 {kept}"
        )
    else:
        yield right("secret", _("The secret key is long and nobody else's to read."))


def static_files() -> Iterator[Result]:
    """Every file the manifest names is there, and nothing in the code is newer."""
    root = Path(settings.STATIC_ROOT)
    mend = _("Run: clusterpolisee setup; then start the server anew.")
    if settings.DEBUG:
        yield look(
            "static",
            _("Static files are served from the source, since CLUSTERPOLISEE_DEBUG is on."),
            _("Turn it off on a server."),
        )
        return
    if not (root / ManifestStaticFilesStorage.manifest_name).exists():
        yield wrong("static", _("Static files have not been gathered."), mend)
        return
    named = ManifestStaticFilesStorage(location=str(root)).hashed_files.values()
    missing = sorted(name for name in named if not (root / name).exists())
    fingerprint = root / ".fingerprint"
    if missing:
        yield wrong(
            "static",
            _("The static file %(name)s is missing.") % {"name": missing[0]},
            f"rm {fingerprint}; clusterpolisee setup",
        )
    elif not fingerprint.exists() or fingerprint.read_text() != static_fingerprint():
        yield wrong("static", _("Static files have changed since they were gathered."), mend)
    else:
        yield right("static", _("Static files are gathered."))


def languages(locale: Path = LOCALE) -> Iterator[Result]:
    stale = [
        source.parent.parent.name
        for source in sorted(locale.glob("*/LC_MESSAGES/*.po"))
        if not (made := source.with_suffix(".mo")).exists() or made.stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        yield wrong(
            "languages",
            _("Not compiled since they were changed: %(languages)s.") % {"languages": ", ".join(stale)},
            "python -m clusterpolisee.shell.languages.compile",
        )
    else:
        yield right("languages", _("All languages are compiled."))


def leftovers() -> Iterator[Result]:
    """Folders a killed restore left: harmless, but they take room."""
    found = sorted(Path(settings.HOME).glob(".restoring-*"))
    if found:
        yield look(
            "leftovers",
            _("A restore was killed and left %(folder)s.") % {"folder": found[0]},
            f"rm -r {found[0]}",
        )


def owner() -> Iterator[Result]:
    """A server that runs as root leaves files others cannot write."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if database.is_absolute() and database.exists() and database.stat().st_uid != os.geteuid():
        yield look(
            "owner",
            _("%(file)s belongs to another account than the one that runs this check.") % {"file": database},
            _("Run commands as the account that runs the server, so that files stay its own."),
        )
