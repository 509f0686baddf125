"""`clusterpolisee data …`: the catalogue, imports and decisions on the command line."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.evidence import actions, fetch_command, fitting, queries, store
from clusterpolisee.evidence.fetching.actions import fetch_table
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from clusterpolisee.evidence.obstacles import NothingToDecide, Obstacle, UnknownDataset
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.languages import format_date, format_number


def register(commands: Any) -> None:
    """Plug `data` and its sub-commands in."""
    data = commands.add_parser("data", help="the catalogue of tables: list, import, accept, roll back")
    verbs = data.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add(verbs, "list", list_tables, "every table of the catalogue with its version in use")
    _add_import(verbs)
    _add_fetch(verbs)
    for name, run, text in (
        ("accept", accept, "bring a waiting version into use (or any other: --version)"),
        ("reject", reject, "decide against a waiting version"),
    ):
        parser = _add(verbs, name, run, text)
        _takes_table(parser)
        parser.add_argument(
            "--version", type=int, metavar="N", help="this version instead of the newest waiting one"
        )
        _takes_actor(parser)
    back = _add(verbs, "rollback", roll_back, "go back to the version that was in use before")
    _takes_table(back)
    _takes_actor(back)
    _takes_table(_add(verbs, "history", history, "all versions of a table and what was done to them"))
    describe = _add(
        verbs, "describe", describe_tables, "put tables of your own into the catalogue, from a TOML file"
    )
    describe.add_argument("file", type=Path, metavar="FILE.toml")
    _takes_actor(describe)
    check = _add(
        verbs, "check-starter", check_starter, "compare the starter figures with the published tables"
    )
    check.add_argument(
        "--tables", type=Path, metavar="FOLDER", required=True, help="folder of downloaded tables"
    )


def _add_import(verbs: Any) -> None:
    parser = _add(verbs, "import", import_file, "read a statistical file into a new version of its table")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dataset", metavar="CODE", help="which table it is, where the file does not say so")
    parser.add_argument("--dry-run", action="store_true", help="find out everything, store nothing")
    parser.add_argument("--hold", action="store_true", help="store it, and wait for acceptance in any case")
    parser.add_argument("--nuts", type=int, metavar="YEAR", help="NUTS vintage of its codes; else recognised")
    parser.add_argument(
        "--decimal", choices=["point", "comma"], help="decimal sign of a CSV that does not tell"
    )
    parser.add_argument("--region-column", metavar="NAME", help="the column of regions in a CSV, if unusual")
    parser.add_argument(
        "--activity-column", metavar="NAME", help="the column of activities in a CSV, if unusual"
    )
    parser.add_argument("--source-url", default="", metavar="URL", help="where the file was fetched from")
    parser.add_argument(
        "--retrieved-on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="when; else today"
    )
    parser.add_argument("--note", default="", help="anything a later reader should know of the source")
    parser.add_argument(
        "--licence", default="", help="licence of the file, where it is not the table's usual one"
    )
    _takes_actor(parser)


def _add_fetch(verbs: Any) -> None:
    parser = _add(verbs, "fetch", fetch, "fetch a table from its source into a new version")
    _takes_table(parser)
    parser.add_argument(
        "--years", metavar="2016-2020", help="besides those in use, which stay; else all that the source has"
    )
    parser.add_argument("--dry-run", action="store_true", help="fetch and find out everything, store nothing")
    parser.add_argument(
        "--accept", action="store_true", help="bring it into use unless something gives pause"
    )
    _takes_actor(parser)


def _add(verbs: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    parser.set_defaults(run=_spoken(run))
    return parser


def _takes_table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="code of the table, e.g. lfst_r_lfe2en2")


def _takes_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="actor", metavar="EMAIL", help="act as this account; else as the operator"
    )


def _spoken(run: Any) -> Any:
    """Run in the language asked for; an obstacle becomes one sentence and exit code 2."""

    def spoken(options: argparse.Namespace) -> int:
        with override(options.lang):
            try:
                return int(run(options) or 0)
            except (Obstacle, NotAllowed) as obstacle:
                print(obstacle, file=sys.stderr)
                return 2

    return spoken


# Listing -------------------------------------------------------------------------------------------------


def list_tables(options: argparse.Namespace) -> None:
    """One line per table: code, version, years, cells, retrieved, waiting, title."""
    rows = [(_("TABLE"), _("VERSION"), _("YEARS"), _("FIGURES"), _("RETRIEVED"), _("TITLE"))]
    for table in queries.datasets():
        version = table.current
        waiting = _(" (%(count)s waiting)") % {"count": table.waiting} if table.waiting else ""
        rows.append(
            (
                table.code,
                f"{version.number}{waiting}" if version else f"–{waiting}",
                _years(version),
                format_number(version.cells_with_value) if version else "–",
                format_date(version.retrieved_on, form="medium") if version else "–",
                table.title,
            )
        )
    _print_columns(rows)


def history(options: argparse.Namespace) -> None:
    """Every version, newest first, with its state and its people."""
    table = _table(options.code)
    head = (_("VERSION"), _("STATE"), _("YEARS"), _("FIGURES"), _("IMPORTED"), _("BY"), _("FILE"))
    rows = [
        (
            str(version.number),
            str(version.get_state_display()),
            _years(version),
            format_number(version.cells_with_value),
            format_date(version.imported_at.date(), form="medium"),
            str(version.imported_by or "–"),
            f"{version.raw_name} ({version.raw_sha256[:12]})",
        )
        for version in queries.versions(table)
    ]
    print(f"{table.code}: {table.title}")
    _print_columns([head, *rows])


# Deeds ---------------------------------------------------------------------------------------------------


def import_file(options: argparse.Namespace) -> int:
    """Read a file, print the report and how it ended."""
    if not options.file.is_file():
        raise Obstacle(_("There is no file %(path)s.") % {"path": options.file})
    now = timezone.now()
    outcome = actions.import_file(
        actor=_actor(options),
        file=options.file,
        source=actions.Source(
            name=options.file.name,
            url=options.source_url,
            retrieved_on=options.retrieved_on or timezone.localdate(now),
            note=options.note,
            licence=options.licence,
        ),
        dataset=options.dataset,
        nuts=options.nuts,
        hints=fitting.Hints(
            region_column=options.region_column,
            activity_column=options.activity_column,
            decimal={"point": ".", "comma": ","}.get(options.decimal or ""),
        ),
        dry_run=options.dry_run,
        hold=options.hold,
        now=now,
        progress=_Clock(),
    )
    _print_outcome(outcome)
    return 0


def fetch(options: argparse.Namespace) -> None:
    """Fetch a table from its source, print the report and how it ended."""
    years = fetch_command.years_of(options.years)
    actor, table = _actor(options), _table(options.code)
    with fetch_command.Progress() as progress:
        fetched = fetch_table(
            actor=actor,
            table=table,
            years=years,
            now=timezone.now(),
            accept=options.accept,
            dry_run=options.dry_run,
            told=progress.told,
        )
    if fetched.outcome is not None:
        _print_outcome(fetched.outcome)


def _print_outcome(outcome: actions.Outcome) -> None:
    """The report, how it ended, and what can be done next."""
    for sentence in outcome.report.sentences() if outcome.report else ():
        print(sentence)
    print(outcome.sentence)
    if outcome.version and (rejected := store.rejected_path(outcome.version)):
        print(_("The rows that could not be used, with line and reason: %(path)s") % {"path": rejected})
    if outcome.kind == actions.STAGED and outcome.version:
        code = outcome.dataset.code
        print(
            _(
                "Look at the report, then: clusterpolisee data accept %(code)s, or: clusterpolisee data reject %(code)s"
            )
            % {"code": code}
        )


def accept(options: argparse.Namespace) -> None:
    version = _decided_on(options)
    actions.accept_version(actor=_actor(options), version=version, now=timezone.now())
    print(
        _("Version %(number)s of %(table)s is in use.")
        % {"number": version.number, "table": version.dataset.code}
    )


def reject(options: argparse.Namespace) -> None:
    version = _decided_on(options)
    actions.reject_version(actor=_actor(options), version=version, now=timezone.now())
    print(
        _("Version %(number)s of %(table)s is rejected; its file and report are kept.")
        % {"number": version.number, "table": version.dataset.code}
    )


def roll_back(options: argparse.Namespace) -> None:
    table = _table(options.code)
    version = actions.roll_back(actor=_actor(options), dataset=table, now=timezone.now())
    print(
        _("Version %(number)s of %(table)s is in use again.")
        % {"number": version.number, "table": table.code}
    )


def describe_tables(options: argparse.Namespace) -> None:
    if not options.file.is_file():
        raise Obstacle(_("There is no file %(path)s.") % {"path": options.file})
    text = options.file.read_text(encoding="utf-8")
    for table in actions.describe_table(actor=_actor(options), text=text, now=timezone.now()):
        print(_("%(code)s is in the catalogue: %(title)s") % {"code": table.code, "title": table.title})


def check_starter(options: argparse.Namespace) -> int:
    """Exit code 1 where a starter figure differs from the table it names."""
    from clusterpolisee.evidence.starter import check

    results = check(options.tables)
    for result in results:
        print(result.sentence)
        for difference in result.differences[:10]:
            print(f"  {difference}")
    return 1 if any(result.different or not result.compared for result in results) else 0


# Small things --------------------------------------------------------------------------------------------


class _Clock:
    """Says on stderr what is being done, with the seconds since the start: imports can take a while."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    def __call__(self, step: str) -> None:
        print(f"{time.monotonic() - self.start:6.1f} s  {step} …", file=sys.stderr, flush=True)


def _table(code: str) -> Dataset:
    table = queries.dataset(code)
    if table is None:
        raise UnknownDataset(code, [one.code for one in queries.datasets()])
    return table


def _decided_on(options: argparse.Namespace) -> DatasetVersion:
    table = _table(options.code)
    version = queries.waiting_version(table, options.version)
    if version is None:
        raise NothingToDecide(table)
    return version


def _actor(options: argparse.Namespace) -> User:
    if not options.actor:
        return operator()
    user = User.objects.people().filter(email__iexact=options.actor).first()
    if user is None:
        raise Obstacle(_("There is no account %(email)s.") % {"email": options.actor})
    return user


def _years(version: DatasetVersion | None) -> str:
    if version is None or not version.years:
        return "–"
    first, last = version.years[0], version.years[-1]
    return str(first) if first == last else f"{first}–{last}"


def _print_columns(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
