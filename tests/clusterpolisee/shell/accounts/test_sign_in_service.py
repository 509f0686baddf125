"""Coming in through a sign-in service: a real one runs beside the test, on a port of its own.

The person is played by two browsers: Django's on our side, `requests` on the side of the service.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from clusterpolisee.config.sign_in_service import sign_in_service
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.history.queries import events_of

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret-7"
LOGIN = "/account/oidc/login/"
Person = dict[str, object]


def claims(**more: object) -> Person:
    return {"email": "Nova@Example.org", "email_verified": True, "name": "Нова Колева", **more}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(autouse=True)
def configured(settings, server: str) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_service(
        {
            "CLUSTERPOLISEE_OIDC_NAME": "Ministry",
            "CLUSTERPOLISEE_OIDC_SERVER": server,
            "CLUSTERPOLISEE_OIDC_CLIENT_ID": "clusterpolisee",
            "CLUSTERPOLISEE_OIDC_SECRET": "not-told-to-anybody",
        }
    )


@pytest.fixture
def come(client: Client, server: str) -> Callable[..., HttpResponse]:
    """Come through the service as a person of whom it tells this; how our side answers in the end."""

    def coming(person: Person, *, sub: str = "nova", **asked: str) -> HttpResponse:
        return client.get(back_from(server, leave(client, **asked), person, sub=sub))

    return coming


def leave(client: Client, **asked: str) -> str:
    """Press the button; where the page that leads on leads to."""
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return led_to(client.post(f"{LOGIN}?{query}"))


def led_to(answer: HttpResponse) -> str:
    page = answer.content.decode()
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert found, page
    return unescape(found[1])


def back_from(server: str, address: str, person: Person, *, sub: str = "nova") -> str:
    """The address on our side to which the service sends the person back."""
    requests.put(f"{server}/users/{sub}", json=person, timeout=10).raise_for_status()
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def is_in(client: Client) -> bool:
    return client.get("/en/account/mine/").status_code == 200


def somebody(email: str = "nova@example.org", *, verified: bool = True, **fields: object) -> User:
    user = User.objects.create_user(email, SECRET, **fields)  # type: ignore[arg-type]
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def test_a_person_the_service_vouches_for_becomes_a_member(
    client: Client, come: Callable[..., HttpResponse]
) -> None:
    come(claims())
    user = User.objects.get()
    assert is_in(client)
    assert (user.email, user.name, user.role_names) == ("nova@example.org", "Нова Колева", {"member"})
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nova@example.org", True)]
    assert [(event.verb, event.details) for event in events_of(user)] == [
        ("joined_through_provider", {"provider": "Ministry"})
    ]


def test_the_second_time_it_is_the_same_person_whatever_the_address(
    client: Client, come: Callable[..., HttpResponse]
) -> None:
    come(claims())
    client.logout()
    come(claims(email="married@example.org"))
    assert is_in(client) and User.objects.get().email == "nova@example.org"


def test_what_was_taken_from_a_person_does_not_come_back_with_the_next_visit(
    client: Client, come: Callable[..., HttpResponse]
) -> None:
    come(claims())
    RoleAssignment.objects.all().delete()
    client.logout()
    come(claims())
    assert is_in(client) and User.objects.get().role_names == frozenset()


@pytest.mark.parametrize(
    "told", [{"email_verified": False}, {"email_verified": "false"}, {"email_verified": None}, {"email": ""}]
)
def test_an_address_the_service_does_not_vouch_for_makes_no_account(
    client: Client, come: Callable[..., HttpResponse], told: Person
) -> None:
    person = {key: value for key, value in claims(**told).items() if value not in (None, "")}
    answer = come(person)
    assert answer.status_code == 403
    assert "Ministry did not confirm your e-mail address" in answer.content.decode()
    assert not is_in(client) and not User.objects.exists()


def test_an_account_whose_owner_confirmed_the_same_address_is_theirs(
    client: Client, come: Callable[..., HttpResponse]
) -> None:
    user = somebody()
    come(claims())
    assert is_in(client)
    assert SocialAccount.objects.get().user == user
    assert User.objects.get(pk=user.pk).check_password(SECRET)
    assert "Ministry" in mail.outbox[0].body


@pytest.mark.parametrize(("here", "there"), [(False, True), (True, False), (False, False)])
def test_an_account_is_not_taken_over_unless_both_sides_confirmed_the_address(
    client: Client, come: Callable[..., HttpResponse], here: bool, there: bool
) -> None:
    user = somebody(verified=here)
    answer = come(claims(email_verified=there))
    assert answer.status_code == 403
    assert not is_in(client) and not SocialAccount.objects.exists()
    assert User.objects.get().pk == user.pk and User.objects.get().check_password(SECRET)


def test_an_account_without_any_confirmation_row_is_not_taken_over(
    client: Client, come: Callable[..., HttpResponse]
) -> None:
    User.objects.create_user("nova@example.org", SECRET)
    assert come(claims()).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    ("fields", "demo"),
    [({"is_active": False}, False), ({"is_active": False}, True), ({"is_demo": True}, False)],
)
def test_closed_and_demo_accounts_stay_shut_this_way_too(
    client: Client, come: Callable[..., HttpResponse], settings, fields: dict[str, bool], demo: bool
) -> None:
    settings.DEMO = demo
    somebody(**fields)
    assert come(claims()).status_code == 403
    assert not is_in(client) and not SocialAccount.objects.exists()


def test_a_person_who_came_before_and_was_closed_since_stays_out(
    client: Client, come: Callable[..., HttpResponse]
) -> None:
    come(claims())
    client.logout()
    User.objects.update(is_active=False)
    answer = come(claims())
    assert answer.status_code == 403 and "This account is closed" in answer.content.decode()
    assert not is_in(client)


def test_where_new_accounts_are_closed_nobody_new_comes_in(
    client: Client, come: Callable[..., HttpResponse], settings
) -> None:
    settings.OPEN_FOR_SIGNUP = False
    assert "does not take new accounts" in come(claims()).content.decode()
    assert not User.objects.exists()


def test_a_second_factor_is_asked_for_this_way_too(client: Client, come: Callable[..., HttpResponse]) -> None:
    Authenticator.objects.create(user=somebody(), type="totp", data={"secret": "x"})
    assert come(claims())["Location"].endswith("/account/second-factors/authenticate/")
    assert not is_in(client)


def test_people_come_back_to_the_page_they_were_on(client: Client, come: Callable[..., HttpResponse]) -> None:
    assert come(claims(), next="/bg/regions/BG31/")["Location"] == "/bg/regions/BG31/"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site_afterwards(
    client: Client, come: Callable[..., HttpResponse], evil: str
) -> None:
    assert come(claims(), next=evil)["Location"] in ("/", "/en/")


@pytest.mark.parametrize(
    "forge",
    [
        lambda back: re.sub("state=[^&]+", "state=forged", back),
        lambda back: re.sub("[&?]state=[^&]+", "", back),
        lambda back: re.sub("code=[^&]+", "code=forged", back),
        lambda back: back.partition("?")[0],
    ],
    ids=["another state", "no state", "another code", "nothing"],
)
def test_an_answer_that_was_tampered_with_signs_nobody_in(
    client: Client, server: str, forge: Callable[[str], str]
) -> None:
    back = back_from(server, leave(client), claims())
    answer = client.get(forge(back))
    assert "Signing in did not work" in answer.content.decode()
    assert not is_in(client) and not User.objects.exists()


def test_an_answer_meant_for_another_browser_signs_nobody_in(client: Client, server: str) -> None:
    """Otherwise a stranger could have people work in the stranger's account."""
    back = back_from(server, leave(client), claims())
    victim = Client()
    assert "Signing in did not work" in victim.get(back).content.decode()
    assert not is_in(victim)


