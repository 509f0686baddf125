"""Gather changes/*.md into CHANGELOG.md under the version in pyproject.toml, and remove the fragments."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = {
    "added": "Added",
    "changed": "Changed",
    "fixed": "Fixed",
    "removed": "Removed",
    "security": "Security",
}
MARK = "<!-- new versions go below -->\n"


def fragments(folder: Path) -> dict[str, list[Path]]:
    """Kind → files, in the order of the file names. A file of no known kind stops the gathering."""
    found: dict[str, list[Path]] = {kind: [] for kind in HEADINGS}
    for file in sorted(folder.glob("*.md")):
        if file.name == "README.md":
            continue
        kind = file.name.split(".")[-2]
        if kind not in HEADINGS:
            raise SystemExit(f"{file.name}: name it <words>.<kind>.md with a kind of {', '.join(HEADINGS)}.")
        found[kind].append(file)
    return found


def section(version: str, day: str, gathered: dict[str, list[Path]]) -> str:
    parts = [f"## {version} ({day})\n"]
    for kind, files in gathered.items():
        if files:
            items = [f"- {' '.join(file.read_text().split())}" for file in files]
            parts.append(f"### {HEADINGS[kind]}\n\n" + "\n".join(items) + "\n")
    return "\n".join(parts)


def gather(root: Path, day: str) -> int:
    """Write the new section; returns how many fragments went in."""
    gathered = fragments(root / "changes")
    files = [file for of_kind in gathered.values() for file in of_kind]
    if not files:
        return 0
    version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    changelog = root / "CHANGELOG.md"
    before, after = changelog.read_text().split(MARK)
    changelog.write_text(f"{before}{MARK}\n{section(version, day, gathered)}{after}")
    for file in files:
        file.unlink()
    return len(files)


if __name__ == "__main__":
    print(f"{gather(ROOT, date.today().isoformat())} changes gathered into CHANGELOG.md")
