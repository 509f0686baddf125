"""A specification becomes an SVG or PNG; the same specification in the same language is drawn once."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings

from clusterpolisee.evidence.pictures.theme import PATTERNS, number_locale

# Part of the cache key: raise it when what is drawn from the same specification changes.
RENDERING = 13
VEGA_LITE = "6.4"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_MAKERS = "https://vega.github.io/vega-datasets/"
_LINES_ONLY = re.compile(r' d="([MLZ0-9,.\-]+)"')
_FONT = ' font-family="Sofia Sans"'
_FONT_SIZE = re.compile(r' font-size="[^"]*"')
_POINT = re.compile(r"([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?")
_IDLE = re.compile(
    r' transform="translate\(0,0\)"| stroke="[^"]*" stroke-width="0"| font-weight="normal"| text-anchor="start"| xmlns:xlink="[^"]*"'
)
_NUMBERED = re.compile(r'(?:(?<= id=")|(?<=url\(#))(?:clip|gradient_)\d+(?=["\)])')
_UNSEEN_LABEL = re.compile(r'<text [^>]* opacity="0">[^<]*</text>')
_LINKED_SHAPES = re.compile(r'(<g clip-path="[^"]*")>((?:<a [^>]*><path [^>]*/></a>)+)</g>')
_LINES_TOGETHER = re.compile(r"(<g)>((?:<line [^>]*/>){2,})</g>")
_TEXTS_TOGETHER = re.compile(r"(<g)>((?:<text [^>]*>[^<]*</text>){2,})</g>")
_FILL = re.compile(r' fill="[^"]*"')
_STROKE = re.compile(r' stroke="[^"]*" stroke-width="[^"]*"')
_FONTS = Path(__file__).resolve().parents[2] / "shell" / "ui" / "fonts"
_fonts_registered = threading.Event()


def svg(spec: dict[str, Any], *, language: str, title: str) -> str:
    """The picture as SVG text: one decimal of a pixel, patterns for what is not a number, a spoken title."""
    key = _key(spec, language, title)
    kept = settings.PICTURE_FOLDER / key[:2] / f"{key}.svg"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(
        spec, vl_version=VEGA_LITE, format_locale=number_locale(language), allowed_base_urls=[]
    )
    drawn = _tidy(drawn, title, key[:8], grid=1 if "projection" in spec else 10)
    kept.parent.mkdir(parents=True, exist_ok=True)
    aside = kept.with_suffix(f".{threading.get_ident()}.tmp")
    aside.write_text(drawn, encoding="utf-8")
    aside.replace(kept)
    return drawn


def png(spec: dict[str, Any], *, language: str, title: str) -> bytes:
    """The same picture in points, on white so that it can be pasted into a document."""
    drawn = svg(spec, language=language, title=title)
    _register_fonts()
    # Maps are drawn twice as large as they are shown, so they need less enlarging for print.
    return bytes(vl_convert.svg_to_png(_on_white(drawn), scale=1.25 if "projection" in spec else 2.0))


def _key(spec: dict[str, Any], language: str, title: str) -> str:
    text = json.dumps([RENDERING, language, title, spec], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _register_fonts() -> None:
    if not _fonts_registered.is_set():
        if _FONTS.is_dir():
            vl_convert.register_font_directory(str(_FONTS))
        _fonts_registered.set()


def _tidy(drawn: str, title: str, name: str, *, grid: int) -> str:
    """Shorten numbers, drop what says nothing, add patterns, and give the whole a role and a title."""
    drawn = _LONG_NUMBER.sub(lambda found: f"{float(found.group()):.1f}".removesuffix(".0"), drawn)
    drawn = re.sub(r"<rect width=\"[\d.]+\" height=\"[\d.]+\" fill=\"(?:white|none)\"/>", "", drawn, count=1)
    drawn = re.sub(r'<a ([^>]*)>(<path aria-label=("[^"]*"))', r"<a \1 aria-label=\3>\2", drawn)
    # The renderer puts an address of its makers before links that begin at the root; ours lead to our own pages.
    drawn = drawn.replace(f'"{_MAKERS}/', '"/')
    drawn = drawn.replace(' target="_top"', "").replace("xlink:href", "href")
    drawn = re.sub(r"<(?!a )[a-z]+ [^>]*>", _without_noise, drawn)
    drawn = re.sub(r' (?:opacity|stroke-opacity|fill-opacity)="1"', "", drawn)
    drawn = _UNSEEN_LABEL.sub("", _IDLE.sub("", drawn))
    # Nothing is filled unless it says so: rectangles of groups without a colour are not seen.
    drawn = re.sub(r'<path d="(?:M[\d.,]+h[\d.]+v[\d.]+h-?[\d.]+Z)?"(?: display="none")?/>', "", drawn)
    drawn = re.sub(r"<g></g>", "", drawn)
    drawn = _LINKED_SHAPES.sub(_stroked_once, drawn)
    drawn = _LINES_TOGETHER.sub(lambda found: _said_once(found, _STROKE), drawn)
    drawn = _TEXTS_TOGETHER.sub(lambda found: _said_once(found, _FILL), drawn)
    drawn = _LINES_ONLY.sub(lambda found: _relative(found, grid), drawn)
    drawn = _with_own_names(drawn, name)
    drawn = drawn.replace("url(#no-data)", f"url(#no-data-{name})")
    drawn = drawn.replace("url(#confidential)", f"url(#confidential-{name})")
    patterns = PATTERNS.replace('id="no-data"', f'id="no-data-{name}"').replace(
        'id="confidential"', f'id="confidential-{name}"'
    )
    patterns = patterns if f"-{name})" in drawn else ""
    head, body = drawn.split(">", 1)
    head = re.sub(r' version="[^"]*"', "", head)
    for told in (_FONT, *_FONT_SIZE.findall(body)[:1]):  # said once for the whole picture
        head, body = head + told * (told in body), body.replace(told, "")
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    spoken = 'role="img"' if "<a " not in body else 'role="group"'
    return (
        f'{head} {spoken} aria-labelledby="t-{name}"><title id="t-{name}">{escaped}</title>{patterns}{body}'
    )


def _with_own_names(drawn: str, name: str) -> str:
    """The renderer numbers clips through all it has drawn: two pictures of one page could then share a name."""
    own: dict[str, str] = {}
    return _NUMBERED.sub(lambda found: own.setdefault(found.group(), f"clip{len(own)}-{name}"), drawn)


def _stroked_once(found: re.Match[str]) -> str:
    """Shapes of one outline inherit it from their group."""
    if found[2].count(" stroke=") != found[2].count("<path "):
        return found.group()
    return _said_once(found, _STROKE)


def _said_once(found: re.Match[str], attribute: re.Pattern[str]) -> str:
    """What every mark of a group says alike, the group says."""
    told = attribute.findall(found[2])
    marks = len(re.findall(r"<(?:line|text|path) ", found[2]))
    if len(set(told)) != 1 or len(told) != marks:
        return found.group()
    return f"{found[1]}{told[0]}>{attribute.sub('', found[2])}</g>"


def _relative(found: re.Match[str], grid: int) -> str:
    """Long outlines say each point as a step from the last, which is shorter.

    Points lie on a grid: tenths for drawings, whole points for maps, which are drawn twice as large as shown.
    """
    if len(found[1]) < 200:
        return found.group()
    words, at, was = [], (0, 0), ""
    for letter, x, y in _POINT.findall(found[1]):
        if letter == "Z":
            words.append("Z")
            was = "Z"
            continue
        point = (round(float(x) * grid), round(float(y) * grid))
        if letter == "M":
            words.append(f"M{_on_grid(point[0], grid)},{_on_grid(point[1], grid)}")
        elif point != at:
            step = f"{_on_grid(point[0] - at[0], grid)},{_on_grid(point[1] - at[1], grid)}"
            words.append(f" {step}" if was == "l" else f"l{step}")  # the letter need not be repeated
        at, was = point, "M" if letter == "M" else "l"
    return f' d="{"".join(words).replace(",-", "-").replace(" -", "-")}"'


def _on_grid(number: int, grid: int) -> str:
    text = f"{number / grid:.1f}".removesuffix(".0")
    return re.sub(r"^(-?)0\.", r"\1.", text)


def _without_noise(tag: re.Match[str]) -> str:
    return re.sub(r' (?:aria-[a-z]+|role|pointer-events|class|style)="[^"]*"', "", tag.group())


def _on_white(drawn: str) -> str:
    head, body = drawn.split(">", 1)
    return f'{head}><rect width="100%" height="100%" fill="#ffffff"/>{body}'
