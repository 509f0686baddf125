"""What a file is, told by its bytes; its name is not believed."""

from __future__ import annotations

import zipfile
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from clusterpolisee.evidence import wording
from clusterpolisee.evidence.importing import spreadsheet
from clusterpolisee.evidence.importing.delimited import separator_in, text_lines
from clusterpolisee.evidence.importing.refusals import FileRefused
from regional_analytics import sources
from regional_analytics.sources import encoding
from regional_analytics.sources.containers import blocks

WORKBOOK, TABLE = "xlsx", "csv"  # what a person maps; the library reads all other formats whole
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 50


def format_of(path: Path, name: str) -> str:
    """WORKBOOK, TABLE, or a format of the library; raises FileRefused with what to do instead."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_OLE):
        raise _old_workbook(path)
    if start.startswith(b"PK\x03\x04") and _holds_workbook(path):
        spreadsheet.refuse_bomb(path)
        return WORKBOOK
    try:
        return _format_of_text(path, name)
    except sources.SourceError as obstacle:
        raise FileRefused(wording.obstacle(obstacle.slug, obstacle.params) or str(obstacle)) from obstacle


def is_long(path: Path, form: str) -> bool:
    """Whether reading it takes longer than a person should wait for a page; told by what it unpacks to."""
    limit = settings.IMPORT_LONG_MB << 20
    if form == WORKBOOK:
        with zipfile.ZipFile(path) as archive:
            size = {one.filename: one.file_size for one in archive.infolist()}
        sheets = [count for name, count in size.items() if name.startswith("xl/worksheets/")]
        return max(sheets, default=0) + size.get("xl/sharedStrings.xml", 0) > limit
    seen = 0
    for block in blocks(path):
        seen += len(block)
        if seen > limit:
            return True
    return False


def _format_of_text(path: Path, name: str) -> str:
    head = next(encoding.as_utf8(blocks(path)), b"")
    if not head.strip():
        raise sources.EmptyFile
    encoding.check(head[: head.rfind(b"\n") + 1])
    try:
        found = sources.detect_format(head, name)
    except sources.OtherFormat:
        raise
    except sources.UnreadableFile:
        # A title above the table hides it from the library; a person can point at the header.
        lines = list(islice(text_lines(path), _LOOKED_AT))
        sign = separator_in(lines)
        if head.lstrip()[:1] in (b"<", b"{", b"[") or sum(sign in line for line in lines) < 2:
            raise
        return TABLE
    return TABLE if found == sources.TIDY_CSV else found


def _holds_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused(
            _("The file is a zip archive that is damaged or cut off. Fetch it again, whole.")
        ) from error


def _old_workbook(path: Path) -> FileRefused:
    """An encrypted workbook and an old .xls look alike from outside: both are compound files."""
    tail = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if _ENCRYPTED in tail + block:
                return FileRefused(
                    _("The workbook is protected by a password. Save it without one and bring it again.")
                )
            tail = block[-64:]
    return FileRefused(
        _("This is an old Excel file (.xls). Open it, save it as XLSX or CSV, and bring that file.")
    )
