"""From a working table and its mapping to observations: a tidy CSV in our documented layout, read as any other.

The CSV is made to be read once. Each of its rows remembers the line of the file it came from, so that what is said
of the observations afterwards names lines the person can look up.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import wording
from clusterpolisee.evidence.importing.mapping import (
    ACROSS,
    ACTIVITY,
    DIMENSION,
    FLAG,
    REGION,
    VALUE,
    YEAR,
    Mapping,
    year_of_heading,
)
from clusterpolisee.evidence.importing.refusals import FileRefused
from clusterpolisee.evidence.importing.working import WorkingTable
from clusterpolisee.evidence.obstacles import FileUnreadable
from regional_analytics import sources

_YEAR_WITH_WORD = r"^\s*(1[89]\d\d|20\d\d|21\d\d)(?:\.0+)?\s*\*?\s*(?:г\.?|год\.?|година|р\.?|рік)?\s*$"
_ISO_DATE = r"^\s*(\d{4})-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?\s*$"
_DAY_FIRST = r"^\s*\d{1,2}[./-]\d{1,2}[./-](\d{4})\.?\s*$"
_DASH = r"^\s*[-–—−]\s*$"


@dataclass(frozen=True)
class Tidied:
    """The observations of a table, and how many of its rows said nothing (no year, no figure)."""

    reading: sources.Reading
    silent_rows: int


def observations(
    table: WorkingTable, mapping: Mapping, headings: list[str], log: sources.Log | None = None
) -> Tidied:
    """Read a working table as its mapping says; raises FileUnreadable with a sentence in the reader's language.

    log: hears of every row that cannot be used, with its line in the file.
    """
    rows = table.frame.filter(pl.col("line") > mapping.header_last)
    long = _long(rows, table, mapping, headings)
    says_nothing = (pl.col(VALUE) == "") & ((pl.col(YEAR) == "") | (pl.col(REGION) == ""))
    cells = long.collect()
    kept = cells.filter(~says_nothing)
    silent_rows = cells.height - kept.height
    del cells
    if not kept.height:
        raise FileRefused(
            _(
                "Below the header, line %(line)s, there is no row with a year or a figure. Correct the header rows or the columns."
            )
            % {"line": mapping.header_last}
        )
    lines = kept["line"]
    decimal = mapping.decimal or None
    if table.has_numbers:
        kept, decimal = _one_style(kept, decimal, lines)
    with _tidy_csv() as path:
        kept.drop("line", "number").write_csv(path)
        activity = ACTIVITY if ACTIVITY in kept.columns else None
        del kept  # the texts of millions of cells: from here on they are in the file
        return Tidied(_read(path, activity, decimal, lines, log), silent_rows)


def _long(rows: pl.LazyFrame, table: WorkingTable, mapping: Mapping, headings: list[str]) -> pl.LazyFrame:
    """line, the codes, year, value (text), number (where the cell of a workbook is one): a row for each figure."""
    codes = [
        _text(place).alias(role.removeprefix(DIMENSION))
        for place, role in enumerate(mapping.roles)
        if role in (REGION, ACTIVITY, FLAG) or role.startswith(DIMENSION)
    ]
    codes += [
        pl.lit(text).alias(key.removeprefix(DIMENSION))
        for key, text in mapping.constants.items()
        if text and key != YEAR and mapping.place(key) is None
    ]
    if across := mapping.places(ACROSS):
        years = [
            rows.select("line", *codes, **_figure(place, table, mapping)).with_columns(
                pl.lit(str(year_of_heading(headings[place]))).alias(YEAR), _at=pl.lit(place)
            )
            for place in across
        ]
        return pl.concat(years).sort("line", "_at", maintain_order=True).drop("_at")
    year, value = mapping.place(YEAR), mapping.place(VALUE)
    assert value is not None  # the mapping was checked
    said = pl.lit(mapping.constants.get(YEAR, "")) if year is None else _year(_text(year))
    return rows.select("line", *codes, said.alias(YEAR), **_figure(value, table, mapping))


def _text(place: int) -> pl.Expr:
    return pl.col(f"c{place}").fill_null("")


def _figure(place: int, table: WorkingTable, mapping: Mapping) -> dict[str, pl.Expr]:
    text = _text(place)
    if mapping.dash:
        text = (
            pl.when(text.str.contains(_DASH))
            .then(pl.lit("0" if mapping.dash == "zero" else ":"))
            .otherwise(text)
        )
    number = pl.col(f"n{place}") if table.has_numbers else pl.lit(None, dtype=pl.Float64)
    return {VALUE: text, "number": number}


def _year(text: pl.Expr) -> pl.Expr:
    """The year of “2015 г.”, of a date, of a date as text; anything else stays, and is refused with its line."""
    found = [text.str.extract(pattern, 1) for pattern in (_YEAR_WITH_WORD, _ISO_DATE, _DAY_FIRST)]
    return pl.coalesce(*found, text)


def _one_style(kept: pl.DataFrame, decimal: str | None, lines: pl.Series) -> tuple[pl.DataFrame, str]:
    """Real numbers have a decimal point whatever the texts beside them have: all are written as the texts are."""
    texts = kept.filter(pl.col("number").is_null() & pl.col(VALUE).str.contains(r"\d"))
    if decimal is None and texts.height:
        probe = pl.DataFrame({REGION: "BG", YEAR: "2000", VALUE: texts[VALUE]})
        with _tidy_csv() as path:
            probe.write_csv(path)
            decimal = _read(path, None, None, texts["line"]).decimal
    decimal = decimal or "."
    if decimal == ",":
        written = pl.col(VALUE).str.replace(".", ",", literal=True)
        kept = kept.with_columns(
            pl.when(pl.col("number").is_not_null()).then(written).otherwise(pl.col(VALUE)).alias(VALUE)
        )
    return kept, decimal


@contextmanager
def _tidy_csv() -> Iterator[Path]:
    """A file to write a tidy CSV into; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-") as folder:
        yield Path(folder) / "tidy.csv"


