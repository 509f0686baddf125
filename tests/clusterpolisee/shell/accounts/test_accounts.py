"""Accounts: who may what, how people come in, and what demo accounts cannot do."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import DECLARED, NotAllowed, may
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role
from house.rights import EXPECTED, WHO, person

pytestmark = pytest.mark.django_db


def test_the_table_of_rights_names_every_permission_there_is() -> None:
    assert set(EXPECTED) == set(DECLARED)


@pytest.mark.parametrize("permission", sorted(EXPECTED))
@pytest.mark.parametrize("role", WHO)
def test_each_role_may_what_the_table_says_and_nothing_else(permission: str, role: str) -> None:
    assert may(person(role), permission) == (role in EXPECTED[permission].split(", "))


def test_a_newcomer_confirms_the_address_and_becomes_a_member(client: Client) -> None:
    secret = "a-long-enough-secret-7"
    client.post(
        "/en/account/signup/", {"email": "Nova@Example.org", "password1": secret, "password2": secret}
    )
    user = User.objects.get(email="nova@example.org")
    assert user.role_names == frozenset()
    link = re.search(r"/en/account/confirm-email/[^\s]+", mail.outbox[0].body)
    assert link is not None
    client.post(link[0])
    assert User.objects.get(pk=user.pk).role_names == {"member"}


def test_the_letter_comes_in_the_language_of_the_page(client: Client) -> None:
    secret = "a-long-enough-secret-7"
    client.post(
        "/bg/account/signup/", {"email": "nova@example.org", "password1": secret, "password2": secret}
    )
    assert re.search("[а-я]{5}", mail.outbox[0].body)


def test_a_short_password_is_refused_in_the_language_of_the_page(client: Client) -> None:
    """Django's own catalogue lacks this sentence; a Bulgarian once read it in English."""
    page = client.post(
        "/bg/account/signup/", {"email": "nova@example.org", "password1": "tiny7", "password2": "tiny7"}
    )
    assert "Паролата е твърде къса: трябва да има поне 10 знака." in page.content.decode()
    assert "This password" not in page.content.decode()


def test_a_weak_password_makes_no_administrator() -> None:
    with pytest.raises(ValidationError):
        actions.create_administrator(actor=operator(), email="boss@example.org", password="12345")
    assert not User.objects.filter(email="boss@example.org").exists()


def test_the_first_administrator_can_sign_in_at_once(client: Client) -> None:
    actions.create_administrator(actor=operator(), email="boss@example.org", password="correct-horse-battery")
    client.post("/en/account/login/", {"login": "boss@example.org", "password": "correct-horse-battery"})
    assert client.get("/en/account/people/").status_code == 200


def test_the_last_administrator_cannot_be_taken_away() -> None:
    boss = actions.create_administrator(
        actor=operator(), email="boss@example.org", password="correct-horse-battery"
    )
    with pytest.raises(actions.LastAdministrator):
        actions.withdraw_role(actor=operator(), user=boss, role=Role.ADMINISTRATOR)


def test_a_member_cannot_give_roles() -> None:
    member = person("member")
    with pytest.raises(NotAllowed, match="administrator"):
        actions.grant_role(actor=member, user=member, role=Role.ANALYST)  # type: ignore[arg-type]


def test_demo_accounts_are_refused_outside_demo_mode(settings) -> None:
    settings.DEMO = False
    with pytest.raises(actions.DemoAccountsRefused):
        actions.create_demo_accounts(actor=operator())


@pytest.mark.parametrize(("demo", "comes_in"), [(True, True), (False, False)])
def test_a_demo_account_signs_in_during_a_demo_only(
    client: Client, settings, demo: bool, comes_in: bool
) -> None:
    settings.DEMO = True
    account = actions.create_demo_accounts(actor=operator())[0]
    settings.DEMO = demo
    client.post("/en/account/login/", {"login": account.email, "password": account.password})
    assert (client.get("/en/account/mine/").status_code == 200) == comes_in


def test_an_unconfirmed_address_does_not_sign_in(client: Client) -> None:
    user = User.objects.create_user("late@example.org", "a-long-enough-secret")
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    client.post("/en/account/login/", {"login": user.email, "password": "a-long-enough-secret"})
    assert client.get("/en/account/mine/").status_code == 302


def test_a_redirect_after_signing_in_stays_on_this_site(client: Client) -> None:
    actions.create_administrator(actor=operator(), email="boss@example.org", password="correct-horse-battery")
    answer = client.post(
        "/en/account/login/?next=https://evil.example/",
        {"login": "boss@example.org", "password": "correct-horse-battery", "next": "https://evil.example/"},
    )
    assert "evil.example" not in answer["Location"]