def test_an_answer_works_once(client: Client, server: str) -> None:
    back = back_from(server, leave(client), claims())
    client.get(back)
    client.logout()
    client.get(back)
    assert not is_in(client)


def test_somebody_who_stops_at_the_service_is_told_that_nothing_happened(client: Client, server: str) -> None:
    address = leave(client)
    answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    state = parse_qs(urlsplit(address).query)["state"][
        0
    ]  # RFC 6749 has it sent back; this service leaves it out
    page = client.get(f"{back.path}?{back.query}&state={state}", follow=True).content.decode()
    assert "You stopped signing in" in page
    assert not User.objects.exists()


@pytest.mark.parametrize(("told", "spoken"), [("bg", "bg"), ("en", "en"), ("xx", "en"), ("", "en")])
def test_the_way_back_is_in_the_language_people_left_in(
    client: Client, server: str, told: str, spoken: str
) -> None:
    """The address to come back to has none, and the browser may speak another than the reader chose."""
    page = client.post(LOGIN, {"language": told})
    assert page["Content-Language"] == spoken
    forged = re.sub("state=[^&]+", "state=forged", back_from(server, led_to(page), claims()))
    answer = client.get(forged)
    assert f'<html lang="{spoken}"' in answer.content.decode() and answer["Content-Language"] == spoken


