"""Built and vendored files are what their sources and vendor.toml say."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from django.template.loader import get_template

import clusterpolisee.shell.ui as ui

ROOT = Path(__file__).resolve().parents[4]
UI = Path(ui.__file__).parent
CYRILLIC_AND_GREEK = "ЩщЇїЄєҐґђџљњќѓЪъѝΆέώς"
LATIN = "ëËșțȘȚőűŐŰčćžšđňľŕ–„“−"


def vendored() -> list[dict[str, str]]:
    return tomllib.loads((ROOT / "vendor.toml").read_text())["vendored"]


def test_every_vendored_file_is_the_one_that_was_recorded() -> None:
    changed = [
        one["file"]
        for one in vendored()
        if hashlib.sha256((ROOT / one["file"]).read_bytes()).hexdigest() != one["sha256"]
    ]
    assert changed == []


def test_every_file_that_is_not_ours_is_recorded_with_a_licence_that_goes_with_ours() -> None:
    files = {path.relative_to(ROOT).as_posix() for kind in ("woff2", "ttf") for path in UI.rglob(f"*.{kind}")}
    files |= {path.relative_to(ROOT).as_posix() for path in (UI / "static/ui/vendor").glob("*.js")}
    assert {one["file"] for one in vendored()} == files
    assert {one["licence"] for one in vendored()} <= {
        "OFL-1.1",
        "BSD-3-Clause",
        "ISC",
        "MIT",
        "Unlicense",
        "0BSD",
    }


def test_the_style_sheet_is_built_from_its_sources() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts/vendor/build_css.py", "--check"], capture_output=True
    )
    assert checked.returncode == 0, checked.stderr.decode()


def test_the_style_sheet_loads_nothing_from_elsewhere_and_nothing_that_is_missing() -> None:
    sheet = UI / "static/ui/css/ui.css"
    addresses = re.findall(r"url\(([^)]+)\)", sheet.read_text())
    assert addresses
    assert [address for address in addresses if not (sheet.parent / address).resolve().is_file()] == []


def test_the_web_fonts_cover_every_letter_of_the_platforms_languages() -> None:
    """Through the ranges the style sheet gives them: a letter outside would come from another font."""
    sheet = (UI / "static/ui/css/ui.css").read_text()
    for family in ("Sofia Sans", "Source Serif 4"):
        ranges = [
            (int(first, 16), int(last or first, 16))
            for face in re.findall(rf"font-family:'{family}'.*?unicode-range:([^}}]+)}}", sheet)
            for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
        ]
        letters = CYRILLIC_AND_GREEK + LATIN
        assert [letter for letter in letters if not any(a <= ord(letter) <= b for a, b in ranges)] == []


def test_colours_are_named_once_and_dark_names_them_all() -> None:
    tokens = (UI / "css/00-tokens.css").read_text()
    light, by_device, chosen = re.findall(r"(?ms)^\s*:root[^{]*\{(.*?)\}", tokens)
    colours = {name for name, value in re.findall(r"(--[\w-]+): ([^;]+);", light) if value.startswith("#")}
    assert set(re.findall(r"(--[\w-]+):", by_device)) == set(re.findall(r"(--[\w-]+):", chosen)) == colours
    assert re.findall(r"#\w+", by_device) == re.findall(r"#\w+", chosen)


def test_the_page_asks_for_one_style_sheet() -> None:
    source = Path(get_template("ui/base.html").origin.name).read_text()
    assert source.count('rel="stylesheet"') == 1
