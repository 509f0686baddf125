"""The archive: a ZIP with the rows of every table, the files, and a manifest that names each with size and hash.

    tables/<table>.jsonl    one row a line, a JSON list in the order of the manifest's columns
    files/<folder>/<path>   store/…, files/… and secret_key, byte for byte
    manifest.json           written last; what it does not name is not in the backup

Whatever is read is read in blocks and believed only as far as the manifest: no more bytes than it states, no name it
does not list, no name that leads out of the folder. docs/how-to/backup.md describes it for people.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from clusterpolisee.shell.backup.folders import KEPT, SECRET
from clusterpolisee.shell.backup.obstacles import (
    BackupDamaged,
    BackupIsNewer,
    CannotRead,
    CannotWrite,
    FileExists,
)

FORMAT = "clusterpolisee-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
LONGEST_LINE = 64 * 1024 * 1024
LONGEST_MANIFEST = 256 * 1024 * 1024
CHUNK = 1024 * 1024
_PACKED_WELL = {".csv", ".txt", ".json", ".toml", ".tsv", ".xml"}


@dataclass(frozen=True)
class Table:
    """The rows of one table. next_key: what the database would have numbered the next row; None where it does not."""

    name: str
    columns: list[str]
    rows: int
    next_key: int | None
    bytes: int
    sha256: str

    @property
    def entry(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class File:
    """One file, by its name in the instance."""

    name: str
    bytes: int
    sha256: str

    @property
    def entry(self) -> str:
        return f"files/{self.name}"


@dataclass
class Manifest:
    """What a backup holds and where it comes from."""

    made_at: str
    package_version: str
    database: str
    address: str
    migrations: dict[str, list[str]]
    tables: list[Table] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)
    tables_left_out: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def size(self) -> int:
        """Bytes, when unpacked."""
        return sum(table.bytes for table in self.tables) + sum(file.bytes for file in self.files)


# Writing -------------------------------------------------------------------------------------------------


class Writing:
    """An archive that is being written."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped

    def table(self, name: str, columns: list[str], next_key: int | None, rows: Iterable[list[Any]]) -> Table:
        lines = ((json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode() for row in rows)
        counted = _Counted(lines)
        size, sha256 = self._add(f"tables/{name}.jsonl", counted, packed=True)
        return Table(name, columns, counted.count, next_key, size, sha256)

    def file(self, name: str, source: IO[bytes]) -> File:
        blocks = iter(lambda: source.read(CHUNK), b"")
        size, sha256 = self._add(f"files/{name}", blocks, packed=Path(name).suffix in _PACKED_WELL)
        return File(name, size, sha256)

    def manifest(self, manifest: Manifest) -> None:
        said = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(manifest)}
        self._add(MANIFEST, [json.dumps(said, ensure_ascii=False, indent=1).encode()], packed=True)

    def _add(self, entry: str, blocks: Iterable[bytes], *, packed: bool) -> tuple[int, str]:
        info = zipfile.ZipInfo(entry)  # the same date for all: equal instances give equal parts
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        size, digest = 0, hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=True) as out:
            for block in blocks:
                out.write(block)
                digest.update(block)
                size += len(block)
        return size, digest.hexdigest()


