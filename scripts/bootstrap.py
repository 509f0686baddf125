"""Make .venv ready: python3 scripts/bootstrap.py runtime|postgresql|test [--port 8000]

Standard library only. Touches nothing outside this folder but the installers' own download caches, and does nothing
where nothing has changed. Written so that an older Python can read it, and be told kindly that it is too old.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
COMMAND = VENV / "bin" / "clusterpolisee"
UV = VENV / "installer" / "bin" / "uv"
STAMP = VENV / "installed"
REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
SPACE_NEEDED_MB = {"runtime": 700, "postgresql": 720, "test": 1500}

COMMAND_TEXT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from clusterpolisee.config.command import main

sys.exit(main())
"""


class Obstacle(Exception):
    """What stands in the way, in one sentence that also names the mend."""


# ── What must be true before anything is installed ──────────────────────────────────────────────────────────────


def check_python():
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Obstacle(
            f"ClusterPoliSEE needs Python 3.11 or newer and found {found} at {sys.executable}; install a newer one "
            "and name it, e.g. make demo PYTHON=python3.11"
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Obstacle(
            "This Python cannot make virtual environments; on Debian and Ubuntu install the missing part with: "
            "apt install python3-venv"
        )


def check_port(port):
    """The demo's port, asked for before the installing rather than after it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Obstacle(
                f"Port {port} is taken by another program; stop that one, or choose another port: "
                f"make demo PORT={port + 1}"
            ) from error


def check_space(wanted):
    free = shutil.disk_usage(str(ROOT)).free // 2**20
    if free < SPACE_NEEDED_MB[wanted]:
        raise Obstacle(
            f"Only {free} MB are free on the disk of {ROOT} and about {SPACE_NEEDED_MB[wanted]} are needed; "
            "make room and start again."
        )


# ── What is installed already ───────────────────────────────────────────────────────────────────────────────────


def fingerprint():
    """Changes when the pinned packages, the Python or the folder change: a venv cannot be moved."""
    parts = [str(VENV), sys.version, sys.base_prefix]
    parts += [
        (REQUIREMENTS / name).read_text()
        for name in ("bootstrap.txt", "runtime.txt", "postgresql.txt", "test.txt")
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def installed():
    """Which set stands in .venv and for which fingerprint, e.g. ("test", "5f0c…"); ("", "") if none does."""
    words = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    return (words[0], words[1]) if len(words) == 2 else ("", "")


# ── Steps ───────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def step(what):
    """Say what is being done, and how long it took."""
    print(f"  {what} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def run(command, **environment):
    done = subprocess.run(
        [str(word) for word in command],
        cwd=str(ROOT),
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise Obstacle(explain(command, done.stdout))
    return done.stdout


# What an installer's output contains → what a person can do about it; the first match counts.
MENDS = [
    (("no space left", "disk quota"), "The disk is full; make room and start again."),
    (
        ("python3-venv", "ensurepip is not available"),
        "Python's venv part is missing; install it with: apt install python3-venv",
    ),
    (
        ("hash mismatch", "do not match the hashes"),
        "A package is not the one that was pinned; check which registry your installer is set to use.",
    ),
    (
        ("connect", "timed out", "timeout", "dns", "retries", "name resolution", "versions: none"),
        "The package registry cannot be reached; check the network, or the proxy and index address that pip is set "
        "to use (pip config list), and start again.",
    ),
    (
        ("no solution found", "no matching distribution", "no usable wheels"),
        "Your package registry does not offer a pinned package for this machine; its name stands below.",
    ),
]


def explain(command, output):
    """Turn an installer's last words into a sentence with a mend; its own words follow."""
    said = output.lower()
    words = " ".join(map(str, command[:4]))
    fallback = f"“{words}” did not succeed; its last words stand below."
    mend = next((mend for signs, mend in MENDS if any(sign in said for sign in signs)), fallback)
    last_words = [line for line in output.strip().splitlines() if line.strip()][-6:]
    return mend + "".join("\n    " + line for line in last_words)


def make_venv():
    if VENV.exists():
        shutil.rmtree(str(VENV))
    run([sys.executable, "-m", "venv", VENV])


def install_uv():
    pinned = REQUIREMENTS / "bootstrap.txt"
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input"]
    run([*pip, "--require-hashes", "--only-binary", ":all:", "--target", VENV / "installer", "-r", pinned])


def registry_settings():
    """uv does not read pip's settings; hand on the index address and certificate that pip would use."""
    asked = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], stdout=subprocess.PIPE, text=True)
    settings = {}
    for line in asked.stdout.splitlines():
        name, _, value = line.partition("=")
        key = name.replace(":env:", "env").rpartition(".")[2]
        value = value.strip().strip("'\"")
        if key == "index-url" and "UV_INDEX_URL" not in os.environ:
            settings.setdefault("UV_DEFAULT_INDEX", os.environ.get("UV_DEFAULT_INDEX", value))
        elif key == "cert":
            settings.setdefault("SSL_CERT_FILE", os.environ.get("SSL_CERT_FILE", value))
    return settings


def install_packages(wanted):
    """Nothing is built on a user's machine; of the test packages one (pyjstat) is published as source only."""
    sync = [UV, "pip", "sync", "--python", PYTHON, "--require-hashes", REQUIREMENTS / (wanted + ".txt")]
    if wanted != "test":
        sync += ["--only-binary", ":all:"]
    run(sync, UV_LINK_MODE=os.environ.get("UV_LINK_MODE", "copy"), **registry_settings())


def install_project():
    """A path file and a command: the source in this folder is what runs, and no network is needed for it."""
    library = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
    (library / "clusterpolisee.pth").write_text(os.path.relpath(str(ROOT / "src"), str(library)) + "\n")
    COMMAND.write_text(COMMAND_TEXT.format(python=PYTHON))
    COMMAND.chmod(0o755)


def compile_catalogues():
    run([PYTHON, "-m", "clusterpolisee.shell.languages.compile"])


def catalogues_are_stale():
    """True where a catalogue is newer than what was compiled from it, or was never compiled."""
    for source in (ROOT / "src" / "clusterpolisee" / "locale").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            return True
    return False


# ── The whole ───────────────────────────────────────────────────────────────────────────────────────────────────


def prepare(wanted):
    now = fingerprint()
    have, have_fingerprint = installed()
    if have == "test" or (have == "postgresql" and wanted == "runtime"):
        wanted = have  # what holds more stays as it is when the demo is started
    if have_fingerprint != now or wanted not in (have, "runtime"):
        check_space(wanted)
        with step("making the virtual environment"):
            make_venv()
        with step("installing the installer"):
            install_uv()
        with step(f"installing the pinned packages ({wanted})"):
            install_packages(wanted)
        install_project()
        STAMP.write_text(f"{wanted} {now}\n")
    if not COMMAND.exists():
        install_project()
    if catalogues_are_stale():
        with step("compiling the languages"):
            compile_catalogues()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("set", choices=["runtime", "postgresql", "test"])
    options.add_argument("--port", type=int, help="also check that this port is free")
    given = options.parse_args()
    try:
        check_python()
        if given.port:
            check_port(given.port)
        prepare(given.set)
    except Obstacle as obstacle:
        print(f"\n{obstacle}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nThe system said “{error}”; mend that and start again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Starting again picks up from the beginning; nothing is broken.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
