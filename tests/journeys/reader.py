"""One person with a browser, and everything that went wrong without their seeing it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

TELL_OF_BLOCKED_CONTENT = """document.addEventListener("securitypolicyviolation", event =>
    console.error("blocked by the content policy: " + event.violatedDirective + " " + event.blockedURI))"""
WIDE, NARROW = 1280, 390
MEMBER, ADMINISTRATOR = "member@demo.example", "administrator@demo.example"
DEMO_PASSWORD = "figures-with-origin"


class Reader:
    def __init__(
        self,
        browser: Browser,
        site: str,
        language: str,
        *,
        width: int,
        javascript: bool,
        dark: bool = False,
        neighbours: Sequence[str] = (),
    ) -> None:
        self.hosts = {urlsplit(address).netloc for address in (site, *neighbours)}
        self.troubles: list[str] = []
        self.context = browser.new_context(
            base_url=site,
            locale={"en": "en-GB", "bg": "bg-BG"}.get(language, language),
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(40_000)
        self.context.add_init_script(TELL_OF_BLOCKED_CONTENT)
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))

    def leave(self) -> list[str]:
        self.context.close()
        return self.troubles

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc not in self.hosts:
            self.troubles.append(f"asked another machine: {request.url}")

    def _on_response(self, response: Response) -> None:
        """A page may be missing on purpose; what a page is made of may not."""
        if response.status >= 400 and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status} {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        of_navigation = message.text.startswith(
            "Failed to load resource"
        )  # told by _on_response, with its status
        if message.type == "error" and not of_navigation:
            self.troubles.append(f"console: {message.text}")


def barriers(page: Page) -> list[str]:
    """What axe finds on the page that keeps somebody out, one line each; the list is empty on a good page."""
    found = Axe().run(page)
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    )


def fill_in_sign_in(page: Page, email: str = MEMBER) -> None:
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("main form:has(input[name=password]) button[type=submit]").click()


def arrives(page: Page, end: str) -> None:
    """Wait for the page whose path ends so; one that only names it as the place to go on to is not it."""
    page.wait_for_url(lambda address: urlsplit(address).path.endswith(end))


def sign_in(page: Page, language: str, email: str = MEMBER) -> None:
    page.goto(f"/{language}/account/login/")
    fill_in_sign_in(page, email)
    page.wait_for_url(lambda address: "login" not in address)
