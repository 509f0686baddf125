"""Templates point down, and keep to the strict content policy: no script or style inside the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from house.plan import PLATFORM, line_of, points_up, templates, text_of, without_comments

USE = re.compile(r"""\{%\s*(?:extends|include)\s+["']([^"']+)["']""")
STATIC = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\b(?:src=|type=["']application/(?:ld\+)?json["']))|<[^>]*\s(?:style|on[a-z]+)\s*=\s*["']""",
    re.IGNORECASE,
)


def upward_templates(platform: Path) -> list[str]:
    """Uses of a template or static file that stands on a higher floor."""
    template_floors = _floors_by_name(platform, "templates")
    static_floors = _floors_by_name(platform, "static")
    found = []
    for floor, file in templates(platform):
        text = without_comments(file.read_text())
        for pattern, floors in ((USE, template_floors), (STATIC, static_floors)):
            found += [
                f"{file.relative_to(platform)}:{line_of(text, use.start())} uses {use[1]}"
                for use in pattern.finditer(text)
                if points_up(floor, floors.get(use[1]))
            ]
    return found


def inline_code(platform: Path) -> list[str]:
    """Places a strict content policy would block."""
    found = []
    for _, file in templates(platform):
        text = without_comments(text_of(file) or "")
        found += [
            f"{file.relative_to(platform)}:{line_of(text, hit.start())} {hit[0]}"
            for hit in INLINE.finditer(text)
        ]
    return found


def _floors_by_name(platform: Path, kind: str) -> dict[str, str]:
    """Template or static name → floor; the lowest that has it, as overriding from above is no dependency."""
    return {
        file.relative_to(folder).as_posix(): folder.relative_to(platform).parts[0]
        for folder in sorted(platform.glob(f"**/{kind}"))
        for file in folder.glob("**/*")
        if file.is_file()
    }


def test_templates_use_templates_and_files_of_their_floor_or_below() -> None:
    assert upward_templates(PLATFORM) == []


def test_templates_carry_no_script_or_style_of_their_own() -> None:
    assert inline_code(PLATFORM) == []


@pytest.mark.parametrize(
    "use", ['{% extends "home/a.html" %}', "{% include 'home/a.html' with x=1 %}", '{% static "home/a.js" %}']
)
def test_a_shell_template_that_uses_the_front_door_is_caught(tmp_path: Path, use: str) -> None:
    for path in ("home/templates/home/a.html", "home/static/home/a.js"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    lower = tmp_path / "shell/ui/templates/ui/planted.html"
    lower.parent.mkdir(parents=True)
    lower.write_text(f"{{# {use} #}}\n{use}\n")
    assert len(upward_templates(tmp_path)) == 1


@pytest.mark.parametrize(
    ("markup", "caught"),
    [
        ('<p style="color:red">', 1),
        ('<button onclick="go()">', 1),
        ("<script>go()</script>", 1),
        ("<style>p {}</style>", 1),
        ('<script src="{% static "ui/a.js" %}" defer></script>', 0),
        ('<script type="application/json" id="x">{}</script>', 0),
        ('<p class="style" data-on="x">', 0),
    ],
)
def test_script_and_style_inside_a_page_are_caught(tmp_path: Path, markup: str, caught: int) -> None:
    page = tmp_path / "home/templates/home/a.html"
    page.parent.mkdir(parents=True)
    page.write_text(markup)
    assert len(inline_code(tmp_path)) == caught
