"""`clusterpolisee similar BG31`: which regions are like a region, on the terminal or as JSON for other programs."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, TextIO

from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.similar import sentences as words
from clusterpolisee.evidence.similar.asked import PREFIX, Among, Asked
from clusterpolisee.evidence.similar.exports import rules_in_words
from clusterpolisee.evidence.similar.facts import SimilarFacts, State
from clusterpolisee.evidence.similar.record import as_record
from clusterpolisee.evidence.similar.weightings import rules
from clusterpolisee.evidence.similar.wording import written
from clusterpolisee.evidence.tab_command import place_named, register_tab, sources_of
from clusterpolisee.shell.exports.origins import facts as told_of
from clusterpolisee.shell.languages import format_percent


def register(commands: Any) -> None:
    """Plug the command in."""
    parser = register_tab(commands, "similar", help="print which regions are like a region, e.g. BG31")
    parser.add_argument("--by", default="", choices=[one.key for one in rules().weightings], help="weighting")
    parser.add_argument("--among", default="", choices=[one.value for one in Among], help="who may be named")
    parser.add_argument(
        "--weight",
        action="append",
        default=[],
        metavar="DIMENSION=N",
        help=f"other weights, 0 to 5, of {', '.join(rules().dimensions)}",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print the answer; returns the exit code of the process."""
    weights = dict(one.partition("=")[::2] for one in options.weight)
    with override(options.lang):
        place = place_named(options.code, options.lang)
        if place is None:
            return 2
        wrong = [key for key in weights if key not in rules().dimensions]
        if wrong:
            known = ", ".join(rules().dimensions)
            print(
                _("There is no dimension “%(key)s”. The known ones: %(known)s.")
                % {"key": wrong[0], "known": known},
                file=sys.stderr,
            )
            return 2
        given = {PREFIX + key: weight for key, weight in weights.items()}
        facts = SimilarFacts(place, Asked.of({"by": options.by, "among": options.among, **given}))
        if options.json:
            record = as_record(facts) | {"sources": [dict(told_of(origin_of(one))) for one in facts.versions]}
            text = json.dumps(record, ensure_ascii=False, indent=2)
        else:
            text = as_text(facts)
        print(text, file=out or sys.stdout)
    return 0


def as_text(facts: SimilarFacts) -> str:
    """The page in plain lines: the answer, the ranks, the places in the group, the rules."""
    lines = [f"{words.name_of(facts.region)} ({facts.region.code})", ""]
    lines += [plain(sentence) for sentence in (*words.answer(facts), *words.further(facts))]
    if facts.state is State.OTHER_LEVEL:
        return "\n".join([*lines, *(f"  {place.code:<5} {words.name_of(place)}" for place in facts.instead)])
    if facts.listed:
        lines += ["", _("Who is alike, and how surely")]
        for one in facts.listed:
            coverage = format_percent(one.found.coverage, decimals=0)
            said = words.firmness(one, facts.rules.first)
            lines.append(
                f"  {one.code:<5} {words.name_of(one.region):<34} {words.rank_range(one):>10} {coverage:>6}  {said}"
            )
    if facts.performance:
        lines += ["", _("How it does among them")]
        for found in facts.performance:
            value = "–" if found.own.cell.value is None else written(found.indicator, found.own.cell.value)
            place = f"{found.rank or '–'}/{found.known}"
            lines.append(
                f"  {found.indicator.short_name} ({found.year}): {value}  {place}  {words.gap_words(found)}"
            )
    lines += ["", rules_in_words(facts)]
    if facts.versions:
        lines += ["", sources_of(facts.versions)]
    return "\n".join(lines)
