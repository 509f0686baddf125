"""`clusterpolisee account …`, as an operator types it."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.models import Authenticator

from clusterpolisee.config.command import main
from clusterpolisee.shell.accounts.models import User

pytestmark = pytest.mark.django_db


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_the_first_administrator_is_made_from_a_password_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "correct-horse-battery\n")
    assert main(["account", "create-admin", "Boss@Example.org", "--name", "Boss", "--password-stdin"]) == 0
    user = User.objects.get(email="boss@example.org")
    assert user.role_names == {"administrator"} and user.check_password("correct-horse-battery")
    assert user.emailaddress_set.get().verified  # type: ignore[attr-defined]
    assert "can sign in" in capsys.readouterr().out


def test_a_weak_password_is_refused_with_its_reasons(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "12345\n")
    assert main(["account", "create-admin", "boss@example.org", "--password-stdin"]) == 2
    assert "too short" in capsys.readouterr().err
    assert not User.objects.people().exists()


def test_two_different_passwords_create_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["correct-horse-battery", "correct-horse-batterie"])
    monkeypatch.setattr("getpass.getpass", lambda _question: next(answers))
    assert main(["account", "create-admin", "boss@example.org"]) == 2
    assert "not the same" in capsys.readouterr().err
    assert not User.objects.people().exists()


def test_roles_are_given_and_taken_and_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    User.objects.create_user("nova@example.org", None)
    assert main(["account", "grant", "nova@example.org", "analyst"]) == 0
    assert main(["account", "list"]) == 0
    assert "analyst" in capsys.readouterr().out.splitlines()[-1]
    assert main(["account", "withdraw", "nova@example.org", "analyst"]) == 0
    assert "no role" in capsys.readouterr().out


def test_an_address_nobody_has_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["account", "grant", "nobody@example.org", "analyst"]) == 2
    assert "Nobody has an account with nobody@example.org" in capsys.readouterr().err


def test_the_last_administrator_stays_from_the_command_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "correct-horse-battery\n")
    main(["account", "create-admin", "boss@example.org", "--password-stdin"])
    assert main(["account", "withdraw", "boss@example.org", "administrator"]) == 2
    assert "last administrator" in capsys.readouterr().err


def test_a_role_is_given_over_a_language_and_listed_so(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create_user("nova@example.org", None)
    assert main(["account", "grant", "nova@example.org", "translator", "--over", "language:el"]) == 0
    assert main(["account", "list"]) == 0
    assert "translator language:el" in capsys.readouterr().out.splitlines()[-1]
    assert main(["account", "withdraw", "nova@example.org", "translator", "--over", "language:el"]) == 0
    assert capsys.readouterr().out == "nova@example.org: no role\n"


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ("platform", "It is held over: a language"),
        ("language:fr", "no language of the platform"),
        ("nonsense", "cannot be held over “nonsense”"),
    ],
)
def test_a_role_over_what_cannot_be_is_refused(
    capsys: pytest.CaptureFixture[str], over: str, sentence: str
) -> None:
    user = User.objects.create_user("nova@example.org", None)
    assert main(["account", "grant", "nova@example.org", "translator", "--over", over]) == 2
    assert sentence in capsys.readouterr().err
    assert not user.role_assignments.exists()  # type: ignore[attr-defined]


def test_the_operator_helps_an_administrator_who_lost_the_telephone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    user = User.objects.create_user("nova@example.org", None)
    Authenticator.objects.create(user=user, type="totp", data={})
    assert main(["account", "remove-second-factors", "nova@example.org"]) == 0
    assert not user.has_second_factor
    assert main(["account", "remove-second-factors", "nobody@example.org"]) == 2
    assert "Nobody has an account" in capsys.readouterr().err
