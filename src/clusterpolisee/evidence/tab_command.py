"""What the commands that print a tab of a region have in common: `clusterpolisee partners BG31 --lang bg`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from django.conf import settings
from django.utils.translation import override

from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.exports.origins import source_sentence


def register_tab(commands: Any, name: str, *, help: str) -> argparse.ArgumentParser:
    """A command that takes a region and a language."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help)
    parser.add_argument("code", help="NUTS code, or a name in any language")
    parser.add_argument("--json", action="store_true", help="machine-readable, with the origin")
    parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    return parser


def run_tab(options: argparse.Namespace, said: Callable[[Region], str], out: TextIO | None) -> int:
    """Find the region and print what is said of it; returns the exit code of the process."""
    with override(options.lang):
        place = place_named(options.code, options.lang)
        if place is None:
            return 2
        print(said(place), file=out or sys.stdout)
    return 0


def place_named(wanted: str, language: str, vintage: int | None = None) -> Region | None:
    """The region of this code or name; where there is none, or several, what could be meant is printed."""
    try:
        return regions.region(wanted.upper(), vintage)
    except regions.RegionNotFound as missing:
        found = regions.find_regions(wanted)
        if len(found) == 1:
            return found[0]
        print(missing, file=sys.stderr)
        for place in (found or regions.similar_regions(wanted))[:10]:
            print(f"  {place.code}  {place.name(language)}", file=sys.stderr)
        return None


def sources_of(versions: Iterable[DatasetVersion]) -> str:
    return source_sentence([origin_of(version) for version in versions])
