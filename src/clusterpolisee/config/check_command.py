"""`clusterpolisee check`: what is right with this instance, what is not, and what to do about it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from clusterpolisee.config import check_database, check_machine, check_settings, check_store, check_world
from clusterpolisee.config.check_results import LOOK, RIGHT, WRONG, Check, Result, wrong

MARKS = {RIGHT: "✓", LOOK: "!", WRONG: "✗"}
WITHOUT_DATABASE: tuple[Check, ...] = (
    check_machine.python,
    check_machine.packages,
    check_machine.home,
    check_machine.disk,
    check_machine.secret,
    check_machine.owner,
    check_machine.static_files,
    check_machine.languages,
    check_machine.leftovers,
    check_settings.address,
    check_settings.demonstration,
    check_settings.letters,
)


def register(commands: Any) -> None:
    """Plug `check` in."""
    text = "what is right with this instance, what is not, and what to do about it"
    parser = commands.add_parser("check", help=text, description=text.capitalize() + ".")
    parser.add_argument("--deep", action="store_true", help="also read every file and compare its hash")
    parser.add_argument(
        "--json", action="store_true", help="for programs: a list of key, state, sentence, mend"
    )
    parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    parser.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Exit code 1 where something is wrong."""
    with override(options.lang):
        results = list(look_at_everything(deep=options.deep))
        if options.json:
            print(json.dumps([vars(result) for result in results], ensure_ascii=False, indent=1))
        else:
            _print(results)
    return 1 if any(result.state == WRONG for result in results) else 0


def look_at_everything(*, deep: bool = False) -> Iterator[Result]:
    """All results. What needs the database is left out where there is none to ask."""
    for one in WITHOUT_DATABASE:
        yield from _guarded(one)
    for gate in (check_database.reachable, check_database.migrated):
        answers = list(_guarded(gate))
        yield from answers
        if any(answer.state == WRONG for answer in answers):
            return
    for one in (
        partial(check_database.sound, deep),
        check_database.worker,
        check_machine.clock,
        check_store.writable,
        partial(check_store.versions, deep),
        partial(check_store.raw_files, deep),
        check_store.orphans,
        check_world.tables,
        check_world.places,
        check_world.activities,
        check_world.administrator,
    ):
        yield from _guarded(one)


def _guarded(one: Check) -> Iterator[Result]:
    """A look that fails is itself something wrong; the others go on."""
    try:
        yield from one()
    except Exception as mistake:
        name = getattr(one, "func", one).__name__
        words = {"name": name, "words": f"{type(mistake).__name__}: {mistake}"[:300]}
        yield wrong(name, _("Looking at “%(name)s” failed: %(words)s") % words, _("Please report this."))


def _print(results: list[Result]) -> None:
    for result in results:
        print(f"{MARKS[result.state]} {result.sentence}")
        if result.mend:
            print(f"    → {result.mend}")
    count = sum(result.state == WRONG for result in results)
    if count:
        print(
            "\n"
            + ngettext("%(count)s thing is wrong.", "%(count)s things are wrong.", count) % {"count": count}
        )
    else:
        print("\n" + _("Nothing is wrong."))
