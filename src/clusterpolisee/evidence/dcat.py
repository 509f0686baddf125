"""The catalogue of datasets as other data portals read it: DCAT-AP 3.

datasets with their version in use, derived indicators → statements → Turtle, JSON-LD or RDF/XML (triples.py)

A derived indicator is a dataset of ours that says from which others it was derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from clusterpolisee.evidence.indicator_figures import DerivedFigures
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from clusterpolisee.evidence.triples import Nameless, Statement, Subject, Text, Thing, term

EU = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
LANGUAGES = {"bg": "BUL", "en": "ENG"}
TITLE = _("Regional evidence of South East Europe")
WORDS = _(
    "The statistical tables behind the region pages of ClusterPoliSEE, each with its source, versions and licence."
)
ORIGINAL = _("The file as it was retrieved")
# key of the format, media type, the European Union's name of it
FORMATS = (
    ("csv", "text/csv", "CSV"),
    ("json", "application/json", "JSON"),
    ("json-stat", "application/json", "JSON"),
)


def catalogue(
    tables: Iterable[Dataset], derived: Iterable[DerivedFigures] = (), *, site: str
) -> list[Statement]:
    """Every statement about the catalogue, its datasets, their distributions and publishers."""
    return list(_catalogue(list(tables), list(derived), site))


def _catalogue(tables: list[Dataset], derived: list[DerivedFigures], site: str) -> Iterator[Statement]:
    whole, host, service = Thing(f"{site}/catalog"), Thing(f"{site}/#platform"), Thing(f"{site}/api/v1/")
    yield whole, "rdf:type", term("dcat:Catalog")
    yield from _words(whole, "dct:title", _in_languages(TITLE))
    yield from _words(whole, "dct:description", _in_languages(WORDS))
    yield whole, "dct:publisher", host
    yield whole, "foaf:homepage", Thing(f"{site}/")
    for code in LANGUAGES.values():
        yield whole, "dct:language", Thing(f"{EU}language/{code}")
    yield whole, "dcat:service", service
    for table in tables:
        yield whole, "dcat:dataset", _dataset(table, site)
    for one in derived:
        yield whole, "dcat:dataset", _indicator(one, site)
    dates = [table.current.imported_at.date() for table in tables if table.current]
    if dates:
        yield whole, "dct:modified", Text(max(dates).isoformat(), type="xsd:date")
    yield from _agent(host, {"en": "ClusterPoliSEE"})
    yield from _service(service, tables, site)
    for table in tables:
        yield from _about(table, site)
    for one in derived:
        yield from _about_derived(one, host, site)


def _service(service: Thing, tables: list[Dataset], site: str) -> Iterator[Statement]:
    yield service, "rdf:type", term("dcat:DataService")
    yield service, "dct:title", Text("ClusterPoliSEE API", "en")
    yield service, "dcat:endpointURL", service
    yield service, "dcat:endpointDescription", Thing(f"{site}/api/v1/openapi.json")
    for table in tables:
        if table.current:
            yield service, "dcat:servesDataset", _dataset(table, site)


def _about(table: Dataset, site: str) -> Iterator[Statement]:
    one, publisher = _dataset(table, site), _publisher(table, site)
    yield one, "rdf:type", term("dcat:Dataset")
    yield one, "dct:identifier", Text(table.code)
    yield from _words(one, "dct:title", table.labels or {"en": table.code})
    yield from _words(one, "dct:description", table.description or table.labels or {"en": table.code})
    yield one, "dct:publisher", publisher
    yield from _agent(publisher, table.publisher_names or {"en": table.publisher}, table.publisher_url)
    yield one, "dct:accessRights", Thing(f"{EU}access-right/PUBLIC")
    yield one, "dcat:theme", Thing(f"{EU}data-theme/ECON")
    yield one, "dct:spatial", Thing(f"{EU}continent/EUROPE")
    yield one, "dcat:landingPage", Thing(f"{site}/en/data/{table.code}/")
    if table.address:
        yield one, "dct:source", Thing(table.address)
    if table.current:
        yield from _version(one, table, table.current, site)


def _about_derived(figures: DerivedFigures, host: Thing, site: str) -> Iterator[Statement]:
    """A derived indicator: what it says, from what it was made, and its figures as a file."""
    one, made, page = (
        _indicator(figures, site),
        figures.indicator,
        f"{site}/en/indicators/{figures.indicator.code}/",
    )
    yield one, "rdf:type", term("dcat:Dataset")
    yield one, "dct:identifier", Text(made.code)
    yield from _words(one, "dct:title", made.labels)
    yield from _words(one, "dct:description", made.explanation or made.labels)
    yield one, "dct:publisher", host
    yield one, "dct:accessRights", Thing(f"{EU}access-right/PUBLIC")
    yield one, "dcat:theme", Thing(f"{EU}data-theme/ECON")
    yield one, "dct:spatial", Thing(f"{EU}continent/EUROPE")
    yield one, "dcat:landingPage", Thing(page)
    yield one, "dcat:version", Text(str(made.number))
    if made.published_at:
        yield one, "dct:modified", Text(made.published_at.date().isoformat(), type="xsd:date")
    for version in figures.versions:
        yield one, "prov:wasDerivedFrom", _dataset(version.dataset, site)
    yield from _file_of_derived(one, figures, page, site)


def _file_of_derived(one: Thing, figures: DerivedFigures, page: str, site: str) -> Iterator[Statement]:
    """A file is offered where all its tables have one licence: which other one could we give?"""
    tables = [version.dataset for version in figures.versions]
    if len({table.licence_url for table in tables}) > 1 or not tables[0].licence_url:
        return
    file = Thing(f"{site}/catalog#indicator-{figures.indicator.code}-csv")
    yield one, "dcat:distribution", file
    yield file, "rdf:type", term("dcat:Distribution")
    yield file, "dct:title", Text("CSV", "en")
    yield file, "dcat:accessURL", Thing(page)
    yield file, "dcat:downloadURL", Thing(f"{page}parts/years.csv")
    yield file, "dcat:mediaType", Thing(f"{MEDIA_TYPES}text/csv")
    yield file, "dct:format", Thing(f"{EU}file-type/CSV")
    for table in tables:
        yield from _licence(file, table)


def _version(one: Thing, table: Dataset, version: DatasetVersion, site: str) -> Iterator[Statement]:
    yield one, "dcat:version", Text(str(version.number))
    yield one, "dct:modified", Text(version.imported_at.date().isoformat(), type="xsd:date")
    if version.years:
        period = Nameless(f"years-{_plain(table.code)}")
        yield one, "dct:temporal", period
        yield period, "rdf:type", term("dct:PeriodOfTime")
        yield period, "dcat:startDate", Text(str(version.first_year), type="xsd:gYear")
        yield period, "dcat:endDate", Text(str(version.last_year), type="xsd:gYear")
    for key, media_type, name in FORMATS:
        yield from _distribution(one, table, site, key, media_type, name)
    yield from _original(one, table, version, site)


def _distribution(
    one: Thing, table: Dataset, site: str, key: str, media_type: str, name: str
) -> Iterator[Statement]:
    file = Thing(f"{site}/catalog#{table.code}-{key}")
    yield one, "dcat:distribution", file
    yield file, "rdf:type", term("dcat:Distribution")
    yield file, "dct:title", Text(key.upper() if key != "json-stat" else "JSON-stat 2.0", "en")
    yield file, "dcat:accessURL", Thing(f"{site}/api/v1/datasets/{table.code}/observations?format={key}")
    yield file, "dcat:accessService", Thing(f"{site}/api/v1/")
    yield file, "dcat:mediaType", Thing(MEDIA_TYPES + media_type)
    yield file, "dct:format", Thing(f"{EU}file-type/{name}")
    yield from _licence(file, table)


def _original(one: Thing, table: Dataset, version: DatasetVersion, site: str) -> Iterator[Statement]:
    """The file as it was imported, with its hash, for whoever wants to check."""
    file, checksum = Thing(f"{site}/catalog#{table.code}-original"), Nameless(f"hash-{_plain(table.code)}")
    address = Thing(f"{site}/en/data/{table.code}/{version.number}/file/")
    yield one, "dcat:distribution", file
    yield file, "rdf:type", term("dcat:Distribution")
    yield from _words(file, "dct:title", _in_languages(ORIGINAL))
    yield file, "dcat:accessURL", Thing(f"{site}/en/data/{table.code}/{version.number}/")
    yield file, "dcat:downloadURL", address
    yield file, "dct:issued", Text(version.retrieved_on.isoformat(), type="xsd:date")
    yield file, "spdx:checksum", checksum
    yield checksum, "rdf:type", term("spdx:Checksum")
    yield checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256")
    yield checksum, "spdx:checksumValue", Text(version.raw_sha256, type="xsd:hexBinary")
    yield from _licence(file, table)


def _licence(file: Thing, table: Dataset) -> Iterator[Statement]:
    if table.licence_url:
        yield file, "dct:license", Thing(table.licence_url)
        yield Thing(table.licence_url), "rdf:type", term("dct:LicenseDocument")
    if table.attribution:
        yield file, "dct:rights", (rights := Nameless(f"rights-{_plain(table.code)}"))
        yield rights, "rdf:type", term("dct:RightsStatement")
        yield rights, "rdf:value", Text(table.attribution)


def _agent(agent: Thing, names: dict[str, str], homepage: str = "") -> Iterator[Statement]:
    yield agent, "rdf:type", term("foaf:Agent")
    yield from _words(agent, "foaf:name", names)
    if homepage:
        yield agent, "foaf:homepage", Thing(homepage)


def _words(subject: Subject, predicate: str, labels: dict[str, str]) -> Iterator[Statement]:
    for language, text in labels.items():
        yield subject, predicate, Text(text, language)


def _in_languages(text: Any) -> dict[str, str]:
    """A text of the interface in every language it is offered in."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(text)
    return found


def _dataset(table: Dataset, site: str) -> Thing:
    return Thing(f"{site}/api/v1/datasets/{table.code}")


def _indicator(figures: DerivedFigures, site: str) -> Thing:
    return Thing(f"{site}/api/v1/indicators/{figures.indicator.code}")


def _publisher(table: Dataset, site: str) -> Thing:
    """A publisher is known by its own address, and by a word of ours where it has none."""
    return Thing(f"{table.publisher_url or site + '/catalog'}#{_plain(table.publisher)}")


def _plain(text: str) -> str:
    """Letters and digits only, so that it can be a name in any of the formats."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)
