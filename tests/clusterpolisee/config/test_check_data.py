"""`clusterpolisee check` says what is wrong with database, store and seeds: each look can fail."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from clusterpolisee.classifications.models import Theme
from clusterpolisee.config import check_command, check_database, check_store, check_world
from clusterpolisee.config.check_results import LOOK, RIGHT, WRONG, Result
from clusterpolisee.config.command import main
from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import Dataset, DatasetVersion, StarScheme
from clusterpolisee.regions.models import Boundary, Region
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import JOBS, bring, changed, person, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def states(results: Iterable[Result]) -> dict[str, str]:
    """key → state; what is not right comes with a sentence and a mend."""
    found = list(results)
    assert all(one.sentence and (one.mend or one.state == RIGHT) for one in found)
    return {one.key: one.state for one in found}


# Database ------------------------------------------------------------------------------------------------


def test_a_database_that_does_not_answer_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(check_database.reachable()) == {"database": RIGHT}

    def silent(*_args: object) -> None:
        raise OperationalError("connection refused\nIs it running?")

    monkeypatch.setattr(connection, "cursor", silent)
    (result,) = check_database.reachable()
    assert (
        result.state == WRONG and "connection refused" in result.sentence and "Is it" not in result.sentence
    )


def test_a_migration_that_waits_and_one_nobody_knows_are_wrong() -> None:
    assert states(check_database.migrated()) == {"migrations": RIGHT}
    recorder = MigrationRecorder(connection)
    recorder.record_applied("evidence", "0099_from_the_future")
    (result,) = check_database.migrated()
    assert result.state == WRONG and "newer version (evidence.0099_from_the_future)" in result.sentence
    recorder.record_unapplied("evidence", "0099_from_the_future")
    recorder.record_unapplied("history", "0001_initial")
    (result,) = check_database.migrated()
    assert (
        result.state == WRONG
        and "history.0001_initial" in result.sentence
        and result.mend == "clusterpolisee setup"
    )


class Said:
    """A cursor that answers what it is told to."""

    def __init__(self, **answers: str | None) -> None:
        self.answers = {"journal_mode": "wal", "quick_check(1)": "ok", "foreign_key_check": None} | answers
        self.asked = ""

    def execute(self, statement: str) -> None:
        self.asked = statement.split()[1]

    def fetchone(self) -> tuple[str] | None:
        answer = self.answers[self.asked]
        return None if answer is None else (answer,)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {"wal": RIGHT, "pages": RIGHT}),
        ({"journal_mode": "delete"}, {"wal": WRONG, "pages": RIGHT}),
        ({"quick_check(1)": "page 7 is never used"}, {"wal": RIGHT, "pages": WRONG}),
        ({"foreign_key_check": "evidence_dataset"}, {"wal": RIGHT, "pages": WRONG}),
    ],
)
def test_a_database_file_without_wal_or_with_damage_is_wrong(
    answers: dict[str, str], found: dict[str, str]
) -> None:
    assert states(check_database._sqlite_sound(Said(**answers), deep=False)) == found


def test_the_database_of_this_run_is_sound() -> None:
    found = states(check_database.sound(deep=True))
    # SQLite keeps the databases of tests in memory, where there is no WAL.
    expected = {"encoding": RIGHT} if connection.vendor == "postgresql" else {"wal": WRONG, "pages": RIGHT}
    assert found == expected


class Jobs:
    """Jobs in memory, asked as a manager is."""

    def __init__(self, *jobs: dict[str, Any]) -> None:
        self.jobs = jobs

    def filter(self, **wanted: Any) -> Jobs:
        def fits(job: dict[str, Any]) -> bool:
            for name, value in wanted.items():
                field, _, relation = name.partition("__")
                have = job.get(field)
                if have is None or not {"": have == value}.get(
                    relation, have < value if relation == "lt" else have > value
                ):
                    return False
            return True

        return Jobs(*filter(fits, self.jobs))

    def count(self) -> int:
        return len(self.jobs)


def job(state: str, **minutes_ago: int) -> dict[str, Any]:
    return {"state": state, **{name: NOW - timedelta(minutes=ago) for name, ago in minutes_ago.items()}}


@pytest.mark.parametrize(
    ("jobs", "found"),
    [
        ([], {"worker": RIGHT}),
        ([job("queued", created_at=1)], {"worker": RIGHT}),
        ([job("queued", created_at=5)], {"worker": WRONG}),
        ([job("queued", created_at=5), job("running", heartbeat_at=0)], {"worker": RIGHT}),
        ([job("running", heartbeat_at=9)], {"worker": LOOK}),
        ([job("failed", finished_at=60)], {"worker": RIGHT, "failed": LOOK}),
        ([job("failed", finished_at=6000)], {"worker": RIGHT}),
    ],
)
def test_jobs_that_nobody_takes_are_wrong(jobs: list[dict[str, Any]], found: dict[str, str]) -> None:
    assert states(check_database.worker(Jobs(*jobs), NOW)) == found


# Store ---------------------------------------------------------------------------------------------------


@pytest.fixture
def version(settings, tmp_path: Path) -> DatasetVersion:
    """One version in a store of its own."""
    settings.STORE_FOLDER = tmp_path / "store"
    table()
    found = bring(JOBS).version
    assert found is not None
    return found


def observations(version: DatasetVersion) -> Path:
    return store.root() / version.folder / store.OBSERVATIONS


def test_a_store_in_order_is_right(version: DatasetVersion) -> None:
    looks = [
        check_store.writable(),
        check_store.versions(True),
        check_store.raw_files(True),
        check_store.orphans(),
    ]
    assert [states(one) for one in looks] == [
        {"store": RIGHT},
        {"versions": RIGHT},
        {"raw": RIGHT},
        {"orphans": RIGHT},
    ]


def test_a_store_that_cannot_be_written_is_wrong(settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.STORE_FOLDER = tmp_path / "file" / "store"
    assert states(check_store.writable()) == {"store": WRONG}


def test_a_version_without_its_observations_is_wrong(version: DatasetVersion) -> None:
    observations(version).unlink()
    (result,) = check_store.versions()
    assert result.state == WRONG and result.sentence == "Version 1 of jobs: its observations are missing."
    assert "backup" in result.mend


def test_where_there_is_a_version_to_go_back_to_the_mend_says_so(version: DatasetVersion) -> None:
    newer = bring(changed(JOBS, "BG31,C10,2015,110", "BG31,C10,2015,111")).version
    assert newer is not None and newer.previous == version
    observations(newer).unlink()
    (result,) = check_store.versions()
    assert "clusterpolisee data rollback jobs" in result.mend


def test_a_version_with_other_columns_other_cells_or_no_parquet_is_wrong(version: DatasetVersion) -> None:
    path, frame = observations(version), store.observations(version)
    frame.rename({"value": "figure"}).write_parquet(path)
    assert "other columns" in next(check_store.versions()).sentence
    frame.head(3).write_parquet(path)
    assert "3 cells instead of 8" in next(check_store.versions()).sentence
    path.write_bytes(b"PAR1 half a file")
    assert "cannot be read" in next(check_store.versions()).sentence


def test_other_figures_are_found_by_the_deep_look_only(version: DatasetVersion) -> None:
    frame = store.observations(version).with_columns(pl.col("value") + 1)
    frame.write_parquet(observations(version))
    assert states(check_store.versions()) == {"versions": RIGHT}
    assert "not those that were imported" in next(check_store.versions(deep=True)).sentence


def test_a_missing_original_is_wrong_and_a_changed_one_is_found_by_the_deep_look(
    version: DatasetVersion,
) -> None:
    raw = store.raw_path(version.raw_sha256).with_suffix(".gz")
    raw.write_bytes(raw.read_bytes()[:-9])
    assert states(check_store.raw_files()) == {"raw": RIGHT}
    assert "cannot be read" in next(check_store.raw_files(deep=True)).sentence
    raw.unlink()
    store.raw_path(version.raw_sha256).write_bytes(b"another file")
    assert "is not what was imported" in next(check_store.raw_files(deep=True)).sentence
    store.raw_path(version.raw_sha256).unlink()
    assert "is missing" in next(check_store.raw_files()).sentence


def test_what_no_version_names_is_said(version: DatasetVersion) -> None:
    shutil.copytree(store.root() / version.folder, store.root() / "versions/jobs/0123456789abcdef")
    (store.root() / "raw/00").mkdir()
    (store.root() / "raw/00/00ff.gz").touch()
    (store.root() / ".staging-1").mkdir()
    (result,) = check_store.orphans()
    assert result.state == LOOK and result.sentence.startswith("3 things")


# What every instance begins with -------------------------------------------------------------------------


def test_an_empty_instance_lacks_catalogue_places_activities_and_administrator() -> None:
    looks = [
        check_world.tables(),
        check_world.places(),
        check_world.activities(),
        check_world.administrator(),
    ]
    keys = ["catalogue", "regions", "activities", "administrator"]
    assert [states(one)[key] for one, key in zip(looks, keys, strict=True)] == [WRONG, WRONG, WRONG, LOOK]


def test_the_world_of_the_first_start_is_right_until_something_is_taken_away(world: None) -> None:
    looks = [check_world.tables, check_world.places, check_world.activities]
    assert [states(one()) for one in looks] == [
        {"catalogue": RIGHT},
        {"regions": RIGHT},
        {"activities": RIGHT},
    ]
    StarScheme.objects.update(is_active=False)
    assert "star scheme" in next(check_world.tables()).sentence
    Dataset.objects.filter(code="tgs00010").update(code="tgs00010-old")
    assert "lacks tgs00010" in next(check_world.tables()).sentence
    Boundary.objects.filter(code="BG31").delete()
    assert "missing: BG31" in next(check_world.places()).sentence
    Boundary.objects.all().delete()
    assert "no boundaries" in next(check_world.places()).sentence
    Region.objects.filter(level=0).update(level=9)
    assert "no regions" in next(check_world.places()).sentence
    Theme.objects.all().delete()
    assert states(check_world.activities()) == {"activities": WRONG}


def test_tables_without_figures_are_said() -> None:
    table()
    assert states(check_world.tables())["figures"] == LOOK


def test_a_demo_administrator_on_an_instance_that_is_none_is_wrong(settings) -> None:
    person(Role.ADMINISTRATOR, email="administrator@demo.example")
    assert states(check_world.administrator()) == {"administrator": WRONG}
    settings.DEMO = True
    assert states(check_world.administrator()) == {"administrator": RIGHT}
    settings.DEMO = False
    RoleAssignment.objects.all().delete()
    assert states(check_world.administrator()) == {"administrator": LOOK}
    assert User.objects.people().exists()


# The command ---------------------------------------------------------------------------------------------


def test_the_command_says_everything_in_lines_or_as_json_and_its_code_says_whether_something_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Result("pages", WRONG, "The page is torn.", "Glue it.")
    monkeypatch.setattr(
        check_command, "look_at_everything", lambda deep: [wrong, Result("disk", RIGHT, "Room.")]
    )
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "✗ The page is torn.\n    → Glue it.\n✓ Room.\n\n1 thing is wrong.\n"
    assert main(["check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0] == {
        "key": "pages", "state": "wrong", "sentence": "The page is torn.", "mend": "Glue it.",
    }  # fmt: skip
    monkeypatch.setattr(check_command, "look_at_everything", lambda deep: [Result("disk", RIGHT, "Room.")])
    assert main(["check"]) == 0
    assert "Nothing is wrong." in capsys.readouterr().out


def test_a_look_that_fails_is_wrong_itself_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Iterable[Result]:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(check_command, "WITHOUT_DATABASE", (breaks,))
    results = list(check_command.look_at_everything())
    assert results[0].state == WRONG and "ZeroDivisionError" in results[0].sentence
    assert {"database", "migrations", "store", "versions"} <= {one.key for one in results}


def test_without_a_migrated_database_nothing_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    MigrationRecorder(connection).record_unapplied("history", "0001_initial")
    results = list(check_command.look_at_everything())
    assert [one.key for one in results][-1] == "migrations"
