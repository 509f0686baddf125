"""From bytes as they came to bytes as they were meant: unpacked block by block, and never past the bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from regional_analytics.sources.errors import FileTooLarge, OtherFormat, SeveralFiles, TruncatedFile

Content = bytes | memoryview | Path

_CHUNK = 1 << 18
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_OFFICE = {  # what an office document has inside, and what it then is
    "xl/workbook.xml": "an Excel workbook",
    "xl/workbook.bin": "an Excel workbook",
    "word/document.xml": "a Word document",
    "META-INF/manifest.xml": "an OpenDocument file",
}
_AS_CSV = "its table saved as CSV in UTF-8"


@dataclass(frozen=True)
class Limits:
    """How much may be unpacked: max_bytes in all, and max_ratio times the packed size once above free_bytes.

    max_cells bounds tables that state their size instead of listing their cells.
    """

    max_bytes: int = 2 << 30
    max_ratio: int = 200
    free_bytes: int = 64 << 20
    max_cells: int = 20_000_000

    def allowed(self, packed: int) -> int:
        """The bytes that so many packed bytes may become."""
        return min(self.max_bytes, max(self.free_bytes, packed * self.max_ratio))


DEFAULT = Limits()


def blocks(content: Content, limits: Limits = DEFAULT) -> Iterator[bytes]:
    """The unpacked content in blocks of at most _CHUNK bytes, none empty; raises SourceError."""
    packed = content.stat().st_size if isinstance(content, Path) else len(content)
    start = next(_pieces(content), b"")[:4]
    if start[:2] == _GZIP:
        found, limit = _gunzipped(_pieces(content)), limits.allowed(packed)
    elif start == _ZIP:
        found, limit = _unzipped(content), limits.allowed(packed)
    else:
        found, limit = _pieces(content), limits.max_bytes
    size = 0
    for block in found:
        size += len(block)
        if size > limit:
            raise FileTooLarge(limit=limit, packed=packed)
        yield block


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, Path):
        with content.open("rb", buffering=0) as file:
            while piece := file.read(_CHUNK):
                yield piece
    else:
        for start in range(0, len(content), _CHUNK):
            yield bytes(content[start : start + _CHUNK])


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """All members of a gzip file, each inflated by at most a block at a time."""
    machine = None
    for piece in pieces:
        rest = piece
        while rest or machine:
            if machine is None:
                rest = rest.lstrip(b"\0")  # tapes and some servers pad with zeros
                if not rest:
                    break
                machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                part = machine.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise TruncatedFile(what="gzip: the content does not fit its check sum") from error
            if part:
                yield part
            if machine.eof:
                rest, machine = machine.unused_data, None
                continue
            rest = machine.unconsumed_tail
            if not rest and len(part) < _CHUNK:
                break  # it waits for more
    if machine is not None:
        raise TruncatedFile(what="gzip: the end is missing")


def _unzipped(content: Content) -> Iterator[bytes]:
    """The one data file of a zip archive."""
    try:
        packed = content if isinstance(content, Path) else io.BytesIO(content)
        with zipfile.ZipFile(packed) as archive, archive.open(_data_file(archive)) as file:
            while part := file.read(_CHUNK):
                yield part
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, SeveralFiles | OtherFormat):
            raise
        raise TruncatedFile(what=f"zip: {error}") from error


def _data_file(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [
        one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")
    ]
    for member in members:
        if member.filename in _OFFICE:
            raise OtherFormat(format=_OFFICE[member.filename], instead=_AS_CSV)
    if len(members) != 1:
        raise SeveralFiles(count=len(members), names=", ".join(one.filename for one in members[:5]))
    return members[0]
