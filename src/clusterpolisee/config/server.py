"""`clusterpolisee serve`, `demo` and `setup`: make an instance ready and serve it."""

# ruff: noqa: T201 - what it says goes to a terminal

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def register(commands: Any) -> None:
    """Plug the server's commands in."""
    for name, run, text in (
        ("serve", serve, "make the instance ready and serve it"),
        ("demo", serve, "the same with real figures and demo accounts"),
    ):
        parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from other machines")
        parser.add_argument(
            "--workers", type=int, default=os.cpu_count() or 1, help="processes; as many as cores"
        )
        parser.add_argument(
            "--without-worker", action="store_true", help="leave background work to `clusterpolisee work`"
        )
        parser.set_defaults(run=run)
    setup = commands.add_parser("setup", help="make the instance ready, without serving it")
    setup.set_defaults(run=lambda options: prepare(_Clock()))


def serve(options: argparse.Namespace) -> int:
    """Make ready, say where, and become the server: this process ends when the server does."""
    if taken := _port_taken(options.host, options.port):
        print(taken, file=sys.stderr)
        return 2
    say = _Clock()
    prepare(say)
    _announce(options)
    if settings.DEMO:
        os.environ.setdefault("CLUSTERPOLISEE_ADDRESS", f"http://localhost:{options.port}")
    # Several processes share the processors already: more threads of linear algebra would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.stdout.flush()
    if not options.without_worker:
        from clusterpolisee.shell.jobs import keeper

        keeper.start(os.getpid())  # this process becomes the server and keeps its number
    os.execv(  # noqa: S606 - no shell; a fresh process reads its settings anew
        sys.executable,
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            options.host,
            "--port",
            str(options.port),
            "--workers",
            str(max(1, options.workers)),
            "--blocking-threads",
            "4",  # pages wait for the processor, not for others: more threads only take it from each other
            "--backpressure",
            "128",
            "--log-level",
            "warning",
            "clusterpolisee.config.wsgi:application",
        ],
    )


def prepare(say: Callable[[str], None]) -> int:
    """Database, static files, seeds; in demo mode figures and accounts. What is ready already costs a look."""
    _migrate(say)
    _collect_static(say)
    if settings.DEMO:
        from clusterpolisee.home.demo import load_demo

        load_demo(say)
    else:
        from clusterpolisee.home.demo import load_seeds

        load_seeds(say)
    return 0


def _migrate(say: Callable[[str], None]) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database")
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static(say: Callable[[str], None]) -> None:
    """Gather, name by content and compress the static files, unless nothing has changed since the last time."""
    from django.core.management import call_command

    if settings.DEBUG:
        return
    kept = Path(settings.STATIC_ROOT) / ".fingerprint"
    now = static_fingerprint()
    if kept.exists() and kept.read_text() == now:
        return
    say("Gathering static files")
    # Without a manifest the settings chose plain storage; this one process must write what the server will read.
    settings.STORAGES["staticfiles"]["BACKEND"] = MANIFEST_STORAGE
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    kept.write_text(now)


def static_fingerprint() -> str:
    digest = hashlib.sha256()
    for path, source in sorted(_static_sources()):
        digest.update(f"{path}\0{source.stat().st_size}\0{source.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_sources() -> Iterator[tuple[str, Path]]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for path, storage in finder.list([]):
            yield path, Path(storage.path(path))


def _port_taken(host: str, port: int) -> str:
    """A sentence when somebody else listens there, so that nothing is prepared in vain."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as mistake:
            return f"Port {port} on {host} cannot be used ({mistake.strerror}). Choose another with --port."
    return ""


def _announce(options: argparse.Namespace) -> None:
    host = "localhost" if options.host in ("127.0.0.1", "0.0.0.0", "::") else options.host  # noqa: S104
    print(f"\nClusterPoliSEE is at http://{host}:{options.port}/ (stop it with Ctrl-C)")
    if settings.DEMO:
        from clusterpolisee.home.demo import demo_accounts

        for account in demo_accounts():
            print(f"  {account}")
    print(flush=True)


class _Clock:
    """Says what is being done, with the seconds since the start."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    def __call__(self, step: str) -> None:
        print(f"{time.monotonic() - self.start:6.1f} s  {step} …", flush=True)
