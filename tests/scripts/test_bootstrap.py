"""The start says in one sentence what stands in the way, and reads registry settings where people keep them."""

from __future__ import annotations

import ast
import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from house.plan import script

bootstrap = script("bootstrap")


@pytest.mark.parametrize(
    ("output", "mend"),
    [
        ("error: No space left on device (os error 28)", "The disk is full"),
        ("error sending request\ncause: client error (Connect)", "registry cannot be reached"),
        (
            "Could not find a version that satisfies uv==0.13.9 (from versions: none)",
            "registry cannot be reached",
        ),
        ("error: No solution found when resolving dependencies", "does not offer a pinned package"),
        ("Hash mismatch for `anyascii==0.3.3`", "not the one that was pinned"),
        (
            "The virtual environment was not created because ensurepip is not available",
            "apt install python3-venv",
        ),
        ("Segmentation fault", "“pip install” did not succeed"),
    ],
)
def test_what_an_installer_says_becomes_a_sentence_with_its_mend(output: str, mend: str) -> None:
    told = bootstrap.explain(["pip", "install"], output)
    assert mend in told.splitlines()[0]
    assert output.splitlines()[-1] in told


def test_an_old_python_is_named_with_the_one_that_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    with pytest.raises(bootstrap.Obstacle, match=r"needs Python 3\.11 or newer and found 3\.9\.2"):
        bootstrap.check_python()


def test_a_missing_venv_part_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        bootstrap.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object()
    )
    with pytest.raises(bootstrap.Obstacle, match="apt install python3-venv"):
        bootstrap.check_python()


def test_a_taken_port_is_named_with_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(bootstrap.Obstacle, match=f"Port {port} is taken.*PORT={port + 1}"):
            bootstrap.check_port(port)


def test_a_full_disk_is_told_before_the_installing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda folder: SimpleNamespace(free=50 * 2**20))
    with pytest.raises(bootstrap.Obstacle, match="Only 50 MB are free"):
        bootstrap.check_space("runtime")


def test_the_installer_gets_the_index_address_that_pip_is_set_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_INDEX_URL", "UV_DEFAULT_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    listed = "global.index-url='https://packages.example/simple'\n:env:.cert='/etc/ssl/own.crt'\nglobal.timeout='9'\n"
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=listed))
    assert bootstrap.registry_settings() == {
        "UV_DEFAULT_INDEX": "https://packages.example/simple",
        "SSL_CERT_FILE": "/etc/ssl/own.crt",
    }


def test_the_second_start_installs_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PYTHON", "COMMAND", "STAMP"):
        monkeypatch.setattr(bootstrap, name, tmp_path / name)
        (tmp_path / name).touch()
    (tmp_path / "STAMP").write_text(f"test {bootstrap.fingerprint()}\n")
    monkeypatch.setattr(bootstrap, "catalogues_are_stale", lambda: False)
    monkeypatch.setattr(bootstrap, "run", lambda *command, **_: pytest.fail(f"ran {command}"))
    bootstrap.prepare("runtime")
    bootstrap.prepare("test")


@pytest.mark.parametrize(
    ("have", "wanted", "installed"),
    [
        ("runtime", "postgresql", ["postgresql"]),
        ("postgresql", "runtime", []),
        ("postgresql", "test", ["test"]),
        ("test", "postgresql", []),
    ],
)
def test_the_driver_of_postgresql_is_installed_once_and_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, have: str, wanted: str, installed: list[str]
) -> None:
    for name in ("PYTHON", "COMMAND", "STAMP"):
        monkeypatch.setattr(bootstrap, name, tmp_path / name)
        (tmp_path / name).touch()
    (tmp_path / "STAMP").write_text(f"{have} {bootstrap.fingerprint()}\n")
    for name in ("make_venv", "install_uv", "install_project", "check_space", "catalogues_are_stale"):
        monkeypatch.setattr(bootstrap, name, lambda *_: None)
    asked: list[str] = []
    monkeypatch.setattr(bootstrap, "install_packages", asked.append)
    bootstrap.prepare(wanted)
    assert asked == installed
    assert bootstrap.installed()[0] == (installed or [have])[0]


def test_the_packages_of_postgresql_are_those_of_the_runtime_and_its_driver() -> None:
    def pins(name: str) -> set[str]:
        lines = (bootstrap.REQUIREMENTS / name).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line.partition(" ")[0]}

    assert pins("runtime.txt") < pins("postgresql.txt")
    assert {one.partition("=")[0] for one in pins("postgresql.txt") - pins("runtime.txt")} == {
        "psycopg",
        "psycopg-binary",
    }


def test_bootstrap_can_be_read_by_an_older_python() -> None:
    """Syntax of 3.8 at most, so that an old Python reaches the sentence that says it is too old."""
    ast.parse((bootstrap.ROOT / "scripts/bootstrap.py").read_text(), feature_version=(3, 8))


def test_every_pinned_package_carries_a_hash_and_no_address() -> None:
    for file in sorted(bootstrap.REQUIREMENTS.glob("*.txt")):
        text = file.read_text()
        assert text.count("==") <= text.count("--hash="), file.name
        assert "://" not in text, file.name


def test_ci_script_is_executable_bash() -> None:
    assert subprocess.run(["bash", "-n", bootstrap.ROOT / ".ci" / "run"]).returncode == 0
