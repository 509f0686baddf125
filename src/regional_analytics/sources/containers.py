"""From bytes as they came to text as it was meant: unpacked within bounds, in UTF-8."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from regional_analytics.sources.errors import (
    EmptyFile,
    FileTooLarge,
    SeveralFiles,
    TruncatedFile,
    WebPageInsteadOfData,
    WrongEncoding,
)

_CHUNK = 1 << 20
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
# The non-ASCII letters that tell old single-byte encodings apart, tried in this order.
_OLD_ENCODINGS = ("cp1251", "cp1253", "cp1250", "cp1252")


@dataclass(frozen=True)
class Limits:
    """How much may be unpacked: max_bytes in all, and max_ratio times the packed size once above free_bytes."""

    max_bytes: int = 2 << 30
    max_ratio: int = 200
    free_bytes: int = 64 << 20

    def allows(self, unpacked: int, packed: int) -> bool:
        return unpacked <= self.max_bytes and (unpacked <= self.free_bytes or unpacked <= packed * self.max_ratio)


DEFAULT = Limits()


def text_of(content: bytes | memoryview | Path, limits: Limits = DEFAULT) -> bytes:
    """The file's UTF-8 text, without byte order mark; raises SourceError."""
    raw = content.read_bytes() if isinstance(content, Path) else bytes(content)
    plain = unpacked(raw, limits)
    if not plain.strip():
        raise EmptyFile()
    plain = _utf8(plain)
    head = plain[:2048].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<") and b"<html" in head):
        found = _TITLE.search(plain[:20_000])
        raise WebPageInsteadOfData(title=" ".join(found[1].decode("utf-8", "replace").split())[:120] if found else "no title")
    return plain


def unpacked(raw: bytes, limits: Limits = DEFAULT) -> bytes:
    """Undo gzip or zip, told by the content; plain bytes come back as they are."""
    if raw[:2] == b"\x1f\x8b":
        return _gunzip(raw, limits)
    if raw[:4] == b"PK\x03\x04":
        return _unzip(raw, limits)
    if len(raw) > limits.max_bytes:
        raise FileTooLarge(limit=limits.max_bytes, packed=len(raw))
    return raw


def _gunzip(raw: bytes, limits: Limits) -> bytes:
    """All members of a gzip file, never holding more than the limit."""
    parts: list[bytes] = []
    size, rest = 0, raw
    while rest[:2] == b"\x1f\x8b":
        machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        waiting = rest
        while not machine.eof:
            try:
                part = machine.decompress(waiting, _CHUNK)
            except zlib.error as error:
                raise TruncatedFile(what="gzip: the content does not fit its check sum") from error
            waiting = machine.unconsumed_tail
            if not part and not waiting and not machine.eof:
                raise TruncatedFile(what="gzip: the end is missing")
            size += len(part)
            if not limits.allows(size, len(raw)):
                raise FileTooLarge(limit=min(limits.max_bytes, max(limits.free_bytes, len(raw) * limits.max_ratio)), packed=len(raw))
            parts.append(part)
        rest = machine.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _unzip(raw: bytes, limits: Limits) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
            if len(members) != 1:
                names = ", ".join(one.filename for one in members[:5])
                raise SeveralFiles(count=len(members), names=names)
            parts, size = [], 0
            with archive.open(members[0]) as file:
                while part := file.read(_CHUNK):
                    size += len(part)
                    if not limits.allows(size, len(raw)):
                        raise FileTooLarge(limit=limits.max_bytes, packed=len(raw))
                    parts.append(part)
            return b"".join(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise TruncatedFile(what=f"zip: {error}") from error


def _utf8(plain: bytes) -> bytes:
    if plain[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return plain.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise TruncatedFile(what="UTF-16: half a character at the end") from error
    plain = plain.removeprefix(b"\xef\xbb\xbf")
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError as error:
        line = plain.count(b"\n", 0, error.start) + 1
        raise WrongEncoding(position=error.start, line=line, guess=_guess(plain[error.start :][:4000])) from error
    return plain


def _guess(sample: bytes) -> str:
    """The old encoding in which the odd bytes are mostly letters of one script."""
    best, most = "an older encoding", 0
    for encoding in _OLD_ENCODINGS:
        text = sample.decode(encoding, "ignore")
        letters = sum(1 for letter in text if ord(letter) > 127 and letter.isalpha())
        if encoding == "cp1253":
            letters = sum(1 for letter in text if "\u0386" <= letter <= "\u03ce")
        if encoding == "cp1251":
            letters = sum(1 for letter in text if "\u0400" <= letter <= "\u045f" and letter.islower())
        if letters > most:
            best, most = f"Windows-{encoding[2:]}", letters
    return best
