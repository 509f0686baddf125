"""`clusterpolisee opportunities BG31`: what a region could become good at, on the terminal or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, TextIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.evidence.opportunities.choices import CHOICES
from clusterpolisee.evidence.opportunities.page import BY, OpportunitiesPage
from clusterpolisee.evidence.opportunities.records import as_record
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.exports.origins import source_sentence
from clusterpolisee.shell.languages import format_number, format_percent


def register(commands: Any) -> None:
    """Plug the command in."""
    parser = commands.add_parser("opportunities", help="print what a region could become good at, e.g. BG31")
    parser.add_argument("code", help="NUTS code, or a name in any language")
    parser.add_argument("--by", default=CHOICES[0].key, choices=[one.key for one in CHOICES])
    parser.add_argument(
        "--json", action="store_true", help="machine-readable, with every term of every score"
    )
    parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print the options; returns the exit code of the process."""
    with override(options.lang):
        try:
            place = regions.region(options.code.upper())
        except regions.RegionNotFound as missing:
            found = regions.find_regions(options.code)
            if len(found) != 1:
                print(missing, file=sys.stderr)
                for region in (found or regions.similar_regions(options.code))[:10]:
                    print(f"  {region.code}  {region.name(options.lang)}", file=sys.stderr)
                return 2
            place = found[0]
        page = OpportunitiesPage(place, {BY: options.by})
        text = json.dumps(as_record(page), ensure_ascii=False, indent=2) if options.json else as_text(page)
        print(text, file=out or sys.stdout)
    return 0


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
    return "\n".join([*lines, "", source_sentence([origin_of(version) for version in page.versions])])
