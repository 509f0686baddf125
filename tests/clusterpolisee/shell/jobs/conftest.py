"""A kind of work to play with, and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.jobs import kinds
from clusterpolisee.shell.jobs.actions import start_job
from clusterpolisee.shell.jobs.kinds import Result, kind
from clusterpolisee.shell.jobs.models import Job
from factories.background import calm as calm
from factories.evidence import NOW, person

Work = Callable[..., Result]


@pytest.fixture
def does() -> Iterator[Callable[[Work], None]]:
    """Say what the kind `test.count` does; analysts may start it."""
    before = dict(kinds.KINDS)

    def plug(work: Work) -> None:
        words = {"test.counting": _("Data"), "test.counted": "%(count)s"}
        kind("test.count", title=_("Data"), permission="jobs.list", words=words)(work)

    plug(lambda running: Result("test.counted", {"count": 1200}, "/data/"))
    yield plug
    kinds.KINDS.clear()
    kinds.KINDS.update(before)


@pytest.fixture
def ana(db: None) -> User:
    return person(Role.ANALYST, email="ana@vidin.example", name="Ana")


@pytest.fixture
def started(ana: User, does: object) -> Callable[..., Job]:
    def start(about: str = "beans", **arguments: Any) -> Job:
        return start_job(actor=ana, kind="test.count", about=about, arguments=arguments, now=NOW)

    return start
