"""Every measure of the library is explained on a page of docs/methods."""

from __future__ import annotations

import ast
from pathlib import Path

from house.plan import LIBRARY, ROOT


def public_measures(measures: Path) -> dict[str, Path]:
    """Public functions at the top of the measures' modules."""
    return {
        node.name: file
        for file in sorted(measures.glob("**/*.py"))
        if not file.name.startswith("_")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def unexplained(measures: Path, methods: Path) -> list[str]:
    """Measures that no page names as code (`location_quotient`)."""
    pages = "\n".join(page.read_text() for page in sorted(methods.glob("*.md")))
    return [
        f"{name} ({file.name})" for name, file in public_measures(measures).items() if f"`{name}" not in pages
    ]


def test_every_measure_has_a_page_that_explains_it() -> None:
    assert public_measures(LIBRARY / "measures")
    assert unexplained(LIBRARY / "measures", ROOT / "docs" / "methods") == []


def test_a_measure_without_a_page_is_caught(tmp_path: Path) -> None:
    (tmp_path / "growth.py").write_text("def told(): ...\ndef untold(): ...\ndef _inner(): ...\n")
    (tmp_path / "growth.md").write_text("# Growth\n\n`told(panel)` is the change.\n")
    assert unexplained(tmp_path, tmp_path) == ["untold (growth.py)"]
