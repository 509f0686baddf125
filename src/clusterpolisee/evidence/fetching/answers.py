"""What an answer is, told by its first bytes and not by what it calls itself."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, BinaryIO

from clusterpolisee.evidence.fetching.addresses import host_of
from clusterpolisee.evidence.fetching.client import Answer
from clusterpolisee.evidence.fetching.errors import FetchError

HEAD = 20_000
MOST_UNPACKED = 4 * 1024**3  # of rows, which are read one after the other
MOST_JSON = 256 * 1024**2  # of a cube, which is read into memory
LONGEST_LINE = 1024**2
UNREADABLE = (ValueError, OSError, EOFError, zlib.error, RecursionError)
_GZIP = b"\x1f\x8b"
_QUOTED = 160
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_FAULT = re.compile(r"<(?:\w+:)?faultstring[^>]*>(.*?)</", re.DOTALL)
_FAULT_CODE = re.compile(r"<(?:\w+:)?(?:faultcode|code)[^>]*>\s*(\d+)")
_TEXT = re.compile(r"<(?:\w+:)?Text\b[^>]*>(.*?)</", re.DOTALL)
_FOOTER_CODE = re.compile(r"<(?:\w+:)?Message\b[^>]*\bcode=\"(\d+)\"")
_TICKET = re.compile(r"<(?:\w+:)?(?:id|key)>\s*([0-9A-Za-z-]{4,64})\s*</")
_STATUS = re.compile(r"<(?:\w+:)?status>\s*([A-Z_]+)\s*</")


class Kind(Enum):
    """What can be done with an answer."""

    DATA = auto()
    NOTHING = auto()  # no figures for what was asked
    TOO_BIG = auto()  # ask in smaller parts
    LATER = auto()  # a result is being prepared; the ticket says which
    ERROR = auto()


@dataclass(frozen=True)
class Verdict:
    kind: Kind
    ticket: str = ""
    message: str = ""
    status: str = ""


class _Bounded(io.RawIOBase):
    """What is unpacked, up to a limit: a small file can hold more than any memory or disk."""

    def __init__(self, file: io.BufferedIOBase, most: int) -> None:
        self._file, self._left = file, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._file.readinto(buffer)
        self._left -= count
        if self._left < 0:
            raise OSError("The answer unpacks to more than any table.")
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def opened(path: Path, most: int | None = None) -> BinaryIO:
    """The answer's text, unpacked where the source packed it; reading raises OSError beyond `most` bytes."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    unpacking: Any = gzip.open if packed else open
    return io.BufferedReader(
        _Bounded(unpacking(path, "rb"), MOST_UNPACKED if most is None else most), 256 * 1024
    )


def line_of(file: BinaryIO) -> bytes:
    """The next line of an answer; raises OSError for one that no table has."""
    line = file.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE:
        raise OSError("The answer has a line longer than any table's.")
    return line


def json_of(path: Path) -> Any:
    """An answer in JSON; raises one of UNREADABLE where it is none, or ends too early."""
    with opened(path, MOST_JSON) as file:
        return json.load(io.TextIOWrapper(file, "utf-8"))


def head_of(answer: Answer) -> str:
    """The beginning of an answer as text; raises FetchError where it cannot be unpacked."""
    try:
        with opened(answer.path) as file:
            return file.read(HEAD).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    except (OSError, EOFError, zlib.error):
        raise FetchError("damaged", host=host_of(answer.url)) from None


def check_whole(path: Path, host: str) -> None:
    """Raise where an answer ends too early or is damaged further on: now it can still be fetched again."""
    try:
        with opened(path) as file:
            is_json = file.read(HEAD).lstrip()[:1] == b"{"
        if is_json:
            json_of(path)
            return
        with opened(path) as file:
            header = line_of(file)
            rest = _last_line(file)
    except UNREADABLE:
        raise FetchError("damaged", host=host) from None
    separator = max((b",", b";", b"\t"), key=header.count)
    if rest and rest.count(separator) < header.count(separator):  # a last row, shorter than the header
        raise FetchError("damaged", host=host)


