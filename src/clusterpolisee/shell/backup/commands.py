"""`clusterpolisee backup` and `clusterpolisee restore`: the whole instance in one file, and back."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.shell.backup import restoring, taking
from clusterpolisee.shell.backup.archive import Manifest
from clusterpolisee.shell.backup.obstacles import Obstacle
from clusterpolisee.shell.languages import format_number


def register(commands: Any) -> None:
    """Plug `backup` and `restore` in."""
    backup = _add(
        commands, "backup", backup_command, "keep the whole instance in one file, while it is served"
    )
    backup.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="a new file, or a folder; else a dated file in this folder",
    )
    restore = _add(commands, "restore", restore_command, "make an instance what a backup holds")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--into", type=Path, metavar="HOME", help="the home folder; else CLUSTERPOLISEE_HOME"
    )
    restore.add_argument(
        "--replace", action="store_true", help="replace the instance that is there, keeping it aside first"
    )
    restore.add_argument(
        "--verify", action="store_true", help="only read the backup to its end and compare its hashes"
    )


def _add(commands: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text.capitalize() + "."
    )
    parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    parser.set_defaults(run=_spoken(run))
    return parser


def _spoken(run: Any) -> Any:
    """Run in the language asked for; an obstacle becomes one sentence and exit code 2."""

    def spoken(options: argparse.Namespace) -> int:
        with override(options.lang):
            try:
                return int(run(options) or 0)
            except Obstacle as obstacle:
                print(obstacle, file=sys.stderr)
            except DatabaseError as mistake:
                words = (str(mistake).strip().splitlines() or [type(mistake).__name__])[0]
                print(_("The database does not answer: %(words)s") % {"words": words}, file=sys.stderr)
            return 2

    return spoken


def backup_command(options: argparse.Namespace) -> int:
    """Exit code 1 where something the database names could not be kept."""
    now = timezone.now()
    target = _target(options.file, f"clusterpolisee-{timezone.localtime(now):%Y-%m-%d-%H%M%S}.zip")
    manifest = taking.take_backup(target, now=now, progress=_Clock())
    print(_("Kept in %(file)s: %(what)s.") % {"file": target, "what": _what(manifest)})
    print(_("It holds passwords' hashes and the secret key: keep it where only you can read it."))
    for table in manifest.tables_left_out:
        print(
            _("The table %(table)s belongs to nothing this version knows and is not in it.")
            % {"table": table}
        )
    for name in manifest.missing_files:
        print(
            _("The file %(name)s is named by the database and cannot be read; it is not in it.")
            % {"name": name}
        )
    return 1 if manifest.missing_files or manifest.tables_left_out else 0


def restore_command(options: argparse.Namespace) -> int:
    if options.verify:
        manifest = restoring.verify(options.file, progress=_Clock())
        print(
            _("%(file)s is whole: %(what)s, made on %(day)s by ClusterPoliSEE %(version)s.")
            % {
                "file": options.file,
                "what": _what(manifest),
                "day": manifest.made_at[:10],
                "version": manifest.package_version,
            }
        )
        return _lacking(manifest)
    if options.into and options.into.resolve() != Path(settings.HOME):
        return _in_another_home(options)
    manifest, kept = restoring.restore(
        options.file, now=timezone.now(), replace=options.replace, progress=_Clock()
    )
    print(_("Restored into %(home)s: %(what)s.") % {"home": settings.HOME, "what": _what(manifest)})
    if kept:
        print(_("The old instance is kept in %(file)s.") % {"file": kept})
        print(_("Start the server anew: what it kept ready in memory is of the old instance."))
    return _lacking(manifest)


def _lacking(manifest: Manifest) -> int:
    for name in manifest.missing_files:
        print(_("The file %(name)s was missing already when the backup was made.") % {"name": name})
    return 1 if manifest.missing_files else 0


def _in_another_home(options: argparse.Namespace) -> int:
    """Settings are read once: another home needs another process."""
    words = ["restore", str(options.file.resolve()), "--lang", options.lang]
    words += ["--replace"] if options.replace else []
    environment = {**os.environ, "CLUSTERPOLISEE_HOME": str(options.into.resolve())}
    command = [sys.executable, "-m", "clusterpolisee.config.command", *words]
    return subprocess.run(command, env=environment).returncode  # noqa: S603 - our own command


def _target(given: Path | None, name: str) -> Path:
    if given is None:
        return Path.cwd() / name
    return given / name if given.is_dir() else given


def _what(manifest: Manifest) -> str:
    return _("%(rows)s rows in %(tables)s tables, %(files)s files, %(size)s MB") % {
        "rows": format_number(manifest.rows),
        "tables": format_number(len(manifest.tables)),
        "files": format_number(len(manifest.files)),
        "size": format_number(manifest.size / 1e6, decimals=1),
    }


class _Clock:
    """Says on stderr what is being done, with the seconds since the start."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    def __call__(self, step: str) -> None:
        print(f"{time.monotonic() - self.start:6.1f} s  {step} …", file=sys.stderr, flush=True)
