"""How often one may ask: by address without a token, by person with one."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.api.actions import create_token
from clusterpolisee.shell.api.limits import spend
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.readers import address_of
from factories.evidence import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_minute(settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = {"visitor": 3, "member": 5}


def test_the_fourth_request_of_a_minute_waits_for_the_next_minute() -> None:
    left = [spend("visitor", "1.2.3.4", now=60.0 + second).remaining for second in range(3)]
    assert left == [2, 1, 0]
    with pytest.raises(Problem) as refused:
        spend("visitor", "1.2.3.4", now=90.0)
    assert refused.value.status == 429 and refused.value.headers["Retry-After"] == "30"
    assert "30 seconds" in refused.value.detail
    assert spend("visitor", "1.2.3.4", now=120.0).remaining == 2


def test_answers_say_what_is_left_and_a_refusal_when_to_come_again(client: Client) -> None:
    answer = client.get("/api/v1/measures")
    assert answer["RateLimit-Policy"] == '"visitor";q=3;w=60'
    assert answer["RateLimit"].startswith('"visitor";r=2;t=')
    answers = [client.get("/api/v1/measures") for _again in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    refused = answers[-1]
    assert 1 <= int(refused["Retry-After"]) <= 60 and refused["RateLimit"].startswith('"visitor";r=0;')
    assert refused["Content-Type"] == "application/problem+json"


def test_one_address_does_not_use_up_what_another_has(client: Client) -> None:
    for _again in range(4):
        client.get("/api/v1/measures", REMOTE_ADDR="10.0.0.1")
    assert client.get("/api/v1/measures", REMOTE_ADDR="10.0.0.1").status_code == 429
    assert client.get("/api/v1/measures", REMOTE_ADDR="10.0.0.2").status_code == 200


def test_a_member_has_more_and_all_their_tokens_share_it(client: Client) -> None:
    member = person(Role.MEMBER)
    secrets = [create_token(actor=member, name=name)[1] for name in ("one", "two")]
    answers = [
        client.get("/api/v1/measures", headers={"Authorization": f"Bearer {secrets[turn % 2]}"})
        for turn in range(6)
    ]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert answers[0]["RateLimit-Policy"] == '"member";q=5;w=60'
    assert answers[0]["Cache-Control"].startswith("private")


def test_guessing_tokens_costs_as_much_as_asking(client: Client) -> None:
    answers = [
        client.get("/api/v1/measures", headers={"Authorization": f"Bearer cps_guess{turn}"})
        for turn in range(4)
    ]
    assert [one.status_code for one in answers] == [401, 401, 401, 429]


@pytest.mark.parametrize(
    ("behind_proxy", "remote", "forwarded", "expected"),
    [
        (False, "10.0.0.9", "1.2.3.4", "10.0.0.9"),  # nobody in front: the header is anybody's invention
        (True, "10.0.0.9", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # what the proxy wrote last
        (True, "10.0.0.9", None, "10.0.0.9"),
        (False, "2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::"),
        (False, "::ffff:10.0.0.9", None, "10.0.0.9"),
        (True, "10.0.0.9", "nonsense", "unknown"),
        (False, "", None, "unknown"),
    ],
)
def test_an_address_is_a_machine_or_a_household(
    settings, behind_proxy: bool, remote: str, forwarded: str | None, expected: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == expected
