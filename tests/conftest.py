"""What every test can count on: a home folder of its own, and the full tables where somebody has them.

This file is read before Django: it names the settings only after the home folder points somewhere temporary.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker

DATA_VARIABLE = "CLUSTERPOLISEE_DATA"
SCRATCH_VARIABLE = "CLUSTERPOLISEE_TEST_SCRATCH"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

if not WORKER:
    os.environ[SCRATCH_VARIABLE] = tempfile.mkdtemp(prefix="clusterpolisee-tests-")
SCRATCH = Path(
    os.environ[SCRATCH_VARIABLE]
)  # shared by the workers of this run; removed by the one who made it

# Nothing is timed here: a machine that is busy with something else makes no test fail.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

HOME = SCRATCH / (WORKER or "alone")
HOME.mkdir(exist_ok=True)
os.environ["CLUSTERPOLISEE_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "clusterpolisee.config.settings"
for _setting in (
    "CLUSTERPOLISEE_DEMO",
    "CLUSTERPOLISEE_DEBUG",
    "CLUSTERPOLISEE_ADDRESS",
    "CLUSTERPOLISEE_HOSTS",
):
    os.environ.pop(_setting, None)
django.setup()
# The workers inherit this environment, and pytest-django reads the settings of whoever names them before this file is
# read: a worker would live in the home of the process that started it, and sweep away what the others keep.
del os.environ["DJANGO_SETTINGS_MODULE"]

_left_out = pytest.StashKey[int]()
_without = pytest.StashKey[list[tuple[str, str]]]()
_database_fixtures = {"db", "transactional_db", "django_db_reset_sequences", "world"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only tests that touch the database (with CLUSTERPOLISEE_DATABASE: on PostgreSQL)",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine or this run cannot answer; count it, so that nobody thinks it passed."""
    kept, left_out = list(items), []
    if config.getoption("--database-only"):
        kept, left_out = _parted(kept, _touches_database)
        config.hook.pytest_deselected(items=left_out)
    if not os.environ.get(DATA_VARIABLE):
        kept, left_out = _parted(kept, lambda item: not _needs_full_tables(item))
        config.hook.pytest_deselected(items=left_out)
        config.stash[_left_out] = len(left_out)
    kept, left_out = _parted(kept, lambda item: _missing(item) is None)
    config.hook.pytest_deselected(items=left_out)
    config.stash[_without] = [(str(_missing(item)), _short_name(item)) for item in left_out]
    # The world, once loaded, stays in the database: those who need it come last, those who found it empty first.
    items[:] = sorted(kept, key=lambda item: "world" in _fixtures(item))


def _parted(
    items: list[pytest.Item], keep: Callable[[pytest.Item], bool]
) -> tuple[list[pytest.Item], list[pytest.Item]]:
    return [item for item in items if keep(item)], [item for item in items if not keep(item)]


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _touches_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(_database_fixtures & set(_fixtures(item)))


def _needs_full_tables(item: pytest.Item) -> bool:
    return item.get_closest_marker("full_data") is not None or "full_tables" in _fixtures(item)


def _missing(item: pytest.Item) -> str | None:
    """The program or the library a test is marked as needing, where this machine does not have it."""
    for kind, found in (("program", shutil.which), ("library", importlib.util.find_spec)):
        marker = item.get_closest_marker(kind)
        if marker and found(marker.args[0]) is None:
            return f"the {kind} {marker.args[0]}"
    return None


def _short_name(item: pytest.Item) -> str:
    """What tells it from its neighbours: the example of a page rather than the long name of the test."""
    return item.callspec.id if hasattr(item, "callspec") else item.name


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells the main process how many tests it left out; every worker collects the same."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(_left_out, 0)
        output["without"] = session.config.stash.get(_without, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    told = getattr(node, "workeroutput", {})
    node.config.stash[_left_out] = told.get("left_out", 0)
    node.config.stash[_without] = told.get("without", [])


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    if count := config.stash.get(_left_out, 0):
        are = "test needs" if count == 1 else "tests need"
        terminalreporter.write_line(
            f"{count} {are} the full tables and did not run; set {DATA_VARIABLE} to their folder to run them"
        )

    for lacking, names in _by_what_they_lack(config.stash.get(_without, [])).items():
        terminalreporter.write_line(f"{len(names)} did not run without {lacking}: {', '.join(sorted(names))}")


def _by_what_they_lack(left_out: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lacking, name in left_out:
        found.setdefault(lacking, []).append(name)
    return found


def pytest_unconfigure(config: pytest.Config) -> None:
    if not WORKER:
        shutil.rmtree(SCRATCH, ignore_errors=True)


@pytest.fixture(autouse=True)
def the_default_language() -> Iterator[None]:
    """A page leaves its language behind for whoever comes next in the same process; tests begin in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def full_tables() -> Path:
    """The folder of the full statistical tables. Tests that ask for it run only where it is named."""
    folder = Path(os.environ[DATA_VARIABLE])
    if not folder.is_dir():
        pytest.fail(f"{DATA_VARIABLE} names “{folder}”, and there is no such folder.", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def scratch() -> Path:
    """A folder that all workers of this run share."""
    return SCRATCH


@pytest.fixture(scope="session")
def world_in_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Loads the world of the first start, once per worker, and leaves it there for all that follow."""
    from clusterpolisee.home.demo import load_demo

    with django_db_blocker.unblock():
        load_demo(lambda step: None)


@pytest.fixture
def world(request: pytest.FixtureRequest, world_in_database: None, db: None) -> None:
    """Regions, classifications, the catalogue and the starter figures, as on the first start.

    What a test adds or changes is taken back after it. A transactional test would empty the tables instead.
    """
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        pytest.fail(
            "A test of the world cannot be transactional: it would leave the others without it.",
            pytrace=False,
        )
