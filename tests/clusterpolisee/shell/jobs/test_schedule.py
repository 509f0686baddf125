"""What begins by the clock begins once, at its hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clusterpolisee.config.schedule import SCHEDULE
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.jobs.kinds import KINDS
from clusterpolisee.shell.jobs.models import Job, Moment
from clusterpolisee.shell.jobs.schedule import Every, serve_due

SOFIA = ZoneInfo("Europe/Sofia")
DAILY = Every("daily", kind="test.count", every=timedelta(days=1), hour=4)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SOFIA)


@pytest.mark.parametrize(
    ("line", "now", "moment"),
    [
        (DAILY, at(24, 4), at(24, 4)),
        (DAILY, at(24, 3, 59), at(23, 4)),
        (DAILY, at(24, 23), at(24, 4)),
        (DAILY, at(29, 12, month=3), at(29, 4, month=3)),  # the day on which summer begins
        (DAILY, at(29, 2, month=3), at(28, 4, month=3)),
        (DAILY, at(25, 12, month=10), at(25, 4, month=10)),  # and the one on which it ends
        (Every("hourly", kind="k", every=timedelta(hours=1)), at(24, 7, 31), at(24, 7)),
        (Every("often", kind="k", every=timedelta(minutes=20)), at(24, 7, 59), at(24, 7, 40)),
    ],
)
def test_the_latest_moment_is_that_of_the_clock_on_the_wall(
    line: Every, now: datetime, moment: datetime
) -> None:
    assert line.latest_moment(now) == moment


def test_a_weekly_line_has_one_moment_a_week() -> None:
    weekly = Every("weekly", kind="k", every=timedelta(days=7), hour=5)
    moments = {weekly.latest_moment(at(day, 12)) for day in range(1, 29)}
    assert len(moments) in (4, 5)
    assert {
        later - earlier for earlier, later in zip(sorted(moments), sorted(moments)[1:], strict=False)
    } == {timedelta(days=7)}


@pytest.mark.django_db
def test_a_moment_is_served_once_by_however_many_workers(does: Callable[..., None]) -> None:
    serve_due(actor=operator(), now=at(23, 12), lines=[DAILY])  # a new instance begins with the next moment
    assert not Job.objects.exists()
    first = serve_due(actor=operator(), now=at(24, 4, 1), lines=[DAILY])
    second = serve_due(actor=operator(), now=at(24, 4, 1), lines=[DAILY])
    assert (len(first), second, Job.objects.count()) == (1, [], 1)


@pytest.mark.django_db
def test_a_worker_that_comes_second_by_a_hair_finds_the_moment_taken(
    does: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_due(actor=operator(), now=at(23, 12), lines=[DAILY])
    stale = Moment.objects.get()
    serve_due(actor=operator(), now=at(24, 5), lines=[DAILY])
    monkeypatch.setattr(
        "clusterpolisee.shell.jobs.schedule.Moment.objects.filter", lambda **_: _Found(stale), raising=False
    )
    assert serve_due(actor=operator(), now=at(24, 5), lines=[DAILY]) == []
    assert Job.objects.count() == 1


class _Found:
    """What the second worker saw before the first had written."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment

    def order_by(self, _field: str) -> _Found:
        return self

    def first(self) -> Moment:
        return self.moment


@pytest.mark.django_db
def test_after_a_standstill_only_the_latest_moment_is_served(does: Callable[..., None]) -> None:
    serve_due(actor=operator(), now=at(1, 12), lines=[DAILY])
    assert len(serve_due(actor=operator(), now=at(24, 12), lines=[DAILY])) == 1


def test_the_schedule_of_the_instance_names_kinds_that_exist() -> None:
    lines = tuple(SCHEDULE)
    assert [line.kind for line in lines if line.kind not in KINDS] == []
    assert len({line.name for line in lines}) == len(lines) > 0
