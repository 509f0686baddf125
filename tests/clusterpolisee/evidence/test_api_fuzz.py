"""Whatever the description allows, and much that it does not: never a broken server, never an answer it does not name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from clusterpolisee.config.api import api
from clusterpolisee.config.wsgi import application

CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.unsupported_method,
    checks.negative_data_rejection,
)
# Two years in the wrong order, a cursor of another table: valid one by one, refused together. So “valid data are
# accepted” is no check here; the tests of each operation say what is accepted.


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests go through WSGI, which ends connections; the test's own transaction lives in one."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


PATHS = sorted(api.description_in("en")["paths"])
FIGURES = (
    ("observation", "employment", 2015, ["TOTAL", "A"]),
    ("share", "persons_employed", 2015, ["C14", "C10"]),
    ("location-quotient", "persons_employed", 2015, ["C14", "C12"]),
    ("stars", "persons_employed", 2015, ["C14"]),
    ("growth", "employment", 2015, ["TOTAL"], 2011),
    ("shift-share", "employment", 2015, ["TOTAL"], 2011),
    ("rank", "gdp_per_inhabitant_eu27", 2023),
    ("median", "gdp_per_inhabitant_eu27", 2023),
    ("derived", "conditions_for_innovation", 2015),
    ("rank", "gdp_per_person_employed", 2015),
)
UNHURRIED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
REAL = {
    "region": ["BG31", "BG", "RO31", "HR04", "EL52", "EU27_2020", "XK00", "BGZZ", "BG311"],
    "activity": ["TOTAL", "C14", "B-E", "A", "C10"],
    "indicator": [
        "employment",
        "persons_employed",
        "gdp_per_inhabitant_eu27",
        "research_spending",
        "gdp_per_person_employed",
        "conditions_for_innovation",
        "growth_over_five_years",
    ],
    "measure": [
        "observation",
        "share",
        "location-quotient",
        "growth",
        "stars",
        "shift-share",
        "rank",
        "median",
        "derived",
    ],
    "series": ["THS.Y_GE15", "MIO_EUR"],
    "year": [2008, 2011, 2015, 2023],
    "base_year": [2000, 2008, 2011],
    "from_year": [1900, 2010],
    "to_year": [2015, 2200],
}
REAL_IN_PATH = {
    "regions": [*REAL["region"], "RS21"],
    "activities": REAL["activity"],
    "datasets": ["lfst_r_lfe2en2", "tgs00042", "no_such_table"],
    "indicators": REAL["indicator"],
    "measures": REAL["measure"],
}
PHASES = (Phase.explicit, Phase.generate)


@pytest.fixture
def description(world: None, settings) -> schemathesis.BaseSchema:
    settings.ALLOWED_HOSTS = ["*"]
    settings.API_REQUESTS_PER_MINUTE = {"visitor": 1_000_000, "member": 1_000_000}
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@st.composite
def requests_that_reach_the_figures(draw: st.DrawFn, operation: Any) -> schemathesis.Case:
    """A request that fits the description, with codes that exist in place of some invented ones.

    Invented codes end at “there is no such thing”: what is behind would never be asked for.
    """
    case = draw(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    for name in case.path_parameters:
        known = next((codes for kind, codes in REAL_IN_PATH.items() if f"/{kind}/" in operation.path), None)
        if known is not None:
            case.path_parameters[name] = draw(st.sampled_from(known))
    if operation.path.endswith("/figures") and draw(
        st.booleans()
    ):  # what has to fit together, seldom does by chance
        measure, *query = draw(st.sampled_from(FIGURES))
        case.path_parameters["key"] = measure
        case.query = dict(zip(("indicator", "year", "activity", "base_year"), query, strict=False))
        case.query["region"] = draw(st.lists(st.sampled_from(REAL["region"]), min_size=1, max_size=4))
        return case
    if operation.path.endswith("/series") and draw(st.booleans()):
        case.query = {"region": draw(st.lists(st.sampled_from(REAL["region"]), min_size=1, max_size=4))}
        return case
    for name in sorted(set(case.query) & set(REAL)):
        if draw(st.booleans()) or name == "indicator":
            one = st.sampled_from(REAL[name])
            is_list = isinstance(case.query[name], list)
            case.query[name] = draw(st.lists(one, min_size=1, max_size=4) if is_list else one)
    return case


def is_honest(case: schemathesis.Case) -> bool:
    """Whether free text is text: an object given as `q` becomes text on its way, and any text may be looked for."""
    return isinstance(case.query.get("q", ""), str)


def try_out(description: schemathesis.BaseSchema, path: str, examples: int, **how: bool) -> None:
    """Requests to one operation: those that fit its description, those that do not, and those with real codes."""
    operation = description[path]["GET"]

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=UNHURRIED,
        database=None,
        phases=PHASES,
        **how,
    )
    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        | requests_that_reach_the_figures(operation)
    )
    def ask(case: schemathesis.Case) -> None:
        answer = case.call()
        statuses[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS if is_honest(case) else CHECKS[:-1])

    statuses: Counter[int] = Counter()
    ask()
    assert statuses[404] + statuses[422] > 0
    assert statuses[200] > 0 or "/citations/" in path  # nobody cited anything here


@pytest.mark.parametrize("path", PATHS)
def test_no_request_breaks_the_api_or_gets_an_answer_it_does_not_describe(
    description: schemathesis.BaseSchema, path: str
) -> None:
    try_out(description, path, 20, derandomize=True)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_no_request_breaks_the_api_however_long_one_tries(
    description: schemathesis.BaseSchema, path: str
) -> None:
    try_out(description, path, 500)
