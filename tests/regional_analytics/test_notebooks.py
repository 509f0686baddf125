"""The notebooks say what the library says: every cell is run in order, and what it prints is what is stored."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from house.plan import ROOT, script

notebooks = script("notebooks")
FOUND = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
LARGEST = 60_000  # bytes; a notebook is read, not scrolled through
WITHIN_REACH = {"__future__", "numpy", "polars", "regional_analytics"}


@pytest.fixture(params=FOUND, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = notebooks.code_cells(notebooks.read(path))
    return found


def test_what_cells_print_is_what_is_stored(path: Path, cells: list[dict[str, Any]]) -> None:
    """After a change on purpose: python scripts/notebooks.py stores it anew."""
    printed = notebooks.printed_by([notebooks.source_of(cell) for cell in cells], path.stem)
    for cell, text in zip(cells, printed, strict=True):
        assert text == notebooks.stored_text(cell), f"{path.name}, cell {cell['id']}"
    assert sum(map(len, printed)) > 1000


def test_a_stored_figure_that_is_no_longer_true_is_seen(path: Path, cells: list[dict[str, Any]]) -> None:
    first = next(cell for cell in cells if notebooks.stored_text(cell))
    before = cells[: cells.index(first) + 1]
    first["outputs"][0]["text"].append("one line too many\n")
    printed = notebooks.printed_by([notebooks.source_of(cell) for cell in before], path.stem)
    assert printed[-1] != notebooks.stored_text(first)


def test_whoever_has_the_library_alone_can_run_it(cells: list[dict[str, Any]]) -> None:
    """Python, NumPy, Polars and the library: no Django, nothing of the platform, no Jupyter command."""
    for cell in cells:
        source = notebooks.source_of(cell)
        for node in ast.walk(ast.parse(source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in (one.split(".")[0] for one in names):
                assert name in WITHIN_REACH | set(sys.stdlib_module_names), (cell["id"], name)


def test_it_is_small_text_with_a_word_before_every_step(path: Path, cells: list[dict[str, Any]]) -> None:
    assert path.stat().st_size < LARGEST
    assert all(output["output_type"] == "stream" for cell in cells for output in cell["outputs"])
    every = notebooks.read(path)["cells"]
    assert len({cell["id"] for cell in every}) == len(every)
    words = "".join(notebooks.source_of(cell) for cell in every if cell["cell_type"] == "markdown")
    assert words.count("## ") >= 5
    assert "must not be read into it" in words


def test_links_lead_somewhere(path: Path) -> None:
    for cell in notebooks.read(path)["cells"]:
        if cell["cell_type"] == "markdown":
            for target in re.findall(r"\]\(([\w./-]+)\)", notebooks.source_of(cell)):
                assert (path.parent / target).is_file(), target


def test_storing_changes_nothing_where_nothing_has_changed(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    notebooks.store(copy)
    assert copy.read_bytes() == path.read_bytes()


def test_there_is_a_notebook() -> None:
    assert FOUND
