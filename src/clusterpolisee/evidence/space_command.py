"""`clusterpolisee space BG31` and `clusterpolisee industry-space`: the industry space on the terminal or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, TextIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.evidence.industry_space.everywhere_page import IndustrySpacePage
from clusterpolisee.evidence.industry_space.page import RegionSpacePage
from clusterpolisee.evidence.industry_space.record import everywhere_record, region_record
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.tab_command import register_tab, run_tab, sources_of
from clusterpolisee.shell.languages import format_number, format_percent


def register(commands: Any) -> None:
    """Plug both commands in."""
    region = register_tab(commands, "space", help="print what a region does and what lies near it, e.g. BG31")
    region.set_defaults(run=run)
    every = commands.add_parser("industry-space", help="print which activities the regions have")
    every.add_argument("--country", default="", help="seen from one country, e.g. BG")
    every.add_argument("--json", action="store_true", help="machine-readable, with every link of the network")
    every.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    every.set_defaults(run=run_everywhere)


def run(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print a region in the space; returns the exit code of the process."""
    return run_tab(options, lambda place: _said(RegionSpacePage(place), options.json), out)


def run_everywhere(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print the whole space; returns the exit code of the process."""
    with override(options.lang):
        page = IndustrySpacePage({"country": options.country.upper()})
        told = everywhere_record(page)
        text = json.dumps(told, ensure_ascii=False, indent=2) if options.json else _said_everywhere(page)
        print(text, file=out or sys.stdout)
        return 0 if page.facts else 2


def _said(page: RegionSpacePage, as_json: bool) -> str:
    if as_json:
        return json.dumps(region_record(page), ensure_ascii=False, indent=2)
    lines = [f"{page.title} ({page.region.code})", "", *(plain(one) for one in (*page.answer, *page.further))]
    if page.facts is None:
        return "\n".join(lines)
    lines += [f"  {plain(sentence)}" for sentence in page.bridges]
    for _key, heading, nodes, is_open in page.groups:
        lines += ["", f"{heading} ({len(nodes)})"]
        lines += [
            f"  {one.activity:<5} {page.activity_name(one.activity):<34} {format_number(one.quotient, decimals=1):>6}"
            f" {format_percent(one.density):>6}  {page.neighbours_of(one)}"
            for one in nodes
            if is_open
        ] or ["  " + ", ".join(f"{page.activity_name(one.activity)} ({one.activity})" for one in nodes)]
    lines += ["", _("What this cannot say"), *(f"  {plain(sentence)}" for sentence in page.limits)]
    return "\n".join([*lines, "", sources_of(page.versions)])


def _said_everywhere(page: IndustrySpacePage) -> str:
    if page.facts is None:
        return _("The table of people employed by activity is not loaded here, so there is no map yet.")
    lines = [page.title, "", *(plain(one) for one in page.answer), ""]
    lines += [
        f"  {one.activity:<5} {page.activity_name(one.activity):<34} {page.counted(one.here):>10}  {page.neighbours_of(one)}"
        for one in page.facts.widest
    ]
    return "\n".join([*lines, "", sources_of(page.versions)])
