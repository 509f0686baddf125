"""Accounts as people use them: a passkey of a device, an app with codes, a list of devices, a role over a region.

The passkey is made by the browser's own virtual device, under the same content policy as everything else.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, Page, expect

from journeys.reader import (
    ADMINISTRATOR,
    DEMO_PASSWORD,
    NARROW,
    WIDE,
    arrives,
    barriers,
    fill_in_sign_in,
    overflows,
    sign_in,
)

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
ANALYST = "analyst@demo.example"


def device(page: Page, *, knows_its_owner: bool = True) -> CDPSession:
    """A telephone with a fingerprint reader, as the browser pretends to have one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": knows_its_owner,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def prove_it_is_me(page: Page) -> None:
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(DEMO_PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda address: "reauthenticate" not in address)


def sign_out(page: Page, language: str) -> None:
    page.goto(f"/{language}/account/logout/")
    page.locator("main form button[type=submit]").click()
    arrives(page, f"/{language}/")


def expect_good(page: Page) -> None:
    assert barriers(page) == []
    assert not overflows(page)


def remove_passkeys(page: Page, language: str) -> None:
    """Leave the demo account as it was: other journeys sign in to it with the password alone."""
    page.goto(f"/{language}/account/second-factors/passkeys/")
    while page.locator("main a.btn.danger").count():
        page.locator("main a.btn.danger").first.click()
        prove_it_is_me(page)
        expect_good(page)
        page.locator("main form button.danger").click()
        arrives(page, "/second-factors/passkeys/")


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("bg", NARROW)])
def test_member_adds_a_passkey_and_signs_in_with_it_alone(reader: Reader, language: str, width: int) -> None:
    page = reader(language, width=width)
    device(page)
    sign_in(page, language)
    page.goto(f"/{language}/account/second-factors/")
    expect_good(page)
    page.goto(f"/{language}/account/second-factors/passkeys/add/")
    prove_it_is_me(page)
    expect_good(page)
    expect(page.locator("form[data-passkey]")).to_be_visible()
    expect(page.locator("[data-without-passkeys]")).to_be_hidden()
    page.locator("form[data-passkey] input[name=name]").fill("My telephone")
    page.locator("form[data-passkey] button[type=submit]").click()
    arrives(page, "/recovery-codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    expect_good(page)
    page.goto(f"/{language}/account/second-factors/passkeys/")
    expect(page.locator("main")).to_contain_text("My telephone")
    expect_good(page)
    sign_out(page, language)
    page.goto(f"/{language}/account/login/?next=/{language}/citations/")
    page.locator("form[data-passkey] button[type=submit]").click()
    arrives(page, f"/{language}/citations/")
    expect(page.locator("header .mine")).to_contain_text("@demo.example")
    remove_passkeys(page, language)


def test_after_the_password_the_passkey_is_the_second_step(reader: Reader) -> None:
    page = reader("en")
    device(page)
    sign_in(page, "en", ANALYST)
    page.goto("/en/account/second-factors/passkeys/add/")
    prove_it_is_me(page)
    page.locator("input[name=passwordless]").uncheck()
    page.locator("form[data-passkey] button[type=submit]").click()
    arrives(page, "/recovery-codes/")
    sign_out(page, "en")
    page.goto("/en/account/login/")
    fill_in_sign_in(page, ANALYST)
    arrives(page, "/second-factors/authenticate/")
    expect_good(page)
    page.locator("form[data-passkey] button[type=submit]").click()
    arrives(page, "/en/")
    page.goto("/en/account/second-factors/passkeys/add/")
    assert "reauthenticate" in page.url
    page.get_by_role("link", name="With a passkey").click()
    expect_good(page)
    page.locator("form[data-passkey] button[type=submit]").click()
    arrives(page, "/passkeys/add/")
    remove_passkeys(page, "en")


def test_a_device_that_does_not_know_its_owner_is_told_and_can_try_again(reader: Reader) -> None:
    page = reader("en")
    device(page, knows_its_owner=False)
    page.goto("/en/account/login/")
    page.locator("form[data-passkey] button[type=submit]").click()
    expect(page.locator("[data-says=cancelled]")).to_be_visible(timeout=70_000)
    expect(page.locator("form[data-passkey] button[type=submit]")).to_be_enabled()
    expect_good(page)


def test_without_scripts_the_password_is_enough_and_no_dead_button_is_shown(reader: Reader) -> None:
    page = reader("en", javascript=False)
    page.goto("/en/account/login/")
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    fill_in_sign_in(page)
    page.goto("/en/account/second-factors/passkeys/add/")
    prove_it_is_me(page)
    expect(page.locator("[data-without-passkeys]")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "bg"])
