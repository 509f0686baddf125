"""Quoting: golden texts of every style in both languages, and escaping that hostile titles do not get through.

The golden texts were written by hand after the manuals: APA 7 (10.9, data sets), Chicago 17 (14.257), ISO 690:2021,
the BibTeX and RIS formats, CSL 1.0.2.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from clusterpolisee.evidence import bibliography
from clusterpolisee.evidence.bibliography import Reference, as_bibtex, as_csl, as_ris, quotations
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.models import Citation
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import NOW, person

TABLE = Reference(
    kind="dataset",
    key="Eurostat-lfst_r_lfe2en2-v1",
    authors=("Eurostat",),
    year=2026,
    title="Employed people, by group of activities",
    tables=(("lfst_r_lfe2en2", 1),),
    seen=date(2026, 9, 14),
    licence="CC BY 4.0",
    licence_address="https://creativecommons.org/licenses/by/4.0/",
    address="https://see.example/data/lfst_r_lfe2en2/1/",
    language="en",
    footnote="",
)
SENTENCES = {
    "apa": "Eurostat. (2026). Employed people, by group of activities (table lfst_r_lfe2en2, version 1) [Data set]. "
    "ClusterPoliSEE. Retrieved September 14, 2026, from https://see.example/data/lfst_r_lfe2en2/1/",
    "chicago": "Eurostat. “Employed people, by group of activities.” Table lfst_r_lfe2en2, version 1. ClusterPoliSEE, "
    "2026. Accessed September 14, 2026. https://see.example/data/lfst_r_lfe2en2/1/.",
    "iso690": "EUROSTAT. Employed people, by group of activities [online]. Table lfst_r_lfe2en2, version 1. "
    "ClusterPoliSEE, 2026 [viewed 14 September 2026]. CC BY 4.0. Available from: "
    "https://see.example/data/lfst_r_lfe2en2/1/",
    "harvard": "Eurostat (2026) ‘Employed people, by group of activities’, table lfst_r_lfe2en2, version 1, "
    "ClusterPoliSEE. Available at: https://see.example/data/lfst_r_lfe2en2/1/ (Accessed: 14 September 2026).",
}
BIBTEX = """@misc{Eurostat-lfst_r_lfe2en2-v1,
  author = {{Eurostat}},
  title = {{Employed people, by group of activities}},
  year = {2026},
  howpublished = {ClusterPoliSEE, table lfst\\_r\\_lfe2en2, version 1},
  publisher = {ClusterPoliSEE},
  version = {1},
  url = {https://see.example/data/lfst_r_lfe2en2/1/},
  urldate = {2026-09-14},
  note = {CC BY 4.0},
  langid = {british}
}
"""
RIS = (
    "TY  - DATA\r\nID  - Eurostat-lfst_r_lfe2en2-v1\r\nAU  - Eurostat,\r\n"
    "TI  - Employed people, by group of activities\r\nPY  - 2026\r\nPB  - ClusterPoliSEE\r\nET  - 1\r\n"
    "N1  - table lfst_r_lfe2en2, version 1\r\nC1  - CC BY 4.0\r\nLA  - en\r\n"
    "UR  - https://see.example/data/lfst_r_lfe2en2/1/\r\nY2  - 2026/09/14\r\nER  - \r\n"
)
CSL = {
    "id": "Eurostat-lfst_r_lfe2en2-v1",
    "type": "dataset",
    "title": "Employed people, by group of activities",
    "author": [{"literal": "Eurostat"}],
    "issued": {"date-parts": [[2026]]},
    "accessed": {"date-parts": [[2026, 9, 14]]},
    "publisher": "ClusterPoliSEE",
    "version": "1",
    "number": "lfst_r_lfe2en2",
    "note": "table lfst_r_lfe2en2, version 1; CC BY 4.0; https://creativecommons.org/licenses/by/4.0/",
    "URL": "https://see.example/data/lfst_r_lfe2en2/1/",
    "language": "en",
}
NASTY = 'A & B: 50% of {C} \\input{x} "~^$#_\nER  - \r\nTY  - BOOK\u2028@misc{z,\x00 \u202eend'


@pytest.mark.parametrize("style", SENTENCES)
def test_a_table_is_quoted_in_each_style(style: str) -> None:
    assert getattr(bibliography, style)(TABLE) == SENTENCES[style]


def test_a_table_is_written_for_reference_managers() -> None:
    assert as_bibtex([TABLE]) == BIBTEX
    assert as_ris([TABLE]) == RIS
    assert json.loads(as_csl([TABLE])) == [CSL]


def test_every_style_is_offered_once_and_none_is_empty() -> None:
    offered = quotations(replace(TABLE, footnote="Eurostat."))
    assert [one.key for one in offered] == ["footnote", *SENTENCES, "bibtex", "ris", "csl"]
    assert all(one.text for one in offered)


# Hostile titles: each format is read back by a small reader of its own -----------------------------------


def nasty() -> Reference:
    clean = bibliography._line
    return replace(TABLE, title=clean(NASTY), authors=(clean(NASTY), "Second"), licence=clean(NASTY))


def test_bibtex_of_a_hostile_title_is_one_entry_with_balanced_braces() -> None:
    text = as_bibtex([nasty()])
    depth, entries = 0, 0
    for at, letter in enumerate(text):
        if letter == "@" and depth == 0:
            entries += 1
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0 and (depth > 0 or letter in "}\n@misc" or at < 5)
    assert (depth, entries) == (0, 1)
    fields = dict(line.strip().split(" = ", 1) for line in text.splitlines()[1:-1])
    title = fields["title"].removesuffix(",")
    assert title.startswith(r"{{A \& B: 50\% of \textbraceleft{}C\textbraceright{} \textbackslash{}input")
    assert "\\input" not in title and r"\textasciitilde{}\textasciicircum{}\$\#\_" in title


def test_an_address_in_bibtex_cannot_leave_its_braces() -> None:
    text = as_bibtex([replace(TABLE, address="https://see.example/}{\\x y\n%20")])
    assert "url = {https://see.example/%7D%7B%5Cx%20y%0A%2520}" in text


def test_ris_of_a_hostile_title_is_one_record_of_known_tags() -> None:
    text = as_ris([nasty()])
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert [line[:2] for line in lines[:-1]].count("TY") == 1 and lines[-2] == "ER  - "
    assert [line for line in lines if line.startswith("AU")][1] == "AU  - Second,"


def test_csl_of_a_hostile_title_is_json_that_says_it_all_on_one_line() -> None:
    title = json.loads(as_csl([nasty()]))[0]["title"]
    assert "\n" not in title and "\x00" not in title and "\u202e" not in title
    assert title.startswith('A & B: 50% of {C} \\input{x} "')


def test_two_references_are_two_entries() -> None:
    other = replace(TABLE, key="other")
    assert as_bibtex([TABLE, other]).count("@misc{") == 2
    assert as_ris([TABLE, other]).count("ER  - \r\n") == 2
    assert len(json.loads(as_csl([TABLE, other]))) == 2


# From the stored rows ------------------------------------------------------------------------------------


def cited(ref: FigureRef) -> Citation:
    return cite_figure(actor=person(Role.MEMBER), ref=ref, cited_at=NOW)


@pytest.mark.usefixtures("world")
def test_a_figure_is_quoted_with_publisher_table_version_and_permanent_address() -> None:
    citation = cited(FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL"))
    made = bibliography.reference_of_citation(citation)
    address = f"http://localhost:8000/citations/{citation.address}/"
    assert bibliography.apa(made) == (
        "Eurostat. (2026). Employed people aged 15 and over · Severozapaden (BG31) · 2015: 280,400 persons "
        "(table lfst_r_lfe2en2, version 1) [Statistical figure]. ClusterPoliSEE. "
        f"Retrieved November 24, 2026, from {address}"
    )
    assert made.footnote.startswith(
        "Employed people aged 15 and over · Severozapaden (BG31) · 2015: 280,400 persons."
    )
    assert made.key == f"Eurostat-BG31-2015-{citation.address}"


@pytest.mark.usefixtures("world")
def test_a_figure_of_two_tables_names_both() -> None:
    citation = cited(FigureRef("derived", "gdp_per_person_employed", "BG31", 2024, 2015))
    made = bibliography.reference_of_citation(citation)
    assert made.authors == ("Eurostat",) and made.tables == (("nama_10r_2gdp", 1), ("lfst_r_lfe2en2", 1))
    assert "table nama_10r_2gdp, version 1; table lfst_r_lfe2en2, version 1" in bibliography.harvard(made)
    found = bibliography.references_of([citation, citation])
    assert [one.kind for one in found] == ["figure", "figure", "dataset", "dataset"]


@pytest.mark.usefixtures("world")
def test_in_bulgarian_the_publisher_the_title_and_the_dates_are_bulgarian() -> None:
    citation = cited(FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL"))
    with override("bg"):
        made = bibliography.reference_of_version(citation.version)
        assert bibliography.iso690(made).startswith("ЕВРОСТАТ. Заети лица по групи дейности [")
        assert "langid = {bulgarian}" in as_bibtex([made])
        assert made.title == "Заети лица по групи дейности" and made.key.startswith("Eurostat-")


@pytest.mark.usefixtures("world")
def test_the_page_of_a_citation_offers_every_style_to_copy_without_a_script(client: Client) -> None:
    citation = cited(FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL"))
    page = client.get(f"/en/citations/{citation.address}/").content.decode()
    for style in ("APA", "Chicago", "ISO 690", "Harvard", "BibTeX", "RIS", "CSL-JSON"):
        assert page.count(f">{style}</label>") == 2  # for the figure and for its table
    assert page.count("<textarea") == 16 == page.count("readonly")


@pytest.mark.usefixtures("world")
def test_the_bibliography_is_a_file_with_figure_and_table(client: Client) -> None:
    citation = cited(FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL"))
    start = f"/en/citations/{citation.address}/bibliography"
    answer = client.get(f"{start}.bib")
    assert answer.content.decode().count("@misc{") == 2
    assert answer["Content-Disposition"] == f'attachment; filename="citation-{citation.address}.bib"'
    assert len(json.loads(client.get(f"{start}.csl.json").content)) == 2
    assert client.get(f"{start}.ris").content.count(b"ER  - \r\n") == 2
    assert client.get(f"{start}.exe").status_code == 404


@pytest.mark.usefixtures("world")
def test_a_version_of_a_table_has_an_address_without_a_language(client: Client) -> None:
    assert client.get("/data/lfst_r_lfe2en2/1/")["Location"] == "/en/data/lfst_r_lfe2en2/1/"
    assert client.get("/data/lfst_r_lfe2en2/99/", follow=True).status_code == 404
