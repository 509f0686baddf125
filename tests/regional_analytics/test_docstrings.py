"""The examples in the library's docstrings are true, and every measure has one, with its formula and its errors."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
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


WITH_NAMED_RESULT = {"coverage", "standing", "shift_share", "cluster_stars", "longest_unbroken_span"}
WITHOUT_FORMULA = {"longest_unbroken_span", "cluster_stars"}
