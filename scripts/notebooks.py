"""Runs the notebooks of docs/notebooks from top to bottom and stores what their cells print.

    python scripts/notebooks.py          # after a change of the text, of a cell or of a measure; look at the difference

Needs the library only. Cells speak through print, so that what is stored is text and a notebook needs no Jupyter.
"""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import polars as pl

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"

Notebook = dict[str, Any]


def read(path: Path) -> Notebook:
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def code_cells(notebook: Notebook) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source_of(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def stored_text(cell: dict[str, Any]) -> str:
    """What the cell printed when it was stored."""
    return "".join(line for output in cell["outputs"] for line in output["text"])


def printed_by(cells: list[str], name: str) -> list[str]:
    """Run cells in order in one namespace, and give back what each printed. How tables are shown is set back after."""
    namespace: dict[str, Any] = {"__name__": name}
    printed = []
    with pl.Config():
        for number, source in enumerate(cells, start=1):
            heard = io.StringIO()
            with contextlib.redirect_stdout(heard):
                exec(compile(source, f"{name}, cell {number}", "exec"), namespace)
            printed.append(heard.getvalue())
    return printed


def store(path: Path) -> None:
    """Write what the cells print today into the notebook."""
    notebook = read(path)
    cells = code_cells(notebook)
    for number, (cell, text) in enumerate(
        zip(cells, printed_by([source_of(cell) for cell in cells], path.stem), strict=True), start=1
    ):
        cell["execution_count"] = number
        lines = text.splitlines(keepends=True)
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for found in sorted(NOTEBOOKS.glob("*.ipynb")):
        store(found)
        print(f"{found.name} is stored anew.")
