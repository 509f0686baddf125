"""The examples in docstrings and on the pages of docs/methods are true, and every measure explains itself."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import regional_analytics
from regional_analytics import measures

MODULES = [
    importlib.import_module(found.name)
    for package in ("measures", "tables")
    for found in pkgutil.walk_packages(
        getattr(regional_analytics, package).__path__, f"regional_analytics.{package}."
    )
] + [regional_analytics, regional_analytics.notes]
FUNCTIONS = [
    getattr(measures, name) for name in measures.__all__ if inspect.isfunction(getattr(measures, name))
]


def examples_of(module: ModuleType) -> list[doctest.DocTest]:
    return [found for found in doctest.DocTestFinder().find(module, extraglobs={"np": np}) if found.examples]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_of_a_module_are_true(module: ModuleType) -> None:
    runner = doctest.DocTestRunner(verbose=False)
    for example in examples_of(module):
        runner.run(example)
    assert runner.summarize(verbose=False).failed == 0


def test_there_are_examples_to_run() -> None:
    """At least one for each measure: a finder that finds nothing would let everything pass."""
    assert sum(len(test.examples) for module in MODULES for test in examples_of(module)) >= 2 * len(FUNCTIONS)
    assert len(FUNCTIONS) >= 12


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_measure_explains_itself(function: object) -> None:
    text = inspect.getdoc(function) or ""
    assert ">>>" in text, "a worked example"
    assert "Raises" in text, "what it refuses"
    assert "Returns" in text or function.__name__ in WITH_NAMED_RESULT, "what comes back"
    assert " = " in text or function.__name__ in WITHOUT_FORMULA, "its formula"


PAGES = sorted((Path(__file__).parents[2] / "docs" / "methods").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_of_a_page_are_true(page: Path) -> None:
    outcome = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert outcome.failed == 0
    assert outcome.attempted > 0 or page.stem == "README"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([\w./-]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target


def test_every_page_of_a_measure_has_its_five_parts() -> None:
    for page in PAGES:
        if page.stem not in {"README", "panel"}:
            text = page.read_text(encoding="utf-8")
            for heading in ("Meaning", "Caveats", "Source", "Worked example"):
                assert f"\n## {heading}\n" in text, (page.name, heading)
            assert "\n## Formula\n" in text or "\n## Rules\n" in text, page.name


WITH_NAMED_RESULT = {"coverage", "standing", "shift_share", "cluster_stars", "longest_unbroken_span"}
WITHOUT_FORMULA = {"longest_unbroken_span", "cluster_stars"}
