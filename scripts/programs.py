"""The programs beside Python that the tests use: found, or installed by apt where that needs no password.

Without a browser there are no journeys, so a missing one stops the run with a sentence. Without curl or R the examples
of docs/api do not run; the tests count and name them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import NoReturn

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_WANTED = (
    "The journeys need Chromium: install it (apt install chromium) or name it with CHROMIUM=/path/to/it."
)
DRIVER_WANTED = "The journeys need the library libatomic: install it (apt install libatomic1)."
PATIENCE = (
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "Acquire::Retries=1",
)  # a network that swallows everything
OF_THE_EXAMPLES = {"curl": ("curl",), "Rscript": ("r-base-core", "r-cran-curl", "r-cran-jsonlite")}


def browser() -> str:
    """The address of a Chromium that starts."""
    found = _find_chromium()
    if found is None:
        if not installed("chromium"):
            stop(CHROMIUM_WANTED)
        found = _find_chromium() or stop(CHROMIUM_WANTED)
    if not _driver_starts() and not installed("libatomic1"):
        stop(DRIVER_WANTED)
    return found


def programs_of_the_examples() -> None:
    """curl, and R with the packages its examples call: 30 MB to fetch on a bare Debian, half a minute."""
    missing = {
        program: packages for program, packages in OF_THE_EXAMPLES.items() if shutil.which(program) is None
    }
    wanted = [package for packages in missing.values() for package in packages]
    if wanted and not installed(*wanted):
        print(
            f"Some examples of docs/api will not run, for want of {' and '.join(missing)}: "
            f"apt install {' '.join(wanted)}",
            flush=True,
        )


def installed(*packages: str) -> bool:
    """Whether apt brought them; it says why where it tried and could not."""
    as_root = _as_root()
    if as_root is None:
        return False
    print(f"\nInstalling {', '.join(packages)} …", flush=True)
    return _lists_are_fresh(as_root) and _apt(as_root, "install", "-y", "--no-install-recommends", *packages)


def _as_root() -> tuple[str, ...] | None:
    """What goes before apt-get; None where it cannot be run without a password."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ("sudo", "-n")
    return None


@cache
def _lists_are_fresh(as_root: tuple[str, ...]) -> bool:
    return _apt(as_root, "update")


def _apt(as_root: tuple[str, ...], *words: str) -> bool:
    command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *PATIENCE, *words]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        # Without a network every one of a hundred packages has a line, and all say the same.
        why = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        print(f"apt could not: {why[0] if why else done.stderr.strip()}", flush=True)
    return done.returncode == 0


def _find_chromium() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named) or stop(f"CHROMIUM names “{named}”, and there is no such program.")
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def _driver_starts() -> bool:
    """Playwright brings a program that steers the browser; it wants a library that a bare Debian lacks."""
    from playwright._impl._driver import compute_driver_executable

    program, *_script = compute_driver_executable()
    return subprocess.run([program, "--version"], capture_output=True).returncode == 0


def stop(sentence: str) -> NoReturn:
    raise SystemExit(f"\n{sentence}")
