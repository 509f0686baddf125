"""The watching itself is watched: each kind of trouble is seen on a page that has it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from journeys.reader import NARROW, Reader, barriers, overflows

pytestmark = pytest.mark.browser

GOOD = '<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1><p>Text.</p></main></html>'


class StrictHandler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Silent."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.html").write_text(GOOD)
    (tmp_path / "favicon.ico").touch()
    return tmp_path


@pytest.fixture
def little_site(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def troubles(browser: Browser, site: str, path: str) -> list[str]:
    reader = Reader(browser, site, "en", width=1280, javascript=True)
    reader.page.goto(path, wait_until="networkidle")
    return reader.leave()


def test_a_good_page_gives_no_trouble(browser: Browser, little_site: str) -> None:
    assert troubles(browser, little_site, "/good.html") == []


@pytest.mark.parametrize(
    ("markup", "script", "trouble"),
    [
        ("<script>let a = 1</script>", "", "content policy"),
        ('<p style="color: red">Red.</p>', "", "content policy"),
        ('<img alt="" src="http://localhost:9/far.png">', "", "another machine"),
        ('<img alt="" src="/missing.png">', "", "404"),
        ('<script src="/own.js"></script>', "console.error('broken island')", "broken island"),
        ('<script src="/own.js"></script>', "throw new Error('fell')", "fell"),
    ],
)
def test_trouble_on_a_page_is_seen(
    browser: Browser, little_site: str, folder: Path, markup: str, script: str, trouble: str
) -> None:
    (folder / "own.js").write_text(script)
    (folder / "bad.html").write_text(GOOD.replace("<p>Text.</p>", markup))
    assert any(trouble in told for told in troubles(browser, little_site, "/bad.html"))


def test_a_barrier_and_a_page_too_wide_are_seen(browser: Browser, little_site: str, folder: Path) -> None:
    wide = '<input type="text"><table width="900"><tr><td>wide</td></tr></table>'
    (folder / "bad.html").write_text(GOOD.replace("<p>Text.</p>", wide))
    reader = Reader(browser, little_site, "en", width=NARROW, javascript=True)
    reader.page.goto("/good.html")
    assert barriers(reader.page) == [] and not overflows(reader.page)
    reader.page.goto("/bad.html")
    assert any("label" in barrier for barrier in barriers(reader.page)) and overflows(reader.page)
    reader.leave()
