"""Asking another machine, patiently and without trust: time limits, size limits, retries, and taking up where it broke."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

from clusterpolisee import __version__
from clusterpolisee.evidence.fetching.addresses import Addresses, host_of
from clusterpolisee.evidence.fetching.errors import FetchError, NotModified

if TYPE_CHECKING:
    import httpx

MB = 1024 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_FAILING = (500, 502, 504)


@dataclass(frozen=True)
class Limits:
    """How patient and how trusting the client is."""

    connect_seconds: float = 15.0
    read_seconds: float = 120.0  # between two pieces of an answer; sources think before the first
    total_seconds: float = 30 * 60.0
    max_bytes: int = 512 * MB
    attempts: int = 5
    first_pause: float = 1.0
    longest_pause: float = 60.0
    longest_asked_pause: float = 6 * 3600.0  # Retry-After beyond this is not waited for
    redirects: int = 5


@dataclass(frozen=True)
class World:
    """Clock, sleep and chance, so that tests have them in their hands and jobs are seen to wait."""

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True)
class Known:
    """What the source said of the last answer, to ask whether it has changed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Answer:
    """What came: a file on disk, and what the source said of it."""

    url: str
    status: int
    path: Path
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


class _Again(Exception):
    """This attempt failed in a way that may pass. after: how many seconds the source asks to wait."""

    def __init__(self, error: FetchError, after: float | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.after = after


class Impatient(Exception):
    """Raised by a sleep: whoever waits for the source has waited long enough."""


class Client:
    """Gets addresses into files. One client, one source at a time."""

    def __init__(
        self,
        addresses: Addresses,
        *,
        world: World | None = None,
        limits: Limits | None = None,
        received: Callable[[int], None] = lambda count: None,
    ) -> None:
        import httpx  # costs a third of a second: only who fetches pays it, not every start of the server

        from clusterpolisee.evidence.fetching.connecting import transport

        self._no_connection = httpx.TransportError
        self.addresses = addresses
        self.world = world or World()
        self.limits = limits or Limits()
        self.received = received
        self._http = httpx.Client(
            transport=transport(addresses, seconds=self.limits.total_seconds),
            timeout=httpx.Timeout(self.limits.read_seconds, connect=self.limits.connect_seconds),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": f"ClusterPoliSEE/{__version__} (regional evidence; open source)"},
        )

    def close(self) -> None:
        self._http.close()

    def get(self, url: str, into: Path, *, accept: str = "*/*", known: Known | None = None) -> Answer:
        """The answer to an address, whole, in a file. Raises FetchError when it does not come in the end.

        Answers that refuse the question (400, 404, 413 …) come back too: what they say is the connector's to judge.
        """
        attempts = 0
        while True:
            try:
                return self._follow(url, into, accept, known)
            except _Again as again:
                attempts += 1
                if attempts >= self.limits.attempts:
                    raise again.error from again
                self._pause(attempts, again)

    def _pause(self, attempts: int, again: _Again) -> None:
        """Twice as long each time, with some chance in it, so that many clients do not come back at once."""
        if again.after is not None:
            if again.after > self.limits.longest_asked_pause:
                raise again.error from again
            try:
                self.world.sleep(again.after + self.world.chance())
            except Impatient:
                raise again.error from again
            return
        longest = min(self.limits.longest_pause, self.limits.first_pause * 2 ** (attempts - 1))
        self.world.sleep(longest * (0.5 + self.world.chance() / 2))

    def _follow(self, url: str, into: Path, accept: str, known: Known | None) -> Answer:
        asked = url
        for _redirect in range(self.limits.redirects + 1):
            self.addresses.check(url, asked=host_of(asked) if url != asked else "")
            found = self._ask(url, into, accept, known)
            if isinstance(found, Answer):
                return found
            try:
                url = urljoin(url, found)
            except ValueError:
                raise FetchError("address_refused", host=host_of(asked), url=found[:200]) from None
        raise FetchError("redirects", host=host_of(asked))

    def _ask(self, url: str, into: Path, accept: str, known: Known | None) -> Answer | str:
        """One question: the answer, or the address it redirects to."""
        host = host_of(url)
        partial = _Partial(into, url)
        headers = {"Accept": accept, "Accept-Encoding": "identity", **partial.headers(), **_conditions(known)}
        try:
            with self._http.stream("GET", url, headers=headers) as response:
                return self._read(response, host, into, partial)
        except self._no_connection as error:
            if "location header" in str(error):  # httpx looks at it even where it does not follow
                raise FetchError("address_refused", host=host, url="–") from error
            raise _Again(self._failed(host, partial)) from error

    def _failed(self, host: str, partial: _Partial) -> FetchError:
        kind = "broke_off" if partial.begun else "unreachable"
        return FetchError(kind, host=host, attempts=self.limits.attempts)

    def _read(self, response: httpx.Response, host: str, into: Path, partial: _Partial) -> Answer | str:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return response.headers["location"]
        if status == 304:
            raise NotModified
        if status in _BUSY:
            after = _retry_after(response.headers.get("retry-after", ""), self.world.clock())
            raise _Again(FetchError("busy", host=host, status=str(status)), after)
        if status in _FAILING:
            raise _Again(FetchError("failing", host=host, status=str(status), attempts=self.limits.attempts))
        goes_on = partial.continues(response)
        if status == 416 or (
            status == 206 and not goes_on
        ):  # what we had is no beginning of what is there now
            partial.forget()
            raise _Again(FetchError("broke_off", host=host, attempts=self.limits.attempts))
        if response.headers.get("content-encoding", "identity") not in ("identity", "gzip", "x-gzip"):
            raise FetchError("damaged", host=host)
        if not goes_on:
            partial.begin(response)
        self._write(response, host, partial)
        if not partial.is_whole(response):
            partial.forget()
            raise _Again(self._failed(host, partial))
        partial.finish(into)
        return Answer(
            url=str(response.url),
            status=200 if status == 206 else status,
            path=into,
            content_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
        )

    def _write(self, response: httpx.Response, host: str, partial: _Partial) -> None:
        limit = self.limits.max_bytes
        too_large = FetchError("too_large", host=host, limit=limit // MB)
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) + partial.size > limit:
            partial.forget()
            raise too_large
        until = self.world.clock() + self.limits.total_seconds
        with partial.opened() as file:
            for piece in response.iter_raw():
                partial.size += len(piece)
                if partial.size > limit:
                    partial.forget()
                    raise too_large
                if self.world.clock() > until:
                    raise FetchError("too_slow", host=host, minutes=round(self.limits.total_seconds / 60))
                file.write(piece)
                self.received(partial.size)


class _Partial:
    """What has come of an answer so far, kept beside it with the mark by which the source knows it again."""

    def __init__(self, into: Path, url: str) -> None:
        self._path = into.with_name(f"{into.name}.partial")
        self._facts = into.with_name(f"{into.name}.partial.json")
        self._url = url
        self.begun = False
        self._etag, self._had = self._before()
        self.size = 0

    def _before(self) -> tuple[str, int]:
        try:
            facts = json.loads(self._facts.read_text())
            return (facts["etag"], self._path.stat().st_size) if facts["url"] == self._url else ("", 0)
        except (OSError, ValueError, KeyError, TypeError):
            return "", 0

    def headers(self) -> dict[str, str]:
        """Ask for the rest, if the source gave what we have a strong mark and still knows it."""
        return {"Range": f"bytes={self._had}-", "If-Range": self._etag} if self._etag and self._had else {}

    def continues(self, response: httpx.Response) -> bool:
        """Whether this is the rest, from the very byte where it broke."""
        said = response.headers.get("content-range", "")
        if response.status_code != 206 or not said.startswith(f"bytes {self._had}-"):
            return False
        self.begun, self.size = True, self._had
        return True

    def is_whole(self, response: httpx.Response) -> bool:
        """Whether what we put together is as long as the source says the whole is."""
        total = response.headers.get("content-range", "").rpartition("/")[2]
        return not total.isdecimal() or int(total) == self.size

    def begin(self, response: httpx.Response) -> None:
        etag = response.headers.get("etag", "")
        can_go_on = etag.startswith('"') and response.headers.get("accept-ranges", "").lower() == "bytes"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(b"")
        self._facts.write_text(json.dumps({"url": self._url, "etag": etag if can_go_on else ""}))
        self.begun, self.size = True, 0

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        with self._path.open("ab") as file:
            yield file

    def finish(self, into: Path) -> None:
        self._path.replace(into)
        self._facts.unlink(missing_ok=True)

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)
        self._facts.unlink(missing_ok=True)


def _conditions(known: Known | None) -> dict[str, str]:
    if known is None:
        return {}
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in given.items() if value}


def _retry_after(said: str, now: float) -> float | None:
    """Seconds, or the seconds until a date; None where the source does not say."""
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (TypeError, ValueError):
        return None
