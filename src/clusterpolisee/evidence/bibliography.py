"""Figures and tables as works are quoted: in the words of several styles, and for programs that keep references.

Citation / DatasetVersion ──reference_of_…──▶ Reference ──STYLES──▶ a sentence in the reader's language
                                                   └──▶ as_bibtex, as_ris, as_csl: files for reference managers
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from anyascii import anyascii
from babel.dates import format_date as babel_date
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from clusterpolisee.evidence.figure_cards import frozen_card
from clusterpolisee.evidence.models import Citation, DatasetVersion
from clusterpolisee.shell.languages import format_date

PLATFORM = "ClusterPoliSEE"
_WHITE = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Reference:
    """One thing to be quoted. Every text is on one line.

    authors   the publishers of the figures; the platform only keeps them
    tables    each table with its version: (code, number)
    seen      the day the figure was cited, or the table fetched
    address   permanent, on this platform
    """

    kind: str  # figure | dataset
    key: str
    authors: tuple[str, ...]
    year: int
    title: str
    tables: tuple[tuple[str, int], ...]
    seen: date
    licence: str
    licence_address: str
    address: str
    language: str
    footnote: str = ""

    @property
    def author(self) -> str:
        return ", ".join(self.authors)

    @property
    def version(self) -> str:
        return ", ".join(dict.fromkeys(str(number) for _code, number in self.tables))

    @property
    def tables_in_words(self) -> str:
        """table lfst_r_lfe2en2, version 1; table demo_r_d2jan, version 3"""
        return "; ".join(
            _("table %(table)s, version %(version)s") % {"table": code, "version": number}
            for code, number in self.tables
        )


@dataclass(frozen=True)
class Quotation:
    """A reference in one style: key and name of the style, and the text to copy."""

    key: str
    style: str
    text: str
    is_file: bool = False


def permanent_address_of(version: DatasetVersion) -> str:
    """Where this version of a table can be read for good, in whatever language."""
    return settings.SITE_ADDRESS + reverse("permanent_version", args=[version.dataset.code, version.number])


def reference_of_version(version: DatasetVersion) -> Reference:
    """A statistical table as it was on the day it was fetched."""
    table = version.dataset
    licence = version.licence or table.licence
    seen = version.retrieved_on
    made = Reference(
        kind="dataset",
        key=_key(table.publisher, table.code, f"v{version.number}"),
        authors=(_line(table.publisher_name),),
        year=seen.year,
        title=_line(table.title),
        tables=((table.code, version.number),),
        seen=seen,
        licence=_line(licence),
        licence_address=table.licence_url,
        address=permanent_address_of(version),
        language=get_language() or "en",
    )
    footnote = _("%(author)s, “%(title)s”, %(tables)s, retrieved on %(date)s, %(licence)s. %(address)s") % {
        "author": made.author,
        "title": made.title,
        "tables": made.tables_in_words,
        "date": format_date(seen),
        "licence": made.licence,
        "address": made.address,
    }
    return _with_footnote(made, footnote)


def reference_of_citation(citation: Citation) -> Reference:
    """A frozen figure with its permanent address."""
    versions = citation.versions
    seen = citation.cited_at.date()
    licences = dict.fromkeys(_line(one.licence or one.dataset.licence) for one in versions)
    made = Reference(
        kind="figure",
        key=_key(versions[0].dataset.publisher, citation.region, str(citation.year), citation.address),
        authors=tuple(dict.fromkeys(_line(one.dataset.publisher_name) for one in versions)),
        year=seen.year,
        title=_line(citation.statement(get_language())),
        tables=tuple((one.dataset.code, one.number) for one in versions),
        seen=seen,
        licence="; ".join(filter(None, licences)),
        licence_address=versions[0].dataset.licence_url if len(licences) == 1 else "",
        address=citation.permanent_address,
        language=get_language() or "en",
    )
    return _with_footnote(made, _line(frozen_card(citation).quote))


def references_of(citations: Iterable[Citation]) -> list[Reference]:
    """The figures in their order, then every table behind them once."""
    figures, tables = [], {}
    for citation in citations:
        figures.append(reference_of_citation(citation))
        tables.update({version.pk: version for version in citation.versions})
    return [*figures, *(reference_of_version(version) for version in tables.values())]


def quotations(reference: Reference) -> list[Quotation]:
    """The reference in every style, the sentences first."""
    sentences = [Quotation(key, str(name), write(reference)) for key, (name, write) in _styles().items()]
    files = [
        Quotation("bibtex", "BibTeX", as_bibtex([reference]), True),
        Quotation("ris", "RIS", as_ris([reference]), True),
        Quotation("csl", "CSL-JSON", as_csl([reference]), True),
    ]
    return sentences + files


# Sentences -----------------------------------------------------------------------------------------------


def _styles() -> dict[str, tuple[str, Callable[[Reference], str]]]:
    return {
        "footnote": (pgettext("bibliography", "Footnote"), lambda one: one.footnote),
        "apa": ("APA", apa),
        "chicago": ("Chicago", chicago),
        "iso690": ("ISO 690", iso690),
        "harvard": ("Harvard", harvard),
    }


def apa(one: Reference) -> str:
    """Eurostat. (2026). Title (table x, version 1) [Data set]. ClusterPoliSEE. Retrieved …, from …"""
    what = _("Data set") if one.kind == "dataset" else _("Statistical figure")
    seen = _("Retrieved %(date)s, from %(address)s") % {
        "date": _month_first(one.seen),
        "address": one.address,
    }
    return (
        f"{_stop(one.author)} ({one.year}). {one.title} ({one.tables_in_words}) [{what}]. {PLATFORM}. {seen}"
    )


def chicago(one: Reference) -> str:
    """Eurostat. “Title.” Table x, version 1. ClusterPoliSEE. Accessed …. …"""
    seen = _("Accessed %(date)s.") % {"date": _month_first(one.seen)}
    tables = _capital(one.tables_in_words)
    title = _("“%(title)s.”") % {"title": one.title.rstrip(".")}
    return f"{_stop(one.author)} {title} {tables}. {PLATFORM}, {one.year}. {seen} {one.address}."


def iso690(one: Reference) -> str:
    """EUROSTAT. Title [online]. Table x, version 1. ClusterPoliSEE, 2026 [viewed …]. CC BY 4.0. Available from: …"""
    seen = _("viewed %(date)s") % {"date": format_date(one.seen)}
    licence = f" {_stop(one.licence)}" if one.licence else ""
    where = _("Available from: %(address)s") % {"address": one.address}
    return (
        f"{_stop(one.author.upper())} {one.title} [{_('online')}]. {_capital(one.tables_in_words)}. "
        f"{PLATFORM}, {one.year} [{seen}].{licence} {where}"
    )


def harvard(one: Reference) -> str:
    """Eurostat (2026) ‘Title’, table x, version 1, ClusterPoliSEE. Available at: … (Accessed: …)."""
    title = _("‘%(title)s’") % {"title": one.title}
    seen = _("Available at: %(address)s (Accessed: %(date)s).") % {
        "address": one.address,
        "date": format_date(one.seen),
    }
    return f"{one.author} ({one.year}) {title}, {one.tables_in_words}, {PLATFORM}. {seen}"


# Files ---------------------------------------------------------------------------------------------------

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # a bare brace, even escaped, would be counted by BibTeX
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"{\textquotedbl}",
}
_BABEL = {"bg": "bulgarian", "en": "british"}
_ADDRESS_SAFE = "!#$&'()*+,-./:;=?@[]_~"


def as_bibtex(references: Iterable[Reference]) -> str:
    """BibTeX, UTF-8. Braces keep names and capitals; an address is written so that no brace or backslash is in it."""
    return "\n".join(_bibtex(one) for one in references)


def _bibtex(one: Reference) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in one.authors),
        "title": f"{{{_tex(one.title)}}}",
        "year": str(one.year),
        "howpublished": f"{PLATFORM}, {_tex(one.tables_in_words)}",
        "publisher": PLATFORM,
        "version": _tex(one.version),
        "url": quote(one.address, safe=_ADDRESS_SAFE),
        "urldate": one.seen.isoformat(),
        "note": _tex(one.licence),
        "langid": _BABEL.get(one.language, "english"),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{one.key},\n{body}\n}}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def as_ris(references: Iterable[Reference]) -> str:
    """RIS: a tag a line, lines end with CR LF; a value never has a line of its own making."""
    return "".join(_ris(one) for one in references)


def _ris(one: Reference) -> str:
    day = one.seen.strftime("%Y/%m/%d")
    tags = [
        ("TY", "DATA"),
        ("ID", one.key),
        *(("AU", f"{author},") for author in one.authors),  # the comma: an institution, not a person
        ("TI", one.title),
        ("PY", str(one.year)),
        ("PB", PLATFORM),
        ("ET", one.version),
        ("N1", one.tables_in_words),
        ("C1", one.licence),
        ("LA", one.language),
        ("UR", one.address),
        ("Y2", day),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def as_csl(references: Iterable[Reference]) -> str:
    """CSL-JSON, for Zotero and everything that speaks CSL."""
    return json.dumps([_csl(one) for one in references], ensure_ascii=False, indent=2)


def _csl(one: Reference) -> dict[str, Any]:
    day = {"date-parts": [[one.seen.year, one.seen.month, one.seen.day]]}
    told = {
        "id": one.key,
        "type": "dataset",
        "title": one.title,
        "author": [{"literal": author} for author in one.authors],
        "issued": {"date-parts": [[one.year]]},
        "accessed": day,
        "publisher": PLATFORM,
        "version": one.version,
        "number": ", ".join(code for code, _number in one.tables),
        "note": "; ".join(filter(None, [one.tables_in_words, one.licence, one.licence_address])),
        "URL": one.address,
        "language": one.language,
    }
    return {name: value for name, value in told.items() if value}


FILES: dict[str, tuple[str, str, Callable[[Iterable[Reference]], str]]] = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
    "csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", as_csl),
}


# Words ---------------------------------------------------------------------------------------------------


def _line(text: object) -> str:
    """On one line, without what could start another or turn the writing round."""
    return _WHITE.sub(" ", str(text)).strip()


def _key(*parts: str) -> str:
    """A name for reference managers: ASCII letters, digits and hyphens."""
    return "-".join(filter(None, (re.sub(r"[^A-Za-z0-9_]+", "", anyascii(part)) for part in parts)))


def _stop(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _month_first(day: date) -> str:
    """American styles put the month first; other languages keep their own order."""
    if (get_language() or "en").startswith("en"):
        return babel_date(day, "MMMM d, y", locale="en")
    return format_date(day)


def _with_footnote(reference: Reference, footnote: str) -> Reference:
    return replace(reference, footnote=footnote)
