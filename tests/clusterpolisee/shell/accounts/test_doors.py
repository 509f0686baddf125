"""The doors of accounts, tried by somebody who should not come in: fixed sessions, guesses, and addresses that betray."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.roles import Role

pytestmark = pytest.mark.django_db
SECRET = "correct-horse-battery"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "http:///evil.example/",
    "\thttps://evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


@pytest.fixture
def nova() -> User:
    user = User.objects.create_user("nova@example.org", SECRET, name="Nova")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    RoleAssignment.objects.create(user=user, role=Role.MEMBER)
    return user


def sign_in(client: Client, password: str = SECRET, login: str = "nova@example.org", **more: Any) -> Any:
    return client.post("/en/account/login/", {"login": login, "password": password, **more})


def said(answer: Any) -> str:
    """The page without what differs each time: the mark of its form and the address that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r"[\w.]+@example\.org", "", text)


def test_a_session_somebody_else_has_prepared_is_not_the_one_signed_in(nova: User) -> None:
    prepared, victim = Client(), Client()
    prepared.get("/en/account/login/")
    session = prepared.session
    session["prepared"] = True
    session.save()
    victim.cookies["sessionid"] = session.session_key
    assert sign_in(victim).status_code == 302
    assert victim.cookies["sessionid"].value != session.session_key
    prepared.cookies["sessionid"] = session.session_key
    assert prepared.get("/en/account/mine/").status_code == 302


def test_a_key_of_a_session_that_was_invented_is_not_taken(nova: User) -> None:
    client = Client()
    client.cookies["sessionid"] = "invented0invented0invented0invente"
    sign_in(client)
    assert client.cookies["sessionid"].value != "invented0invented0invented0invente"


def test_a_new_password_ends_every_other_session(nova: User) -> None:
    desk, lost = Client(), Client()
    sign_in(desk)
    sign_in(lost)
    desk.post("/en/account/reauthenticate/", {"password": SECRET})
    new = "another-horse-battery"
    desk.post("/en/account/password/change/", {"oldpassword": SECRET, "password1": new, "password2": new})
    assert desk.get("/en/account/mine/").status_code == 200
    assert lost.get("/en/account/mine/").status_code == 302


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("page", ["login", "logout", "reauthenticate"])
def test_no_door_leads_to_another_site(nova: User, client: Client, page: str, elsewhere: str) -> None:
    if page != "login":
        client.force_login(nova)
    given = {"login": nova.email, "password": SECRET, "next": elsewhere}
    answer = client.post(f"/en/account/{page}/", given, query_params={"next": elsewhere})
    assert answer.status_code in (200, 302)
    assert not answer.get("Location") or re.match(r"/(?![/\\])", answer["Location"]), answer["Location"]
    asked = client.get(f"/en/account/{page}/", {"next": elsewhere}).content.decode()
    assert not re.search(r'(href|action)="[^"]*(?<!next=)(https?:)?//[^"]*evil', asked)


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_invented_address_gives_no_new_tries(nova: User, settings, proxies: int) -> None:
    """Whoever tries passwords writes another address before the true one each time."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    last = 0
    for turn in range(40):
        invented = f"6.6.6.{turn}" + (", 203.0.113.7" if proxies else "")
        last = sign_in(Client(headers={"X-Forwarded-For": invented}), "wrong").status_code
        if last == 429:
            break
    assert last == 429


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    nova: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in time: as many passwords are hashed for an address that nobody has."""
    hashed: list[int] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given, **named: hashed.append(1) or encode(*given, **named)
    )
    answers, counts = [], []
    for login in ("nova@example.org", "nobody@example.org"):
        cache.clear()
        hashed.clear()
        answers.append(said(sign_in(Client(), "wrong", login)))
        counts.append(len(hashed))
    assert answers[0] == answers[1]
    assert counts[0] == counts[1] == 1


def test_signing_up_says_the_same_for_an_address_that_has_an_account(nova: User) -> None:
    told = []
    for email in ("nova@example.org", "new@example.org"):
        client = Client()
        form = {"email": email, "password1": SECRET + "x", "password2": SECRET + "x"}
        answer = client.post("/en/account/signup/", form)
        shown = client.get(answer["Location"])
        told.append((answer.status_code, answer["Location"], shown.status_code, said(shown)))
    assert told[0] == told[1]
    assert [letter.to for letter in mail.outbox] == [["nova@example.org"], ["new@example.org"]]


@pytest.mark.parametrize("door", ["password/reset", "signup"])
def test_letters_to_one_address_have_an_end(nova: User, door: str) -> None:
    """Nobody's letter box is filled through our forms, whichever address the sender claims to be at."""
    for turn in range(40):
        client = Client(headers={"X-Forwarded-For": f"6.6.6.{turn}"})
        given = {"email": nova.email, "password1": SECRET + "x", "password2": SECRET + "x"}
        client.post(f"/en/account/{door}/", given)
    assert len(mail.outbox) < 25


def test_a_name_with_a_line_break_adds_nothing_to_the_head_of_a_letter(nova: User) -> None:
    desk = Client()
    sign_in(desk)
    name = "Nova\r\nBcc: everybody@example.org"
    desk.post("/en/account/mine/", {"name": name, "preferred_language": "en"})
    desk.post("/en/account/reauthenticate/", {"password": SECRET})
    new = "another-horse-battery"
    desk.post("/en/account/password/change/", {"oldpassword": SECRET, "password1": new, "password2": new})
    Client().post("/en/account/password/reset/", {"email": nova.email})
    assert len(mail.outbox) >= 2
    for letter in mail.outbox:
        assert letter.recipients() == [nova.email] and "Bcc" not in letter.message()
        assert "\n" not in letter.subject


@pytest.mark.parametrize("door", ["password/reset", "signup", "unknown"])
def test_no_letter_leads_where_the_sender_of_the_form_wants(nova: User, settings, door: str) -> None:
    """Even where any host is answered: a link to a stranger's site would hand them the key to a new password."""
    settings.ALLOWED_HOSTS = ["*"]
    email = "new@example.org" if door in ("signup", "unknown") else nova.email
    client = Client(headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    given = {"email": email, "password1": SECRET + "x", "password2": SECRET + "x"}
    client.post(f"/en/account/{'signup' if door == 'signup' else 'password/reset'}/", given)
    (letter,) = mail.outbox
    assert f"{settings.SITE_ADDRESS}/en/account/" in letter.body
    assert "evil.example" not in str(letter.message())
