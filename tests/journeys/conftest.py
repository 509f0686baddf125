"""A served instance with the demo world, and readers who come to it with a browser.

The world is prepared once per run; every worker serves a copy of its own, so that no journey disturbs another.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from journeys.reader import Reader

# Playwright keeps an event loop in this thread; Django's tests after a journey would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
COMMAND = [sys.executable, "-m", "clusterpolisee.config.command"]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def prepared_home(scratch: Path) -> Path:
    """A home folder with the demo world; the first worker who asks makes it, the others wait."""
    home = scratch / "world"
    with (scratch / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "ready").exists():
            made = subprocess.run([*COMMAND, "setup"], env=environment(home), capture_output=True, text=True)
            assert made.returncode == 0, made.stdout + made.stderr
            (home / "ready").touch()
    return home


@pytest.fixture(scope="session")
def site(prepared_home: Path, scratch: Path) -> Iterator[str]:
    """The address of this worker's own server."""
    with served(prepared_home, scratch / f"site-{WORKER}") as address:
        yield address


@contextmanager
def served(prepared_home: Path, home: Path, **settings: str) -> Iterator[str]:
    """A server with a copy of the world and with these settings; its address, while it runs."""
    shutil.copytree(prepared_home, home)
    port = free_port()
    address = f"http://localhost:{port}"
    log = (home / "log").open("w")
    server = subprocess.Popen(
        [*COMMAND, "demo", "--port", str(port), "--workers", "1"],
        env={**environment(home), "CLUSTERPOLISEE_ADDRESS": address, **settings},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_until_it_answers(f"{address}/en/", server, home / "log")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        pytest.fail(
            "The journeys need Chromium: install it, or name it with CHROMIUM=/path/to/it.", pytrace=False
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: reader("bg", width=390). Afterwards nothing may have gone wrong unseen.

    Whatever the browser complained about, whatever the content policy blocked, and whatever was asked of another
    machine fails the journey. at: another server than the worker's; neighbours: other sites of this machine that may be asked.
    """
    readers: list[Reader] = []

    def come(
        language: str = "en",
        *,
        width: int = 1280,
        javascript: bool = True,
        dark: bool = False,
        at: str = "",
        neighbours: Sequence[str] = (),
    ) -> Page:
        readers.append(
            Reader(
                browser,
                at or site,
                language,
                width=width,
                javascript=javascript,
                dark=dark,
                neighbours=neighbours,
            )
        )
        return readers[-1].page

    yield come
    troubles = [trouble for one in readers for trouble in one.leave()]
    assert troubles == []


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Silent."""


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A newspaper on another host name, with a page of its own."""
    (tmp_path / "favicon.ico").touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()
    server.server_close()


def environment(home: Path) -> dict[str, str]:
    """A fresh instance in demo mode, whatever this process was told; no Django setting of the tests leaks in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CLUSTERPOLISEE_", "DJANGO_"))
    }
    return {**kept, "CLUSTERPOLISEE_HOME": str(home), "CLUSTERPOLISEE_DEMO": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=20).close()
            return
        except urllib.error.HTTPError:
            return  # it answers, if only with an error: the journeys will say which
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not answer at {address}; it said:\n{log.read_text()}", pytrace=False)
