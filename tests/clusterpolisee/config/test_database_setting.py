"""CLUSTERPOLISEE_DATABASE: an address becomes settings, and what is missing is said in a sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from clusterpolisee.config import settings


def test_without_the_driver_a_sentence_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda _name: None)
    with pytest.raises(ImproperlyConfigured, match="run `make postgresql`"):
        settings._database("postgresql://see@localhost/see")
    assert str(settings._database("")["ENGINE"]).endswith("sqlite3")


def test_an_address_with_a_password_of_odd_letters_and_one_of_a_socket_are_read() -> None:
    found = settings._database("postgresql://see:p%40ss%2Fword@db.example:5433/evidence")
    assert [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "see",
        "p@ss/word",
        "db.example",
        "5433",
        "evidence",
    ]
    socket = settings._database("postgresql://see@/see?host=/var/run/postgresql")
    assert (socket["HOST"], socket["PORT"], socket["NAME"]) == ("/var/run/postgresql", "", "see")


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="starts with “mysql:”"):
        settings._database("mysql://see@localhost/see")
