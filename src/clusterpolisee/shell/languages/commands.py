"""`clusterpolisee languages …`: how complete the interface is in each language, and what is new to translate."""

from __future__ import annotations

import argparse
from typing import Any

from clusterpolisee.shell.languages.catalogues import gather, troubles
from clusterpolisee.shell.languages.extraction import messages_in_code
from clusterpolisee.shell.languages.registry import COMPLETE, LANGUAGES_OF_THE_PLATFORM


def register(commands: Any) -> None:
    """Plug `languages` in."""
    languages = commands.add_parser("languages", help="how complete the interface is in each language")
    verbs = languages.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="missing, fuzzy and broken translations")
    check.add_argument("language", nargs="?", help="list what is wrong in this one")
    check.set_defaults(run=show_troubles)
    fill = verbs.add_parser(
        "gather", help="bring a catalogue up to the code: new messages in, unused ones out"
    )
    fill.add_argument("language", choices=[one.code for one in LANGUAGES_OF_THE_PLATFORM])
    fill.set_defaults(run=gather_messages)


def gather_messages(options: argparse.Namespace) -> int:
    new, gone = gather(options.language)
    print(
        f"{options.language}: {new} new, {gone} gone. Translate, then look with `clusterpolisee languages check`."
    )
    return 0


def show_troubles(options: argparse.Namespace) -> int:
    messages = messages_in_code()
    broken = 0
    for language in LANGUAGES_OF_THE_PLATFORM:
        if language.code == "en" or options.language not in (None, language.code):
            continue
        found = troubles(language.code, messages=messages)
        print(
            f"{language.code:<8} {language.own_name:<24} {len(messages) - min(len(messages), len(found))} of {len(messages)}"
        )
        if options.language:
            for trouble in found:
                print(f"  {trouble}")
        broken += bool(found) and language.status == COMPLETE
    return 1 if broken else 0