def test_administrator_sets_up_an_app_and_signs_in_with_a_code_and_with_a_recovery_code(
    reader: Reader, language: str
) -> None:
    page = reader(language, width=NARROW)
    sign_in(page, language, ADMINISTRATOR)
    page.goto(f"/{language}/account/mine/")
    expect(page.locator(".note a[href$='/second-factors/']")).to_be_visible()
    page.goto(f"/{language}/account/second-factors/app/activate/")
    prove_it_is_me(page)
    expect_good(page)
    assert page.locator(".square-code svg").bounding_box()["width"] > 150  # type: ignore[index]
    secret = page.locator("code.formula").inner_text()
    page.locator("input[name=code]").fill(code_for(secret, steps_ago=1))
    page.locator("main form button[type=submit]").first.click()
    arrives(page, "/recovery-codes/")
    recovery = page.locator(".codes li").first.inner_text()
    sign_out(page, language)
    page.goto(f"/{language}/account/login/")
    fill_in_sign_in(page, ADMINISTRATOR)
    arrives(page, "/authenticate/")
    page.locator("input[name=code]").fill(code_for(secret))
    page.locator("main form button[type=submit]").first.click()
    arrives(page, f"/{language}/")
    sign_out(page, language)
    page.goto(f"/{language}/account/login/")
    fill_in_sign_in(page, ADMINISTRATOR)
    arrives(page, "/authenticate/")
    page.locator("input[name=code]").fill(recovery)
    page.locator("main form button[type=submit]").first.click()
    arrives(page, f"/{language}/")
    page.goto(f"/{language}/account/second-factors/app/deactivate/")
    prove_it_is_me(page)
    expect_good(page)
    page.locator("main form button.danger").click()
    arrives(page, "/second-factors/")


def code_for(secret: str, *, steps_ago: int = 0) -> str:
    """What the app shows, or showed half a minute ago: the same code does not open twice."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps_ago))


@pytest.mark.parametrize(("language", "width"), [("en", NARROW), ("bg", WIDE)])
def test_member_finds_the_computer_of_the_office_and_signs_it_out(
    reader: Reader, language: str, width: int
) -> None:
    office, here = reader("en"), reader(language, width=width)
    sign_in(office, "en", ANALYST)
    sign_in(here, language, ANALYST)
    here.goto(f"/{language}/account/sessions/")
    expect_good(here)
    here.locator("main form button.danger").last.click()
    here.wait_for_load_state()
    expect(here.locator("main form button.danger")).to_have_count(0)
    office.goto("/en/account/mine/")
    assert "/account/login/" in office.url


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("bg", NARROW)])
def test_administrator_gives_a_lead_her_region_and_takes_it_back(
    reader: Reader, language: str, width: int
) -> None:
    page = reader(language, width=width)
    sign_in(page, language, ADMINISTRATOR)
    page.goto(f"/{language}/account/people/?q=member@demo")
    expect_good(page)
    page.locator("main table a").first.click()
    page.wait_for_url("**/account/people/*/")
    expect_good(page)
    form = page.locator("form:has(input[value=give-region])")
    form.locator("select").select_option("region_lead")
    form.locator("input[type=text]").fill("Atlantis")
    form.locator("button").click()
    expect(page.locator(".errorlist")).to_contain_text("Atlantis")
    expect_good(page)
    form.locator("input[type=text]").fill("Северозападен")
    form.locator("button").click()
    row = page.locator("tr", has_text="BG31")
    expect(row).to_be_visible()
    row.locator("button").click()
    expect(page.locator("tr", has_text="BG31")).to_have_count(0)
    page.goto(f"/{language}/account/deeds/?deed=accounts.granted_role")
    expect(page.locator("main table")).to_contain_text("BG31")
    expect_good(page)
    link = page.locator("a[href*='deeds.csv']").get_attribute("href")
    answer = page.request.get(str(link))
    assert answer.status == 200 and re.search(r"granted_role.*BG31", answer.text())