def _last_line(file: BinaryIO) -> bytes:
    """What stands after the last newline; reads to the end, so that a damaged package is found."""
    rest = b""
    while piece := file.read(1024 * 1024):
        rest = (rest + piece).rpartition(b"\n")[2][-4096:]
    return rest


def judge(answer: Answer) -> Verdict:
    """What an answer of an SDMX or JSON-stat service is. A web page raises FetchError: no service answers so."""
    head = head_of(answer)
    if re.match(r"<!doctype html|<html", head, re.IGNORECASE) or answer.content_type == "text/html":
        title = _TITLE.search(head)
        raise FetchError("web_page", host=host_of(answer.url), title=_plain(title[1]) if title else "–")
    status = str(answer.status)
    if head.startswith("<"):
        return _judge_xml(head, status)
    if head.startswith("{"):
        return _judge_json(answer, head, status)
    if answer.status >= 400:
        kind = Kind.TOO_BIG if answer.status == 413 else Kind.ERROR
        return _nothing_found(Verdict(kind, message=_plain(head) or "–", status=status))
    if "OBS_VALUE" not in head.partition("\n")[0]:
        raise FetchError("not_figures", host=host_of(answer.url), beginning=_plain(head)[:40] or "–")
    return Verdict(Kind.DATA)


def _judge_xml(head: str, status: str) -> Verdict:
    """A message of the service: a fault, a ticket for later, or the footer with which SDMX-ML says “too large”."""
    if fault := _FAULT.search(head):
        code = _FAULT_CODE.search(head)
        message = _plain(fault[1])
        is_too_big = status == "413" or (code is not None and code[1] == "413")
        return _nothing_found(
            Verdict(
                Kind.TOO_BIG if is_too_big else Kind.ERROR,
                message=message,
                status=code[1] if code else status,
            )
        )
    if footer := _FOOTER_CODE.search(head):
        text = _TEXT.search(head)
        kind = Kind.TOO_BIG if footer[1] in ("413", "510") else Kind.ERROR
        return _nothing_found(Verdict(kind, message=_plain(text[1]) if text else "–", status=footer[1]))
    ticket, state = _TICKET.search(head), _STATUS.search(head)
    if ticket:
        return Verdict(Kind.LATER, ticket=ticket[1], status=state[1] if state else "SUBMITTED")
    if status == "413":
        return Verdict(Kind.TOO_BIG, message=_plain(head), status=status)
    return Verdict(Kind.ERROR, message=_plain(head), status=status)


def _judge_json(answer: Answer, head: str, status: str) -> Verdict:
    """JSON-stat, or {"error": …} and {"warning": …} in its place."""
    if '"class"' in head[:400] and '"error"' not in head[:100]:
        return Verdict(Kind.DATA)
    try:
        said = json_of(answer.path)
    except UNREADABLE:
        raise FetchError("damaged", host=host_of(answer.url)) from None
    notice = said.get("error") or said.get("warning") if isinstance(said, dict) else None
    notice = notice[0] if isinstance(notice, list) and notice else notice
    if not isinstance(notice, dict):
        return (
            Verdict(Kind.DATA)
            if answer.status < 400
            else Verdict(Kind.ERROR, message=_plain(head), status=status)
        )
    code, message = str(notice.get("status", status)), _plain(str(notice.get("label", "–")))
    return _nothing_found(
        Verdict(Kind.TOO_BIG if code == "413" else Kind.ERROR, message=message, status=code)
    )


def _nothing_found(verdict: Verdict) -> Verdict:
    """Services say “no results” as an error; for a part of a table it is none."""
    said = verdict.message.lower().replace("_", " ")
    is_nothing = any(words in said for words in ("no results", "no records", "norecordsfound", "no data"))
    if verdict.kind is Kind.ERROR and is_nothing and "not yet available" not in said:
        return Verdict(Kind.NOTHING, message=verdict.message, status=verdict.status)
    return verdict


def _plain(text: str) -> str:
    """Words without markup and control characters, short enough to be quoted."""
    without = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())
    return "".join(sign for sign in without if sign.isprintable())[:_QUOTED]
