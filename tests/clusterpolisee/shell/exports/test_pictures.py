"""Pictures carry their origins inside the file."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from clusterpolisee.shell.exports.pictures import PNG_SIGNATURE, stamp_png, stamp_svg
from factories.export_tables import ORIGIN

SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4" aria-label="a > b"><rect/></svg>'
SVG_NAME, DC = "{http://www.w3.org/2000/svg}", "{http://purl.org/dc/elements/1.1/}"
TITLE = "Заети в <Северозападен> & другаде"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# One grey pixel, made by hand: header, one filtered row, end.
PNG = (
    PNG_SIGNATURE
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    + chunk(b"IEND", b"")
)


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, position = [], 8
    while position < len(png):
        length, kind = struct.unpack_from(">I4s", png, position)
        body = png[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", png, position + 8 + length)
        assert checksum == zlib.crc32(kind + body)
        found.append((kind, body))
        position += 12 + length
    return found


def texts(png: bytes) -> dict[str, str]:
    found = {}
    for kind, body in chunks(png):
        if kind == b"iTXt":
            keyword, rest = body.split(b"\0", 1)
            assert rest[:2] == b"\0\0"  # not compressed
            language, translated, text = rest[2:].split(b"\0", 2)
            assert (language, translated) == (b"", b"")
            found[keyword.decode()] = text.decode()
    return found


def test_a_drawing_tells_title_source_and_rights():
    root = ElementTree.fromstring(stamp_svg(SVG, [ORIGIN], TITLE))
    assert [child.tag for child in root] == [
        SVG_NAME + name for name in ("title", "desc", "metadata", "rect")
    ]
    assert root[0].text == TITLE
    assert root[1].text.startswith("Source: Eurostat, table sbs_r_nuts06_r2, version 3, NUTS 2013")
    metadata = root[2]
    assert metadata.findtext(f".//{DC}rights") == "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    assert metadata.findtext(f".//{DC}identifier") == ORIGIN.address
    assert metadata.findtext(f".//{DC}date") == "2026-02-08"
    assert "formula: share = jobs / all jobs" in metadata.findtext(f".//{DC}source")


def test_a_drawing_keeps_everything_else():
    stamped = stamp_svg(SVG, [ORIGIN], TITLE)
    assert stamped.startswith(SVG.partition("<rect/>")[0])
    assert stamped.endswith("<rect/></svg>")


def test_a_drawing_stamped_twice_has_one_stamp():
    second = replace(ORIGIN, dataset_version=4)
    assert stamp_svg(stamp_svg(SVG, [ORIGIN], "Old"), [second], TITLE) == stamp_svg(SVG, [second], TITLE)


def test_a_title_with_a_character_xml_cannot_hold_still_parses():
    root = ElementTree.fromstring(stamp_svg(SVG, [replace(ORIGIN, address='"><x/>')], "a\x00\x08b\ufffe"))
    assert root[0].text == "ab"


@pytest.mark.parametrize("text", ["", "<html></html>", "<svg/>"])
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(ValueError, match="no drawing in this SVG"):
        stamp_svg(text, [ORIGIN], TITLE)


def test_a_picture_tells_its_origin_in_utf8_chunks_with_right_checksums():
    told = texts(stamp_png(PNG, [ORIGIN], TITLE))
    assert list(told) == ["Title", "Description", "Copyright", "Software", "Origin"]
    assert (told["Title"], told["Copyright"]) == (TITLE, "CC BY 4.0")
    assert "nuts_vintage: 2013\nretrieved: 2026-02-08\n" in told["Origin"]


def test_a_picture_keeps_its_pixels_and_order():
    stamped = chunks(stamp_png(PNG, [ORIGIN], TITLE))
    assert [kind for kind, _ in stamped] == [b"IHDR", *[b"iTXt"] * 5, b"IDAT", b"IEND"]
    assert [part for part in stamped if part[0] != b"iTXt"] == chunks(PNG)


def test_a_picture_stamped_twice_has_one_stamp():
    second = replace(ORIGIN, dataset_version=4)
    assert stamp_png(stamp_png(PNG, [ORIGIN], "Old"), [second], TITLE) == stamp_png(PNG, [second], TITLE)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (b"GIF89a", "no PNG picture"),
        (PNG[:-12], "breaks off at byte"),
        (PNG[:-14], "breaks off|damaged or cut off"),
        (PNG[:20] + b"\xff" + PNG[21:], "damaged or cut off in the chunk at byte 8"),
    ],
)
def test_a_broken_picture_is_refused_with_its_place(broken, sentence):
    with pytest.raises(ValueError, match=sentence):
        stamp_png(broken, [ORIGIN], TITLE)
