"""Downloads: the right bytes under the right name."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from django.http import Http404
from django.test import RequestFactory

from clusterpolisee.shell.exports.downloads import FORMATS, content_disposition, download, picture_download
from clusterpolisee.shell.exports.tidy_csv import to_csv
from factories.export_tables import COLUMNS, ORIGIN, small_table

SVG = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.fixture
def request_of_a_visitor():
    return RequestFactory().get("/bg/regions/BG31/activities.csv")


def names(header: str) -> tuple[str, str]:
    """(plain, in its own script), as a browser understands them."""
    plain, _, own = header.partition("; filename*=")
    message = EmailMessage()
    message["Content-Disposition"] = f"attachment; filename*={own}"
    return plain.removeprefix('attachment; filename="').removesuffix('"'), message.get_filename()


@pytest.mark.parametrize(
    ("format", "media_type", "start"),
    [
        ("csv", "text/csv; charset=utf-8; header=present", b"# title"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
        ("json-stat", "application/json", b'{"version":"2.0"'),
    ],
)
def test_each_format_is_sent_as_what_it_is(request_of_a_visitor, format, media_type, start):
    answer = download(request_of_a_visitor, small_table(), format)
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Language"] == "en"
    assert answer.content.startswith(start)


def test_a_download_is_what_the_writer_wrote(request_of_a_visitor):
    assert download(request_of_a_visitor, small_table(), "csv").content == to_csv(small_table())


@pytest.mark.parametrize("format", ["pdf", "", "CSV", "../../etc/passwd", "x" * 5000])
def test_an_unknown_format_names_the_known_ones(request_of_a_visitor, format):
    with pytest.raises(Http404, match="Choose one of these: csv, xlsx, json-stat") as refusal:
        download(request_of_a_visitor, small_table(), format)
    assert len(str(refusal.value)) < 120


def test_a_table_without_figures_is_no_page_as_json_stat(request_of_a_visitor):
    with pytest.raises(Http404, match="take it as CSV"):
        download(request_of_a_visitor, small_table(columns=COLUMNS[:1], rows=[("BG31",)]), "json-stat")


def test_a_file_has_a_plain_name_and_one_in_its_own_script():
    assert names(content_disposition("bg31-activities", "Заети: по дейности", "xlsx")) == (
        "zaeti-po-deynosti-bg31-activities.xlsx",
        "Заети по дейности (bg31-activities).xlsx",
    )


def test_a_name_cannot_break_out_of_the_header_or_the_folder():
    header = content_disposition("../key\r\n", 'a"\r\nSet-Cookie: x=1\u202e/../../b\\c', "csv")
    assert "\r" not in header
    assert "\n" not in header
    plain, own = names(header)
    assert (plain, own) == ("a-set-cookie-x1bc-key.csv", "a Set-Cookie x=1 .. .. b c (key).csv")


def test_a_table_without_a_usable_name_is_still_called_something():
    assert names(content_disposition("///", "???", "csv")) == ("table.csv", "table.csv")


@pytest.mark.parametrize("format", FORMATS)
def test_no_name_carries_a_date(request_of_a_visitor, format):
    assert "2026" not in download(request_of_a_visitor, small_table(), format)["Content-Disposition"]


def test_a_picture_is_stamped_on_its_way_out():
    answer = picture_download(SVG, "svg", key="map", title="Карта", origins=[ORIGIN], language="bg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert names(answer["Content-Disposition"]) == ("karta-map.svg", "Карта (map).svg")
    assert "<metadata" in answer.content.decode()
    assert "<dc:language>bg</dc:language>" in answer.content.decode()


def test_an_unknown_picture_format_names_the_known_ones():
    with pytest.raises(Http404, match="svg, png"):
        picture_download(SVG, "gif", key="map", title="Map", origins=[ORIGIN], language="en")
