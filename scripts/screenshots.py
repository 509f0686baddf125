"""Remake the pictures of docs/users from a running demo: make demo in one terminal, make screenshots in another."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parents[1] / "docs/users/pictures"
PAGES = {
    "home": "/{language}/",
    "region": "/{language}/regions/BG31/",
    "data": "/{language}/data/",
    "indicator": "/{language}/indicators/gdp_per_inhabitant_eu27/",
    "compare": "/{language}/regions/compare/?r=BG31&r=EL52&r=RO41",
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
                page.goto(address + path.format(language=language), wait_until="networkidle")
                page.screenshot(path=PICTURES / f"{name}-{language}.png")
                print(f"{name}-{language}.png")
        browser.close()


if __name__ == "__main__":
    main()
