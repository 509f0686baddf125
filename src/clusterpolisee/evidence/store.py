"""The store: raw files and observations on disk, under one folder, written once and never changed.

    raw/4e/4ea4c921…          the bytes of an imported file, named by their SHA-256
    versions/<table>/<token>/ observations.parquet, and rejected.csv where rows could not be used
    .staging-…                an import under way; whatever a killed one left is swept by the next

Files are written aside, made durable and then renamed; a folder that has its final name is complete. Which
version is current is a row in the database, so that a swap never touches a file that somebody is reading.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, cast

import polars as pl
from django.conf import settings

from regional_analytics.tables import StateEnum

OBSERVATIONS = "observations.parquet"
REJECTED = "rejected.csv"
COLUMNS = ("region", "nuts", "series", "activity", "year", "value", "state", "flag")
SORTED_BY = ("region", "nuts", "series", "activity", "year")
SCHEMA = pl.Schema(
    {
        "region": pl.String,
        "nuts": pl.Int16,
        "series": pl.String,
        "activity": pl.String,
        "year": pl.Int16,
        "value": pl.Float64,
        "state": StateEnum,
        "flag": pl.String,
    }
)
# Small enough that one region's rows touch one or two groups, large enough that the file's index stays light.
ROWS_PER_GROUP = 32_768
_STAGING = ".staging-"
_CHUNK = 1024 * 1024


class HasFolder(Protocol):
    """What the store needs to know of a version."""

    folder: str


def root() -> Path:
    return Path(settings.STORE_FOLDER)


# Reading -------------------------------------------------------------------------------------------------


def observations(
    version: HasFolder,
    *,
    regions: Collection[str] | None = None,
    activities: Collection[str] | None = None,
    series: Collection[str] | None = None,
    years: Collection[int] | None = None,
    nuts: int | None = None,
) -> pl.DataFrame:
    """The observations of a version, in the order of SORTED_BY; only the row groups that can match are read."""
    wanted = {"region": regions, "activity": activities, "series": series, "year": years}
    return _matching(version, wanted, nuts).collect()


def scan(version: HasFolder) -> pl.LazyFrame:
    """All observations of a version, to be asked without being in memory."""
    return pl.scan_parquet(root() / version.folder / OBSERVATIONS, glob=False, cache=False)


def observations_after(
    version: HasFolder,
    place: Sequence[str | int] | None,
    *,
    limit: int,
    nuts: int | None = None,
    **wanted: Collection[Any] | None,
) -> pl.DataFrame:
    """The next observations after a place (the values of SORTED_BY), at most `limit`: how long answers are paged.

    wanted: by column, as `region`, `activity`, `series`, `year`, `state`. Row groups before the place are not read,
    and reading stops when the page is full.
    """
    frame = _matching(version, wanted, nuts)
    if place is not None:
        frame = frame.filter(pl.col("region") >= pl.lit(place[0]), _is_after(place))
    return frame.head(limit).collect(engine="streaming")


def _matching(
    version: HasFolder, wanted: Mapping[str, Collection[Any] | None], nuts: int | None
) -> pl.LazyFrame:
    frame = scan(version)
    for column, values in wanted.items():
        if values is not None:
            frame = frame.filter(_among(column, values))
    return frame if nuts is None else frame.filter(pl.col("nuts") == nuts)


def _is_after(place: Sequence[str | int]) -> pl.Expr:
    """Later in the order of SORTED_BY: greater in one column and equal in all before it."""
    later = pl.lit(value=False)
    for column, value in reversed(list(zip(SORTED_BY, place, strict=True))):
        here = pl.lit(value, dtype=SCHEMA[column])
        later = (pl.col(column) > here) | ((pl.col(column) == here) & later)
    return later


def _among(column: str, wanted: Collection[str] | Collection[int]) -> pl.Expr:
    """Equality prunes better than membership, and bounds let membership prune at all."""
    values = sorted(set(wanted))
    if not values:
        return pl.lit(value=False)
    if column == "state":  # its order is not that of its letters
        return pl.col(column).is_in(pl.Series(values, dtype=StateEnum).implode())
    literals = [pl.lit(value, dtype=SCHEMA[column]) for value in values]
    if len(values) == 1:
        return pl.col(column) == literals[0]
    within = (pl.col(column) >= literals[0]) & (pl.col(column) <= literals[-1])
    return within & pl.col(column).is_in(pl.Series(values, dtype=SCHEMA[column]).implode())


def rejected_path(version: HasFolder) -> Path | None:
    """The rows that could not be used, with line and reason; None when there were none."""
    path = root() / version.folder / REJECTED
    return path if path.exists() else None


def raw_path(sha256: str) -> Path:
    """Where the bytes with this hash are kept (gzip-compressed unless they were compressed already)."""
    return root() / "raw" / sha256[:2] / sha256


def opened_raw(sha256: str) -> IO[bytes]:
    """The original bytes as they were imported, open for reading; whoever asks closes them."""
    path = raw_path(sha256)
    return path.open("rb") if path.exists() else cast("IO[bytes]", gzip.open(path.with_suffix(".gz"), "rb"))


def has_raw(sha256: str) -> bool:
    path = raw_path(sha256)
    return path.exists() or path.with_suffix(".gz").exists()


# Writing -------------------------------------------------------------------------------------------------


@contextmanager
def importing() -> Iterator[None]:
    """Hold the store for one import; others wait their turn. A process that dies lets go by dying."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / ".import-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def staging() -> Iterator[Path]:
    """A folder beside the versions to write into; gone afterwards unless it was given its final name."""
    folder = root() / f"{_STAGING}{os.getpid()}-{secrets.token_hex(6)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_observations(folder: Path, frame: pl.DataFrame | pl.LazyFrame) -> None:
    """Write sorted observations into a staging folder, durably."""
    path = folder / OBSERVATIONS
    columns = [pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()]
    frame.lazy().select(columns).sink_parquet(
        path,
        compression="zstd",
        statistics=True,
        row_group_size=ROWS_PER_GROUP,
        maintain_order=True,
    )
    make_durable(path)


