"""Reading a file, and fitting what it holds to the table the catalogue describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import wording
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.obstacles import FileUnreadable, TableDoesNotFit
from clusterpolisee.evidence.report import INFO, Finding
from clusterpolisee.evidence.unusable import Noted
from regional_analytics import sources

_PACKED = ("region", "series", "activity", "flag")


@dataclass(frozen=True)
class Hints:
    """What a person knows of a CSV file and the file does not tell: the names of columns, the decimal sign."""

    region_column: str | None = None
    activity_column: str | None = None
    decimal: str | None = None


@dataclass(frozen=True)
class Readout:
    """A file read as a person said: its observations, what that did to them, and what was said, to be kept."""

    reading: sources.Reading
    findings: tuple[Finding, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    unreadable: Noted = field(default_factory=Noted)


def read(
    file: Path | bytes, name: str, hints: Hints | None = None, *, noted: Noted | None = None
) -> sources.Reading:
    """The file's observations; noted hears of the rows that cannot be used. Raises FileUnreadable with a sentence in the reader's language."""
    hints = hints or Hints()
    try:
        return sources.read(
            file,
            name=name,
            region_column=hints.region_column,
            activity_column=hints.activity_column,
            decimal=hints.decimal,
            log=noted,
        )
    except sources.SourceError as obstacle:
        raise FileUnreadable(wording.obstacle(obstacle.slug, obstacle.params) or str(obstacle)) from obstacle


@dataclass(frozen=True)
class Fitted:
    """What a file holds, in the catalogue's order and in a fifth of the memory, with what was assumed for it."""

    frame: pl.DataFrame
    findings: tuple[Finding, ...]
    problems: tuple[sources.Problem, ...]
    format: str


def fit(reading: sources.Reading, table: Dataset) -> Fitted:
    """The observations with their series as the catalogue writes them; refuses what leaves their meaning open."""
    if table.activity_scheme and reading.activity_dimension is None:
        raise TableDoesNotFit(
            _("The table %(table)s is broken down by activity; the file has no column for it (nace_r2).")
            % {"table": table.code}
        )
    frame = reading.observations
    counted = frame["series"].value_counts()
    series = {one: _parts(one, reading.dimensions) for one, _count in counted.iter_rows()}
    _refuse_misfit(series, reading.dimensions, table)
    new_series = {one: _series_of(parts, table) for one, parts in series.items()}
    findings = _of_dimensions(reading, table, series, dict(counted.iter_rows()))
    if any(new != one for one, new in new_series.items()):
        frame = frame.with_columns(
            pl.col("series").replace_strict(new_series, return_dtype=pl.String, default=None)
        ).drop_nulls("series")
    return Fitted(_packed(frame), tuple(findings), reading.problems, reading.format)


def _packed(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts as numbered words in alphabetical order, so that sorting by number sorts by text."""
    words = {name: frame[name].unique().sort().to_list() for name in _PACKED}
    return frame.with_columns(pl.col(name).cast(pl.Enum(found)) for name, found in words.items())


def _parts(series: str, dimensions: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(dimensions, series.split("."), strict=False)) if dimensions else {}


def _series_of(parts: Mapping[str, str], table: Dataset) -> str | None:
    """The series as the catalogue writes it; None for rows the table does not want."""
    written = []
    for one in table.dimensions:
        value = parts.get(one["code"], one.get("default"))
        value = one.get("renamed", {}).get(value, value)
        if "only" not in one:
            written.append(str(value))
        elif one["code"] in parts and value != one["only"]:
            return None
    return ".".join(written)


def _refuse_misfit(series: Mapping[str, Mapping[str, str]], found: tuple[str, ...], table: Dataset) -> None:
    """A dimension that is missing, or one nobody described, leaves it open what the figures mean."""
    described = {one["code"]: one for one in table.dimensions}
    missing = [
        code for code, one in described.items() if code not in found and not {"default", "only"} & set(one)
    ]
    if missing:
        raise TableDoesNotFit(
            _("The table %(table)s needs the column %(missing)s, which the file does not have.")
            % {"table": table.code, "missing": ", ".join(missing)}
        )
    for code in found:
        values = sorted({parts.get(code, "") for parts in series.values()})
        if code not in described and len(values) > 1:
            raise TableDoesNotFit(
                _(
                    "The file has a column the catalogue does not know for %(table)s: %(code)s (%(values)s). "
                    "Take it out of the file, or describe it in the catalogue."
                )
                % {"table": table.code, "code": code, "values": ", ".join(values[:8])}
            )


def _of_dimensions(
    reading: sources.Reading,
    table: Dataset,
    series: Mapping[str, Mapping[str, str]],
    counts: Mapping[str, int],
) -> list[Finding]:
    """What was assumed, left out or passed over to make the file fit."""
    findings = []
    rows = reading.observations.height
    described = {one["code"]: one for one in table.dimensions}
    for code, one in described.items():
        if "default" in one and code not in reading.dimensions:
            params = {"dimension": code, "value": one["default"]}
            findings.append(Finding("assumed_dimension", INFO, rows, params=params))
        if "only" in one and code in reading.dimensions:
            left_out = sum(count for name, count in counts.items() if series[name].get(code) != one["only"])
            if left_out:
                params = {"dimension": code, "value": one["only"]}
                findings.append(Finding("left_out", INFO, left_out, params=params))
    for code in reading.dimensions:
        if code not in described:
            params = {"dimension": code, "value": next(iter(series.values()), {}).get(code, "")}
            findings.append(Finding("constant_dimension", INFO, rows, params=params))
    return findings
