"""Letters: in the language of the person, with links that lead here, and no word about who has an account."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from clusterpolisee.shell.accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret-7"
CYRILLIC = re.compile("[а-я]{5}")


def person(email: str = "nova@example.org", language: str = "", *, verified: bool = True) -> User:
    user = User.objects.create_user(email, SECRET, preferred_language=language)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


@pytest.mark.parametrize(
    ("chosen", "is_bulgarian"), [("bg", True), ("en", False), ("", False), ("xx", False)]
)
def test_a_letter_comes_in_the_language_its_reader_chose(
    client: Client, chosen: str, is_bulgarian: bool
) -> None:
    person(language=chosen)
    client.post("/en/account/password/reset/", {"email": "nova@example.org"})
    assert bool(CYRILLIC.search(mail.outbox[0].body)) == is_bulgarian
    assert bool(CYRILLIC.search(mail.outbox[0].subject)) == is_bulgarian


def test_the_page_says_the_same_whether_or_not_there_is_an_account(client: Client) -> None:
    person()
    known = client.post("/en/account/password/reset/", {"email": "nova@example.org"}, follow=True)
    unknown = client.post("/en/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [letter.to for letter in mail.outbox] == [["nova@example.org"], ["nobody@example.org"]]
    assert "no account" in mail.outbox[1].body


def test_creating_a_second_account_with_an_address_tells_only_its_owner(client: Client) -> None:
    person()
    form = {"email": "nova@example.org", "password1": SECRET + "x", "password2": SECRET + "x"}
    answer = client.post("/en/account/signup/", form)
    assert answer.status_code == 302
    assert User.objects.filter(email="nova@example.org").count() == 1
    assert "already" in mail.outbox[0].body


def test_a_forgotten_password_is_replaced_through_the_link_and_its_owner_is_told(
    client: Client, settings
) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    person()
    client.post("/en/account/password/reset/", {"email": "nova@example.org"})
    link = re.search(r"/en/account/password/reset/key/\S+", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[0], follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "quite-another-secret", "password2": "quite-another-secret"}
    )
    assert client.login(email="nova@example.org", password="quite-another-secret")
    assert "password" in mail.outbox[1].subject


@pytest.mark.parametrize("language", ["en", "bg"])
def test_no_letter_has_a_hole_in_it(client: Client, settings, language: str) -> None:
    """As it leaves: greeted, signed, no markup, no name of a template variable."""
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    client.post(
        f"/{language}/account/signup/",
        {"email": "nova@example.org", "password1": SECRET, "password2": SECRET},
    )
    link = re.search(rf"/{language}/account/confirm-email/\S+", mail.outbox[0].body)
    assert link is not None
    client.post(link[0])
    client.login(email="nova@example.org", password=SECRET)
    client.post(
        f"/{language}/account/password/change/",
        {"oldpassword": SECRET, "password1": SECRET + "8", "password2": SECRET + "8"},
    )
    client.post(f"/{language}/account/password/reset/", {"email": "nova@example.org"})
    assert len(mail.outbox) == 3  # confirm, changed, reset
    for letter in mail.outbox:
        assert letter.subject.startswith("ClusterPoliSEE: ") and len(letter.subject) > 20
        assert letter.body.startswith(("Good day,", "Добър ден,"))
        assert "{" not in letter.body and "<" not in letter.body and "None" not in letter.body
        assert "ClusterPoliSEE\nhttp" in letter.body