def publish(folder: Path, dataset: str) -> str:
    """Give a complete staging folder its final name; returns it as a version keeps it."""
    name = f"versions/{dataset}/{secrets.token_hex(8)}"
    target = root() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    make_durable(folder)
    folder.rename(target)
    make_durable(target.parent)
    return name


def keep_raw(source: Path | bytes, sha256: str) -> None:
    """Keep the bytes under their hash: plain text is compressed, what is compressed already stays as it is."""
    if has_raw(sha256):
        return
    target = raw_path(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = root() / f"{_STAGING}{os.getpid()}-{secrets.token_hex(6)}.raw"
    try:
        with _opened(source) as file:
            compressed = file.read(2) in (b"\x1f\x8b", b"PK")
            file.seek(0)
            if compressed:
                with aside.open("wb") as out:
                    shutil.copyfileobj(file, out, _CHUNK)
            else:
                with gzip.GzipFile(aside, "wb", compresslevel=6, mtime=0) as out:
                    shutil.copyfileobj(file, out, _CHUNK)
                target = target.with_suffix(".gz")
        make_durable(aside)
        aside.replace(target)
        make_durable(target.parent)
    finally:
        aside.unlink(missing_ok=True)


def drop_folder(name: str) -> None:
    """Take back a published folder whose row in the database did not come to be."""
    shutil.rmtree(root() / name, ignore_errors=True)


def sweep(*, folders: Collection[str], raws: Collection[str]) -> int:
    """Remove what killed imports left: anything staged, and files no version knows. Only while `importing`."""
    swept = 0
    for leftover in root().glob(f"{_STAGING}*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        swept += 1
    for folder in root().glob("versions/*/*"):
        if folder.relative_to(root()).as_posix() not in folders:
            shutil.rmtree(folder)
            swept += 1
    for raw in root().glob("raw/*/*"):
        if raw.stem not in raws:
            raw.unlink()
            swept += 1
    return swept


# Hashes --------------------------------------------------------------------------------------------------


def sha256_of(source: Path | bytes) -> str:
    with _opened(source) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def observations_sha256(frame: pl.DataFrame) -> str:
    """A hash of what is said, not of how the file was packed: the same cells give the same hash."""
    digest = hashlib.sha256()
    columns = [pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()]
    for part in frame.iter_slices(250_000):
        digest.update(part.select(columns).write_csv(include_header=False).encode())
    return digest.hexdigest()


def _opened(source: Path | bytes) -> io.BufferedIOBase:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")  # type: ignore[return-value]


def make_durable(path: Path) -> None:
    """On disk, whatever happens to the machine now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
