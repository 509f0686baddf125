"""Fragments become a section of the changelog, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from house.plan import ROOT, script


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n<!-- new versions go below -->\n\n## 0.1.0 (2026-01-01)\n"
    )
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes/README.md").write_text("How to write a fragment.")
    return tmp_path


def test_fragments_become_one_section_above_the_older_versions(project: Path) -> None:
    (project / "changes/map.added.md").write_text("A map\nof regions.\n")
    (project / "changes/dates.fixed.md").write_text("Dates in Bulgarian.\n")
    assert script("changelog").gather(project, "2026-11-24") == 2
    text = (project / "CHANGELOG.md").read_text()
    assert (
        "## 0.2.0 (2026-11-24)\n\n### Added\n\n- A map of regions.\n\n### Fixed\n\n- Dates in Bulgarian.\n"
        in text
    )
    assert text.index("0.2.0") < text.index("0.1.0")
    assert [file.name for file in (project / "changes").iterdir()] == ["README.md"]


def test_gathering_nothing_writes_nothing(project: Path) -> None:
    before = (project / "CHANGELOG.md").read_text()
    assert script("changelog").gather(project, "2026-11-24") == 0
    assert (project / "CHANGELOG.md").read_text() == before


def test_a_fragment_of_no_known_kind_is_named(project: Path) -> None:
    (project / "changes/map.wonderful.md").write_text("A map.")
    with pytest.raises(SystemExit, match=r"map\.wonderful\.md"):
        script("changelog").gather(project, "2026-11-24")


def test_the_projects_own_fragments_have_known_kinds() -> None:
    assert isinstance(script("changelog").fragments(ROOT / "changes"), dict)
