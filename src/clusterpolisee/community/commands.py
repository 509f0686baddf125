"""`clusterpolisee clusters …`: cluster organisations in and out as CSV files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.community import actions, queries
from clusterpolisee.community.exports import to_csv
from clusterpolisee.community.plans import CHANGED, NEW, Plan, UnreadableFile
from clusterpolisee.community.queries import Filters
from clusterpolisee.community.reading import read_plan, read_text
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import NotAllowed, require
from clusterpolisee.shell.accounts.queries import operator


def register(commands: Any) -> None:
    """Plug `clusters` and its sub-commands in."""
    clusters = commands.add_parser("clusters", help="cluster organisations: import and export as CSV")
    verbs = clusters.add_subparsers(dest="verb", required=True, metavar="VERB")
    given = verbs.add_parser(
        "import", help="bring clusters from a CSV file; faulty rows are left out and told"
    )
    given.add_argument("file", type=Path, metavar="FILE")
    given.add_argument("--dry-run", action="store_true", help="find out everything, write nothing")
    given.set_defaults(run=import_file)
    wanted = verbs.add_parser("export", help="write all clusters, drafts among them, as CSV")
    wanted.add_argument("file", type=Path, metavar="FILE", nargs="?", help="else it is printed")
    wanted.set_defaults(run=export_file)
    for parser in (given, wanted):
        parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument(
            "--as", dest="actor", metavar="EMAIL", help="act as this account; else as the operator"
        )


def import_file(options: argparse.Namespace) -> int:
    """0: every row was taken; 1: some were left out; 2: nothing was done."""
    with override(options.lang):
        try:
            actor = _actor(options)
            require(actor, "community.import_clusters")
            plan = read_plan(read_text(options.file.read_bytes()))
        except (UnreadableFile, NotAllowed, LookupError, OSError) as obstacle:
            print(_said(obstacle), file=sys.stderr)
            return 2
        _tell(plan)
        if options.dry_run:
            print(_("This was a dry run: nothing is written."))
        else:
            outcome = actions.import_clusters(actor=actor, plan=plan, seen=plan.seen)
            print(_("Written: %(count)s.") % {"count": outcome.created + outcome.changed})
        return 1 if plan.faults else 0


def export_file(options: argparse.Namespace) -> int:
    with override(options.lang):
        try:
            actor = _actor(options)
        except LookupError as obstacle:
            print(_said(obstacle), file=sys.stderr)
            return 2
        found = queries.clusters(actor, Filters()).prefetch_related("activities")
        content = to_csv(found)
        if options.file is None:
            sys.stdout.write(content.decode("utf-8-sig"))
        else:
            options.file.write_bytes(content)
        return 0


def _tell(plan: Plan) -> None:
    counts = plan.counts
    print(_("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(faulty)s with faults.") % counts)
    for row in [*plan.of_kind(NEW), *plan.of_kind(CHANGED)]:
        changed = ", ".join(one.field for one in row.differences)
        print(f"  {row.line:>5}  {row.kind:<9} {row.name}{f' ({changed})' if changed else ''}")
    if plan.unknown_columns:
        print(
            _("Columns nobody knows were left out: %(columns)s.")
            % {"columns": ", ".join(plan.unknown_columns)}
        )
    for fault in plan.faults:
        print(
            _("Line %(line)s, %(column)s: %(sentence)s")
            % {"line": fault.line, "column": fault.column or "–", "sentence": fault.sentence},
            file=sys.stderr,
        )


def _actor(options: argparse.Namespace) -> User:
    if not options.actor:
        return operator()
    found = User.objects.people().filter(email__iexact=options.actor).first()
    if found is None:
        raise LookupError(_("There is no account with the address %(email)s.") % {"email": options.actor})
    return found


def _said(obstacle: Exception) -> str:
    if isinstance(obstacle, OSError):
        return _("%(file)s cannot be read: %(reason)s.") % {
            "file": obstacle.filename,
            "reason": obstacle.strerror,
        }
    return str(obstacle)
