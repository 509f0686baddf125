"""The catalogue for other portals: three files that say the same, and what DCAT-AP 3 asks of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.dcat import catalogue
from clusterpolisee.evidence.indicator_figures import derived_with_figures
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.triples import json_ld, rdf_xml, turtle
from factories.evidence import JOBS, bring, table

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore:Code")
SHAPES = Path(__file__).with_name("dcat_ap_shapes.ttl")
SITE = "http://localhost:8000"
WRITERS = {"turtle": turtle, "json-ld": json_ld, "xml": rdf_xml}
FILES = {
    "ttl": ("turtle", "text/turtle"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml"),
}


def read(text: bytes, form: str = "turtle") -> Graph:
    return Graph().parse(data=text, format=form)


def report_on(graph: Graph) -> tuple[bool, str]:
    conforms, _results, text = validate(graph, shacl_graph=str(SHAPES), inference="none", advanced=False)
    return bool(conforms), text


@pytest.mark.parametrize("ending", FILES)
def test_each_file_has_every_dataset_and_what_the_profile_makes_mandatory(
    world: None, client: Client, ending: str
) -> None:
    form, media_type = FILES[ending]
    answer = client.get(f"/catalog.{ending}")
    assert answer["Content-Type"].startswith(media_type) and answer["Access-Control-Allow-Origin"] == "*"
    graph = read(answer.content, form)
    conforms, text = report_on(graph)
    assert conforms, text
    codes = {str(code) for code in graph.objects(None, DCTERMS.identifier)}
    derived = {one.indicator.code for one in derived_with_figures()}
    assert len(derived) == 4
    assert codes == {*Dataset.objects.values_list("code", flat=True), *derived}


def test_a_derived_indicator_says_from_which_datasets_it_was_derived(world: None, client: Client) -> None:
    graph = read(client.get("/catalog.ttl").content)
    one = URIRef(f"{SITE}/api/v1/indicators/gdp_per_person_employed")
    assert {str(source).rsplit("/", 1)[1] for source in graph.objects(one, PROV.wasDerivedFrom)} == {
        "nama_10r_2gdp",
        "lfst_r_lfe2en2",
    }
    assert (one, RDF.type, DCAT.Dataset) in graph


def test_the_three_files_say_the_same(world: None) -> None:
    statements = catalogue(queries.datasets(), site=SITE)
    graphs = [read(write(statements), form) for form, write in WRITERS.items()]
    assert isomorphic(graphs[0], graphs[1]) and isomorphic(graphs[0], graphs[2])
    assert len(graphs[0]) > 300


@pytest.mark.parametrize(
    "lost",
    [
        (FOAF.name, FOAF.Agent),
        (DCTERMS.title, DCAT.Dataset),
        (DCAT.accessURL, DCAT.Distribution),
        (DCTERMS.publisher, DCAT.Catalog),
        (DCTERMS.description, DCAT.Catalog),
    ],
)
def test_a_catalogue_without_a_mandatory_property_is_caught(world: None, lost: tuple[URIRef, URIRef]) -> None:
    graph = read(turtle(catalogue(queries.datasets(), site=SITE)))
    one = next(iter(graph.subjects(RDF.type, lost[1])))
    graph.remove((one, lost[0], None))
    assert not report_on(graph)[0]


def test_every_address_of_a_distribution_answers(world: None, client: Client) -> None:
    graph = read(client.get("/catalog.ttl").content)
    addresses = {str(one) for kind in (DCAT.accessURL, DCAT.downloadURL) for one in graph.objects(None, kind)}
    tables, derived = Dataset.objects.exclude(current=None).count(), len(derived_with_figures())
    assert len(addresses) == 5 * tables + 2 * derived
    for address in sorted(addresses):
        assert client.get(address.removeprefix(SITE)).status_code == 200, address


def test_a_table_that_was_never_loaded_is_told_without_files(db: None, client: Client) -> None:
    table(publisher_url="https://statistics.example/")
    graph = read(client.get("/catalog.ttl").content)
    one = URIRef(f"{SITE}/api/v1/datasets/jobs")
    assert (one, RDF.type, DCAT.Dataset) in graph and not list(graph.objects(one, DCAT.distribution))
    assert report_on(graph)[0]


def test_titles_and_addresses_cannot_break_out_of_their_places(db: None) -> None:
    nasty = 'a "quote\\ \n <b> & ]]> ; . \u202e'
    table(
        labels={"en": nasty},
        description={"bg": nasty},
        publisher=nasty,
        table_url='https://x.example/<a> "b" {c}\n\\',
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        attribution=nasty,
    )
    bring(JOBS)
    statements = catalogue(queries.datasets(), site=SITE)
    graphs = [read(write(statements), form) for form, write in WRITERS.items()]
    assert isomorphic(graphs[0], graphs[1]) and isomorphic(graphs[0], graphs[2])
    one = URIRef(f"{SITE}/api/v1/datasets/jobs")
    assert list(graphs[0].objects(one, DCTERMS.title)) == [
        Literal('a "quote\\   <b> & ]]> ; . \u202e', lang="en")
    ]
    assert report_on(graphs[0])[0]


def test_the_catalogue_is_not_sent_twice_and_costs_two_queries(
    world: None, client: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):  # the tables, the derived indicators
        etag = client.get("/catalog.ttl")["ETag"]
    assert client.get("/catalog.ttl", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("page", ["/en/data/", "/bg/data/lfst_r_lfe2en2/", "/api/v1/docs"])
def test_pages_on_data_lead_portals_to_the_catalogue(world: None, client: Client, page: str) -> None:
    text = client.get(page).content.decode()
    assert '<link rel="alternate" type="text/turtle" href="/catalog.ttl">' in text
    assert "/api/v1/docs" in text
