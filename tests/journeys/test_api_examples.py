"""Every example of docs/api does what it says, against a served instance: what it prints stands below it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from house.plan import ROOT, SOURCE
from journeys.conftest import environment

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
TOKEN = """
import django
django.setup()
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.api.actions import create_token
print(create_token(actor=User.objects.get(email="member@demo.example"), name="examples")[1])
"""


def examples() -> list[object]:
    """Every block with its language, code and what it says; those whose program is missing are counted elsewhere."""
    found = []
    for page in sorted((ROOT / "docs/api").glob("*.md")):
        blocks = [block for block in BLOCK.finditer(page.read_text()) if block["language"] in RUN]
        for number, block in enumerate(blocks, start=1):
            program = NEEDS.get(block["language"])
            marks = [pytest.mark.program(program)] if program else []
            given = (block["language"], block["code"], block["said"])
            found.append(pytest.param(*given, marks=marks, id=f"{page.name} {number}"))
    return found


@pytest.fixture(scope="session")
def token(site: str, scratch: Path) -> str:
    """A member's token on this worker's own instance."""
    home = scratch / f"site-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
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
    site: str, token: str, language: str, code: str, said: str | None
) -> None:
    assert said is not None, "what it prints has to stand below it, in a block of text"
    ran = subprocess.run(
        RUN[language],
        input=code.replace(PLACEHOLDER, site),
        env={**os.environ, "TOKEN": token},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert lines(ran.stdout) == lines(said)


def lines(text: str) -> list[str]:
    """White space at the ends of lines is no difference, and neither is the case of a header's name."""
    return [
        line.rstrip().replace("ratelimit", "RateLimit").replace("-policy", "-Policy")
        for line in text.strip().splitlines()
    ]


def test_every_language_of_the_documentation_has_examples() -> None:
    assert {example.values[0] for example in examples()} == set(RUN)  # type: ignore[attr-defined]
