"""Run every check, in the environment that scripts/bootstrap.py test made: test.py [--all | --lint]

Everything is run even where something before it failed, so that one run tells all; the end lists what failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from postgres import postgres
from programs import browser, programs_of_the_examples

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--all", action="store_true", help="the slow tests too")
    options.add_argument("--lint", action="store_true", help="style, floors and types only")
    given = options.parse_args()
    failed = [name for name, command in lint_steps() if not passes(name, command)]
    if not given.lint:
        chromium = browser()
        programs_of_the_examples()
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
    # Two processes work side by side: each gets one thread of linear algebra, or they wait for each other.
    given = {"OPENBLAS_NUM_THREADS": "1", **os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, env=given, stdin=subprocess.DEVNULL)
    print(
        f"{name}: {'passed' if done.returncode == 0 else 'FAILED'}, {time.monotonic() - start:.1f} s",
        flush=True,
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
