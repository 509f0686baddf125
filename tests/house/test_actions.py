"""Every public action takes its actor by name: who does it is never left out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from house.plan import PLATFORM


def actions_without_actor(platform: Path) -> list[str]:
    return sorted(
        f"{file.relative_to(platform)}:{node.lineno} {node.name}"
        for file in [*platform.glob("**/actions.py"), *platform.glob("**/actions/**/*.py")]
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and "actor" not in {argument.arg for argument in node.args.kwonlyargs}
    )


def test_every_public_action_takes_actor_by_name() -> None:
    assert actions_without_actor(PLATFORM) == []


@pytest.mark.parametrize(
    ("action", "caught"),
    [
        ("def publish(practice): ...", 1),
        ("def publish(actor, practice): ...", 1),
        ("def publish(*, actor, practice): ...", 0),
        ("def _freeze(practice): ...", 0),
    ],
)
def test_an_action_without_a_named_actor_is_caught(tmp_path: Path, action: str, caught: int) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/actions.py").write_text(action)
    assert len(actions_without_actor(tmp_path)) == caught
