"""From a table or a picture to the answer of a download."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from anyascii import anyascii
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext

from clusterpolisee.shell.exports.json_stat import NoCube, to_jsonstat
from clusterpolisee.shell.exports.pictures import stamp_png, stamp_svg
from clusterpolisee.shell.exports.tables import ExportTable, Origin, one_line
from clusterpolisee.shell.exports.tidy_csv import to_csv
from clusterpolisee.shell.exports.workbook import TooManyRows, to_xlsx


@dataclass(frozen=True)
class Format:
    """A way to write a table: its name in addresses, its name for people, its file ending, its media type."""

    key: str
    name: str
    ending: str
    media_type: str
    write: Callable[[ExportTable], bytes]


FORMATS = {
    form.key: form
    for form in (
        Format("csv", "CSV", "csv", "text/csv; charset=utf-8; header=present", to_csv),
        Format(
            "xlsx",
            "XLSX",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            to_xlsx,
        ),
        Format("json-stat", "JSON-stat 2.0", "json", "application/json", to_jsonstat),
    )
}
PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_NO_FILE_NAME = re.compile(r'[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+')


def download(request: HttpRequest, table: ExportTable, format: str) -> HttpResponse:
    """The table as a file in the named format; an unknown format is a page not found that names the known ones."""
    form = FORMATS.get(format)
    if form is None:
        raise Http404(_no_such_format(format, FORMATS))
    try:
        content = form.write(table)
    except (NoCube, TooManyRows) as obstacle:
        raise Http404(str(obstacle)) from obstacle
    return _attachment(content, form.media_type, table.key, table.title, form.ending, table.language)


def picture_download(
    picture: str | bytes, format: str, *, key: str, title: str, origins: Sequence[Origin], language: str
) -> HttpResponse:
    """A picture as a file (svg: text, png: bytes), its origins stamped into it."""
    if format not in PICTURE_TYPES:
        raise Http404(_no_such_format(format, PICTURE_TYPES))
    with translation.override(language):
        if format == "svg":
            text = picture if isinstance(picture, str) else picture.decode()
            content = stamp_svg(text, origins, title).encode()
        else:
            content = stamp_png(picture, origins, title)
    return _attachment(content, PICTURE_TYPES[format], key, title, format, language)


def _attachment(
    content: bytes, media_type: str, key: str, title: str, ending: str, language: str
) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": content_disposition(key, title, ending),
            "Content-Language": language,
            "X-Content-Type-Options": "nosniff",
        },
    )


def content_disposition(key: str, title: str, ending: str) -> str:
    """Two names for one file: in ASCII for everybody, in the title's own script for who understands RFC 5987.

    Neither carries a date: downloading again replaces, and the file itself says how old its figures are.
    """
    plain_key = slugify(anyascii(key)) or "table"
    words = slugify(anyascii(title))[:60].strip("-")
    ascii_name = f"{words}-{plain_key}" if words else plain_key
    own_words = one_line(_NO_FILE_NAME.sub(" ", title))[:100].strip(" .")
    own_name = f"{own_words} ({plain_key})" if own_words else plain_key
    return f"attachment; filename=\"{ascii_name}.{ending}\"; filename*=UTF-8''{quote(f'{own_name}.{ending}', safe='')}"


def _no_such_format(format: str, known: dict[str, object]) -> str:
    return gettext("There is no format “%(format)s”. Choose one of these: %(formats)s.") % {
        "format": format[:20],
        "formats": ", ".join(known),
    }