def test_the_service_is_asked_with_a_proof_that_only_this_browser_has(client: Client) -> None:
    asked = parse_qs(urlsplit(leave(client)).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["state"][0]
    assert asked["redirect_uri"] == ["http://testserver/account/oidc/callback/"]


def test_a_link_alone_does_not_send_anybody_away(client: Client) -> None:
    """A picture on another site that loads this address must not sign people in."""
    page = client.get(LOGIN)
    assert page.status_code == 200 and "Go on" in page.content.decode()


def test_a_service_that_does_not_answer_is_a_page_and_no_crash(client: Client, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://localhost:1"
    )
    assert "Signing in did not work" in client.post(LOGIN).content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "Sign in with Ministry"), ("bg", "Ministry")])
def test_the_sign_in_page_has_a_button_for_it(client: Client, language: str, words: str) -> None:
    page = client.get(f"/{language}/account/login/?next=/{language}/regions/BG31/").content.decode()
    assert words in page and f'action="{LOGIN}?next=%2F{language}%2Fregions%2FBG31%2F"' in page


def test_without_a_service_there_is_no_button(client: Client, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert LOGIN not in client.get("/en/account/login/").content.decode()
    assert client.post(LOGIN).status_code == 404


def test_a_person_with_a_password_connects_and_removes_the_service(client: Client, server: str) -> None:
    user = somebody(email="other@example.org")
    client.post("/en/account/login/", {"login": user.email, "password": SECRET})
    client.post("/en/account/reauthenticate/", {"password": SECRET})
    client.get(back_from(server, leave(client, process="connect"), claims()))
    account = SocialAccount.objects.get()
    assert account.user == user and "Ministry" in client.get("/en/account/elsewhere/").content.decode()
    client.post("/en/account/elsewhere/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"CLUSTERPOLISEE_OIDC_SERVER": "https://id.example"},
            "CLIENT_ID, CLUSTERPOLISEE_OIDC_SECRET as well",
        ),
        (
            {
                "CLUSTERPOLISEE_OIDC_SERVER": "http://id.example",
                "CLUSTERPOLISEE_OIDC_CLIENT_ID": "a",
                "CLUSTERPOLISEE_OIDC_SECRET": "b",
            },
            "give an https:// address",
        ),
    ],
)
def test_half_a_service_is_a_mistake_with_a_sentence(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        sign_in_service(environment)


def test_no_service_is_fine_and_a_service_without_a_name_is_called_after_its_host() -> None:
    assert sign_in_service({"CLUSTERPOLISEE_OIDC_NAME": "Ministry"}) == {}
    named = sign_in_service(
        {
            "CLUSTERPOLISEE_OIDC_SERVER": "https://id.example/realm/",
            "CLUSTERPOLISEE_OIDC_CLIENT_ID": "a",
            "CLUSTERPOLISEE_OIDC_SECRET": "b",
        }
    )["openid_connect"]["APPS"][0]
    assert (named["name"], named["settings"]) == ("id.example", {"server_url": "https://id.example/realm"})
