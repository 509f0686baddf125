"""Where somebody is signed in, and how a new address and a new password come about."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.history.queries import events_of

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret-7"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
SESSIONS = "/en/account/sessions/"


def browser(user_agent: str, email: str = "nova@example.org") -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/en/account/login/", {"login": email, "password": SECRET})
    return client


@pytest.fixture
def nova() -> User:
    return person("nova@example.org")


def person(email: str) -> User:
    user = User.objects.create_user(email, SECRET)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def is_in(client: Client) -> bool:
    return client.get("/en/account/mine/").status_code == 200


def numbers(page: str) -> list[str]:
    return re.findall(r'name="session" value="(\d+)"', page)


def test_each_device_is_listed_in_words_and_this_one_first(nova: User) -> None:
    browser(PHONE)
    page = browser(FIREFOX).get(SESSIONS).content.decode()
    assert "Safari on iPhone" in page and "127.0.0.1" in page
    assert page.index("Firefox on Windows") < page.index("this device") < page.index("Safari on iPhone")
    assert len(numbers(page)) == 1, "the session one is in has no button of that kind"


def test_one_other_session_is_ended(nova: User) -> None:
    phone, other, desk = browser(PHONE), browser(PHONE), browser(FIREFOX)
    first = str(UserSession.objects.order_by("pk").first().pk)  # type: ignore[union-attr]
    answer = desk.post(SESSIONS, {"session": first}, follow=True)
    assert "Signed out on 1 device." in answer.content.decode()
    assert (is_in(phone), is_in(other), is_in(desk)) == (False, True, True)
    assert [(event.verb, event.details) for event in events_of(nova)] == [("ended_sessions", {"count": 1})]


def test_all_others_are_ended_and_this_one_stays(nova: User) -> None:
    phone, other, desk = browser(PHONE), browser(PHONE), browser(FIREFOX)
    assert "Signed out on 2 devices." in desk.post(SESSIONS, follow=True).content.decode()
    assert (is_in(phone), is_in(other), is_in(desk)) == (False, False, True)


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 40, "²"])
def test_what_is_no_session_ends_none(nova: User, chosen: str) -> None:
    phone, desk = browser(PHONE), browser(FIREFOX)
    assert "Nothing to end" in desk.post(SESSIONS, {"session": chosen}, follow=True).content.decode()
    assert is_in(phone) and is_in(desk)


def test_nobody_ends_the_session_of_another(nova: User) -> None:
    person("other@example.org")
    theirs, mine = browser(PHONE, "other@example.org"), browser(FIREFOX)
    key = UserSession.objects.get(user__email="other@example.org").pk
    assert "Nothing to end" in mine.post(SESSIONS, {"session": key}, follow=True).content.decode()
    assert is_in(theirs)
    assert "iPhone" not in mine.get(SESSIONS).content.decode()


def test_a_session_that_is_over_is_not_listed(nova: User) -> None:
    phone, desk = browser(PHONE), browser(FIREFOX)
    phone.post("/en/account/logout/")
    assert UserSession.objects.count() == 1, "its device and address are forgotten at once"
    assert "iPhone" not in desk.get(SESSIONS).content.decode()


def test_a_session_that_ran_out_is_forgotten_by_whoever_comes_next(nova: User) -> None:
    browser(PHONE).get(SESSIONS)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=15))
    person("other@example.org")
    browser(FIREFOX, "other@example.org").get(SESSIONS)
    assert [session.user.email for session in UserSession.objects.all()] == ["other@example.org"]


def test_last_seen_moves_on_but_not_with_every_page(nova: User, django_assert_max_num_queries) -> None:
    desk = browser(FIREFOX)
    desk.get("/en/account/mine/")
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=3))
    desk.get("/en/account/mine/")
    assert UserSession.objects.get().last_seen_at < timezone.now() - timedelta(days=2)
    cache.clear()
    with django_assert_max_num_queries(9):
        desk.get("/en/account/mine/")
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


def test_a_session_from_before_sessions_were_noted_is_listed_too(nova: User) -> None:
    phone, desk = browser(PHONE), browser(FIREFOX)
    UserSession.objects.all().delete()
    cache.clear()
    phone.get("/en/account/mine/")
    assert "Safari on iPhone" in desk.get(SESSIONS).content.decode()


def test_a_visitor_is_not_noted(client: Client) -> None:
    client.get("/en/account/login/")
    assert not UserSession.objects.exists()


def test_behind_a_proxy_the_address_before_it_counts(nova: User, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    desk = Client(headers={"user-agent": FIREFOX, "x-forwarded-for": "6.6.6.6, 203.0.113.7"})
    desk.post("/en/account/login/", {"login": nova.email, "password": SECRET})
    assert UserSession.objects.get().ip == "203.0.113.7"


def reauthenticated(user: User) -> Client:
    client = browser(FIREFOX, user.email)
    client.post("/en/account/reauthenticate/", {"password": SECRET})
    return client


def confirm(client: Client, letter: str) -> None:
    client.post(re.search(r"/en/account/confirm-email/[^\s]+", letter)[0])  # type: ignore[index]


def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told(nova: User) -> None:
    client = reauthenticated(nova)
    client.post("/en/account/email/", {"action_add": "", "email": "New@Example.org"})
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]
    nova.refresh_from_db()
    assert nova.email == "nova@example.org"
    assert "waits for you" in client.get("/en/account/email/").content.decode()
    confirm(client, mail.outbox[0].body)
    nova.refresh_from_db()
    assert nova.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.org", True)]
    told = {letter.to[0]: letter.body for letter in mail.outbox[1:]}
    assert "letters to you now go to new@example.org" in told["nova@example.org"]


def test_until_then_one_can_keep_the_old_address(nova: User) -> None:
    client = reauthenticated(nova)
    client.post("/en/account/email/", {"action_add": "", "email": "new@example.org"})
    client.post("/en/account/email/", {"action_remove": "", "email": "new@example.org"})
    confirm(client, mail.outbox[0].body)
    nova.refresh_from_db()
    assert nova.email == "nova@example.org"
    assert "waits for you" not in client.get("/en/account/email/").content.decode()


def test_a_session_left_open_changes_no_address(nova: User) -> None:
    client = browser(FIREFOX)
    answer = client.post("/en/account/email/", {"action_add": "", "email": "new@example.org"})
    assert "/account/reauthenticate/" in answer["Location"] and mail.outbox == []


def test_the_address_of_somebody_else_is_not_taken_and_not_betrayed(nova: User) -> None:
    person("taken@example.org")
    client = reauthenticated(nova)
    client.post("/en/account/email/", {"action_add": "", "email": "taken@example.org"})
    nova.refresh_from_db()
    assert nova.email == "nova@example.org"
    confirm(client, mail.outbox[0].body)  # even if its owner opened the link
    nova.refresh_from_db()
    assert nova.email == "nova@example.org"
    assert not EmailAddress.objects.filter(user=nova, email="taken@example.org", verified=True).exists()


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("page", ["signup", "password/change"])
def test_the_rules_of_passwords_are_said_before_one_is_written(nova: User, language: str, page: str) -> None:
    client = Client() if page == "signup" else browser(FIREFOX)
    text = client.get(f"/{language}/account/{page}/").content.decode()
    assert {"en": "at least 10 characters", "bg": "поне 10 символа"}[language] in text
