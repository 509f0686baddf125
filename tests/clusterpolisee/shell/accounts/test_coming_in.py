"""Who comes in, who stays in, and where they find themselves."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.backends import AdmittedOnly
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret-7"


def person(email: str = "nova@example.org", **fields: object) -> User:
    user = User.objects.create_user(email, SECRET, **fields)  # type: ignore[arg-type]
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def sign_in(client: Client, email: str = "nova@example.org", language: str = "en", **more: str) -> str:
    """Where the form leads, empty if it stays."""
    answer = client.post(f"/{language}/account/login/", {"login": email, "password": SECRET, **more})
    return answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("chosen", "page", "there"), [("bg", "en", "/bg/"), ("", "bg", "/bg/"), ("xx", "en", "/en/")]
)
def test_people_arrive_in_their_language(client: Client, chosen: str, page: str, there: str) -> None:
    person(preferred_language=chosen)
    assert sign_in(client, language=page) == there


def test_people_come_back_to_the_page_they_were_on(client: Client) -> None:
    person(preferred_language="bg")
    assert sign_in(client, next="/en/regions/BG31/?nuts=2013") == "/en/regions/BG31/?nuts=2013"


def test_signing_out_keeps_the_language(client: Client) -> None:
    client.force_login(person())
    assert client.post("/bg/account/logout/").headers["Location"] == "/bg/"


def test_the_address_is_the_same_in_capital_letters(client: Client) -> None:
    person()
    assert sign_in(client, "Nova@EXAMPLE.org") == "/en/"


def test_the_operator_cannot_sign_in_even_with_a_password(client: Client) -> None:
    account = operator()
    account.set_password(SECRET)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    assert sign_in(client, account.email) == ""


def test_a_closed_account_stays_out_and_says_no_more_than_a_wrong_password(client: Client) -> None:
    person(is_active=False)
    closed = client.post("/en/account/login/", {"login": "nova@example.org", "password": SECRET})
    assert closed.status_code == 200 and "is not right" in closed.content.decode()


@pytest.mark.parametrize(
    ("fields", "demo", "is_let_in"),
    [
        ({}, False, True),
        ({"is_active": False}, False, False),
        ({"is_demo": True}, False, False),
        ({"is_demo": True}, True, True),
    ],
)
def test_every_request_asks_again_who_may_stay(
    settings, fields: dict[str, bool], demo: bool, is_let_in: bool
) -> None:
    settings.DEMO = demo
    user = person(**fields)
    assert (AdmittedOnly().get_user(user.pk) is not None) == is_let_in


def test_a_demo_account_has_no_rights_after_the_demo(settings) -> None:
    settings.DEMO = True
    actions.create_demo_accounts(actor=operator())
    settings.DEMO = False
    user = User.objects.get(email="administrator@demo.example")
    assert user.role_names == frozenset() and not user.is_staff


def test_a_second_confirmed_address_does_not_give_back_what_was_taken(client: Client) -> None:
    user = person()
    second = EmailAddress.objects.create(user=user, email="second@example.org", verified=True, primary=False)
    actions.welcome(actor=user, address=second)
    assert not RoleAssignment.objects.filter(user=user).exists()


def test_the_operator_does_not_count_as_the_administrator_who_remains() -> None:
    boss = actions.create_administrator(actor=operator(), email="boss@example.org", password=SECRET)
    closed = person("closed@example.org", is_active=False)
    RoleAssignment.objects.create(user=closed, role=Role.ADMINISTRATOR)
    with pytest.raises(actions.LastAdministrator):
        actions.withdraw_role(actor=operator(), user=boss, role=Role.ADMINISTRATOR)
    second = actions.create_administrator(actor=boss, email="second@example.org", password=SECRET)
    actions.withdraw_role(actor=second, user=boss, role=Role.ADMINISTRATOR)
    assert User.objects.get(pk=boss.pk).role_names == frozenset()


def test_deeds_on_accounts_are_remembered() -> None:
    from clusterpolisee.shell.history.queries import events_of

    boss = actions.create_administrator(actor=operator(), email="boss@example.org", password=SECRET)
    user = person()
    actions.grant_role(actor=boss, user=user, role=Role.ANALYST)
    actions.grant_role(actor=boss, user=user, role=Role.ANALYST)
    actions.withdraw_role(actor=boss, user=user, role=Role.ANALYST)
    events = [(event.verb, event.actor, event.details) for event in events_of(user)]
    assert events == [
        ("withdrew_role", boss, {"role": "analyst"}),
        ("granted_role", boss, {"role": "analyst"}),
    ]


def test_signing_up_can_be_closed(client: Client, settings) -> None:
    settings.OPEN_FOR_SIGNUP = False
    client.post(
        "/en/account/signup/", {"email": "nova@example.org", "password1": SECRET, "password2": SECRET}
    )
    assert not User.objects.exists()


def test_ones_own_page_saves_name_and_language(client: Client) -> None:
    user = person()
    client.force_login(user)
    client.post("/en/account/mine/", {"name": "Нова", "preferred_language": "bg"})
    user.refresh_from_db()
    assert (user.name, user.preferred_language, str(user)) == ("Нова", "bg", "Нова")
    client.post("/en/account/mine/", {"name": "Nova", "preferred_language": "xx"})
    user.refresh_from_db()
    assert user.name == "Нова"


@pytest.mark.parametrize("path", ["/en/account/mine/", "/en/account/people/"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/en/account/login/?next={path}"


def test_a_member_is_told_which_role_the_page_needs(client: Client) -> None:
    user = person()
    RoleAssignment.objects.create(user=user, role=Role.MEMBER)
    client.force_login(user)
    answer = client.get("/en/account/people/")
    assert answer.status_code == 403
    assert "This needs the role of an administrator." in answer.content.decode()
