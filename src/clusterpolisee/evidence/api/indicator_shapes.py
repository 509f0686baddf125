"""What answers say of an indicator: its definition, and its series."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from clusterpolisee.evidence.api.shapes import Origin, State
from clusterpolisee.evidence.derived import name_of_part, words_of
from clusterpolisee.evidence.derived_plans import Defined
from clusterpolisee.evidence.indicator_figures import indicator_in
from clusterpolisee.evidence.models import Indicator
from clusterpolisee.shell.api.paging import absolute


class DefinitionPart(Schema):
    """One indicator a formula reads, by the name it has there."""

    key: str
    indicator: str
    name: str
    address: str


class Definition(Schema):
    """How a derived indicator is made. “version” is raised when the definition changes."""

    version: int
    published_on: str
    formula: str
    words: str
    parts: list[DefinitionPart]
    weights: dict[str, float]
    weights_name: str
    minimum_parts: int | None


class IndicatorTold(Schema):
    """One defined figure with a name, a unit and a direction (1: more is better, −1: less).

    It is a series of a dataset, or derived from other indicators by a definition; then it has no dataset of its own.
    """

    code: str
    name: str
    short_name: str
    explanation: str
    unit: str
    decimals: int
    direction: int
    dataset: str | None
    series: str
    activity: str
    definition: Definition | None
    address: str
    values: str


class IndicatorPage(Schema):
    """A page of indicators."""

    count: int
    indicators: list[IndicatorTold]
    links: dict[str, str]


class IndicatorAnswer(IndicatorTold):
    """One indicator with the origin of its figures: null, and no origins, while a table behind it is not loaded."""

    origin: Origin | None
    origins: list[Origin]


class SeriesCell(Schema):
    """One figure of a series in a plain unit (persons, not thousands).

    “remark” says of a derived indicator which parts are missing, and why a value is; else it is empty.
    """

    region: str
    year: int
    value: float | None
    state: State  # type: ignore[valid-type]
    flag: str
    remark: str


class Missing(Schema):
    """What was asked for and is not in the table."""

    region: str
    detail: str


class SeriesAnswer(Schema):
    """The series of some regions with the origin of every table behind them; “origin” is the first."""

    indicator: str
    name: str
    unit: str
    decimals: int
    activity: str
    nuts: int
    origin: Origin
    origins: list[Origin]
    definition: Definition | None
    observations: list[SeriesCell]
    missing: list[Missing]
    links: dict[str, str]


def told_indicator(found: Indicator | Defined) -> dict[str, Any]:
    """An indicator as every answer about it begins."""
    one = indicator_in(found)
    address = absolute(f"/api/v1/indicators/{one.code}")
    return {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name,
        "explanation": one.about,
        "unit": one.unit,
        "decimals": one.decimals,
        "direction": one.direction,
        "dataset": one.dataset.code if isinstance(one, Indicator) else None,
        "series": one.series if isinstance(one, Indicator) else "",
        "activity": one.activity,
        "definition": told_definition(found),
        "address": address,
        "values": f"{address}/series",
    }


def told_definition(found: Indicator | Defined) -> dict[str, Any] | None:
    """How a derived indicator is made; None of one that is read."""
    if not isinstance(found, Defined):
        return None
    version = found.version
    return {
        "version": version.number,
        "published_on": version.published_at.date().isoformat() if version.published_at else "",
        "formula": version.formula,
        "words": words_of(found, with_tables=False),
        "parts": [
            {
                "key": part.key,
                "indicator": part.code,
                "name": name_of_part(part),
                "address": absolute(f"/api/v1/indicators/{part.code}"),
            }
            for part in found.parts
        ],
        "weights": version.weights,
        "weights_name": " ".join(filter(None, [version.weights_name, version.weights_version])),
        "minimum_parts": version.minimum_parts,
    }
