"""`clusterpolisee opportunities BG31`: what a region could become good at, on the terminal or as JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any, TextIO

from django.utils.translation import gettext as _

from clusterpolisee.evidence.opportunities.choices import CHOICES
from clusterpolisee.evidence.opportunities.page import BY, OpportunitiesPage
from clusterpolisee.evidence.opportunities.records import as_record
from clusterpolisee.evidence.tab_command import register_tab, run_tab, sources_of
from clusterpolisee.shell.languages import format_number, format_percent


def register(commands: Any) -> None:
    """Plug the command in."""
    parser = register_tab(
        commands, "opportunities", help="print what a region could become good at, e.g. BG31"
    )
    parser.add_argument("--by", default=CHOICES[0].key, choices=[one.key for one in CHOICES])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print the options; returns the exit code of the process."""
    return run_tab(
        options, lambda place: _said(OpportunitiesPage(place, {BY: options.by}), options.json), out
    )


def _said(page: OpportunitiesPage, as_json: bool) -> str:
    return json.dumps(as_record(page), ensure_ascii=False, indent=2) if as_json else as_text(page)


def as_text(page: OpportunitiesPage) -> str:
    """The page in plain lines: answer, list with its reasons, how far to believe it, sources."""
    lines = [f"{page.title} ({page.region.code})", ""]
    if page.facts is None:
        return "\n".join([*lines, *page.absence_words, *(f"  {name}" for _address, name in page.instead)])
    lines += [*page.plain(page.answer), "", f"{page.choice.name}: {page.choice.meaning}"]
    for one in page.told:
        option = one.option
        lines += [
            "",
            f"{option.rank}. {one.name} ({option.code})  {_('near')} {format_percent(option.near, decimals=0)}"
            f"  {_('complexity')} {format_number(option.complexity, decimals=2)}"
            f"  {_('quotient')} {format_number(option.quotient, decimals=2)}",
            *(f"   {sentence}" for sentence in page.plain([*one.why, *one.how_sure])),
        ]
    lines += ["", _("How far to believe this"), *(f"  {one}" for one in page.plain(page.belief))]
    lines += ["", _("Did such lists come true?"), *(f"  {one}" for one in page.plain(page.hindsight_words))]
    return "\n".join([*lines, "", sources_of(page.versions)])
