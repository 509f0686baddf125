"""Every example of docs/api does what it says, against a served instance: what it prints stands below it.

An example whose program or packages this machine lacks does not run; the end of the run counts and names it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from house.plan import ROOT, SOURCE
from journeys.conftest import WORKER, environment

PLACEHOLDER = "https://clusterpolisee.example"
BLOCK = re.compile(
    r"^```(?P<language>\w+)\n(?P<code>.*?)^```\n(?:\n```text\n(?P<said>.*?)^```$)?", re.MULTILINE | re.DOTALL
)
RUN = {
    "bash": ["bash", "-euo", "pipefail"],
    "python": [sys.executable, "-"],
    "r": ["Rscript", "--vanilla", "-"],
}
NEEDS = {"bash": "curl", "r": "Rscript"}
R_PACKAGE = re.compile(r"^library\((\w+)\)", re.MULTILINE)
QUESTION = re.compile(r"^## (.+)$", re.MULTILINE)
QUESTIONS = [
    "A series",
    "A table with its states",
    "JSON with its origin",
    "A whole table, page by page",
    "With a token",
    "When something is wrong",
]
TOKEN = """
import django
django.setup()
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.api.actions import create_token
print(create_token(actor=User.objects.get(email="member@demo.example"), name="examples")[1])
"""


def examples() -> list[object]:
    """Every block with its language, code and what it says, marked with the programs it needs."""
    found = []
    for page in pages():
        blocks = [block for block in BLOCK.finditer(page.read_text()) if block["language"] in RUN]
        for number, block in enumerate(blocks, start=1):
            given = (block["language"], block["code"], block["said"])
            marks = needed(block["language"], block["code"])
            found.append(pytest.param(*given, marks=marks, id=f"{page.name} {number}"))
    return found


def pages() -> list[Path]:
    return [page for page in sorted((ROOT / "docs/api").glob("*.md")) if page.name != "README.md"]


def needed(language: str, code: str) -> list[pytest.MarkDecorator]:
    """The program that runs it and, for R, the packages it calls."""
    program = NEEDS.get(language)
    if program is None:
        return []
    packages = [] if language != "r" or shutil.which(program) is None else R_PACKAGE.findall(code)
    missing = next((package for package in packages if not r_has(package)), None)
    return [pytest.mark.program(f"{program} with {missing}" if missing else program)]


@cache
def r_has(package: str) -> bool:
    asked = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return subprocess.run(["Rscript", "--vanilla", "-e", asked], capture_output=True).returncode == 0


@pytest.fixture(scope="session")
def token(site: str, scratch: Path) -> str:
    """A member's token on this worker's own instance."""
    home = scratch / f"site-{WORKER}"
    settings = {"DJANGO_SETTINGS_MODULE": "clusterpolisee.config.settings", "PYTHONPATH": str(SOURCE)}
    made = subprocess.run(
        [sys.executable, "-c", TOKEN],
        env={**environment(home), **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


@pytest.mark.parametrize(("language", "code", "said"), examples())
def test_an_example_of_the_documentation_says_what_stands_below_it(
    site: str, token: str, tmp_path: Path, language: str, code: str, said: str | None
) -> None:
    assert said is not None, "what it prints has to stand below it, in a block of text"
    ran = subprocess.run(
        RUN[language],
        input=code.replace(PLACEHOLDER, site),
        env={**os.environ, "TOKEN": token, "LC_ALL": "C.UTF-8"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert lines(ran.stdout) == lines(said)


def lines(text: str) -> list[str]:
    """White space at the ends of lines is no difference."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def test_every_language_of_the_documentation_answers_the_same_questions_in_the_same_order() -> None:
    asked = {page.name: QUESTION.findall(page.read_text())[: len(QUESTIONS)] for page in pages()}
    assert asked == dict.fromkeys(("curl.md", "python.md", "r.md"), QUESTIONS)


def test_every_language_of_the_documentation_has_examples() -> None:
    assert {example.values[0] for example in examples()} == set(RUN)  # type: ignore[attr-defined]


def test_what_an_example_needs_and_this_machine_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(sys.modules[__name__], "r_has", lambda package: package != "jsonlite")
    named = {code: needed("r", code)[0].args[0] for code in ("1 + 1", "library(curl)\nlibrary(jsonlite)\n")}
    assert named == {"1 + 1": "Rscript", "library(curl)\nlibrary(jsonlite)\n": "Rscript with jsonlite"}
    assert needed("python", "import json") == []
