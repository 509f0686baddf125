"""The starter figures: published facts that travel with the package, so that the first start needs no internet.

Each file names its table, edition, licence and selection in its first lines. They are imported like any other file,
and `check` compares them with the tables they name.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import fitting, queries
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.obstacles import FileUnreadable
from clusterpolisee.evidence.starter.notes import NOTES
from clusterpolisee.shell.languages import format_number
from regional_analytics import sources

_CELL = ["region", "activity", "series", "year"]
_SUFFIX = ".csv.gz"
_READABLE = (".csv", ".tsv", ".json", ".gz", ".zip")


@dataclass(frozen=True)
class StarterFile:
    """One file of the pack with what its first lines say."""

    name: str
    content: bytes
    facts: dict[str, str]

    @property
    def table(self) -> str:
        return self.facts["table"]

    @property
    def retrieved_on(self) -> date:
        return date.fromisoformat(self.facts["retrieved"])

    @property
    def note(self) -> str:
        """Edition, selection and caveats in a few sentences, kept with the version."""
        return NOTES[self.table]


@dataclass(frozen=True)
class CheckResult:
    """One starter file next to the table it names."""

    table: str
    compared: int
    different: int
    absent: int
    differences: tuple[str, ...] = ()
    obstacle: str = ""

    @property
    def sentence(self) -> str:
        if self.obstacle:
            return f"{self.table}: {self.obstacle}"
        return _(
            "%(table)s: %(compared)s figures compared, %(different)s different, %(absent)s not in the tables."
        ) % {
            "table": self.table,
            "compared": format_number(self.compared),
            "different": format_number(self.different),
            "absent": format_number(self.absent),
        }


def starter_files(tables: Collection[str] | None = None) -> list[StarterFile]:
    """The pack in the order of file names, or what it has of some tables. A file is named after its table."""
    found = sorted(resources.files(__name__).iterdir(), key=lambda file: file.name)
    wanted = [file for file in found if file.name.endswith(_SUFFIX)]
    if tables is not None:
        wanted = [file for file in wanted if file.name.removesuffix(_SUFFIX) in tables]
    return [_opened(file.name, file.read_bytes()) for file in wanted]


def check(folder: Path) -> list[CheckResult]:
    """Compare every starter figure with the downloaded tables in a folder (and the folders inside it)."""
    tables = {table.code: table for table in queries.datasets()}
    return [_compared(file, tables[file.table], folder) for file in starter_files() if file.table in tables]


def _opened(name: str, content: bytes) -> StarterFile:
    facts: dict[str, str] = {}
    with gzip.open(io.BytesIO(content), "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                break
            key, colon, value = line[1:].partition(":")
            if colon and key.strip() in (
                "table",
                "edition",
                "retrieved",
                "selection",
                "note",
                "licence",
                "address",
            ):
                facts[key.strip()] = value.strip()
    return StarterFile(name, content, facts)


def _compared(file: StarterFile, table: Dataset, folder: Path) -> CheckResult:
    ours = _cells(fitting.read(file.content, file.name), table)
    published = [_cells(reading, table) for reading in _readings(table.code, folder)]
    if not published:
        return CheckResult(file.table, 0, 0, ours.height, obstacle=_("no file of this table was found."))
    theirs = (
        pl.concat(published).unique(_CELL, keep="last").rename({"value": "published", "flag": "their_flag"})
    )
    both = ours.join(theirs, on=_CELL, how="left", coalesce=True)
    absent = both.filter(pl.col("their_flag").is_null())
    found = both.filter(pl.col("their_flag").is_not_null())
    different = found.filter(~pl.col("value").eq_missing(pl.col("published")) | ~_same_flag())
    return CheckResult(
        file.table,
        found.height,
        different.height,
        absent.height,
        tuple(_difference(row) for row in different.head(20).iter_rows(named=True)),
    )


def _same_flag() -> pl.Expr:
    """Some editions were downloaded without flags: then there is nothing to compare."""
    return (pl.col("flag") == pl.col("their_flag")) | (pl.col("flag") == "") | (pl.col("their_flag") == "")


def _difference(row: dict[str, object]) -> str:
    cell = " ".join(str(row[name]) for name in ("region", "activity", "series", "year") if row[name])
    return f"{cell}: {row['value']} {row['flag']} ≠ {row['published']} {row['their_flag']}"


def _cells(reading: sources.Reading, table: Dataset) -> pl.DataFrame:
    frame = fitting.fit(reading, table).frame
    texts = [pl.col(name).cast(pl.String) for name in ("region", "activity", "series", "flag")]
    return frame.with_columns(texts).select(*_CELL, "value", "flag").unique(_CELL, keep="first")


def _readings(code: str, folder: Path) -> Iterator[sources.Reading]:
    """The files of one table: those that say so inside, and those that say so in their name."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix.lower() not in _READABLE:
            continue
        named = code.lower() in path.name.lower()
        try:
            reading = fitting.read(path, path.name)
        except FileUnreadable:
            continue
        said = (reading.dataset_code or "").lower()
        if said == code.lower() or (named and not said):
            yield reading
