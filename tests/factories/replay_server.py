"""A source that lives on this machine and answers as it is told, well and badly; it remembers what it was asked.

    with ReplayServer() as source:
        source.answers("/data", Reply(status=429, headers={"Retry-After": "3"}), Reply(b"..."))

The replies to a path are given one after the other, the last again and again. A path ends in `*` where more may follow.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

CSV = "text/csv"
JSON = "application/json"
XML = "application/xml"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One answer. cut: bytes after which the line breaks; endless: the body for ever; delay: seconds before it."""

    body: bytes | str = b""
    status: int = 200
    kind: str = CSV
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    endless: bool = False
    delay: float = 0.0
    ranges: bool = False  # whether the rest of it can be asked for
    before: Callable[[], None] | None = None

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Asked:
    """One question as it came."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    line: str


Answering = Callable[[Asked], Reply]


class ReplayServer:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._replies: dict[str, list[Reply] | Answering] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answers(self, path: str, *replies: Reply) -> None:
        self._replies[path] = list(replies)

    def answers_with(self, path: str, answering: Answering) -> None:
        self._replies[path] = answering

    def questions(self, beginning: str = "/") -> list[Asked]:
        """What was asked under a path, in order."""
        return [one for one in self.asked if one.path.startswith(beginning)]

    def forget(self) -> None:
        self.asked.clear()

    def __enter__(self) -> ReplayServer:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        for path, found in self._replies.items():
            if asked.path == path or (path.endswith("*") and asked.path.startswith(path[:-1])):
                if callable(found):
                    return found(asked)
                return found.pop(0) if len(found) > 1 else found[0]
        return Reply(f"no reply is laid out for {asked.path}", status=599, kind="text/plain")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(unquote(parts.path), parse_qs(parts.query), headers, self.path)
                reply = server._reply(asked)
                if reply.before:
                    reply.before()
                time.sleep(reply.delay)
                self.close_connection = True
                with suppress(BrokenPipeError, ConnectionResetError):  # who asked has heard enough
                    self._send(reply, asked)

            def _send(self, reply: Reply, asked: Asked) -> None:
                content, status, headers = reply.content, reply.status, dict(reply.headers)
                etag, wanted = headers.get("ETag", ""), asked.headers.get("range", "")
                if etag and asked.headers.get("if-none-match") == etag:
                    content, status = b"", 304
                elif reply.ranges and wanted and asked.headers.get("if-range", etag) == etag:
                    start = int(wanted.removeprefix("bytes=").rstrip("-"))
                    headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
                    content, status = content[start:], 206
                self.send_response(status)
                self.send_header("Content-Type", reply.kind)
                self.send_header("Connection", "close")
                if reply.ranges:
                    self.send_header("Accept-Ranges", "bytes")
                for name, value in headers.items():
                    self.send_header(name, value)
                if not reply.endless:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                while reply.endless:
                    self.wfile.write(content)
                self.wfile.write(content if reply.cut is None else content[: reply.cut])

            def log_message(self, *_words: object) -> None:
                """Silence: what was asked is remembered in the list."""

        return Handler


class FakeWorld:
    """A clock that moves only when somebody sleeps, so that hours pass in no time; chance always says the same."""

    def __init__(self, start: float = 1_700_000_000.0, chance: float = 0.5) -> None:
        self.now = start
        self.slept: list[float] = []
        self._chance = chance

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def chance(self) -> float:
        return self._chance
