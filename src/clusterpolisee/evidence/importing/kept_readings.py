"""Readings of long files, kept beside their working tables: read once in the background, looked at by page after page.

<hash>-book.json              which sheets a workbook has
<hash>-read-<key>/            what a mapping made of the rows; key: of everything the reading depends on
    observations.parquet  about.json  unreadable.csv
"""

from __future__ import annotations

import json
import secrets
import shutil
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import polars as pl

from clusterpolisee.evidence.importing import working
from clusterpolisee.evidence.importing.spreadsheet import Book, Sheet
from clusterpolisee.evidence.report import INFO, Finding
from clusterpolisee.evidence.unusable import Noted
from regional_analytics import sources
from regional_analytics.tables import OBSERVATION_SCHEMA


@dataclass(frozen=True)
class Reading:
    """Observations before codes are decided on, as they lie on disk or as they were just read."""

    reading: sources.Reading
    silent_rows: int
    unreadable: Noted

    @property
    def findings(self) -> list[Finding]:
        return [Finding("silent_rows", INFO, self.silent_rows)] if self.silent_rows else []


def keep(sha256: str, key: str, read: Reading) -> None:
    """Write it aside and give it its name at the end."""
    working.root().mkdir(parents=True, exist_ok=True)
    aside = working.root() / f"{sha256}-making-{secrets.token_hex(6)}"
    aside.mkdir()
    try:
        read.reading.observations.write_parquet(aside / "observations.parquet", row_group_size=100_000)
        read.unreadable.kept_at(aside / "unreadable.csv")
        about = {one.name: getattr(read.reading, one.name) for one in fields(sources.Reading)}
        del about["observations"]
        about["problems"] = [asdict(problem) for problem in read.reading.problems]
        (aside / "about.json").write_text(json.dumps({**about, "silent_rows": read.silent_rows}))
        working.give_name(aside, _folder(sha256, key))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def is_kept(sha256: str, key: str) -> bool:
    return _folder(sha256, key).exists()


def kept(sha256: str, key: str) -> Reading | None:
    """The whole reading, in memory; None where it was not read yet."""
    folder = _folder(sha256, key)
    if not folder.exists():
        return None
    about = json.loads((folder / "about.json").read_text())
    silent = about.pop("silent_rows")
    about["problems"] = tuple(sources.Problem(**one) for one in about["problems"])
    about |= {key: tuple(value) for key, value in about.items() if isinstance(value, list)}
    frame = pl.read_parquet(folder / "observations.parquet", glob=False)
    columns = [pl.col(name).cast(dtype) for name, dtype in OBSERVATION_SCHEMA.items()]
    reading = sources.Reading(observations=frame.select(columns), **about)
    return Reading(reading, silent, Noted.of(folder / "unreadable.csv"))


def scan(sha256: str, key: str) -> pl.LazyFrame | None:
    """Its observations, to be asked without all being in memory."""
    path = _folder(sha256, key) / "observations.parquet"
    return pl.scan_parquet(path, glob=False) if path.exists() else None


def dataset_code(sha256: str, key: str) -> str | None:
    """The table the file says it holds."""
    about = _folder(sha256, key) / "about.json"
    return json.loads(about.read_text())["dataset_code"] if about.exists() else None


def keep_book(sha256: str, book: Book) -> None:
    working.root().mkdir(parents=True, exist_ok=True)
    aside = working.root() / f"{sha256}-making-{secrets.token_hex(6)}.json"
    aside.write_text(json.dumps(asdict(book)))
    aside.replace(_book(sha256))


def kept_book(sha256: str) -> Book | None:
    path = _book(sha256)
    if not path.exists():
        return None
    said = json.loads(path.read_text())
    return Book(tuple(Sheet(**one) for one in said["sheets"]), said["external_links"])


def _folder(sha256: str, key: str) -> Path:
    return working.root() / f"{sha256}-read-{key}"


def _book(sha256: str) -> Path:
    return working.root() / f"{sha256}-book.json"
