"""Imports go down: the contracts of pyproject.toml hold, and each of them can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from house.plan import LIBRARY, PLATFORM, ROOT, SOURCE

PLANTED = {
    "The floors: imports go down only": (
        "clusterpolisee/shell/planted.py",
        "import clusterpolisee.evidence.apps",
    ),
    "The library is pure": ("regional_analytics/planted.py", "import socket"),
    "Only the evidence floors speak to the library": (
        "clusterpolisee/home/planted.py",
        "import regional_analytics",
    ),
    "Inside an app: from the addresses down to the models": (
        "clusterpolisee/home/models.py",
        "import clusterpolisee.home.views",
    ),
    "Pages and forms are an app's own: only addresses lead to them": (
        "clusterpolisee/home/planted_too.py",
        "import clusterpolisee.evidence.views",
    ),
    "No circles in the library or the platform": (
        "clusterpolisee/shell/history/planted.py",
        "import clusterpolisee.shell.exports.planted",
    ),
}
OTHER_HALF = ("clusterpolisee/shell/exports/planted.py", "import clusterpolisee.shell.history.planted")


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Without colours and wide enough that no name is broken over two lines."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=source.parent,
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )


def foreign_drawers(graph: grimp.ImportGraph) -> list[str]:
    """Imports of another app's views, forms, admin or addresses; other apps may use actions, queries, models."""
    closed = {"views", "forms", "admin", "urls"}
    found = []
    for module in graph.modules:
        drawer = next((part for part in module.split(".") if part in closed), None)
        if drawer is None or not module.startswith("clusterpolisee."):
            continue
        app = module.split(f".{drawer}")[0]
        own = (f"{app}.", "clusterpolisee.config")
        importers = graph.find_modules_that_directly_import(module)
        found += [f"{importer} imports {module}" for importer in importers if not importer.startswith(own)]
    return sorted(found)


def test_every_import_contract_holds() -> None:
    result = lint(SOURCE)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_import_contract_is_broken_by_a_planted_import(tmp_path: Path) -> None:
    source = tmp_path / "src"
    for package in (PLATFORM, LIBRARY):
        shutil.copytree(package, source / package.name, ignore=_all_but_python)
    for path, text in (*PLANTED.values(), OTHER_HALF):
        (source / path).write_text(text + "\n")
    said = lint(source).stdout
    missed = [name for name in PLANTED if f"{name} BROKEN" not in said]
    assert not missed, said


def test_no_app_opens_the_drawers_that_are_another_apps_own() -> None:
    assert foreign_drawers(grimp.build_graph("clusterpolisee", cache_dir=None)) == []


def test_an_import_of_another_apps_forms_is_caught() -> None:
    graph = grimp.ImportGraph()
    for name in ("clusterpolisee.home.views", "clusterpolisee.evidence.forms.imports"):
        graph.add_module(name)
    graph.add_import(importer="clusterpolisee.home.views", imported="clusterpolisee.evidence.forms.imports")
    assert len(foreign_drawers(graph)) == 1


@pytest.mark.parametrize("importer", ["clusterpolisee.evidence.views.imports", "clusterpolisee.config.urls"])
def test_an_apps_own_views_and_the_roof_may_use_its_forms(importer: str) -> None:
    graph = grimp.ImportGraph()
    graph.add_import(importer=importer, imported="clusterpolisee.evidence.forms.imports")
    assert foreign_drawers(graph) == []


def _all_but_python(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_file() and not name.endswith(".py")]
