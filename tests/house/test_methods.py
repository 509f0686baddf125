"""Every measure of the library is explained on a page of docs/methods."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path

from house.plan import ROOT
from regional_analytics import measures


def public_measures() -> list[str]:
    return [name for name in measures.__all__ if inspect.isfunction(getattr(measures, name))]


def unexplained(names: Iterable[str], methods: Path) -> list[str]:
    """Measures that no page names as code: `location_quotient`."""
    pages = "\n".join(page.read_text() for page in sorted(methods.glob("*.md")))
    return [name for name in names if f"`{name}" not in pages]


def test_every_measure_has_a_page_that_explains_it() -> None:
    assert "location_quotient" in public_measures()
    assert unexplained(public_measures(), ROOT / "docs" / "methods") == []


def test_a_measure_without_a_page_is_caught(tmp_path: Path) -> None:
    (tmp_path / "growth.md").write_text("# Growth\n\n`growth_percent(start, end)` is the change.\n")
    assert unexplained(["growth_percent", "untold"], tmp_path) == ["untold"]
