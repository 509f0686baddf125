"""`clusterpolisee region BG31`: a region page on the terminal, or as JSON for other programs."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, TextIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterpolisee.evidence.figure_cards import value_text
from clusterpolisee.evidence.origins import origin_of
from clusterpolisee.evidence.plain_text import plain
from clusterpolisee.evidence.region_page import RegionPage
from clusterpolisee.evidence.tab_command import place_named
from clusterpolisee.shell.exports.origins import facts, source_sentence
from clusterpolisee.shell.languages import format_number, format_percent


def register(commands: Any) -> None:
    """Plug the command in."""
    parser = commands.add_parser("region", help="print what is known of a region, e.g. BG31")
    parser.add_argument("code", help="NUTS code, or a name in any language")
    parser.add_argument(
        "--json", action="store_true", help="machine-readable, with the origin of every figure"
    )
    parser.add_argument("--lang", default="en", choices=[code for code, _name in settings.LANGUAGES])
    parser.add_argument("--nuts", type=int, help="NUTS vintage, e.g. 2013; the newest one otherwise")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, out: TextIO | None = None) -> int:
    """Print the region; returns the exit code of the process."""
    with override(options.lang):
        place = place_named(options.code, options.lang, options.nuts)
        if place is None:
            return 2
        page = RegionPage(place)
        text = json.dumps(as_record(page), ensure_ascii=False, indent=2) if options.json else as_text(page)
        print(text, file=out or sys.stdout)
    return 0


def as_text(page: RegionPage) -> str:
    """The page in plain lines: answer, strengths, indicators, what is missing, sources."""
    lines = [f"{page.name} ({page.region.code}, NUTS {page.region.vintage})", ""]
    lines += [plain(sentence) for sentence in page.answer] or [
        _("No loaded table has figures for this region yet.")
    ]
    if page.lead_rows and page.profile.activities:
        lines += ["", _("What the region is strong in") + f" ({page.profile.activities.year})"]
        for row in page.lead_rows:
            stars = "★" * (row.stars.count or 0)
            lines.append(
                f"  {row.code:<5} {page.activity_name(row.code):<34} {format_number(row.quotient, decimals=1):>7}"
                f" {format_number(row.jobs, decimals=0):>9} {format_percent(row.share_percent, of=100):>7} {stars}"
            )
    if page.profile.indicators:
        lines += ["", _("Key indicators")]
        for item in page.profile.indicators:
            value = value_text(item.cell.value, item.indicator.unit, item.indicator.decimals, item.cell.state)
            place = (
                f"  {format_number(item.standing.rank)}/{format_number(item.standing.out_of)}"
                if item.standing
                else ""
            )
            lines.append(f"  {item.indicator.short_name} ({item.year}): {value}{place}")
    lines += ["", _("What is missing"), *(f"  {plain(sentence)}" for sentence in page.missing)]
    if page.profile.versions:
        lines += ["", source_sentence([origin_of(version) for version in page.profile.versions])]
    return "\n".join(lines)


def as_record(page: RegionPage) -> dict[str, Any]:
    """The page as data; every block says which table version it comes from."""
    profile = page.profile
    record: dict[str, Any] = {
        "code": page.region.code,
        "nuts": page.region.vintage,
        "level": page.region.level,
        "name": page.name,
        "answer": [plain(sentence) for sentence in page.answer],
        "missing": [plain(sentence) for sentence in page.missing],
        "sources": [dict(facts(origin_of(version))) for version in profile.versions],
    }
    if profile.trend:
        record["employment"] = {
            "table": profile.trend.version.dataset.code,
            "version": profile.trend.version.number,
            "span_without_break": profile.trend.span,
            "growth_percent": profile.trend.growth_percent,
            "years": [
                {"year": year, "value": cell.value, "state": cell.state, "flag": cell.flag}
                for year, cell in zip(profile.trend.series.years, profile.trend.series.cells, strict=True)
            ],
        }
    if profile.activities:
        record["activities"] = {
            "table": profile.activities.version.dataset.code,
            "version": profile.activities.version.number,
            "year": profile.activities.year,
            "published": profile.activities.known,
            "all": profile.activities.all,
            "rows": [
                {
                    "activity": row.code,
                    "persons_employed": row.jobs,
                    "share_percent": row.share_percent,
                    "location_quotient": row.quotient,
                    "stars": row.stars.count,
                    "state": row.state,
                }
                for row in profile.activities.rows
            ],
        }
    if profile.growth:
        record["shift_share"] = {
            "start": profile.growth.start,
            "end": profile.growth.end,
            "change": profile.growth.change,
            "national": profile.growth.national_total,
            "mix": profile.growth.mix_total,
            "regional": profile.growth.regional_total,
        }
    record["indicators"] = [
        {
            "indicator": row.indicator.code,
            "table": row.versions[0].dataset.code,
            "version": row.versions[0].number,
            "further_tables": [[version.dataset.code, version.number] for version in row.versions[1:]],
            "formula": row.figures.formula,
            "year": row.year,
            "value": row.cell.value,
            "state": row.cell.state,
            "flag": row.cell.flag,
            "rank": row.standing.rank if row.standing else None,
            "regions": row.standing.out_of if row.standing else None,
        }
        for row in profile.indicators
    ]
    return record
