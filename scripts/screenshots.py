"""Remake the pictures of docs/users from a running demo: make demo in one terminal, make screenshots in another."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs/users/pictures"
PAGES = {
    "home": "/{language}/",
    "region": "/{language}/regions/BG31/",
    "similar": "/{language}/regions/BG31/similar/",
    "similar-performance": "/{language}/regions/BG31/similar/#performance",
    "data": "/{language}/data/",
    "indicator": "/{language}/indicators/gdp_per_inhabitant_eu27/",
    "compare": "/{language}/regions/compare/?r=BG31&r=EL52&r=RO41",
    "space": "/{language}/regions/BG31/space/#space",
    "partners": "/{language}/regions/BG31/partners/",
    "place-for-all": "/{language}/regions/place-for-all/",
    "place-for-all-corners": "/{language}/regions/place-for-all/#matrix",
    "opportunities": "/{language}/regions/BG31/opportunities/",
    "opportunities-list": "/{language}/regions/BG31/opportunities/#list",
    "search": "/{language}/regions/search/?q=Plodviv",
    "embed": "/{language}/embed/regions/BG31/trend/how/",
    "clusters": "/{language}/clusters/",
    "category": "/{language}/categories/food-and-drink/",
    "api": "/api/v1/docs?lang={language}",
}
# What only somebody who has signed in sees; the demo's analyst looks.
ANALYST, PASSWORD = "analyst@demo.example", "figures-with-origin"
FIGURE = "/{language}/figures/location-quotient/persons_employed/BG31/C14/2015/"
OWN_PAGES = {
    "more-years": "/{language}/data/sbs_r_nuts06_r2/#more-years",
    "tokens": "/{language}/account/tokens/",
}


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Install Chromium, or name it with CHROMIUM=/path/to/it.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for language in ("en", "bg"):
            page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
            for name, path in PAGES.items():
                take(page, address + path.format(language=language), f"{name}-{language}.png")
            sign_in(page, address, language)
            for name, path in OWN_PAGES.items():
                take(page, address + path.format(language=language), f"{name}-{language}.png")
            take(page, basket(page, address, language), f"basket-{language}.png")
        browser.close()


def take(page: Page, address: str, name: str) -> None:
    """The top of a page, or the part of it that the address names."""
    page.goto(address, wait_until="networkidle")
    _page, _hash, part = address.partition("#")
    (page.locator(f"[id='{part}']") if part else page).screenshot(path=PICTURES / name)
    print(name)


def sign_in(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/{language}/account/login/")
    page.fill("input[name=login]", ANALYST)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "login" not in url)


def basket(page: Page, address: str, language: str) -> str:
    """The address of a basket with a figure in it; cites the figure to have one."""
    page.goto(address + FIGURE.format(language=language))
    page.click("main form[action*='/cite/'] button[type=submit]")
    page.goto(f"{address}/{language}/baskets/")
    return address + str(page.locator("main ul.list a").first.get_attribute("href"))


if __name__ == "__main__":
    main()
