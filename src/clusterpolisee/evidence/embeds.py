"""What other sites show of ours: a figure or a picture with its origin, as a small page and as an SVG.

Citation | FigureRef | picture of a page ──▶ Embed (title, value or drawing, origin, way back) ──▶ embed.html | svg_of
                                                                   Embed ──▶ snippets: the HTML somebody pastes
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from textwrap import wrap
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence.figure_cards import (
    card_of,
    compared_with_newest,
    frozen_card,
    source_words,
)
from clusterpolisee.evidence.figures import Figure
from clusterpolisee.evidence.models import Citation, DatasetVersion
from clusterpolisee.evidence.origins import versions_of
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.pictures import render as drawing
from clusterpolisee.evidence.pictures.theme import CARD, INK, INK_SOFT, LINE
from clusterpolisee.shell.exports.tables import Origin
from clusterpolisee.shell.languages import format_date

WIDTH = 720
PICTURE_WIDTH = 900
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Embed:
    """One thing to be shown elsewhere. `value` is a figure in words, `svg` a drawing: it has one of them."""

    title: str
    sources: tuple[str, ...]
    versions: tuple[DatasetVersion, ...]
    back: str  # the page here
    page: str  # the page to be framed
    picture: str  # the same as SVG
    how: str  # where its HTML is given away
    height: int
    value: str = ""
    state: str = "reported"
    remarks: tuple[str, ...] = field(default=())
    svg: str = ""
    origins: tuple[Origin, ...] = ()


def embed_of_citation(citation: Citation) -> Embed:
    """A frozen figure; it says so when the newest version of the table says something else."""
    newest = compared_with_newest(citation)
    card = frozen_card(citation)
    title = card.statement.removesuffix(card.value).rstrip(": ")
    remarks = [_("cited on %(date)s") % {"date": format_date(citation.cited_at.date())}]
    if not newest.is_same:
        said = _("The newest version says: %(value)s") % {"value": newest.text}
        remarks.append(newest.sentence if newest.definition else said)
    versions = tuple(citation.versions)
    return Embed(
        title=title,
        value=card.value,
        state=citation.state,
        remarks=tuple(remarks),
        sources=tuple(source_words(version) for version in versions),
        versions=versions,
        back=reverse("evidence:citation", args=[citation.address]),
        page=reverse("evidence:embed_citation", args=[citation.address]),
        picture=reverse("evidence:embed_citation_svg", args=[citation.address]),
        how=reverse("evidence:embed_citation_how", args=[citation.address]),
        height=280,
    )


def embed_of_figure(figure: Figure) -> Embed:
    """A figure as the newest version has it, today and whenever it is looked at."""
    card, ref = card_of(figure), figure.ref
    place = [ref.measure, ref.indicator, ref.region, ref.activity or "-", ref.years]
    query = ref.address().partition("?")[2]
    tail = f"?{query}" if query else ""
    return Embed(
        title=card.title,
        value=card.value,
        state=figure.state,
        remarks=tuple(filter(None, [figure.coverage, *card.flag])),
        sources=tuple(source_words(version) for version in figure.versions),
        versions=figure.versions,
        back=ref.address(),
        page=reverse("evidence:embed_figure", args=place) + tail,
        picture=reverse("evidence:embed_figure_svg", args=place) + tail,
        how=reverse("evidence:embed_figure_how", args=place) + tail,
        height=280,
    )


def embed_of_part(page: PageWithParts, part: str) -> Embed:
    """A picture of a page, as the page has it today; raises NoSuchPart where it has none of that name."""
    picture = page.picture(part)
    origins = tuple(page.table_of(part).origins)
    versions = tuple(versions_of(origins))
    text = drawing.svg(picture.spec, language=page.language, title=picture.title)
    # Links in a drawing do not listen to <base target>: inside a frame our own pages would refuse to open.
    text = text.replace("<a ", '<a target="_blank" rel="noopener" ')
    narrowed = [_("Regions shown: %(regions)s") % {"regions": page.narrowed_to}] if page.narrowed_to else []
    return Embed(
        title=picture.title,
        remarks=tuple(narrowed),
        svg=mark_safe(text),  # noqa: S308 – drawn by vl-convert from our specification
        sources=tuple(source_words(version) for version in versions),
        versions=versions,
        back=page.address_at(part),
        page=page.embed_address(part),
        picture=page.embed_address(part, "_svg"),
        how=page.embed_address(part, "_how"),
        height=_frame_height(text),
        origins=origins,
    )


def _frame_height(drawn: str) -> int:
    """High enough for the whole picture in a column of ordinary width, with its title and its source."""
    width, height = _size(drawn)
    return round(640 * height / width) + 170


def _size(drawn: str) -> tuple[float, float]:
    found = _SIZE.search(drawn)
    return (float(found[1]), float(found[2])) if found else (900.0, 600.0)


# What is pasted into another site -------------------------------------------------------------------------


def frame_snippet(embed: Embed, theme: str) -> str:
    """An iframe; every attribute is escaped once here, and once more by the page that shows the snippet."""
    address = _absolute(embed.page, theme)
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" frameborder="0"></iframe>',
        address,
        embed.title,
        embed.height,
    )


def picture_snippet(embed: Embed) -> str:
    """The SVG as an image that leads here."""
    spoken = " ".join(filter(None, [embed.title, embed.value, *embed.sources]))
    return format_html(
        '<a href="{}"><img src="{}" alt="{}" width="{}"></a>',
        settings.SITE_ADDRESS + embed.back,
        _absolute(embed.picture, ""),
        spoken,
        PICTURE_WIDTH if embed.svg else WIDTH,
    )


def with_theme(address: str, theme: str) -> str:
    if not theme:
        return address
    return f"{address}{'&' if '?' in address else '?'}theme={theme}"


def _absolute(address: str, theme: str) -> str:
    return settings.SITE_ADDRESS + with_theme(address, theme)


# As SVG --------------------------------------------------------------------------------------------------


def svg_of(embed: Embed) -> str:
    """The embed as one picture that carries its title and its origin visibly. Text is escaped, nothing runs in it."""
    return _picture(embed) if embed.svg else _card(embed)


def _card(embed: Embed) -> str:
    lines: list[tuple[str, int, str, str]] = []  # text, size, colour, weight
    lines += [(one, 21, INK_SOFT, "400") for one in wrap(embed.title, 58)]
    lines += [(one, 40, INK, "700") for one in wrap(embed.value, 30)]
    for remark in embed.remarks:
        lines += [(one, 16, INK, "400") for one in wrap(remark, 78)]
    for source in _source_lines(embed):
        lines += [(one, 15, INK_SOFT, "400") for one in wrap(source, 92)]
    return _drawn(lines, WIDTH, embed.title, drawing_at_the_end="")


def _picture(embed: Embed) -> str:
    """As an image it has no Sofia Sans: words at its edge may be wider than drawn, and run into the margin."""
    width, height = _size(embed.svg)
    shown = PICTURE_WIDTH - 48
    tall = round(shown * height / width, 1)
    head = [(one, 23, INK, "700") for one in wrap(embed.title, 68)]
    top = 24 + len(head) * 32
    told = [*embed.remarks, *_source_lines(embed)]
    feet = [(line, 15, INK_SOFT, "400") for one in told for line in wrap(one, 108)]
    inner = re.sub(
        r"<svg\b([^>]*)>",
        lambda found: (
            "<svg"
            + re.sub(r' (?:width|height|x|y)="[^"]*"', "", found[1])
            + f' x="24" y="{top}" width="{shown}" height="{tall}" overflow="visible">'
        ),
        str(embed.svg).replace(' font-family="Sofia Sans"', ""),
        count=1,
    )
    return _drawn(head, PICTURE_WIDTH, embed.title, inner, tall, feet)


def _drawn(
    lines: list[tuple[str, int, str, str]],
    width: int,
    title: str,
    drawing_at_the_end: str,
    drawing_height: float = 0,
    feet: list[tuple[str, int, str, str]] | None = None,
) -> str:
    texts, y = [], 16.0
    for text, size, colour, weight in lines:
        y += size * 1.5
        texts.append(_text(text, y, size, colour, weight))
    y = 24 + len(lines) * 32 + drawing_height if drawing_at_the_end else y
    for text, size, colour, weight in feet or []:
        y += size * 1.5
        texts.append(_text(text, y, size, colour, weight))
    height = round(y + 24)
    language = get_language() or "en"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" xml:lang="{language}" font-family="\'Sofia Sans\', \'Segoe UI\', Roboto, Arial, sans-serif">'
        f"<title>{_xml(title)}</title>"
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10" fill="{CARD}" stroke="{LINE}"/>'
        f"{''.join(texts)}{drawing_at_the_end}</svg>"
    )


def _text(text: str, y: float, size: int, colour: str, weight: str) -> str:
    return f'<text x="24" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{colour}">{_xml(text)}</text>'


def _source_lines(embed: Embed) -> list[str]:
    told = [_("Source: %(source)s") % {"source": source} for source in embed.sources]
    return [*told, settings.SITE_ADDRESS + embed.back]


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
