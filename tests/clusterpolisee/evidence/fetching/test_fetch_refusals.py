"""What comes from a source and is no table, who may ask, and what a description can lead to."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from clusterpolisee.evidence.fetching.errors import FetchError
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import person, table
from factories.fetched import BASE, FIGURES, Fetch, expected, figures, jobs
from factories.replay_server import HTML, JSON, ReplayServer, Reply
from factories.table_source import TableSource

pytestmark = pytest.mark.django_db


# Answers that are none -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        (Reply("<!DOCTYPE html><title>Maintenance</title>", kind=HTML), "fetching.web_page"),
        (Reply("<html><body>403</body></html>", kind="text/csv"), "fetching.web_page"),
        (Reply("<h1>Not found</h1>", status=404, kind=HTML), "fetching.web_page"),
        (
            Reply('{"error":[{"status":400,"id":150,"label":"INVALID_QUERY_DIMENSION: sexe"}]}', kind=JSON),
            "fetching.error_answer",
        ),
        (Reply("Bad request", status=400, kind="text/plain"), "fetching.error_answer"),
        (Reply("", status=406), "fetching.error_answer"),
        (Reply("Hello, how are you?", kind="text/plain"), "fetching.not_figures"),
        (Reply("", kind="text/csv"), "fetching.not_figures"),
        (Reply(b"\x89PNG\r\n\x1a\n" + bytes(50), kind="image/png"), "fetching.not_figures"),
        (Reply(b"\x1f\x8b\x08\x00garbage that is no gzip", kind="application/gzip"), "fetching.damaged"),
        (Reply(gzip.compress(b"geo,TIME_PERIOD,OBS_VALUE\n" * 9000)[:-30]), "fetching.damaged"),
        (Reply('{"version":"2.0","class":"dataset","value":{"0":1', kind=JSON), "fetching.damaged"),
        (
            Reply("DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nESTAT:JOBS(1.0),BG31,2014,100\nESTAT:JO"),
            "fetching.damaged",
        ),
        (Reply("a" * 3000, cut=100), "fetching.broke_off"),
        (Reply("a" * 3000, endless=True), "fetching.too_large"),
        (Reply(status=302, headers={"Location": "http://10.0.0.8/"}), "fetching.address_refused"),
        (Reply(status=429, headers={"Retry-After": "4"}), "fetching.busy"),
        (Reply(status=500), "fetching.failing"),
        (Reply("a", delay=2.0), "fetching.unreachable"),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence_and_stores_nothing(
    source: ReplayServer, fetch: Fetch, reply: Reply, key: str
) -> None:
    TableSource(source)
    source.answers(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", reply)
    with pytest.raises(FetchError) as caught:
        fetch(jobs())
    assert caught.value.key == key
    assert str(caught.value).startswith("127.0.0.1") or "127.0.0.1" in str(caught.value)
    assert not DatasetVersion.objects.exists()


def test_what_a_source_says_is_quoted_without_its_markup(source: ReplayServer, fetch: Fetch) -> None:
    TableSource(source)
    page = "<html><title>Down &amp; out <b>today</b></title></html>"
    source.answers(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", Reply(page, kind=HTML))
    with pytest.raises(FetchError, match="“Down & out today”"):
        fetch(jobs())


def test_a_damaged_answer_is_not_kept_for_the_next_attempt(source: ReplayServer, fetch: Fetch) -> None:
    inner = TableSource(source)
    source.answers(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", Reply(b"\x1f\x8b\x08garbage"))
    with pytest.raises(FetchError):
        fetch(jobs())
    source.answers_with(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", inner.sdmx30)
    assert figures(fetch(Dataset.objects.get()).outcome.version) == expected(2014, 2019)


def test_editions_that_change_between_two_parts_are_not_put_together(
    source: ReplayServer, fetch: Fetch
) -> None:
    inner = TableSource(source, most_cells=12, packed=False)

    def answer(asked):
        reply = inner.sdmx21(asked)
        newer = reply.content.replace(b"07/07/26", b"08/07/26")
        return Reply(newer) if "startPeriod=2017" in asked.line else reply

    source.answers_with(f"{BASE}/sdmx/2.1/data/jobs/*", answer)
    with pytest.raises(FetchError) as caught:
        fetch(jobs("eurostat-sdmx-2.1"))
    assert caught.value.key == "fetching.parts_differ"


def test_another_table_than_the_one_asked_for_is_refused(source: ReplayServer, fetch: Fetch) -> None:
    other = TableSource(source, code="wages")
    source.answers_with(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", other.sdmx30)
    with pytest.raises(Obstacle, match="holds the table wages"):
        fetch(jobs())


# Rights and descriptions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, Role.MEMBER])
def test_only_analysts_fetch(source: ReplayServer, fetch: Fetch, role: Role | None) -> None:
    somebody = person(*([role] if role else []))
    with pytest.raises(NotAllowed):
        fetch(jobs(), actor=somebody)
    assert source.asked == []


def test_a_table_without_a_source_says_what_to_do(fetch: Fetch) -> None:
    with pytest.raises(FetchError, match="does not say where jobs is fetched from"):
        fetch(table())


@pytest.mark.parametrize(
    "said",
    [
        {"service": "ftp"},
        {"service": "eurostat-sdmx-2.1"},
        {"service": "eurostat-sdmx-3.0", "resource": "../../async/data/1"},
        {"service": "eurostat-sdmx-3.0", "resource": "jobs?x=1"},
        {"service": "eurostat-sdmx-3.0", "resource": ".."},
        {"service": "eurostat-sdmx-3.0", "filters": {"geo": ["BG31&c[x]=1"]}},
        {"service": "eurostat-sdmx-3.0", "filters": {"geo]=x&c[sex": ["T"]}},
        {"service": "eurostat-sdmx-3.0", "filters": {"geo": "BG31"}},
        {"service": "eurostat-sdmx-3.0", "first_year": "2014"},
        {"service": "eurostat-sdmx-3.0", "host": "https://evil.example"},
        "https://evil.example",
        ["eurostat-sdmx-3.0"],
    ],
)
def test_a_description_that_could_lead_elsewhere_is_refused(
    source: ReplayServer, fetch: Fetch, said: Any
) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(table(source=said))
    assert (caught.value.key, source.asked) == ("fetching.bad_source", [])
