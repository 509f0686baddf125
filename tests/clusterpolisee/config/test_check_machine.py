"""`clusterpolisee check` says what is wrong with the machine, the settings and the letters: each look can fail."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from clusterpolisee.config import check_machine, check_settings
from clusterpolisee.config.check_results import LOOK, RIGHT, WRONG, Result
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.history.recorder import record

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def states(results: Iterable[Result]) -> dict[str, str]:
    """key → state; what is not right comes with a sentence and a mend."""
    found = list(results)
    assert all(one.sentence and (one.mend or one.state == RIGHT) for one in found)
    return {one.key: one.state for one in found}


# The machine ---------------------------------------------------------------------------------------------


def test_an_old_python_or_sqlite_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(check_machine.python()) == {"python": RIGHT}
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 30, 0))
    assert states(check_machine.python()) == {"python": WRONG}
    monkeypatch.setattr("sys.version_info", (3, 10, 2))
    assert states(check_machine.python()) == {"python": WRONG}


@pytest.mark.parametrize(
    ("line", "have", "fits"),
    [
        ("Django~=5.2.19", "5.2.19", True),
        ("Django~=5.2.19", "5.2.30", True),
        ("Django~=5.2.19", "5.2.18", False),
        ("Django~=5.2.19", "5.3", False),
        ("django-allauth[mfa,socialaccount]~=65.21", "65.30.2", True),
        ("django-allauth[mfa,socialaccount]~=65.21", "66.0", False),
        ("argon2-cffi>=25", "26.1", True),
        ("tzdata", "2026.1", True),
        ("# a remark", "1", True),
    ],
)
def test_a_package_of_another_version_is_named(
    monkeypatch: pytest.MonkeyPatch, line: str, have: str, fits: bool
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _name: have)
    assert (check_machine.trouble_with(line) == "") is fits


def test_a_missing_package_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert states(check_machine.packages()) == {"packages": RIGHT}
    assert "granian" in " ".join(check_machine.wanted_packages())
    monkeypatch.setattr(check_machine, "wanted_packages", lambda: ["surely-not-installed~=1.0"])
    (result,) = check_machine.packages()
    assert result.state == WRONG and "surely-not-installed is not installed" in result.sentence


def test_a_home_that_cannot_be_written_is_wrong(settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert states(check_machine.home()) == {"home": RIGHT} and list(tmp_path.iterdir()) == []
    settings.HOME = tmp_path / "nowhere"
    assert states(check_machine.home()) == {"home": WRONG}


@pytest.mark.parametrize(
    ("free", "state"), [(100_000_000, WRONG), (1_000_000_000, LOOK), (9_000_000_000, RIGHT)]
)
def test_a_full_disk_is_wrong(monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    assert states(check_machine.disk()) == {"disk": state}


@pytest.mark.django_db
def test_a_clock_behind_what_is_remembered_is_wrong() -> None:
    assert states(check_machine.clock(NOW)) == {"clock": RIGHT}
    record(operator(), "looked", operator(), at=NOW + timedelta(hours=1))
    (result,) = check_machine.clock(NOW)
    assert result.state == WRONG and "2026-11-24 12:00" in result.sentence and "13:00" in result.sentence
    assert states(check_machine.clock(NOW + timedelta(hours=2))) == {"clock": RIGHT}


def test_a_short_secret_and_one_that_others_read_are_wrong(settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    kept = tmp_path / "secret_key"
    kept.write_text("x" * 50)
    kept.chmod(0o600)
    assert states(check_machine.secret()) == {"secret": RIGHT}
    kept.chmod(0o640)
    (result,) = check_machine.secret()
    assert result.state == WRONG and result.mend == f"chmod 600 {kept}"
    settings.SECRET_KEY = "secret"
    assert states(check_machine.secret()) == {"secret": WRONG}


def test_static_files_that_are_missing_or_old_are_wrong(settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert states(check_machine.static_files()) == {"static": WRONG}
    (tmp_path / "staticfiles.json").write_text(
        '{"version": "1.1", "hash": "", "paths": {"a.css": "a.1.css"}}'
    )
    (tmp_path / ".fingerprint").write_text(check_machine.static_fingerprint())
    (result,) = check_machine.static_files()
    assert result.state == WRONG and "a.1.css is missing" in result.sentence
    (tmp_path / "a.1.css").touch()
    assert states(check_machine.static_files()) == {"static": RIGHT}
    (tmp_path / ".fingerprint").write_text("of yesterday")
    assert states(check_machine.static_files()) == {"static": WRONG}
    settings.DEBUG = True
    assert states(check_machine.static_files()) == {"static": LOOK}


def test_a_language_not_compiled_since_it_was_changed_is_wrong(tmp_path: Path) -> None:
    source = tmp_path / "bg/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    (result,) = check_machine.languages(tmp_path)
    assert result.state == WRONG and "bg" in result.sentence
    source.with_suffix(".mo").touch()
    assert states(check_machine.languages(tmp_path)) == {"languages": RIGHT}
    os.utime(source.with_suffix(".mo"), (1, 1))
    assert states(check_machine.languages(tmp_path)) == {"languages": WRONG}


def test_what_a_killed_restore_left_is_said(settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert states(check_machine.leftovers()) == {}
    (tmp_path / ".restoring-1234").mkdir()
    assert states(check_machine.leftovers()) == {"leftovers": LOOK}


def test_a_database_of_another_account_is_said(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATABASES = {"default": {"NAME": tmp_path / "db"}}
    (tmp_path / "db").touch()
    assert states(check_machine.owner()) == {}
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    assert states(check_machine.owner()) == {"owner": LOOK}


# Settings that contradict each other ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "hosts", "proxy", "found"),
    [
        ("http://localhost:8000", ["localhost"], "", {"address": RIGHT}),
        ("https://see.example", ["see.example"], "1", {"address": RIGHT}),
        ("https://see.example", [".example"], "1", {"address": RIGHT}),
        ("https://see.example", ["localhost"], "1", {"address": WRONG}),
        ("see.example", ["see.example"], "", {"address": WRONG}),
        ("http://localhost:8000", ["localhost", "see.example"], "", {"address": LOOK}),
        ("https://see.example", ["see.example"], "", {"tls": WRONG}),
        ("http://localhost:8000", ["localhost"], "1", {"tls": LOOK}),
        ("http://see.example", ["see.example"], "", {"tls": LOOK}),
        ("https://see.example", ["*"], "1", {"hosts": LOOK}),
    ],
)
def test_address_hosts_and_encryption_belong_together(
    settings,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    hosts: list[str],
    proxy: str,
    found: dict[str, str],
) -> None:
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = address, hosts
    settings.SECURE = address.startswith("https")
    monkeypatch.setenv("CLUSTERPOLISEE_BEHIND_PROXY", proxy)
    assert states(check_settings.address()) == found


@pytest.mark.parametrize(
    ("demo", "debug", "address", "found"),
    [
        (False, False, "https://see.example", {"demo": RIGHT}),
        (True, False, "http://localhost:8000", {"demo": LOOK}),
        (True, False, "https://see.example", {"demo": WRONG}),
        (True, False, "http://see.example", {"demo": WRONG}),
        (False, True, "http://localhost:8000", {"demo": RIGHT, "debug": LOOK}),
        (False, True, "https://see.example", {"demo": RIGHT, "debug": WRONG}),
    ],
)
def test_published_passwords_and_debug_pages_at_a_public_address_are_wrong(
    settings, demo: bool, debug: bool, address: str, found: dict[str, str]
) -> None:
    settings.DEMO, settings.DEBUG, settings.SITE_ADDRESS = demo, debug, address
    settings.SECURE = address.startswith("https")
    assert states(check_settings.demonstration()) == found


def test_letters_that_reach_nobody_are_wrong_where_people_come_from_outside(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert states(check_settings.letters()) == {"letters": LOOK}
    settings.SITE_ADDRESS = "https://see.example"
    assert states(check_settings.letters()) == {"letters": WRONG}
    settings.EMAIL_BACKEND = "some.other.Backend"
    assert states(check_settings.letters()) == {"letters": LOOK}


def test_a_mail_server_that_does_not_answer_and_a_sender_nobody_believes_are_wrong(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", "see@see.example"
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = server.getsockname()[1]
        assert states(check_settings.letters()) == {"letters": WRONG}
        server.listen()
        assert states(check_settings.letters()) == {"letters": RIGHT}
        settings.DEFAULT_FROM_EMAIL = "ClusterPoliSEE <no-reply@localhost>"
        assert states(check_settings.letters()) == {"sender": WRONG, "letters": RIGHT}
