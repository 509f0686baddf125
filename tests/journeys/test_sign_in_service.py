"""Signing in through the service of one's organisation: a provider that runs beside, on another site, in Chromium.

What requests over HTTP cannot see is seen here: whether the content policy lets people out and the cookie lets them back in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys import sign_in_service
from journeys.conftest import WORKER, free_port, served
from journeys.reader import DEMO_PASSWORD, NARROW, WIDE, arrives, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Come = Callable[..., Page]
NAME = "Министерство на растежа"
DID_NOT_WORK = {
    "en": "The sign-in service and this platform did not understand each other. You are not signed in.",
    "bg": "Услугата за вход и платформата не се разбраха. Не сте влезли.",
}
CONNECTED_TO_NONE = {
    "en": "Your account is connected to no sign-in service.",
    "bg": "Профилът Ви не е свързан с услуга за вход.",
}
STOPPED = {
    "en": "Nothing happened: you are not signed in, and nothing was created.",
    "bg": "Нищо не се случи: не сте влезли и нищо не е създадено.",
}


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture
def service(port: int) -> Iterator[str]:
    with sign_in_service.running(port) as address:
        yield address


@pytest.fixture(scope="module")
def ministry_site(prepared_home: Path, scratch: Path, port: int) -> Iterator[str]:
    """A server that knows the service's address, whether it runs or not."""
    settings = {
        "CLUSTERPOLISEE_OIDC_NAME": NAME,
        "CLUSTERPOLISEE_OIDC_SERVER": f"http://{sign_in_service.HOST}:{port}",
        "CLUSTERPOLISEE_OIDC_CLIENT_ID": "clusterpolisee",
        "CLUSTERPOLISEE_OIDC_SECRET": "not-told-to-anybody",
    }
    with served(prepared_home, scratch / f"ministry-{WORKER}", **settings) as address:
        yield address


@pytest.fixture
def come(reader: Come, ministry_site: str, port: int) -> Come:
    """A reader who may be sent to the service and nowhere else."""

    def coming(language: str, **how: object) -> Page:
        return reader(language, at=ministry_site, neighbours=[f"http://{sign_in_service.HOST}:{port}"], **how)

    return coming


def ask_the_service(page: Page) -> None:
    page.locator(f"main form[action*='/oidc/login/'] button:has-text('{NAME}')").click()


def at_the_service(page: Page, service: str, button: str = sign_in_service.SOMEBODY) -> None:
    page.wait_for_url(f"{service}/oauth2/authorize?*")
    page.get_by_role("button", name=button).click()


def sign_out(page: Page, language: str) -> None:
    page.goto(f"/{language}/account/logout/")
    page.locator("main form button[type=submit]").click()
    arrives(page, f"/{language}/")


def expect_good(page: Page, language: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert barriers(page) == []
    assert not overflows(page)


def prove_it_is_me(page: Page, language: str) -> None:
    """Who adds a way in or takes one away says the password once more."""
    page.wait_for_url(f"**/{language}/account/reauthenticate/**")
    expect_good(page, language)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("main form button[type=submit]").first.click()


@pytest.mark.parametrize(("language", "width"), [("bg", NARROW), ("en", WIDE)])
def test_member_links_the_ministry_comes_back_through_it_and_takes_the_link_away(
    come: Come, service: str, language: str, width: int
) -> None:
    page = come(language, width=width)
    sign_in(page, language)
    page.goto(f"/{language}/account/mine/")
    page.locator("main a[href$='/account/elsewhere/']").click()
    expect_good(page, language)
    ask_the_service(page)
    at_the_service(page, service)
    prove_it_is_me(page, language)
    arrives(page, f"/{language}/account/elsewhere/")
    expect(page.locator("main fieldset")).to_contain_text(NAME)
    expect_good(page, language)

    sign_out(page, language)
    page.goto(f"/{language}/account/login/?next=/{language}/regions/BG31/")
    expect_good(page, language)
    ask_the_service(page)
    at_the_service(page, service)
    arrives(page, f"/{language}/regions/BG31/")
    expect(page.locator("header .mine")).to_contain_text("@demo.example")

    page.goto(f"/{language}/account/elsewhere/")
    page.locator("main button.danger").click()
    prove_it_is_me(page, language)
    arrives(page, f"/{language}/account/elsewhere/")
    expect(page.locator("main")).to_contain_text(CONNECTED_TO_NONE[language])
    expect_good(page, language)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_who_stops_at_the_service_reads_that_nothing_happened(
    come: Come, service: str, language: str
) -> None:
    page = come(language, width=NARROW)
    page.goto(f"/{language}/account/login/")
    ask_the_service(page)
    at_the_service(page, service, "Deny")
    arrives(page, f"/{language}/account/elsewhere/login/cancelled/")
    expect(page.locator("main")).to_contain_text(STOPPED[language])
    expect_good(page, language)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_an_answer_that_was_not_asked_for_is_refused_in_words(
    come: Come, service: str, language: str
) -> None:
    page = come(language)
    page.goto(f"/{language}/account/login/")
    ask_the_service(page)
    at_the_service(page, service, sign_in_service.FORGER)
    expect(page.locator("main")).to_contain_text(DID_NOT_WORK[language])
    expect_good(page, language)
    page.goto(f"/{language}/account/mine/")
    assert "/account/login/" in page.url


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_service_that_is_down_is_a_sentence_and_the_password_still_works(come: Come, language: str) -> None:
    page = come(language, width=NARROW)
    page.goto(f"/{language}/account/login/")
    ask_the_service(page)
    expect(page.locator("main")).to_contain_text(DID_NOT_WORK[language])
    expect_good(page, language)
    page.locator("main a.btn.main").click()
    expect_good(page, language)
    sign_in(page, language)
    expect(page.locator("header .mine")).to_contain_text("@demo.example")


def test_somebody_who_reads_bulgarian_in_an_english_browser_is_answered_in_bulgarian(
    come: Come, service: str
) -> None:
    page = come("en")
    page.goto("/bg/account/login/")
    ask_the_service(page)
    at_the_service(page, service, "Deny")
    expect(page.locator("main")).to_contain_text(STOPPED["bg"])
    expect_good(page, "bg")


def test_without_scripts_the_way_there_and_back_is_open_too(come: Come, service: str) -> None:
    page = come("bg", javascript=False)
    page.goto("/bg/account/login/?next=/bg/regions/BG31/")
    ask_the_service(page)
    at_the_service(page, service, sign_in_service.NEWCOMER)
    arrives(page, "/bg/regions/BG31/")
    expect(page.locator("header .mine")).to_contain_text("Ива Пенева")
