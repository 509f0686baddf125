"""Measure the region page: python benchmarks/pages.py [--seconds 5] [--rounds 3] [--import CODE=FILE …]

Starts the real server on a fresh home folder with the demo world, and beside it an almost empty Django page. Prints a
table; a number that misses its aim is marked, and the exit code says so. Ratios come from rounds taken in turn.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from load import Load, load
from weight import Part, page_parts

HERE = Path(__file__).resolve().parent
PAGE = "/bg/regions/{region}/"
EMPTY_PAGE = "/almost-empty/"
MEMBER = "member@demo.example"
COMMAND = [sys.executable, "-m", "clusterpolisee.config.command"]


@dataclass(frozen=True)
class Running:
    """A server at work: where, after how many seconds, and under which number."""

    site: str
    seconds: float
    pid: int


@dataclass(frozen=True)
class Finding:
    """One number beside what it should be; aim is None where there is none."""

    name: str
    text: str
    aim: str = ""
    is_met: bool = True


def main() -> int:
    options = _options()
    if options.count:
        print(json.dumps(_counted(options.count)))
        return 0
    findings = _from_clone() if options.from_clone else []
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-benchmark-") as home:
        findings += _measured(options, _environment(home))
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = " " if finding.is_met else "✗"
        print(f"{mark} {finding.name:{width}}  {finding.text:>14}  {finding.aim}")
    return 0 if all(finding.is_met for finding in findings) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the region page.")
    parser.add_argument("--region", default="BG31")
    parser.add_argument("--seconds", type=int, default=5, help="of each round")
    parser.add_argument("--rounds", type=int, default=3, help="of each page, taken in turn")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--import",
        dest="files",
        action="append",
        default=[],
        metavar="CODE=FILE",
        help="a full table to serve",
    )
    parser.add_argument("--from-clone", action="store_true", help="also clone, and time `make demo` twice")
    parser.add_argument("--count", metavar="PATH", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(options: argparse.Namespace, environment: dict[str, str]) -> Iterator[Finding]:
    page = PAGE.format(region=options.region)
    with _demo(environment, options.workers) as ours:
        yield Finding("first start, packages installed", f"{ours.seconds:.1f} s")
        yield Finding("region page, drawn for the first time", f"{_seconds_of(ours.site + page):.1f} s")
    for pair in options.files:
        code, _, file = pair.partition("=")
        subprocess.run([*COMMAND, "data", "import", file, "--dataset", code], env=environment, check=True)
        # Where the import found something suspicious the version waits; where it did not, there is nothing to accept.
        subprocess.run([*COMMAND, "data", "accept", code], env=environment, capture_output=True)
    counted, empty_counted = _count(page, environment), _count(EMPTY_PAGE, _of_the_empty_page(environment))
    with _demo(environment, options.workers) as ours, _almost_empty(environment, like=ours) as empty:
        yield Finding("second start", f"{ours.seconds:.1f} s", "under 8 s", ours.seconds < 8)
        yield from _queries(counted, empty_counted)
        yield from _bytes_of(page_parts(ours.site + page))
        yield from _speed(options, ours.site + page, empty.site + EMPTY_PAGE, counted["cookie"])


def _speed(options: argparse.Namespace, page: str, empty: str, cookie: str) -> Iterator[Finding]:
    def measured(address: str, cookie: str = "") -> Load:
        return load(address, connections=options.connections, seconds=options.seconds, cookie=cookie)

    for address in (page, empty):  # every worker has drawn its pictures before the clock runs
        load(address, connections=options.connections, seconds=2, cookie=cookie)
    load(page, connections=options.connections, seconds=2)
    anonymous = [measured(page) for _ in range(options.rounds)]
    pairs = [(measured(page, cookie), measured(empty, cookie)) for _ in range(options.rounds)]
    everything = [*anonymous, *(one for pair in pairs for one in pair)]
    p95 = statistics.median(one.p95_ms for one in anonymous)
    ratio = statistics.median(ours.requests_per_second / other.requests_per_second for ours, other in pairs)
    failures = sum(one.failures for one in everything)
    yield Finding("client", everything[0].client, f"{options.connections} connections")
    yield Finding("anonymous, 95th percentile", f"{p95:.1f} ms", "under 150 ms", p95 < 150)
    yield Finding("anonymous, requests", _per_second(anonymous))
    yield Finding("signed in, requests", _per_second([ours for ours, _ in pairs]))
    yield Finding("almost empty page, requests", _per_second([other for _, other in pairs]))
    yield Finding("signed in ÷ almost empty", f"{ratio:.0%}", "at least 60 %", ratio >= 0.6)
    yield Finding("answers that were no page", str(failures), "none", failures == 0)


def _per_second(loads: list[Load]) -> str:
    return f"{statistics.median(one.requests_per_second for one in loads):,.0f} /s"


def _queries(ours: dict, empty: dict) -> Iterator[Finding]:
    cold, warm = ours["queries"][0], ours["queries"][-1]
    yield Finding("signed in, queries (pictures kept)", str(warm), "at most 12", warm <= 12)
    yield Finding("signed in, queries (first after a change)", str(cold))
    yield Finding("almost empty page, queries", str(empty["queries"][-1]), "11", empty["queries"][-1] == 11)


def _bytes_of(parts: list[Part]) -> Iterator[Finding]:
    plain = sum(part.plain for part in parts)
    page = parts[0]
    yield Finding("page without fonts and chart code", _kb(plain), "under 150 KB", plain < 150_000)
    yield Finding("… as the server sends it", _kb(sum(part.sent for part in parts)))
    yield Finding("… all of it gzipped", _kb(sum(part.gzipped for part in parts)))
    yield Finding("… the HTML with its drawings alone", _kb(page.plain))


def _kb(count: int) -> str:
    return f"{count / 1000:,.1f} KB"


# Servers -------------------------------------------------------------------------------------------------


def _environment(home: str) -> dict[str, str]:
    return os.environ | {"CLUSTERPOLISEE_HOME": home, "CLUSTERPOLISEE_DEMO": "1", "PYTHONPATH": str(HERE)}


def _of_the_empty_page(environment: dict[str, str]) -> dict[str, str]:
    return environment | {"DJANGO_SETTINGS_MODULE": "almost_empty_settings"}


@contextlib.contextmanager
def _demo(environment: dict[str, str], workers: int) -> Iterator[Running]:
    """The real server, as people start it; with the seconds until its first page stands."""
    port = _free_port()
    arguments = ["demo", "--port", str(port), "--workers", str(workers)]
    with _running([*COMMAND, *arguments], environment, f"http://localhost:{port}", "/") as found:
        yield found


@contextlib.contextmanager
def _almost_empty(environment: dict[str, str], *, like: Running) -> Iterator[Running]:
    """The almost empty page, served by the very command that serves ours: another port, another application."""
    command = Path(f"/proc/{like.pid}/cmdline").read_text().rstrip("\0").split("\0")
    port = _free_port()
    command[command.index("--port") + 1] = str(port)
    command[-1] = "almost_empty:application"
    address = f"http://localhost:{port}"
    with _running(command, _of_the_empty_page(environment), address, EMPTY_PAGE) as empty:
        yield empty


@contextlib.contextmanager
def _running(
    command: list[str], environment: dict[str, str], site: str, page: str, patience: int = 180
) -> Iterator[Running]:
    """Run a server in a process group of its own, and end that group and nothing else."""
    before = time.monotonic()
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            command, env=environment, stdout=said, stderr=said, cwd=HERE.parent, start_new_session=True
        )
        try:
            while not (status := _status(site + page)):
                if server.poll() is not None or time.monotonic() - before > patience:
                    break
                time.sleep(0.05)
            if status != 200:
                said.seek(0)
                answer = f"answers {status}" if status else "does not answer"
                raise SystemExit(f"{site}{page} {answer}.\n{said.read().decode()[-3000:]}")
            yield Running(site, time.monotonic() - before, server.pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def _status(address: str) -> int:
    """0 while nobody listens."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def _seconds_of(address: str) -> float:
    before = time.monotonic()
    if (status := _status(address)) != 200:
        raise SystemExit(f"{address} answers {status}.")
    return time.monotonic() - before


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _from_clone() -> list[Finding]:
    """`make demo` as a newcomer runs it: nothing installed in the clone; then once more."""
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-clone-") as folder:
        clone, port = Path(folder) / "clusterpolisee", _free_port()
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("CLUSTERPOLISEE_", "VIRTUAL_ENV"))
        }
        before = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(HERE.parent), str(clone)], check=True)
        cloned = time.monotonic() - before
        command, site = ["make", "-C", str(clone), "demo", f"PORT={port}"], f"http://localhost:{port}"
        with _running(command, environment, site, "/", patience=600) as newcomer:
            first = cloned + newcomer.seconds
        with _running(command, environment, site, "/") as again:
            second = again.seconds
    return [
        Finding("clone to first page", f"{first:.1f} s", "under 180 s", first < 180),
        Finding("make demo, second start", f"{second:.1f} s", "under 8 s", second < 8),
    ]


# Queries: counted in a process of its own, since a process has one set of settings ---------------------------


def _count(page: str, environment: dict[str, str]) -> dict:
    command = [sys.executable, str(HERE / "pages.py"), "--count", page]
    return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def _counted(page: str) -> dict:
    """Queries of a signed-in reader's first and third visit, and a cookie that stays signed in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterpolisee.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    reader = Client(HTTP_HOST="localhost")
    member = get_user_model().objects.get(email=MEMBER)
    reader.force_login(member, "allauth.account.auth_backends.AuthenticationBackend")
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = reader.get(page)
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}.")
        counts.append(len(queries))
    name = settings.SESSION_COOKIE_NAME
    return {"queries": counts, "cookie": f"{name}={reader.cookies[name].value}"}


if __name__ == "__main__":
    sys.exit(main())
