"""Citations: figures frozen by somebody who argued with them, for good."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Schema

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.api.shapes import READ, Origin, State, language, told_origin
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.shell.api.answers import json_answer
from clusterpolisee.shell.api.parameters import Reading
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.resource import Resource

citations = Resource(gettext_lazy("Citations"))
CitationAddress = Annotated[str, Path(pattern=r"^[a-z0-9]{1,16}$", examples=["k7m2p9xw4q"])]


class CitationAnswer(Schema):
    """One frozen figure, as it was on the day. Who froze it is not told.

    “definition” has the parts and weights a cluster category had; “at_least” is a lower bound, not a value.
    """

    address: str
    statement: str
    measure: str
    measure_version: int
    formula: str
    indicator: str
    region: str
    nuts: int
    activity: str
    category: str
    year: int
    base_year: int | None
    value: float | None
    state: State  # type: ignore[valid-type]
    flag: str
    unit: str
    decimals: int
    parts: list[dict[str, Any]]
    coverage: str
    at_least: float | None
    definition: dict[str, Any] | None
    cited_on: str
    origin: Origin


@citations.read(
    "/citations/{address}",
    name="api_citation",
    access=READ,
    answers=CitationAnswer,
    errors=(404,),
    summary=gettext_lazy("One citation"),
    about=gettext_lazy(
        "A figure as it was frozen, with the version and the formula it had. It never changes."
    ),
    example="/api/v1/citations/k7m2p9xw4q",
)
def citation(request: HttpRequest, address: CitationAddress, query: Query[Reading]) -> HttpResponse:
    found = queries.citation(address)
    if found is None:
        raise Problem(
            404,
            _("There is no citation “%(address)s”. Check that it was copied whole.") % {"address": address},
        )
    explanation = EXPLANATIONS.get(found.measure)
    kept, category = found.told(language()), found.category
    is_same = explanation is not None and explanation.version == found.measure_version
    told = {
        "address": found.permanent_address,
        "statement": found.statement(language()),
        "measure": found.measure,
        "measure_version": found.measure_version,
        "formula": explanation.formula if explanation and is_same else "",
        "indicator": found.reference["indicator"],
        "region": found.region,
        "nuts": found.nuts,
        "activity": "" if category else found.activity,
        "category": category.code if category else "",
        "year": found.year,
        "base_year": found.reference.get("base_year"),
        "value": found.value,
        "state": found.state,
        "flag": found.flag,
        "unit": kept["unit"],
        "decimals": found.decimals,
        "parts": [
            {key: part.get(key) for key in ("name", "value", "state", "unit", "weight")}
            for part in kept["parts"]
        ],
        "coverage": kept["coverage"],
        "at_least": found.at_least,
        "definition": category.as_record() if category else None,
        "cited_on": found.cited_at.date().isoformat(),
        "origin": told_origin(found.version),
    }
    return json_answer(request, told, lasting=True)
