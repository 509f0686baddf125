"""Pictures that say where they come from, inside the file: SVG by its metadata, PNG by its text chunks."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language

from clusterpolisee.shell.exports.origins import all_facts, source_sentence
from clusterpolisee.shell.exports.tables import Origin, one_line

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SOFTWARE = "ClusterPoliSEE"
_STAMP_ID = "clusterpolisee-origin"
_SVG_TAG = re.compile(r"""<svg\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
_OLD_STAMP = re.compile(
    rf'<title id="{_STAMP_ID}-title">.*?</title><desc>.*?</desc><metadata id="{_STAMP_ID}">.*?</metadata>',
    re.DOTALL,
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KEYWORDS = ("Title", "Description", "Copyright", "Software", "Origin")


def stamp_svg(svg: str, origins: Sequence[Origin], title: str) -> str:
    """The drawing with title, description and Dublin Core metadata in front. Stamping again replaces the stamp."""
    svg = _OLD_STAMP.sub("", svg)
    opening = _SVG_TAG.search(svg)
    if opening is None or opening.group().endswith("/>"):
        raise ValueError("There is no drawing in this SVG: it has no open <svg> element.")
    stamp = (
        f'<title id="{_STAMP_ID}-title">{_xml(title)}</title><desc>{_xml(source_sentence(origins))}</desc>'
        f'<metadata id="{_STAMP_ID}">{_dublin_core(origins, title)}</metadata>'
    )
    return svg[: opening.end()] + stamp + svg[opening.end() :]


def stamp_png(png: bytes, origins: Sequence[Origin], title: str) -> bytes:
    """The picture with UTF-8 text chunks behind its header. Stamping again replaces the stamp."""
    chunks = list(_chunks(png))
    texts = {
        "Title": one_line(title),
        "Description": source_sentence(origins),
        "Copyright": "; ".join(dict.fromkeys(origin.licence for origin in origins if origin.licence)),
        "Software": SOFTWARE,
        "Origin": "\n".join(f"{key}: {text}" for key, text in all_facts(origins)),
    }
    stamp = [(b"iTXt", _international_text(keyword, text)) for keyword, text in texts.items() if text]
    kept = [(kind, body) for kind, body in chunks[1:] if not _is_own(kind, body)]
    return PNG_SIGNATURE + b"".join(_chunk(kind, body) for kind, body in [chunks[0], *stamp, *kept])


def _xml(text: object) -> str:
    return escape(_NOT_XML.sub("", one_line(text)))


def _dublin_core(origins: Sequence[Origin], title: str) -> str:
    """Standard terms where there is one; all facts again as source, one line each, so that none is lost."""
    elements = [("title", title), ("language", get_language() or ""), ("creator", SOFTWARE)]
    for origin in origins:
        elements += [
            ("source", "; ".join(f"{key}: {text}" for key, text in all_facts([origin]))),
            ("rights", " ".join(filter(None, (origin.licence, origin.licence_url)))),
            ("identifier", origin.address),
            ("date", origin.retrieved_on.isoformat()),
        ]
    told = "".join(f"<dc:{name}>{_xml(text)}</dc:{name}>" for name, text in elements if text)
    about = quoteattr(origins[0].address if origins else "")
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<rdf:Description rdf:about={about}>{told}</rdf:Description></rdf:RDF>"
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, body) of each chunk, checksums verified."""
    if not png.startswith(PNG_SIGNATURE):
        raise ValueError("These bytes are no PNG picture: the signature is missing.")
    position, kind = len(PNG_SIGNATURE), b""
    while position < len(png) and kind != b"IEND":
        if position + 12 > len(png):
            raise ValueError(f"This PNG picture breaks off at byte {len(png)}.")
        length, kind = struct.unpack_from(">I4s", png, position)
        body = png[position + 8 : position + 8 + length]
        checksum = png[position + 8 + length : position + 12 + length]
        if checksum != struct.pack(">I", zlib.crc32(kind + body)):
            raise ValueError(f"This PNG picture is damaged or cut off in the chunk at byte {position}.")
        yield kind, body
        position += 12 + length
    if kind != b"IEND":
        raise ValueError(f"This PNG picture breaks off at byte {len(png)}.")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _international_text(keyword: str, text: str) -> bytes:
    """Keyword, not compressed, no language, no translated keyword, text: each part ends with a zero byte."""
    return keyword.encode("latin-1") + b"\0\0\0" + b"\0\0" + text.replace("\0", "").encode()


def _is_own(kind: bytes, body: bytes) -> bool:
    return kind == b"iTXt" and body.partition(b"\0")[0].decode("latin-1") in _KEYWORDS
