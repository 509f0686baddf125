"""What a reader's browser fetches for one page, without fonts and chart code, which it fetches once."""

from __future__ import annotations

import gzip
import re
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

FONTS = (".woff2", ".woff", ".ttf", ".otf")
CHART_CODE = "/vendor/"
_IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


@dataclass(frozen=True)
class Part:
    """One fetched file: as it is, as the server sent it to a browser that takes gzip, and gzipped by us."""

    address: str
    plain: int
    sent: int
    gzipped: int


def page_parts(address: str) -> list[Part]:
    """The page and everything of the same server that it names: styles, scripts, pictures."""
    html, page = _fetch(address)
    names = _Names()
    names.feed(html.decode())
    found, parts = [urljoin(address, name) for name in names.found], [page]
    seen = set()
    while found:
        one = found.pop(0).partition("#")[0]
        if one in seen or urlsplit(one).netloc != urlsplit(address).netloc or _is_left_out(one):
            continue
        seen.add(one)
        content, part = _fetch(one)
        parts.append(part)
        if urlsplit(one).path.endswith(".css"):
            found += [urljoin(one, a or b) for a, b in _IN_CSS.findall(content.decode())]
    return parts


def _is_left_out(address: str) -> bool:
    path = urlsplit(address).path
    return path.endswith(FONTS) or CHART_CODE in path


def _fetch(address: str) -> tuple[bytes, Part]:
    plain = _bytes(address, "identity")
    return plain, Part(address, len(plain), len(_bytes(address, "gzip")), len(gzip.compress(plain, 6)))


def _bytes(address: str, encoding: str) -> bytes:
    asked = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read()


class _Names(HTMLParser):
    """Addresses a browser fetches without being asked."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("script", "img", "source") and told.get("src"):
            self.found.append(told["src"])
        if tag == "link" and {"stylesheet", "icon", "modulepreload", "preload", "manifest"} & set(
            (told.get("rel") or "").split()
        ):
            self.found.append(told.get("href") or "")
