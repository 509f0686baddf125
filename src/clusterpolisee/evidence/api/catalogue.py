"""The catalogue for other portals, in three ways of writing; on the same terms as the API."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.dcat import catalogue
from clusterpolisee.evidence.indicator_figures import derived_with_figures
from clusterpolisee.evidence.triples import Statement, json_ld, rdf_xml, turtle
from clusterpolisee.shell.api.answers import answer
from clusterpolisee.shell.api.door import door
from clusterpolisee.shell.api.formats import Format

Writer = Callable[[Sequence[Statement]], bytes]


def _written_by(write: Writer, form: Format) -> Callable[..., HttpResponse]:
    def catalogue_file(request: HttpRequest) -> HttpResponse:
        statements = catalogue(queries.datasets(), derived_with_figures(), site=settings.SITE_ADDRESS)
        return answer(request, write(statements), form)

    return door(catalogue_file, None)


addresses: list[URLPattern] = [
    path(f"catalog.{ending}", _written_by(write, Format(ending, kind, kind)), name=f"catalogue_{ending}")
    for ending, kind, write in (
        ("ttl", "text/turtle; charset=utf-8", turtle),
        ("jsonld", "application/ld+json", json_ld),
        ("rdf", "application/rdf+xml", rdf_xml),
    )
]