def _read(
    path: Path, activity: str | None, decimal: str | None, lines: pl.Series, log: sources.Log | None = None
) -> sources.Reading:
    """Read a tidy CSV whose activities stand in this column. lines: where its rows come from."""
    try:
        reading = sources.read(
            path,
            name="",
            format=sources.TIDY_CSV,
            region_column=REGION,
            activity_column=activity,
            decimal=decimal,
            log=_AtItsLine(log, lines) if log else None,
        )
    except sources.SourceError as obstacle:
        raise _refused(obstacle, lines) from obstacle
    back = reading.observations.with_columns(
        line=lines.gather(reading.observations["line"] - 2).cast(pl.UInt32)
    )
    problems = tuple(_at_its_line(one, lines) for one in reading.problems)
    return replace(reading, observations=back, problems=problems)


@dataclass(frozen=True)
class _AtItsLine:
    """Tells a log of problems at the lines of the file they came from."""

    log: sources.Log
    lines: pl.Series

    def note(self, problem: sources.Problem) -> None:
        self.log.note(_at_its_line(problem, self.lines))

    def forget(self) -> None:
        self.log.forget()


def _at_its_line(problem: sources.Problem, lines: pl.Series) -> sources.Problem:
    return replace(problem, line=_line(problem.line, lines), value=problem.value.strip('"'))


def _refused(obstacle: sources.SourceError, lines: pl.Series) -> FileUnreadable:
    params = {
        key: _line(value, lines) if key in ("line", "other_line") else value
        for key, value in obstacle.params.items()
    }
    said = wording.obstacle(obstacle.slug, params) or str(obstacle)
    # In the browser the decimal sign is a field of the page, not an option of a command.
    return FileUnreadable(re.sub(r"\s*\(--decimal\)", "", said))


def _line(tidy_line: int, lines: pl.Series) -> int:
    place = tidy_line - 2
    return int(lines[place]) if 0 <= place < len(lines) else tidy_line
