"""Working tables: a workbook's sheet, or a CSV, with every cell as text beside its line, to be looked at again and again.

They lie in the store under `working/`, are made from the raw bytes when somebody needs them, and can be thrown away.

    parts/0000.parquet …   line, c0, c1 … (texts), and n0, n1 … (numbers, where a cell of a workbook is one)
    about.json             width, rows, and what was odd in the sheet
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils.translation import gettext as _

from clusterpolisee.evidence import store
from clusterpolisee.evidence.importing import delimited, spreadsheet
from clusterpolisee.evidence.importing.refusals import COMMAND, FileRefused
from clusterpolisee.evidence.importing.spreadsheet import Cells, Survey
from clusterpolisee.evidence.importing.telling import Say, in_silence
from clusterpolisee.evidence.models import Upload
from clusterpolisee.shell.languages import format_number

ROWS_PER_PART = 50_000
ROWS_AT_ONCE = 1_000  # as lists; with all of a part, half of the time goes into Python's garbage collection
SAID_AFTER = 10_000  # rows
ABANDONED_AFTER = 86_400.0  # seconds: what a killed worker left half made
_HALF_MADE = ("-making-", "-raw-")
MOST_COLUMNS = 400


@dataclass(frozen=True)
class WorkingTable:
    """One sheet or file as rows of texts."""

    folder: Path
    width: int
    rows: int
    has_numbers: bool = False
    survey: Survey = field(default_factory=Survey)

    @cached_property
    def frame(self) -> pl.LazyFrame:
        """line, c0 …, and n0 … for workbooks; missing cells are null."""
        parts = [pl.scan_parquet(part, glob=False) for part in sorted((self.folder / "parts").iterdir())]
        return pl.concat(parts, how="diagonal")

    def first(self, count: int) -> list[tuple[int, list[str]]]:
        """The first rows that hold anything: line and texts."""
        texts = [f"c{index}" for index in range(self.width)]
        found = self.frame.select("line", *texts).head(count).collect()
        return [(int(line), [cell or "" for cell in cells]) for line, *cells in found.iter_rows()]


def made(sha256: str, place: int | None) -> WorkingTable | None:
    """The working table of a sheet, or of a CSV (None), where it was made before."""
    return _kept(_name(sha256, place))


def of_workbook(path: Path, sha256: str, place: int, say: Say = in_silence) -> WorkingTable:
    """Make the working table of one sheet."""

    def looked(done: int, of: int) -> None:
        say("evidence.import-surveying", done=_mb(done), of=_mb(of))

    noticed = spreadsheet.survey(path, place, told=looked)
    rows = _counted(spreadsheet.rows(path, place, noticed), noticed.rows, say)
    return _make(_name(sha256, place), rows, noticed, has_numbers=True)


def of_text(path: Path, sha256: str, say: Say = in_silence) -> WorkingTable:
    """Make the working table of a CSV."""
    sample = list(islice(delimited.text_lines(path), 200))
    lines = 0
    if say is not in_silence:
        say("evidence.import-counting")
        lines = delimited.count_lines(path)
    rows = _counted(delimited.rows(path, delimited.separator_in(sample)), lines, say)
    return _make(_name(sha256, None), rows, Survey())


def rejected_path(upload: Upload) -> Path:
    """Where the rows lie that the last check of an upload set aside; there is no file before the first."""
    return root() / f"{upload.sha256}-checked-{upload.token}" / "rejected.csv"


def sweep(known: Collection[str]) -> None:
    """Throw away the working tables of files that nobody is bringing. known: their hashes."""
    old = time.time() - ABANDONED_AFTER
    for folder in root().glob("*"):
        is_abandoned = any(mark in folder.name for mark in _HALF_MADE) and folder.stat().st_mtime < old
        if is_abandoned or folder.name.partition("-")[0] not in known:
            shutil.rmtree(folder, ignore_errors=True) if folder.is_dir() else folder.unlink(missing_ok=True)


@contextmanager
def raw_file(sha256: str) -> Iterator[Path]:
    """The original bytes as a file of their own: the store may keep them compressed."""
    path = store.raw_path(sha256)
    if path.exists():
        yield path
        return
    if not store.has_raw(sha256):
        raise FileRefused(_("The file is not in the store any more. Bring it again."))
    aside = root() / f"{sha256}-raw-{secrets.token_hex(4)}"
    aside.parent.mkdir(parents=True, exist_ok=True)
    try:
        with store.opened_raw(sha256) as packed, aside.open("wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)
        yield aside
    finally:
        aside.unlink(missing_ok=True)


def root() -> Path:
    return store.root() / "working"


def _name(sha256: str, place: int | None) -> str:
    return f"{sha256}-{'csv' if place is None else place}"


def _counted(rows: Iterator[Cells], of: int, say: Say) -> Iterator[Cells]:
    """The rows, with a word to whoever waits after each part of them."""
    for count, row in enumerate(rows):
        if count % SAID_AFTER == 0:
            say("evidence.import-rows", done=min(row[0], of), of=of)
        yield row


def _mb(count: int) -> int:
    return max(1, count >> 20)


def _kept(name: str) -> WorkingTable | None:
    about = root() / name / "about.json"
    if not about.exists():
        return None
    said = json.loads(about.read_text())
    odd = said.pop("survey")
    survey = Survey(
        rows=odd["rows"],
        merged=[tuple(one) for one in odd["merged"]],
        without_result={(row, column): text for row, column, text in odd["without_result"]},
        formulas=odd["formulas"],
        errors={(row, column): text for row, column, text in odd["errors"]},
    )
    return WorkingTable(about.parent, **said, survey=survey)


def _make(name: str, rows: Iterator[Cells], survey: Survey, *, has_numbers: bool = False) -> WorkingTable:
    """Write the parts aside and give the folder its name at the end; two makers make the same."""
    root().mkdir(parents=True, exist_ok=True)
    aside = root() / f"{name.partition('-')[0]}-making-{secrets.token_hex(6)}"
    (aside / "parts").mkdir(parents=True)
    try:
        width, count = _write(aside / "parts", rows, has_numbers=has_numbers)
        about = {"width": width, "rows": count, "has_numbers": has_numbers, "survey": _kept_survey(survey)}
        (aside / "about.json").write_text(json.dumps(about))
        give_name(aside, root() / name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return WorkingTable(root() / name, width, count, has_numbers, survey)


def give_name(aside: Path, target: Path) -> None:
    """What is complete gets its name; where somebody else was faster, theirs stays: it says the same."""
    try:
        aside.rename(target)
    except OSError:
        if not target.exists():
            raise


def _kept_survey(survey: Survey) -> dict[str, object]:
    """As JSON can say it, with as many cells as a person would look up."""
    said = asdict(survey)
    for name in ("without_result", "errors"):
        cells = list(getattr(survey, name).items())[:100]
        said[name] = [[row, column, text] for (row, column), text in cells]
    said["merged"] = said["merged"][:100]
    return said


def _write(folder: Path, rows: Iterator[Cells], *, has_numbers: bool) -> tuple[int, int]:
    """Part after part, rows without any text left out. Returns the width and the number of rows."""
    width = count = number = cells_seen = 0
    filled = (row for row in rows if any(row[1]))
    frames = (
        _frame(some, has_numbers=has_numbers) for some in iter(lambda: list(islice(filled, ROWS_AT_ONCE)), [])
    )
    while part := list(islice(frames, ROWS_PER_PART // ROWS_AT_ONCE)):
        frame = pl.concat(part, how="diagonal")
        widest = sum(name.startswith("c") for name in frame.columns)
        width, count, number = max(width, widest), count + frame.height, number + 1
        cells_seen += widest * frame.height
        _refuse_too_many(cells_seen)
        frame.write_parquet(folder / f"{number:04}.parquet")
    if not count:
        raise FileRefused(
            _("There is nothing in the table: every cell is empty. Choose another sheet or file.")
        )
    return width, count


def _refuse_too_wide(width: int) -> None:
    if width > MOST_COLUMNS:
        raise FileRefused(
            _(
                "The table has %(width)s columns; at most %(limit)s are read. Check the separators, or take a part of it."
            )
            % {"width": width, "limit": MOST_COLUMNS}
        )


def _refuse_too_many(cells: int) -> None:
    if cells > settings.IMPORT_LIMIT_CELLS:
        raise FileRefused(
            _(
                "The table has more than %(limit)s cells, the most that are read in the browser. Bring a part of it, or a file without the columns that are not used; whoever runs this site can bring it whole, by “%(command)s”."
            )
            % {"limit": format_number(settings.IMPORT_LIMIT_CELLS), "command": COMMAND}
        )


def _frame(rows: list[Cells], *, has_numbers: bool) -> pl.DataFrame:
    width = max(len(texts) for _line, texts, _numbers in rows)
    _refuse_too_wide(width)
    columns = [pl.Series("line", [line for line, _texts, _numbers in rows], dtype=pl.UInt32)]
    for index in range(width):
        texts = [texts[index] if index < len(texts) else "" for _line, texts, _numbers in rows]
        columns.append(pl.Series(f"c{index}", texts, dtype=pl.String))
        if has_numbers:
            numbers = [numbers[index] if index < len(numbers) else None for _line, _texts, numbers in rows]
            columns.append(pl.Series(f"n{index}", numbers, dtype=pl.Float64))
    return pl.DataFrame(columns)