class _Counted:
    """Lines on their way, and how many there were. A line no restore would take stops the backup."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            if len(line) > LONGEST_LINE:
                raise CannotWrite(
                    _("a row"), _("it is longer than %(bytes)s bytes") % {"bytes": LONGEST_LINE}
                )
            self.count += 1
            yield line


@contextmanager
def written(target: Path) -> Iterator[Writing]:
    """Write beside the target, make it durable, then give it its name: never over another file, never half."""
    if target.exists():
        raise FileExists(target)
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)  # it holds people's addresses
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True, compresslevel=6) as zipped:
                yield Writing(zipped)
            file.flush()
            os.fsync(file.fileno())
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))  # fails where somebody was a moment faster
        aside.replace(target)
        _make_durable(target.parent)
    except FileExistsError as taken:
        raise FileExists(target) from taken
    except OSError as mistake:
        raise CannotWrite(target, mistake.strerror or str(mistake)) from mistake
    finally:
        aside.unlink(missing_ok=True)


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# Reading -------------------------------------------------------------------------------------------------


class Archive:
    """An archive that is being read."""

    def __init__(self, file: Path, zipped: zipfile.ZipFile) -> None:
        self.file = file
        self._zip = zipped
        self._refuse_other_packings()
        self.manifest = self._manifest()
        self._refuse_what_cannot_be()

    def lines(self, table: Table) -> Iterator[list[Any]]:
        """The rows of a table; the last is followed by the comparison of its hash."""
        count = 0
        with self._opened(table) as blocks:
            for line in _lines(blocks):
                row = _parsed(line)
                if not isinstance(row, list) or len(row) != len(table.columns):
                    raise self.damaged(
                        _("line %(line)s of %(part)s is no row") % {"line": count + 1, "part": table.entry}
                    )
                count += 1
                yield row
        if count != table.rows:
            raise self.damaged(
                _("%(part)s has another number of rows than it should") % {"part": table.entry}
            )

    def copy(self, file: File, target: IO[bytes] | None = None) -> None:
        """Read one file to its end, comparing its hash; into target, where one is given."""
        with self._opened(file) as blocks:
            for block in blocks:
                if target is not None:
                    target.write(block)

    def damaged(self, what: str) -> BackupDamaged:
        return BackupDamaged(self.file, what)

    @contextmanager
    def _opened(self, part: Table | File) -> Iterator[Iterator[bytes]]:
        try:
            with self._zip.open(part.entry) as source:
                yield self._checked(source, part)
        except _ZIP_TROUBLES as trouble:
            raise self.damaged(_("%(part)s cannot be read") % {"part": part.entry}) from trouble

    def _checked(self, source: IO[bytes], part: Table | File) -> Iterator[bytes]:
        size, digest = 0, hashlib.sha256()
        while block := source.read(CHUNK):
            size += len(block)
            if size > part.bytes:
                break
            digest.update(block)
            yield block
        if size != part.bytes or digest.hexdigest() != part.sha256:
            raise self.damaged(_("%(part)s is not what was written") % {"part": part.entry})

    def _manifest(self) -> Manifest:
        try:
            info = self._zip.getinfo(MANIFEST)
            if info.file_size > LONGEST_MANIFEST:
                raise self.damaged(_("its manifest is too large"))
            with self._zip.open(info) as source:
                said = json.loads(source.read(LONGEST_MANIFEST))
            if said.pop("format") != FORMAT:
                raise self.damaged(_("its manifest is of something else"))
            if (version := int(said.pop("format_version"))) > FORMAT_VERSION:
                raise BackupIsNewer(
                    self.file, str(said["package_version"]), _("format %(number)s") % {"number": version}
                )
            tables = [Table(**table) for table in said.pop("tables")]
            files = [File(**file) for file in said.pop("files")]
            return Manifest(**said, tables=tables, files=files)
        except (*_ZIP_TROUBLES, KeyError, TypeError, ValueError, AttributeError, RecursionError) as trouble:
            raise self.damaged(_("its manifest is missing or cannot be read")) from trouble

    def _refuse_other_packings(self) -> None:
        """We pack in two ways only; others have troubles of their own, and bombs that are larger by far."""
        for info in self._zip.infolist():
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.damaged(_("%(part)s cannot be read") % {"part": repr(info.filename[:200])})

    def _refuse_what_cannot_be(self) -> None:
        """Names and sizes, before a byte is unpacked: two entries of one name, names that lead elsewhere, bombs."""
        entries = [info.filename for info in self._zip.infolist()]
        parts: list[Table | File] = [*self.manifest.tables, *self.manifest.files]
        listed = [part.entry for part in parts]
        if len(set(entries)) != len(entries) or len(set(listed)) != len(listed):
            raise self.damaged(_("a part stands in it more than once"))
        if wrong := [file.name for file in self.manifest.files if not _is_safe(file.name)]:
            raise self.damaged(
                _("it names a file outside the instance (%(name)s)") % {"name": repr(wrong[0][:200])}
            )
        if strange := sorted(set(entries) - {*listed, MANIFEST}):
            raise self.damaged(
                _("it holds something its manifest does not name (%(name)s)")
                % {"name": repr(strange[0][:200])}
            )
        if lacking := sorted(set(listed) - set(entries)):
            raise self.damaged(_("%(part)s is missing") % {"part": lacking[0][:200]})
        for part in parts:
            if self._zip.getinfo(part.entry).file_size != part.bytes or part.bytes < 0:
                raise self.damaged(_("%(part)s has another size than it should") % {"part": part.entry})


_ZIP_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError)


def _is_safe(name: str) -> bool:
    """Whether a name leads to a file of the kept folders: no way up, no root, no odd letters."""
    if name == SECRET:
        return True
    folder, *rest = name.split("/")
    plain = name.isprintable() and "\\" not in name and len(name.encode()) <= 1000
    return folder in KEPT and bool(rest) and plain and not any(step in ("", ".", "..") for step in rest)


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines out of blocks; one without an end is not gathered for ever."""
    left = b""
    for block in blocks:
        *whole, left = (left + block).split(b"\n")
        yield from whole
        if len(left) > LONGEST_LINE:
            raise zipfile.BadZipFile("a line without an end")
    if left:
        yield left


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Read a backup; raises BackupDamaged or BackupIsNewer before anything is done with it."""
    try:
        zipped = zipfile.ZipFile(file)
    except OSError as mistake:
        raise CannotRead(file, mistake.strerror or str(mistake)) from mistake
    except (*_ZIP_TROUBLES, ValueError) as trouble:
        raise BackupDamaged(file, _("it is cut off, or no ZIP archive")) from trouble
    with zipped:
        yield Archive(file, zipped)
