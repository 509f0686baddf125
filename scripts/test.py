"""Run every check, in the environment that scripts/bootstrap.py test made: test.py [--all | --lint]

Everything is run even where something before it failed, so that one run tells all; the end lists what failed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_WANTED = (
    "The journeys need Chromium: install it (apt install chromium) or name it with CHROMIUM=/path/to/it."
)
DRIVER_WANTED = "The journeys need the library libatomic: install it (apt install libatomic1)."


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--all", action="store_true", help="the slow tests too")
    options.add_argument("--lint", action="store_true", help="style, floors and types only")
    given = options.parse_args()
    failed = [name for name, command in lint_steps() if not passes(name, command)]
    if not given.lint:
        chromium = find_chromium() or install_chromium()
        if not driver_starts():
            install("libatomic1", DRIVER_WANTED)
        failed += tests(given.all, chromium)
    print()
    print("Failed: " + ", ".join(failed) if failed else "Everything passed.")
    return 1 if failed else 0


def lint_steps() -> list[tuple[str, list[str | Path]]]:
    return [
        ("style", [PROGRAMS / "ruff", "check", "--quiet", "."]),
        ("floors", [PROGRAMS / "lint-imports", "--no-cache"]),
        ("types", [PROGRAMS / "mypy", "--no-error-summary"]),
    ]


def tests(everything: bool, chromium: str) -> list[str]:
    """The whole suite on SQLite, then what touches the database once more on PostgreSQL; names what failed."""
    chosen = "" if everything else "not slow"
    pytest = [PROGRAMS / "pytest", "-n", "2", "--quiet", "-p", "no:cacheprovider", "-m", chosen]
    failed = []
    if not passes("tests", pytest, CHROMIUM=chromium):
        failed.append("tests")
    with postgres() as address:
        if not passes("tests on PostgreSQL", [*pytest, "--database-only"], CLUSTERPOLISEE_DATABASE=address):
            failed.append("tests on PostgreSQL")
    return failed


def passes(name: str, command: list[str | Path], **environment: str) -> bool:
    print(f"\n── {name} ──", flush=True)
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
    print(
        f"{name}: {'passed' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - start:.1f} s",
        flush=True,
    )
    return done.returncode == 0


def find_chromium() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named) or stop(f"CHROMIUM names “{named}”, and there is no such program.")
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def install_chromium() -> str:
    install("chromium", CHROMIUM_WANTED)
    return find_chromium() or stop(CHROMIUM_WANTED)


def driver_starts() -> bool:
    """Playwright brings a program that steers the browser; it wants a library that a bare Debian lacks."""
    from playwright._impl._driver import compute_driver_executable

    program, *_script = compute_driver_executable()
    return subprocess.run([program, "--version"], capture_output=True).returncode == 0


def install(package: str, wanted: str) -> None:
    """By apt where that needs no password; else one sentence says what to do."""
    if not shutil.which("apt-get"):
        stop(wanted)
    as_root: list[str] = []
    if os.geteuid() != 0:
        as_root = ["sudo", "-n"]
        if not shutil.which("sudo") or subprocess.run([*as_root, "true"], capture_output=True).returncode:
            stop(wanted)
    print(f"\nInstalling {package} for the journeys …", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        quiet = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *words]
        done = subprocess.run(quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr.strip()[-800:])
            stop(wanted)


def stop(sentence: str) -> NoReturn:
    raise SystemExit(f"\n{sentence}")


if __name__ == "__main__":
    sys.exit(main())
