"""The administrators' pages: find people, give and take roles, close and open accounts."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.accounts.scopes import Scope, ScopeNotForRole
from clusterpolisee.shell.history.queries import events_of

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret-7"
BG31 = Scope("region", "BG31")


@pytest.fixture
def boss() -> User:
    return actions.create_administrator(
        actor=operator(), email="boss@example.org", password=SECRET, name="Boss"
    )


@pytest.fixture
def nova() -> User:
    return User.objects.create_user("nova@example.org", SECRET, name="Нова")


@pytest.fixture(autouse=True)
def severozapaden() -> None:
    Region.objects.create(
        code="BG31",
        vintage=2024,
        level=2,
        country="BG",
        name_native="Северозападен",
        name_native_language="bg",
        name_latin="Severozapaden",
        name_en="Severozapaden",
        name_bg="Северозападен",
        search_text="|severozapaden|северозападен|",
    )


@pytest.fixture
def page(client: Client, boss: User, nova: User) -> str:
    client.force_login(boss)
    return f"/en/account/people/{nova.pk}/"


def held(user: User) -> set[tuple[str, str, str]]:
    return set(user.role_assignments.values_list("role", "scope_kind", "scope_key"))


def shown(client: Client, address: str, **asked: str) -> str:
    return client.get(address, asked).content.decode()


def test_a_role_over_a_region_is_given_and_shown_with_who_gave_it(
    client: Client, page: str, nova: User
) -> None:
    given = {"deed": "give-region", "region-role": "region_lead", "region-key": "Северозападен"}
    assert client.post(page, given).status_code == 302
    assert held(nova) == {("region_lead", "region", "BG31")}
    text = shown(client, page)
    assert "Severozapaden (BG31)" in text and "region lead" in text and "<td>Boss</td>" in text
    assert "Нова is now: region lead (Severozapaden (BG31))." in text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"deed": "give-region", "region-role": "region_lead", "region-key": "XX9"},
            "no region with the code",
        ),
        ({"deed": "give-region", "region-role": "region_lead", "region-key": ""}, "This field is required"),
        ({"deed": "give-region", "region-role": "analyst", "region-key": "BG31"}, "not one of the available"),
        ({"deed": "give-platform", "platform-role": "region_lead"}, "not one of the available"),
        (
            {"deed": "give-language", "language-role": "translator", "language-key": "fr"},
            "not one of the avai",
        ),
    ],
)
def test_what_cannot_be_given_is_said_beside_the_field_and_nothing_is_given(
    client: Client, page: str, nova: User, given: dict[str, str], sentence: str
) -> None:
    answer = client.post(page, given)
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert held(nova) == set()


@pytest.mark.parametrize("deed", ["", "give-assessment", "give-nothing", "become-emperor"])
def test_a_deed_nobody_knows_changes_nothing(client: Client, page: str, nova: User, deed: str) -> None:
    assert "Nothing was done" in client.post(page, {"deed": deed}, follow=True).content.decode()
    assert held(nova) == set()


def test_a_role_is_taken_back_over_its_own_region_only(client: Client, page: str, nova: User) -> None:
    for key in ("BG31", "BG32"):
        RoleAssignment.objects.create(user=nova, role="region_editor", scope_kind="region", scope_key=key)
    taken = {"role": "region_editor", "scope_kind": "region", "scope_key": "BG31"}
    client.post(page, {"deed": "withdraw", **taken})
    assert held(nova) == {("region_editor", "region", "BG32")}


def test_the_last_administrator_is_told_why_they_stay(client: Client, boss: User, page: str) -> None:
    own = f"/en/account/people/{boss.pk}/"
    taken = {"deed": "withdraw", "role": "administrator", "scope_kind": "platform", "scope_key": ""}
    assert "This is the last administrator." in client.post(own, taken, follow=True).content.decode()
    assert held(boss) == {("administrator", "platform", "")}


def test_a_closed_account_is_signed_out_at_once_and_can_be_opened_again(
    client: Client, page: str, nova: User
) -> None:
    theirs = Client()
    theirs.force_login(nova)
    assert theirs.get("/en/account/mine/").status_code == 200
    client.post(page, {"deed": "close"})
    assert theirs.get("/en/account/mine/").status_code == 302
    assert "closed" in shown(client, page) and "Open it again" in shown(client, page)
    client.post(page, {"deed": "reopen"})
    nova.refresh_from_db()
    assert nova.is_active
    assert [event.verb for event in events_of(nova)] == ["reopened_account", "closed_account"]


def test_a_closed_account_gets_no_role(boss: User, nova: User) -> None:
    actions.close_account(actor=boss, user=nova)
    with pytest.raises(actions.AccountClosed, match="Open it before you give a role"):
        actions.grant_role(actor=boss, user=nova, role=Role.ANALYST)


def test_nobody_closes_their_own_account_by_mistake(boss: User) -> None:
    with pytest.raises(actions.OwnAccount):
        actions.close_account(actor=boss, user=boss)


def test_the_last_administrator_cannot_be_closed_even_by_the_operator(boss: User) -> None:
    with pytest.raises(actions.LastAdministrator):
        actions.close_account(actor=operator(), user=boss)
    boss.refresh_from_db()
    assert boss.is_active


def test_an_action_refuses_a_scope_the_role_cannot_have(boss: User, nova: User) -> None:
    with pytest.raises(ScopeNotForRole):
        actions.grant_role(actor=boss, user=nova, role=Role.ADMINISTRATOR, scope=BG31)
    assert held(nova) == set()


def test_history_remembers_the_scope(boss: User, nova: User) -> None:
    actions.grant_role(actor=boss, user=nova, role=Role.REGION_EDITOR, scope=BG31)
    actions.grant_role(actor=boss, user=nova, role=Role.REGION_EDITOR, scope=BG31)
    actions.withdraw_role(actor=boss, user=nova, role=Role.REGION_EDITOR, scope=BG31)
    told = {"role": "region_editor", "scope_kind": "region", "scope_key": "BG31"}
    assert [(event.verb, event.details) for event in events_of(nova)] == [
        ("withdrew_role", told),
        ("granted_role", told),
    ]


def test_somebody_who_lost_everything_is_helped_by_an_administrator(
    client: Client, page: str, nova: User
) -> None:
    Authenticator.objects.create(user=nova, type="totp", data={})
    assert "Remove the second factors" in shown(client, page)
    client.post(page, {"deed": "remove-second-factors"})
    assert not nova.has_second_factor
    assert "Remove the second factors</button>" not in shown(client, page)
    assert [event.verb for event in events_of(nova)] == ["removed_second_factors"]


# Who may do which deed to an account that is open or closed.
DEEDS = {
    "grant": lambda actor, user: actions.grant_role(actor=actor, user=user, role=Role.ANALYST),
    "withdraw": lambda actor, user: actions.withdraw_role(actor=actor, user=user, role=Role.ANALYST),
    "close": lambda actor, user: actions.close_account(actor=actor, user=user),
    "reopen": lambda actor, user: actions.reopen_account(actor=actor, user=user),
    "remove factors": lambda actor, user: actions.remove_second_factors(actor=actor, user=user),
}


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", ["", "member", "analyst", "region_lead", "coordinator"])
def test_only_administrators_do_anything_to_accounts(nova: User, role: str, deed: str, is_open: bool) -> None:
    User.objects.filter(pk=nova.pk).update(is_active=is_open)
    actor = User.objects.create_user("other@example.org", SECRET)
    if role:
        part = {"scope_kind": "region", "scope_key": "BG31"} if role == "region_lead" else {}
        RoleAssignment.objects.create(user=actor, role=role, **part)
    with pytest.raises(NotAllowed, match="administrator"):
        DEEDS[deed](actor, nova)
    nova.refresh_from_db()
    assert nova.is_active == is_open and held(nova) == set()


@pytest.mark.parametrize("role", ["member", "analyst"])
def test_only_administrators_open_the_pages(client: Client, nova: User, role: str) -> None:
    RoleAssignment.objects.create(user=nova, role=role)
    client.force_login(nova)
    for address in ("/en/account/people/", f"/en/account/people/{nova.pk}/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"deed": "close"}).status_code == 403


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({}, True),
        ({"q": "нова"}, True),
        ({"q": "NOVA@example"}, True),
        ({"q": "somebody else"}, False),
        ({"role": "region_editor"}, True),
        ({"role": "analyst"}, False),
        ({"role": "no such role"}, True),
        ({"state": "closed"}, False),
        ({"state": "open", "q": "nova"}, True),
        ({"page": "999"}, True),
    ],
)
def test_people_are_found_by_name_role_and_state(
    client: Client, page: str, nova: User, asked: dict[str, str], is_found: bool
) -> None:
    for key in ("BG31", "BG32"):
        RoleAssignment.objects.create(user=nova, role="region_editor", scope_kind="region", scope_key=key)
    text = shown(client, "/en/account/people/", **asked)
    assert (f'href="{page}"' in text) == is_found
    assert text.count(f'href="{page}"') <= 1, "a person with two such roles is one person"


def test_the_list_asks_no_more_for_many_people_than_for_few(
    client: Client, page: str, nova: User, django_assert_max_num_queries
) -> None:
    for number in range(30):
        user = User.objects.create_user(f"one{number}@example.org", None)
        RoleAssignment.objects.create(user=user, role="region_editor", scope_kind="region", scope_key="BG31")
    client.get("/en/account/people/")
    with django_assert_max_num_queries(9):
        client.get("/en/account/people/")


def test_the_operator_is_no_person_to_manage(client: Client, page: str) -> None:
    assert client.get(f"/en/account/people/{operator().pk}/").status_code == 404


def test_where_a_second_factor_is_required_the_role_sleeps_until_there_is_one(
    client: Client, boss: User, settings
) -> None:
    settings.ADMINISTRATOR_SECOND_FACTOR = "required"
    client.force_login(boss)
    refused = client.get("/en/account/people/")
    assert (
        refused.status_code == 403 and "it sleeps until you have a second factor" in refused.content.decode()
    )
    assert "Your role of administrator sleeps" in shown(client, "/en/account/mine/")
    Authenticator.objects.create(user=boss, type="recovery_codes", data={})
    assert client.get("/en/account/people/").status_code == 403
    Authenticator.objects.create(user=boss, type="totp", data={})
    assert client.get("/en/account/people/").status_code == 200
    assert "sleeps" not in shown(client, "/en/account/mine/")


def test_where_it_is_only_asked_for_the_page_asks(client: Client, boss: User, nova: User) -> None:
    client.force_login(boss)
    assert "Please add a second factor" in shown(client, "/en/account/mine/")
    client.force_login(nova)
    assert "Please add a second factor" not in shown(client, "/en/account/mine/")


def test_the_command_line_needs_no_second_factor(settings, nova: User) -> None:
    settings.ADMINISTRATOR_SECOND_FACTOR = "required"
    actions.grant_role(actor=operator(), user=nova, role=Role.ANALYST)
    assert held(nova) == {("analyst", "platform", "")}
