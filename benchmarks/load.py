"""Many readers at once: wrk where it is installed, else threads of the standard library."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

# wrk prints no 95th percentile by itself.
SCRIPT = """
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(95), latency:percentile(50),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


@dataclass(frozen=True)
class Load:
    """What readers got: how much, how fast, and how often something else than a page."""

    requests_per_second: float
    median_ms: float
    p95_ms: float
    failures: int
    client: str


def load(address: str, *, connections: int, seconds: int, cookie: str = "") -> Load:
    """Ask for one address without pause over `connections` connections."""
    headers = {"Cookie": cookie} if cookie else {}
    if shutil.which("wrk"):
        return _by_wrk(address, connections, seconds, headers)
    return _by_threads(address, connections, seconds, headers)


def _by_wrk(address: str, connections: int, seconds: int, headers: dict[str, str]) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "percentiles.lua"
        script.write_text(SCRIPT)
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-s", str(script)]
        command += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("RESULT"))
    requests, microseconds, p95, median, failures = map(int, line.split()[1:])
    return Load(requests / microseconds * 1e6, median / 1000, p95 / 1000, failures, "wrk")


def _by_threads(address: str, connections: int, seconds: int, headers: dict[str, str]) -> Load:
    """Costs about as much as what it measures: these numbers are lower bounds."""
    times: list[float] = []
    failures: list[int] = []
    end = time.monotonic() + seconds
    readers = [
        threading.Thread(target=_read_until, args=(end, address, headers, times, failures))
        for _ in range(connections)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if not times:
        raise SystemExit(f"Nobody got an answer from {address}.")
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    return Load(len(times) / seconds, middle * 1000, high * 1000, len(failures), "threads")


def _read_until(
    end: float, address: str, headers: dict[str, str], times: list[float], failures: list[int]
) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    while time.monotonic() < end:
        before = time.perf_counter()
        try:
            connection.request("GET", parts.path, headers=headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            failures.append(1)
            connection.close()
            continue
        if answer.status != 200:
            failures.append(1)
        times.append(time.perf_counter() - before)
    connection.close()
