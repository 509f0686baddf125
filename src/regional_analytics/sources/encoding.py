"""Text is UTF-8 here. UTF-16 with its mark is turned into it; for the rest we say which byte does not belong."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from regional_analytics.sources.errors import TruncatedFile, UnreadableFile, WrongEncoding

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 4000
# The letters a page of Bulgarian or Serbian, of Greek, of Croatian or Romanian cannot do without.
_FREQUENT = {
    "Windows-1251": "оаиентрсОАИЕНТРС",
    "Windows-1253": "αοιετσνάίόΑΟΙΕΤΣΝ",
    "Windows-1250": "čćšžđăâîşţŠŽČŞŢ",
}


def as_utf8(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks without byte order mark, UTF-16 turned into UTF-8. Whether it is UTF-8, `check` tells."""
    blocks = iter(blocks)
    first = next(blocks, b"")
    if first[:2] in _UTF16_MARKS:
        yield from _from_utf16(first, blocks)
        return
    first = first.removeprefix(_UTF8_MARK)
    if first:
        yield first
    yield from blocks


def _from_utf16(first: bytes, blocks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        for block in (first, *blocks):
            if text := decoder.decode(block):
                yield text.encode()
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise TruncatedFile(what=f"UTF-16: {error}") from error


def check(block: bytes, *, offset: int = 0, line: int = 1) -> None:
    """Raise WrongEncoding where a block of whole rows is not UTF-8, UnreadableFile where it is no text at all.

    offset, line   bytes before the block, and the line it begins in
    """
    if b"\0" in block:
        if _looks_like_utf16(block):
            raise WrongEncoding(
                position=offset + block.index(b"\0") + 1, line=line, guess="UTF-16 without its mark"
            )
        raise UnreadableFile(name="the file", beginning=repr(block[:20])[2:-1])
    if block.isascii():
        return
    try:
        block.decode()
    except UnicodeDecodeError as error:
        raise WrongEncoding(
            position=offset + error.start + 1,
            line=line + block.count(b"\n", 0, error.start),
            guess=guess(block[max(0, error.start - _SAMPLE) :][: 2 * _SAMPLE]),
        ) from error


def _looks_like_utf16(block: bytes) -> bool:
    pairs = len(block) // 2
    return max(block[0::2].count(0), block[1::2].count(0)) > pairs // 2


def guess(sample: bytes) -> str:
    """The old encoding in which the odd bytes are mostly the frequent letters of its languages."""
    counted = {
        name: sum(letter in letters for letter in sample.decode(name.replace("Windows-", "cp"), "ignore"))
        for name, letters in _FREQUENT.items()
    }
    best = max(counted, key=lambda name: counted[name])
    return best if counted[best] else "Windows-1252"
