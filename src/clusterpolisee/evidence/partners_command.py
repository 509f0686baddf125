"""`clusterpolisee partners BG31`: whom a region should ask first, on the terminal or as JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any, TextIO

from django.utils.translation import gettext as _

from clusterpolisee.evidence.partners.asked import By, Where
from clusterpolisee.evidence.partners.page import RegionPartnersPage
from clusterpolisee.evidence.partners.record import partners_record
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.tab_command import register_tab, run_tab, sources_of


def register(commands: Any) -> None:
    """Plug the command in."""
    parser = register_tab(commands, "partners", help="print with whom a region should team up, e.g. BG31")
    parser.add_argument("--for", dest="activity", default="", help="one activity to start, e.g. J62")
    parser.add_argument("--where", default=Where.ABROAD.value, choices=[one.value for one in Where])
    parser.add_argument("--by", default=By.GAIN.value, choices=[one.value for one in By])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print the partners; returns the exit code of the process."""
    asked = {"for": options.activity, "where": options.where, "by": options.by}
    return run_tab(options, lambda place: _said(RegionPartnersPage(place, asked), options.json), out)


def _said(page: RegionPartnersPage, as_json: bool) -> str:
    if as_json:
        return json.dumps(partners_record(page), ensure_ascii=False, indent=2)
    lines = [f"{page.title} ({page.region.code})", "", *(plain(one) for one in page.answer)]
    if page.refused:
        lines.insert(2, plain(page.refused))
    if page.facts is None:
        return "\n".join(lines)
    lines += ["", page.rules]
    for place, why in enumerate(page.facts.reasons, start=1):
        one = why.partner
        lines.append(f"{place:>3}. {page.names[one.code]} ({one.code})")
        lines += [f"     {plain(sentence)}" for sentence in page.reasons_of(why)]
        lines.append(f"     {plain(page.offer_of(why))}")
        lines.append(f"     {plain(page.numbers_of(one))}")
    lines += ["", _("What this cannot say"), *(f"  {plain(sentence)}" for sentence in page.limits)]
    return "\n".join([*lines, "", sources_of(page.versions)])
