"""How the parts of likeness and their values are written."""

from __future__ import annotations

from django.utils.translation import gettext

from clusterpolisee.evidence.models import DerivedVersion, Indicator
from clusterpolisee.evidence.similar.columns import SETTLEMENT, Column
from clusterpolisee.evidence.similar.mixes import MixTable
from clusterpolisee.evidence.similar.weightings import Dimension, rules
from clusterpolisee.regions.types import RegionKind
from clusterpolisee.shell.languages import format_number, format_percent, format_year_span

Thing = Column | MixTable | Dimension


def part_name(part: Thing) -> str:
    """What regions are compared in: the indicator, its change, or the dimension."""
    if isinstance(part, Dimension):
        return part.name
    if isinstance(part, MixTable) or part.figures is None:
        return rules().dimensions[part.dimension].name
    name = part.figures.indicator.short_name
    if part.variable.kind == "change":
        return gettext("%(indicator)s: change over %(years)s years") % {
            "indicator": name,
            "years": part.variable.years,
        }
    return name


def part_value(part: Column | MixTable, value: float | None) -> str:
    """A figure as its indicator writes it; a type by its name; nothing for a mix."""
    if value is None or isinstance(part, MixTable):
        return ""
    if part.figures is None:
        return str(next(RegionKind(kind).label for kind, place in SETTLEMENT.items() if place == value))
    if part.variable.kind == "change":
        text = format_percent(value, decimals=1, of=100)
        return f"+{text}" if value > 0 else text
    return written(part.figures.indicator, value)


def part_year(part: Column | MixTable, row: int) -> str:
    """The year of the figure of one region, or the two between which it changed."""
    year = part.years[row]
    if not year:
        return ""
    if isinstance(part, Column) and part.variable.kind == "change":
        return format_year_span(year - part.variable.years, year)
    return str(year)


def written(indicator: Indicator | DerivedVersion, value: float, *, points: bool = False) -> str:
    """63.5 %, 42, 1,234; a difference of percents is one of points."""
    if indicator.unit_labels.get("en") == "%":
        if points:
            return gettext("%(number)s points") % {
                "number": format_number(value, decimals=indicator.decimals)
            }
        return format_percent(value, decimals=indicator.decimals, of=100)
    return format_number(value, decimals=indicator.decimals)
