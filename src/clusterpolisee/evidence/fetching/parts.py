"""Parts of a table on disk: what has been answered is not asked again, also after the program was killed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from clusterpolisee.evidence.fetching.errors import FetchError
from clusterpolisee.evidence.fetching.query import Query

FRESH_SECONDS = 20 * 3600.0  # sources publish twice a day: older parts might not belong together
DATA, NOTHING, SPLIT, LATER = "data", "nothing", "split", "later"


@dataclass(frozen=True)
class Part:
    """What is known of one query: answered with data or with nothing, split, or promised for later."""

    state: str
    at: float
    url: str = ""
    sha256: str = ""
    ticket: str = ""
    etag: str = ""
    last_modified: str = ""


class Parts:
    """The folder of one table's parts."""

    def __init__(self, folder: Path, table: str) -> None:
        self._folder = folder / table
        self._table = table

    @contextmanager
    def held(self) -> Iterator[None]:
        """Only one may fetch a table at a time; a process that dies lets go by dying."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._folder.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FetchError("under_way", table=self._table) from None
            yield

    def file_of(self, query: Query) -> Path:
        return self._folder / f"{query.name}.data"

    @property
    def joined(self) -> Path:
        return self._folder / "joined"

    def belong_to(self, edition: str) -> None:
        """Forget what came of another edition of the table. Where the source names none, only age tells."""
        mark = self._folder / "edition"
        if not edition or (mark.exists() and mark.read_text() == edition):
            return
        self.clear()
        self._folder.mkdir(parents=True)
        mark.write_text(edition)

    def get(self, query: Query, now: float) -> Part | None:
        """What is known of a query; nothing where it is too old, or where its file is not what it was."""
        try:
            part = Part(**json.loads(self._facts(query).read_text()))
            if now - part.at > FRESH_SECONDS:
                return None
            if part.state == DATA and part.sha256 != _sha256(self.file_of(query)):
                return None
        except (OSError, ValueError, TypeError):
            return None
        return part

    def keep(self, query: Query, part: Part) -> Part:
        """Write down what is known of a query; the file of a part is there before."""
        if part.state == DATA:
            part = Part(**{**asdict(part), "sha256": _sha256(self.file_of(query))})
        aside = self._facts(query).with_suffix(".new")
        aside.write_text(json.dumps(asdict(part)))
        aside.replace(self._facts(query))
        return part

    def forget(self, query: Query) -> None:
        self._facts(query).unlink(missing_ok=True)

    def clear(self) -> None:
        """The table is whole, or its parts do not belong together."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _facts(self, query: Query) -> Path:
        return self._folder / f"{query.name}.json"


def sweep(folder: Path, now: float | None = None) -> None:
    """Remove what nobody will take up any more."""
    before = (time.time() if now is None else now) - 7 * FRESH_SECONDS
    for found in folder.glob("*"):
        if found.is_dir() and all(one.stat().st_mtime < before for one in [found, *found.iterdir()]):
            shutil.rmtree(found, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
