"""The house as it stands: its floors (read from the one place that lists them), its files, its templates."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PLATFORM = SOURCE / "clusterpolisee"
LIBRARY = SOURCE / "regional_analytics"


@cache
def floors() -> tuple[str, ...]:
    """From the roof down, as the first import contract lists them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return tuple(layer.strip("()") for layer in layers)


def floor_of(dotted: str) -> str | None:
    """clusterpolisee.shell.ui.views → shell; None for what is not ours."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "clusterpolisee" and len(parts) > 1 else None


def points_up(lower: str | None, upper: str | None) -> bool:
    """Whether an arrow from the first floor to the second goes up. What is not ours lies below everything."""
    if lower is None or upper is None:
        return False
    return floors().index(upper) < floors().index(lower)


def tracked_files(root: Path = ROOT) -> list[Path]:
    """The files git keeps, or would keep with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return [root / name for name in listed if name and (root / name).is_file()]


def text_of(file: Path) -> str | None:
    """What a text file says; None for a file that is not text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def templates(platform: Path = PLATFORM) -> Iterator[tuple[str, Path]]:
    """Every template with the floor it stands on."""
    for file in sorted(platform.glob("**/templates/**/*")):
        if file.is_file() and file.suffix in (".html", ".txt", ".svg", ".xml"):
            yield file.relative_to(platform).parts[0], file


def app_packages(platform: Path = PLATFORM) -> Iterator[Path]:
    """Every package that Django knows as an app."""
    for config in sorted(platform.glob("**/apps.py")):
        yield config.parent


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def place(file: Path, line: int, root: Path = ROOT) -> str:
    return f"{file.relative_to(root)}:{line}"


COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)


def without_comments(template: str) -> str:
    """The template with its comments blanked, every line where it was."""
    return COMMENTS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), template)


def script(name: str) -> ModuleType:
    """A file of scripts/ as a module: the folder is not a package."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
