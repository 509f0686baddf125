"""Second factors: an app's codes, recovery codes, and what lies in the database. Passkeys: journeys/test_accounts_passkey."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from clusterpolisee.shell.accounts.devices import device_in_words
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.second_factors import SecondFactorAdapter
from clusterpolisee.shell.history.queries import events_of

pytestmark = pytest.mark.django_db
SECRET = "a-long-enough-secret-7"
FACTORS = "/en/account/second-factors/"


@pytest.fixture
def nova(client: Client) -> User:
    user = User.objects.create_user("nova@example.org", SECRET)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    sign_in(client)
    client.post("/en/account/reauthenticate/", {"password": SECRET})
    return user


def sign_in(client: Client) -> str:
    answer = client.post("/en/account/login/", {"login": "nova@example.org", "password": SECRET})
    return answer.headers.get("Location", "")


def code_for(secret: str) -> str:
    """What the app on a telephone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client: Client) -> str:
    """Set the app up, as people do: read the key from the page, write the digits."""
    page = client.get(f"{FACTORS}app/activate/").content.decode()
    secret = re.search(r'<code class="formula">([A-Z2-7]+)</code>', page)[1]  # type: ignore[index]
    client.post(f"{FACTORS}app/activate/", {"code": code_for(secret)})
    cache.clear()  # a code is taken once; the tests do not wait half a minute for the next
    return secret


def is_in(client: Client) -> bool:
    return client.get("/en/account/mine/").status_code == 200


def second_step(client: Client, code: str) -> str:
    return client.post(f"{FACTORS}authenticate/", {"code": code}).content.decode()


def test_the_square_code_is_drawn_in_the_page_and_loads_nothing(client: Client, nova: User) -> None:
    page = client.get(f"{FACTORS}app/activate/").content.decode()
    assert "<svg" in page and "<?xml" not in page and "data:image" not in page and "style=" not in page


def test_with_an_app_the_password_alone_is_not_enough(client: Client, nova: User) -> None:
    secret = set_up_app(client)
    client.logout()
    assert sign_in(client) == f"{FACTORS}authenticate/" and not is_in(client)
    assert "This is not right, or was used already" in second_step(client, "000000") and not is_in(client)
    second_step(client, code_for(secret))
    assert is_in(client)


def test_a_code_of_the_app_works_once(client: Client, nova: User) -> None:
    secret = set_up_app(client)
    client.logout()
    sign_in(client)
    code = code_for(secret)
    second_step(client, code)
    client.logout()
    sign_in(client)
    second_step(client, code)
    assert not is_in(client)


def recovery_codes(client: Client) -> list[str]:
    return re.findall(
        r"<li><code>(\d+)</code></li>", client.get(f"{FACTORS}recovery-codes/").content.decode()
    )


def test_a_recovery_code_opens_the_account_once(client: Client, nova: User) -> None:
    set_up_app(client)
    codes = recovery_codes(client)
    assert len(codes) == len(set(codes)) == 10
    client.logout()
    sign_in(client)
    second_step(client, codes[3])
    assert is_in(client)
    client.post("/en/account/reauthenticate/", {"password": SECRET})
    assert set(recovery_codes(client)) == set(codes) - {codes[3]}
    client.logout()
    sign_in(client)
    second_step(client, codes[3])
    assert not is_in(client)


def test_new_recovery_codes_end_the_old_ones(client: Client, nova: User) -> None:
    set_up_app(client)
    old = recovery_codes(client)
    client.post(f"{FACTORS}recovery-codes/generate/")
    assert len(recovery_codes(client)) == 10 and not set(old) & set(recovery_codes(client))
    file = client.get(f"{FACTORS}recovery-codes/download/")
    assert (
        file["Content-Disposition"].startswith("attachment")
        and recovery_codes(client)[0] in file.content.decode()
    )


def test_recovery_codes_are_shown_only_to_who_proved_to_be_there_just_now(client: Client, nova: User) -> None:
    set_up_app(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert recovery_codes(client) == []
    assert "/account/reauthenticate/" in client.get(f"{FACTORS}recovery-codes/download/")["Location"]
    assert "/account/reauthenticate/" in client.post(f"{FACTORS}recovery-codes/generate/")["Location"]


def test_a_session_left_open_adds_no_second_factor(client: Client, nova: User) -> None:
    client.logout()
    sign_in(client)
    for page in ("app/activate/", "passkeys/add/"):
        assert "/account/reauthenticate/" in client.get(f"{FACTORS}{page}")["Location"]


@pytest.mark.django_db(transaction=True)  # the letter is sent once the app is stored
def test_turning_the_app_on_and_off_is_told_by_letter_and_remembered(client: Client, nova: User) -> None:
    set_up_app(client)
    client.post(f"{FACTORS}app/deactivate/")
    assert not nova.has_second_factor and not Authenticator.objects.exists()
    subjects = [letter.subject for letter in mail.outbox]
    assert subjects[0].endswith("A second factor is added") and subjects[-1].endswith(
        "A second factor is removed"
    )
    assert [(event.verb, event.details) for event in events_of(nova)] == [
        ("removed_second_factor", {"kind": "totp"}),
        ("added_second_factor", {"kind": "totp"}),
    ]


def test_nobody_guesses_codes_for_long(client: Client, nova: User) -> None:
    secret = set_up_app(client)
    client.logout()
    sign_in(client)
    for _ in range(12):
        page = second_step(client, "000000")
    assert "Too many" in page or "too many" in page.lower()
    second_step(client, code_for(secret))
    assert not is_in(client)


def test_the_database_alone_tells_no_secret(client: Client, nova: User, settings) -> None:
    secret = set_up_app(client)
    codes = recovery_codes(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored and not any(code in stored for code in codes)


def test_under_another_secret_of_the_instance_no_code_fits_and_nothing_breaks(
    client: Client, nova: User, settings
) -> None:
    locked = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    assert SecondFactorAdapter().decrypt(locked) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY = "quite-another-secret"
    opened = {SecondFactorAdapter().decrypt(locked) for _ in range(3)}
    assert "JBSWY3DPEHPK3PXP" not in opened and len(opened) == 3


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "{}", '"x"', '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "{" * 5000],
)
def test_a_passkey_that_is_none_signs_nobody_in(client: Client, credential: str) -> None:
    client.get(f"{FACTORS}passkeys/login/", headers={"accept": "application/json"})
    answer = client.post(f"{FACTORS}passkeys/login/", {"credential": credential})
    assert answer.status_code == 302 and not is_in(client)


def test_nobody_touches_the_passkeys_of_others(client: Client, nova: User) -> None:
    other = User.objects.create_user("other@example.org", None)
    passkey = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "theirs", "credential": {}}
    )
    for page in ("edit", "remove"):
        assert client.get(f"{FACTORS}passkeys/keys/{passkey.pk}/{page}/").status_code == 404
        assert client.post(f"{FACTORS}passkeys/keys/{passkey.pk}/{page}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
            "Safari on macOS",
        ),
        ("curl/8.5", "unknown device"),
        ("", "unknown device"),
        ("<script>alert(1)</script>", "unknown device"),
    ],
)
def test_devices_are_called_what_people_call_them(user_agent: str, words: str) -> None:
    assert device_in_words(user_agent) == words
