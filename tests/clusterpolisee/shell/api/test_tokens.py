"""Personal tokens: made by members, shown once, kept as a fingerprint, revoked for good."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from clusterpolisee.shell.accounts.models import RoleAssignment
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.api.actions import MOST_TOKENS, TooManyTokens, create_token, note_use, revoke_token
from clusterpolisee.shell.api.models import ApiToken
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import person

pytestmark = pytest.mark.django_db
PAGE = "/en/account/tokens/"


def ask(client: Client, secret: str, scheme: str = "Bearer"):
    return client.get("/api/v1/measures", headers={"Authorization": f"{scheme} {secret}"})


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(None, False), (Role.MEMBER, True), (Role.ANALYST, True), (Role.ADMINISTRATOR, True)],
)
def test_tokens_are_for_members(client: Client, role: Role | None, allowed: bool) -> None:
    actor = person(*([role] if role else []))
    client.force_login(actor)
    assert client.get(PAGE).status_code == (200 if allowed else 403)
    if allowed:
        assert create_token(actor=actor, name="report")[0].user == actor
    else:
        with pytest.raises(NotAllowed):
            create_token(actor=actor, name="report")


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert "/account/login/" in client.get(PAGE)["Location"]


def test_the_secret_is_shown_once_and_kept_nowhere(client: Client) -> None:
    client.force_login(member := person(Role.MEMBER))
    shown = client.post(PAGE, {"deed": "create", "name": "monthly report"})
    secret = shown.context["secret"]
    assert secret in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert secret not in client.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert secret not in str(vars(token)) and secret.startswith(token.beginning)
    assert [event.verb for event in events_of(token)] == ["created-token"]
    assert secret not in str(events_of(token).get().details)
    assert ask(client, secret).status_code == 200
    assert token.user == member


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_a_token_needs_a_name(client: Client, name: str) -> None:
    client.force_login(person(Role.MEMBER))
    page = client.post(PAGE, {"deed": "create", "name": name})
    assert not ApiToken.objects.exists() and "secret" not in page.context


def test_the_eleventh_token_is_refused_with_a_sentence(client: Client) -> None:
    actor = person(Role.MEMBER)
    made = [create_token(actor=actor, name=str(number))[0] for number in range(MOST_TOKENS)]
    with pytest.raises(TooManyTokens, match="Revoke one"):
        create_token(actor=actor, name="one too many")
    client.force_login(actor)
    assert "Revoke one" in client.post(PAGE, {"deed": "create", "name": "again"}).content.decode()
    revoke_token(actor=actor, token=made[0])
    assert create_token(actor=actor, name="again")[0].pk


def test_a_revoked_token_opens_nothing_and_says_so(client: Client) -> None:
    actor = person(Role.MEMBER)
    token, secret = create_token(actor=actor, name="report")
    client.force_login(actor)
    assert client.post(PAGE, {"deed": "revoke", "token": token.pk}).status_code == 302
    answer = ask(client, secret)
    assert answer.status_code == 401 and "was revoked" in answer.json()["detail"]
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert [event.verb for event in events_of(token)] == ["revoked-token", "created-token"]


def test_nobody_revokes_the_token_of_somebody_else(client: Client) -> None:
    token, secret = create_token(actor=person(Role.MEMBER), name="report")
    other = person(Role.ADMINISTRATOR, email="other@vidin.example")
    with pytest.raises(NotAllowed):
        revoke_token(actor=other, token=token)
    client.force_login(other)
    assert client.post(PAGE, {"deed": "revoke", "token": token.pk}).status_code == 404
    assert ask(client, secret).status_code == 200


@pytest.mark.parametrize("token", ["", "nonsense", "0", "9" * 30])
def test_revoking_nothing_is_a_sentence_or_a_page_not_found(client: Client, token: str) -> None:
    client.force_login(person(Role.MEMBER))
    assert client.post(PAGE, {"deed": "revoke", "token": token}).status_code in (302, 404)


def test_an_unknown_token_is_401_with_a_sentence(client: Client) -> None:
    answer = ask(client, "cps_" + "x" * 43)
    assert answer.status_code == 401 and "not known here" in answer.json()["detail"]


@pytest.mark.parametrize(
    "header", ["Basic YTpi", "Bearer", "Bearer ", "Bearer a b", "Bearer \u00e9", "Bearer " + "x" * 400]
)
def test_a_header_that_is_no_token_is_400_with_a_sentence(client: Client, header: str) -> None:
    answer = client.get("/api/v1/measures", headers={"Authorization": header})
    assert answer.status_code == 400 and "Bearer" in answer.json()["detail"]


def test_a_token_lives_no_longer_than_its_owners_account_and_role(client: Client) -> None:
    actor = person(Role.MEMBER)
    _token, secret = create_token(actor=actor, name="report")
    actor.is_active = False
    actor.save()
    assert ask(client, secret).status_code == 401
    actor.is_active = True
    actor.save()
    assert ask(client, secret).status_code == 200
    RoleAssignment.objects.filter(user=actor).delete()
    assert ask(client, secret).status_code == 401


def test_the_day_of_the_last_use_is_kept_and_written_once_a_day(
    client: Client, django_assert_num_queries
) -> None:
    actor = person(Role.MEMBER)
    token, secret = create_token(actor=actor, name="report")
    ask(client, secret)
    token.refresh_from_db()
    assert token.last_used_on is not None
    with django_assert_num_queries(2):  # the token with its owner, the owner's roles
        ask(client, secret)
    note_use(actor=actor, token=token, today=date(2027, 1, 2))
    token.refresh_from_db()
    assert token.last_used_on == date(2027, 1, 2)


def test_a_token_opens_no_page(client: Client) -> None:
    _token, secret = create_token(actor=person(Role.MEMBER), name="report")
    answer = client.get("/en/account/mine/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]


def test_who_has_an_answer_already_is_not_told_more_once_the_token_is_revoked(client: Client) -> None:
    """A mark of an answer opens nothing: the token is looked at first, and the refusal is kept by nobody."""
    mira = person(Role.MEMBER)
    token, secret = create_token(actor=mira, name="reader")
    given = {"Authorization": f"Bearer {secret}"}
    mark = client.get("/api/v1/measures", headers=given)["ETag"]
    assert client.get("/api/v1/measures", headers={**given, "If-None-Match": mark}).status_code == 304
    revoke_token(actor=mira, token=token)
    refused = client.get("/api/v1/measures", headers={**given, "If-None-Match": mark})
    assert (refused.status_code, refused["Cache-Control"], "ETag" in refused) == (401, "no-store", False)
    assert secret not in refused.content.decode()


def test_an_answer_to_a_token_is_never_everybodys(client: Client) -> None:
    _token, secret = create_token(actor=person(Role.MEMBER), name="reader")
    known = client.get("/api/v1/measures", headers={"Authorization": f"Bearer {secret}"})
    assert known["Cache-Control"].startswith("private")
    assert "Authorization" in known["Vary"]


def test_a_secret_stands_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    _token, secret = create_token(actor=person(Role.MEMBER), name="reader")
    caplog.set_level("DEBUG")
    for address in ("/api/v1/measures", "/api/v1/nothing", "/api/v1/measures?year=x"):
        client.get(address, headers={"Authorization": f"Bearer {secret}"})
        client.get(address, headers={"Authorization": f"Bearer {secret}x"})
        client.post(address, headers={"Authorization": f"Bearer {secret}"})
    assert secret not in caplog.text
