"""Sources that change in the middle, promise and do not keep, or send cubes and packages that are not what they say."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from clusterpolisee.evidence import store
from clusterpolisee.evidence.actions import STAGED
from clusterpolisee.evidence.fetching import answers
from clusterpolisee.evidence.fetching.actions import Told
from clusterpolisee.evidence.fetching.errors import FetchError
from clusterpolisee.evidence.fetching.query import Query
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from factories.fetched import BASE, FIGURES, SERVICES, Fetch, expected, figures, jobs
from factories.replay_server import JSON, XML, Asked, FakeWorld, ReplayServer, Reply
from factories.table_source import REGIONS, STATUS, TICKET, TableSource

pytestmark = pytest.mark.django_db
TABLE = f"{FIGURES}/dataflow/ESTAT/jobs/1.0"
CUBE = f"{BASE}/statistics/1.0/data/jobs"
NEWER = "2026-07-08T11:00:00+0200"


class _Killed(BaseException):
    """Stands for the end of the program: nothing of ours catches it."""


def killed_after(done: int) -> Told:
    def parts(so_far: int, _of: int) -> None:
        if so_far == done:
            raise _Killed

    return Told(parts=parts)


def told(fetch: Fetch, found: Dataset, **options: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(found, **options)
    assert not DatasetVersion.objects.exists()
    return caught.value


# Editions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_parts_of_the_edition_before_are_thrown_away_when_the_fetch_goes_on(
    source: ReplayServer, fetch: Fetch, service: str
) -> None:
    """Killed after three of six years; a minute later the source has published, and every figure is one more."""
    at_source, found = TableSource(source, most_cells=4), jobs(service)
    with pytest.raises(_Killed):
        fetch(found, told=killed_after(3))
    at_source.more, at_source.updated = 1, NEWER
    fetched = fetch(found)
    newer = {cell: value + 1 for cell, value in expected(2014, 2019).items()}
    assert (fetched.parts, figures(fetched.outcome.version)) == (6, newer)


@pytest.mark.parametrize("service", SERVICES)
def test_a_table_that_is_published_anew_between_two_parts_is_not_put_together(
    source: ReplayServer, fetch: Fetch, service: str
) -> None:
    at_source, found = TableSource(source, most_cells=12), jobs(service)

    def published(done: int, _of: int) -> None:
        if done == 1:
            at_source.more, at_source.updated = 1, NEWER

    assert told(fetch, found, told=Told(parts=published)).key == "fetching.parts_differ"
    newer = {cell: value + 1 for cell, value in expected(2014, 2019).items()}
    assert figures(fetch(found).outcome.version) == newer


def test_the_date_is_found_where_the_table_has_no_countries(source: ReplayServer, fetch: Fetch) -> None:
    """Tables of regions alone know nothing of BG: asked for a region they say when they were updated."""
    inner = TableSource(source)
    source.answers_with(
        CUBE,
        lambda asked: (
            Reply('{"error":[{"status":404,"label":"NO_RESULTS"}]}', status=404, kind=JSON)
            if asked.query["geo"] == ["BG"]
            else inner.statistics(asked)
        ),
    )
    found = jobs()
    fetch(found, only_if_changed=True)
    assert fetch(found, only_if_changed=True).outcome is None


# Promises ------------------------------------------------------------------------------------------------


def test_a_result_that_came_too_late_is_taken_when_somebody_goes_on(
    source: ReplayServer, fetch: Fetch, fake: FakeWorld
) -> None:
    """Three hours in vain, a night, and then the result lies there: it is not ordered a second time."""
    inner, ready = TableSource(source), [False]

    def status(_asked: Asked) -> Reply:
        return Reply(
            STATUS.format(ticket="98de05ea", status="AVAILABLE" if ready[0] else "PROCESSING"), kind=XML
        )

    source.answers(TABLE, Reply(TICKET.format(ticket="98de05ea"), kind=XML))
    source.answers_with(f"{BASE}/1.0/async/status/98de05ea", status)
    whole = inner.sdmx30(Asked("", {"c[TIME_PERIOD]": ["ge:2014 le:2019"]}, {}, ""))
    source.answers(f"{BASE}/1.0/async/data/98de05ea", whole)
    found = jobs()
    assert told(fetch, found).key == "fetching.late"
    fake.now += 8 * 3600
    assert told(fetch, found).key == "fetching.late"  # it looked, and nothing was there
    ready[0] = True
    fake.now += 8 * 3600
    assert figures(fetch(found).outcome.version) == expected(2014, 2019)
    assert len(source.questions(TABLE)) == 1


# Packages ------------------------------------------------------------------------------------------------


def test_a_line_without_an_end_in_a_small_package_does_not_fill_the_memory(
    source: ReplayServer, fetch: Fetch
) -> None:
    """Sixty-four megabytes of noughts pack into sixty-four kilobytes."""
    TableSource(source)
    source.answers(TABLE, Reply(gzip.compress(b"geo,TIME_PERIOD,OBS_VALUE," + b"0" * 64 * 1024 * 1024)))
    found = jobs()
    tracemalloc.start()
    try:
        assert told(fetch, found).key == "fetching.damaged"
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("limit", "beginning", "more"),
    [
        ("MOST_UNPACKED", b"geo,TIME_PERIOD,OBS_VALUE\n", b"BG31,2014,100\n"),
        ("MOST_JSON", b'{"version":"2.0","class":"dataset","value":[', b"0,"),
        ("MOST_JSON", b'{"version":"2.0","value":[', b"0,"),
    ],
)
def test_a_package_that_unpacks_without_an_end_is_stopped_at_the_limit(
    source: ReplayServer,
    fetch: Fetch,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    beginning: bytes,
    more: bytes,
) -> None:
    TableSource(source)
    monkeypatch.setattr(answers, limit, 1024 * 1024)
    source.answers(TABLE, Reply(gzip.compress(beginning + more * 1_000_000 + b"0]}")))
    assert told(fetch, jobs()).key == "fetching.damaged"


def test_a_row_cut_in_the_middle_is_seen_behind_another_separator(source: ReplayServer, fetch: Fetch) -> None:
    TableSource(source)
    source.answers(
        TABLE, Reply("DATAFLOW;geo;TIME_PERIOD;OBS_VALUE\nESTAT:JOBS(1.0);BG31;2014;100\nESTAT:JO")
    )
    assert told(fetch, jobs()).key == "fetching.damaged"


def test_figures_with_a_comma_for_a_point_are_refused_and_never_ten_times_too_large(
    source: ReplayServer, fetch: Fetch
) -> None:
    TableSource(source)
    source.answers(
        TABLE, Reply("DATAFLOW;nace_r2;geo;TIME_PERIOD;OBS_VALUE\nESTAT:JOBS(1.0);C10;BG31;2014;100,5\n")
    )
    with pytest.raises(Exception, match="No row of the file can be used"):
        fetch(jobs())
    assert not DatasetVersion.objects.exists()


# Cubes ---------------------------------------------------------------------------------------------------


def _beyond(cube: dict[str, Any]) -> None:
    cube["value"]["99"] = 5


def _below(cube: dict[str, Any]) -> None:
    cube["value"]["-1"] = 5


def _nowhere(cube: dict[str, Any]) -> None:
    cube["value"]["first"] = 5


def _too_long(cube: dict[str, Any]) -> None:
    cube["value"] = [1] * 99


def _another_size(cube: dict[str, Any]) -> None:
    cube["size"][-1] += 1


def _flat(cube: dict[str, Any]) -> None:
    cube["size"] = 12


def _no_codes(cube: dict[str, Any]) -> None:
    del cube["dimension"]["geo"]["category"]


@pytest.mark.parametrize("wrong", [_beyond, _below, _nowhere, _too_long, _another_size, _flat, _no_codes])
def test_a_cube_whose_figures_and_sizes_do_not_fit_is_damaged(
    source: ReplayServer, fetch: Fetch, wrong: Callable[[dict[str, Any]], None]
) -> None:
    inner = TableSource(source, most_cells=12)

    def answer(asked: Asked) -> Reply:
        reply = inner.statistics(asked)
        if asked.query.get("sinceTimePeriod") != ["2017"]:
            return reply
        cube = json.loads(reply.content)
        wrong(cube)
        return Reply(json.dumps(cube), kind=JSON)

    source.answers_with(CUBE, answer)
    assert told(fetch, jobs("eurostat-statistics")).key == "fetching.damaged"


def test_two_parts_that_say_different_things_of_one_cell_are_not_put_together(
    source: ReplayServer, fetch: Fetch
) -> None:
    """The source leaves the years aside and sends all of them twice, with other figures the second time."""
    inner = TableSource(source)

    def answer(asked: Asked) -> Reply:
        if "lastTimePeriod" in asked.query or asked.query["sinceTimePeriod"] == ["2014"]:
            if asked.query.get("untilTimePeriod") == ["2019"]:
                return Reply('{"error":[{"status":413,"label":"EXTRACTION_TOO_BIG"}]}', status=413, kind=JSON)
            return inner.statistics(asked)
        inner.more = 7
        return inner.statistics(Asked("", {"sinceTimePeriod": ["2014"], "untilTimePeriod": ["2019"]}, {}, ""))

    source.answers_with(CUBE, answer)
    assert told(fetch, jobs("eurostat-statistics")).key == "fetching.parts_differ"


# What the catalogue says wrongly -------------------------------------------------------------------------


def _dimensions(**codes: list[str]) -> str:
    dimension = {
        name: {"category": {"index": {code: at for at, code in enumerate(one)}}}
        for name, one in codes.items()
    }
    return json.dumps({"version": "2.0", "class": "dataset", "id": list(codes), "dimension": dimension})


OF_JOBS = _dimensions(freq=["A"], unit=["THS_PER", "PC"], nace_r2=["C10"], geo=["BG31"], time=["2019"])
NO_RESULTS = Reply('{"error":[{"status":404,"id":100,"label":"NO_RESULTS"}]}', status=404, kind=JSON)


@pytest.mark.parametrize(
    ("service", "source_says", "sentence"),
    [
        (
            "eurostat-sdmx-3.0",
            {"filters": {"unit": ["THS"]}},
            "127.0.0.1 has no code “THS” in the dimension “unit” of jobs. It has: THS_PER, PC. Correct the filters",
        ),
        (
            "eurostat-statistics",
            {"filters": {"freq": ["A"], "sexe": ["T"]}},
            "127.0.0.1 has no dimension “sexe” in jobs. It has: freq, unit, nace_r2, geo. Correct filters and order",
        ),
        (
            "eurostat-sdmx-2.1",
            {"order": ["freq", "nace_r2", "unit", "geo"]},
            "127.0.0.1 has the dimensions of jobs in another order: freq, unit, nace_r2, geo. Correct the order",
        ),
    ],
)
@pytest.mark.parametrize("answer", [NO_RESULTS, Reply("Bad request", status=400, kind="text/plain")])
def test_a_wrong_description_is_told_with_what_the_source_accepts(
    source: ReplayServer,
    fetch: Fetch,
    service: str,
    source_says: dict[str, Any],
    sentence: str,
    answer: Reply,
) -> None:
    def small(asked: Asked) -> Reply:
        return (
            Reply(OF_JOBS, kind=JSON)
            if "lastTimePeriod" in asked.query and "unit" not in asked.query
            else answer
        )

    source.answers_with(CUBE, small)
    source.answers("/*", answer)
    found = jobs()
    given = {
        "service": service,
        "filters": {"freq": ["A"]},
        "first_year": 2014,
        "last_year": 2019,
        **source_says,
    }
    Dataset.objects.filter(pk=found.pk).update(source=given)
    assert str(told(fetch, found)).startswith(sentence)


def test_a_right_description_is_not_blamed_for_years_without_figures(
    source: ReplayServer, fetch: Fetch
) -> None:
    source.answers(TABLE, NO_RESULTS)
    source.answers(CUBE, Reply(OF_JOBS, kind=JSON))
    assert told(fetch, jobs(filters={"freq": ["A"], "unit": ["PC"]})).key == "fetching.nothing"


@pytest.mark.parametrize(
    "said",
    [
        "[]",
        '{"class":"dataset"}',
        '{"class":"dataset","id":7}',
        '{"class":"dataset","id":[["geo"]]}',
        "<html>",
    ],
)
def test_a_small_answer_that_says_nothing_leaves_the_first_sentence(
    source: ReplayServer, fetch: Fetch, said: str
) -> None:
    source.answers(TABLE, Reply("Bad request", status=400, kind="text/plain"))
    source.answers_with(
        CUBE,
        lambda asked: (
            Reply(said, kind=JSON) if "freq" not in asked.query else Reply('{"class":"dataset"}', kind=JSON)
        ),
    )
    assert told(fetch, jobs()).key == "fetching.error_answer"


def test_the_names_of_a_very_long_dimension_are_shown_in_part() -> None:
    from clusterpolisee.evidence.fetching.explaining import mismatch

    cube = json.loads(_dimensions(age=[f"Y{age}" for age in range(100)], time=["2019"]))
    found = mismatch(cube, Query("", "jobs", (("age", ("TOTAL",)),), 2016, 2018))
    assert found is not None
    assert found[1]["known"].startswith("Y0, Y1, ") and found[1]["known"].endswith("Y39, …")


def test_a_source_that_sends_all_regions_for_some_is_still_read_once(
    source: ReplayServer, fetch: Fetch
) -> None:
    """The year is split by places, and each half brings all four: the same figures twice are no contradiction."""
    inner = TableSource(source)

    def answer(asked: Asked) -> Reply:
        if "lastTimePeriod" not in asked.query and "geo" not in asked.query:
            return Reply('{"error":[{"status":413,"label":"EXTRACTION_TOO_BIG"}]}', status=413, kind=JSON)
        return inner.statistics(Asked("", {**asked.query, "geo": [""]}, {}, ""))

    source.answers_with(CUBE, answer)
    fetched = fetch(jobs("eurostat-statistics", places=list(REGIONS)), (2016, 2016))
    assert (fetched.outcome.kind, figures(fetched.outcome.version)) == (STAGED, expected(2016, 2016))


def test_a_unit_that_the_source_writes_otherwise_today_is_the_same_series(
    source: ReplayServer, fetch: Fetch
) -> None:
    rows = "".join(f"ESTAT:JOBS(1.0),THS_PER,C10,BG31,{year},{100 + year}\n" for year in (2015, 2016))
    source.answers(TABLE, Reply("DATAFLOW,unit,nace_r2,geo,TIME_PERIOD,OBS_VALUE\n" + rows))
    source.answers("/*", NO_RESULTS)
    found = jobs()
    Dataset.objects.filter(pk=found.pk).update(
        dimensions=[{"code": "unit", "default": "THS", "renamed": {"THS_PER": "THS"}}]
    )
    version = fetch(found).outcome.version
    assert store.observations(version)["series"].unique().to_list() == ["THS"]
