"""What no file may hold: machine paths, registry hosts, leftovers; and what every app must say about itself."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from house.plan import LIBRARY, PLATFORM, ROOT, app_packages, text_of, tracked_files

LONGEST = 400
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".ts"}
NOT_BY_HAND = {"migrations", "vendor", "data"}
MEANINGLESS_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}

# Put together here, so that this file does not hold what it looks for.
_dot = re.escape(".")
_names_of_places = [
    r"/(?:root|mnt|Users|opt)/\w",
    "/" + r"home/(?!page)[a-z_][a-z0-9_-]*/",
    "/" + r"work/\w",
    r"/tmp/(?:bash|f|bench|spike)\b",
    "pypi" + _dot + "org/simple",
    "files" + _dot + "pythonhosted",
    "registry" + _dot + "(?:npmjs|yarnpkg)",
    "deb" + _dot + "debian" + _dot + "org",
]
PLACES = re.compile(
    "|".join(rf"(?<![\w.]){place}" if place.startswith("/") else place for place in _names_of_places)
)
LEFTOVERS = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
# This file's own patterns, and packages of data whose bytes are not words.
THIS_FILE = Path(__file__).name


def lines_that_match(pattern: re.Pattern[str], files: list[Path], root: Path) -> list[str]:
    found = []
    for file in files:
        text = text_of(file)
        if text is None or file.name == THIS_FILE or "requirements" in file.parts:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) < 5000 and (hit := pattern.search(line)):
                found.append(f"{file.relative_to(root)}:{number} {hit[0]}")
    return found


def too_long(files: list[Path], root: Path) -> list[str]:
    """Files written by hand that one does not read in one sitting."""
    lengths = {
        file: len(file.read_text().splitlines())
        for file in files
        if file.suffix in WRITTEN_BY_HAND and not NOT_BY_HAND & set(file.relative_to(root).parts)
    }
    return [
        f"{file.relative_to(root)}: {length} lines" for file, length in lengths.items() if length > LONGEST
    ]


def meaningless_names(files: list[Path], root: Path) -> list[str]:
    return [
        str(file.relative_to(root))
        for file in files
        if file.suffix in (".py", ".js", ".ts") and {file.stem, file.parent.name} & MEANINGLESS_NAMES
    ]


def silent_packages(packages: list[Path]) -> list[str]:
    """Packages whose __init__ does not say what they own."""
    return [str(package) for package in packages if not _docstring(package / "__init__.py")]


def _docstring(file: Path) -> str | None:
    return ast.get_docstring(ast.parse(file.read_text())) if file.exists() else None


def test_no_file_names_a_place_on_somebodys_machine_or_a_registry() -> None:
    assert lines_that_match(PLACES, tracked_files(), ROOT) == []


def test_no_file_holds_work_left_for_later() -> None:
    assert lines_that_match(LEFTOVERS, tracked_files(), ROOT) == []


def test_no_file_is_longer_than_one_sitting() -> None:
    assert too_long(tracked_files(), ROOT) == []


def test_every_file_name_says_what_is_inside() -> None:
    assert meaningless_names(tracked_files(), ROOT) == []


def test_every_app_says_what_it_owns() -> None:
    packages = [PLATFORM, PLATFORM / "shell", PLATFORM / "config", LIBRARY, *app_packages()]
    assert silent_packages(packages) == []


@pytest.mark.parametrize(
    "line",
    [
        "see /ro" + "ot/notes.txt",
        "open('/ho" + "me/vesela/file')",
        "DATA = '/wo" + "rk/shared'",
        "index = https://py" + "pi.org/simple",
        "https://files.python" + "hosted.org/packages/x",
        "https://registry.npm" + "js.org/vega",
    ],
)
def test_a_place_or_a_registry_in_a_tracked_file_is_caught(tmp_path: Path, line: str) -> None:
    assert len(lines_that_match(PLACES, planted(tmp_path, "notes.md", f"fine\n{line}\n"), tmp_path)) == 1


@pytest.mark.parametrize(
    "line", ["/en/data/", "src/clusterpolisee/home/demo/", "{% url 'home:page' %}", "/etc/hosts"]
)
def test_addresses_of_the_site_and_of_the_source_are_not_taken_for_machine_paths(
    tmp_path: Path, line: str
) -> None:
    assert lines_that_match(PLACES, planted(tmp_path, "notes.md", line), tmp_path) == []


def test_work_left_for_later_is_caught(tmp_path: Path) -> None:
    assert (
        len(lines_that_match(LEFTOVERS, planted(tmp_path, "a.py", "x = 1  # TO" + "DO mend\n"), tmp_path))
        == 1
    )


def test_a_file_of_401_lines_is_caught_and_one_of_400_is_not(tmp_path: Path) -> None:
    assert too_long(planted(tmp_path, "a.py", "x = 1\n" * 401), tmp_path) == ["a.py: 401 lines"]
    assert too_long(planted(tmp_path, "a.py", "x = 1\n" * 400), tmp_path) == []


def test_a_file_called_utils_is_caught(tmp_path: Path) -> None:
    assert meaningless_names(planted(tmp_path, "evidence/utils.py", ""), tmp_path) == ["evidence/utils.py"]


def test_an_app_without_a_docstring_is_caught(tmp_path: Path) -> None:
    planted(tmp_path, "silent/__init__.py", "x = 1\n")
    planted(tmp_path, "speaking/__init__.py", '"""Owns the words."""\n')
    assert silent_packages([tmp_path / "silent", tmp_path / "speaking"]) == [str(tmp_path / "silent")]


def planted(root: Path, name: str, text: str) -> list[Path]:
    """A little repository with one file, as git would list it."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    subprocess.run(["git", "init", "-q", root], check=True)
    return tracked_files(root)
