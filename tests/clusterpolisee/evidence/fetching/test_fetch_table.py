"""A table fetched from its source: split, awaited, joined, resumed, and read into a version."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.actions import ACCEPTED, ALREADY_IMPORTED, DRY_RUN, STAGED
from clusterpolisee.evidence.fetching.actions import Told
from clusterpolisee.evidence.fetching.client import Limits
from clusterpolisee.evidence.fetching.errors import FetchError
from clusterpolisee.evidence.models import Dataset, DatasetVersion, SourceState
from factories.evidence import NOW, bring
from factories.fetched import BASE, FIGURES, SERVICES, Fetch, expected, figures, jobs
from factories.replay_server import JSON, XML, FakeWorld, ReplayServer, Reply
from factories.table_source import FOOTER, REGIONS, STATUS, TICKET, TableSource

pytestmark = pytest.mark.django_db

# From the source into a version --------------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
def test_a_table_becomes_a_waiting_version_with_its_origin(
    source: ReplayServer, fetch: Fetch, service: str
) -> None:
    TableSource(source)
    fetched = fetch(jobs(service), (2016, 2018))
    version = fetched.outcome.version
    assert (fetched.outcome.kind, fetched.parts, version.state) == (STAGED, 1, "staged")
    assert figures(version) == expected(2016, 2018)
    assert version.source_url.startswith(f"{source.address}{BASE}/")
    assert (version.retrieved_on, version.raw_size > 0) == (NOW.date(), True)


@pytest.mark.parametrize("service", SERVICES)
def test_a_table_found_too_big_is_split_by_years_and_joined(
    source: ReplayServer, fetch: Fetch, service: str
) -> None:
    """Twelve cells at most: six years of four regions are asked whole, then 2014–2016 and 2017–2019."""
    asked = TableSource(source, most_cells=12).asked_years
    fetched = fetch(jobs(service))
    assert asked == [(2014, 2019), (2014, 2016), (2017, 2019)]
    assert (fetched.parts, figures(fetched.outcome.version)) == (2, expected(2014, 2019))
    assert "2 parts" in fetched.outcome.version.source_note


@pytest.mark.parametrize("service", SERVICES)
def test_a_single_year_found_too_big_is_split_by_places(
    source: ReplayServer, fetch: Fetch, service: str
) -> None:
    TableSource(source, most_cells=2)
    fetched = fetch(jobs(service, places=list(REGIONS)), (2016, 2016))
    assert (fetched.parts, figures(fetched.outcome.version)) == (2, expected(2016, 2016))


def test_a_year_is_split_by_the_codes_of_every_vintage_where_the_source_names_none(
    source: ReplayServer, fetch: Fetch
) -> None:
    TableSource(source, most_cells=2)
    fetched = fetch(jobs(), (2016, 2016), limits=Limits(attempts=1))
    assert figures(fetched.outcome.version) == expected(2016, 2016)


def test_what_cannot_be_split_any_further_is_told(source: ReplayServer, fetch: Fetch) -> None:
    TableSource(source, most_cells=0)
    with pytest.raises(FetchError) as caught:
        fetch(jobs(places=["BG31", "BG32"]), (2016, 2016))
    assert caught.value.key == "fetching.still_too_big"


def test_the_footer_of_an_older_service_splits_too(source: ReplayServer, fetch: Fetch) -> None:
    inner = TableSource(source)
    source.answers_with(
        f"{FIGURES}/dataflow/ESTAT/jobs/1.0",
        lambda asked: Reply(FOOTER, kind=XML) if "2014+le:2019" in asked.line else inner.sdmx30(asked),
    )
    assert figures(fetch(jobs()).outcome.version) == expected(2014, 2019)


def test_years_without_figures_leave_the_others_whole(source: ReplayServer, fetch: Fetch) -> None:
    """2010–2013 come back as “no results”: the source has nothing before 2014."""
    TableSource(source, most_cells=12)
    fetched = fetch(jobs(first_year=2008, last_year=2019))
    assert figures(fetched.outcome.version) == expected(2014, 2019)


def test_a_table_without_any_figure_for_the_years_is_told(source: ReplayServer, fetch: Fetch) -> None:
    TableSource(source)
    with pytest.raises(FetchError) as caught:
        fetch(jobs(first_year=2000), (2001, 2003))
    assert str(caught.value) == "127.0.0.1 has no figures of jobs for 2001–2003. Choose other years."


# Waiting for a result ------------------------------------------------------------------------------------


def asynchronous(source: ReplayServer, *statuses: str) -> TableSource:
    """The whole table is promised for later; halves are answered at once."""
    inner = TableSource(source)

    def answer(asked):
        return (
            Reply(TICKET.format(ticket="98de05ea-540a"), kind=XML)
            if "2014+le:2019" in asked.line
            else inner.sdmx30(asked)
        )

    source.answers_with(f"{FIGURES}/dataflow/ESTAT/jobs/1.0", answer)
    status = [Reply(STATUS.format(ticket="98de05ea-540a", status=one), kind=XML) for one in statuses]
    source.answers(f"{BASE}/1.0/async/status/98de05ea-540a", *status)
    rows = "".join(
        f"dataflow,ESTAT:JOBS(1.0),I,A,C10,{region},{year},{value:.0f},\n"
        for (region, year), value in expected(2014, 2019).items()
    )
    header = "STRUCTURE,STRUCTURE_ID,ACTION,freq,nace_r2,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    source.answers(f"{BASE}/1.0/async/data/98de05ea-540a", Reply(gzip.compress((header + rows).encode())))
    return inner


def test_a_result_that_is_prepared_is_waited_for(source: ReplayServer, fetch: Fetch, fake: FakeWorld) -> None:
    asynchronous(source, "SUBMITTED", "PROCESSING", "AVAILABLE")
    fetched = fetch(jobs())
    assert (fetched.parts, figures(fetched.outcome.version)) == (1, expected(2014, 2019))
    assert fake.slept == [5.0, 7.5]
    assert len(source.questions(FIGURES)) == 1


@pytest.mark.parametrize("end", ["EXPIRED", "UNKNOWN_REQUEST", "ERROR"])
def test_a_result_that_was_lost_is_asked_for_in_parts(source: ReplayServer, fetch: Fetch, end: str) -> None:
    asynchronous(source, "PROCESSING", end)
    assert figures(fetch(jobs()).outcome.version) == expected(2014, 2019)
    assert len(source.questions(FIGURES)) == 3


def test_a_result_that_is_never_ready_is_left_after_three_hours(
    source: ReplayServer, fetch: Fetch, fake: FakeWorld
) -> None:
    asynchronous(source, "PROCESSING")
    with pytest.raises(FetchError) as caught:
        fetch(jobs())
    assert (caught.value.key, 3 * 3600 < sum(fake.slept) < 3.1 * 3600) == ("fetching.late", True)


def test_the_ticket_survives_the_program(source: ReplayServer, fetch: Fetch) -> None:
    asynchronous(source, "PROCESSING", "AVAILABLE")
    with pytest.raises(_Killed):
        fetch(jobs(), sleep=_killed)
    source.forget()
    assert figures(fetch(Dataset.objects.get()).outcome.version) == expected(2014, 2019)
    assert source.questions(FIGURES) == []  # the result is looked for, not ordered a second time


def test_a_busy_json_service_is_given_a_pause_before_it_is_asked_for_less(
    source: ReplayServer, fetch: Fetch, fake: FakeWorld
) -> None:
    inner = TableSource(source)
    said = '{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously."}}'
    left = [1]

    def answer(asked):
        is_first = "lastTimePeriod" not in asked.query and bool(left) and bool(left.pop())
        return Reply(said, kind=JSON) if is_first else inner.statistics(asked)

    source.answers_with(f"{BASE}/statistics/1.0/data/jobs", answer)
    fetched = fetch(jobs("eurostat-statistics"))
    assert (fetched.parts, fake.slept) == (1, [20.0])


# Killed half-way -----------------------------------------------------------------------------------------


class _Killed(BaseException):
    """Stands for the end of the program: nothing of ours catches it."""


def _killed(*_arguments: object) -> None:
    raise _Killed


def test_what_was_fetched_before_the_end_is_not_asked_for_again(source: ReplayServer, fetch: Fetch) -> None:
    """Four cells at most: a part for each of six years, of which three had come when the program ended."""
    asked = TableSource(source, most_cells=4).asked_years
    found = jobs()

    def parts(done: int, of: int) -> None:
        if done == 3:
            _killed()

    with pytest.raises(_Killed):
        fetch(found, told=Told(parts=parts))
    before = list(asked)
    asked.clear()
    fetched = fetch(found)
    assert figures(fetched.outcome.version) == expected(2014, 2019)
    assert (set(before) & set(asked), fetched.parts) == (set(), 6)
    assert [one for one in asked if one[0] == one[1]] == [(2017, 2017), (2018, 2018), (2019, 2019)]


def test_a_part_that_was_changed_on_disk_is_asked_for_again(
    source: ReplayServer, fetch: Fetch, settings
) -> None:
    asked = TableSource(source, most_cells=12).asked_years
    found = jobs()
    with pytest.raises(_Killed):
        fetch(found, told=Told(step=_killed))
    for file in (settings.FETCH_FOLDER / "jobs").glob("*.data"):
        file.write_bytes(file.read_bytes() + b"x")
    asked.clear()
    assert figures(fetch(found).outcome.version) == expected(2014, 2019)
    assert asked == [(2014, 2016), (2017, 2019)]


def test_parts_of_yesterday_are_not_mixed_with_those_of_today(
    source: ReplayServer, fetch: Fetch, fake: FakeWorld
) -> None:
    at_source = TableSource(source, most_cells=12)
    found = jobs()
    with pytest.raises(_Killed):
        fetch(found, told=Told(step=_killed))
    fake.now += 24 * 3600
    at_source.more = 1
    fetched = fetch(found)
    assert figures(fetched.outcome.version)["BG31", 2014] == 101


def test_nothing_is_left_on_disk_once_the_version_is_stored(
    source: ReplayServer, fetch: Fetch, settings
) -> None:
    TableSource(source, most_cells=12)
    fetch(jobs())
    assert [path.name for path in settings.FETCH_FOLDER.rglob("*")] == ["jobs.lock"]


def test_two_at_once_do_not_fetch_the_same_table(source: ReplayServer, fetch: Fetch) -> None:
    TableSource(source)
    found = jobs()

    def another(done: int, of: int) -> None:
        with pytest.raises(FetchError) as caught:
            fetch(found)
        assert caught.value.key == "fetching.under_way"

    assert fetch(found, told=Told(parts=another)).outcome.kind == STAGED


# Years, decisions, repetition ----------------------------------------------------------------------------


def test_more_years_never_take_any_away(source: ReplayServer, fetch: Fetch) -> None:
    asked = TableSource(source).asked_years
    found = jobs()
    fetch(found, (2014, 2015), accept=True)
    fetched = fetch(found, (2018, 2018), accept=True)
    assert (asked[-1], fetched.outcome.kind) == ((2014, 2018), ACCEPTED)
    assert figures(queries.current_version("jobs")) == expected(2014, 2018)


def test_accepting_at_once_still_stops_at_what_looks_wrong(source: ReplayServer, fetch: Fetch) -> None:
    found = jobs()
    bring("region,activity,year,value\nBG31,C10,2014,100\nBG32,C10,2014,200\n")
    TableSource(source, more=90_000)
    assert fetch(found, accept=True).outcome.kind == STAGED


def test_the_same_figures_again_are_no_new_version(source: ReplayServer, fetch: Fetch) -> None:
    TableSource(source)
    found = jobs()
    fetch(found)
    assert fetch(found).outcome.kind == ALREADY_IMPORTED
    assert DatasetVersion.objects.count() == 1


def test_a_dry_run_stores_nothing_and_remembers_nothing_of_the_source(
    source: ReplayServer, fetch: Fetch
) -> None:
    TableSource(source)
    assert fetch(jobs(), dry_run=True).outcome.kind == DRY_RUN
    assert (DatasetVersion.objects.exists(), SourceState.objects.get().fetched_at) == (False, None)


def test_years_a_table_cannot_have_are_refused_without_asking(source: ReplayServer, fetch: Fetch) -> None:
    with pytest.raises(FetchError, match="has no year before 2014 or after 2019"):
        fetch(jobs(), (2021, 2024))
    with pytest.raises(FetchError, match="backwards"):
        fetch(Dataset.objects.get(), (2018, 2016))
    assert source.asked == []


def test_the_future_is_not_asked_for(source: ReplayServer, fetch: Fetch) -> None:
    asked = TableSource(source).asked_years
    fetch(jobs(last_year=2100), now=datetime(2018, 5, 1, tzinfo=UTC))
    assert asked == [(2014, 2018)]


def test_a_source_is_asked_for_its_table_only_when_it_was_updated(source: ReplayServer, fetch: Fetch) -> None:
    at_source = TableSource(source)
    found = jobs()
    fetch(found, only_if_changed=True)
    assert fetch(found, only_if_changed=True).outcome is None
    assert len(source.questions(FIGURES)) == 1
    at_source.updated, at_source.more = "2026-08-01T23:00:00+0200", 1
    assert fetch(found, only_if_changed=True).outcome.kind == STAGED


def test_a_source_that_gives_marks_is_asked_by_its_mark(source: ReplayServer, fetch: Fetch) -> None:
    at_source = TableSource(source, etag='"edition 1"', updated="")
    found = jobs()
    fetch(found, only_if_changed=True)
    assert fetch(found, only_if_changed=True).outcome is None
    assert source.questions(FIGURES)[-1].headers["if-none-match"] == '"edition 1"'
    at_source.etag, at_source.more = '"edition 2"', 1
    assert fetch(found, only_if_changed=True).outcome.kind == STAGED
